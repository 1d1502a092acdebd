"""Both languages are complete, and the window changes between them while it is open."""

import ast
import importlib
import inspect
import re
import subprocess
import sys
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any, get_args

import pytest
from PySide6.QtCore import QCoreApplication, QLocale, Qt
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QTextEdit, QWidget
from pytestqt.qtbot import QtBot

from desktop.chat.drafting import DraftCheck
from desktop.codes import Code, Coded, SystemReason, names_in
from desktop.errors import (
    BadInput,
    DocumentError,
    HistoryBusy,
    HistoryError,
    HistoryReadOnly,
    InkstoneError,
    LanguageNotSpoken,
)
from desktop.models.progress import Work
from desktop.quick.actions.action import ActionLimits
from desktop.quick.editing.checks import Check, CheckName, check
from desktop.quick.shortcuts.interface import BackEnd, BoundShortcut, Trouble
from desktop.reasons import DocumentReason, DraftReason, HistoryReason, ImportReason, KeyKind, QuickReason
from desktop.settings import InterfaceLanguage, Settings
from desktop.ui.canvas.outline import Outline
from desktop.ui.quick.texts import back_end_text, suggestion_text, trouble_text
from desktop.ui.widgets.error_messages import localised, worded
from desktop.ui.widgets.translations import Translations, spoken
from tests.scripted_engine import INFO, ScriptedEngine
from tests.ui.conftest import StartChat

ROOT = Path(__file__).parents[3]
TRANSLATIONS = ROOT / "assets" / "translations"
HAN = re.compile("[\u4e00-\u9fff]")


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
        if message.find("extracomment") is not None:
            continue  # a code; its values are looked at below
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


def test_no_english_is_left_in_the_chinese_window(
    start_chat: StartChat, speech: Translations, codes: dict[str, type[Code]], tmp_path: Path
) -> None:
    from desktop.chat.history_unlocker import HistoryUnlocker
    from desktop.ui.models.manager import Fetch
    from desktop.ui.window.dialogs import Dialogs
    from desktop.ui.window.welcome import Welcome
    from tests.ui.models.scripted_models import ScriptedModels, manage

    speech.choose("zh_CN")
    chat = start_chat(settings=Settings(theme="light", language="zh_CN", welcomed=True))
    chat.ask("ni hao")
    chat.window.header.details.setChecked(True)
    shown = {worded(one) for one in (INFO.device, INFO.reason)}
    assert shown <= texts(chat.window)
    work = Work.CONVERTING()
    manager = manage(chat, ScriptedModels())
    manager.fetching, manager.progress = Fetch("prepare", "tiny-model", "Tiny"), (work, 0.5)
    chat.window.model.load_failed("")
    manager.changed.emit()
    assert any(worded(work) in text for text in texts(chat.window))
    chat.window.latest.copy()
    dialogs = Dialogs(chat.window, HistoryUnlocker(tmp_path / "other"))
    dialogs.open_settings()
    dialogs.open_shortcuts()
    dialogs.open_palette()
    welcome = Welcome(chat.window, chat.window.model, tmp_path, "system", keyring=False)
    english = english_texts() - {"Esc", "CPU"}
    english |= {member.value for kind in codes.values() for member in kind if re.search("[a-z]{3}", member.value)}
    english |= {str(said) for said in (INFO.device, INFO.reason, work)}
    assert {text for text in texts(chat.window) if text in english} == set()
    assert {row.title for row in dialogs.palette.model.entries if row.title in english} == set()  # type: ignore[union-attr]
    welcome.deleteLater()


def test_a_code_is_worded_in_the_language_of_the_window(speech: Translations) -> None:
    full = DocumentError(Path("周报.pdf"), DocumentReason.NOT_WRITTEN(why=SystemReason.NO_ROOM()))
    assert localised(full) == str(full) == "周报.pdf cannot be written (No space left on device)."
    speech.choose("zh_CN")
    assert str(full) == "周报.pdf cannot be written (No space left on device)."
    assert localised(full) == "周报.pdf 无法写入：磁盘已满。"
    assert localised(BadInput(DraftReason.LOCKED(heading="一"))) == "“一”这一节已锁定；要修改请先解锁。"
    assert localised(LanguageNotSpoken("小", "zh")) == "小 不会写中文；请在设置中选择一个支持中文的模型。"
    denied = PermissionError(13, "Permission denied", "a")
    assert worded(QuickReason.NOT_SAVED(why=denied)) == "操作无法保存（没有权限）；什么都没有改动。"


def test_an_error_without_a_wording_is_said_in_english(speech: Translations) -> None:
    class Unheard(InkstoneError):
        """Nobody translated it."""

        def __init__(self) -> None:
            super().__init__("Nobody knows this.")

    speech.choose("zh_CN")
    assert localised(Unheard()) == "Nobody knows this."


@pytest.fixture(scope="module")
def codes() -> dict[str, type[Code]]:
    """All kinds of codes by name; defined anywhere in the package."""
    modules = {path for path in (ROOT / "desktop").rglob("*.py") if re.search(r"^class .*\(Code\):", path.read_text())}
    for path in modules:
        importlib.import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))
    found = {kind.__name__: kind for kind in Code.__subclasses__() if kind.__module__.startswith("desktop.")}
    assert {"DocumentReason", "Work", "DeviceReason", "SystemReason"} <= found.keys()
    return found


def test_every_code_is_worded_in_both_languages(codes: dict[str, type[Code]], speech: Translations) -> None:
    members = [member for kind in codes.values() for member in kind]
    values = {member: {name: AnyValue() for name in member.names} for member in members}
    english = {member: worded(member(**values[member])) for member in members}
    speech.choose("zh_CN")
    for member in members:
        catalogue = QCoreApplication.translate(type(member).__name__, member.name)
        assert catalogue != member.name, f"translate {member} in the catalogue: make translations"
        assert names_in(catalogue) <= member.names, member
        chinese = worded(member(**values[member]))
        assert chinese != english[member] or not re.search(r"[a-z]{3}", re.sub(r"{.*?}", "", member.value)), member


def values_of(member: Code) -> list[dict[str, Any]]:
    """Real values of each kind that a code may have; what a format needs a number for gets only that."""
    nested = DocumentReason.NOT_READ(why=SystemReason.NOT_ALLOWED())
    kinds = ("Word", 7, Path("a") / "B", SystemReason.NO_ROOM(), nested, HistoryBusy(Path("a")), OSError(13, "No"))
    found = [dict.fromkeys(member.names, one) for one in kinds if fits(member, dict.fromkeys(member.names, one))]
    return found or [{name: AnyValue() for name in member.names}]


def fits(member: Code, values: dict[str, Any]) -> bool:
    try:
        str(member(**values))
    except (ValueError, TypeError, AttributeError):  # a number is formatted, or a template is asked for its text
        return False
    return True


@pytest.mark.parametrize("language", get_args(InterfaceLanguage))
def test_every_code_that_english_can_say_with_its_values_is_worded(
    codes: dict[str, type[Code]], speech: Translations, language: InterfaceLanguage
) -> None:
    speech.choose(language)
    for member in (member for kind in codes.values() for member in kind):
        for values in values_of(member):
            said = worded(member(**values))
            assert said
            if language == "en" and not any(isinstance(one, OSError) for one in values.values()):
                assert said == str(member(**values))


@pytest.mark.parametrize("kind", [HistoryReason, ImportReason])
def test_what_the_system_answers_stands_small_in_the_middle_of_a_sentence(
    speech: Translations, kind: type[HistoryReason | ImportReason]
) -> None:
    refused = kind.REFUSED(why=SystemReason.NO_ROOM())
    assert worded(refused) == str(refused) == "no space left on device"
    read_only = HistoryReadOnly(Path("h"), HistoryReason.REFUSED(why=SystemReason.NOT_ALLOWED()))
    assert "permission denied" in localised(read_only)
    speech.choose("zh_CN")
    assert worded(refused) == "磁盘已满"


def test_the_members_of_a_kind_differ_in_english(codes: dict[str, type[Code]]) -> None:
    """Two with the same English would be one member, with one translation."""
    for kind in codes.values():
        assert [*kind.__members__] == [member.name for member in kind]


def every_error(of: type[InkstoneError] = InkstoneError) -> Iterator[type[InkstoneError]]:
    for kind in of.__subclasses__():
        if kind.__module__.startswith("desktop."):
            yield kind
        yield from every_error(kind)


def an_instance(kind: type[InkstoneError]) -> InkstoneError:
    """Make an error of a class, with something of each kind that it takes."""
    given: dict[Any, Any] = {
        Path: Path("a") / "b",
        int: 7,
        str: "某",
        Coded: SystemReason.NO_ROOM(),
        Sequence[str]: ("x",),
        KeyKind: KeyKind.PASSPHRASE,
        HistoryError | None: HistoryBusy(Path("a")),
        Path | None: Path("a"),
    }
    return kind(*(given[one.annotation] for one in inspect.signature(kind).parameters.values()))


def test_every_error_is_worded_in_both_languages(speech: Translations) -> None:
    kinds = [kind for kind in every_error() if "__init__" in vars(kind)]
    assert {DocumentError, LanguageNotSpoken} <= {*kinds}
    speech.choose("zh_CN")
    for kind in kinds:
        error = an_instance(kind)
        assert QCoreApplication.translate("InkstoneError", kind.__name__) != kind.__name__, (
            f"translate {kind.__name__} in the catalogue: make translations"
        )
        said = localised(error)
        assert HAN.search(said), kind.__name__
        assert "{" not in said
        assert "No space left" not in said, kind.__name__


def test_every_word_of_a_closed_list_is_worded_in_both_languages(qtbot: QtBot, speech: Translations) -> None:
    """Some codes are Literals: what became of a shortcut, what a check looks at."""
    outline = Outline()
    qtbot.addWidget(outline)

    def all_texts() -> dict[str, str]:
        return {
            **{f"trouble {one}": trouble_text(BoundShortcut(one)) for one in get_args(Trouble) if one},
            **{f"back end {one}": back_end_text(one) for one in get_args(BackEnd)},
            **{f"check {one}": suggestion_text(Check(one, ok=False, found="7")) for one in get_args(CheckName)},
            **{f"draft check {one}": outline.check_text(one) for one in get_args(DraftCheck)},
        }

    english = all_texts()
    speech.choose("zh_CN")
    for name, said in all_texts().items():
        assert said
        assert HAN.search(said), name
        assert not HAN.search(english[name]), name


def test_the_language_of_a_result_is_named_in_that_of_the_window(speech: Translations) -> None:
    (language,) = (one for one in check("我们回家。", "We go home.", ActionLimits()) if one.name == "language")
    assert suggestion_text(language) == "Only a suggestion: the language changed: English"
    speech.choose("zh_CN")
    assert "英文" in suggestion_text(language)


# What is wrong with a key of a file is said by the key, in the English of the file.
SAID_OF_KEYS = {"drafting/brief.py", "drafting/template/saved_briefs.py"}


def test_no_error_is_raised_with_a_sentence_that_nobody_can_translate() -> None:
    """Below the window, an error whose class has no sentence of its own has a code; terminals speak English."""
    plain = {"InkstoneError", *(kind.__name__ for kind in every_error() if "__init__" not in vars(kind))}
    found = []
    for path in sorted((ROOT / "desktop").rglob("*.py")):
        name = path.relative_to(ROOT / "desktop").as_posix()
        if name.startswith(("commands/", "ui/")) or name in {"cli.py", *SAID_OF_KEYS}:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and ast.unparse(node.func) in plain:
                found += [f"{name}:{node.lineno}" for one in node.args if isinstance(one, ast.Constant | ast.JoinedStr)]
    assert found == []


def test_every_code_is_said_with_the_values_that_it_names(codes: dict[str, type[Code]]) -> None:
    for path in (ROOT / "desktop").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Attribute):
                continue
            kind = codes.get(ast.unparse(node.func.value))
            if kind is not None and node.func.attr in kind.__members__:
                names = {keyword.arg for keyword in node.keywords}
                assert names == kind[node.func.attr].names, f"{path}:{node.lineno}"


class AnyValue:
    """A value that has whatever is asked of it, and stands in a text as “x”."""

    def __getattr__(self, name: str) -> str:
        return "x"

    def __format__(self, spec: str) -> str:
        return "x"
