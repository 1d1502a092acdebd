"""Writes a text in one piece: a poem, code, a solution, a summary, a list of ideas.

Long sources are worked through in parts: what is done to each part is put together again (rewriting), or the results
are worked through once more (summaries, analyses).
"""

import re
from collections.abc import Generator, Iterator, Mapping, Sequence
from dataclasses import replace

from desktop.drafting.brief import Filled
from desktop.drafting.prompts import Prompts
from desktop.drafting.sentences import placeholders, similarity, split_sentences, strip_chatter, strip_list_mark
from desktop.drafting.template.template import Template
from desktop.drafting.template.wording import fill
from desktop.drafting.writers.arithmetic import mark_wrong_sums
from desktop.drafting.writers.section_writer import DraftContext, SectionTask
from desktop.engine.interface import Engine, Message, Sampling, TextAdded

_FENCE = re.compile(r"```[^\n]*\n(.*?)(?:```|\Z)", re.DOTALL)
_PART_SHARE = 0.35  # of the context, for a part of the source
_COMBINED = ("summarize", "analyze")
_MOST_ITEMS, _TRIES_AN_ITEM, _TOKENS_AN_ITEM, _ALIKE = 50, 3, 40, 0.6
_SHORTEST_NOTES, _MOST_ROUNDS = 60, 4  # tokens; how often notes are worked through together
_LARGEST_PART = 1200  # tokens: a small model loses the thread of more


class WholeTextWriter:
    """A `SectionWriter` for a text of one section: nothing is refused, what the model says is brought into form."""

    @property
    def refused(self) -> Mapping[str, int]:
        """Nothing is."""
        return {}

    def write(self, context: DraftContext, task: SectionTask) -> Iterator[str]:  # noqa: ARG002  # there is one section
        """Write the text; gives it as it grows, then the whole."""
        if context.template.list_length:
            yield from _write_list(context)
        else:
            yield from _write_from(context, context.filled.values.get("source", ""))


def _write_from(context: DraftContext, source: str) -> Iterator[str]:
    """Write a text from a source, which may be empty; results of parts are put or worked together."""
    room = source_room(context)
    whole, count = yield from _write_parts(context, source, room)
    rounds, combined = 0, context.template.id in _COMBINED
    while count > 1 and combined and whole and rounds < _MOST_ROUNDS and not context.stop.is_set():
        # The results are worked through once more, in parts again where they are still too long for one.
        whole, count = yield from _write_parts(context, whole, room, before=whole)
        rounds += 1
    yield whole


def source_room(context: DraftContext) -> int:
    """Tell how many tokens of a source the model reads at a time."""
    return min(_LARGEST_PART, int(context.engine.info.context_length * _PART_SHARE))


def _write_parts(
    context: DraftContext, source: str, room: int, before: str = ""
) -> Generator[str, None, tuple[str, int]]:
    """Write what is to be done to each part of a source; gives it together, and how many parts there were.

    Args:
        context: of the text.
        source: may be empty: then there is one part.
        room: tokens of a part.
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
        for text in stream_text(context, asked, limit):
            yield before or "\n\n".join([*texts, finish(template, filled, text)])
        texts.append(finish(template, filled, text))
    whole = "\n\n".join(text for text in texts if text)
    return (before if before and context.stop.is_set() else whole or before), len(parts)


def _write_list(context: DraftContext) -> Iterator[str]:
    """Write a numbered list, line by line: a small model ends too soon, or says the same again."""
    filled = context.filled
    said = re.search(r"\d{1,3}", " ".join(filled.values.get(name, "") for name in ("length", "format")))
    wanted = min(_MOST_ITEMS, int(said[0])) if said else context.template.list_length
    asked = Prompts(context.template, filled).whole()
    items: list[str] = []
    for tried in range(_TRIES_AN_ITEM * wanted):
        if len(items) >= wanted or context.stop.is_set():
            break
        begun = f"{_numbered(items)}\n{len(items) + 1}." if items else "1."
        options = replace(
            context.template.sampling, lookup="", max_tokens=_TOKENS_AN_ITEM, stop=("\n",), seed=context.seed + tried
        )
        line = strip_list_mark(_text(context, [*asked, Message("assistant", begun)], options)).strip(" *")
        if line and not placeholders(line) and all(similarity(line, other) < _ALIKE for other in items):
            items.append(line)
            yield _numbered(items)


def _numbered(items: Sequence[str]) -> str:
    return "\n".join(f"{number}. {item}" for number, item in enumerate(items, 1))


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


def _text(context: DraftContext, asked: Sequence[Message], options: Sampling) -> str:
    return "".join(
        event.text for event in context.engine.stream(asked, options, context.stop) if isinstance(event, TextAdded)
    )


def stream_text(context: DraftContext, filled: Filled, limit: int | None = None) -> Iterator[str]:
    """Have the model write a text once, of at most `limit` tokens; gives it as it grows."""
    text = ""
    asked: list[Message] = Prompts(context.template, filled).whole()
    sampling = context.template.sampling
    sampling = replace(sampling, lookup=fill(sampling.lookup, filled.values))
    if limit is not None:
        sampling = replace(sampling, max_tokens=min(limit, sampling.max_tokens or limit))
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
