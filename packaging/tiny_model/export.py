"""Exports a tiny random llama with optimum, and writes what transformers answers for each tiny model of the tests.

Both are references made by other people's code: the engine is compared with tiny-optimum/expected.json, the GGUF
converter and the numpy reference with tiny-gguf.json.
"""

import hashlib
import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

import torch
import transformers
from optimum.exporters.onnx import main_export

from desktop.models.manifest import Manifest, ModelFile, write_manifest
from tests.tiny_gguf import TINY_MODELS, TinyModel, random_weights
from tests.tiny_tokenizer import BEGIN_OF_TURN, CHAT_TEMPLATE, END_OF_TURN, SPECIAL_TOKENS, VOCAB, train_tokenizer

PROMPTS = ("Please write a letter", "写一页计划", "The ink and the stone: 12 pages, 3 brushes.")
CONVERSATION = (
    {"role": "system", "content": "You write."},
    {"role": "user", "content": "Write the report."},
)
NEW_TOKENS = 40
SMALLEST_MARGIN = 5e-3  # between the two likeliest tokens: no other rounding can then change a greedy answer

_CONFIGS = {
    "llama": transformers.LlamaConfig,
    "qwen2": transformers.Qwen2Config,
    "qwen3": transformers.Qwen3Config,
}
_MODULES = {
    "token_embd": "model.embed_tokens",
    "output_norm": "model.norm",
    "output": "lm_head",
    "attn_norm": "input_layernorm",
    "attn_q": "self_attn.q_proj",
    "attn_k": "self_attn.k_proj",
    "attn_v": "self_attn.v_proj",
    "attn_output": "self_attn.o_proj",
    "attn_q_norm": "self_attn.q_norm",
    "attn_k_norm": "self_attn.k_norm",
    "ffn_norm": "post_attention_layernorm",
    "ffn_gate": "mlp.gate_proj",
    "ffn_up": "mlp.up_proj",
    "ffn_down": "mlp.down_proj",
}


def main(data: Path) -> None:
    """Write both references below `data`."""
    tokenizer = transformers.PreTrainedTokenizerFast(
        tokenizer_object=train_tokenizer(),
        bos_token=SPECIAL_TOKENS[BEGIN_OF_TURN],
        eos_token=SPECIAL_TOKENS[END_OF_TURN],
        clean_up_tokenization_spaces=False,
        chat_template=CHAT_TEMPLATE,
    )
    answers = {name: expected_answers(build(model), tokenizer) for name, model in TINY_MODELS.items()}
    write_json(data / "tiny-gguf.json", answers)

    folder = data / "tiny-optimum"
    folder.mkdir(parents=True, exist_ok=True)
    export(build(TINY_MODELS["llama"]), tokenizer, folder)
    rendered = tokenizer.apply_chat_template(list(CONVERSATION), tokenize=False, add_generation_prompt=True)
    conversation = {
        "messages": CONVERSATION,
        "rendered": rendered,
        "ids": tokenizer(rendered, add_special_tokens=False).input_ids,
    }
    write_json(folder / "expected.json", {"conversation": conversation, "answers": answers["llama"]})
    describe(TINY_MODELS["llama"], folder)


def build(model: TinyModel) -> Any:
    """Put the random weights of a tiny model into transformers' own implementation of its architecture."""
    config = _CONFIGS[model.architecture](
        vocab_size=VOCAB,
        hidden_size=model.hidden,
        intermediate_size=model.ffn,
        num_hidden_layers=model.layers,
        num_attention_heads=model.heads,
        num_key_value_heads=model.kv_heads,
        head_dim=model.head_dim,
        max_position_embeddings=model.context_length,
        rope_theta=model.rope_base,
        rms_norm_eps=model.rms_eps,
        tie_word_embeddings=model.tied,
        bos_token_id=BEGIN_OF_TURN,
        eos_token_id=END_OF_TURN,
    )
    network = transformers.AutoModelForCausalLM.from_config(config, attn_implementation="eager").eval()
    weights = {transformers_name(name): torch.from_numpy(values) for name, values in random_weights(model).items()}
    missing, unexpected = network.load_state_dict(weights, strict=False)
    if unexpected or set(missing) - ({"lm_head.weight"} if model.tied else set()):
        raise ValueError(f"{model.architecture}: missing {missing}, unexpected {unexpected}")
    return network


def transformers_name(name: str) -> str:
    """Translate a GGUF tensor name: blk.0.attn_q.weight is model.layers.0.self_attn.q_proj.weight."""
    *block, module, kind = name.split(".")
    prefix = f"model.layers.{block[1]}." if block else ""
    return f"{prefix}{_MODULES[module]}.{kind}"


def expected_answers(network: Any, tokenizer: Any) -> list[dict[str, Any]]:
    """Answer each prompt greedily; logits are those after the prompt's last token and after the answer's last."""
    answers = []
    for prompt in PROMPTS:
        ids = tokenizer(prompt, add_special_tokens=False).input_ids
        output = network.generate(
            torch.tensor([ids]),
            attention_mask=torch.ones(1, len(ids), dtype=torch.long),
            do_sample=False,
            max_new_tokens=NEW_TOKENS,
            pad_token_id=END_OF_TURN,
        )[0]
        greedy = output[len(ids) :].tolist()
        with torch.no_grad():
            logits = network(output[None]).logits[0]
        check(network.config.model_type, prompt, greedy, logits[len(ids) - 1 : -1])
        answers.append(
            {
                "prompt": prompt,
                "ids": ids,
                "greedy": greedy,
                "logits_after_prompt": rounded(logits[len(ids) - 1]),
                "logits_after_answer": rounded(logits[-1]),
            }
        )
    return answers


def check(architecture: str, prompt: str, greedy: list[int], logits: Any) -> None:
    """Refuse an answer that would make a weak test: short, monotonous or with a near tie."""
    best = logits.topk(2, dim=-1).values
    margin = float((best[:, 0] - best[:, 1]).min())
    print(f"{architecture}: {prompt!r}: {len(set(greedy))} different tokens, smallest margin {margin:.4f}")
    if len(greedy) < NEW_TOKENS or len(set(greedy)) < NEW_TOKENS // 2 or margin < SMALLEST_MARGIN:
        raise ValueError(f"{architecture} answers {prompt!r} with {greedy}, margin {margin}: take another seed")


def rounded(logits: Any) -> list[float]:
    """Give logits as JSON holds them, to 1e-5."""
    return [round(float(value), 5) for value in logits]


def export(network: Any, tokenizer: Any, folder: Path) -> None:
    """Export with past keys and values, as optimum does by default, and keep the three files a model folder needs."""
    with tempfile.TemporaryDirectory() as scratch:
        source, target = Path(scratch, "source"), Path(scratch, "onnx")
        network.save_pretrained(source)
        tokenizer.save_pretrained(source)
        main_export(str(source), target, task="text-generation-with-past")
        for name in ("model.onnx", "tokenizer.json", "chat_template.jinja"):
            shutil.copyfile(target / name, folder / name)


def describe(model: TinyModel, folder: Path) -> None:
    """Write the manifest of the exported model."""
    files = tuple(
        ModelFile(name, len(content), hashlib.sha256(content).hexdigest())
        for name in ("model.onnx", "tokenizer.json", "chat_template.jinja")
        for content in ((folder / name).read_bytes(),)
    )
    manifest = Manifest(
        id="tiny-optimum",
        name="Tiny random llama",
        family=model.architecture,
        licence="Apache-2.0",
        languages=("en",),
        good_for="tests",
        context_length=model.context_length,
        quantization="fp32",
        kv_cache="grown",
        chat_format="chatml",
        bos=SPECIAL_TOKENS[BEGIN_OF_TURN],
        eos=SPECIAL_TOKENS[END_OF_TURN],
        add_bos=False,
        end_tokens=(END_OF_TURN,),
        files=files,
    )
    write_manifest(manifest, folder)


def write_json(path: Path, content: Any) -> None:
    """Write JSON on one line: nobody reads so many numbers one by one."""
    path.write_text(json.dumps(content, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))
