import dataclasses
import threading
from collections.abc import Iterator, Sequence

import pytest

from desktop.engine.interface import Ability, Event, Finished, Message, Sampling, TextAdded, Usage
from desktop.errors import LanguageNotSpoken
from desktop.quick.actions.action import Action, ActionLimits, FreeWay
from desktop.quick.editing.run import Outcome, Written, run_action
from tests.scripted_engine import INFO, ScriptedEngine

FORMAL = Action(
    "formal",
    {"en": "Formal"},
    {"en": "Formal: {text}"},
    unit="sentence",
    lookup=True,
    languages=("en",),
    examples={"en": (("hi there", "Good morning."),)},
    limits=ActionLimits(shortest=0.5, longest=2.0, numbers="kept"),
)


class Dictionary(ScriptedEngine):
    """Answers each piece with what the test wrote for it, in turn where that is a list."""

    def __init__(self, answers: dict[str, list[str]]) -> None:
        super().__init__()
        self.answers = answers
        self.options: list[Sampling] = []

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        self.asked.append(list(messages))
        self.options.append(options)
        answers = self.answers[messages[-1].content.removeprefix("Formal: ")]
        answer = answers.pop(0)
        for letter in answer:
            yield TextAdded(letter)
        yield Finished("done", Usage(1, 0, len(answer), 0.1, 1.0))


def run(engine: Dictionary, text: str, action: Action = FORMAL) -> tuple[list[str], Outcome]:
    *written, outcome = run_action(engine, action, text, threading.Event())
    assert isinstance(outcome, Outcome)
    return [event.text for event in written if isinstance(event, Written)], outcome


def test_pieces_are_rewritten_and_the_layout_is_kept() -> None:
    engine = Dictionary({"hi all.": ["Sure, here is the text:\nHello all."], "See ya at 5!": ['"See you at 5!"']})
    written, outcome = run(engine, "\n - hi all. See ya at 5!\n\n")
    assert outcome.result == "\n - Hello all. See you at 5!\n\n"
    assert (outcome.usable, outcome.left, outcome.stopped) == (True, 0, False)
    assert written[-1] == outcome.result
    assert engine.asked[0][:2] == [Message("user", "Formal: hi there"), Message("assistant", "Good morning.")]
    assert all(options.urgent and options.lookup and options.temperature == 0 for options in engine.options)


def test_a_model_that_can_write_gets_paragraphs_and_never_the_frame_of_a_letter() -> None:
    action = dataclasses.replace(
        FORMAL, phrases={"en": (("hi", "hello"),)}, free=FreeWay(unit="line", limits=ActionLimits(facts="kept"))
    )
    engine = Dictionary({"come on friday. bring it.": ["Please come on Friday. Please bring it."]})
    engine.info = dataclasses.replace(INFO, abilities={"en": Ability.FREE})
    _, outcome = run(engine, "hi all,\n\n- come on friday. bring it.\n\n| a | b |\nTom", action)
    assert outcome.result == "hi all,\n\n- Please come on Friday. Please bring it.\n\n| a | b |\nTom"
    assert outcome.usable


def test_where_a_model_that_can_write_fails_the_phrases_stand_and_a_refusal_is_never_offered() -> None:
    limits = ActionLimits(facts="kept", numbers="kept")
    action = dataclasses.replace(FORMAL, phrases={"en": (("can't", "cannot"),)}, free=FreeWay(limits=limits))
    refusal = "Sorry, but I can't assist with that."
    engine = Dictionary({"I can't come at 5.": [refusal] * 3, "Come at 5.": [refusal] * 3})
    engine.info = dataclasses.replace(INFO, abilities={"en": Ability.FREE})
    assert run(engine, "I can't come at 5.", action)[1].result == "I cannot come at 5."
    outcome = run(engine, "Come at 5.", action)[1]
    assert outcome.result == "Come at 5."


def test_a_model_that_cannot_write_is_led_as_before() -> None:
    action = dataclasses.replace(FORMAL, free=FreeWay(unit="whole"))
    engine = Dictionary({"Come.": ["Please come."], "Go.": ["Please go."]})
    engine.info = dataclasses.replace(INFO, abilities={"en": Ability.GUIDED})
    assert run(engine, "Come. Go.", action)[1].result == "Please come. Please go."


def test_a_day_that_is_another_makes_it_a_suggestion() -> None:
    action = dataclasses.replace(FORMAL, limits=ActionLimits(facts="kept"))
    answers = ["Please come on Tuesday.", "Come on Sunday.", "Come."]
    _, outcome = run(Dictionary({"Come on Thursday.": answers}), "Come on Thursday.", action)
    assert not outcome.usable
    assert [check.name for check in outcome.checks if not check.ok] == ["dates"]


def test_a_piece_that_fails_twice_stays_as_it_was() -> None:
    engine = Dictionary({"Come at 5.": ["Please come at 6.", "Please come.", "Go."], "Bye.": ["Goodbye."]})
    _, outcome = run(engine, "Come at 5. Bye.")
    assert (outcome.result, outcome.left, outcome.usable) == ("Come at 5. Goodbye.", 1, True)
    assert [options.temperature for options in engine.options] == [0, 0.5, 0.8, 0]


def test_the_second_try_is_taken_where_the_first_fails() -> None:
    _, outcome = run(Dictionary({"Come at 5.": ["Please come at 6.", "Please come at 5."]}), "Come at 5.")
    assert (outcome.result, outcome.usable) == ("Please come at 5.", True)


def test_a_single_piece_that_fails_is_a_suggestion() -> None:
    _, outcome = run(Dictionary({"Come at 5.": ["Please come at 6.", "Come at 7.", "Come at 8."]}), "Come at 5.")
    assert (outcome.result, outcome.usable) == ("Please come at 6.", False)
    assert [check.name for check in outcome.checks if not check.ok] == ["numbers"]


def test_an_example_repeated_is_no_result() -> None:
    _, outcome = run(Dictionary({"hey you": ["Good morning.", "Hello to you."]}), "hey you")
    assert outcome.result == "Hello to you."


def test_stopped_before_the_end_it_keeps_the_rest_of_the_text() -> None:
    stop = threading.Event()
    engine = Dictionary({"One.": ["First."], "Two.": ["Second."]})
    outcome = None
    for event in run_action(engine, FORMAL, "One. Two.", stop):
        if isinstance(event, Written) and event.text.startswith("First. "):
            stop.set()
        outcome = event
    assert isinstance(outcome, Outcome)
    assert (outcome.result, outcome.stopped, outcome.usable) == ("First. Two.", True, False)


def test_a_continuation_begins_behind_the_text() -> None:
    action = Action("go-on", {"en": "Go on"}, {"en": "Go on: {text}"}, languages=("en",), begin={"en": "{text}"})
    assert action.messages("It was", "en")[-1] == Message("assistant", "It was")


def test_what_the_text_says_is_never_taken_for_a_placeholder() -> None:
    action = Action("ask", {"en": "Ask"}, {"en": "{request}: {text}"}, languages=("en",))
    assert action.messages("{request} {text}", "en", "why {text}")[-1].content == "why {text}: {request} {text}"


class Speaking(Dictionary):
    """Writes English only, as the starter model."""

    def __init__(self, answers: dict[str, list[str]]) -> None:
        super().__init__(answers)
        self.info = dataclasses.replace(INFO, languages=("en",))


def test_a_text_in_a_language_that_the_model_does_not_write_is_refused_in_one_sentence() -> None:
    action = dataclasses.replace(FORMAL, languages=("en", "zh"), prompt={"en": "F: {text}", "zh": "F: {text}"})
    with pytest.raises(LanguageNotSpoken, match="does not write Chinese"):
        run(Speaking({}), "请你明天来。", action)


def test_sure_mistakes_in_chinese_are_corrected_without_the_model() -> None:
    action = Action("fix", {}, {"en": "{text}", "zh": "{text}"}, unit="sentence", method="correct")
    engine = Speaking({})
    _, outcome = run(engine, "- 我门明天去, 好吗?\n- 时侯不早了。", action)
    assert outcome.result == "- 我们明天去，好吗？\n- 时候不早了。"
    assert (outcome.usable, engine.asked) == (True, [])


def test_a_translation_needs_both_languages() -> None:
    action = dataclasses.replace(FORMAL, limits=ActionLimits(language="other"))
    with pytest.raises(LanguageNotSpoken, match="Chinese"):
        run(Speaking({}), "Come at 5.", action)


def test_where_other_phrases_did_it_a_bad_answer_is_not_asked_for_again() -> None:
    action = dataclasses.replace(FORMAL, phrases={"en": (("can't", "cannot"),)})
    engine = Dictionary({"I cannot come at 5.": ["I cannot come at 6."]})
    _, outcome = run(engine, "I can't come at 5.", action)
    assert (outcome.result, outcome.usable, len(engine.asked)) == ("I cannot come at 5.", True, 1)


def test_what_the_model_writes_must_keep_what_other_phrases_kept() -> None:
    action = dataclasses.replace(FORMAL, phrases={"en": (("can't", "cannot"),)})
    engine = Dictionary({"I cannot come because the train leaves late.": ["I cannot come to the station."]})
    _, outcome = run(engine, "I can't come because the train leaves late.", action)
    assert outcome.result == "I cannot come because the train leaves late."


def test_what_is_begun_inside_a_fence_ends_with_it() -> None:
    action = dataclasses.replace(FORMAL, unit="whole", begin={"en": "```\n"}, examples=None)
    engine = Dictionary({"```\n": ["a = 1"]})
    _, outcome = run(engine, "a == 1", action)
    assert outcome.result == "a = 1"
    assert "\n```" in engine.options[0].stop


def test_a_part_of_an_example_is_no_result() -> None:
    example = ("Tom calls.", "Tom will call, so that the two of you can talk in peace.")
    action = dataclasses.replace(FORMAL, examples={"en": (example,)}, limits=ActionLimits())
    leaked = "The bus was late, so that the two of you can talk in peace."
    _, outcome = run(Dictionary({"The bus was late.": [leaked, "The bus came late."]}), "The bus was late.", action)
    assert outcome.result == "The bus came late."
