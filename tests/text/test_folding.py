import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.text.folding import fold, may_be_marked, pattern_of, places_of


@pytest.mark.parametrize(
    ("written", "searched"),
    [
        ("Résumé", "resume"),
        ("CAFÉ au lait", "cafe au lait"),
        ("Zürich, Łódź, Tromsø", "zurich, lodz, tromso"),
        ("Việt Nam, Đà Nẵng", "viet nam, da nang"),
        ("Straße", "strasse"),
        ("STRAẞE", "strasse"),
        ("œuvre Æther", "oeuvre aether"),
        ("oﬀice ﬁle", "office file"),
        ("İstanbul ılık", "istanbul ilik"),
        ("Ёлка", "елка"),
        ("Ελληνικά ὅλος", "ελληνικα ολοσ"),
        ("重点：咖啡 ＡＢＣ１", "重点:咖啡 abc1"),
        ("がぎ 한국어 ガ", "がぎ 한국어 ガ"),
        ("a ≠ b … ½ ㎏ ①", "a ≠ b … ½ ㎏ 1"),
        ("a\0b\tc\x7f", "a b c "),
    ],
)
def test_marks_case_and_width_do_not_matter(written: str, searched: str) -> None:
    assert fold(written) == searched


@pytest.mark.parametrize("word", ["Résumé", "Zürich", "Đà Nẵng", "Ёлка", "Ελληνικά", "がぎ", "한국어", "重点"])
def test_marks_may_be_characters_of_their_own(word: str) -> None:
    if word[0] in "が한":
        return  # these stay as they are written
    assert fold(unicodedata.normalize("NFD", word)) == fold(word)


@given(st.text(st.sampled_from("aéß\u0301\u0308 重œ"), max_size=12))
def test_every_folded_character_knows_its_letter(text: str) -> None:
    folded = fold(text)
    starts, ends = places_of(text)
    assert len(starts) == len(ends) == len(folded)
    for char, start, end in zip(folded, starts, ends, strict=True):
        assert char in fold(text[start:end])
        assert fold(text[end : end + 1]) or end == len(text)  # all its marks belong to it
    assert list(starts) == sorted(starts)


def test_only_texts_that_may_be_marked_are_folded_in_a_new_way() -> None:
    for code in range(sys.maxunicode + 1):
        letter = chr(code)
        if "\ud800" <= letter <= "\udfff" or may_be_marked(letter):
            continue
        plain = unicodedata.normalize("NFKC", letter)
        plain = plain if len(plain) == 1 else letter
        low = plain.lower()
        before = (low if len(low) == 1 else plain) if code >= 32 and code != 127 else " "
        assert fold(letter) == before, hex(code)


@pytest.mark.parametrize(
    ("wanted", "text", "found"),
    [
        ("resume", "Résumé, re\u0301sume\u0301.", ["Résumé", "re\u0301sume\u0301"]),
        ("Zürich", "zurich Zu\u0308rich ZÜRICH", ["zurich", "Zu\u0308rich", "ZÜRICH"]),
        ("strasse", "Straße Strasse", ["Straße", "Strasse"]),
        ("Straße", "STRASSE straße", ["STRASSE", "straße"]),
        ("重点:", "重点：和重点:", ["重点：", "重点:"]),
        ("①", "① 1", ["①", "1"]),
        ("a.b*", "a.b* aXb", ["a.b*"]),
        ("^[x]", "^[x] x", ["^[x]"]),
        ("\u0301", "e\u0301", ["\u0301"]),
        ("sßé", "sßé ßsé ssse", ["sßé", "ßsé", "ssse"]),
        ("office", "office oﬃce oﬀice ofﬁce", ["office", "oﬃce", "oﬀice", "ofﬁce"]),
        ("ﬃ", "ffi", ["ffi"]),
    ],
)
def test_a_pattern_finds_what_folds_alike(wanted: str, text: str, found: list[str]) -> None:
    assert pattern_of(wanted).findall(text) == found


@given(st.text(st.sampled_from("aesßéœ\u0301 :：重.*["), min_size=1, max_size=5))
def test_a_text_is_found_in_itself_however_it_is_written(text: str) -> None:
    for written in (text, unicodedata.normalize("NFC", text), unicodedata.normalize("NFD", text), text.upper()):
        assert fold(text) == "" or pattern_of(text).search(written)
