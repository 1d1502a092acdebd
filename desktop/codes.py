"""What a lower layer says to a user: a stable code and its values, which every surface words in its own language.

    DocumentReason.TOO_LARGE(mib=50) ──▶ Coded ──▶ str(): is larger than 50 MiB; give a part of it    terminal, logs
                                               └─▶ ui.widgets.error_messages.worded(): 超过 50 MiB…    the window

A `Code` is an enumeration: the name of a member is the code and never changes its meaning; its value is the English, in
one place, with the names of the values in braces, as `str.format` has it. The English may be reworded at any time: no
other language hangs on it, for catalogues know a text by its code (`packaging/translations.py`). A value is a fact (a
number, a name, a path), another `Coded`, or an OSError as the system raised it.
"""

import errno
import string
from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any


class Code(Enum):
    """The codes of one kind; called with its values, a member becomes a `Coded`."""

    value: str

    def __call__(self, **values: Any) -> "Coded":
        """Say it with these values. Raises TypeError where they are not those that its English names."""
        return Coded(self, values)

    @property
    def names(self) -> frozenset[str]:
        """The names of its values."""
        return names_in(self.value)


class Said(str):
    """What a code says, in any language."""

    __slots__ = ()

    def __format__(self, spec: str) -> str:
        """Stand inside another text; “lower” in the middle of a sentence."""
        return self.lower() if spec == "lower" else super().__format__(spec)


@dataclass(frozen=True, slots=True)
class Coded:
    """A code with its values; as text it is English."""

    code: Code
    values: Mapping[str, Any]

    def __post_init__(self) -> None:
        if self.values.keys() != self.code.names:
            raise TypeError(f"{self.code} takes {sorted(self.code.names)}, not {sorted(self.values)}")

    def __str__(self) -> str:
        return self.code.value.format(**self.values)

    def __format__(self, spec: str) -> str:
        """Stand inside another text, as `Said` does."""
        return format(Said(self), spec)


def to_plain(coded: Coded) -> dict[str, Any]:
    """Write it down for another process, as what JSON holds; values that are neither text nor a number as text."""
    values = {
        name: to_plain(one) if isinstance(one, Coded) else one if isinstance(one, int | float) else str(one)
        for name, one in coded.values.items()
    }
    return {"code": coded.code.name, "values": values}


def from_plain(plain: Any, kind: type[Code]) -> Coded:
    """Read what `to_plain` wrote of a code of this kind, whose values may be what the system answered.

    Raises:
        ValueError: it is none.
    """
    try:
        values = {
            name: from_plain(one, SystemReason) if isinstance(one, dict) and kind is not SystemReason else one
            for name, one in plain["values"].items()
        }
        coded = kind[plain["code"]](**values)
        str(coded)  # values of the wrong kind do not fit into the text
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"this is no {kind.__name__}") from error
    return coded


def names_in(text: str) -> frozenset[str]:
    """Give the names in the braces of a text: “{path.name}” and “{n:,}” are of path and n."""
    fields = (field for _, field, _, _ in string.Formatter().parse(text) if field)
    return frozenset(field.partition(".")[0] for field in fields)


class SystemReason(Code):
    """What the system answers about a file, without a full stop."""

    NO_SUCH_FILE = "No such file or directory"
    NOT_ALLOWED = "Permission denied"
    NOT_PERMITTED = "Operation not permitted"
    A_FOLDER = "Is a directory"
    NO_FOLDER = "Not a directory"
    NO_ROOM = "No space left on device"
    READ_ONLY = "Read-only file system"
    NAME_TOO_LONG = "File name too long"
    NO_ANSWER = "Input/output error"
    BUSY = "Device or resource busy"
    OTHER = "{text}"


_OF_ERRNO: Mapping[int, SystemReason] = {
    errno.ENOENT: SystemReason.NO_SUCH_FILE,
    errno.EACCES: SystemReason.NOT_ALLOWED,
    errno.EPERM: SystemReason.NOT_PERMITTED,
    errno.EISDIR: SystemReason.A_FOLDER,
    errno.ENOTDIR: SystemReason.NO_FOLDER,
    errno.ENOSPC: SystemReason.NO_ROOM,
    errno.EROFS: SystemReason.READ_ONLY,
    errno.ENAMETOOLONG: SystemReason.NAME_TOO_LONG,
    errno.EIO: SystemReason.NO_ANSWER,
    errno.EBUSY: SystemReason.BUSY,
}


def system_reason(error: OSError) -> Coded:
    """Say why the system refused something; what is rare in the system's own words."""
    code = _OF_ERRNO.get(error.errno or 0)
    return code() if code else SystemReason.OTHER(text=error.strerror or str(error))
