"""Writes what transformers answers for a tiny random model of every architecture: tests/data/tiny-architectures.json.

    python packaging/tiny_model/architectures.py tests/data [--seeds]

The weights are those of `tests.tiny_gguf`, drawn from a frozen random stream. With `--seeds` it names, for each model,
the first seed whose answer makes a good test: not monotonous, and with no near tie.
"""

import dataclasses
import json
import sys
from pathlib import Path
from typing import Any

import torch
import transformers

from tests.tiny_architectures import TINY_ARCHITECTURES
from tests.tiny_gguf import TinyModel
from tests.tiny_safetensors import configuration, transformers_weights

PROMPT = tuple(range(40, 52))  # token ids
NEW_TOKENS = 200
SMALLEST_MARGIN = 2e-3  # between the two likeliest tokens: no other rounding can then change a greedy answer
FEWEST_DIFFERENT = 30  # tokens of an answer
MOST_SEEDS = 400

_CONFIGS = {
    "llama": transformers.LlamaConfig,
    "qwen2": transformers.Qwen2Config,
    "qwen3": transformers.Qwen3Config,
    "gemma3": transformers.Gemma3TextConfig,
    "smollm3": transformers.SmolLM3Config,
    "phi3": transformers.Phi3Config,
}


def build(model: TinyModel) -> Any:
    """Put the random weights of a tiny model into transformers' own implementation of its architecture."""
    network = transformers.AutoModelForCausalLM.from_config(configured(model), attn_implementation="eager").eval()
    weights = {name: torch.from_numpy(values) for name, values in transformers_weights(model).items()}
    missing, unexpected = network.load_state_dict(weights, strict=False)
    if unexpected or set(missing) - ({"lm_head.weight"} if model.tied else set()):
        raise ValueError(f"{model.architecture}: missing {missing}, unexpected {unexpected}")
    return network


def configured(model: TinyModel) -> Any:
    """Give transformers' configuration of a tiny model."""
    return _CONFIGS[model.architecture](**{key: of for key, of in configuration(model).items() if key != "model_type"})


def answer(network: Any) -> dict[str, Any]:
    """Go on from the prompt greedily; logits are those behind the prompt's last token and behind the answer's."""
    sequence = torch.tensor([PROMPT])
    with torch.no_grad():
        for _ in range(NEW_TOKENS):  # read anew each time: a cache of rotated keys would mix two ways of stretching
            sequence = torch.cat([sequence, network(sequence, use_cache=False).logits[:, -1:].argmax(-1)], dim=1)
        logits = network(sequence, use_cache=False).logits[0]
    best = logits[len(PROMPT) - 1 : -1].topk(2, dim=-1).values
    greedy = sequence[0, len(PROMPT) :].tolist()
    return {
        "ids": PROMPT,
        "greedy": greedy,
        "margin": float((best[:, 0] - best[:, 1]).min()),
        "logits_after_prompt": [round(float(value), 4) for value in logits[len(PROMPT) - 1]],
        "logits_after_answer": [round(float(value), 4) for value in logits[-1]],
    }


def good(answered: dict[str, Any]) -> bool:
    """Tell whether an answer makes a good test."""
    return answered["margin"] >= SMALLEST_MARGIN and len(set(answered["greedy"])) >= FEWEST_DIFFERENT


def main(data: Path, *, seeds: bool) -> None:
    """Write the answers below `data`, or name seeds."""
    torch.set_num_threads(1)  # on these widths, more only wait for each other
    answers = {}
    for name, model in TINY_ARCHITECTURES.items():
        if seeds:
            found = next((seed for seed in range(MOST_SEEDS) if good(answer(build(with_seed(model, seed))))), None)
            print(f"{name}: seed {found}", flush=True)
            continue
        answers[name] = answer(build(model))
        print(f"{name}: {len(set(answers[name]['greedy']))} different tokens, margin {answers[name]['margin']:.4f}")
        if not good(answers[name]):
            raise ValueError(f"{name} answers {answers[name]['greedy']}: take another seed")
    if not seeds:
        (data / "tiny-architectures.json").write_text(json.dumps(answers) + "\n", encoding="utf-8")


def with_seed(model: TinyModel, seed: int) -> TinyModel:
    """Give the same model with other weights."""
    return dataclasses.replace(model, seed=seed)


if __name__ == "__main__":
    main(Path(sys.argv[1]), seeds="--seeds" in sys.argv)
