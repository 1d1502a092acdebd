"""Places in a text: Qt counts UTF-16 units, Python counts characters."""


def characters_before(text: str, position: int) -> int:
    """Turn a position of Qt's into the number of characters before it."""
    return len(text.encode("utf-16-le")[: 2 * position].decode("utf-16-le", "ignore"))


def position_of(text: str, characters: int) -> int:
    """Turn a number of characters into a position of Qt's."""
    return len(text[:characters].encode("utf-16-le")) // 2
