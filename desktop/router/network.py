"""The BERT encoder with its two heads, run by ONNX Runtime on one CPU thread."""

import json
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from desktop.errors import BrokenModel
from desktop.router.encoding import Encoder, Encoding
from desktop.router.manifest import GRAPH_FILE, TOKENIZER_FILE, RouterManifest, check_files, read_manifest
from desktop.router.spans import Moves, Span, best_path, legal_moves, read_spans

MOVES = "moves"  # the property of the graph that holds the scores of going from tag to tag, as JSON


@dataclass(frozen=True, slots=True)
class NetworkOutput:
    """What the network reads in a text.

    Attributes:
        probabilities: of the intents, calibrated, (intents,).
        spans: the slots, in order.
        vector: the text's direction, length 1, (hidden,).
    """

    probabilities: NDArray[np.float32]
    spans: list[Span]
    vector: NDArray[np.float32]


class Network:
    """The loaded model. Thread-safe.

    Attributes:
        manifest: labels and calibration.
    """

    def __init__(self, folder: Path) -> None:
        """Load it; takes about 0.1 s. Raises BrokenModel."""
        import onnxruntime
        from tokenizers import Tokenizer

        self.manifest: RouterManifest = read_manifest(folder)
        check_files(folder, self.manifest)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = options.inter_op_num_threads = 1  # the chat's own model needs the others
        options.add_session_config_entry("session.intra_op.allow_spinning", "0")
        options.log_severity_level = 3
        self._session: Any = onnxruntime.InferenceSession(
            str(folder / GRAPH_FILE), options, providers=["CPUExecutionProvider"]
        )
        self._encoder = Encoder(Tokenizer.from_file(str(folder / TOKENIZER_FILE)))
        self._moves = self._learned_moves(folder)

    def read(self, text: str) -> NetworkOutput:
        """Read a text of any length."""
        encoding = self._encoder.encode(text)
        ids = np.array([encoding.ids], np.int64)
        feeds = {"input_ids": ids, "attention_mask": np.ones_like(ids)}
        intent, tags, vector = self._session.run(["intent", "tags", "vector"], feeds)
        return NetworkOutput(
            probabilities=softmax(intent[0] / self.manifest.temperature),
            spans=self._spans(text, encoding, tags[0]),
            vector=vector[0] / max(float(np.linalg.norm(vector[0])), 1e-9),
        )

    def logits(self, text: str) -> NDArray[np.float32]:
        """Give the intent logits as they are, (intents,): what calibration starts from."""
        ids = np.array([self._encoder.encode(text).ids], np.int64)
        (intent,) = self._session.run(["intent"], {"input_ids": ids, "attention_mask": np.ones_like(ids)})
        return np.asarray(intent[0], np.float32)

    def _learned_moves(self, folder: Path) -> Moves:
        """Read what the graph says of its tags; only legal moves where it says nothing."""
        tags = 1 + 2 * len(self.manifest.slots)
        learned = self._session.get_modelmeta().custom_metadata_map.get(MOVES)
        if learned is None:
            return legal_moves(tags)
        try:
            table = json.loads(learned)
            return legal_moves(tags).plus(table["begin"], table["between"], table["end"])
        except (ValueError, KeyError, TypeError) as error:
            raise BrokenModel(folder / GRAPH_FILE, f"its moves between tags cannot be read: {error}") from error

    def _spans(self, text: str, encoding: Encoding, tags: NDArray[np.float32]) -> list[Span]:
        path = best_path(tags[np.array(encoding.first, bool)], self._moves)
        return read_spans(text, encoding, path, self.manifest.slots)


def softmax(logits: NDArray[np.float32]) -> NDArray[np.float32]:
    """Turn logits into probabilities."""
    powers = np.exp(logits - logits.max())
    return np.asarray(powers / powers.sum(), np.float32)
