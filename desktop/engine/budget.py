"""How much a chat template may do: steps, time, and the size of what it makes."""

from collections.abc import Callable, ItemsView, KeysView, ValuesView

from jinja2 import Undefined

_SECONDS = 5.0
_STEPS = 300_000
_SIZE = 1_000_000  # of one value; a token is some four characters, and no context is longer than 131,072 tokens
_PER_CHARACTER = 4  # so much more for each character of the conversation: it may be quoted, escaped, or indented
_MADE = 64  # so many times the size of one value may be made in all
_ENTRY, _LIST, _TABLE = 4, 16, 64  # what lists and tables weigh besides what is in them; a unit is 8 bytes at most
_DEEPEST = 32  # lists in lists
_BITS = 4096  # of a whole number


class RenderingStopped(Exception):
    """The conversation was stopped while its prompt was being written."""


class TooMuch(Exception):
    """The template goes beyond what it may do."""


class Budget:
    """What one rendering may spend. Used on one thread."""

    def __init__(self, characters: int, stopped: Callable[[], bool], clock: Callable[[], float]) -> None:
        """Begin.

        Args:
            characters: length of the conversation.
            stopped: asked at each step.
            clock: in seconds.
        """
        self._stopped, self._clock = stopped, clock
        self._end = clock() + _SECONDS
        self.size = _SIZE + _PER_CHARACTER * characters
        self._steps, self._made = _STEPS + characters, _MADE * self.size

    def step(self) -> None:
        """Count a turn of a loop, a call, an operation.

        Raises:
            RenderingStopped: nobody wants the prompt any more.
            TooMuch: there were too many, or it takes too long.
        """
        self._steps -= 1
        if self._stopped():
            raise RenderingStopped
        if self._steps < 0 or self._clock() > self._end:
            raise TooMuch("it takes too long")

    def fits(self, size: int) -> None:
        """Refuse what would be larger than a value may be. Raises TooMuch."""
        if size > self.size:
            raise TooMuch("it makes too long a text")

    def made(self, value: object) -> None:
        """Count a new value. Raises TooMuch."""
        self._made -= self.weigh(value)
        if self._made < 0:
            raise TooMuch("it makes too many texts")

    def weigh(self, *values: object) -> int:
        """Give the weight of plain values: of a text its characters, of a list what is in it, as often as it is.

        A value is kept in memory, printed, compared and copied in proportion to its weight.

        Raises:
            TooMuch: they are too large, nested too deep, or hold what is not plain and can be anything.
        """
        weight = 0
        waiting: list[tuple[object, int]] = [(value, 0) for value in values]
        while waiting:
            value, depth = waiting.pop()
            weight += 1
            if isinstance(value, str):
                weight += len(value)
            elif isinstance(value, range):
                self.fits((_ENTRY + max(map(_digits, (value.start, value.stop)))) * len(value))  # once it is a list
            elif isinstance(value, list | tuple | dict | KeysView | ValuesView | ItemsView):
                if depth >= _DEEPEST:
                    raise TooMuch("it makes lists in lists too deep")
                weight += _LIST + _ENTRY * len(value)
                self.fits(weight)
                waiting += [(each, depth + 1) for each in value]
                if isinstance(value, dict):
                    weight += _TABLE
                    waiting += [(each, depth + 1) for each in value.values()]
            elif isinstance(value, int):
                if value.bit_length() > _BITS:
                    raise TooMuch("it makes too large a number")
                weight += _digits(value)
            elif value is not None and not isinstance(value, float | Undefined):
                raise TooMuch(f"it treats a {type(value).__name__} as a value")
            self.fits(weight)
        return weight


def _digits(number: int) -> int:
    """Give about how many digits a whole number has; at least as many for one of several."""
    return number.bit_length() // 3
