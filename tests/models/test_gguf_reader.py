"""The quick reader against the one of the `gguf` package."""

from pathlib import Path
from typing import Any

import gguf
import pytest

from desktop.models.gguf_reader import QuickReader

LISTS: dict[str, list[Any]] = {
    "strings": ["", "a", "砚", "a long one " * 40],
    "integers": [1, -2, 3],
    "floats": [0.5, -1.25],
    "bools": [True, False],
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    writer = gguf.GGUFWriter(tmp_path / "lists.gguf", "llama")
    for name, values in LISTS.items():
        writer.add_array(name, values)
    writer.add_string("last", "behind the lists")
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.close()
    return tmp_path / "lists.gguf"


def test_every_value_is_the_package_s(path: Path) -> None:
    quick, slow = QuickReader(path), gguf.GGUFReader(path)
    assert {name: field.contents() for name, field in quick.fields.items()} == {
        name: field.contents() for name, field in slow.fields.items()
    }
    for name, values in LISTS.items():
        assert quick.fields[name].contents() == values


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("count", [2**40, 2**63])
def test_a_list_longer_than_the_file_is_refused(path: Path, name: str, count: int) -> None:
    data = bytearray(path.read_bytes())
    length = data.index(name.encode()) + len(name) + 4 + 4  # behind the name, the kind of value and that of its items
    data[length : length + 8] = count.to_bytes(8, "little")
    path.write_bytes(data)
    with pytest.raises((ValueError, OverflowError)):
        QuickReader(path)


def test_a_string_longer_than_the_file_is_refused(path: Path) -> None:
    data = bytearray(path.read_bytes())
    length = data.index("砚".encode()) - 8
    data[length : length + 8] = (2**40).to_bytes(8, "little")
    path.write_bytes(data)
    with pytest.raises(ValueError, match="longer than the file"):
        QuickReader(path)
