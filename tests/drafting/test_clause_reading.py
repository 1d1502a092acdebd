"""Facts told from what is said to the writer, on clauses that others than their author labelled."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.drafting.clause_reading import beliefs
from desktop.drafting.request import read_request
from desktop.text.han import count_han

LABELLED = Path(__file__).resolve().parents[1] / "data" / "clauses.txt"


def labelled() -> list[list[tuple[str, str]]]:
    """Give the requests, each as its clauses with a letter."""
    found: list[list[tuple[str, str]]] = []
    for line in LABELLED.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            found.append([])
        elif line:
            label, clause = line.split("\t", 1)
            found[-1].append((label, clause))
    return found


@pytest.mark.parametrize("language", ["en", "zh"])
def test_facts_are_told_from_what_is_said_to_the_writer(language: str) -> None:
    right = facts = told = instructions = taken = clauses = 0
    for request in labelled():
        text = "\n".join(clause for _, clause in request)
        if language != ("zh" if count_han(text) > len(text) // 4 else "en"):
            continue
        found = set(read_request(text).facts)
        for label, clause in request:
            clauses += 1
            right += (clause in found) == (label == "F")
            facts, told = facts + (label == "F"), told + (label == "F" and clause in found)
            instructions, taken = instructions + (label == "I"), taken + (label == "I" and clause in found)
    assert clauses > 300
    assert right >= 0.88 * clauses
    assert told >= 0.94 * facts
    assert taken <= 0.25 * instructions


@given(st.lists(st.text(max_size=30), max_size=6))
def test_any_clauses_are_read(said: list[str]) -> None:
    assert all(0 <= belief <= 1 for belief in beliefs(said))
    assert len(beliefs(said)) == len(said)
    assert beliefs(said) == beliefs(list(said))
