"""Names from elsewhere: those that stay in their folder on every system pass, and no others."""

from pathlib import PurePosixPath, PureWindowsPath

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from desktop.files.names import is_bare_name, is_id_of_folder, is_inner_path

FOLDERS = (PurePosixPath("/home/models"), PureWindowsPath("C:/models"))
OUTSIDE = [
    *("", ".", "..", "...", " ", "a.", "a ", "../manifest.toml", "a/b", "a\\b", "/etc/passwd", "\\\\server\\share"),
    *("C:", "C:evil", "C:\\evil", "a:stream", "a*", "a?", "a|b", "<a>", 'a"', "a\0b", "a\nb", "a\x7f", "a\ud800"),
    *("con", "CON", "nul.txt", "NUL .txt", "com1", "LPT9.onnx", "com¹", "conin$", "a" * 256, "砚" * 86),
]
PIECES = st.sampled_from(
    ["..", ".", "/", "\\", ":", "C:", "\0", "con", "nul", "lpt1", " ", "a", "砚", ".onnx", "$", "\ud800"]
)
NAMES = st.lists(PIECES, max_size=6).map("".join) | st.text(max_size=300)


@pytest.mark.parametrize("name", OUTSIDE)
def test_a_name_that_leaves_its_folder_or_cannot_be_one_is_refused(name: str) -> None:
    assert not is_bare_name(name)
    assert not is_id_of_folder(name)
    assert not is_inner_path(f"folder/{name}/file") or name == "a/b"  # which is an inner path itself


@pytest.mark.parametrize(
    "name", ["model.onnx", "model.onnx.data", "砚.toml", "console", "com10", "a b", ".hidden", "-a", "a..b"]
)
def test_an_ordinary_name_passes(name: str) -> None:
    assert is_bare_name(name)
    assert is_inner_path(name)
    assert is_inner_path(f"folder/{name}")


@given(NAMES)
@example("C:evil")
@example("a:b")
def test_a_bare_name_joined_to_a_folder_is_a_file_in_that_folder(name: str) -> None:
    if is_bare_name(name):
        for folder in FOLDERS:
            path = folder / name
            assert path.parent == folder
            assert path.name == name
        assert name == name.rstrip(". ")
        assert name.split(".")[0].rstrip().lower() not in ("con", "prn", "aux", "nul", "com1", "lpt1")
        assert not set(name) & {chr(code) for code in range(32)}
        assert 1 <= len(name.encode()) <= 255


@given(NAMES)
def test_an_inner_path_stays_below_the_folder_it_is_joined_to(path: str) -> None:
    if is_inner_path(path):
        for folder in FOLDERS:
            assert folder in (folder / path).parents
            assert ".." not in (folder / path).parts


@given(NAMES)
def test_an_id_names_a_folder_that_is_seen_and_has_room_for_what_is_put_around_it(name: str) -> None:
    if is_id_of_folder(name):
        assert not name.startswith((".", "-"))
        assert is_bare_name(f".{name}-cuda.previous")


@pytest.mark.parametrize("name", [None, 3, True, ["a"], b"a"])
def test_what_is_no_text_names_nothing(name: object) -> None:
    assert not is_bare_name(name)
    assert not is_inner_path(name)
