"""Names of files that come from elsewhere: a manifest's, an archive's, an id that names a folder or a file.

Whoever reads such a name asks here before a path is made of it. A name is bare when joining it to a folder gives a path
in that very folder on Linux, macOS and Windows alike, so a folder that was made on one can be used on the others.
"""

from typing import TypeGuard

_LONGEST = 255  # bytes in UTF-8, of one name, on every file system in use
_ROOM = 32  # bytes that are left for what is put around it, such as ".partial"
_FORBIDDEN = frozenset('/\\:*?"<>|\x7f') | {chr(code) for code in range(32)}
# Microsoft, "Naming Files, Paths, and Namespaces": devices, whatever comes behind the first dot.
_DEVICES = frozenset(
    ["con", "prn", "aux", "nul", "conin$", "conout$"]
    + [f"{port}{number}" for port in ("com", "lpt") for number in "123456789¹²³"]
)


def is_bare_name(name: object) -> TypeGuard[str]:
    """Tell whether this is text that names a file or folder, and nothing outside the folder it is joined to."""
    if not isinstance(name, str) or not name or name[-1] in ". " or not _FORBIDDEN.isdisjoint(name):
        return False
    try:
        short = len(name.encode("utf-8")) <= _LONGEST
    except UnicodeEncodeError:  # half a surrogate pair
        return False
    return short and name.partition(".")[0].rstrip(" ").lower() not in _DEVICES


def is_id_of_folder(name: object) -> TypeGuard[str]:
    """Tell whether this can name a folder that is not hidden, beside hidden ones of its name, and an argument."""
    return is_bare_name(name) and name[0] not in ".-" and len(name.encode("utf-8")) <= _LONGEST - _ROOM


def is_inner_path(path: object) -> TypeGuard[str]:
    """Tell whether this is the path of a file inside an archive: bare names with slashes between them."""
    return isinstance(path, str) and all(is_bare_name(part) for part in path.split("/"))
