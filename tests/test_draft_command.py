"""`inkstone draft`: lists, describes, drafts, saves; what is wrong gets one sentence before a model is loaded."""

import io
import itertools
import json
from pathlib import Path

import pytest

from desktop.commands.start import Start
from desktop.documents.export import write_document
from desktop.documents.reading import read_document
from desktop.drafting.brief import Brief
from desktop.drafting.template.template import Template
from desktop.history import vault
from desktop.text.han import holds_han
from tests.documents.word_files import word_file
from tests.drafting.test_session import Talker
from tests.history.test_keys import CHEAP
from tests.scripted_engine import ScriptedEngine
from tests.test_cli import MODEL, home, run

__all__ = ["home"]

Capture = pytest.CaptureFixture[str]
Patch = pytest.MonkeyPatch


def test_all_templates_are_listed(capsys: Capture, monkeypatch: Patch) -> None:
    code, out, err = run(capsys, monkeypatch, "draft", "list", "--json")
    assert (code, err) == (0, "")
    assert {"work_report", "email", "chat"} <= {json.loads(line)["id"] for line in out.splitlines()}


def test_a_template_is_described(capsys: Capture, monkeypatch: Patch) -> None:
    code, out, _ = run(capsys, monkeypatch, "draft", "show", "resume")
    assert code == 0
    assert "--slot topic=…  (required)" in out
    assert "variants: cover_letter, resume" in out
    told = json.loads(run(capsys, monkeypatch, "draft", "show", "resume", "--json")[1])
    assert [slot["name"] for slot in told["slots"] if slot["required"]] == ["topic"]


def test_scenes_are_listed_by_group(capsys: Capture, monkeypatch: Patch) -> None:
    told = [json.loads(line) for line in run(capsys, monkeypatch, "draft", "list", "--json")[1].splitlines()]
    by_id = {one["id"]: one for one in told}
    assert by_id["leave-request"]["zh"] == "请假条"
    assert by_id["leave-request"]["template"] == "email"
    groups = [one["group"] for one in told if "group" in one]
    assert [group for group, _ in itertools.groupby(groups)] == list(dict.fromkeys(groups))
    shown = run(capsys, monkeypatch, "draft", "list")[1]
    assert "\noffice\n" in shown
    assert "请假条" in shown[shown.index("\noffice\n") : shown.index("\nreports\n")]


@pytest.mark.parametrize("name", ["leave-request", "请假条", "Leave request"])
def test_a_scene_is_shown_by_any_of_its_names(name: str, capsys: Capture, monkeypatch: Patch) -> None:
    code, out, _ = run(capsys, monkeypatch, "draft", "show", name)
    assert code == 0
    assert "say: to whom" in out
    assert "| Subject: " in out
    told = json.loads(run(capsys, monkeypatch, "draft", "show", name, "--json")[1])
    assert told["zh"]["label"] == "请假条"
    assert told["en"]["examples"][0]["text"].startswith("Subject: ")


@pytest.mark.parametrize(
    ("name", "words", "language"),
    [
        ("请假条", "给李老师，孩子发烧了，6月3日请假一天", "zh"),
        ("leave-request", "to Helen: 3 days off from 8 to 10 July, my sister gets married", "en"),
    ],
)
def test_a_scene_stands_where_a_template_may_and_keeps_the_words(
    name: str, words: str, language: str, capsys: Capture, monkeypatch: Patch, tmp_path: Path
) -> None:
    asked: list[Brief] = []

    def write(_start: Start, _template: Template, brief: Brief, _options: object) -> None:
        asked.append(brief)

    monkeypatch.setattr("desktop.commands.draft._write", write)
    code, _, err = run(capsys, monkeypatch, "draft", name, words, "--tone", "kind", "--home", tmp_path)
    assert (code, err) == (0, "")
    (brief,) = asked
    assert (brief.template, brief.scene, brief.request) == ("email", "leave-request", words)
    assert brief.slots["tone"] == "kind"
    assert brief.slots["topic"] in ("请假条", "Leave request")
    assert any(fact in brief.points for fact in ("my sister gets married", "孩子发烧了"))


def test_a_scene_with_a_chinese_name_is_drafted_in_the_language_of_the_words(
    capsys: Capture, monkeypatch: Patch, tmp_path: Path
) -> None:
    asked: list[Brief] = []
    monkeypatch.setattr("desktop.commands.draft._write", lambda *said: asked.append(said[2]))
    assert run(capsys, monkeypatch, "draft", "请假条", "three days off in July", "--home", tmp_path)[0] == 0
    assert not holds_han(" ".join(asked[0].slots.values()))


def test_a_template_takes_words_too(capsys: Capture, monkeypatch: Patch, tmp_path: Path) -> None:
    asked: list[Brief] = []
    monkeypatch.setattr("desktop.commands.draft._write", lambda *said: asked.append(said[2]))
    words = "to our landlord: the heating is broken since Tuesday"
    assert run(capsys, monkeypatch, "draft", "email", words, "--home", tmp_path)[0] == 0
    assert (asked[0].template, asked[0].scene, asked[0].request) == ("email", "", words)


def test_a_broken_scene_of_the_users_is_named_and_left_out(capsys: Capture, monkeypatch: Patch, tmp_path: Path) -> None:
    (tmp_path / "scenes").mkdir()
    (tmp_path / "scenes" / "mine.toml").write_text('id = "mine"\ngroup = "odd"\n', encoding="utf-8")
    code, out, err = run(capsys, monkeypatch, "draft", "list", "--home", tmp_path)
    assert code == 0
    assert "leave-request" in out
    assert "mine.toml, line 2: “group” must be one of" in err


@pytest.mark.parametrize(
    ("arguments", "sentence"),
    [
        ([], "Name a template"),
        (["请假条"], "写给谁"),
        (["leave-request"], "(to whom; from when to when"),
        (["novel"], "There is no template “novel”"),
        (["email"], "needs topic"),
        (["email", "--slot", "topic"], "is no slot"),
        (["email", "--slot", "color=red", "--topic", "x"], "asks for no “color”"),
        (["email", "--topic", "x", "--points", "absent.txt"], "cannot be read"),
        (["email", "--topic", "x", "--brief", "absent"], "cannot be read"),
        (["email", "--topic", "x", "--out", "x.exe"], "not as .exe"),
        (["email", "--topic", "x", "--out", "x.pdf", "--paper", "b5"], "no paper “b5”"),
        (["email", "--topic", "x", "--variant", "odd"], "no variant"),
    ],
)
def test_what_is_wrong_gets_one_sentence(
    arguments: list[str], sentence: str, capsys: Capture, monkeypatch: Patch, tmp_path: Path
) -> None:
    monkeypatch.chdir(tmp_path)
    code, out, err = run(capsys, monkeypatch, "draft", *arguments)
    assert (code, out) == (2, "")
    assert sentence in err
    assert len(err.strip().splitlines()) == 1


def test_a_draft_is_printed_saved_and_checked(capsys: Capture, monkeypatch: Patch, home: Path, tmp_path: Path) -> None:
    monkeypatch.setattr("desktop.services.open_engine", lambda *_: Talker())
    (tmp_path / "points.txt").write_text("answered 340 tickets\n\nhire Maria\n", encoding="utf-8")
    inputs = ("--topic", "support team", "--points", tmp_path / "points.txt", "--length", "200 words")
    vault.protect(home / "history", "passphrase", passphrase="p", cost=CHEAP)
    monkeypatch.setenv("INKSTONE_PASSPHRASE", "p")
    outputs = ("--out", tmp_path / "report.md", "--json", "--save-brief", "weekly")
    code, out, err = run(capsys, monkeypatch, "draft", "work_report", *inputs, *outputs, *MODEL, "--home", home)
    told = json.loads(out)
    assert code == 0
    assert all(told["checks"].values())
    assert "2 of 2 points" in err
    assert (tmp_path / "report.md").read_text(encoding="utf-8") == told["text"]
    assert "- Answered 340 tickets." in told["text"]
    assert list(told) == [
        "template", "title", "sections", "text", "words", "checks", "missing_points", "instructions",
        "not_from_brief", "marked_points", "placeholders", "stopped", "seconds", "slots",
    ]  # fmt: skip
    again = run(capsys, monkeypatch, "draft", "--brief", "weekly", "--json", *MODEL, "--home", home)
    assert json.loads(again[1])["text"] == told["text"]
    assert [path for path in home.rglob("*") if path.is_file() and b"hire Maria" in path.read_bytes()] == []
    monkeypatch.delenv("INKSTONE_PASSPHRASE")
    monkeypatch.setattr("sys.stdin", io.StringIO())
    code, out, err = run(capsys, monkeypatch, "draft", "--brief", "weekly", *MODEL, "--home", home)
    assert (code, out) == (2, "")
    assert "protected by a passphrase" in err


def test_a_brief_of_an_earlier_version_is_found_and_taken_in(capsys: Capture, monkeypatch: Patch, home: Path) -> None:
    monkeypatch.setattr("desktop.services.open_engine", lambda *_: Talker())
    vault.protect(home / "history", "none")
    (home / "briefs").mkdir()
    text = 'template = "work_report"\npoints = ["hire Maria"]\n[slots]\ntopic = "support"\n'
    (home / "briefs" / "weekly.toml").write_text(text, encoding="utf-8")
    for more in ((), ("--save-brief", "another"), ()):
        out = run(capsys, monkeypatch, "draft", "--brief", "weekly", "--json", *more, *MODEL, "--home", home)[1]
        assert "Maria" in json.loads(out)["text"]
    assert not (home / "briefs").exists()


def test_minutes_are_made_of_a_word_document(capsys: Capture, monkeypatch: Patch, home: Path, tmp_path: Path) -> None:
    monkeypatch.setattr("desktop.services.open_engine", lambda *_: Talker())
    write_document("- The offer was accepted.\n- Wei will call the plumber.", tmp_path / "notes.docx")
    options = ("--source", tmp_path / "notes.docx", "--out", tmp_path / "minutes.docx")
    code, out, _ = run(capsys, monkeypatch, "draft", "meeting_minutes", *options, *MODEL, "--home", home)
    assert (code, out) == (0, "")
    assert "## Actions\n\n- Wei will call the plumber." in read_document(tmp_path / "minutes.docx").replace("###", "##")


def test_what_a_word_document_keeps_to_itself_is_told(
    capsys: Capture, monkeypatch: Patch, home: Path, tmp_path: Path
) -> None:
    monkeypatch.setattr("desktop.services.open_engine", lambda *_: Talker())
    deleted = (
        "<w:p><w:r><w:t>The offer was accepted.</w:t></w:r><w:del><w:r><w:delText>Not.</w:delText></w:r></w:del></w:p>"
    )
    comments = "<w:comment><w:p><w:r><w:t>Really?</w:t></w:r></w:p></w:comment>" * 2
    (tmp_path / "notes.docx").write_bytes(word_file(deleted, {"comments": comments}))
    options = ("--source", tmp_path / "notes.docx", *MODEL, "--home", home)
    code, out, err = run(capsys, monkeypatch, "draft", "meeting_minutes", *options)
    assert code == 0
    assert "(notes.docx: 2 comments were left out. 1 tracked deletion was left out.)" in err
    assert "left out" not in out


def test_a_sentence_becomes_a_draft(capsys: Capture, monkeypatch: Patch, home: Path) -> None:
    monkeypatch.setattr("desktop.services.open_engine", lambda *_: Talker())
    request = "Write a formal weekly report about the support team: 340 tickets answered, hire Maria"
    options = ("--length", "200 words", "--json", *MODEL, "--home", home)
    code, out, err = run(capsys, monkeypatch, "draft", request, *options)
    told = json.loads(out)
    assert (code, told["template"]) == (0, "work_report")
    assert told["slots"]["length"] == "200 words"
    assert told["missing_points"] == []
    assert "340 tickets" in told["text"]
    assert "Maria" in told["text"]
    assert "(Read as work_report, " in err
    assert "point “hire Maria”" in err


def test_a_chinese_sentence_becomes_a_chinese_draft(capsys: Capture, monkeypatch: Patch, home: Path) -> None:
    monkeypatch.setattr("desktop.services.open_engine", lambda *_: Talker())
    request = "需要一份下周销售团队的工作计划，正式一点，800字"
    _, out, err = run(capsys, monkeypatch, "draft", request, "--json", *MODEL, "--home", home)
    told = json.loads(out)
    assert told["template"] == "work_plan"
    assert told["slots"] == {"topic": "销售团队", "period": "下周", "tone": "正式", "length": "800字"}
    assert told["sections"][0]["heading"] == "目标"
    assert "topic “销售团队”" in err
    assert "length “800字” = 800 characters" in err


def test_a_sentence_that_asks_for_no_document_gets_one_sentence(capsys: Capture, monkeypatch: Patch) -> None:
    code, out, err = run(capsys, monkeypatch, "draft", "hello, how are you today?")
    assert (code, out) == (2, "")
    assert "asks for no document" in err
    assert len(err.strip().splitlines()) == 1


def test_a_draft_is_written_as_pdf(capsys: Capture, monkeypatch: Patch, home: Path, tmp_path: Path) -> None:
    monkeypatch.setattr("desktop.services.open_engine", lambda *_: Talker())
    options = ("--topic", "support team", "--out", tmp_path / "report.pdf", "--paper", "letter", "--json")
    code, out, _ = run(capsys, monkeypatch, "draft", "work_report", *options, *MODEL, "--home", home)
    assert code == 0
    text = " ".join(read_document(tmp_path / "report.pdf").split())
    for section in json.loads(out)["sections"]:
        assert section["heading"] in text


def test_a_draft_that_is_not_as_asked_says_so(capsys: Capture, monkeypatch: Patch, home: Path) -> None:
    monkeypatch.setattr("desktop.services.open_engine", lambda *_: ScriptedEngine([" no"]))
    options = ("--topic", "support team", "--language", "Chinese")
    code, out, err = run(capsys, monkeypatch, "draft", "work_report", *options, *MODEL, "--home", home)
    assert code == 3
    assert "摘要" in out
    assert "does not write this language (zh) well" in err
    assert "not as asked: sections, length" in err


def test_an_unwritable_file_loses_no_text(capsys: Capture, monkeypatch: Patch, home: Path, tmp_path: Path) -> None:
    monkeypatch.setattr("desktop.services.open_engine", lambda *_: Talker())
    target = tmp_path / "absent" / "report.md"
    code, out, err = run(
        capsys, monkeypatch, "draft", "email", "--topic", "a kettle", "--out", target, *MODEL, "--home", home
    )
    assert code == 2
    assert "a kettle" in out
    assert "cannot be written" in err


def test_a_broken_template_of_the_users_is_told_and_hides_nothing(
    capsys: Capture, monkeypatch: Patch, home: Path
) -> None:
    (home / "templates").mkdir()
    (home / "templates" / "mine.toml").write_text('id = "mine"\nwrong = 1\n', encoding="utf-8")
    code, out, err = run(capsys, monkeypatch, "draft", "list", "--home", home)
    assert code == 0
    assert "line 2: unknown key “wrong”" in err
    assert "work_report" in out
