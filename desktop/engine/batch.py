"""Several answers behind one prompt, a token each in every run: the weights are read once for all of them.

The prompt's keys and values are copied for each row. All rows grow together, and one that has ended is left out of the
runs that follow. Numbers of a row do not depend on what stands beside it, where the kernels add up rows alike
(`desktop.models.int4`).
"""

from collections.abc import Sequence

import numpy as np
import onnxruntime

from desktop.engine.decoder import Decoder, LogitRows
from desktop.engine.ort_session import RUNTIME_FAILURES, first_line, run_options
from desktop.errors import ModelError
from desktop.reasons import PrepareReason


class Batch:
    """LogitRows of tokens that begin with the tokens of a decoder, which it leaves as it is.

    Attributes:
        length: how many tokens each row holds.
    """

    def __init__(self, decoder: Decoder, rows: int) -> None:
        """Copy what the decoder holds, at least one token, for each of so many rows; only where it `batches`."""
        self.length = len(decoder.tokens)
        self._vocab, self._logits_type = decoder.vocab, decoder.logits_type
        self._session, self._cache = decoder.branch_off(rows)
        self._binding: onnxruntime.IOBinding = self._session.io_binding()
        self._names = {entry.name for entry in self._session.get_inputs()}

    def write(self, tokens: Sequence[int]) -> LogitRows:
        """Add a token to each row; gives the logits behind each, shape (rows, vocab). LogitRows must have room for it.

        Raises:
            ModelError: the graph failed.
        """
        logits = np.empty((len(tokens), 1, self._vocab), self._logits_type)
        inputs = {
            "input_ids": np.asarray(tokens, np.int64)[:, None],
            "attention_mask": np.ones((len(tokens), self.length + 1), np.int64),
            "num_logits_to_keep": np.asarray(1, np.int64),
            "reading": np.asarray(False),  # noqa: FBT003  # a value of the graph
        }
        self._binding.bind_output("logits", "cpu", 0, self._logits_type, logits.shape, logits.ctypes.data)
        for name, values in inputs.items():
            if name in self._names:
                self._binding.bind_cpu_input(name, values)
        self._cache.bind(self._binding, self.length, 1)
        try:
            self._session.run_with_iobinding(self._binding, run_options())
        except RUNTIME_FAILURES as error:
            raise ModelError(PrepareReason.FAILED_READING(detail=first_line(error))) from error
        self.length += 1
        kept: LogitRows = logits[:, 0].astype(np.float32, copy=False)
        return kept

    def keep(self, rows: Sequence[int]) -> None:
        """Go on with these rows alone, in this order; at least one."""
        self._cache.keep_rows(rows, self.length)
