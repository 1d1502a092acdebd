"""Sentences that are at fault are written again from the end of the one before."""

import threading
from collections import Counter
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.brief import Brief, understand
from desktop.drafting.outline import plan
from desktop.drafting.writers.rewinding import first_sentence, written_guarded
from desktop.drafting.writers.section_writer import DraftContext
from desktop.engine.interface import Message, Sampling
from tests.drafting.template.test_shipped import SHIPPED
from tests.drafting.writers.freely import FreeEngine


def wrong(sentence: str, before: Sequence[str]) -> str:
    return "bad" if "bad" in sentence else "again" if sentence in before else ""


def run(engine: FreeEngine, *, most: int = 0) -> tuple[str, Counter[str]]:
    template, brief = SHIPPED.sound["summarize"], Brief("summarize", {"source": "x"})
    stop = threading.Event()
    context = DraftContext(engine, template, understand(template, brief), plan(template, brief), stop, 7)
    refused: Counter[str] = Counter()
    options = Sampling(max_tokens=50, temperature=0.2)
    shown = list(written_guarded(context, [Message("user", "x")], options, wrong, refused, most=most))
    return shown[-1] if shown else "", refused


def test_what_is_right_is_shown_as_it_stands() -> None:
    engine = FreeEngine(["One is here. Two is there.\n\n- Three\n- Four"])
    assert run(engine) == ("One is here. Two is there.\n\n- Three\n- Four", Counter({"": 4}))
    assert len(engine.asked) == 1


def test_a_fault_goes_back_to_the_end_of_the_sentence_before_with_another_seed() -> None:
    engine = FreeEngine(["One is here. This is bad. Never read.", " Two is there."])
    assert run(engine)[0] == "One is here. Two is there."
    assert engine.asked[1] == [Message("user", "x"), Message("assistant", "One is here.")]
    assert engine.options[0].seed != engine.options[1].seed
    assert (engine.options[1].temperature or 0) > (engine.options[0].temperature or 0)
    assert engine.options[1].max_tokens == 47


def test_after_three_tries_the_text_goes_on_without_the_sentence() -> None:
    engine = FreeEngine(["One. This is bad. Two.", " Also bad.", " Bad, that is bad.", " Two is there."])
    shown, refused = run(engine)
    assert shown == "One. Two is there."
    assert refused["bad"] == 3
    assert engine.asked[3][-1] == Message("assistant", "One. Bad, that is bad.")


def test_a_model_that_says_nothing_right_ends() -> None:
    engine = FreeEngine(["All of it is bad. Bad."])
    assert run(engine)[0] == ""
    assert len(engine.asked) == 12


def test_a_text_ends_behind_the_sentences_that_were_asked_for() -> None:
    assert run(FreeEngine(["One is. Two is. Three is."]), most=2)[0] == "One is. Two is."


@pytest.mark.parametrize(
    ("pending", "sentence"),
    [
        ("Mr. Brown came", ""),
        ("Mr. Brown came. He", "Mr. Brown came."),
        ("\n\n- one\n- t", "\n\n- one"),
        ("他来了。她", "他来了。"),
        ("3.5 is it", ""),
        ("", ""),
        ("\n\n", ""),
    ],
)
def test_a_sentence_is_whole_when_the_next_one_has_begun(pending: str, sentence: str) -> None:
    assert first_sentence(pending) == sentence


@given(st.text(alphabet="ab .。\n-A!", max_size=60))
def test_no_character_is_lost_between_sentences(text: str) -> None:
    rest, parts = text, []
    while unit := first_sentence(rest):
        parts.append(unit)
        rest = rest[len(unit) :]
    assert "".join([*parts, rest]) == text
