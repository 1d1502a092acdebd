r"""Equations of Word (Office Math, ECMA-376 part 1, 22.1) as LaTeX: \frac{a}{b}, x^{2}, \sqrt{x}.

Letters and signs stay as they are; what has a shape gets its command.
"""

from collections.abc import Callable

from desktop.documents.word_reading.package import Element, attribute, child, name_of

_BIG = {"∑": "\\sum", "∏": "\\prod", "∫": "\\int", "∬": "\\iint", "∭": "\\iiint", "∮": "\\oint", "⋃": "\\bigcup"}
_BIG |= {"⋂": "\\bigcap", "∐": "\\coprod", "⋁": "\\bigvee", "⋀": "\\bigwedge"}
_ACCENTS = {"\u0302": "\\hat", "\u0303": "\\tilde", "\u0304": "\\bar", "\u0305": "\\overline", "\u0307": "\\dot"}
_ACCENTS |= {"\u0308": "\\ddot", "\u20d7": "\\vec", "\u030c": "\\check", "\u0306": "\\breve", "\u0301": "\\acute"}
_FUNCTIONS = frozenset(
    {"sin", "cos", "tan", "cot", "sec", "csc", "arcsin", "arccos", "arctan", "sinh", "cosh", "tanh", "log", "ln", "exp"}
    | {"lim", "max", "min", "sup", "inf", "det", "dim", "ker", "arg", "gcd", "deg"}
)
_BRACES = {"{": "\\{", "}": "\\}", "‖": "\\|", "⌊": "\\lfloor ", "⌋": "\\rfloor", "⌈": "\\lceil ", "⌉": "\\rceil"}
_BRACES |= {"⟨": "\\langle ", "⟩": "\\rangle"}


def latex(element: Element) -> str:
    """Give an equation, m:oMath, without what surrounds it in Markdown."""
    return " ".join(_all(element).split())


def _all(element: Element | None) -> str:
    return "".join(_one(each) for each in element) if element is not None else ""


def _one(element: Element) -> str:
    name = name_of(element)
    if name in ("w:del", "w:moveFrom") or name.endswith("Pr"):
        return ""
    if name in ("m:t", "w:t"):
        return element.text or ""
    return _SHAPES.get(name, _all)(element)


def _part(element: Element, name: str) -> str:
    return _all(child(element, f"m:{name}")).strip()


def _property(element: Element, *names: str) -> str | None:
    return attribute(child(element, *(f"m:{name}" for name in names)))


def _fraction(element: Element) -> str:
    over, under = _part(element, "num"), _part(element, "den")
    kind = _property(element, "fPr", "type")
    if kind == "noBar":
        return f"\\binom{{{over}}}{{{under}}}"
    return f"{over}/{under}" if kind in ("lin", "skw") else f"\\frac{{{over}}}{{{under}}}"


def _root(element: Element) -> str:
    degree = _part(element, "deg")
    return f"\\sqrt{f'[{degree}]' if degree else ''}{{{_part(element, 'e')}}}"


def _scripts(element: Element) -> str:
    below, above = _part(element, "sub"), _part(element, "sup")
    base = _part(element, "e")
    marks = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
    if name_of(element) == "m:sPre":
        return f"{{}}{marks}{base}"
    return (base if len(base) <= 1 or base.isalnum() or base[0] == "\\" else f"{{{base}}}") + marks


def _big(element: Element) -> str:
    sign = _property(element, "naryPr", "chr") or "∫"
    below, above = _part(element, "sub"), _part(element, "sup")
    marks = (f"_{{{below}}}" if below else "") + (f"^{{{above}}}" if above else "")
    return f"{_BIG.get(sign, sign)}{marks} {_part(element, 'e')}"


def _delimited(element: Element) -> str:
    def sign(name: str, usual: str) -> str:
        found = child(element, "m:dPr", f"m:{name}")
        value = usual if found is None else attribute(found) or ""
        return _BRACES.get(value, value)

    separator = sign("sepChr", "|")
    inside = separator.join(_all(each).strip() for each in element if name_of(each) == "m:e")
    return f"{sign('begChr', '(')}{inside}{sign('endChr', ')')}"


def _function(element: Element) -> str:
    name = _part(element, "fName")
    word = f"\\{name}" if name in _FUNCTIONS else name
    return f"{word} {_part(element, 'e')}"


def _limit(element: Element) -> str:
    mark = "_" if name_of(element) == "m:limLow" else "^"
    base = _part(element, "e")
    word = f"\\{base}" if base in _FUNCTIONS else base
    return f"{word}{mark}{{{_part(element, 'lim')}}}"


def _accent(element: Element) -> str:
    command = _ACCENTS.get(_property(element, "accPr", "chr") or "\u0302", "\\hat")
    return f"{command}{{{_part(element, 'e')}}}"


def _bar(element: Element) -> str:
    command = "overline" if _property(element, "barPr", "pos") == "top" else "underline"
    return f"\\{command}{{{_part(element, 'e')}}}"


def _rows(element: Element) -> str:
    rows = [each for each in element if name_of(each) == "m:mr"]
    lines = [" & ".join(_all(cell).strip() for cell in row if name_of(cell) == "m:e") for row in rows]
    return "\\begin{matrix} " + " \\\\ ".join(lines) + " \\end{matrix}"


def _array(element: Element) -> str:
    lines = [_all(each).strip() for each in element if name_of(each) == "m:e"]
    return "\\begin{aligned} " + " \\\\ ".join(lines) + " \\end{aligned}"


_SHAPES: dict[str, Callable[[Element], str]] = {
    "m:f": _fraction,
    "m:rad": _root,
    "m:sSup": _scripts,
    "m:sSub": _scripts,
    "m:sSubSup": _scripts,
    "m:sPre": _scripts,
    "m:nary": _big,
    "m:d": _delimited,
    "m:func": _function,
    "m:limLow": _limit,
    "m:limUpp": _limit,
    "m:acc": _accent,
    "m:bar": _bar,
    "m:m": _rows,
    "m:eqArr": _array,
}
