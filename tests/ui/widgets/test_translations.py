"""Both languages are complete, and the window changes between them while it is open."""

import ast
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QLocale, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextEdit, QWidget

from desktop.errors import DocumentError
from desktop.settings import Settings
from desktop.ui.widgets.error_messages import localised
from desktop.ui.widgets.translations import Translations, spoken
from tests.scripted_engine import ScriptedEngine
from tests.ui.conftest import StartChat

ROOT = Path(__file__).parents[3]
TRANSLATIONS = ROOT / "assets" / "translations"


@pytest.fixture
def speech(qapp: QApplication) -> Iterator[Translations]:
    before = QLocale()
    speech = Translations(qapp, TRANSLATIONS, "en")
    yield speech
    speech.choose("en")
    QLocale.setDefault(before)


def english_texts() -> set[str]:
    catalogue = ET.parse(TRANSLATIONS / "inkstone_zh_CN.ts")  # noqa: S314  # our own file
    pairs = ((one.findtext("source"), one.findtext("translation")) for one in catalogue.iter("message"))
    return {source for source, translation in pairs if source and source != translation}


def texts(widget: QWidget) -> set[str]:
    """Everything that a widget and its children say, to the eye or to a screen reader."""
    found = set()
    for one in (widget, *widget.findChildren(QWidget)):
        found |= {one.toolTip(), one.accessibleName(), one.accessibleDescription(), one.windowTitle()}
        if isinstance(one, QLabel) or hasattr(one, "isChecked"):
            found.add(one.text())  # type: ignore[attr-defined]  # labels and buttons
        if isinstance(one, QLineEdit | QTextEdit):
            found.add(one.placeholderText())
    return found


def test_every_text_of_the_window_is_translated(tmp_path: Path) -> None:
    subprocess.run([sys.executable, "packaging/translations.py", str(tmp_path)], cwd=ROOT, check=True)
    for catalogue in TRANSLATIONS.glob("*.ts"):
        fresh = tmp_path / catalogue.name
        unfinished = [
            message.findtext("source")
            for message in ET.parse(fresh).iter("message")  # noqa: S314  # our own file
            if (found := message.find("translation")) is None or found.get("type") or not found.text
        ]
        assert unfinished == [], "translate these with: make translations"
        assert fresh.read_text(encoding="utf-8") == catalogue.read_text(encoding="utf-8"), "run: make translations"
        compiled = catalogue.with_suffix(".qm")
        assert (tmp_path / compiled.name).read_bytes() == compiled.read_bytes(), "run: make translations"


def test_every_text_that_the_code_translates_is_in_the_catalogue() -> None:
    """lupdate overlooks some, such as those inside an f-string."""
    catalogue = ET.parse(TRANSLATIONS / "inkstone_zh_CN.ts")  # noqa: S314  # our own file
    known = {message.findtext("source") for message in catalogue.iter("message")}
    for path in (ROOT / "desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "tr":
                assert isinstance(node.args[0], ast.Constant), f"{path}:{node.lineno}"
                assert node.args[0].value in known, f"{path}:{node.lineno}"


def test_every_gap_of_a_text_is_in_its_translation() -> None:
    catalogue = ET.parse(TRANSLATIONS / "inkstone_zh_CN.ts")  # noqa: S314  # our own file
    for message in catalogue.iter("message"):
        source, translation = message.findtext("source") or "", message.findtext("translation") or ""
        gaps = {part.split("}")[0] for part in source.split("{")[1:]}
        assert {part.split("}")[0] for part in translation.split("{")[1:]} == gaps, source


def test_the_system_decides_unless_the_user_does() -> None:
    assert spoken("system", QLocale("zh_TW")) == "zh_CN"
    assert spoken("system", QLocale("de_DE")) == "en"
    assert spoken("en", QLocale("zh_CN")) == "en"


def test_the_language_changes_without_a_restart_and_nothing_is_lost(
    start_chat: StartChat, engine: ScriptedEngine, speech: Translations
) -> None:
    chat = start_chat(lambda: engine)
    chat.window.preferences.changed.disconnect(chat.window.apply)
    chat.window.preferences.changed.connect(speech.apply)
    chat.window.preferences.changed.connect(chat.window.apply)
    chat.ask("First")
    engine.hold.clear()
    engine.interval = 0.04
    chat.type("More")
    with chat.qtbot.waitSignals([chat.seen.written, chat.seen.written]):
        chat.press(Qt.Key.Key_Return)
    chat.type("half a sentence")
    chat.window.preferences.change(language="zh_CN")
    assert chat.window.sidebar.new.text() == "新对话"
    assert chat.window.composer.button.text() == "停止"
    assert chat.window.composer.text() == "half a sentence"
    with chat.qtbot.waitSignal(chat.seen.finished):
        engine.hold.set()
    assert [answer.view.markdown for answer in chat.window.shown.view.answers] == ["Hello world", "Hello world"]
    chat.window.preferences.change(language="en")
    assert chat.window.sidebar.new.text() == "New chat"
    chat.settle()
    assert chat.titles() == ["First"]


def test_no_english_is_left_in_the_chinese_window(start_chat: StartChat, speech: Translations, tmp_path: Path) -> None:
    from desktop.chat.history_unlocker import HistoryUnlocker
    from desktop.ui.window.dialogs import Dialogs
    from desktop.ui.window.welcome import Welcome

    speech.choose("zh_CN")
    chat = start_chat(settings=Settings(theme="light", language="zh_CN", welcomed=True))
    chat.ask("ni hao")
    chat.window.header.details.setChecked(True)
    chat.window.model.prepare_progressed("Downloading model.gguf (93 MiB)", 0.5)
    chat.window.latest.copy()
    dialogs = Dialogs(chat.window, HistoryUnlocker(tmp_path / "other"))
    dialogs.open_settings()
    dialogs.open_shortcuts()
    dialogs.open_palette()
    welcome = Welcome(chat.window, chat.window.model, tmp_path, "system", keyring=False)
    english = english_texts() - {"Esc", "CPU"}
    assert {text for text in texts(chat.window) if text in english} == set()
    assert {row.title for row in dialogs.palette.model.entries if row.title in english} == set()  # type: ignore[union-attr]
    welcome.deleteLater()


def test_what_is_wrong_with_a_document_is_told_in_chinese(speech: Translations) -> None:
    path = Path("周报.pdf")
    no_font = "cannot be written: no font on this machine has the characters 中, 文; install a Chinese font"
    speech.choose("zh_CN")
    assert (
        localised(DocumentError(path, no_font))
        == "周报.pdf 无法写入：本机没有字体包含 中, 文，请安装含有这些字符的字体。"
    )
    assert localised(DocumentError(path, "cannot be written (full)")) == "周报.pdf 无法写入：full"
    assert localised(DocumentError(path, "cannot be read (Permission denied)")) == "周报.pdf 无法读取：没有权限"
    assert localised(DocumentError(path, "is larger than 50 MiB; give a part of it")) == (
        "周报.pdf 超过 50 MiB，请只给出其中一部分。"
    )
    assert localised(DocumentError(path, "is odd")) == "周报.pdf is odd."


def reasons() -> set[str]:
    """Every reason that the code gives for not reading or writing a document, facts as “7”."""
    found: set[str] = set()
    for path in (ROOT / "desktop" / "documents").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            texts: list[ast.expr] = []
            if isinstance(node, ast.Call) and ast.unparse(node.func) in ("DocumentError", "self._end"):
                texts = [each for argument in node.args for each in alternatives(argument)]
            elif isinstance(node, ast.Dict):
                keys = [key.value if isinstance(key, ast.Constant) else "" for key in node.keys]
                texts = [
                    each
                    for key, one in zip(keys, node.values, strict=True)
                    for each in alternatives(one)
                    if key == "wrong"
                ]
            for text in texts:
                if isinstance(text, ast.Constant) and isinstance(text.value, str):
                    found.add(text.value)
                elif isinstance(text, ast.JoinedStr):
                    found.add(
                        "".join(str(part.value) if isinstance(part, ast.Constant) else "7" for part in text.values)
                    )
    return found


def alternatives(node: ast.expr) -> list[ast.expr]:
    if isinstance(node, ast.IfExp):
        return [node.body, node.orelse]
    return node.values if isinstance(node, ast.BoolOp) else [node]


def test_every_reason_for_not_reading_or_writing_a_document_is_told_in_chinese(speech: Translations) -> None:
    speech.choose("zh_CN")
    known = reasons()
    assert len(known) > 15
    for reason in known:
        said = localised(DocumentError(Path("a"), reason))
        assert said != str(DocumentError(Path("a"), reason)), reason
        assert "{" not in said
