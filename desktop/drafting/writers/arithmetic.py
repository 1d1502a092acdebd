"""Re-checks the arithmetic in a text with an evaluator of its own: numbers and + - × ÷ ^ only, nothing is executed."""

import ast
import re
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

_NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?"
_TERM = rf"[-+−]?\s*\(*\s*[-+−]?\s*[$€£¥]?\s*{_NUMBER}\s*%?\s*\)*"
_EQUATION = re.compile(
    rf"(?<![\w.)^/*+\-=×÷·−%$€£¥])(?P<left>{_TERM}(?:\s*(?:[-+*/×÷^·−xX]|\*\*)\s*{_TERM})+)\s*[=＝]\s*"
    rf"(?P<unit>[$€£¥])?\s*(?P<right>[-−]?\s*{_NUMBER}(?:\s*/\s*{_NUMBER})?)(?P<percent>\s*%)?(?!\s*[-+*/×÷^(\d]|\w*[a-zA-Z]\w*\s*=)"
)
_PERCENT_ADDED = re.compile(rf"[-+−]\s*{_NUMBER}\s*%")
_LARGEST_POWER, _LONGEST = 64, 200


@dataclass(frozen=True, slots=True)
class WrongSum:
    """An equation that does not hold.

    Attributes:
        written: as it stands in the text.
        start: where in the text.
        correct: what the left side is.
    """

    written: str
    start: int
    correct: str


def wrong_sums(text: str) -> list[WrongSum]:
    """Find the equations of a text whose two sides differ."""
    wrong = []
    for found in _EQUATION.finditer(text):
        if _PERCENT_ADDED.search(found["left"]):
            continue  # 50 + 25 % may be 50.25 or 62.5
        try:
            left = evaluate(found["left"])
            right = evaluate(found["right"])
        except ValueError:
            continue
        if found["percent"]:
            right = right / 100 if abs(left) < abs(right) / 2 else right
        if not _close(left, right, found["right"]):
            wrong.append(WrongSum(found[0].strip(), found.start(), _shown(left)))
    return wrong


def mark_wrong_sums(text: str, note: str = "⚠ the sum is {correct}") -> str:
    """Write behind each wrong equation what is right."""
    for sum_ in reversed(wrong_sums(text)):
        end = sum_.start + text[sum_.start :].index(sum_.written) + len(sum_.written)
        text = f"{text[:end]} ({note.format(correct=sum_.correct)}){text[end:]}"
    return text


def evaluate(expression: str) -> Fraction:
    """Give the value of an expression of numbers and + - * / ^ ( ) %, exactly.

    Raises:
        ValueError: it is something else, too long, or has no value.
    """
    if len(expression) > _LONGEST:
        raise ValueError("too long")
    plain = re.sub("[,$€£¥]", "", expression).replace("^", "**")
    plain = re.sub(r"[×xX·]", "*", plain).replace("÷", "/").replace("−", "-")
    plain = re.sub(r"(\d+(?:\.\d+)?)\s*%", r"(\1/100)", plain)
    plain = re.sub(r"(?<![\d.])0+(?=\d)", "", plain)  # 007, not the zero of 0.05
    try:
        tree = ast.parse(plain.strip(), mode="eval")
        return _value(tree.body)
    except (SyntaxError, ZeroDivisionError, RecursionError, MemoryError) as error:
        raise ValueError(str(error)) from error


def _value(node: ast.expr) -> Fraction:
    if isinstance(node, ast.Constant) and type(node.value) in (int, float):
        return Fraction(str(node.value))
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub | ast.UAdd):
        value = _value(node.operand)
        return -value if isinstance(node.op, ast.USub) else value
    if isinstance(node, ast.BinOp):
        left, right = _value(node.left), _value(node.right)
        if isinstance(node.op, ast.Pow):
            return _power(left, right)
        if operation := _OPERATIONS.get(type(node.op)):
            return operation(left, right)
    raise ValueError("not arithmetic")


_OPERATIONS: dict[type, Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: lambda left, right: left + right,
    ast.Sub: lambda left, right: left - right,
    ast.Mult: lambda left, right: left * right,
    ast.Div: lambda left, right: left / right,
}


def _power(base: Fraction, exponent: Fraction) -> Fraction:
    if exponent.denominator != 1 or abs(exponent) > _LARGEST_POWER or abs(base) > 10**6:
        raise ValueError("too large a power")
    return base ** int(exponent)


def _close(left: Fraction, right: Fraction, written: str) -> bool:
    """Equal, or equal after rounding to the digits that were written."""
    if left == right:
        return True
    decimals = len(written.partition(".")[2].rstrip()) if "." in written else 0
    if not decimals and left.denominator != 1:
        return abs(left - right) <= Fraction(1, 2)
    return bool(decimals) and abs(left - right) <= Fraction(1, 2) / 10**decimals


def _shown(value: Fraction) -> str:
    if value.denominator == 1:
        return f"{value.numerator:,}" if abs(value) >= 10000 else str(value.numerator)
    return f"{float(value):.6g}"
