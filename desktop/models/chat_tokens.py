"""What a manifest says of a model's special tokens, and how they are read from the files of a transformers folder.

tokenizer_config.json   the begin and end tokens; with some models the chat template
generation_config.json  ids that end an answer; config.json where it is missing
chat_template.jinja     the template; in older folders chat_template.json or tokenizer_config.json has it
tokenizer.json          the tokenizer, taken as it is
"""

import shutil
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tokenizers import Tokenizer

from desktop.engine.interface import TEMPLATE_FILE, TOKENIZER_FILE
from desktop.errors import BrokenModel, UnsupportedModel
from desktop.models.transformers_config import CONFIG_FILE, GENERATION_FILE, read_json
from desktop.reasons import ModelReason

# What ends an answer by any model whose vocabulary has it.
ENDS = ("<|im_end|>", "<end_of_turn>", "<|eot_id|>", "<|end|>", "<|endoftext|>", "<|end_of_text|>")


@dataclass(frozen=True, slots=True)
class ChatTokens:
    """What the manifest says of a model's special tokens; see `Manifest`."""

    chat_format: str
    bos: str
    eos: str
    add_bos: bool
    end_tokens: tuple[int, ...]


def chat_format(template: str) -> str:
    """Name the format of prompts that a template writes."""
    if "<|im_start|>" in template:
        return "chatml"
    return "llama3" if "<|start_header_id|>" in template else "own"


def copy_tokenizer(folder: Path, made: Path, vocab: int | None) -> ChatTokens:
    """Take the tokenizer and the chat template of a transformers folder over into `made`.

    Args:
        folder: what the user has.
        made: where they go.
        vocab: how many tokens the model knows; None where that is not known.

    Raises:
        BrokenModel: a file is missing or damaged.
        UnsupportedModel: there is no tokenizer.json, or no chat template.
    """
    source = folder / TOKENIZER_FILE
    if not source.is_file():
        raise UnsupportedModel(folder, ModelReason.NOT_LISTED(name=TOKENIZER_FILE))
    try:
        tokenizer = Tokenizer.from_file(str(source))
    except Exception as error:  # tokenizers raises bare Exceptions
        raise BrokenModel(source, ModelReason.NO_TOKENIZER()) from error
    tokens = tokenizer.get_vocab_size(with_added_tokens=True)
    if vocab is not None and tokens > vocab:
        raise BrokenModel(source, ModelReason.OTHER_TOKENIZER(tokens=tokens, known=vocab))
    shutil.copyfile(source, made / TOKENIZER_FILE)
    said = _said(folder / "tokenizer_config.json")
    template = _template(folder, said)
    (made / TEMPLATE_FILE).write_text(template, encoding="utf-8", newline="\n")
    bos, eos = _text(said.get("bos_token")), _text(said.get("eos_token"))
    ids = {*_ids(_said_ends(folder)), *(tokenizer.token_to_id(token) for token in (*ENDS, eos) if token)}
    begins = tokenizer.token_to_id(bos) if bos else None
    adds = said.get("add_bos_token")
    if adds is None:
        adds = begins is not None and tokenizer.encode("a").ids[:1] == [begins]
    ends = tuple(sorted(id_ for id_ in ids if id_ is not None))
    return ChatTokens(chat_format(template), bos, eos, bool(adds) and begins is not None, ends)


def _said_ends(folder: Path) -> Iterable[object]:
    """Give what a folder says of the ids that end an answer."""
    for name in (GENERATION_FILE, CONFIG_FILE):
        found = _said(folder / name).get("eos_token_id")
        if found is not None:
            return found if isinstance(found, list) else [found]
    return []


def _ids(found: Iterable[object]) -> set[int]:
    return {one for one in found if isinstance(one, int) and one >= 0}


def _template(folder: Path, said: Mapping[str, Any]) -> str:
    file = folder / TEMPLATE_FILE
    if file.is_file():
        try:
            return file.read_text(encoding="utf-8")
        except (UnicodeDecodeError, OSError) as error:
            raise BrokenModel(file, ModelReason.NO_CHAT_TEMPLATE(detail=error)) from error
    found = _said(folder / "chat_template.json").get("chat_template") or said.get("chat_template")
    if isinstance(found, list):  # several, by name
        named = {entry.get("name"): entry.get("template") for entry in found if isinstance(entry, dict)}
        found = named.get("default")
    if not isinstance(found, str):
        raise UnsupportedModel(folder, ModelReason.TEMPLATE_MISSING())
    return found


def _said(path: Path) -> Mapping[str, Any]:
    return read_json(path) if path.is_file() else {}


def _text(token: object) -> str:
    """Give a token's text; it may be an object that says more of it."""
    text = token.get("content") if isinstance(token, dict) else token
    return text if isinstance(text, str) else ""
