"""A tiny random model of every architecture and every way of stretching positions that is imported.

What transformers answers for each is in tests/data/tiny-architectures.json (`packaging/tiny_model/architectures.py`).
Windows are shorter than the answers, and so are the contexts that positions are stretched from: all of it is used.
"""

from tests.tiny_gguf import TinyModel

_LONGROPE = {
    "rope_type": "longrope",
    "short_factor": [1.0, 1.05, 1.1, 1.2],
    "long_factor": [1.0, 1.5, 3.0, 6.0],
    "original_max_position_embeddings": 4,  # transformers takes the long factors for what is longer
}
_LLAMA3 = {
    "rope_type": "llama3",
    "factor": 8.0,
    "low_freq_factor": 1.0,
    "high_freq_factor": 4.0,
    "original_max_position_embeddings": 64,
}
_YARN = {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 64}

TINY_ARCHITECTURES = {
    "llama": TinyModel("llama", seed=1),
    "llama, linear": TinyModel("llama", rope_scaling={"rope_type": "linear", "factor": 4.0}),
    "llama, llama3": TinyModel("llama", rope_scaling=_LLAMA3),
    "qwen2": TinyModel("qwen2", tied=True, rope_base=1e6, rms_eps=1e-6, pre="qwen2"),
    "qwen2, yarn": TinyModel("qwen2", rope_base=1e6, rope_scaling=_YARN, pre="qwen2"),
    "qwen3": TinyModel("qwen3", key_length=32, rope_base=1e6, rms_eps=1e-6, pre="qwen2"),
    "gemma3": TinyModel("gemma3", tied=True, layers=6, key_length=32, rope_base=1e6, rms_eps=1e-6, window=12, seed=2),
    "smollm3": TinyModel("smollm3", tied=True, layers=4, rope_base=5e6, rms_eps=1e-6),
    "phi3": TinyModel("phi3", window=24),
    "phi3, longrope": TinyModel("phi3", tied=True, rotated=8, rope_scaling=_LONGROPE),
}
