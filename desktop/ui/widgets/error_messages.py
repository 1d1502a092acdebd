"""What a lower layer says, in the language of the window: errors, progress, reasons, devices.

A lower layer says a code and values (`desktop.codes`, `desktop.errors`). Here the catalogue of the language is asked
for the code, and the values are put into what it gives:

    Coded            context: the class of the code   source: its name                NOT_TEXT
    InkstoneError    context: InkstoneError           source: the name of its class   WrongKey

English needs no catalogue: it stands beside the code, and so it is what is shown where a catalogue knows nothing. The
catalogues hold every code there is, for `packaging/translations.py` reads them out of the source, and a test fails on
one that is not translated. No English sentence is ever looked into.
"""

from collections.abc import Mapping
from typing import Any

from PySide6.QtCore import QCoreApplication

from desktop.codes import Coded, Said, system_reason
from desktop.errors import InkstoneError


def localised(error: InkstoneError) -> str:
    """Say a failure in the language of the window."""
    if error.coded is not None:
        return worded(error.coded)
    name = type(error).__name__
    text = QCoreApplication.translate(InkstoneError.__name__, name)
    return str(error) if text == name else text.format(**_values(vars(error)))


def worded(coded: Coded) -> str:
    """Say what a code and its values mean in the language of the window."""
    code = coded.code
    text = QCoreApplication.translate(type(code).__name__, code.name)
    return (code.value if text == code.name else text).format(**_values(coded.values))


def _values(values: Mapping[str, Any]) -> dict[str, Any]:
    return {name: _value(one) for name, one in values.items()}


def _value(value: Any) -> Any:
    match value:
        case Coded():
            return Said(worded(value))
        case InkstoneError():
            return Said(localised(value))
        case OSError():
            return Said(worded(system_reason(value)))
        case _:
            return value
