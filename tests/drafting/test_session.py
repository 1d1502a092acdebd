"""A whole draft with an engine that says what the test wrote down: order, points, stop, resume, locks, versions."""

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from desktop.drafting.brief import Brief
from desktop.drafting.draft import Draft, DraftSection, from_json, to_json
from desktop.drafting.facts import missing_points
from desktop.drafting.length import count
from desktop.drafting.outline import plan
from desktop.drafting.sentences import split_sentences
from desktop.drafting.session import DraftChecked, DraftEvent, Drafting, SectionGrew
from desktop.drafting.template.template import Template
from desktop.engine.interface import Event, Finished, Judging, Message, Sampling, TextAdded, Usage
from desktop.errors import BadInput, ModelError
from tests.drafting.template.test_shipped import SHIPPED
from tests.scripted_engine import INFO

SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "po", "ri", "to")


def invented(number: int) -> str:
    """Make a word that no other number makes."""
    return "".join(SYLLABLES[int(digit)] for digit in f"{number:04}")


class Talker:
    """Goes on with any text in sentences of which no two are alike."""

    info = INFO

    def __init__(self, *, fails_after: int = 10**9) -> None:
        self.asked: list[list[Message]] = []
        self.options: list[Sampling] = []
        self._fails_after = fails_after

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        self.asked.append(list(messages))
        self.options.append(options)
        if len(self.asked) > self._fails_after:
            raise ModelError("The model failed.")
        for number in range(3):
            if stop.is_set():
                break
            words = [invented(24 * len(self.asked) + 8 * number + step) for step in range(8)]
            yield TextAdded(f" the {words[0]} and {' '.join(words[1:5])} of the {' '.join(words[5:])}. Now")
        yield Finished("done", Usage(10, 0, 20, 0.1, 90.0))

    def warm(self, messages: Sequence[Message], stop: threading.Event) -> None: ...

    def close(self) -> None: ...

    def count_tokens(self, text: str) -> int:
        return len(text.split())


class Watched(Talker):
    """Also judges, and remembers behind what."""

    def __init__(self) -> None:
        super().__init__()
        self.judged: list[list[Message]] = []

    @contextmanager
    def judging(self, messages: Sequence[Message], stop: threading.Event, *, urgent: bool = True) -> Iterator[Judging]:
        self.judged.append(list(messages))

        class Even:
            def likelihood(self, text: str) -> float:
                return -float(len(text.split()))

            def first_sights(self, text: str, others: Sequence[str]) -> list[float]:
                raise NotImplementedError

        yield Even()


REPORT = Brief(
    "work_report",
    {"topic": "customer support team", "period": "last week", "length": "300 words"},
    ("answered 340 tickets", "two complaints about the billing page", "hire a new agent by 1 March"),
)


def template(template_id: str = "work_report") -> Template:
    return SHIPPED.sound[template_id]


def last(events: Iterator[DraftEvent]) -> DraftChecked:
    for event in events:
        if isinstance(event, DraftChecked):
            return event
    raise AssertionError("no checks")


def written(brief: Brief = REPORT) -> Draft:
    return last(
        Drafting(Talker(), template(brief.template)).write(plan(template(brief.template), brief), never())
    ).draft


def never() -> threading.Event:
    return threading.Event()


def test_points_go_to_the_sections_whose_words_they_hold() -> None:
    sections = {section.id: section.points for section in plan(template(), REPORT).sections}
    assert sections["done"] == ("answered 340 tickets",)
    assert sections["problems"] == ("two complaints about the billing page",)
    assert sections["next"] == ("hire a new agent by 1 March",)


def test_a_draft_holds_every_section_point_and_its_length() -> None:
    checked = last(Drafting(Talker(), template()).write(plan(template(), REPORT), never()))
    assert checked.report.checks == dict.fromkeys(
        ("sections", "length", "loop", "language", "points", "leftovers"), True
    )
    assert checked.draft.done
    assert 240 <= count(checked.draft.text) <= 360
    for point in REPORT.points:
        assert point.lower() in checked.draft.text.lower()


def test_the_share_done_only_grows() -> None:
    events = Drafting(Talker(), template()).write(plan(template(), REPORT), never())
    shares = [event.share for event in events if isinstance(event, SectionGrew)]
    assert shares == sorted(shares)
    assert shares[-1] <= 1


def test_all_sections_share_a_prefix_that_holds_brief_and_outline() -> None:
    engine = Talker()
    last(Drafting(engine, template()).write(plan(template(), REPORT), never()))
    asked = {messages[1].content for messages in engine.asked if messages[1].role == "user"}
    assert len(asked) == 4
    notes = {text.rpartition("\n\n")[0] for text in asked}
    assert len(notes) == 1
    assert "customer support team" in (note := notes.pop())
    assert "Summary, Work done, Problems, Next steps" in note
    assert "340" not in note  # figures are the user's to say


def test_a_section_goes_on_from_the_end_of_the_one_before() -> None:
    engine = Talker()
    draft = last(Drafting(engine, template()).write(plan(template(), REPORT), never())).draft
    end = " ".join(split_sentences(draft.sections[0].text.split("\n\n")[-1])[-2:])
    begun = [messages[-1].content for messages in engine.asked if len(messages) == 3]
    assert any(text.startswith(f"{end}\n\n- Answered 340 tickets.") for text in begun)


def test_a_stop_keeps_what_is_written_and_the_rest_is_written_later() -> None:
    stop, kept = never(), None
    for event in Drafting(Talker(), template()).write(plan(template(), REPORT), stop):
        if isinstance(event, SectionGrew) and event.index == 1:
            stop.set()
        kept = event
    assert isinstance(kept, DraftChecked)
    assert kept.stopped
    statuses = [section.status for section in kept.draft.sections]
    assert statuses == ["written", "partial", "planned", "planned"]
    saved = from_json(to_json(kept.draft))  # as after a crash
    assert saved == kept.draft
    resumed = last(Drafting(Talker(), template()).write(saved, never())).draft
    assert resumed.done
    assert resumed.sections[0] == kept.draft.sections[0]
    assert resumed.sections[1].text.startswith(kept.draft.sections[1].text)
    assert missing_points(REPORT.points, resumed.text) == []


def test_a_failing_model_loses_nothing_of_what_was_told_before() -> None:
    drafts: list[Draft] = []
    events = Drafting(Talker(fails_after=20), template()).write(plan(template(), REPORT), never())
    with pytest.raises(ModelError):
        drafts.extend(event.draft for event in events)
    assert drafts[-1].sections[0].status == "written"


def test_a_locked_section_never_changes() -> None:
    draft = plan(template(), REPORT)
    mine = replace(draft.sections[3], text="My own words.", locked=True)
    draft = replace(draft, sections=(*draft.sections[:3], mine))
    engine = Drafting(Talker(), template())
    after = last(engine.write(draft, never())).draft
    assert after.sections[3].text == "My own words."
    with pytest.raises(BadInput, match="locked"):
        list(engine.rewrite(after, 3, "again", never()))
    # Its point is not said there, so another section says it, marked.
    marked = [point for section in after.sections for point in section.marked]
    assert marked == ["hire a new agent by 1 March"]


def test_an_edited_outline_is_written_in_its_order() -> None:
    draft = (
        plan(template(), REPORT).moved(3, 0).removed(3).added(DraftSection("own", "Thanks", "Says thank you.", 40), 3)
    )
    after = last(Drafting(Talker(), template()).write(draft, never()))
    headings = [line for line in after.draft.text.splitlines() if line.startswith("## ")]
    assert headings == ["## Next steps", "## Summary", "## Work done", "## Thanks"]
    assert after.report.checks["sections"]
    assert after.report.checks["points"]  # those of the section that was taken out went to its neighbour


@pytest.mark.parametrize("change", ["again", "expand", "shorten"])
def test_one_section_changes_and_its_old_text_is_a_version(change: str) -> None:
    draft = written()
    before = draft.sections[1]
    after = last(Drafting(Talker(), template(), seed=5).rewrite(draft, 1, change, never())).draft  # type: ignore[arg-type]
    assert [section.text for at, section in enumerate(after.sections) if at != 1] == [
        section.text for at, section in enumerate(draft.sections) if at != 1
    ]
    now = after.sections[1]
    assert "answered 340 tickets" in now.text.lower()
    if change == "expand":
        assert now.text.startswith(before.text[:40])
        assert count(now.text) > 1.2 * count(before.text)
    else:
        assert now.versions == (before.text,)
    if change == "shorten":
        assert count(now.text) < 0.85 * count(before.text)
    if change == "again":
        assert now.text != before.text
        assert after.restored(1, 0).sections[1].text == before.text


def test_a_stopped_change_leaves_the_section_as_it_was() -> None:
    draft, stop = written(), never()
    stop.set()
    after = last(Drafting(Talker(), template()).rewrite(draft, 1, "again", stop))
    assert after.draft == draft


def test_another_tone_is_told_to_the_model() -> None:
    engine = Talker()
    last(Drafting(engine, template()).rewrite(written(), 0, "again", never(), tone="friendly"))
    assert "friendly" in engine.asked[0][0].content


def test_the_same_brief_gives_the_same_draft() -> None:
    assert written().text == written().text


def test_a_model_that_only_chatters_gives_an_honest_short_draft() -> None:
    class Chatterer(Talker):
        def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
            yield TextAdded(" Sure, here is the paragraph: [Name] sold 77 percent.")
            yield Finished("done", Usage(1, 0, 1, 0.1, 0.0))

    checked = last(Drafting(Chatterer(), template()).write(plan(template(), REPORT), never()))
    assert checked.report.checks["points"]
    assert not checked.report.checks["length"]
    assert "77" not in checked.draft.text
    assert "[Name]" not in checked.draft.text


def test_a_beginning_that_gave_nothing_is_tried_once_more() -> None:
    class Late(Talker):
        """Writes nothing for the first eleven beginnings, each tried twice: all that the template has."""

        def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
            events = list(super().stream(messages, options, stop))
            yield from events if len(self.asked) > 22 else ()

    brief = Brief("email", {"topic": "the old mill", "length": "60 words"})
    *_, checked = Drafting(Late(), template("email")).write(plan(template("email"), brief), never())
    assert isinstance(checked, DraftChecked)
    assert "I hope that we can" in checked.draft.text
    assert checked.report.checks["length"]


def test_minutes_say_every_line_of_the_notes() -> None:
    notes = "- John reported a leak.\nThe offer was accepted.\nWei will call the plumber by Friday."
    draft = written(Brief("meeting_minutes", {"source": notes, "topic": "roof"}))
    assert [section.text for section in draft.sections] == [
        "- John reported a leak.",
        "- The offer was accepted.",
        "- Wei will call the plumber by Friday.",
    ]


@pytest.mark.parametrize("template_id", sorted(SHIPPED.sound))
@pytest.mark.parametrize("language", ["English", "Chinese"])
def test_every_template_drafts_in_both_languages(template_id: str, language: str) -> None:
    slots = {"topic": "the old mill" if language == "English" else "旧磨坊", "source": "A short text about a mill."}
    slots["language"] = language
    chosen = template(template_id)
    brief = Brief(template_id, {name: value for name, value in slots.items() if chosen.slot(name)})
    checked = last(Drafting(Talker(), chosen).write(plan(chosen, brief), never()))
    assert checked.draft.done
    assert checked.draft.text.strip()
    assert "{" not in checked.draft.text.replace("```", "")


def test_a_letter_about_nothing_in_particular_comes_to_its_points_at_once() -> None:
    template = SHIPPED.sound["email"]
    brief = Brief("email", {"audience": "landlord"}, ("heating broken since 3 Jan", "flat 4B", "please fix by Friday"))
    *_, last = Drafting(Talker(), template).write(plan(template, brief), threading.Event())
    assert isinstance(last, DraftChecked)
    assert last.draft.text.startswith("# Heating broken since 3 Jan\n\nDear landlord,\n\n")
    assert "landlord" not in last.draft.text.removeprefix("# Heating broken since 3 Jan\n\nDear landlord,")
    assert "flat 4B" in last.draft.sections[1].text
    assert last.draft.sections[1].text.startswith("Please note: heating broken since 3 Jan.")
    assert not last.report.missing_points


def test_a_draft_that_is_none_is_refused() -> None:
    for text in ("", "[]", "{}", '{"brief": 1, "title": "", "headings": true, "sections": []}'):
        with pytest.raises(BadInput):
            from_json(text)


def test_a_draft_that_an_earlier_version_kept_is_read() -> None:
    draft = plan(template(), REPORT)
    assert from_json(to_json(draft).replace('"instruction"', '"holds"')) == draft


def test_text_of_a_path_is_no_template(tmp_path: Path) -> None:
    with pytest.raises(BadInput, match="needs topic"):
        plan(template(), Brief("work_report", {}))
    with pytest.raises(BadInput, match="asks for no “colour”"):
        plan(template(), Brief("work_report", {"topic": "x", "colour": "red"}))
    with pytest.raises(BadInput, match="no variant"):
        plan(template(), Brief("work_report", {"topic": "x"}, variant="hourly"))
