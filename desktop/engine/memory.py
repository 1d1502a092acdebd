"""How long a context this machine can hold: a KV cache that does not fit in memory would have it swap to a halt.

A model may have been trained on 32,768 tokens or 131,072; what they take is known before the first is read. A context
that would not fit is made shorter, as if the model were made so, and older messages are left out of prompts sooner.
"""

from pathlib import Path

import onnxruntime
import psutil

_BYTES = {"tensor(float)": 4, "tensor(float16)": 2, "tensor(int8)": 1}
_WHILE_GROWING = 1.5  # buffers double: the old ones live until the new ones are filled
_SHARE = 0.5  # of the free memory; the rest is for reading, for the kept caches, and for other programs
_SHORTEST = 2048  # tokens; less is no use, and on a machine so full the system must help itself
_STEP = 256  # tokens
_LIMIT = Path("/sys/fs/cgroup/memory.max")  # docs.kernel.org, admin-guide/cgroup-v2, "memory.max"


def bytes_a_token(session: onnxruntime.InferenceSession) -> int:
    """Count what the KV cache of a graph takes for each token."""
    pasts = [entry for entry in session.get_inputs() if entry.name.startswith("past_key_values.")]
    return sum(int(entry.shape[1]) * int(entry.shape[3]) * _BYTES[entry.type] for entry in pasts)


def free_memory(limit: Path = _LIMIT) -> int:
    """Count the bytes that can be taken without swapping; a limit of a container counts."""
    free = int(psutil.virtual_memory().available)
    try:
        most = int(limit.read_text(encoding="ascii"))
    except (OSError, ValueError):  # no such limit, or “max”
        return free
    return max(0, min(free, most - int(psutil.Process().memory_info().rss)))


def context_that_fits(wanted: int, token_bytes: int, free: int) -> int:
    """Give the longest context, at most `wanted` tokens, whose cache this memory can hold.

    Args:
        wanted: what the model takes, in tokens.
        token_bytes: of the cache, for each token.
        free: bytes.
    """
    fitting = int(free * _SHARE / (token_bytes * _WHILE_GROWING))
    return min(wanted, max(_SHORTEST, fitting // _STEP * _STEP))
