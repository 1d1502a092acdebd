"""`inkstone route`: one object a request, stable keys, one sentence when the input is none."""

import io
import json
import sys
from pathlib import Path

import pytest

from desktop.cli import main

KEYS = ["text", "template", "confidence", "slots", "normalised", "language", "candidates", "chip", "ms"]


class Stdin:
    """What a pipe gives."""

    def __init__(self, content: bytes) -> None:
        self.buffer = io.BytesIO(content)

    def isatty(self) -> bool:
        return False


def run(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, *arguments: str, stdin: bytes = b""
) -> tuple[int, str, str]:
    monkeypatch.setattr(sys, "argv", ["inkstone", "route", *arguments])
    monkeypatch.setattr(sys, "stdin", Stdin(stdin))
    with pytest.raises(SystemExit) as ended:
        main()
    written = capsys.readouterr()
    return int(ended.value.code or 0), written.out, written.err


def test_a_request_is_one_object(capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
    code, out, err = run(capsys, monkeypatch, "--json", "写一首关于故乡的诗，20行")
    table = json.loads(out)
    assert (code, err) == (0, "")
    assert list(table) == KEYS
    assert (table["template"], table["language"], table["chip"]) == ("poem", "zh", True)
    assert table["slots"]["length"] == "20行"
    assert table["normalised"]["length"] == "20 lines"
    assert 0 < table["confidence"] <= 1
    assert table["ms"] > 0


def test_json_lines_are_answered_one_by_one(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    stdin = b'{"text": "hello"}\n\n{"text": "translate good night to French", "id": 3}\n'
    code, out, _ = run(capsys, monkeypatch, "--json", stdin=stdin)
    answers = [json.loads(line) for line in out.splitlines()]
    assert code == 0
    assert [answer["template"] for answer in answers] == ["chat", "translate"]
    assert answers[1]["slots"]["language"] == "French"


@pytest.mark.parametrize("line", [b"hello", b'{"txt": "hello"}', b"[1]", b'{"text": 3}'])
def test_a_line_that_is_no_request_is_refused(
    line: bytes, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, err = run(capsys, monkeypatch, "--json", stdin=line)
    assert (code, out) == (2, "")
    assert err.startswith("With --json each line on stdin is an object with a text, not: ")


def test_a_dash_reads_one_request_from_stdin(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    code, out, _ = run(capsys, monkeypatch, "-", stdin=b"Write a speech\nfor my sister's wedding")
    assert code == 0
    assert out.startswith("speech ")


def test_the_home_is_not_written_to(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    run(capsys, monkeypatch, "hi", "--home", str(tmp_path / "home"))
    assert not (tmp_path / "home" / "router").exists()
