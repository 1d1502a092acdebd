"""Translations keep the Markdown, the figures and the addresses of their source, whatever the model does."""

import re
from collections.abc import Iterator

import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from desktop.drafting.writers.translating import blocks, lost, same_form, translated, untranslated
from tests.drafting.writers.freely import written_freely

SOURCE = """# Visit in 2026

We come on **3 May** at 14:30.
Bring your notes.

- call Anna
- pay €1,240.50
  1. or ask `bank --help`

| what | when |
|------|------|
| lunch | 12 |

```python
print("we come")
```

> See https://example.org/we-come for more."""


def run(source: str, write: "Writes", room: int = 200) -> str:
    *_, text = translated(source, write, fits=lambda each: len(each.split()) <= room, stopped=lambda: write.stop)
    return text


class Writes:
    """Translates by a rule of the test's, and remembers what it was asked."""

    def __init__(self, rule: str = "shout", stops_after: int = 10**9) -> None:
        self.rule, self.asked, self._stops_after = rule, list[str](), stops_after

    @property
    def stop(self) -> bool:
        return len(self.asked) >= self._stops_after

    def __call__(self, text: str) -> Iterator[str]:
        self.asked.append(text)
        answer = self._answer(text)
        yield answer[: len(answer) // 2]
        yield answer

    def _answer(self, text: str) -> str:
        if self.rule == "shout":
            return re.sub(r"\bwe\b", "WE", text)
        if self.rule == "flatten":
            return " ".join(re.sub(r"[#|>`*-]", " ", text).split())
        if self.rule == "forget":
            return re.sub(r"\d", "", text)
        return f"Sure! Here is the translation:\n\n{text}" if self.rule == "chatter" else ""


def test_a_translation_of_the_same_form_is_taken_in_one_go() -> None:
    write = Writes("chatter")
    assert run(SOURCE, write) == SOURCE
    assert write.asked == [SOURCE]


def test_a_translation_that_lost_its_form_is_made_block_by_block() -> None:
    write = Writes("flatten")
    text = run(SOURCE, write)
    assert same_form(SOURCE, text)
    assert not [line for line in text.splitlines() if "⚠" in line and "`" not in line and "http" not in line]
    assert write.asked[1:6] == [
        "Visit in 2026",
        "We come on **3 May** at 14:30. Bring your notes.",
        "call Anna",
        "pay €1,240.50",
        "or ask `bank --help`",
    ]
    assert 'print("we come")' in text


def test_a_figure_that_is_lost_is_named_behind_its_line() -> None:
    text = run("- We come at 14:30.\n- We stay.", Writes("forget"))
    assert text == "- We come at :. (⚠ 14:30)\n- We stay."


def test_a_model_that_says_nothing_leaves_the_source() -> None:
    assert run(SOURCE, Writes("nothing")).split() == SOURCE.split()


def test_a_long_text_is_translated_part_by_part() -> None:
    source = "\n\n".join(f"- point {number} that we know" for number in range(30))
    write = Writes()
    assert run(source, write, room=20) == source.replace("we", "WE")
    assert len(write.asked) == 10


def test_a_long_list_without_a_blank_line_stays_a_list() -> None:
    source = "\n".join(f"{number}. we know. We go." for number in range(1, 60))
    assert run(source, Writes(), room=20) == source.replace("we", "WE")


def test_a_paragraph_that_is_too_long_is_translated_sentence_by_sentence() -> None:
    source = " ".join(f"Here we are number {number}." for number in range(20))
    write = Writes()
    assert run(source, write, room=20) == source.replace("we", "WE")
    assert max(len(each.split()) for each in write.asked) <= 20


def test_a_stop_keeps_what_is_there() -> None:
    source = "\n\n".join(f"Point {number} that we know." for number in range(30))
    text = run(source, Writes(stops_after=2), room=20)
    assert text.count("WE") == 2 * 4


@pytest.mark.parametrize(
    ("source", "translation", "missing"),
    [
        ("1,240.50 euros", "1.240,50 Euro", []),
        ("at 5 or 5", "um 5", ["5"]),
        ("mail a.b@c.org", "Mail an a.b@c.com", ["a.b@c.org"]),
        ("see https://example.org/a.", "siehe https://example.org/a.", []),
        ("run `ls -l`", "`ls -1`", ["`ls -l`"]),
    ],
)
def test_what_a_translation_lacks_is_found(source: str, translation: str, missing: list[str]) -> None:
    assert lost(source, translation) == missing


LINES = st.lists(
    st.one_of(
        st.sampled_from(["", "# We", "- we come 3", "* [x] we", "12. we", "> we", "| we | 4 |", "|---|---|", "---"]),
        st.sampled_from(["```", "~~~", "we go\n  on", "    we", "https://example.org/we", "`we` 7", "5", "我们 8 点"]),
        st.text(alphabet="we5 .-#|>*~\t[]x)", max_size=12),
    ),
    max_size=12,
).map("\n".join)


@given(LINES)
def test_blocks_joined_are_the_text(source: str) -> None:
    assert "".join(map(str, blocks(source))).rstrip() == source.rstrip()


@example("we\n> \n# We", "shout", 2)
@given(LINES, st.sampled_from(["shout", "flatten", "forget", "nothing"]), st.integers(1, 12))
def test_form_and_figures_survive_any_model(source: str, rule: str, room: int) -> None:
    assume(source.strip())
    source = source.strip()
    text = run(source, Writes(rule), room)
    assert [block.mark for block in blocks(text)] == [block.mark for block in blocks(source)]
    assert not lost(source, text)
    code = [block.body for block in blocks(source) if block.kind.startswith("code")]
    assert [block.body for block in blocks(text) if block.kind.startswith("code")] == code


def test_paragraphs_are_translated_in_one_conversation_by_a_model_that_can_write() -> None:
    source = "The lift is broken.\n\nThe lift opens at 7:30."
    answers = ("电梯坏了。", "电梯7:30开放。")
    last, engine = written_freely("translate", {"source": source, "language": "Chinese"}, *answers)
    assert last.draft.text.strip() == "电梯坏了。\n\n电梯7:30开放。"
    assert [message.role for message in engine.asked[1][-3:]] == ["user", "assistant", "user"]
    assert engine.asked[1][-2].content == "电梯坏了。"
    assert engine.asked[1][: len(engine.asked[0])] == engine.asked[0]  # the KV cache holds it


def test_an_answer_in_the_wrong_language_is_asked_for_again() -> None:
    source = "The lift is broken and it will be repaired."
    last, engine = written_freely(
        "translate", {"source": source, "language": "Chinese"}, source, "电梯坏了，将会修理。"
    )
    assert last.draft.text.strip() == "电梯坏了，将会修理。"
    assert len(engine.asked[1]) == len(engine.asked[0])


def test_a_word_that_was_left_as_it_was_is_no_translation() -> None:
    assert untranslated("the caretaker opens block C", "caretaker 打开 C 座", "zh") == ["caretaker"]
    assert (
        untranslated("write to a@b.example, or run `make test`", "写信给 a@b.example，或运行 `make test`", "zh") == []
    )
    assert untranslated("Ms Ortega uses GitHub", "Ortega 女士使用 GitHub", "zh") == []
    assert untranslated("值班员须到岗", "The 值班员 must be there", "en") == ["值班员"]
    assert untranslated("the end", "la fin the", "fr") == []
