"""What whole drafts of several kinds hold: documents longer than the context, resumes, stories, minutes."""

import threading
from collections.abc import Iterator, Sequence

import pytest

from desktop.drafting.brief import Brief
from desktop.drafting.outline import plan
from desktop.drafting.sentences import split_sentences
from desktop.drafting.session import Drafting
from desktop.engine.interface import Event, Finished, Message, Sampling, TextAdded, Usage
from tests.drafting.test_session import Talker, Watched, invented, last, never, template, written

SYLLABLES = ("ba", "de", "fi", "go", "lu", "ma", "ne", "po", "ri", "to")


def test_a_document_may_be_longer_than_the_models_context() -> None:
    engine = Talker()
    brief = Brief("article", {"topic": "the old mill", "length": "3000 words"}, ("built in 1843",))
    checked = last(Drafting(engine, template("article")).write(plan(template("article"), brief), never()))
    assert checked.report.checks["length"]
    longest = max(sum(len(message.content.split()) for message in messages) for messages in engine.asked)
    assert longest < 1700


def texts_of(brief: Brief) -> dict[str, str]:
    return {section.heading: section.text for section in written(brief).sections}


def test_a_resume_is_made_of_the_users_points_alone() -> None:
    points = ("5 years as a ward nurse", "trained 12 new colleagues", "fluent in Polish")
    sections = texts_of(Brief("resume", {"topic": "head nurse", "format": "resume"}, points))
    assert sections == {
        "Profile": "Position: head nurse. In short: 5 years as a ward nurse; trained 12 new colleagues.",
        "Experience and education": "- 5 years as a ward nurse.\n- Trained 12 new colleagues.",
        "Skills": "- Fluent in Polish.",
    }


def test_a_resume_without_points_says_what_is_to_be_filled() -> None:
    draft = written(Brief("resume", {"topic": "gardener", "format": "resume"}))
    assert [section.text for section in draft.sections][1:] == ["[Employer, position, years]", "[Skills and languages]"]


def test_what_is_added_to_a_resume_of_some_length_stands_in_its_lists() -> None:
    slots = {"topic": "head nurse", "format": "resume", "length": "100 words"}
    skills = texts_of(Brief("resume", slots, ("fluent in Polish",)))["Skills"]
    assert len(skills.splitlines()) > 3
    assert all(line.startswith("- ") for line in skills.splitlines())


def test_a_story_tells_its_points_one_after_another_to_the_end() -> None:
    points = ("Mira keeps the lighthouse", "her radio goes silent", "she lights an old lamp")
    sections = written(Brief("story", {"topic": "the lamp", "length": "200 words"}, points)).sections
    assert [section.points for section in sections] == [(point,) for point in points]
    assert any("Mira" in sentence for sentence in split_sentences(sections[2].text)[1:])


def test_an_address_is_not_explained() -> None:
    points = ("contact: anna@example.com", "“Fix it, don't throw it”", "3.5 kg")
    for text in texts_of(Brief("marketing_copy", {"topic": "the lamp"}, points)).values():
        assert all(len(split_sentences(line)) == 1 for line in text.splitlines() if line.startswith("- "))


def test_a_word_in_an_address_draws_a_point_nowhere() -> None:
    brief = Brief("work_report", {"topic": "it"}, ("moved the wiki to https://example.org/start",))
    assert [section.heading for section in plan(template(), brief).sections if section.points] == ["Work done"]


def test_a_very_long_document_gets_its_length_and_asks_for_something_else_in_each_paragraph() -> None:
    engine = Talker()
    brief = Brief("proposal", {"topic": "coffee", "length": "1,500 words"})
    done = last(Drafting(engine, template("proposal")).write(plan(template("proposal"), brief), never()))
    assert done.report.passed
    asked = {messages[1].content.rsplit("\n\n", 1)[-1] for messages in engine.asked if len(messages) > 1}
    assert len(asked) > 8


def test_the_opinion_of_a_sentence_does_not_depend_on_what_the_draft_drifted_to() -> None:
    engine = Watched()
    last(Drafting(engine, template("essay")).write(plan(template("essay"), Brief("essay", {"topic": "bees"})), never()))
    judged = [messages for messages in engine.judged if "bees" in messages[1].content]
    assert judged
    assert all(len(split_sentences(messages[2].content)) <= 1 for messages in judged if len(messages) > 2)


def test_minutes_of_a_long_source_hold_every_line_of_it_in_order() -> None:
    lines = [
        f"{invented(number)} {invented(number + 500)} matter number {number} was talked over" for number in range(150)
    ]
    lines += [f"agreed to {invented(number + 900)} the hall {number} times" for number in range(20)]
    draft = written(Brief("meeting_minutes", {"topic": "club", "source": "\n".join(lines)}))
    discussion, decisions, actions = (section.text for section in draft.sections)
    places = [discussion.index(f"number {number} ") for number in range(150)]
    assert places == sorted(places)
    assert decisions.count("\n- ") == 19
    assert actions == "No actions were recorded."


class Hasty(Talker):
    """Tells the second point while it explains the first."""

    def stream(self, messages: Sequence[Message], options: Sampling, stop: threading.Event) -> Iterator[Event]:
        if messages[-1].content.endswith("It shows that"):
            yield TextAdded(" Anna loves the sea as nobody else in our small town ever did before.")
            yield Finished("done", Usage(10, 0, 20, 0.1, 90.0))
        else:
            yield from super().stream(messages, options, stop)


def test_a_point_that_the_model_said_meanwhile_is_not_said_again() -> None:
    brief = Brief("speech", {"topic": "the wedding of Anna"}, ("They met in Lisbon in 2016", "Anna loves the sea"))
    draft = last(Drafting(Hasty(), template("speech")).write(plan(template("speech"), brief), never())).draft
    assert draft.text.count("Anna loves the sea") == 1


@pytest.mark.parametrize("words", [300, 345, 400, 480, 555])
def test_no_section_ends_in_a_paragraph_of_one_sentence(words: int) -> None:
    brief = Brief("essay", {"topic": "the value of patience", "length": f"{words} words"})
    draft = last(Drafting(Talker(), template("essay")).write(plan(template("essay"), brief), never())).draft
    paragraphs = [section.text.split("\n\n") for section in draft.sections]
    assert any(len(each) > 1 for each in paragraphs) or words < 400
    assert all(len(split_sentences(each[-1])) > 1 for each in paragraphs)
