"""Which stretch of a text an action is about, and where its result goes."""

from hypothesis import given
from hypothesis import strategies as st

from desktop.quick.actions.action import Action, TextLanguage
from desktop.ui.canvas.action_job import Job, code_within, stretch

PROMPT: dict[TextLanguage, str] = {"en": "{text}", "zh": "{text}"}
REWRITE = Action("rewrite", {"en": "Rewrite"}, PROMPT, lookup=True)
CONTINUE = Action("continue", {"en": "Continue"}, PROMPT, result="below")
TEXTS = st.text(alphabet=st.sampled_from("ab c.\n- 字，🙂"), max_size=40)


@given(TEXTS, st.data())
def test_a_stretch_lies_in_the_text_and_begins_and_ends_with_no_blank(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = stretch(text, start, end)
    assert 0 <= first <= last <= len(text)
    assert text[first:last] == text[first:last].strip()
    if start < end:
        assert text[first:last] == text[start:end].strip()
    else:
        assert "\n" not in text[first:last]


@given(TEXTS, TEXTS, TEXTS, TEXTS)
def test_accepting_everything_gives_the_result_and_rejecting_everything_the_text(
    before: str, text: str, after: str, result: str
) -> None:
    for action in (REWRITE, CONTINUE):
        job = Job("s", action, before, text, after)
        difference = job.difference(result)
        every = range(len(difference.changes))
        assert before + difference.with_changes(every) + after == job.whole(result)
        assert before + difference.with_changes(()) + after == before + text + after


def test_a_continuation_is_joined_as_its_language_does() -> None:
    assert Job("s", CONTINUE, "", "We met.", " End.").whole("It rained.") == "We met. It rained. End."
    assert Job("s", CONTINUE, "", "我们见面了。", "").whole("天下雨了。") == "我们见面了。天下雨了。"
    assert Job("s", CONTINUE, "", "We met", "").whole(", and it rained.") == "We met, and it rained."


def test_a_stretch_is_found_again_where_it_went() -> None:
    job = Job("s", REWRITE, "One. ", "Two.", " Three.")
    moved = job.moved_to("Zero. One. Two. Three.")
    assert moved is not None
    assert moved.whole("2.") == "Zero. One. 2. Three."
    assert job.moved_to("One. Three.") is None


def test_code_is_found_between_its_fences() -> None:
    text = "Here:\n```python\nx = 1\ny = 2\n```\nDone."
    start, end = code_within(text)
    assert text[start:end] == "x = 1\ny = 2"
    assert code_within("x = 1") == (0, 5)
    assert code_within("```\nx = 1") == (4, 9)
