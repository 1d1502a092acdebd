import dataclasses
import threading
from collections.abc import Iterator, Sequence

from desktop.engine.interface import Ability, Event, Finished, Message, Sampling, TextAdded, Usage
from desktop.quick.actions.action import Action, ActionLimits, FreeWay, TextLanguage
from desktop.quick.editing.asked import with_sentence
from desktop.quick.editing.run import EditingTools, Outcome, run_action
from tests.scripted_engine import INFO, ScriptedEngine

PROMPT: dict[TextLanguage, str] = {"en": "{request}\n\n{text}", "zh": "{request}\n\n{text}"}
ASK = Action("ask", {"en": "Ask", "zh": "提问"}, PROMPT, lookup=True, limits=ActionLimits(language="free"))
FORMAL = Action(
    "formal",
    {"en": "Formal", "zh": "正式"},
    {"en": "Formal: {text}", "zh": "正式：{text}"},
    unit="sentence",
    lookup=True,
    free=FreeWay(unit="line", limits=ActionLimits(facts="kept", numbers="kept")),
)
LETTER = "Dear Ms Chen,\n\nYour order 4471 is late. You can cancel it.\n\nTom Berg"


class Writer(ScriptedEngine):
    """Can write by itself, and answers what a request holds with what the test wrote for it."""

    def __init__(self, answers: dict[str, str]) -> None:
        super().__init__()
        self.answers = answers
        self.info = dataclasses.replace(INFO, abilities={"en": Ability.FREE, "zh": Ability.FREE})

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        self.asked.append(list(messages))
        asked = messages[-1].content
        yield TextAdded(next((answer for words, answer in self.answers.items() if words in asked), asked))
        yield Finished("done", Usage(1, 0, 1, 0.1, 1.0))


def ask(engine: Writer, text: str, request: str) -> Outcome:
    tools = EditingTools(actions={"formal": FORMAL})
    *_, outcome = run_action(engine, ASK, text, threading.Event(), request=request, tools=tools)
    assert isinstance(outcome, Outcome)
    return outcome


def failed(outcome: Outcome) -> set[str]:
    return {check.name for check in outcome.checks if not check.ok}


def test_a_style_and_an_addition_are_done_one_after_the_other() -> None:
    polite = "We regret that your order 4471 is late. You may cancel it."
    added = LETTER.replace("Your order 4471 is late. You can cancel it.", polite + " We give you a 5 % discount.")
    engine = Writer({"Formal:": polite, "Add that we give a 5 % discount": added})
    outcome = ask(engine, LETTER, "make this more polite and add that we give a 5 % discount")
    assert outcome.result == added
    assert outcome.usable, outcome.checks
    # The greeting and the name were not asked about.
    assert engine.asked[0][-1].content == "Formal: Your order 4471 is late. You can cancel it."
    assert len(engine.asked) == 2


def test_an_addition_that_the_model_forgets_is_put_in_before_the_closing() -> None:
    outcome = ask(Writer({"Add that": LETTER}), LETTER, "add that we give a 5 % discount")
    assert outcome.result == LETTER.replace("cancel it.", "cancel it. We give a 5 % discount.")
    assert outcome.usable


def test_a_model_that_takes_the_letter_away_while_it_adds_is_not_believed() -> None:
    outcome = ask(
        Writer({"Add that": "Dear Ms Chen,\n\nwe give a 5 % discount."}), LETTER, "add that we give a 5 % discount"
    )
    assert "4471" in outcome.result
    assert "5 % discount" in outcome.result
    assert outcome.usable


def test_what_only_a_model_can_read_is_a_suggestion_where_most_of_the_text_is_gone() -> None:
    outcome = ask(Writer({"sign as": "Dear Ms Chen,"}), LETTER, "please sign as Tina")
    assert not outcome.usable
    assert "kept" in failed(outcome)


def test_a_figure_that_nobody_gave_makes_it_a_suggestion() -> None:
    engine = Writer({"sign as": LETTER.replace("Tom Berg", "Tina").replace("4471", "4472")})
    assert "numbers" in failed(ask(engine, LETTER, "sign as Tina"))


def test_an_answer_to_a_question_never_replaces_the_text() -> None:
    outcome = ask(Writer({"what does": "It is about an order."}), LETTER, "what does this mean?")
    assert outcome.result == "It is about an order."
    assert not outcome.usable


def test_an_addition_in_chinese_is_put_in_before_the_signature() -> None:
    text = "小李：\n报价单请尽快发我。\n张伟"
    assert with_sentence(text, "周五前回复") == "小李：\n报价单请尽快发我。周五前回复。\n张伟"
    outcome = ask(Writer({"加上": text}), text, "加上周五前回复")
    assert outcome.result == "小李：\n报价单请尽快发我。周五前回复。\n张伟"
    assert outcome.usable


def test_a_model_that_cannot_write_is_asked_as_before() -> None:
    engine = Writer({"add that": "Changed."})
    engine.info = INFO
    assert ask(engine, LETTER, "add that lunch is free").result == "Changed."
    assert len(engine.asked) == 1
