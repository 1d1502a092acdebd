"""Texts to vectors that lie near each other where the texts mean the same, in English or Chinese.

multilingual-e5-small wants to know what a text is: a query looks for passages that answer it, and texts of one kind are
all queries. Long texts are read up to their 512th token: who searches in documents cuts them into passages first.
"""

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray

from desktop.errors import BrokenModel
from desktop.reasons import ModelReason

LONGEST = 512  # tokens, with the two special ones
_BATCH = 16  # texts in one run
_CHARACTERS = 4_000  # more than fill the longest text


class SentenceVectors:
    """The loaded encoder, on one CPU thread. Thread-safe.

    Args:
        folder: made by `desktop.models.encoder`.
        threads: more serve who reads whole documents.

    Raises:
        BrokenModel: it cannot be loaded.
    """

    def __init__(self, folder: Path, threads: int = 1) -> None:
        import onnxruntime
        from tokenizers import Tokenizer

        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads, options.inter_op_num_threads = threads, 1
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        try:
            self._tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
            self._session: Any = onnxruntime.InferenceSession(
                str(folder / "model.onnx"), options, providers=["CPUExecutionProvider"]
            )
        except Exception as error:  # of tokenizers and ONNX Runtime, which have no common kind
            raise BrokenModel(folder / "model.onnx", ModelReason.NO_ENCODER()) from error
        self._begin: int = self._tokenizer.token_to_id("<s>") or 0
        self._end: int = self._tokenizer.token_to_id("</s>") or 0
        self._lock = threading.Lock()

    def of(self, texts: Sequence[str], kind: Literal["query", "passage"] = "query") -> NDArray[np.float32]:
        """Give the vectors of some texts, (texts, 384), each of length 1: their products are cosines."""
        shown = [f"{kind}: {text[:_CHARACTERS]}".encode("utf-8", "replace").decode() for text in texts]
        rows = [
            [self._begin, *encoding.ids[: LONGEST - 2], self._end]
            for encoding in self._tokenizer.encode_batch(shown, add_special_tokens=False)
        ]
        order = sorted(range(len(rows)), key=lambda row: len(rows[row]))  # of like length together
        found: dict[int, NDArray[np.float32]] = {}
        for start in range(0, len(order), _BATCH):
            chosen = order[start : start + _BATCH]
            longest = len(rows[chosen[-1]])
            ids = np.zeros((len(chosen), longest), np.int64)
            mask = np.zeros_like(ids)
            for place, row in enumerate(chosen):
                ids[place, : len(rows[row])], mask[place, : len(rows[row])] = rows[row], 1
            with self._lock:
                (vectors,) = self._session.run(["vector"], {"input_ids": ids, "attention_mask": mask})
            found |= dict(zip(chosen, vectors, strict=True))
        return np.stack([found[row] for row in range(len(rows))]) if rows else np.zeros((0, 384), np.float32)
