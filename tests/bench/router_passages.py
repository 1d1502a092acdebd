"""Could the router's encoder do more? “Is this claim supported?” and “which sentence answers?” on written documents.

Its vectors are compared with plain words in common, 100 cases each (tests/data/router/passages.txt). Both were to be
offered only from 80 % on. A threshold is always chosen on the other documents than the one that is judged.
"""

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from desktop.router.network import Network
from tests.bench.router_requests import TEST_SPLIT, lines
from tests.bench.router_scores import share

PASSAGES = TEST_SPLIT / "passages.txt"
Near = Callable[[str, str], float]
_NUMBER = re.compile(
    r"\d+(?:[.,]\d+)*|[零一二两三四五六七八九十百千万]+(?=[个人十百千万元片天年月日点公毫户名次分家岁本两])"
)
_COMMON = frozenset(
    [
        "the",
        "a",
        "an",
        "of",
        "to",
        "in",
        "on",
        "at",
        "is",
        "are",
        "was",
        "were",
        "be",
        "been",
        "it",
        "its",
        "and",
        "or",
        "for",
        "with",
        "by",
        "from",
        "as",
        "that",
        "this",
        "there",
        "their",
        "they",
        "he",
        "she",
        "his",
        "her",
        "who",
        "what",
        "when",
        "where",
        "which",
        "why",
        "how",
        "do",
        "does",
        "did",
        "can",
        "may",
        "will",
        "has",
        "have",
        "had",
        "not",
        "no",
        "i",
        "my",
        "we",
        "our",
        "you",
        "your",
    ]
)


@dataclass(frozen=True, slots=True)
class Document:
    """A text with what is asked of it.

    Attributes:
        language: en or zh.
        sentences: in order.
        claims: (kind, claim); the kind is “supported” or what is wrong with it.
        questions: (number of the sentence that answers, from 0; question).
    """

    language: str
    sentences: list[str] = field(default_factory=list)
    claims: list[tuple[str, str]] = field(default_factory=list)
    questions: list[tuple[int, str]] = field(default_factory=list)


def read_documents(path: Path = PASSAGES) -> list[Document]:
    """Read the documents."""
    found: list[Document] = []
    for line in lines(path):
        head, _, rest = line.partition(" ")
        if line.startswith("@"):
            found.append(Document(line[1:]))
        elif head == "+":
            found[-1].claims.append(("supported", rest))
        elif head == "-":
            kind, _, claim = rest.partition(" ")
            found[-1].claims.append((kind, claim))
        elif head == "?":
            number, _, question = rest.partition(" ")
            found[-1].questions.append((int(number) - 1, question))
        else:
            found[-1].sentences.append(line)
    return found


def words(text: str) -> set[str]:
    """Give what two texts may have in common: beginnings of English words, characters and pairs of Chinese ones."""
    english = {word[:5] for word in re.findall(r"[a-z0-9]+", text.lower()) if word not in _COMMON}
    chinese = re.findall(r"[一-鿿]", text)
    return english | set(chinese) | {one + other for one, other in pairwise(chinese)}


def near_by_words(documents: Sequence[Document]) -> Near:
    """Weigh common words by how rare they are: the share of the shorter text that the longer one holds."""
    counted = Counter(word for document in documents for sentence in document.sentences for word in words(sentence))
    total = sum(len(document.sentences) for document in documents)

    def weight(found: set[str]) -> float:
        return sum(math.log(1 + total / (1 + counted[word])) for word in found)

    return lambda asked, sentence: weight(words(asked) & words(sentence)) / max(weight(words(asked)), 1e-9)


def near_by_vector(network: Network) -> Near:
    """Compare the encoder's vectors."""
    known: dict[str, NDArray[np.float32]] = {}

    def vector(text: str) -> NDArray[np.float32]:
        if text not in known:
            known[text] = network.read(text).vector
        return known[text]

    return lambda asked, sentence: float(vector(asked) @ vector(sentence))


def found_sentence(near: Near, document: Document, question: str) -> int:
    """Give the sentence that lies nearest."""
    return max(range(len(document.sentences)), key=lambda number: near(question, document.sentences[number]))


def numbers_differ(document: Document, claim: str) -> bool:
    """Tell whether the claim names a number that the document does not."""
    source = " ".join(document.sentences)
    return any(number not in source for number in _NUMBER.findall(claim))


def supported(near: Near, documents: Sequence[Document], *, numbers: bool) -> list[tuple[str, str, bool]]:
    """Judge every claim; gives (language, kind, whether the judgement is right)."""
    scored = [
        [
            (
                kind,
                0.0 if numbers and numbers_differ(document, claim) else max(near(claim, s) for s in document.sentences),
            )
            for kind, claim in document.claims
        ]
        for document in documents
    ]
    judged = []
    for number, document in enumerate(documents):
        others = [row for index, rows in enumerate(scored) if index != number for row in rows]
        threshold = max(
            (score for _, score in others),
            key=lambda at: sum((score >= at) == (kind == "supported") for kind, score in others),
        )
        judged += [
            (document.language, kind, (score >= threshold) == (kind == "supported")) for kind, score in scored[number]
        ]
    return judged


def passages(network: Network) -> dict[str, dict[str, float]]:
    """Give the shares of right answers: of all, and for each language and kind of claim."""
    documents = read_documents()
    by_words, by_vector = near_by_words(documents), near_by_vector(network)
    report = {}
    for name, near in {
        "answer by words": by_words,
        "answer by vector": by_vector,
        "answer by both": lambda asked, sentence: by_words(asked, sentence) + by_vector(asked, sentence),
    }.items():
        hits = [
            (document.language, found_sentence(near, document, question) == right)
            for document in documents
            for right, question in document.questions
        ]
        report[name] = {"all": share(hit for _, hit in hits)} | {
            language: share(hit for own, hit in hits if own == language) for language in ("en", "zh")
        }
    for name, near, numbers in (
        ("support by words", by_words, False),
        ("support by words and numbers", by_words, True),
        ("support by vector", by_vector, False),
        ("support by vector and numbers", by_vector, True),
    ):
        judged = supported(near, documents, numbers=numbers)
        kinds = sorted({kind for _, kind, _ in judged})
        report[name] = (
            {"all": share(hit for *_, hit in judged)}
            | {own: share(hit for language, _, hit in judged if language == own) for own in ("en", "zh")}
            | {own: share(hit for _, kind, hit in judged if kind == own) for own in kinds}
        )
    return report
