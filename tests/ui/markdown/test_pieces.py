import itertools

from hypothesis import given
from hypothesis import strategies as st

from desktop.ui.markdown.pieces import LONGEST_BLOCK, LONGEST_LINE, MarkdownPiece, Splitter


def pieces(text: str, cuts: list[int] | None = None) -> list[MarkdownPiece]:
    splitter = Splitter()
    found: list[MarkdownPiece] = []
    for start, end in itertools.pairwise([0, *sorted(cuts or []), len(text)]):
        found += splitter.feed(text[start:end])
    return found + splitter.tail()


@given(st.text(st.sampled_from(list("ab #>`~-1.$|\n\t [:]")), max_size=400), st.data())
def test_pieces_do_not_depend_on_how_the_text_arrives(text: str, data: st.DataObject) -> None:
    cuts = data.draw(st.lists(st.integers(0, len(text)), max_size=10))
    assert pieces(text, cuts) == pieces(text)


@given(st.text(st.sampled_from(list("ab #>-1.|\n")), max_size=400))
def test_no_word_is_lost(text: str) -> None:
    assert "\n".join(piece.text for piece in pieces(text)).split() == text.split()


def test_a_block_is_certain_when_the_next_one_begins() -> None:
    splitter = Splitter()
    assert list(splitter.feed("First words\n\nSecond")) == []
    assert [piece.text for piece in splitter.feed(" words\n")] == ["First words\n"]
    assert [piece.text for piece in splitter.tail()] == ["Second words"]


def test_code_comes_line_by_line() -> None:
    splitter = Splitter()
    found = list(splitter.feed("```python\nfirst = 1\n\nsecond"))
    assert found == [MarkdownPiece("code", "first = 1", "python", 1), MarkdownPiece("code", "", "python", 1)]
    assert splitter.tail() == [MarkdownPiece("code", "second", "python", 1)]


def test_a_fence_within_longer_fences_is_code() -> None:
    assert [piece.text for piece in pieces("````\n```\ninside\n```\n````\nafter\n")] == [
        "```",
        "inside",
        "```",
        "after",
    ]


def test_a_list_comes_item_by_item_and_is_counted() -> None:
    found = pieces("3. the first item\n3. the second item\n   - within\n3. the third\n\nText\n\n1. again\n")
    assert [(piece.number, piece.follows) for piece in found] == [
        (3, False),
        (4, True),
        (5, True),
        (0, False),
        (1, False),
    ]


def test_code_within_an_item_is_not_cut() -> None:
    text = "1. step\n   ```sh\n   ls\n\n   # 2. not an item\n   ```\n2. next\n"
    assert [piece.text for piece in pieces(text)] == [text[: text.index("2. next") - 1], "2. next"]


def test_a_table_without_end_is_cut_and_keeps_its_heads() -> None:
    head = "| number | word |\n|---|---|\n"
    found = pieces(head + "".join(f"| {n} | a word of the row |\n" for n in range(1000)))
    assert len(found) > 1
    assert all(piece.text.startswith(head) for piece in found)
    assert all(len(piece.text) < 2 * LONGEST_BLOCK for piece in found)
    rows = [line for piece in found for line in piece.text.split("\n")[2:] if line]
    assert len(rows) == 1000


def test_a_line_without_end_is_cut_between_words() -> None:
    found = pieces("word " * 5000)
    assert max(len(piece.text) for piece in found) <= LONGEST_LINE
    assert "".join(piece.text for piece in found) == "word " * 5000


def test_what_nests_without_end_stays_at_a_depth_that_can_be_read() -> None:
    (piece,) = pieces("> " * 500 + "deep")
    assert piece.text.count(">") == 8
    assert piece.text.endswith("deep")


def test_definitions_of_links_are_noticed() -> None:
    splitter = Splitter()
    list(splitter.feed("See [1].\n\n[1]: https://example.org\n[^2]: a footnote\n"))
    assert splitter.definitions == ["[1]: https://example.org"]
