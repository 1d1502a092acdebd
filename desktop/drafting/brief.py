"""The brief: what the user says a text must be and hold, before a word of it is written."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from desktop.codes import Coded
from desktop.drafting.english import as_subject, begins_with_verb, hero, reader, role
from desktop.drafting.length import Length, asked_length, count, says_length
from desktop.drafting.request import read_request
from desktop.drafting.sentences import features, split_sentences, strip_list_mark
from desktop.drafting.template.template import Template, Variant, find_variant
from desktop.drafting.template.wording import Localized, LocalizedList, sentence_case
from desktop.errors import BadInput
from desktop.files.toml import Mistake, checked
from desktop.reasons import DraftReason
from desktop.text.han import holds_han
from desktop.text.language import language_of, language_wanted

_LANGUAGES = {
    "en": ("en", "english", "英文", "英语"),
    "zh": ("zh", "chinese", "mandarin", "中文", "汉语", "简体中文", "simplified chinese", "zh-cn", "zh_cn"),
}
_HIGHLIGHTS, _LONGEST_PHRASE = 2, 120  # points; characters
_LONGEST_SUBJECT, _LONGEST_SUBJECT_ZH = 9, 22  # words; characters
_ASKS = re.compile(
    r"(?:please|ask|pls|could|can|would|thanks?|i|we|you)\b|[请谢我您你]|麻烦|希望|[能可]否", re.IGNORECASE
)
_NOTED = ("tone", "audience")  # slots that say how a text is to be
_UNTOLD = ("source", "length", "language")  # those that say nothing for the text itself
_SAME = 0.8  # of the words of a slot or point, that a request has
_LEAST = 0.55  # of the usual length, for a text without points


@dataclass(frozen=True, slots=True)
class Brief:
    """What a text is to be.

    Attributes:
        template: id.
        slots: slot to value; empty ones are left out.
        points: what must appear, in order, as the user wrote it.
        variant: id of a variant; "": found from the slots.
        request: the user's own words, whole; slots and points are read from them and replace nothing. "": there are
            only slots and points.
        scene: id of the scene that was chosen; "": the nearest is taken.
    """

    template: str
    slots: Mapping[str, str] = field(default_factory=dict)
    points: tuple[str, ...] = ()
    variant: str = ""
    request: str = ""
    scene: str = ""


@dataclass(frozen=True, slots=True)
class Filled:
    """A brief that its template understood.

    Attributes:
        brief: as it was given.
        language: of the text, ISO 639-1.
        variant: which kind of document.
        length: how long.
        values: for the template's texts: slots with their defaults, and what is derived from them.
        points: those of the brief, and its keywords.
        request: what is asked for, in one text: the user's own words, and what else the brief tells.
        notes: what the brief says of how the text is to be, and the user's own words do not: “Tone: formal”.
    """

    brief: Brief
    language: str
    variant: Variant | None
    length: Length
    values: Mapping[str, str]
    points: tuple[str, ...]
    request: str
    notes: tuple[str, ...] = ()

    @property
    def named(self) -> str:
        """What the model may name: the slots. The names in points stand where the user put them, and nowhere else."""
        return "\n".join(value for name, value in self.values.items() if name != "source")

    @property
    def known(self) -> str:
        """All that the user gave, as one text."""
        return "\n".join([self.brief.request, *self.brief.slots.values(), *self.points])


def understand(template: Template, brief: Brief) -> Filled:
    """Check a brief against its template and fill in what it leaves open.

    Raises:
        BadInput: a required slot is empty, a value is none of the closed list, or a slot is unknown. The topic of a
            document is never required where a request or points tell what it is to say.
    """
    given = {name: " ".join(value.split()) if name != "source" else value for name, value in brief.slots.items()}
    given = {name: value for name, value in given.items() if value.strip()}
    _check(template, given, told=bool(brief.points or brief.request.strip()))
    language = document_language(template, given, brief.points, brief.request)
    said = [given.get(name, "") for name in ("format", "period", "topic")]
    variant = template.variant(brief.variant) if brief.variant else find_variant(template, said)
    if brief.variant and variant is None:
        raise BadInput(_no_variant(template, brief.variant))
    # A form has the defaults of the window's language filled in; the document's own language decides.
    chosen = {name: value for name, value in given.items() if not _is_default(template, name, value)}
    values = {slot.name: slot.default.of(language) for slot in template.slots if slot.default.of(language)} | chosen
    kind = variant.kind.of(language) if variant and variant.kind.of(language) else template.kind.of(language)
    values["kind"] = kind
    if topic := values.get("topic", ""):
        values["Topic"] = sentence_case(topic)
        values["question"] = sentence_case(topic) if re.search(r"[?？]$", topic) else ""
        values["role"] = role(topic) if language == "en" else topic
        values["about"] = as_subject(topic) if language == "en" else topic
    if audience := values.get("audience", ""):
        values["reader"] = reader(audience) if language == "en" else audience
    noted = notes(given.get(template.points_from, "")) if template.points_from else []
    points = [point for each in (*noted, *brief.points) if (point := " ".join(strip_list_mark(each).split()))]
    points += [word for word in keywords(given.get("keywords", "")) if word.lower() not in " ".join(points).lower()]
    if template.topic_from_points and "topic" not in values and (subject := subject_of(points)):
        values |= {"topic": subject, "Topic": sentence_case(subject)}
    long = given.get("length", "") or next(filter(says_length, read_request(brief.request).wishes), "")
    length = _length(template, variant, long, language, len(points))
    values["hero"] = hero(points) if template.strictness == "fiction" and language == "en" else ""
    if highlights := _highlights(points, language):
        values["highlights"] = highlights
    points = list(dict.fromkeys(points))
    asked = brief.request.strip()
    if not asked:
        asked = f"{kind}：" if language == "zh" else f"{kind}: "
    told = [value for name, value in chosen.items() if name not in (*_UNTOLD, *_NOTED)] + points
    request = _with(asked, [each for each in told if not _stands_in(each, asked)], language)
    wished = tuple(
        f"{_label(template, name, language)}{'：' if language == 'zh' else ': '}{value}"
        for name in _NOTED
        if (value := chosen.get(name, "")) and value.lower() not in asked.lower()
    )
    return Filled(brief, language, variant, length, values, tuple(points), request, wished)


def _stands_in(told: str, asked: str) -> bool:
    """Tell whether a request says this already; what was read from it is cut elsewhere than the user would."""
    own = features(told)
    return told.lower() in asked.lower() or (bool(own) and len(own & features(asked)) >= _SAME * len(own))


def _with(asked: str, told: Sequence[str], language: str) -> str:
    """Put behind a request what else is told; behind “Weekly report: ” in its line."""
    if asked.endswith(("：", ": ")):
        return asked + ("；" if language == "zh" else "; ").join(told)
    return "\n".join([asked, *told])


def _label(template: Template, name: str, language: str) -> str:
    slot = template.slot(name)
    return slot.label.of(language) if slot is not None and slot.label.of(language) else name


def keywords(text: str) -> list[str]:
    """Split what stands in the slot of keywords: commas, semicolons or lines."""
    return [word.strip() for word in re.split(r"[,;，；、\n]", text) if word.strip()]


def subject_of(points: Sequence[str]) -> str:
    """Give the first point that tells something, for the subject line; "" where none is short enough to be one."""
    for point in points:
        bare = point.strip().rstrip(".!。！;；,，")
        asks = _ASKS.match(bare) or (bare.isascii() and begins_with_verb(bare))
        if bare and not asks and count(bare) <= (_LONGEST_SUBJECT_ZH if holds_han(bare) else _LONGEST_SUBJECT):
            return bare
    return ""


def notes(text: str) -> list[str]:
    """Split notes into points: one for each line, or sentence of a line."""
    lines = (strip_list_mark(line) for line in text.splitlines())
    return [sentence for line in lines if line for sentence in split_sentences(line)]


def document_language(
    template: Template, given: Mapping[str, str], points: Sequence[str] = (), request: str = ""
) -> str:
    """Tell the language of the text: as asked, else that of the request or of the brief; the code en for code.

    A text that is reworded stays in its language, whatever language that is asked in.
    """
    asked = given.get("language", "").strip().lower()
    if template.format != "code":
        for language, names in _LANGUAGES.items():
            if asked in names:
                return language
        if asked and len(asked) > 1:
            return asked if len(asked) == 2 else "other"
    source = given.get("source", "")
    if source and template.id == "rewrite":
        return language_of(source)
    if request.strip():
        return language_wanted(request)
    return language_of("\n".join(text for text in (given.get("topic", ""), *points) if text) or source)


def to_table(brief: Brief) -> dict[str, Any]:
    """Give a brief as plain data, for TOML and JSON."""
    table: dict[str, Any] = {"template": brief.template}
    table |= {name: value for name in ("variant", "request", "scene") if (value := getattr(brief, name))}
    return table | {"slots": dict(brief.slots), "points": list(brief.points)}


def from_table(table: Mapping[str, Any], where: str = "The brief") -> Brief:
    """Read a brief from plain data, strictly.

    Args:
        table: as `to_table` gives it.
        where: names it in errors.

    Raises:
        BadInput: it is not as a brief must be.
    """
    try:
        brief = checked(table, Brief)
    except Mistake as mistake:
        raise BadInput(f"{where}: {mistake.reason}.") from mistake
    if not brief.template:
        raise BadInput(f'{where} names no template; write: template = "work_report".')
    return brief


def _length(template: Template, variant: Variant | None, said: str, language: str, points: int) -> Length:
    """Give the length that was asked for, or the usual one: less where few points would leave room for talk."""
    words = template.words if variant is None or variant.words is None else variant.words
    characters = template.characters if variant is None or variant.characters is None else variant.characters
    length = asked_length(said, language, words=words, characters=characters)
    if length.asked or points >= template.points_for_full_length:
        return length
    return replace(
        length, amount=round(length.amount * (_LEAST + (1 - _LEAST) * points / template.points_for_full_length))
    )


def _check(template: Template, given: Mapping[str, str], *, told: bool) -> None:
    for slot_name in given:
        if template.slot(slot_name) is None:
            known = ", ".join(slot.name for slot in template.slots)
            raise BadInput(DraftReason.UNKNOWN_SLOT(template=template.label, slot=slot_name, known=known))
    missing = [slot.name for slot in template.slots if slot.required and slot.name not in given]
    if told and template.sections:
        missing = [name for name in missing if name != "topic"]
    if missing:
        slots = " and ".join(missing)
        raise BadInput(DraftReason.SLOTS_MISSING(template=template.label, slots=slots, first=missing[0]))
    for slot in template.slots:
        choices = (*slot.choices.en, *slot.choices.zh)
        if choices and slot.name in given and given[slot.name] not in choices:
            raise BadInput(DraftReason.NO_CHOICE(value=given[slot.name], slot=slot.name, choices=_listed(slot.choices)))


def _is_default(template: Template, name: str, value: str) -> bool:
    slot = template.slot(name)
    return slot is not None and value in (slot.default.en, slot.default.zh)


def _highlights(points: Sequence[str], language: str) -> str:
    """Give the first points as one phrase, where they are short enough to be one."""
    first = [point.rstrip(".;。；") for point in points[:_HIGHLIGHTS]]
    text = ("；" if language == "zh" else "; ").join(first)
    return text if len(text) <= _LONGEST_PHRASE else ""


def _listed(choices: LocalizedList) -> Localized:
    return Localized(", ".join(choices.en), "、".join(choices.zh))


def _no_variant(template: Template, variant: str) -> Coded:
    if not template.variants:
        return DraftReason.NO_VARIANTS(variant=variant, template=template.label)
    known = ", ".join(each.id for each in template.variants)
    return DraftReason.UNKNOWN_VARIANT(variant=variant, template=template.label, known=known)
