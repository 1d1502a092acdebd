"""What the keys of a Markdown editor do, on plain texts; `|` marks the cursor, or the ends of the selection."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.canvas.markdown_keys import TextEdit, heading, indented, link, next_line, toggled

TEXTS = st.text(alphabet=st.sampled_from("ab *_#-1.> \n字🙂"), max_size=30)


def done(marked: str, change: Callable[[str, int, int], TextEdit | None]) -> str | None:
    """Do a change to a marked text; gives the marked text that comes of it."""
    start = marked.index("|")
    text = marked.replace("|", "", 1)
    end = text.find("|")
    text = text.replace("|", "")
    edit = change(text, start, end if end >= 0 else start)
    if edit is None:
        return None
    new = edit.of(text)
    if edit.select_start == edit.select_end:
        return new[: edit.select_start] + "|" + new[edit.select_start :]
    chosen = new[edit.select_start : edit.select_end]
    return f"{new[: edit.select_start]}|{chosen}|{new[edit.select_end :]}"


@pytest.mark.parametrize(
    ("before", "mark", "after"),
    [
        ("a |word| here", "**", "a **|word|** here"),
        ("a **|word|** here", "**", "a |word| here"),
        ("a |**word**| here", "**", "a |word| here"),
        ("a wo|rd here", "**", "a **wo|rd** here"),
        ("a **wo|rd** here", "**", "a wo|rd here"),
        ("a **|word|** here", "*", "a ***|word|*** here"),
        ("a ***|word|*** here", "**", "a *|word|* here"),
        ("a ***|word|*** here", "*", "a **|word|** here"),
        ("|", "**", "**|**"),
        ("**|**", "**", "|"),
        ("a | word | here", "*", "a  *|word|*  here"),
        ("|重点|内容", "**", "**|重点|**内容"),
    ],
)
def test_bold_and_italic_are_switched(before: str, mark: str, after: str) -> None:
    assert done(before, lambda text, start, end: toggled(text, start, end, mark)) == after


@pytest.mark.parametrize(
    ("before", "level", "after"),
    [
        ("a\nTit|le\nb", 1, "a\n# Title|\nb"),
        ("## Tit|le", 1, "# Title|"),
        ("## Tit|le", 2, "Title|"),
        ("|", 2, "## |"),
        ("|one\ntwo|", 3, "|### one\n### two|"),
    ],
)
def test_headings_are_switched(before: str, level: int, after: str) -> None:
    assert done(before, lambda text, start, end: heading(text, start, end, level)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("- one|", "- one\n- |"),
        ("- one\n- |", "- one\n|"),
        ("9. nine|", "9. nine\n10. |"),
        ("1) one|", "1) one\n2) |"),
        ("  * in|", "  * in\n  * |"),
        ("- [x] done|", "- [x] done\n- [ ] |"),
        ("> said|", "> said\n> |"),
        ("- one| more", "- one\n- | more"),
        ("no list|", None),
        ("-| one", None),
        ("-not an item|", None),
        ("```\n- code|", None),
    ],
)
def test_enter_goes_on_with_a_list_and_ends_it(before: str, after: str | None) -> None:
    assert done(before, next_line) == after


@pytest.mark.parametrize(
    ("before", "by", "after"),
    [
        ("- one\n- tw|o", 1, "- one\n  - tw|o"),
        ("- one\n  - tw|o", -1, "- one\n- tw|o"),
        ("- tw|o", -1, "- tw|o"),
        ("|- one\n- two|", 1, "  |- one\n  - two|"),
        ("plain|", 1, None),
        ("```\nx = 1|\n```", 1, "```\n    x = 1|\n```"),
        ("```\n    x|\n```", -1, "```\nx|\n```"),
    ],
)
def test_tab_moves_items_in_and_out(before: str, by: int, after: str | None) -> None:
    assert done(before, lambda text, start, end: indented(text, start, end, by)) == after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("see |here|", "see [here](|https://|)"),
        ("see |https://example.org/a|", "see [|](https://example.org/a)"),
        ("see |", "see [](|https://|)"),
    ],
)
def test_a_link_asks_for_what_is_missing(before: str, after: str) -> None:
    assert done(before, link) == after


@given(TEXTS, st.data())
def test_no_key_loses_a_word_or_selects_outside_the_text(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edits = [
        toggled(text, start, end, data.draw(st.sampled_from(["*", "**"]))),
        heading(text, start, end, data.draw(st.integers(1, 3))),
        indented(text, start, end, data.draw(st.sampled_from([1, -1]))),
        next_line(text, start, end),
        link(text, start, end),
    ]
    for edit in edits:
        if edit is None:
            continue
        new = edit.of(text)
        assert 0 <= edit.start <= edit.end <= len(text)
        assert 0 <= edit.select_start <= edit.select_end <= len(new)
        assert [each for each in new.replace("https://", "") if each in "ab字🙂"] == [
            each for each in text if each in "ab字🙂"
        ]


@given(st.text(alphabet="ab 字", min_size=1).filter(lambda text: text.strip() == text), st.sampled_from(["*", "**"]))
def test_twice_is_as_before(text: str, mark: str) -> None:
    once = toggled(text, 0, len(text), mark)
    twice = toggled(once.of(text), once.select_start, once.select_end, mark)
    assert twice.of(once.of(text)) == text
