"""What is wrong with a document in the user's language, from the English reason of the error."""

import re

from PySide6.QtCore import QCoreApplication

from desktop.errors import DocumentError


def document_error(error: DocumentError) -> str:
    """Tell a failure in the language of the window; one without a translation in English."""
    for pattern, told_so in (_of_writing() | _of_reading() | _of_the_process()).items():
        if found := re.fullmatch(pattern, error.reason):
            facts = {name: _system_told(fact) if name == "why" else fact for name, fact in found.groupdict().items()}
            return told_so.format(name=error.path.name, **facts)
    return str(error)


def _of_writing() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        r"cannot be written: no font on this machine has the characters (?P<letters>.+); install .+": translate(
            "Failure", "{name} cannot be written: no font on this machine has {letters}; install a font that does."
        ),
        r"cannot be written: it holds characters that no font on this machine has": translate(
            "Failure", "{name} cannot be written: it holds characters that no font on this machine has."
        ),
        r"cannot be written: its name must end in (?P<endings>.+)": translate(
            "Failure", "{name} cannot be written: its name must end in {endings}."
        ),
        r"cannot be written \((?P<why>.+)\)": translate("Failure", "{name} cannot be written: {why}"),
    }


def _of_reading() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        r"cannot be read: Inkstone reads .+": translate(
            "Failure", "{name} cannot be read: Inkstone reads .docx, .pdf, .html and any kind of plain text."
        ),
        r"is larger than (?P<mib>\d+) MiB; give a part of it": translate(
            "Failure", "{name} is larger than {mib} MiB; give a part of it."
        ),
        r"cannot be read \((?P<why>.+)\)": translate("Failure", "{name} cannot be read: {why}"),
        r"is not text": translate("Failure", "{name} is not text."),
        r"holds no text": translate("Failure", "{name} holds no text."),
        r"holds no text, only pictures; scanned pages cannot be read": translate(
            "Failure", "{name} holds no text, only pictures; scanned pages cannot be read."
        ),
        r"is protected by a password; save a copy without one": translate(
            "Failure", "{name} is protected by a password; save a copy without one."
        ),
        r"is damaged, or no PDF file": translate("Failure", "{name} is damaged, or no PDF file."),
        r"is damaged, protected by a password, or no Word document": translate(
            "Failure", "{name} is damaged, protected by a password, or no Word document."
        ),
        r"unpacks to more than any letter holds; it was not opened": translate(
            "Failure", "{name} unpacks to more than any letter holds; it was not opened."
        ),
        r"holds more than (?P<n>[\d,]+) characters of text; give a part of it": translate(
            "Failure", "{name} holds more than {n} characters of text; give a part of it."
        ),
        r"is nested too deeply to be read": translate("Failure", "{name} is nested too deeply to be read."),
    }


def _of_the_process() -> dict[str, str]:
    translate = QCoreApplication.translate
    return {
        r"cannot be read: it is damaged, or needs too much memory": translate(
            "Failure", "{name} cannot be read: it is damaged, or needs too much memory."
        ),
        r"was not read: it was stopped": translate("Failure", "{name} was not read: it was stopped."),
        r"could not be opened in time": translate("Failure", "{name} could not be opened in time; try again."),
        r"takes too long to read; it was given up": translate(
            "Failure", "{name} takes too long to read; it was given up."
        ),
        r"needs too much memory to be read; it was given up": translate(
            "Failure", "{name} needs too much memory to be read; it was given up."
        ),
    }


def _system_told(why: str) -> str:
    """Say in the user's language what the system said of a file; what is rare as the system says it."""
    translate = QCoreApplication.translate
    known = {
        "No such file or directory": translate("Failure", "there is no such file or folder"),
        "Permission denied": translate("Failure", "this is not allowed"),
        "Is a directory": translate("Failure", "this is a folder"),
        "No space left on device": translate("Failure", "the disk is full"),
        "Read-only file system": translate("Failure", "this disk can only be read"),
        "File name too long": translate("Failure", "the name is too long"),
        "Input/output error": translate("Failure", "the disk does not answer"),
    }
    return known.get(why, why)
