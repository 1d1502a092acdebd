"""Which of several graphs this processor runs fastest: some kernels are quick on one and slow on another."""

from collections.abc import Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from desktop.engine.ort_session import CPU, FATAL, physical_cores


def shortest_runs(graphs: Sequence[Path], inputs: Sequence[NDArray[np.float32]], rounds: int) -> list[list[float]]:
    """Run graphs in turns, each on each input; gives the shortest time of each graph on each input, in seconds.

    The shortest, because other programs only ever make a run longer.

    Args:
        graphs: ONNX files with one input and one output.
        inputs: what each of them gets.
        rounds: how often, >= 1; one more is not counted.
    """
    options = onnxruntime.SessionOptions()
    options.log_severity_level = FATAL
    options.intra_op_num_threads = physical_cores()
    sessions = [onnxruntime.InferenceSession(path, options, providers=[CPU]) for path in graphs]
    times = np.full((rounds + 1, len(sessions), len(inputs)), np.inf)
    for round_ in range(rounds + 1):
        for row, session in enumerate(sessions):
            name = session.get_inputs()[0].name
            for column, values in enumerate(inputs):
                began = perf_counter()
                session.run(None, {name: values})
                times[round_, row, column] = perf_counter() - began
    shortest: list[list[float]] = times[1:].min(axis=0).tolist()
    return shortest
