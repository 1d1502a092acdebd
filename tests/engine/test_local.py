"""The local engine from messages to events, on tiny models."""

import dataclasses
import functools
import itertools
import json
import math
import shutil
import threading
import traceback
import weakref
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from onnxruntime import InferenceSession

from desktop.engine.generate import prefill
from desktop.engine.interface import (
    ContextTrimmed,
    Event,
    Finished,
    Message,
    ModelFiles,
    PromptRead,
    Sampling,
    TextAdded,
)
from desktop.engine.local import LocalEngine
from desktop.errors import BrokenModel, EmptyPrompt, ModelReleased, PromptTooLong
from tests.tiny_folder import TINY_OPTIMUM, convert_tiny, optimum_files
from tests.tiny_gguf import TinyModel

GREEDY = Sampling(temperature=0, repetition_penalty=1, dry_multiplier=0, max_tokens=30)
QUESTION = [Message("user", "Please write a letter.")]


@pytest.fixture(scope="module", params=["shared", "grown"])
def files(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> ModelFiles:
    if request.param == "grown":
        return optimum_files()
    return convert_tiny(tmp_path_factory.mktemp("tiny"), TinyModel("llama", seed=15))


@pytest.fixture
def engine(files: ModelFiles) -> LocalEngine:
    return LocalEngine(files, "cpu", threads=1)


def events(engine: LocalEngine, messages: Sequence[Message], options: Sampling = GREEDY) -> list[Event]:
    return list(engine.stream(messages, options, threading.Event()))


def text(found: Sequence[Event]) -> str:
    return "".join(event.text for event in found if isinstance(event, TextAdded))


def finished(found: Sequence[Event]) -> Finished:
    last = found[-1]
    assert isinstance(last, Finished)
    return last


def test_an_answer_is_read_then_written_then_finished(engine: LocalEngine) -> None:
    found = events(engine, QUESTION)
    kinds = [type(event) for event in found]
    assert kinds[0] is PromptRead
    assert kinds[-1] is Finished
    assert set(kinds[1:-1]) == {TextAdded}
    usage = finished(found).usage
    assert finished(found).reason == ("length" if usage.new_tokens == 30 else "done")
    assert usage.reused_tokens == 0
    assert usage.first_token_s > 0
    assert usage.decode_tokens_per_s > 0


def test_the_same_question_gets_the_same_greedy_answer_from_a_warm_cache(engine: LocalEngine) -> None:
    cold = events(engine, QUESTION)
    warm = events(engine, QUESTION)
    assert text(warm) == text(cold)
    assert finished(warm).usage.reused_tokens == finished(warm).usage.prompt_tokens - 1


def test_the_second_turn_reuses_the_first(engine: LocalEngine) -> None:
    first = events(engine, QUESTION)
    turns = [*QUESTION, Message("assistant", text(first)), Message("user", "Shorter.")]
    second = events(engine, turns)
    assert finished(second).usage.reused_tokens >= finished(first).usage.prompt_tokens
    engine.pool.clear()
    assert text(events(engine, turns)) == text(second)


def test_a_stop_before_the_start_leaves_an_empty_answer(engine: LocalEngine) -> None:
    stop = threading.Event()
    stop.set()
    found = list(engine.stream(QUESTION, GREEDY, stop))
    assert text(found) == ""
    assert finished(found).reason == "stopped"


def test_a_stop_keeps_what_was_written(engine: LocalEngine) -> None:
    stop = threading.Event()
    found: list[Event] = []
    for event in engine.stream(QUESTION, GREEDY, stop):
        found.append(event)
        if len(text(found)) > 10:
            stop.set()
    assert finished(found).reason == "stopped"
    assert text(events(engine, QUESTION)).startswith(text(found))
    assert 10 < len(text(found)) < 60


def test_a_stop_string_ends_the_answer_before_it(engine: LocalEngine) -> None:
    whole = text(events(engine, QUESTION))
    found = events(engine, QUESTION, dataclasses.replace(GREEDY, stop=(whole[12:15],)))
    assert text(found) == whole[: whole.index(whole[12:15])]
    assert finished(found).reason == "done"


def test_an_answer_ends_with_the_context(engine: LocalEngine) -> None:
    found = events(engine, QUESTION, dataclasses.replace(GREEDY, max_tokens=None))
    usage = finished(found).usage
    if finished(found).reason == "length":
        assert usage.prompt_tokens + usage.new_tokens == engine.info.context_length
    else:
        assert usage.prompt_tokens + usage.new_tokens < engine.info.context_length


def test_the_oldest_messages_are_left_out_and_that_is_said(engine: LocalEngine) -> None:
    history = [Message("user" if n % 2 == 0 else "assistant", "The ink dries on the stone. " * 3) for n in range(8)]
    found = events(engine, [*history, *QUESTION])
    assert isinstance(found[0], ContextTrimmed)
    assert found[0].dropped_messages % 2 == 0
    assert finished(found).usage.prompt_tokens < engine.info.context_length


def test_a_question_that_fills_the_context_is_refused(engine: LocalEngine) -> None:
    with pytest.raises(PromptTooLong):
        events(engine, [Message("user", "zq " * 400)])


@pytest.mark.parametrize("messages", [[], [Message("user", "")], [Message("user", " \n")]])
def test_nothing_to_answer_is_refused(engine: LocalEngine, messages: list[Message]) -> None:
    with pytest.raises(EmptyPrompt):
        events(engine, messages)


def test_a_tokenizer_of_another_model_is_refused(tmp_path: Path, files: ModelFiles) -> None:
    for file in files.folder.iterdir():
        shutil.copy(file, tmp_path)
    tokenizer = json.loads((TINY_OPTIMUM / "tokenizer.json").read_text(encoding="utf-8"))
    tokenizer["model"]["vocab"] |= {f"more{number}": 320 + number for number in range(5)}
    (tmp_path / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    with pytest.raises(BrokenModel, match="do not belong together"):
        LocalEngine(dataclasses.replace(files, folder=tmp_path), "cpu", 1)


def test_the_user_is_told_who_answers_and_where(engine: LocalEngine, files: ModelFiles) -> None:
    assert (engine.info.model, engine.info.precision, engine.info.device) == (
        files.name,
        files.precision,
        "CPU, 1 thread",
    )
    assert engine.info.reason == "The CPU was chosen in the settings."


def test_lookup_changes_the_speed_and_not_the_answer(files: ModelFiles, engine: LocalEngine) -> None:
    question = [Message("user", "Repeat: the ink dries on the stone, the ink dries on the stone.")]
    plain = events(engine, question)
    engine.pool.clear()
    guessed = events(engine, question, dataclasses.replace(GREEDY, lookup=question[-1].content))
    if files.precision == "fp32":  # int8 activations round differently where several tokens are read at once
        assert text(guessed) == text(plain)
    assert finished(plain).usage.guessed_tokens == 0
    assert finished(guessed).usage.new_tokens >= finished(guessed).usage.guessed_tokens


def test_a_begun_answer_is_continued(engine: LocalEngine) -> None:
    whole = text(events(engine, QUESTION))
    begun = whole[:5]
    rest = events(engine, [*QUESTION, Message("assistant", begun)])
    prompt = engine.prompts.encode(QUESTION)
    assert finished(rest).usage.prompt_tokens == len(prompt) + engine.count_tokens(begun)


def test_a_begun_answer_keeps_its_question_when_the_context_is_full(engine: LocalEngine) -> None:
    long = [Message("user", "The ink dries on the stone. " * 17), *QUESTION, Message("assistant", "Dear ")]
    found = events(engine, long)
    assert isinstance(found[0], ContextTrimmed)
    assert found[0].dropped_messages == 1


def test_what_was_read_ahead_is_not_read_again(engine: LocalEngine) -> None:
    engine.warm(QUESTION, threading.Event())
    found = events(engine, QUESTION)
    assert finished(found).usage.reused_tokens == finished(found).usage.prompt_tokens - 1


def test_of_a_conversation_that_is_too_long_what_will_be_asked_is_read_ahead(engine: LocalEngine) -> None:
    def conversation(times: int) -> list[Message]:
        return [Message("user", "The ink dries. " * times), Message("assistant", "It does."), *QUESTION]

    room = engine.info.context_length * 3 // 4  # the rest is kept for the answer
    tight = next(long for long in map(conversation, itertools.count()) if len(engine.prompts.encode(long)) > room)
    engine.warm(tight, threading.Event())
    found = events(engine, tight, dataclasses.replace(GREEDY, max_tokens=None))
    assert isinstance(found[0], ContextTrimmed)
    assert finished(found).usage.reused_tokens == finished(found).usage.prompt_tokens - 1


def test_what_does_not_fit_is_not_read_ahead(engine: LocalEngine) -> None:
    engine.warm([Message("user", "The ink dries on the stone. " * 100)], threading.Event())
    assert engine.pool.held == []


def test_a_question_typed_behind_a_document_is_all_that_is_left_to_read(engine: LocalEngine) -> None:
    document = "--- ink.txt ---\nThe ink dries.\n--- end of ink.txt ---"
    alone, asked = [Message("user", document)], [Message("user", f"{document}\n\nWhat dries?")]
    engine.warm(alone, threading.Event())
    ahead = events(engine, asked)
    engine.pool.clear()
    assert text(ahead) == text(events(engine, asked))
    pairs = zip(engine.prompts.encode(alone), engine.prompts.encode(asked), strict=False)
    common = sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
    assert finished(ahead).usage.reused_tokens == common > 20


class SetSoon(threading.Event):
    """Is set between two steps of reading, which is the fourth look behind the `before` first ones."""

    def __init__(self, before: float) -> None:
        super().__init__()
        self.asked, self._last = 0, before + 4

    def is_set(self) -> bool:
        self.asked += 1
        if self.asked == self._last:
            self.set()
        return super().is_set()


def test_reading_ahead_that_was_stopped_changes_no_answer(engine: LocalEngine, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("desktop.engine.local.prefill", functools.partial(prefill, step=8))
    asked = [Message("user", "The ink dries on the stone. " * 4)]
    engine.prompts.encode(asked, writing := SetSoon(math.inf))
    engine.warm(asked, SetSoon(writing.asked))
    (held,) = engine.pool.held
    ahead = events(engine, asked)
    assert 0 < len(held) < len(engine.prompts.encode(asked)) - 8
    assert finished(ahead).usage.reused_tokens == len(held)
    engine.pool.clear()
    assert text(ahead) == text(events(engine, asked))


def test_a_closed_engine_gives_all_back_while_somebody_still_listens(files: ModelFiles) -> None:
    engine = LocalEngine(files, "cpu", threads=1)
    assert text(events(engine, QUESTION))
    session = weakref.ref(engine._session)  # what takes the memory
    answer = engine.stream(QUESTION, GREEDY, threading.Event())
    assert [type(next(answer)) for _ in range(3)][-1] is TextAdded
    engine.close()
    assert session() is None
    assert engine.pool.nbytes == 0
    with pytest.raises(ModelReleased, match="The model was changed meanwhile"):
        list(answer)
    with pytest.raises(ModelReleased):
        events(engine, QUESTION)
    with pytest.raises(ModelReleased):
        engine.warm(QUESTION, threading.Event())
    engine.close()


def test_closing_waits_for_the_run_going_on_and_no_longer(files: ModelFiles) -> None:
    engine = LocalEngine(files, "cpu", threads=1)
    answers = [engine.stream(QUESTION, GREEDY, threading.Event()) for _ in range(3)]
    heard: list[Event | str] = []

    def hear(answer: Iterator[Event]) -> None:
        try:
            heard.extend(answer)
        except ModelReleased:
            heard.append("released")

    threads = [threading.Thread(target=hear, args=(answer,)) for answer in answers]
    for thread in threads:
        thread.start()
    engine.close()
    for thread in threads:
        thread.join()
    assert sum(isinstance(event, Finished) or event == "released" for event in heard) == 3


def test_a_model_that_is_refused_gives_its_session_back_while_the_error_is_still_there(tmp_path: Path) -> None:
    folder = Path(shutil.copytree(TINY_OPTIMUM, tmp_path / "tiny"))
    tokenizer = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    size = len(tokenizer["model"]["vocab"])
    tokenizer["model"]["vocab"] |= {f"more{number}": size + number for number in range(500)}
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer), encoding="utf-8")
    with pytest.raises(BrokenModel, match="they do not belong together") as raised:
        LocalEngine(dataclasses.replace(optimum_files(), folder=folder), "cpu", threads=1)
    frames = [frame for frame, _ in traceback.walk_tb(raised.value.__traceback__)]
    sessions = [value for frame in frames for value in frame.f_locals.values() if isinstance(value, InferenceSession)]
    assert sessions == []


@pytest.mark.parametrize("looks", [1, 3])
def test_a_stop_is_seen_while_the_prompt_is_written(engine: LocalEngine, looks: int) -> None:
    assert [type(event) for event in engine.stream(QUESTION, GREEDY, SetSoon(looks - 4))] == [Finished]
    engine.warm(QUESTION, SetSoon(looks - 4))
    assert engine.pool.held == []


def test_an_urgent_question_is_answered_while_another_answer_waits(engine: LocalEngine) -> None:
    slow = engine.stream(QUESTION, GREEDY, threading.Event())
    begun = [next(slow) for _ in range(4)]
    urgent = events(engine, [Message("user", "Quick!")], dataclasses.replace(GREEDY, urgent=True))
    assert isinstance(urgent[-1], Finished)
    rest = list(slow)
    engine.pool.clear()
    assert text([*begun, *rest]) == text(events(engine, QUESTION))
