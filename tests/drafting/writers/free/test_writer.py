"""The free writer with an engine that says what the test wrote down: going back, coverage, parts, closings."""

import threading
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field, replace

from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.author import GAP, Author
from desktop.drafting.brief import Brief
from desktop.drafting.draft import Draft, DraftSection
from desktop.drafting.outline import plan
from desktop.drafting.scenes.library import SceneLibrary
from desktop.drafting.session import DraftChecked, DraftEvent, Drafting
from desktop.drafting.writers.free.coverage import FactWriter, closing_of, inserted, missing_facts, signed
from desktop.drafting.writers.free.guarded import GuardedText, tidied
from desktop.drafting.writers.free.guards import SentenceGuard
from desktop.drafting.writers.free.prompt import FreePrompt, in_lines
from desktop.drafting.writers.free.writer import Examples, in_parts
from desktop.engine.interface import Ability, Event, Finished, Message, Sampling, TextAdded, Usage, VersionEvent
from desktop.paths import app_paths
from tests.drafting.template.test_shipped import SHIPPED
from tests.scripted_engine import INFO

NOBODY = Author()
REQUEST = "email to my landlord Mr Petrov: heating broken since Tuesday, flat 4B, please fix by Friday"
FACTS = ("heating broken since Tuesday", "flat 4B", "please fix by Friday")
GOOD = (
    "Dear Mr Petrov,\n\nThe heating in flat 4B has been broken since Tuesday. Please fix it by Friday.\n\nKind regards"
)


@dataclass
class Writing:
    """Goes on with what it wrote already; each answer is used once, the last one again and again.

    An answer to a question that is no continuation (a sentence for a fact) comes from `told`.
    """

    answers: Sequence[str]
    told: Sequence[str] = ()
    pieces: int = 3
    asked: list[list[Message]] = field(default_factory=list)
    warmed: list[list[Message]] = field(default_factory=list)
    info = replace(INFO, abilities={"en": Ability.FREE, "zh": Ability.FREE})

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        self.asked.append(list(messages))
        asks = any(words in messages[-1].content for words in ("does not say", "还没有写到", "没有说全"))
        before = [each for each in self.asked[:-1] if ("does not say" in each[-1].content) == asks]
        source = self.told if asks else self.answers
        answer = source[min(len(before), len(source) - 1)] if source else ""
        for at in range(0, len(answer), self.pieces):
            if stop.is_set():
                break
            yield TextAdded(answer[at : at + self.pieces])
        yield Finished("done", Usage(1, 0, 1, 0.1, 0.0))

    def warm(self, messages: Sequence[Message], stop: threading.Event) -> None:
        self.warmed.append(list(messages))

    def close(self) -> None: ...

    def count_tokens(self, text: str) -> int:
        return len(text.split())


def written(engine: Writing, request: str = REQUEST, facts: Sequence[str] = FACTS, language: str = "en") -> GuardedText:
    guard = SentenceGuard(request, language, "factual", facts=len(facts))
    messages = [Message("user", request)]
    sampling = Sampling(temperature=0.4, seed=1)
    text = GuardedText(
        engine, messages, guard, sampling, FactWriter(engine, messages, guard, sampling), facts=list(facts)
    )
    for _ in text.write(threading.Event()):
        pass
    return text


@given(st.integers(1, 40))
def test_a_text_without_faults_passes_as_it_is_however_it_streams(pieces: int) -> None:
    assert written(Writing([GOOD], pieces=pieces)).shown == GOOD


def test_a_refused_sentence_is_written_again_from_the_one_before() -> None:
    first = "Dear Mr Petrov,\n\nThe heating in flat 4B has been broken for 14 days."
    engine = Writing([first, "\n\nThe heating in flat 4B has been broken since Tuesday. Please fix it by Friday."])
    text = written(engine)
    assert "14" not in text.shown
    assert text.shown.startswith("Dear Mr Petrov,\n\nThe heating in flat 4B has been broken since Tuesday.")
    assert engine.asked[1][-1] == Message("assistant", "Dear Mr Petrov,")
    assert text.refused["figure"] == 1


def test_what_the_model_does_not_tell_is_asked_for() -> None:
    engine = Writing(
        ["Dear Mr Petrov,\n\nThe heating is broken since Tuesday. It is a great pity. It is such a pity indeed."],
        told=["It concerns flat 4B.", "Please fix it by Friday."],
    )
    assert missing_facts(FACTS, written(engine).shown) == []


def test_an_answer_that_repeats_the_question_is_none() -> None:
    told = ["The text does not say this yet: flat 4B.", "It concerns flat 4B.", "Please fix it by Friday."]
    body = "Dear Mr Petrov,\n\nThe heating is broken since Tuesday. It is a great pity. It is such a pity indeed."
    assert "does not say" not in written(Writing([body], told=told)).shown


def test_a_greeting_to_somebody_whom_nobody_named_becomes_neutral() -> None:
    engine = Writing(["Dear Ms Weir,\n\nThe", "Dear Ms Weir,\n\nThe", "Dear Ms Weir,\n\nThe", "The heating is broken."])
    assert written(engine).shown.startswith("Hello,\n\n")


def test_the_end_of_a_sentence_that_was_let_past_is_not_shown() -> None:
    begun = "\n\nYesterday a man came to look at it, and then he"
    rest = " left again. The heating in flat 4B is broken since Tuesday. Please fix it by Friday."
    assert written(Writing([f"Dear Mr Petrov,{begun}", begun, begun, rest])).shown == (
        "Dear Mr Petrov,\n\nThe heating in flat 4B is broken since Tuesday. Please fix it by Friday."
    )


@dataclass
class SideBySide(Writing):
    """Also writes versions: those of `versions`, a list for each time it is asked."""

    versions: list[list[str]] = field(default_factory=list)

    def stream_versions(
        self,
        messages: Sequence[Message],
        options: Sequence[Sampling],
        stop: threading.Event,
        dropped: Collection[int] = frozenset(),
    ) -> Iterator[VersionEvent]:
        texts = self.versions.pop(0)
        assert len(texts) == len(options)
        for at in range(0, max(map(len, texts)), self.pieces):
            for number, text in enumerate(texts):
                if number not in dropped and at < len(text):
                    yield VersionEvent(number, TextAdded(text[at : at + self.pieces]))
        for number in range(len(texts)):
            yield VersionEvent(number, Finished("done", Usage(1, 0, 1, 0.1, 0.0)))


@given(st.integers(1, 40))
def test_of_sentences_written_side_by_side_the_one_that_tells_most_stays(pieces: int) -> None:
    poor, rich = "The heating is broken. And", "The heating in flat 4B is broken since Tuesday. And"
    engine = SideBySide(
        ["Dear Mr Petrov,\n\nIt broke 14 days ago.", " Please fix it by Friday."],
        pieces=pieces,
        versions=[[f"\n\n{poor}", "\n\nIt was 14 degrees. So", f"\n\n{rich}"]],
    )
    text = written(engine)
    assert text.shown == ("Dear Mr Petrov,\n\nThe heating in flat 4B is broken since Tuesday. Please fix it by Friday.")
    assert text.refused["figure"] == 2


def test_where_all_are_at_fault_the_next_fact_is_asked_for() -> None:
    engine = SideBySide(
        ["Dear Mr Petrov,\n\nThe heating is broken since Tuesday. It was 14 degrees."],
        told=["It concerns flat 4B.", "Please fix it by Friday."],
        versions=[[" It was 14 degrees."] * 3 for _ in range(4)],
    )
    assert missing_facts(FACTS, written(engine).shown) == []


def test_a_stop_keeps_what_is_written() -> None:
    stop = threading.Event()
    guard = SentenceGuard(REQUEST, "en", "factual")
    engine = Writing([GOOD])
    messages, sampling = [Message("user", REQUEST)], Sampling(seed=1)
    text = GuardedText(engine, messages, guard, sampling, FactWriter(engine, messages, guard, sampling))
    for shown in text.write(stop):
        if "Tuesday" in shown:
            stop.set()
    assert GOOD.startswith(text.shown)
    assert "Tuesday" in text.shown


def test_a_sentence_goes_behind_the_fact_before_its_own_and_before_the_closing() -> None:
    text = "Dear Ana,\n\nThe heating broke on Tuesday.\n\nPlease come soon.\n\nKind regards"
    facts = ("heating broke on Tuesday", "flat 4B", "come soon")
    assert inserted(text, "It is flat 4B.", "flat 4B", facts).split("\n\n")[1].endswith("Tuesday. It is flat 4B.")
    alone = inserted(text, "My number is 555.", "number 555", ("number 555",))
    assert alone.split("\n\n")[-2:] == ["My number is 555.", "Kind regards"]


def test_headings_with_nothing_below_and_a_signature_of_the_reader_go() -> None:
    assert tidied("# A\n\nText.\n\n## B\n\n## C\n\nMore.\n\n## D") == "# A\n\nText.\n\n## C\n\nMore."
    assert tidied("李经理：\n\n您好。\n\n谢谢！\n\n李经理") == "李经理：\n\n您好。\n\n谢谢！"


def test_the_closing_of_a_letter_is_that_of_its_form() -> None:
    assert closing_of("Dear Ana,\n\nText.\n\nKind regards") == "Kind regards"
    assert closing_of("李老师：\n\n正文。\n\n此致\n敬礼\n\n家长：") == "此致\n敬礼"
    assert closing_of("A report.\n\nIts text.") == ""


def test_a_request_of_many_clauses_stands_in_lines_and_loses_no_word() -> None:
    assert in_lines("weekly report: 340 tickets, two outages") == "weekly report\n- 340 tickets\n- two outages"
    assert in_lines("a poem about rain") == "a poem about rain"


def test_the_prompt_holds_the_request_whole_and_the_example_before_it() -> None:
    prompt = FreePrompt("essay: why rain, 300 words", "en", amount=300)
    assert prompt.messages[-1].content.startswith("essay\n- why rain\n- 300 words")
    assert prompt.messages[: len(prompt.prefix)] == prompt.prefix


def test_a_written_document_is_cut_at_its_headings() -> None:
    template = SHIPPED.sound["work_report"]
    draft = plan(template, Brief("work_report", {"topic": "sales"}, request="weekly report: sales"))
    whole = replace(draft.sections[0], id="text", heading="", text="# Week\n\nFirst.\n\n## Next\n\nSecond.")
    cut = in_parts(replace(draft, sections=(whole,)))
    assert (cut.title, [(each.heading, each.text) for each in cut.sections]) == (
        "Week",
        [("", "First."), ("Next", "Second.")],
    )
    assert cut.text == "# Week\n\nFirst.\n\n## Next\n\nSecond.\n"


def drafted(engine: Writing, brief: Brief, author: Author = NOBODY) -> list[DraftEvent]:
    template = SHIPPED.sound[brief.template]
    examples = Examples(SceneLibrary((app_paths().assets / "scenes",)))
    drafting = Drafting(engine, template, seed=1, examples=examples, author=author)
    return list(drafting.write(plan(template, brief), threading.Event()))


def test_a_model_that_can_write_writes_the_letter_in_one_go_behind_an_example() -> None:
    engine = Writing([GOOD])
    last = drafted(engine, Brief("email", {"topic": "heating", "audience": "landlord"}, request=REQUEST))[-1]
    assert isinstance(last, DraftChecked)
    assert last.draft.text.strip() == f"{GOOD}\n{GAP}"
    assert [message.role for message in engine.asked[0]] == ["system", "user", "assistant", "user"]
    assert engine.asked[0][-1].content.replace("\n- ", ", ").replace("Petrov, ", "Petrov: ") == REQUEST
    assert (last.report.points, last.report.missing_points, last.report.own) == (FACTS[:2] + FACTS[2:], (), ())


def test_the_report_tells_what_is_missing_what_was_wished_and_what_is_its_own() -> None:
    request = f"{REQUEST}, warm, under 200 words, don't mention the neighbours"
    engine = Writing(["Dear Mr Petrov,\n\nThe heating is broken since Tuesday.\n\nKind regards"], told=["Nonsense."])
    last = drafted(engine, Brief("email", {"topic": "heating"}, request=request))[-1]
    assert isinstance(last, DraftChecked)
    assert dict(last.report.wishes)["warm"] is None
    assert dict(last.report.wishes)["under 200 words"] is False
    assert dict(last.report.wishes)["don't mention the neighbours"] is True


def test_a_draft_that_was_stopped_goes_on_where_it_was() -> None:
    engine = Writing([GOOD])
    template = SHIPPED.sound["email"]
    brief = Brief("email", {"topic": "heating"}, request=REQUEST)
    stop, kept = threading.Event(), None
    for event in Drafting(engine, template, seed=1).write(plan(template, brief), stop):
        kept = event.draft
        if "Tuesday" in kept.text:
            stop.set()
    assert isinstance(kept, Draft)
    assert kept.sections[0].status == "partial"
    rest = Writing([GOOD.removeprefix(kept.sections[0].text.strip())])
    last = list(Drafting(rest, template, seed=1).write(kept, threading.Event()))[-1]
    assert last.draft.text.strip() == f"{GOOD}\n{GAP}"


def test_a_fact_is_told_where_its_words_stand_beside_chinese() -> None:
    fact = "项目 Phoenix 的 deadline 是 2027-03-01"
    assert missing_facts([fact], "李经理：\n\nPhoenix 项目的deadline定在2027-03-01。") == []
    assert missing_facts([fact], "李经理：\n\nPhoenix 项目的deadline定在2027-03-02。") == [fact]


def test_a_letter_is_signed_by_whom_the_request_names_then_by_the_user_else_a_gap_is_left() -> None:
    letter = "Dear Ana,\n\nThank you.\n\nKind regards"
    assert signed(letter, "", "Kim and Theo") == f"{letter}\nKim and Theo"
    assert signed(letter, "", "") == f"{letter}\n{GAP}"
    assert signed(f"{letter}\nKim", "", "Kim") == signed(f"{letter}\nKim", "", "") == f"{letter}\nKim"
    assert signed("Dear Ana,\n\nThank you.", "Best wishes", "Kim") == "Dear Ana,\n\nThank you.\n\nBest wishes\nKim"
    assert signed("李老师：\n\n谢谢。\n\n此致\n敬礼", "", "") == f"李老师：\n\n谢谢。\n\n此致\n敬礼\n{GAP}"
    assert signed("李老师：\n\n谢谢。\n\n此致\n敬礼\n\n申请人：\n日期：", "", "林晓雯").endswith("敬礼\n申请人：林晓雯")
    heads = "李老师：\n\n时间：\n周五下午\n\n地点：\n礼堂\n\n请您参加。\n\n此致\n敬礼"
    assert signed(heads, "", "林晓雯") == f"{heads}\n林晓雯"
    assert signed("A note without a closing.", "", "") == "A note without a closing."


def test_the_user_may_be_named_and_signs_with_his_lines() -> None:
    author = Author("Ida Falk", "Falk & Sons", "Ida Falk\nHead of repairs")
    brief = Brief("email", {"topic": "heating"}, request=REQUEST)
    body = (
        "Dear Mr Petrov,\n\nI am Ida Falk, and the heating in flat 4B is broken since Tuesday. Please fix it by Friday."
    )
    last = drafted(Writing([body]), brief, author)[-1]
    assert last.draft.text.startswith(body)
    assert last.draft.text.strip().endswith("\nIda Falk\nHead of repairs")
    assert isinstance(last, DraftChecked)
    assert last.refused.get("name", 0) == 0


def test_the_users_tone_is_asked_for_where_the_request_wishes_none() -> None:
    author = Author(tone="warm, short sentences")

    def asked(request: str, **slots: str) -> str:
        engine = Writing([GOOD])
        drafted(engine, Brief("email", {"topic": "heating", **slots}, request=request), author)
        return engine.asked[0][-1].content

    assert asked(REQUEST).endswith("\n(Tone: warm, short sentences.)")
    assert "Tone" not in asked(f"{REQUEST}, be very firm")
    assert asked(REQUEST, tone="formal").endswith("\n(Tone: formal.)")


def test_what_is_read_ahead_is_what_the_draft_asks() -> None:
    engine, brief = Writing([GOOD]), Brief("email", {"topic": "heating"}, request=REQUEST)
    examples = Examples(SceneLibrary((app_paths().assets / "scenes",)))
    drafting = Drafting(engine, SHIPPED.sound["email"], seed=1, examples=examples)
    drafting.read_ahead(brief, threading.Event())
    list(drafting.write(plan(drafting.template, brief), threading.Event()))
    assert engine.warmed == [engine.asked[0]]
    drafting.read_ahead(Brief("email", {"no such slot": "x"}), threading.Event())  # whoever drafts it is told
    assert len(engine.warmed) == 1


def test_suggestions_stand_before_the_closing_and_bring_no_figures() -> None:
    brief = Brief("email", {"topic": "heating"}, request=REQUEST)
    written_ = drafted(Writing([GOOD]), brief)[-1].draft
    more = "With small children every cold day counts. It has been 14 days. A warm flat keeps them well."
    engine = Writing([more, " A warm flat keeps them well."])
    drafting = Drafting(engine, SHIPPED.sound["email"], seed=1)
    last = list(drafting.rewrite(written_, 0, "suggest", threading.Event()))[-1]
    assert isinstance(last, DraftChecked)
    text = last.draft.text
    assert "14" not in text
    assert text.index("fix it by Friday") < text.index("every cold day counts") < text.index("Kind regards")
    assert last.report.own
    bare = last.draft.without(last.report.own)
    assert bare.text == written_.text
    assert bare.sections[0].versions[-1] == text.strip()


@given(st.lists(st.sampled_from(["It rained.", "Ana came.", "3 vans stood there.", "天冷。"]), unique=True, max_size=4))
def test_sentences_are_taken_out_wherever_they_stand(out: list[str]) -> None:
    text = "# Week\n\nIt rained. Ana came.\n\n- 3 vans stood there.\n- It is so.\n\n天冷。"
    section = DraftSection("text", "", text=text, status="written")
    draft = Draft(Brief("email"), "", (section, replace(section, locked=True)))
    left = draft.without(out)
    assert all(sentence not in left.sections[0].text for sentence in out)
    assert all(kept in left.sections[0].text for kept in {"# Week", "- It is so."})
    assert "- \n" not in left.sections[0].text
    assert "\n\n\n" not in left.sections[0].text
    assert left.sections[1].text == text


def test_a_fact_that_is_half_told_is_told_whole_in_its_place() -> None:
    request = "thank you note to Gus: watched our cat Biscuit for 10 days (oct 22-31), fixed the gate, from Kim"
    body = "Dear Gus,\n\nThank you that you watched our cat Biscuit for 10 days. You fixed the gate.\n\nBest wishes"
    whole = "Thank you that you watched our cat Biscuit for 10 days, October 22-31."
    engine = SideBySide([body], told=[whole])
    last = drafted(engine, Brief("email", {"topic": "thanks"}, request=request))[-1]
    assert last.draft.text.strip() == (f"Dear Gus,\n\n{whole} You fixed the gate.\n\nBest wishes\nKim")
