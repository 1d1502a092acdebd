"""Messages to token ids: the model's chat template, run in a sandbox, then the tokenizer."""

import re
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment
from tokenizers import Tokenizer

from desktop.engine.interface import TEMPLATE_FILE, TOKENIZER_FILE, Message, ModelFiles
from desktop.errors import BrokenModel
from desktop.reasons import ModelReason

_MARK = re.compile("\ue0fe(\\d+)\ue0ff")  # private use: stands for the text of a special token in a message


class PromptBuilder:
    """Builds the prompt of a conversation.

    A message that contains the text of a special token, by accident or malice, does not get to write that token: such
    text is cut out before the template runs and tokenized as plain text.

    Attributes:
        tokenizer: the model's.
    """

    def __init__(self, files: ModelFiles) -> None:
        self.tokenizer = load_tokenizer(files.folder / TOKENIZER_FILE)
        self._path = files.folder / TEMPLATE_FILE
        self._template = _load_template(self._path)
        self._bos, self._eos, self._add_bos = files.bos, files.eos, files.add_bos
        added = self.tokenizer.get_added_tokens_decoder().values()
        self._special = sorted({token.content for token in added} | {"\ue0fe"}, key=len, reverse=True)
        self._any_special = re.compile("|".join(re.escape(text) for text in self._special))

    def encode(self, messages: Sequence[Message]) -> list[int]:
        """Give the prompt that asks for the next answer, or for the rest of the answer that the last message begins.

        Raises:
            BrokenModel: the chat template fails.
        """
        begun = messages[-1].content if messages[-1].role == "assistant" else ""
        turns = messages[:-1] if begun else messages
        text = self._render([{"role": turn.role, "content": self._mark(turn.content)} for turn in turns])
        if self._add_bos and not text.startswith(self._bos):
            text = self._bos + text
        ids: list[int] = []
        for index, part in enumerate(_MARK.split(text)):
            plain = index % 2 == 1
            ids += self._encode(self._special[int(part)] if plain else part, plain=plain)
        return ids + self.encode_text(begun)

    def encode_text(self, text: str) -> list[int]:
        """Give the ids of plain text; special tokens in it are only text."""
        return self._encode(text.encode("utf-8", "replace").decode("utf-8"), plain=True)

    def _encode(self, text: str, *, plain: bool) -> list[int]:
        self.tokenizer.encode_special_tokens = plain
        ids: list[int] = self.tokenizer.encode(text, add_special_tokens=False).ids
        return ids

    def _mark(self, content: str) -> str:
        content = content.encode("utf-8", "replace").decode("utf-8")  # half a surrogate pair is no character
        return self._any_special.sub(lambda found: f"\ue0fe{self._special.index(found[0])}\ue0ff", content)

    def _render(self, messages: list[dict[str, str]]) -> str:
        try:
            return self._template.render(
                messages=messages, add_generation_prompt=True, bos_token=self._bos, eos_token=self._eos
            )
        except Exception as error:  # the template is the model's, and may fail in any way
            raise BrokenModel(self._path, ModelReason.CHAT_TEMPLATE_FAILS(detail=error)) from error


def load_tokenizer(path: Path) -> Tokenizer:
    """Read a `tokenizer.json`.

    Raises:
        BrokenModel: it is missing or no tokenizer.
    """
    try:
        return Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises plain Exception
        reason = ModelReason.MISSING() if not path.exists() else ModelReason.NO_TOKENIZER()
        raise BrokenModel(path, reason) from error


def _load_template(path: Path) -> jinja2.Template:
    # Model makers write their templates for these options (transformers.utils.chat_template_utils).
    environment = ImmutableSandboxedEnvironment(
        trim_blocks=True, lstrip_blocks=True, extensions=["jinja2.ext.loopcontrols"], autoescape=False
    )
    environment.globals["raise_exception"] = _raise_exception
    environment.globals["strftime_now"] = lambda form: datetime.now().astimezone().strftime(form)
    try:
        return environment.from_string(path.read_text(encoding="utf-8"))
    except (jinja2.TemplateError, OSError, UnicodeDecodeError) as error:
        raise BrokenModel(path, ModelReason.NO_CHAT_TEMPLATE(detail=error)) from error


def _raise_exception(message: str) -> NoReturn:
    raise jinja2.TemplateError(message)
