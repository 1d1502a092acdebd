"""A model's chat template: a program that came with the model and writes its prompts, run as one that nobody trusts."""

import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import NoReturn

import jinja2
from jinja2 import nodes
from jinja2.ext import Extension
from jinja2.parser import Parser

from desktop.engine.budget import Budget, RenderingStopped, TooMuch
from desktop.engine.sandbox import BoundedEnvironment
from desktop.errors import BrokenModel
from desktop.files.plain import FileTooLarge, read_text
from desktop.reasons import ModelReason

_LONGEST_SOURCE = 1 << 16  # bytes; the longest of known models have 20,000
_PER_MESSAGE = 200  # characters that a message counts as besides its own
_LONGEST_DATE = 64  # characters of what the date is written like
_LONGEST_REASON = 200  # characters of what a template says in an error
_GREETING = "Hello"
_PARTED = "\n\n"  # stands between texts that become one message


class ChatTemplate:
    """The template of one file. Several threads may render at once."""

    def __init__(self, path: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Read it.

        Args:
            path: of the file.
            clock: in seconds.

        Raises:
            BrokenModel: there is none, or it is not one.
        """
        self._path, self._clock = path, clock
        # Model makers write their templates for these options (transformers.utils.chat_template_utils).
        self._environment = BoundedEnvironment(
            {"raise_exception": _raise_exception, "strftime_now": _now},
            trim_blocks=True,
            lstrip_blocks=True,
            extensions=["jinja2.ext.loopcontrols", _Generation],
        )
        try:
            self._template = self._environment.from_string(read_text(path, _LONGEST_SOURCE))
        except FileTooLarge as error:
            raise BrokenModel(path, ModelReason.CHAT_TEMPLATE_TOO_LONG(kib=_LONGEST_SOURCE >> 10)) from error
        except Exception as error:  # what nests too deep fails in jinja2 or in Python's compiler, in their own ways
            raise BrokenModel(path, ModelReason.NO_CHAT_TEMPLATE(detail=_reason(error))) from error

    def render(
        self,
        messages: Sequence[Mapping[str, str]],
        *,
        bos: str,
        eos: str,
        stopped: Callable[[], bool] = lambda: False,
        thinking: bool = False,
    ) -> str:
        """Write the prompt that asks for the next answer.

        A template that refuses system messages, or roles that do not take turns, gets the same in its own terms: what
        the system says in front of the first question, and what one role says in a row as one message.

        Args:
            messages: with a role and a content, the oldest first.
            bos: text of the model's begin token.
            eos: text of its end token.
            stopped: asked again and again; True ends the rendering.
            thinking: what a template gets that lets a model think, or not, before it answers.

        Raises:
            BrokenModel: the template fails, takes longer than some seconds, or makes too much.
            RenderingStopped: `stopped` said so.
        """
        try:
            text = self._write(messages, bos, eos, stopped, thinking=thinking)
        except BrokenModel as refused:
            plain = _plain(messages)
            if isinstance(refused.__cause__, TooMuch) or plain == list(messages):
                raise
            return self._write(plain, bos, eos, stopped, thinking=thinking)
        if not all(each["content"].strip() in text for each in messages if each["role"] == "system"):
            return self._write(_plain(messages), bos, eos, stopped, thinking=thinking)
        return text

    def _write(
        self,
        messages: Sequence[Mapping[str, str]],
        bos: str,
        eos: str,
        stopped: Callable[[], bool],
        *,
        thinking: bool,
    ) -> str:
        budget = Budget(sum(_PER_MESSAGE + len(message["content"]) for message in messages), stopped, self._clock)
        try:
            with self._environment.within(budget):
                return self._template.render(
                    messages=[dict(message) for message in messages],
                    add_generation_prompt=True,
                    bos_token=bos,
                    eos_token=eos,
                    enable_thinking=thinking,
                    tools=None,  # none is offered; templates are written for this (`apply_chat_template`)
                    documents=None,
                )
        except RenderingStopped:
            raise
        except Exception as error:  # the template is the model's, and may fail in any way
            raise BrokenModel(self._path, ModelReason.CHAT_TEMPLATE_FAILS(detail=_reason(error))) from error

    def try_out(self, *, bos: str, eos: str) -> None:
        """Write the shortest conversation there is: a model whose template cannot do that can never answer.

        Raises:
            BrokenModel: it fails, or leaves out what the user said.
        """
        if _GREETING not in self.render([{"role": "user", "content": _GREETING}], bos=bos, eos=eos):
            raise BrokenModel(self._path, ModelReason.CHAT_TEMPLATE_LEAVES_OUT())


def _plain(messages: Sequence[Mapping[str, str]]) -> list[Mapping[str, str]]:
    """Say the same to a model that knows no system messages and lets user and assistant take turns, the user first."""
    system = [each["content"] for each in messages if each["role"] == "system"]
    turns = [dict(each) for each in messages if each["role"] != "system"]
    if not turns or turns[0]["role"] != "user":
        turns.insert(0, {"role": "user", "content": ""})
    turns[0]["content"] = _PARTED.join(part for part in (*system, turns[0]["content"]) if part)
    plain: list[Mapping[str, str]] = []
    for turn in turns:
        if plain and plain[-1]["role"] == turn["role"]:
            turn["content"] = _PARTED.join((plain.pop()["content"], turn["content"]))
        plain.append(turn)
    return plain


class _Generation(Extension):
    """`{% generation %}` marks for training what the model said; here it is taken as nothing."""

    tags = {"generation"}  # noqa: RUF012  # as jinja2 declares it

    def parse(self, parser: Parser) -> list[nodes.Node]:
        """Give what stands inside."""
        next(parser.stream)
        return parser.parse_statements(("name:endgeneration",), drop_needle=True)


def _raise_exception(message: object = "") -> NoReturn:
    raise jinja2.TemplateError(str(message))


def _now(form: str) -> str:
    if len(form) > _LONGEST_DATE:
        raise jinja2.TemplateError("too long a date")
    return datetime.now().astimezone().strftime(form)


def _reason(error: Exception) -> str:
    """Give what an error says, short enough for a sentence of ours."""
    lines = str(error).strip().splitlines() or [type(error).__name__]
    return lines[0][:_LONGEST_REASON].rstrip(".")
