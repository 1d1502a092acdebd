"""Files made to fill the disk or the memory are refused with a sentence before they do."""

import json
import shutil
import zipfile
from collections import namedtuple
from pathlib import Path

import pytest

from desktop.errors import HistoryFull, ImportRefused
from desktop.history.backup import restore
from desktop.history.exchange import read_file, reading
from tests.history.test_backup import backed_up
from tests.history.test_keys import fill, titles

KEY = bytes(range(32))
MIB = 1 << 20

Usage = namedtuple("Usage", "total used free")


def packed(target: Path, name: str, size: int) -> Path:
    """A small ZIP that grows to `size` bytes of nothing."""
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive, archive.open(name, "w") as part:
        for _ in range(size // MIB):
            part.write(bytes(MIB))
    return target


def test_a_backup_that_grows_without_measure_is_refused_and_nothing_is_unpacked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    bomb = packed(tmp_path / "bomb.zip", "history.db", 64 * MIB)
    assert bomb.stat().st_size < MIB
    monkeypatch.setattr("desktop.history.backup.copy_bounded", None)  # not a byte of it
    with pytest.raises(ImportRefused, match=r"would grow from .* to 64 MiB, as no honest archive does"):
        restore(tmp_path / "home", bomb)
    assert not (tmp_path / "home" / "restored.partial").exists()


def test_a_backup_that_is_larger_than_it_says_is_refused(tmp_path: Path) -> None:
    home, backup = tmp_path / "home", tmp_path / "all.zip"
    fill(home, KEY)
    backed_up(home, KEY, backup)
    content = bytearray(backup.read_bytes())
    entry = content.index(b"PK\x01\x02")
    content[entry + 24 : entry + 28] = (5000).to_bytes(4, "little")
    backup.write_bytes(content)
    with pytest.raises(ImportRefused):
        restore(tmp_path / "other", backup, key=KEY)


@pytest.mark.parametrize("raw", [True, False])
def test_a_backup_that_the_disk_cannot_hold_is_told_before_anything_is_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, raw: bool
) -> None:
    home, backup = tmp_path / "home", tmp_path / "all.zip"
    fill(home, KEY)
    backed_up(home, KEY, backup)
    if raw:
        shutil.copy(home / "history.db", backup)
    monkeypatch.setattr(shutil, "disk_usage", lambda _path: Usage(9 * MIB, 9 * MIB - 4096, 4096))
    with pytest.raises(HistoryFull):
        restore(home, backup, key=KEY)
    monkeypatch.undo()
    assert sorted(path.name for path in home.iterdir() if "partial" in path.name) == []
    assert titles(home, KEY) == ["Kept"]


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a file without end")
def test_a_file_without_end_is_no_backup(tmp_path: Path) -> None:
    with pytest.raises(ImportRefused, match="it is no file"):
        restore(tmp_path / "home", Path("/dev/zero"))


def test_an_export_that_grows_without_measure_is_refused(tmp_path: Path) -> None:
    bomb = packed(tmp_path / "bomb.zip", "conversations.json", 64 * MIB)
    with pytest.raises(ImportRefused, match="as no honest archive does"):
        read_file(bomb)


def test_an_export_that_repeats_itself_is_read(tmp_path: Path) -> None:
    """What people write is packed to a tenth; a table of zeros to a hundredth."""
    from tests.history.exchange.test_chatgpt import export

    with zipfile.ZipFile(tmp_path / "export.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("conversations.json", json.dumps(export()) + " " * 900_000)
    assert len(read_file(tmp_path / "export.zip").conversations) == 1


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="a file without end")
@pytest.mark.parametrize("name", ["zero.md", "zero.json"])
def test_a_file_without_end_is_not_imported(tmp_path: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(reading, "LARGEST", MIB)
    monkeypatch.setattr(reading, "LARGEST_TEXT", MIB)
    (tmp_path / name).symlink_to("/dev/zero")
    with pytest.raises(ImportRefused, match="1 MiB is the most that is read"):
        read_file(tmp_path / name)
