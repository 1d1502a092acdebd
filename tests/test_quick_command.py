import json
import shutil
import sys
from pathlib import Path

import pytest

from desktop.cli import main
from tests.tiny_folder import TINY_OPTIMUM


@pytest.fixture
def home(tmp_path: Path) -> Path:
    shutil.copytree(TINY_OPTIMUM, tmp_path / "home" / "models" / "tiny-optimum")
    (tmp_path / "home" / "settings.toml").write_text('model = "tiny-optimum"\nthreads = 1\n', encoding="utf-8")
    return tmp_path / "home"


class Quick:
    """Runs `inkstone quick` in this process."""

    def __init__(self, home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> None:
        self._home, self._capsys, self._monkeypatch = home, capsys, monkeypatch

    def __call__(self, *arguments: str | Path) -> tuple[int, str, str]:
        command = ["inkstone", "quick", *map(str, arguments), "--home", str(self._home)]
        self._monkeypatch.setattr(sys, "argv", command)
        with pytest.raises(SystemExit) as ended:
            main()
        written = self._capsys.readouterr()
        return int(ended.value.code or 0), written.out, written.err


@pytest.fixture
def quick(home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch) -> Quick:
    return Quick(home, capsys, monkeypatch)


def test_an_action_answers_as_json_with_the_layout_of_the_text(quick: Quick) -> None:
    code, out, err = quick("rewrite", "--text", "\n- Please write a letter.\n", "--json")
    told = json.loads(out)
    assert (code, err) == (0, "")
    assert set(told) == {"action", "text", "replaced", "usable", "checks", "seconds"}
    assert set(told["checks"]) == {
        *("empty", "language", "length", "numbers", "names", "meaning", "chatter", "repeats")
    }
    assert told["action"] == "rewrite"
    assert told["text"].startswith("\n- ")
    assert told["text"].endswith("\n")


def test_a_correction_tells_what_was_wrong(quick: Quick) -> None:
    code, out, err = quick("proofread", "--text", "我门明天去学校。", "--json")
    assert (code, err) == (0, "")
    told = json.loads(out)
    assert told["text"] == "我们明天去学校。"
    assert told["mended"] == [{"removed": "门", "added": "们", "kind": "character", "sure": True}]


def test_a_result_that_fails_is_printed_with_what_is_wrong(quick: Quick) -> None:
    code, _, err = quick("summarize", "--text", "Please write a letter.")
    assert code == 0
    assert "(Look at it before you use it: length 4 → " in err


def test_a_language_that_the_model_does_not_write_is_told(quick: Quick) -> None:
    code, out, err = quick("translate", "--text", "Please write a letter.")
    assert (code, out) == (2, "")
    assert "does not write Chinese; choose a model for Chinese" in err


def test_what_cannot_be_done_is_told_in_a_sentence(quick: Quick) -> None:
    assert "There is no action “polish”; there are proofread, " in quick("polish", "--text", "x")[2]
    assert quick("rewrite", "--text", " ")[::2] == (
        2,
        "The prompt is empty; write what you want to know or to have written.\n",
    )


def test_actions_are_listed_imported_and_exported(quick: Quick, tmp_path: Path) -> None:
    file = tmp_path / "pirate.toml"
    file.write_text(
        'id = "pirate"\nname.en = "Pirate"\nlanguages = ["en"]\nprompt.en = "Arr: {text}"', encoding="utf-8"
    )
    assert "pirate" not in quick("--list")[1]
    assert quick("--import", file)[:2] == (0, "pirate\n")
    assert json.loads(quick("--list", "--json")[1].splitlines()[-1])["id"] == "pirate"
    assert quick("--export", tmp_path / "mine.toml")[0] == 0
    assert 'id = "pirate"' in (tmp_path / "mine.toml").read_text(encoding="utf-8")


def test_a_file_that_holds_no_action_is_refused(quick: Quick, tmp_path: Path) -> None:
    file = tmp_path / "odd.toml"
    file.write_text("id = 1", encoding="utf-8")
    code, _, err = quick("--import", file)
    assert (code, "odd.toml, line 1, cannot be used: “id” must be a text" in err) == (2, True)
