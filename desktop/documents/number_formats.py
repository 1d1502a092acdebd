"""Numbers of lists as Word writes them, by its names for them (ST_NumberFormat, ECMA-376 part 1, 17.18.59)."""

from collections.abc import Callable

# fmt: off
_ROMAN = (
    (1000, "M"), (900, "CM"), (500, "D"), (400, "CD"), (100, "C"), (90, "XC"),
    (50, "L"), (40, "XL"), (10, "X"), (9, "IX"), (5, "V"), (4, "IV"), (1, "I"),
)
_CHINESE, _POWERS = "零一二三四五六七八九", ("", "十", "百", "千")
_LEGAL, _LEGAL_POWERS = "零壹贰叁肆伍陆柒捌玖", ("", "拾", "佰", "仟")
_LEGAL_TRADITIONAL = "零壹貳參肆伍陸柒捌玖"
_STEMS, _BRANCHES = "甲乙丙丁戊己庚辛壬癸", "子丑寅卯辰巳午未申酉戌亥"
_ONES = (
    "", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
    "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen",
)
# fmt: on
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
_ORDINALS = {"one": "first", "two": "second", "three": "third", "five": "fifth", "eight": "eighth", "nine": "ninth"}
_ORDINALS |= {"twelve": "twelfth"}


def formatted(value: int, kind: str) -> str:
    """Write a number; a kind that is not known, and a number that its kind cannot write, in digits."""
    if value < 0:
        return str(value)
    return _FORMATS.get(kind, str)(value)


def _roman(value: int) -> str:
    if not 0 < value < 4000:
        return str(value)
    text = ""
    for each, letters in _ROMAN:
        count, value = divmod(value, each)
        text += letters * count
    return text


def _letters(alphabet: str) -> Callable[[int], str]:
    """Make a counting by letters: a … z, aa, bb."""

    def write(value: int) -> str:
        repeats, place = divmod(value - 1, len(alphabet))
        return alphabet[place] * (repeats + 1) if 0 < value <= 20 * len(alphabet) else str(value)

    return write


def _in_rank(signs: str) -> Callable[[int], str]:
    return lambda value: signs[value - 1] if 0 < value <= len(signs) else str(value)


def _enclosed(first: str, most: int) -> Callable[[int], str]:
    return lambda value: chr(ord(first) + value - 1) if 0 < value <= most else str(value)


def _counted(digits: str, powers: tuple[str, ...], *, short_tens: bool) -> Callable[[int], str]:
    """Make a Chinese counting: 十二, 二十, 一百零五; with short tens 12 is 十二, else 一十二."""

    def write(value: int) -> str:
        if not 0 < value < 10_000:
            return digits[0] if value == 0 else str(value)
        text, gap = "", False
        for place, digit in zip(range(len(str(value)) - 1, -1, -1), map(int, str(value)), strict=True):
            if digit:
                text += (digits[0] if gap and text else "") + digits[digit] + powers[place]
            gap = not digit
        return text[1:] if short_tens and 10 <= value < 20 else text

    return write


def _cardinal(value: int) -> str:
    if value >= 1000 or value == 0:
        return str(value)
    hundreds, rest = divmod(value, 100)
    tens, ones = divmod(rest, 10)
    small = _ONES[rest] if rest < 20 else _TENS[tens] + (f"-{_ONES[ones]}" if ones else "")
    return " ".join(part for part in (f"{_ONES[hundreds]} hundred" if hundreds else "", small) if part)


def _ordinal_text(value: int) -> str:
    text = _cardinal(value)
    head, mark, last = text.rpartition("-") if "-" in text else text.rpartition(" ")
    if last.isdigit():
        return _ordinal(value)
    last = _ORDINALS.get(last, last[:-1] + "ieth" if last.endswith("y") else last + ("h" if last[-1] == "t" else "th"))
    return head + mark + last


def _ordinal(value: int) -> str:
    tail = "th" if value % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(value % 10, "th")
    return f"{value}{tail}"


def _full_width(value: int) -> str:
    return str(value).translate({ord(digit): ord(digit) + 0xFEE0 for digit in "0123456789"})


_chinese = _counted(_CHINESE, _POWERS, short_tens=True)
_FORMATS: dict[str, Callable[[int], str]] = {
    "none": lambda _: "",
    "bullet": lambda _: "",
    "decimalZero": lambda value: f"{value:02}",
    "upperRoman": _roman,
    "lowerRoman": lambda value: _roman(value).lower(),
    "upperLetter": _letters("ABCDEFGHIJKLMNOPQRSTUVWXYZ"),
    "lowerLetter": _letters("abcdefghijklmnopqrstuvwxyz"),
    "russianUpper": _letters("АБВГДЕЖЗИКЛМНОПРСТУФХЦЧШЩЭЮЯ"),
    "russianLower": _letters("абвгдежзиклмнопрстуфхцчшщэюя"),
    "ordinal": _ordinal,
    "cardinalText": lambda value: _cardinal(value).capitalize(),
    "ordinalText": lambda value: _ordinal_text(value).capitalize(),
    "chineseCounting": _chinese,
    "chineseCountingThousand": _chinese,
    "taiwaneseCounting": _chinese,
    "taiwaneseCountingThousand": _chinese,
    "japaneseCounting": _chinese,
    "koreanCounting": _chinese,
    "ideographDigital": lambda value: "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value)),
    "japaneseDigitalTenThousand": lambda value: "".join("〇一二三四五六七八九"[int(digit)] for digit in str(value)),
    "taiwaneseDigital": lambda value: "".join("○一二三四五六七八九"[int(digit)] for digit in str(value)),
    "chineseLegalSimplified": _counted(_LEGAL, _LEGAL_POWERS, short_tens=False),
    "ideographLegalTraditional": _counted(_LEGAL_TRADITIONAL, _LEGAL_POWERS, short_tens=False),
    "japaneseLegal": _counted(_LEGAL_TRADITIONAL, _LEGAL_POWERS, short_tens=False),
    "ideographTraditional": _in_rank(_STEMS),
    "ideographZodiac": _in_rank(_BRANCHES),
    "decimalEnclosedCircle": _enclosed("①", 20),
    "decimalEnclosedCircleChinese": _enclosed("①", 20),
    "decimalEnclosedFullstop": _enclosed("⒈", 20),
    "decimalEnclosedParen": _enclosed("⑴", 20),
    "ideographEnclosedCircle": _enclosed("㊀", 10),
    "decimalFullWidth": _full_width,
    "decimalFullWidth2": _full_width,
    "decimalHalfWidth": str,
    "hex": lambda value: f"{value:X}",
    "numberInDash": lambda value: f"- {value} -",
}
