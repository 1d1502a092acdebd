"""The model's opinion of sentences: what is about the topic goes before what would fit any document."""

import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, suppress

import pytest

from desktop.drafting.brief import Brief
from desktop.drafting.outline import plan
from desktop.drafting.session import DraftChecked, Drafting
from desktop.drafting.writers.guided.output_filter import OutputFilter, avoiding
from desktop.drafting.writers.guided.pmi_scorer import PmiScorer
from desktop.drafting.writers.guided.realiser import RealisationStyle, kind_of, realise
from desktop.drafting.writers.guided.rejection_sampler import BESIDE_THE_TOPIC, RejectionSampler
from desktop.engine.interface import Event, Finished, Judging, Message, Sampling, TextAdded, Usage
from tests.drafting.template.test_shipped import SHIPPED
from tests.scripted_engine import INFO, ScriptedEngine

TOLD = [Message("user", "Write about bees.")]
UNTOLD = [Message("user", "Write about this.")]
GENERIC, TOPICAL = "good results and steady progress in every task.", "wild bees and honey from the summer hives."


class Opinion:
    """Judges texts as it is told."""

    def __init__(self, likelihood: Callable[[str], float]) -> None:
        self.likelihood = likelihood

    def first_sights(self, text: str, others: Sequence[str]) -> list[float]:
        raise AssertionError("drafts compare whole texts")


class Knower:
    """Says its sentences by turns; finds a text that names what it was told about so many nats a token likelier."""

    info = INFO

    def __init__(self, *sentences: str, nats: float = 4) -> None:
        self.sentences, self.nats, self.told = list(sentences), nats, 0
        self.read = ""
        self.urgent: list[bool] = []

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        sentence = self.sentences[self.told % len(self.sentences)]
        self.told += 1
        self.read = ""
        for word in sentence.split():
            self.read += f" {word}"
            yield TextAdded(f" {word}")
        yield Finished("done", Usage(1, 0, 1, 0.1, 0.0))

    def warm(self, messages: Sequence[Message], stop: threading.Event) -> None: ...

    def close(self) -> None: ...

    def count_tokens(self, text: str) -> int:
        return len(text.split())

    @contextmanager
    def judging(self, messages: Sequence[Message], stop: threading.Event, *, urgent: bool = True) -> Iterator[Judging]:
        self.urgent.append(urgent)

        def likelihood(text: str) -> float:
            if stop.is_set():
                raise TimeoutError
            return self.likelihood(messages, text)

        with suppress(TimeoutError):  # a stop ends the block, as in the engine
            yield Opinion(likelihood)

    def likelihood(self, messages: Sequence[Message], text: str) -> float:
        gain = self.nats if "bees" in messages[0].content and "bees" in text else 0
        return (gain - 5.0) * len(text.split())


def go_on(engine: Knower, *, forbidden: str = "") -> str:
    output_filter = OutputFilter("bees", forbidden=avoiding([forbidden] if forbidden else [], "en"))
    sampler = RejectionSampler(engine, Sampling(), output_filter, threading.Event())
    return sampler.go_on(TOLD, "", "The club needs", about=[], before=[], untold=UNTOLD)


def test_the_sentence_about_the_topic_is_taken_wherever_it_comes() -> None:
    for sentences in ((GENERIC, TOPICAL), (TOPICAL, GENERIC)):
        assert go_on(Knower(*sentences)) == f"The club needs {TOPICAL}"


def test_what_is_beside_the_topic_may_not_stay_where_the_pen_is_choosy() -> None:
    def kept(*sentences: str) -> str:
        sampler = RejectionSampler(Knower(*sentences), Sampling(), OutputFilter("bees"), threading.Event())
        return sampler.go_on(
            TOLD, "", "The club needs", about=[], before=[], untold=UNTOLD, room=40, floor=BESIDE_THE_TOPIC
        )

    assert kept(GENERIC) == ""
    assert kept(GENERIC, TOPICAL) == f"The club needs {TOPICAL}"
    assert kept("bees that make the world a better place for things and people's lives.") == ""


def test_of_two_sentences_about_the_topic_the_less_hollow_one_is_taken() -> None:
    hollow, plain = "bees that make the world a better place.", "bees that sleep between its old pear trees."
    for sentences in ((hollow, plain), (plain, hollow)):
        assert go_on(Knower(*sentences, nats=1)) == f"The club needs {plain}"


def test_a_chat_beside_a_draft_does_not_wait_for_opinions() -> None:
    engine = Knower(TOPICAL)
    go_on(engine)
    assert engine.urgent == [False, False]


def test_a_sentence_that_is_good_enough_ends_the_search() -> None:
    engine = Knower(TOPICAL)
    go_on(engine)
    assert engine.told == 1
    generic = Knower(GENERIC)
    go_on(generic)
    assert generic.told == 6


def test_a_word_that_may_not_stand_ends_the_sentence_at_once() -> None:
    engine = Knower("our patience and many other things that take long to say.")
    assert go_on(engine, forbidden="our") == ""
    assert engine.read == " our patience"


def test_a_sentence_that_begins_as_another_or_repeats_its_words_is_not_written_to_its_end() -> None:
    before = ["The club needs bees and honey from the old garden.", "In May it is a good idea to paint the hive."]
    for begun in ("bees and wax from the new garden.", "so much help that it is a good idea to paint walls as well."):
        engine = Knower(begun)
        sampler = RejectionSampler(engine, Sampling(), OutputFilter("bees"), threading.Event())
        assert sampler.go_on(TOLD, "", "The club needs", about=[], before=before, untold=UNTOLD) == ""
        assert len(engine.read.split()) < len(begun.split()) - 1


def test_an_engine_that_cannot_judge_has_no_opinion() -> None:
    scorer = PmiScorer(ScriptedEngine(), threading.Event())
    assert scorer.worth(TOLD, UNTOLD, TOPICAL) is None
    assert scorer.fits(TOLD, [("Note:", "Bees.")]) is None


def test_a_stop_ends_an_opinion() -> None:
    stop = threading.Event()
    stop.set()
    assert PmiScorer(Knower(TOPICAL), stop).worth(TOLD, UNTOLD, TOPICAL) is None


def likely(**gains: float) -> list[float]:
    names = ("sentence", "request", "a thing", "things", "the matter")
    return [gains.get(name.replace(" ", "_"), -40.0) for name in names]


@pytest.mark.parametrize(
    ("point", "found", "kind"),
    [
        ("wolves roam these hills", likely(sentence=-20.0), "sentence"),
        ("rinse the pan first", likely(request=-20.0), "request"),
        ("irregular shifts", likely(the_matter=-20.0), "thing"),
        ("12 years of experience with engines", likely(sentence=-20.0), "thing"),
        ("the ferry runs again", likely(sentence=-40.0, things=-35.5), "unclear"),
    ],
)
def test_the_kind_of_a_point_is_what_the_model_finds_likeliest(point: str, found: list[float], kind: str) -> None:
    assert kind_of(point, lambda _: found) == kind
    assert kind_of(point, lambda _: None) == "thing"


def test_of_several_frames_the_likeliest_holds_the_thing() -> None:
    manner = RealisationStyle(frames=["Let us not forget {a_point}.", "I am {a_point}."])

    def fits(sentences: Sequence[tuple[str, str]]) -> list[float]:
        return [0.0 if begun.startswith("Note: I am") or "matter" in begun else -30.0 for begun, _ in sentences]

    assert realise("welder with a license", manner, fits=fits) == "I am a welder with a license."
    assert realise("welder with a license", manner) == "Let us not forget a welder with a license."


def test_an_article_that_the_model_left_out_is_put_in_where_it_finds_that_likelier() -> None:
    manner = RealisationStyle(examples=["fluent in Greek => I am fluent in Greek."])

    def fits(sentences: Sequence[tuple[str, str]]) -> list[float]:
        return [0.0 if "the matter" in begun or ending.startswith("a ") else -9.0 for begun, ending in sentences]

    said = realise("teacher of Greek", manner, complete=lambda _: "I am teacher of Greek.", fits=fits)
    assert said == "I am a teacher of Greek."


@pytest.mark.parametrize(("per_character", "writes"), [(-2.0, True), (-4.0, False)])
def test_a_model_to_which_chinese_is_strange_gives_the_frame_and_what_is_to_be_filled_in(
    per_character: float, writes: bool
) -> None:
    class Reader(Knower):
        def likelihood(self, messages: Sequence[Message], text: str) -> float:
            return per_character * len(text)

    prose = (
        "团队明天讨论新的安排，大家都愿意帮忙。",
        "客户的意见很重要，需要认真记录下来。",
        "服务的质量一天比一天更好，值得高兴。",
    )
    template = SHIPPED.sound["work_report"]
    brief = Brief("work_report", {"topic": "客户服务部", "period": "本周"}, ("接听客户电话 340 个",))
    engine = Reader(*prose)
    *_, checked = Drafting(engine, template).write(plan(template, brief), threading.Event())
    assert isinstance(checked, DraftChecked)
    assert "接听客户电话 340 个" in checked.draft.text
    assert ("【待补充：说明下一步工作】" in checked.report.placeholders) is not writes
    assert (engine.told > 0) is writes
    assert checked.report.checks["points"]
    assert checked.report.checks["sections"] or writes  # three sentences do not fill four sections
