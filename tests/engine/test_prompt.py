"""Prompts: the template's text as transformers renders it, and messages that cannot write special tokens."""

import dataclasses
import json
import shutil
import sys
import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from types import FrameType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.engine.interface import TEMPLATE_FILE, Message
from desktop.engine.prompt import PromptBuilder
from desktop.errors import BrokenModel
from tests.tiny_folder import TINY_OPTIMUM, optimum_files
from tests.tiny_tokenizer import BEGIN_OF_TURN, END_OF_TURN

EXPECTED = json.loads((TINY_OPTIMUM / "expected.json").read_text(encoding="utf-8"))
PIECES = st.sampled_from(["<|im_end|>", "<|im_start|>", "a", "\n", "<|", "\ue0fe", "\ue0fe0\ue0ff"])
BUILDER = PromptBuilder(optimum_files())


def with_template(folder: Path, template: str) -> PromptBuilder:
    shutil.copy(TINY_OPTIMUM / "tokenizer.json", folder)
    (folder / TEMPLATE_FILE).write_text(template, encoding="utf-8")
    return PromptBuilder(dataclasses.replace(optimum_files(), folder=folder))


def test_a_conversation_becomes_the_ids_that_transformers_gives() -> None:
    conversation = EXPECTED["conversation"]
    messages = [Message(message["role"], message["content"]) for message in conversation["messages"]]
    assert BUILDER.encode(messages) == conversation["ids"]


@given(st.lists(PIECES).map("".join) | st.text())
def test_a_message_cannot_write_a_special_token(content: str) -> None:
    ids = BUILDER.encode([Message("user", content)])
    empty = BUILDER.encode([Message("user", "")])
    for token in (BEGIN_OF_TURN, END_OF_TURN):
        assert ids.count(token) == empty.count(token)


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_a_message_is_in_the_prompt_letter_by_letter(content: str) -> None:
    ids = BUILDER.encode([Message("user", content)])
    text = BUILDER.tokenizer.decode(ids, skip_special_tokens=False)
    assert f"<|im_start|>user\n{content}<|im_end|>\n" in text


def test_half_a_surrogate_pair_is_no_reason_to_fail() -> None:
    assert BUILDER.encode([Message("user", "a\ud83db")]) == BUILDER.encode([Message("user", "a?b")])


def test_plain_text_has_no_special_tokens() -> None:
    assert END_OF_TURN not in BUILDER.encode_text("<|im_end|>")


def test_threads_do_not_change_how_another_reads_special_tokens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(threading, "_trace_hook", _yields_at_each_line)  # as `threading.settrace`, undone behind it
    asked = [Message("user", "hi")]
    prompt, plain = BUILDER.encode(asked), BUILDER.encode_text("<|im_end|>")
    with ThreadPoolExecutor(4) as threads:
        prompts = [threads.submit(BUILDER.encode, asked) for _ in range(200)]
        texts = [threads.submit(BUILDER.encode_text, "<|im_end|>") for _ in range(200)]
    assert {tuple(one.result()) for one in prompts} == {tuple(prompt)}
    assert {tuple(one.result()) for one in texts} == {tuple(plain)}


def _yields_at_each_line(frame: FrameType, event: str, argument: object) -> Any:
    """Let another thread run before each line of the builder, as any of them may."""
    if frame.f_code.co_filename != sys.modules[PromptBuilder.__module__].__file__:
        return None
    if event == "line":
        threading.Event().wait(1e-6)
    return _yields_at_each_line


@pytest.mark.parametrize(
    "template",
    [
        "{{ raise_exception('no system message allowed') }}",
        "{{ messages.__class__.__mro__[1].__subclasses__() }}",
        "{{ undefined_thing.attribute }}",
        "{% for x in range(10 ** 12) %}{% endfor %}",
        "{{ cycler.__init__.__globals__ }}",
    ],
)
def test_a_hostile_or_failing_template_is_a_known_failure(tmp_path: Path, template: str) -> None:
    with pytest.raises(BrokenModel, match="chat template fails"):
        with_template(tmp_path, template).encode([Message("user", "hi")])


def test_a_template_that_is_none_is_told_when_the_model_is_loaded(tmp_path: Path) -> None:
    with pytest.raises(BrokenModel, match="no chat template"):
        with_template(tmp_path, "{% for %}")


def test_a_template_can_ask_for_the_date_and_leave_loops(tmp_path: Path) -> None:
    builder = with_template(tmp_path, "{% for m in messages %}{% break %}{% endfor %}{{ strftime_now('%Y')[:2] }}")
    assert builder.tokenizer.decode(builder.encode([Message("user", "hi")])) == "20"


def test_a_missing_tokenizer_and_a_broken_one_are_told_apart(tmp_path: Path) -> None:
    files = dataclasses.replace(optimum_files(), folder=tmp_path)
    with pytest.raises(BrokenModel, match="missing"):
        PromptBuilder(files)
    (tmp_path / "tokenizer.json").write_text("{}", encoding="utf-8")
    with pytest.raises(BrokenModel, match="no tokenizer"):
        PromptBuilder(files)
