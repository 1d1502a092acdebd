"""What is no plain file is told at once, whatever reads it; nothing waits for a pipe or fills the memory."""

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from desktop.drafting.template.loading import read_template
from desktop.drafting.template.saved_briefs import read_brief
from desktop.drafting.template.store import TemplateStore
from desktop.engine.chat_template import ChatTemplate
from desktop.errors import InkstoneError
from desktop.files.plain import LARGEST_TEXT, FileTooLarge, NoPlainFile, open_plain, read_text, read_whole
from desktop.history.keys import protections
from desktop.models.manifest import read_manifest
from desktop.quick.actions.loading import read_actions
from desktop.router.manifest import read_manifest as read_router_manifest
from desktop.settings import Settings, read_settings, save_settings

pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such files in folders")

READERS: dict[str, tuple[str, Callable[[Path], object]]] = {
    "an action": ("own.toml", read_actions),
    "a template": ("own.toml", read_template),
    "a template to take in": ("own.toml", lambda path: TemplateStore(path.parent, path.parent).import_file(path)),
    "a brief": ("own.toml", read_brief),
    "a chat template": ("chat_template.jinja", ChatTemplate),
    "a manifest": ("manifest.toml", lambda path: read_manifest(path.parent)),
    "a manifest of a router": ("manifest.toml", lambda path: read_router_manifest(path.parent)),
    "a key file": ("history.key", lambda path: protections(path.parent)),
}


@pytest.fixture(params=["a pipe", "a device"])
def special(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / "special"
    if request.param == "a pipe":
        os.mkfifo(path)
    else:
        path.symlink_to("/dev/zero")
    return path


def test_a_text_is_read_with_its_lines(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes("é\r\nb\rc\n".encode())
    assert read_text(tmp_path / "file") == "é\nb\nc\n"


def test_no_more_is_read_than_was_allowed(tmp_path: Path) -> None:
    (tmp_path / "file").write_bytes(b"1234")
    assert read_whole(tmp_path / "file", 4) == b"1234"
    with pytest.raises(FileTooLarge):
        read_whole(tmp_path / "file", 3)
    with (tmp_path / "large").open("wb") as file:
        file.truncate(LARGEST_TEXT + 1)
    with pytest.raises(FileTooLarge):
        read_text(tmp_path / "large")


def test_what_is_no_plain_file_is_refused_and_nothing_stays_open(special: Path) -> None:
    before = len(list(Path("/dev/fd").iterdir()))
    with pytest.raises(NoPlainFile):
        open_plain(special)
    with pytest.raises(IsADirectoryError):
        open_plain(special.parent)
    assert len(list(Path("/dev/fd").iterdir())) == before


@pytest.mark.parametrize(("name", "read"), READERS.values(), ids=READERS.keys())
def test_no_reader_waits_for_it(special: Path, name: str, read: Callable[[Path], object]) -> None:
    path = special.rename(special.with_name(name))
    with pytest.raises(InkstoneError):
        read(path)


def test_settings_that_are_no_plain_file_are_told_and_stay(special: Path) -> None:
    found, (wrong,) = read_settings(special)
    assert (found, wrong.key) == (Settings(), "")
    assert "it cannot be read (Not a plain file)" in str(wrong)
    with pytest.raises(NoPlainFile):
        save_settings(special, {"threads": 3})
    assert special.lstat().st_size == 0 or special.is_symlink()
