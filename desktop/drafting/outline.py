"""Plans a document: which sections, how long each, and which point goes where."""

import re
from collections.abc import Sequence
from dataclasses import replace

from desktop.drafting.brief import Brief, Filled, understand
from desktop.drafting.draft import Draft, DraftSection
from desktop.drafting.english import ADDRESS, PAST, begins_with_verb
from desktop.drafting.length import Length, count
from desktop.drafting.template.template import Section, Template, mentions
from desktop.drafting.template.wording import Localized, fill, sentence_case

_QUOTED = re.compile(r"“[^”]*”|\"[^\"]*\"")
# "Tariq orders 40 chairs", but not "Tariq says that it rains": who does something by name has been asked to.
_ASSIGNED = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Prof|Mme|M)\.? )?[A-Z][\w’'-]+ (?!(?:say|think|feel|report|like|need|want|know|remind|mention|"
    r"believe|cost|explain|hope|wonder|seem|mean|prefer|find|notice|see|agree|disagree)s )[a-z]{2,}[^siu\W\d_]s \w"
)
# "Anna joins on Monday", "系统周五上线": nothing that was done.
_COMING = re.compile(
    r"^(?:[\w.’'-]+ ){1,5}?(?:joins|starts|begins|opens|arrives|leaves|comes|returns|moves|goes|launches|ends|takes|"
    r"visits|is|are)\b.*\b(?:on (?:mon|tues|wednes|thurs|fri|satur|sun)day|next \w+|tomorrow|"
    r"this (?:mon|tues|wednes|thurs|fri|satur|sun)day)\b|"
    r"^(?!.*[了已过]).*(?:[周星期][一二三四五六日天]|\d[日号]|明天|后天|月底|年底).{0,8}(?:入职|到岗|报到|开始|启动|上线|召开|举行|提交|交付|"
    r"发布|开业|开课|出发)",
    re.IGNORECASE,
)
_DATE = re.compile(
    r"\b(?:Jan(?:uary)?|Feb(?:ruary)?|March|April|May \d|\d{1,2} May|June|July|Aug(?:ust)?|Sept(?:ember)?|Oct(?:ober)?|"
    r"Nov(?:ember)?|Dec(?:ember)?)\b|\bby \d|\d月|\d日"
)


def plan(template: Template, brief: Brief) -> Draft:
    """Make the outline of a document from its brief; nothing is written yet.

    Raises:
        BadInput: the brief does not fit the template.
    """
    filled = understand(template, brief)
    language, variant = filled.language, filled.variant
    sections = template.sections_of(variant) or (_whole(template),)
    title = (variant.title.of(language) if variant else "") or template.title.of(language)
    headings = template.headings if variant is None or variant.headings is None else variant.headings
    per_section = assign(filled.points, sections, language)
    amounts = share_out(filled, sections)
    planned = [
        DraftSection(
            section.id,
            section.heading.of(language),
            fill(section.instruction.of(language), filled.values),
            amount,
            points,
        )
        for section, amount, points in zip(sections, amounts, per_section, strict=True)
    ]
    return Draft(brief, sentence_case(fill(title, filled.values)), tuple(planned), headings and len(sections) > 1)


def assign(points: Sequence[str], sections: Sequence[Section], language: str) -> list[tuple[str, ...]]:
    """Give each point the section most of whose keywords it holds; sections without any share the others."""
    taking = [index for index, section in enumerate(sections) if section.points != "none"] or [0]
    given: list[list[str]] = [[] for _ in sections]
    rest: list[str] = []
    for point in points:
        hits = {index: mentions(_hinted(point), sections[index].point_keywords.of(language)) for index in taking}
        best = max(taking, key=lambda index: hits[index])
        if hits[best]:
            given[best].append(point)
        else:
            rest.append(point)
    # The others are spread evenly, in order, over the sections that take anything.
    anything = [index for index in taking if not sections[index].point_keywords.of(language)] or taking[:1]
    for number, point in enumerate(rest):
        given[anything[number * len(anything) // len(rest)]].append(point)
    order = list(points)
    return [tuple(sorted(each, key=order.index)) for each in given]


def _hinted(point: str) -> str:
    """Add keywords to a point: of what is to be done, what a person is to do, what has a date; leave quotes out."""
    point = _QUOTED.sub(" ", ADDRESS.sub(" ", point))
    first = point.split()[0].lower() if point.split() else ""
    todo = begins_with_verb(point) and not first.endswith("ed") and first not in PAST
    hints = {
        "todo": todo,
        "assigned": _ASSIGNED.match(point),
        "dated": _DATE.search(point),
        "coming": _COMING.search(point),
    }
    return " ".join([point, *(hint for hint, found in hints.items() if found)])


def share_out(filled: Filled, sections: Sequence[Section]) -> list[int]:
    """Divide the length among the sections by their shares; 0 each where no length is expected."""
    whole = sum(section.share for section in sections)
    return [round(filled.length.amount * section.share / whole) for section in sections]


def length_of(filled: Filled, draft: Draft) -> Length:
    """Give the length that was asked for, else what was planned: what is usual may have changed since."""
    if filled.length.asked:
        return filled.length
    return replace(filled.length, amount=sum(section.amount for section in draft.sections))


def frame_amount(draft: Draft) -> int:
    """Count the words that title and headings take."""
    headings = [section.heading for section in draft.sections] if draft.headings else []
    return count("\n".join([draft.title, *headings]))


def _whole(template: Template) -> Section:
    """Give the one section of a text that has none."""
    return Section("text", Localized(), Localized(), 1, "list" if template.format == "text" else "none")
