import pytest

from desktop.quick.editing.mistakes import Mended, MistakeKind, are_apart, kind_of, mended


@pytest.mark.parametrize(
    ("removed", "added", "kind"),
    [
        ("recieve", "receive", MistakeKind.SPELLING),
        ("thier", "their", MistakeKind.SPELLING),
        ("recieved", "received", MistakeKind.SPELLING),
        ("are", "is", MistakeKind.AGREEMENT),
        ("have", "has", MistakeKind.AGREEMENT),
        ("break", "broken", MistakeKind.TENSE),
        ("open", "opened", MistakeKind.TENSE),
        ("customer", "customers", MistakeKind.NUMBER),
        ("city", "cities", MistakeKind.NUMBER),
        ("a", "an", MistakeKind.ARTICLE),
        ("", "the ", MistakeKind.ARTICLE),
        ("on", "in", MistakeKind.PREPOSITION),
        (" about", "", MistakeKind.PREPOSITION),
        ("which", "who", MistakeKind.PRONOUN),
        ("beautiful", "beautifully", MistakeKind.FORM),
        ("no", "any", MistakeKind.NEGATION),
        ("monday", "Monday", MistakeKind.CAPITAL),
        ("companys", "company's", MistakeKind.APOSTROPHE),
        (",", ";", MistakeKind.PUNCTUATION),
        (",", "，", MistakeKind.PUNCTUATION),
        ("的", "得", MistakeKind.PARTICLE),
        ("因", "应", MistakeKind.CHARACTER),
        ("左右", "", MistakeKind.NEEDLESS),
        ("前", "之前", MistakeKind.WORDING),
        ("big", "enormous", MistakeKind.WORDING),
        ("broken lid", "damaged cover", MistakeKind.WORDING),
        ("重新启动", "重启一下", MistakeKind.WORDING),
    ],
)
def test_a_change_is_named_by_what_it_mends(removed: str, added: str, kind: MistakeKind) -> None:
    assert kind_of(removed, added) is kind


def test_what_is_only_offered_is_told_apart_in_the_order_of_the_text() -> None:
    found = mended("The new adress here are old.", "The new address here are old.", "The new address here is old.")
    assert found == (
        Mended("adress", "address", MistakeKind.SPELLING),
        Mended("are", "is", MistakeKind.AGREEMENT, sure=False),
    )


def test_a_doubtful_change_beside_a_sure_one_cannot_be_refused_alone() -> None:
    assert not are_apart("The adress are new.", "The address are new.", "The address is new.")
    assert are_apart("The adress here are new.", "The address here are new.", "The address here is new.")
