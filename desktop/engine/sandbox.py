"""jinja2's sandbox, bounded: a template can neither reach anything nor go on or grow without end.

jinja2's own sandbox keeps a template from the machine, but not from `{% for %}` in `{% for %}` or `'a' * 10**9`. Python
code cannot be interrupted from outside, and a single operation of Python's not even from inside, so:

- All that takes time is a step of a `Budget`: turns of loops, calls, filters, tests, operators, comparisons. What
  jinja2 compiles without asking its environment (loops, lists, `~`, comparisons, slices) is first rewritten to ask.
- All that makes a value is asked before how long it gets, or is limited by the size of what it is made of. Only
  filters and methods of which that is known are there.
"""

import functools
import json
import re
import string
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from types import BuiltinMethodType, MethodType
from typing import Any

import jinja2
from jinja2 import nodes
from jinja2.exceptions import SecurityError
from jinja2.filters import FILTERS
from jinja2.runtime import BlockReference, Context, LoopContext, Macro
from jinja2.sandbox import ImmutableSandboxedEnvironment
from jinja2.utils import Cycler, Joiner, Namespace
from jinja2.visitor import NodeTransformer

from desktop.engine.budget import Budget, TooMuch

_LARGEST_ARGUMENT = 100_000  # of a filter or method: widths, counts
_WIDEST_INDENT = 8
_FILTERS = (
    *("abs", "attr", "capitalize", "count", "d", "default", "dictsort", "e", "escape", "first", "float", "groupby"),
    *("indent", "int", "items", "join", "last", "length", "list", "lower", "map", "max", "min", "reject", "rejectattr"),
    *("replace", "reverse", "round", "safe", "select", "selectattr", "sort", "string", "title", "trim", "truncate"),
    *("unique", "upper", "wordcount"),
)
_TEXT_METHODS = (
    *("capitalize", "casefold", "center", "count", "endswith", "find", "format", "index", "isalnum", "isalpha"),
    *("isascii", "isdecimal", "isdigit", "islower", "isnumeric", "isspace", "istitle", "isupper", "join", "ljust"),
    *("lower", "lstrip", "partition", "removeprefix", "removesuffix", "replace", "rfind", "rindex", "rjust"),
    *("rpartition", "rsplit", "rstrip", "split", "splitlines", "startswith", "strip", "swapcase", "title", "upper"),
    "zfill",
)
_METHODS: Mapping[type, frozenset[str]] = {
    str: frozenset(_TEXT_METHODS),
    dict: frozenset({"copy", "get", "items", "keys", "values"}),
    list: frozenset({"copy", "count", "index"}),
    tuple: frozenset({"count", "index", "grouper", "list"}),  # the latter of what `groupby` gives
}
# Python looks for these texts and letters in a time that is the product of both lengths.
_SLOW = frozenset({"rfind", "rindex", "rsplit", "rpartition", "strip", "lstrip", "rstrip"})
_LONGEST_SOUGHT = 100  # characters
_LONGEST_SEPARATOR = 8  # in JSON
_WIDEST_DIGITS = 4  # of a width or precision
_LONGEST_FLOAT = 330  # characters of a number in a format without a width: 1e308, its sign, point and digits
_VALUE_AS_WIDTH = re.compile(r"%[^%a-zA-Z]*\*")


class _Bounded:
    """A function that bounds what it makes; nothing of it is reached but the call."""

    def __init__(self, function: Callable[..., Any]) -> None:
        self._function = function

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        return self._function(*args, **kwargs)


class _Walk:
    """What a loop goes through, a step of the budget at each turn."""

    def __init__(self, budget: Budget, values: Iterable[Any]) -> None:
        self._budget, self._values = budget, values

    def __iter__(self) -> Iterator[Any]:
        for value in self._values:
            self._budget.step()
            yield value

    def __len__(self) -> int:
        return len(self._values)  # type: ignore[arg-type]  # TypeError where it has none, which jinja2 expects


class _Asking(NodeTransformer):
    """Has what jinja2 compiles by itself ask the environment."""

    def visit_For(self, node: nodes.For) -> nodes.Node:
        self.generic_visit(node)
        node.iter = _asked("walk", node.iter)
        return node

    def visit_Compare(self, node: nodes.Compare) -> nodes.Node:
        self.generic_visit(node)
        node.expr = _asked("stepped", node.expr)
        for operand in node.ops:
            operand.expr = _asked("stepped", operand.expr)
        return node

    def visit_Getitem(self, node: nodes.Getitem) -> nodes.Node:
        self.generic_visit(node)
        if isinstance(node.arg, nodes.Slice):
            node.node = _asked("stepped", node.node)
            return _asked("checked", node)
        return node

    def visit_Concat(self, node: nodes.Concat) -> nodes.Node:
        self.generic_visit(node)
        return _asked("joined", *node.nodes)

    def visit_List(self, node: nodes.List) -> nodes.Node:
        self.generic_visit(node)
        return _asked("checked", node)

    def visit_Dict(self, node: nodes.Dict) -> nodes.Node:
        self.generic_visit(node)
        return _asked("checked", node)

    def visit_Tuple(self, node: nodes.Tuple) -> nodes.Node:
        self.generic_visit(node)
        return _asked("checked", node) if node.ctx == "load" else node


def _asked(name: str, *arguments: nodes.Node) -> nodes.Call:
    line = arguments[0].lineno
    return nodes.Call(nodes.EnvironmentAttribute(name), list(arguments), [], None, None, lineno=line)


class BoundedEnvironment(ImmutableSandboxedEnvironment):
    """Compiles templates that run within a budget. Several threads may render at once.

    The public methods besides jinja2's are called by the compiled templates.
    """

    intercepted_binops = frozenset({"+", "-", "*", "/", "//", "**", "%"})

    def __init__(self, functions: Mapping[str, Callable[..., Any]], **options: Any) -> None:
        """Begin.

        Args:
            functions: what templates may call; each bounds what it makes.
            options: of jinja2's environment.
        """
        # Not optimized: constants are computed when a template runs, not when it is compiled.
        super().__init__(**options, optimized=False, autoescape=False, finalize=self._shown)
        self._running = threading.local()
        self.globals = {name: self.globals[name] for name in ("range", "dict", "namespace", "cycler", "joiner")}
        self._functions = tuple(self.globals.values())
        self.globals |= {name: _Bounded(function) for name, function in functions.items()}
        self.filters = {name: self._bounded(name, FILTERS[name]) for name in _FILTERS}
        self.filters |= {"sum": self._bounded("sum", _sum), "tojson": self._bounded("tojson", _to_json)}
        self.tests = {name: self._stepping(test) for name, test in self.tests.items()}

    @contextmanager
    def within(self, budget: Budget) -> Iterator[None]:
        """Have what this thread renders spend this."""
        self._running.budget = budget
        try:
            yield
        finally:
            del self._running.budget

    def _parse(self, source: str, name: str | None, filename: str | None) -> nodes.Template:
        tree = _Asking().visit(super()._parse(source, name, filename))
        return tree.set_environment(self)  # type: ignore[no-any-return]  # jinja2's visitor is not typed

    # What compiled templates ask.

    def walk(self, values: Iterable[Any]) -> _Walk:
        """Go through values, a step each."""
        return _Walk(self._budget, values)

    def stepped(self, value: Any) -> Any:
        """Give the value, after a step."""
        self._budget.step()
        return value

    def checked(self, value: Any) -> Any:
        """Give a new value, after looking how large it is."""
        self._budget.step()
        self._budget.made(value)
        return value

    def joined(self, *values: Any) -> str:
        """Write values one behind the other: `~`."""
        return self.concat(str(self._shown(value)) for value in values)

    def concat(self, parts: Iterable[str]) -> str:
        """Join what was written, as long as it fits."""
        length, kept = 0, []
        for part in parts:
            length += len(part)
            self._budget.fits(length)
            kept.append(part)
        return str(self.checked("".join(kept)))

    def _shown(self, value: Any) -> Any:
        self._budget.step()
        if not isinstance(value, str):
            self._budget.weigh(value)
        return value

    # What jinja2's sandbox asks.

    def call_binop(self, context: Context, operator: str, left: Any, right: Any) -> Any:
        """Compute, where the result fits."""
        self._budget.step()
        if operator == "%" and isinstance(left, str):
            self._check_percents(left, right)
        elif operator == "+" and hasattr(left, "__len__") and hasattr(right, "__len__"):
            self._budget.fits(len(left) + len(right))
        elif operator == "*":
            for one, other in ((left, right), (right, left)):
                if hasattr(one, "__len__") and isinstance(other, int):
                    self._budget.fits(len(one) * other)
        elif operator == "**" and isinstance(left, int) and isinstance(right, int):
            self._budget.weigh(1 << min(max(left.bit_length() * right, 0), 1 << 16))
        return self.checked(super().call_binop(context, operator, left, right))

    def call(self, context: Context, called: Any, *args: Any, **kwargs: Any) -> Any:
        """Call what may be called, where arguments and result fit."""
        if isinstance(called, MethodType) and called.__self__ is self:
            return called(*args)  # one of those above
        budget = self._budget
        budget.step()
        own = (Macro, BlockReference, LoopContext, Namespace, Cycler, Joiner)  # of jinja2
        budget.weigh(*(each for each in (*args, *kwargs.values()) if not isinstance(each, own)))
        target = getattr(called, "__self__", None)
        if isinstance(called, LoopContext) and args:
            args = (self.walk(args[0]), *args[1:])
        elif isinstance(called, BuiltinMethodType) and isinstance(target, str | dict | list | tuple):
            self._check_method(target, called.__name__, (*args, *kwargs.values()))
        elif called in (dict, Namespace) and not all(isinstance(each, dict) for each in args):
            raise TooMuch("it makes a table of a list")  # whose keys may all have the same hash
        elif not (
            isinstance(called, (_Bounded, jinja2.Undefined, *own))
            or isinstance(target, own)
            or called in self._functions
        ):
            raise SecurityError(f"a {type(called).__name__} cannot be called")
        result = super().call(context, called, *args, **kwargs)
        return result if isinstance(result, own) else self.checked(result)

    def getitem(self, obj: Any, argument: Any) -> Any:
        """Give an entry, after a step: filters ask for as many as the name of an attribute has parts."""
        self._budget.step()
        return super().getitem(obj, argument)

    def getattr(self, obj: Any, attribute: str) -> Any:
        """Give an attribute, after a step."""
        self._budget.step()
        return super().getattr(obj, attribute)

    def is_safe_attribute(self, obj: Any, attr: str, value: Any) -> bool:
        """Allow methods of plain values of which it is known what they make, and what jinja2's own objects have."""
        for kind, names in _METHODS.items():
            if isinstance(obj, kind):
                return attr in names
        known = isinstance(obj, Macro | BlockReference | LoopContext | Namespace | Cycler | Joiner | jinja2.Undefined)
        return known and super().is_safe_attribute(obj, attr, value)

    def wrap_str_format(self, value: Any) -> Callable[..., str] | None:
        """Bound `format` of texts; `format_map` is left out."""
        wrapped = super().wrap_str_format(value)
        if wrapped is None or value.__name__ != "format":
            return None

        def bounded(*args: Any, **kwargs: Any) -> str:
            self._check_fields(value.__self__, [*args, *kwargs.values()])
            return wrapped(*args, **kwargs)

        return _Bounded(bounded)

    @property
    def _budget(self) -> Budget:
        budget: Budget = self._running.budget
        return budget

    def _check_method(self, target: Any, name: str, args: tuple[Any, ...]) -> None:
        _check_numbers(args)
        if isinstance(target, str) and name == "join" and args:
            self._check_join(args[0], target)
        elif isinstance(target, str) and name == "replace":
            self._check_replace(target, *args)
        elif name in _SLOW and args:
            _check_sought(args[0])

    # Arguments are called as those of jinja2's filters, which take any value for a text.

    def _check_join(self, value: Any, d: Any = "", attribute: object = None) -> None:  # noqa: ARG002
        self._budget.fits(self._budget.weigh(value) + len(value) * len(str(d)))

    def _check_replace(self, s: Any, old: Any, new: Any, count: object = None) -> None:  # noqa: ARG002
        text = str(s)
        self._budget.fits(len(text) + text.count(str(old)) * len(str(new)))

    def _check_indent(self, s: str, width: int | str = 4, first: object = None, blank: object = None) -> None:  # noqa: ARG002
        self._budget.fits(len(s) + len(s.splitlines()) * (len(width) if isinstance(width, str) else width))

    def _check_trim(self, value: object, chars: Any = None) -> None:  # noqa: ARG002
        _check_sought(chars)

    def _check_percents(self, pattern: str, values: Any) -> None:
        if _VALUE_AS_WIDTH.search(pattern):
            raise TooMuch("it makes too wide a text")
        each = self._budget.weigh(values) + _LONGEST_FLOAT
        self._budget.fits(len(pattern) + pattern.count("%") * each + _widths(pattern))

    def _check_fields(self, pattern: str, values: list[Any]) -> None:
        weight, length = self._budget.weigh(values), len(pattern)
        for _, name, form, _ in string.Formatter().parse(pattern):
            self._budget.step()
            if form and "{" in form:
                raise TooMuch("it makes too wide a text")
            if name is not None:
                length += weight
            if form:
                length += _LONGEST_FLOAT + _widths(form)
            self._budget.fits(length)

    def _bounded(self, name: str, make: Any) -> Callable[..., Any]:
        """Give a filter that bounds what it makes; jinja2 passes it what it passes `make`."""
        passed = hasattr(make, "jinja_pass_arg")  # its first argument is jinja2's own
        checks: dict[str, Callable[..., None]] = {
            "join": self._check_join,
            "replace": self._check_replace,
            "indent": self._check_indent,
            "trim": self._check_trim,
        }
        check = checks.get(name)

        @functools.wraps(make)
        def bounded(*args: Any, **kwargs: Any) -> Any:
            plain = args[1:] if passed else args
            self._budget.step()
            self._budget.weigh(*plain, *kwargs.values())
            _check_numbers((*plain[1:], *kwargs.values()))
            if check is not None:
                check(*plain, **kwargs)
            result = make(*args, **kwargs)
            return self.checked(list(self.walk(result)) if hasattr(result, "__next__") else result)

        return bounded

    def _stepping(self, test: Any) -> Callable[..., Any]:
        @functools.wraps(test)
        def stepping(*args: Any, **kwargs: Any) -> Any:
            self._budget.step()
            return test(*args, **kwargs)

        return stepping


def _check_numbers(arguments: Iterable[Any]) -> None:
    if any(isinstance(each, int) and abs(each) > _LARGEST_ARGUMENT for each in arguments):
        raise TooMuch("it wants too large a number of something")


def _check_sought(sought: object) -> None:
    if isinstance(sought, str) and len(sought) > _LONGEST_SOUGHT:
        raise TooMuch("it looks for too long a text")


def _widths(form: str) -> int:
    """Add up all that may be a width or a precision."""
    numbers = re.findall(r"\d+", form)
    if any(len(number) > _WIDEST_DIGITS for number in numbers):
        raise TooMuch("it makes too wide a text")
    return sum(map(int, numbers))


def _sum(values: Iterable[Any], start: float = 0) -> float:
    """Add numbers; lists would be copied again at each step."""
    total = start
    for value in values:
        if not isinstance(value, int | float):
            raise TypeError("only numbers can be added up")
        total += value
    return total


def _to_json(
    value: Any, ensure_ascii: bool = False, indent: int | None = None, separators: Any = None, sort_keys: bool = False
) -> str:
    """Write JSON, as transformers has templates do, and not for a page of HTML as jinja2."""
    if indent is not None and not (isinstance(indent, int) and 0 <= indent <= _WIDEST_INDENT):
        raise TooMuch("it indents too far")
    if any(len(each) > _LONGEST_SEPARATOR for each in separators or ()):
        raise TooMuch("it puts too long a text between values")
    return json.dumps(value, ensure_ascii=ensure_ascii, indent=indent, separators=separators, sort_keys=sort_keys)
