"""Writes a text in one piece: a poem, code, a solution, a summary, a list of ideas.

    list -> `listing`     couplet, haiku -> `verse`     summary -> `summarising`, held against its source
    anything else -> as the model says it, brought into form

Long sources are worked through in parts: what is done to each part is put together again (rewriting), or the results
are worked through once more (summaries, analyses). A very small model is led as ever; one that can write by itself (its
measured ability, never its name) is told the request as it stands, behind a worked example, and guarded.
"""

import ast
import functools
import re
from collections import Counter
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace

from desktop.drafting.brief import Filled
from desktop.drafting.prompts import Prompts
from desktop.drafting.sentences import split_sentences, strip_chatter
from desktop.drafting.template.template import Template
from desktop.drafting.template.wording import fill
from desktop.drafting.writers.arithmetic import mark_wrong_sums
from desktop.drafting.writers.listing import MOST_ITEMS, asked_item_length, asked_items, write_list
from desktop.drafting.writers.rewinding import written_guarded
from desktop.drafting.writers.section_writer import DraftContext, SectionTask
from desktop.drafting.writers.summarising import most_sentences, reminder, summary_fault
from desktop.drafting.writers.verse import write_couplet, write_haiku
from desktop.engine.interface import Ability, Engine, Message, Sampling, TextAdded

_FENCE = re.compile(r"```[^\n]*\n(.*?)(?:```|\Z)", re.DOTALL)
_PART_SHARE = 0.35  # of the context, for a part of the source
_COMBINED = ("summarize", "analyze")
_TRIES_OF_CODE, _HOTTER = 2, 0.3
_SHORTEST_NOTES, _MOST_ROUNDS = 60, 4  # tokens; how often notes are worked through together
_LARGEST_PART = 1200  # tokens: a small model loses the thread of more


class WholeTextWriter:
    """A `SectionWriter` for a text of one section: what the model says is brought into form."""

    def __init__(self) -> None:
        self._refused: Counter[str] = Counter()

    @property
    def refused(self) -> Mapping[str, int]:
        """How many sentences of a summary were not in the source, by what was wrong; nothing else is refused."""
        return self._refused

    def write(self, context: DraftContext, task: SectionTask) -> Iterator[str]:  # noqa: ARG002  # there is one section
        """Write the text; gives it as it grows, then the whole."""
        template, filled = context.template, context.filled
        prompts, sampling = context.prompts, template.sampling
        form = filled.variant.id if filled.variant else ""
        free = writes_freely(context)
        if template.list_length:
            said = " ".join([filled.values.get("length", ""), filled.values.get("format", "")])
            number = re.search(r"\d{1,3}", said)
            wanted = asked_items(filled.brief.request) or (min(MOST_ITEMS, int(number[0])) if number else 0)
            length = asked_item_length(" ".join([filled.brief.request, said])) if free else None
            asked = prompts.asked_freely() if free else prompts.whole()
            yield from write_list(
                context, asked, sampling, wanted=wanted or template.list_length, length=length, at_once=free
            )
        elif free and form == "haiku":
            yield from write_haiku(context, prompts.asked_freely(), sampling)
        elif free and form == "couplet" and filled.language == "zh":
            yield from write_couplet(context, prompts.asked_freely(), sampling)
        elif free and template.format == "code":
            yield from _write_code(context)
        else:
            yield from _write_from(context, filled.values.get("source", ""), self._refused)


def writes_freely(context: DraftContext) -> bool:
    """Tell whether the model was measured to write the language of the draft by itself."""
    return context.engine.info.can_write(context.filled.language) is Ability.FREE


def _write_code(context: DraftContext) -> Iterator[str]:
    """Write code in one block; what does not parse is written once more, and stays if that does not either."""
    sampling = context.template.sampling
    first = ""
    for tried in range(_TRIES_OF_CODE):
        if context.stop.is_set():
            break
        heat = (sampling.temperature or 0.0) + _HOTTER * tried
        text = ""
        for text in _streamed(
            context, context.prompts.asked_freely(), replace(sampling, temperature=heat, seed=context.seed + tried)
        ):
            yield finish(context.template, context.filled, text)
        code = finish(context.template, context.filled, text)
        first = first or code
        if parses(code):
            first = code
            break
    yield first


def parses(block: str) -> bool:
    """Tell whether a fenced block is code of its language, as far as that can be told: Python is parsed."""
    language, _, code = block.strip().removeprefix("```").partition("\n")
    code = code.removesuffix("```")
    if language.strip().lower() not in ("python", "py", "python3"):
        return bool(code.strip())
    try:
        ast.parse(code)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    return bool(code.strip())


def _write_from(context: DraftContext, source: str, refused: Counter[str]) -> Iterator[str]:
    """Write a text from a source, which may be empty; results of parts are put or worked together."""
    room = source_room(context)
    whole, count = yield from _write_parts(context, source, room, refused)
    rounds, combined = 0, context.template.id in _COMBINED
    while count > 1 and combined and whole and rounds < _MOST_ROUNDS and not context.stop.is_set():
        # The results are worked through once more, in parts again where they are still too long for one.
        whole, count = yield from _write_parts(context, whole, room, refused, before=whole)
        rounds += 1
    yield whole


def source_room(context: DraftContext) -> int:
    """Tell how many tokens of a source the model reads at a time."""
    return min(_LARGEST_PART, int(context.engine.info.context_length * _PART_SHARE))


def _write_parts(
    context: DraftContext, source: str, room: int, refused: Counter[str], before: str = ""
) -> Generator[str, None, tuple[str, int]]:
    """Write what is to be done to each part of a source; gives it together, and how many parts there were.

    Args:
        context: of the text.
        source: may be empty: then there is one part.
        room: tokens of a part.
        refused: counts the sentences of a summary that are not in the source.
        before: what is kept where a stop comes before the end.
    """
    template, filled = context.template, context.filled
    parts = split_source(context.engine, source, room) if source else [""]
    # Notes longer than what they are made of help nobody, and would not fit when they are worked through together.
    limit = max(_SHORTEST_NOTES, room // 2) if template.id in _COMBINED and (len(parts) > 1 or before) else None
    texts: list[str] = []
    for part in parts:
        if context.stop.is_set():
            break
        text = ""
        asked = replace(filled, values={**filled.values, "source": part}) if part else filled
        for text in _of_part(context, asked, limit, refused):
            yield before or "\n\n".join([*texts, finish(template, filled, text)])
        texts.append(finish(template, filled, text))
    whole = "\n\n".join(text for text in texts if text)
    return (before if before and context.stop.is_set() else whole or before), len(parts)


def _of_part(context: DraftContext, filled: Filled, limit: int | None, refused: Counter[str]) -> Iterator[str]:
    """Write what is to be done to one part of the source; a summary is held against all of it."""
    if not writes_freely(context):
        yield from stream_text(context, filled, limit)
        return
    source, language = context.filled.values.get("source", ""), filled.language
    summary = context.template.id == "summarize"
    told = reminder(filled.values.get("source", ""), language) if summary else ""
    asked = Prompts(context.template, filled).asked_freely(told)
    sampling = _limited(context.template, filled, limit)
    if summary:
        judge = functools.partial(summary_fault, source=source, language=language)
        most = most_sentences(source, filled.brief.request.replace(source, " "))
        yield from written_guarded(context, asked, sampling, judge, refused, most=most)
    else:
        yield from _streamed(context, asked, sampling)


def split_source(engine: Engine, source: str, tokens: int) -> list[str]:
    """Cut a source into parts of at most `tokens`, at paragraphs, else at sentences."""
    if engine.count_tokens(source) <= tokens:
        return [source]
    parts: list[str] = []
    for piece in _pieces(engine, source, tokens):
        if parts and engine.count_tokens(f"{parts[-1]}\n\n{piece}") <= tokens:
            parts[-1] += f"\n\n{piece}"
        else:
            parts.append(piece)
    return parts


def finish(template: Template, filled: Filled, text: str) -> str:
    """Bring what the model wrote into the template's form."""
    text = re.sub(r"\n{3,}", "\n\n", strip_chatter(text))
    if template.format == "code":
        return _fenced(text, filled.values.get("language", ""))
    if template.format == "line":
        return next((line.strip() for line in text.splitlines() if line.strip()), "")
    if template.id == "solve":
        return re.sub(r"\n{3,}", "\n\n", mark_wrong_sums(_answer_last(text, filled.language)))
    return text


def stream_text(context: DraftContext, filled: Filled, limit: int | None = None) -> Iterator[str]:
    """Have the model write a text once, of at most `limit` tokens; gives it as it grows."""
    yield from _streamed(context, Prompts(context.template, filled).whole(), _limited(context.template, filled, limit))


def _limited(template: Template, filled: Filled, limit: int | None) -> Sampling:
    sampling = replace(template.sampling, lookup=fill(template.sampling.lookup, filled.values))
    return sampling if limit is None else replace(sampling, max_tokens=min(limit, sampling.max_tokens or limit))


def _streamed(context: DraftContext, asked: Sequence[Message], sampling: Sampling) -> Iterator[str]:
    text = ""
    for event in context.engine.stream(asked, sampling, context.stop):
        if isinstance(event, TextAdded):
            text += event.text
            yield text


def _pieces(engine: Engine, source: str, tokens: int) -> Iterator[str]:
    for paragraph in re.split(r"\n\s*\n", source):
        if engine.count_tokens(paragraph) <= tokens:
            yield paragraph
            continue
        piece = ""
        for sentence in split_sentences(paragraph):
            for chunk in [sentence[at : at + 2 * tokens] for at in range(0, len(sentence), 2 * tokens)]:
                if piece and engine.count_tokens(f"{piece} {chunk}") > tokens:
                    yield piece
                    piece = chunk
                else:
                    piece = f"{piece} {chunk}".strip()
        if piece:
            yield piece


def _fenced(text: str, language: str) -> str:
    """Give exactly one code block, with the language named."""
    found = _FENCE.search(text)
    code = (found[1] if found else text).strip("\n")
    named = re.match(r"```([\w+#-]+)", found[0]) if found else None
    name = named[1] if named else re.sub(r"[^\w+#-]", "", language.lower())
    return f"```{name}\n{code}\n```"


def _answer_last(text: str, language: str) -> str:
    """Put the answer on a line of its own at the end, where the model gave one."""
    mark = "答案：" if language == "zh" else "Answer: "
    found = list(re.finditer(r"(?im)^.*?(?:answer|答案)\s*(?:is|是)?\s*[:：]?\s*(.+)$", text))
    if not found:
        return text
    answer = found[-1][1].strip(" *")
    steps = (text[: found[-1].start()] + text[found[-1].end() :]).strip()
    return f"{steps}\n\n{mark}{answer}" if steps else f"{mark}{answer}"
