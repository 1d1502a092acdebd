"""The parts of a Word file and how they refer to each other (Open Packaging Conventions, ECMA-376 part 2)."""

import functools
import io
import posixpath
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, TypeAlias
from urllib.parse import unquote

from lxml import etree

Element: TypeAlias = Any  # of lxml, which ships no types

_LARGEST_UNPACKED = 200 * 2**20  # bytes of all parts: some files are made to burst
# Namespaces, those of the strict variant too -> the prefix that this reader knows them by.
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_REFERENCE = (
    "http://schemas.openxmlformats.org/officeDocument/2006/relationships",
    "http://purl.oclc.org/ooxml/officeDocument/relationships",
)
_PREFIXES = {
    _WORD: "w",
    _STRICT_WORD: "w",
    "http://schemas.openxmlformats.org/markup-compatibility/2006": "mc",
    "http://schemas.openxmlformats.org/officeDocument/2006/math": "m",
    "http://purl.oclc.org/ooxml/officeDocument/math": "m",
    "http://schemas.openxmlformats.org/drawingml/2006/main": "a",
    "http://purl.oclc.org/ooxml/drawingml/main": "a",
    "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing": "wp",
    "http://purl.oclc.org/ooxml/drawingml/wordprocessingDrawing": "wp",
    "http://schemas.openxmlformats.org/drawingml/2006/picture": "pic",
    "http://purl.oclc.org/ooxml/drawingml/picture": "pic",
    "http://schemas.openxmlformats.org/drawingml/2006/diagram": "dgm",
    "http://purl.oclc.org/ooxml/drawingml/diagram": "dgm",
    "http://schemas.openxmlformats.org/drawingml/2006/chart": "c",
    "http://purl.oclc.org/ooxml/drawingml/chart": "c",
    "http://schemas.microsoft.com/office/word/2010/wordml": "w14",
    "urn:schemas-microsoft-com:vml": "v",
}


class TooLargeUnpacked(ValueError):
    """The parts of a file take more room than those of any letter."""


@dataclass(frozen=True, slots=True)
class Relationship:
    """What a part refers to.

    Attributes:
        kind: the last word of its type: header, footnotes, image.
        target: the name of a part, or an address outside.
        external: whether it is outside.
    """

    kind: str
    target: str
    external: bool


class Package:
    """The parts of one file.

    Attributes:
        main: the name of the part with the document.
    """

    def __init__(self, data: bytes) -> None:
        """Look at a file.

        Raises:
            zipfile.BadZipFile, KeyError: it is no such package.
            TooLargeUnpacked: it is made to burst.
        """
        self._archive = zipfile.ZipFile(io.BytesIO(data))
        if sum(part.file_size for part in self._archive.infolist()) > _LARGEST_UNPACKED:
            raise TooLargeUnpacked("its parts are too large")
        self._names = {name.replace("\\", "/").lstrip("/").lower(): name for name in self._archive.namelist()}
        self._related: dict[str, Mapping[str, Relationship]] = {}
        found = [
            each for each in self.related("").values() if each.kind == "officeDocument" and self.holds(each.target)
        ]
        self.main = found[0].target if found else "word/document.xml"
        if not self.holds(self.main):
            raise KeyError(self.main)

    def holds(self, name: str) -> bool:
        """Tell whether there is a part of this name; capitals do not count."""
        return name.lower() in self._names

    def read(self, name: str) -> bytes:
        """Give the bytes of a part. Raises KeyError, zipfile.BadZipFile."""
        return self._archive.read(self._names[name.lower()])

    def root(self, name: str) -> Element:
        """Give the root of a part of XML; nothing outside it is loaded. Raises KeyError, lxml.etree.LxmlError."""
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=True)
        return etree.fromstring(self.read(name), parser)

    def related(self, name: str) -> Mapping[str, Relationship]:
        """Give what a part refers to, by id; "" is the package itself."""
        if name not in self._related:
            folder, _, file = name.rpartition("/")
            where = posixpath.join(folder, "_rels", f"{file}.rels")
            found = self.root(where) if self.holds(where) else ()
            self._related[name] = {
                str(each.get("Id")): _relationship(each, folder) for each in found if isinstance(each.tag, str)
            }
        return self._related[name]

    def part_of_kind(self, kind: str) -> str | None:
        """Give the name of the part that the document refers to as this: styles, numbering, footnotes."""
        for each in self.related(self.main).values():
            if each.kind == kind and not each.external and self.holds(each.target):
                return each.target
        return None


def _relationship(element: Element, folder: str) -> Relationship:
    target, external = unquote(str(element.get("Target", ""))), element.get("TargetMode") == "External"
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target.replace("\\", "/"))).lstrip("/")
    return Relationship(str(element.get("Type", "")).rpartition("/")[2], target, external)


@functools.lru_cache(maxsize=4096)
def _short(tag: str) -> str:
    namespace, _, name = tag[1:].partition("}")
    return f"{_PREFIXES.get(namespace, '?')}:{name}"


def name_of(element: Element) -> str:
    """Give the name of an element with the usual prefix: w:p; "" of a comment or an instruction."""
    return _short(element.tag) if isinstance(element.tag, str) else ""


def child(element: Element | None, *names: str) -> Element | None:
    """Give the element that a path of names leads to, each the first of its name; None where it ends before."""
    for name in names:
        if element is None:
            return None
        element = next((each for each in element if name_of(each) == name), None)
    return element


def attribute(element: Element | None, name: str = "val") -> str | None:
    """Give an attribute of WordprocessingML (w:val, w:fldCharType), or of one without a namespace."""
    if element is None:
        return None
    for key in (f"{{{_WORD}}}{name}", f"{{{_STRICT_WORD}}}{name}", name):
        if (value := element.get(key)) is not None:
            return str(value)
    for key, value in element.attrib.items():  # w14:val, m:val
        if str(key).endswith(f"}}{name}"):
            return str(value)
    return None


def number(element: Element | None, name: str = "val") -> int | None:
    """Give an attribute as a whole number; None: it is missing, or none."""
    try:
        return int(attribute(element, name) or "")
    except ValueError:
        return None


def reference(element: Element, name: str = "id") -> str:
    """Give an attribute that names a relationship: r:id."""
    return next((str(value) for space in _REFERENCE if (value := element.get(f"{{{space}}}{name}")) is not None), "")


def is_on(element: Element | None) -> bool:
    """Tell whether a switch is there and on: <w:vanish/>, but not <w:vanish w:val="0"/>."""
    return element is not None and attribute(element) not in ("0", "false", "off")
