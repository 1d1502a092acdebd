"""Translates a text of any length and keeps its form: its Markdown, its figures, its addresses.

A part of the text is translated in one go, so that the model knows what it is about. Where the translation has another
form (a list became a paragraph, a code block was changed) or lacks a figure, the part is translated again block by
block: marks, code and lines without a word are put there by code, and a figure that is still lost is named behind.

A model that can write by itself translates paragraph by paragraph in one conversation: what it said before stands there
as turns, so that a term is always translated alike, and the KV cache holds all of it.
"""

import re
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from desktop.drafting.prompts import Prompts
from desktop.drafting.sentences import split_sentences, strip_chatter
from desktop.drafting.writers.section_writer import DraftContext, SectionTask
from desktop.drafting.writers.whole import source_room, stream_text, writes_freely
from desktop.engine.interface import Message, TextAdded
from desktop.text.han import HAN
from desktop.text.markdown_lines import BULLET, HEADING, NUMBERED, ROW_LINE, RULE_LINE, TASK, CodeFences

TranslateText = Callable[[str], Iterator[str]]  # a text -> its translation, as it grows
Residue = Callable[[str, str], list[str]]  # a text and its translation -> what of it is not translated

_MARK = re.compile(rf"[ \t]*(?:(?:{HEADING}|{BULLET}(?: {TASK})?|{NUMBERED}|>)(?:[ \t]+|$))*")
_LETTER = re.compile(r"[^\W\d_]")
_NUMBER = re.compile(r"\d+(?:[.,:'’/\u00a0\u202f-]\d+)*")
_ADDRESS = re.compile(r"https?://[^\s)>]+[^\s.,;:!?)>]|[\w.+-]+@[\w-]+(?:\.[\w-]+)+|`[^`\n]+`")
_SMALL_WORD = re.compile(r"(?a:(?<![\w.-])[a-z]{3,}(?![\w-]))")
_TRIES = 3  # of a block
_FEWEST_TOKENS, _TOKENS_A_TOKEN = 60, 4  # of a translation, at most: this many, and so many for each of its source


class TranslationWriter:
    """A `SectionWriter` for the translation of a source: nothing is refused, what is lost is named behind its line."""

    @property
    def refused(self) -> Mapping[str, int]:
        """Nothing is."""
        return {}

    def write(self, context: DraftContext, task: SectionTask) -> Iterator[str]:  # noqa: ARG002  # there is one section
        """Translate the source; gives what is there so far, then the whole."""
        engine, room = context.engine, source_room(context)
        free, target = writes_freely(context), context.filled.language
        turns = _Turns(context, room)

        def write(text: str) -> Iterator[str]:
            filled = replace(context.filled, values={**context.filled.values, "source": text})
            return stream_text(context, filled, _FEWEST_TOKENS + _TOKENS_A_TOKEN * engine.count_tokens(text))

        yield from translated(
            context.filled.values.get("source", ""),
            turns.write if free else write,
            fits=lambda text: engine.count_tokens(text) <= room,
            stopped=context.stop.is_set,
            apart=free,
            residue=lambda text, translation: untranslated(text, translation, target) if free else [],
        )


class _Turns:
    """The conversation in which paragraphs are translated one after another."""

    def __init__(self, context: DraftContext, room: int) -> None:
        self._context, self._room = context, room
        self._said: list[tuple[str, Message, str]] = []  # text, how it was asked for, translation
        self._written = 0

    def write(self, text: str) -> Iterator[str]:
        """Translate a text behind those before it; a text that is asked for again is no turn of its own."""
        context, engine = self._context, self._context.engine
        if self._said and self._said[-1][0] == text:
            self._said.pop()
        while (
            len(self._said) > 1
            and engine.count_tokens("\n".join(f"{one}{two}" for one, _, two in self._said)) > self._room
        ):
            del self._said[: len(self._said) // 2]
        filled = replace(context.filled, values={**context.filled.values, "source": text})
        *before, asked = Prompts(context.template, filled).asked_freely()
        turns = [turn for _, message, answer in self._said for turn in (message, Message("assistant", answer))]
        sampling = replace(
            context.template.sampling,
            lookup=text,
            max_tokens=_FEWEST_TOKENS + _TOKENS_A_TOKEN * engine.count_tokens(text),
            seed=context.seed + self._written,
        )
        self._written += 1
        result = ""
        for event in engine.stream([*before, *turns, asked], sampling, context.stop):
            if isinstance(event, TextAdded):
                result += event.text
                yield result
        if result.strip():
            self._said.append((text, asked, result.strip()))


@dataclass(frozen=True, slots=True)
class Block:
    """A heading, an item, a row, a paragraph or a code block; all blocks joined are the text.

    Attributes:
        gap: line breaks before.
        mark: what makes it an item or heading.
        body: what it says, several lines for a paragraph.
        kind: of block; of two texts with the same form each block has the same kind.
    """

    gap: str
    mark: str
    body: str
    kind: str

    @property
    def verbatim(self) -> bool:
        """Whether there is nothing to translate."""
        return self.kind.startswith("code") or not _LETTER.search(_ADDRESS.sub("", self.body))

    def __str__(self) -> str:
        return f"{self.gap}{self.mark}{self.body}"


def blocks(text: str) -> list[Block]:
    """Cut a text into its blocks."""
    found: list[Block] = []
    gap, fences = "", CodeFences()
    for number, line in enumerate(text.split("\n")):
        gap += "\n" if number else ""
        code = fences.read(line)
        if code == "opens":
            found.append(Block(gap, "", line, f"code {line.strip()}"))
        elif code:
            whole = f"{found[-1].body}{gap}{line}"
            found[-1] = Block(found[-1].gap, "", whole, f"code {whole.strip()}")
        elif not line.strip():
            gap += line
            continue
        else:
            _add_line(found, gap, line)
        gap = ""
    return found


def _add_line(found: list[Block], gap: str, line: str) -> None:
    if RULE_LINE.match(line):
        found.append(Block(gap, "", line, "rule"))
    elif ROW_LINE.match(line):
        found.append(Block(gap, "", line, f"row {line.count('|')}"))
    else:
        mark = (_MARK.match(line) or [""])[0]
        last_is_text = bool(found) and found[-1].kind == "text"
        goes_on = gap == "\n" and not mark.strip() and last_is_text
        if goes_on:  # a line break within a paragraph
            last = found[-1]
            found[-1] = Block(last.gap, last.mark, f"{last.body}{gap}{line}", last.kind)
            return
        sign = re.sub(TASK, "[]", re.sub(r"[*+](?=\s)", "-", mark.strip() + " ")).strip()
        item = mark.strip() and not sign.startswith("#")
        found.append(Block(gap, mark, line[len(mark) :], f"item {sign}" if item else sign or "text"))


def same_form(text: str, other: str) -> bool:
    """Tell whether two texts have the same headings, items, rows and paragraphs in order, and the same code."""
    return [block.kind for block in blocks(text)] == [block.kind for block in blocks(other)]


def lost(text: str, translation: str) -> list[str]:
    """Give the figures, addresses and bits of code that a translation lacks; 1,000.5 may be written 1.000,5."""
    there = [_digits(number) for number in _NUMBER.findall(_ADDRESS.sub(" ", translation))]
    missing = [address for address in _ADDRESS.findall(text) if address not in translation]
    for number in _NUMBER.findall(_ADDRESS.sub(" ", text)):
        if _digits(number) in there:
            there.remove(_digits(number))
        else:
            missing.append(number)
    return missing


def untranslated(text: str, translation: str, target: str) -> list[str]:
    """Give what of a text stands in its translation as it was, in Chinese or between it; names and codes may.

    Args:
        text: of any language.
        translation: of it.
        target: language of the translation, ISO 639-1; others than English and Chinese are not looked at.
    """
    plain = _ADDRESS.sub(" ", translation)
    if target == "en":
        return re.findall(f"[{HAN}]+", plain)
    if target == "zh":
        words = frozenset(_SMALL_WORD.findall(_ADDRESS.sub(" ", text)))
        return [word for word in _SMALL_WORD.findall(plain) if word in words]
    return []


def _digits(number: str) -> str:
    return re.sub(r"\D", "", number)


def translated(
    source: str,
    write: TranslateText,
    *,
    fits: Callable[[str], bool],
    stopped: Callable[[], bool],
    apart: bool = False,
    residue: Residue = lambda text, translation: [],  # noqa: ARG005
) -> Generator[str, None, str]:
    """Translate a text; gives what is there so far, then the whole.

    Args:
        source: of any length.
        write: the model.
        fits: whether a text is short enough for it.
        stopped: whether to end with what is there.
        apart: each paragraph is translated by itself, and each list and table.
        residue: what of a text stands untranslated in its translation.
    """
    done = ""
    for part in _parts(blocks(source.strip("\n")), fits, apart=apart):
        if stopped():
            break
        gap, text = part[0].gap, "".join(map(str, part))[len(part[0].gap) :]
        result = ""
        if not all(block.verbatim for block in part) and fits(text):
            for result in write(text):
                yield f"{done}{gap}{result}"
            before, behind = text[: len(text) - len(text.lstrip())], text[len(text.rstrip()) :]
            result = f"{before}{strip_chatter(result)}{behind}"  # an indentation is form, and so is an empty quotation
        if (not same_form(text, result) or lost(text, result) or residue(text, result)) and not stopped():
            result = ""
            for block in part:
                result += yield from _block(
                    block, write, fits, f"{done}{gap}{result}" if result else f"{done}", residue
                )
            result = result[len(gap) :]
        done += f"{gap}{result}"
        yield done
    return done


def _parts(found: Sequence[Block], fits: Callable[[str], bool], *, apart: bool) -> list[list[Block]]:
    """Put blocks together as far as they fit, or those without an empty line between them."""
    parts: list[list[Block]] = []
    for block in found:
        if parts and not (apart and block.gap.count("\n") > 1) and fits("".join(map(str, [*parts[-1], block]))):
            parts[-1].append(block)
        else:
            parts.append([block])
    return parts


def _block(
    block: Block, write: TranslateText, fits: Callable[[str], bool], before: str, residue: Residue
) -> Generator[str, None, str]:
    if block.verbatim:
        return str(block)
    if block.kind.startswith("row"):
        head, *cells, end = block.body.split("|")
        texts = []
        for cell in cells:
            text = (yield from _line(cell, write, fits, before, residue)) if _LETTER.search(cell) else cell.strip()
            texts.append(f" {text.replace('|', '/')} ")
        return f"{block.gap}{'|'.join([head, *texts, end])}"
    text = yield from _line(block.body, write, fits, f"{before}{block.gap}{block.mark}", residue)
    return f"{block.gap}{block.mark}{text}"


def _line(
    body: str, write: TranslateText, fits: Callable[[str], bool], before: str, residue: Residue
) -> Generator[str, None, str]:
    """Translate what stands in one block; it stays one, and what is lost of it is named behind."""
    plain = " ".join(body.split())
    texts: list[str] = []
    for piece in [plain] if fits(plain) else split_sentences(plain):
        best, missing, least = piece, [piece], 2.0 + len(piece)
        for _ in range(_TRIES):
            text = ""
            for text in write(piece):
                yield before + " ".join([*texts, _one_line(text)])
            text = _one_line(text)
            left, rest = lost(piece, text), residue(piece, text)
            if text and len(left) + len(rest) < least:
                best, missing, least = text, left, len(left) + len(rest)
            if not least:
                break
        texts.append(best + (f" (⚠ {', '.join(missing)})" if missing and missing != [piece] else ""))
    return " ".join(texts)


def _one_line(text: str) -> str:
    line = " ".join(strip_chatter(text).split())
    return line[len((_MARK.match(line) or [""])[0]) :]
