"""Signs of fonts that have signs of their own for letters: Symbol, Wingdings, as Unicode has them.

Word keeps such a sign as a character of the private use area, U+F000 and its place in the font. The tables follow the
charts of these fonts (Adobe's Symbol encoding, Microsoft's Wingdings).
"""

# fmt: off
_SYMBOL = (
    " !∀#∃%&∋()∗+,−./0123456789:;<=>?≅ΑΒΧΔΕΦΓΗΙϑΚΛΜΝΟΠΘΡΣΤΥςΩΞΨΖ[∴]⊥_‾αβχδεφγηιϕκλμνοπθρστυϖωξψζ{|}∼"
)  # from 0x20
_SYMBOL_HIGH = (
    "€ϒ′≤⁄∞ƒ♣♦♥♠↔←↑→↓°±″≥×∝∂•÷≠≡≈…⏐⎯↵ℵℑℜ℘⊗⊕∅∩∪⊃⊇⊄⊂⊆∈∉∠∇®©™∏√⋅¬∧∨⇔⇐⇑⇒⇓◊〈®©™∑⎛⎜⎝⎡⎢⎣⎧⎨⎩⎪\uf8ff〉∫⌠⎮⌡⎞⎟⎠⎤⎥⎦⎫⎬⎭"
)  # from 0xa0
_WINGDINGS = {
    0x22: "✂", 0x28: "☎", 0x29: "✆", 0x2A: "✉", 0x32: "📄", 0x36: "⌛", 0x37: "⌨", 0x38: "🖱", 0x3A: "💻", 0x3F: "✍",
    0x41: "✌", 0x43: "👍", 0x44: "👎", 0x45: "☜", 0x46: "☞", 0x47: "☝", 0x48: "☟", 0x4A: "☺", 0x4B: "😐", 0x4C: "☹",
    0x4E: "☠", 0x51: "✈", 0x52: "☼", 0x54: "❄", 0x58: "✠", 0x59: "✡", 0x5A: "☪", 0x5B: "☯", 0x6C: "●", 0x6D: "❍",
    0x6E: "■", 0x6F: "□", 0x70: "☐", 0x71: "❑", 0x72: "❒", 0x73: "⬧", 0x74: "⧫", 0x75: "◆", 0x76: "❖", 0x77: "⬥",
    0x78: "⌧", 0x7B: "❀", 0x80: "⓪", 0x81: "①", 0x82: "②", 0x83: "③", 0x84: "④", 0x85: "⑤", 0x86: "⑥", 0x87: "⑦",
    0x88: "⑧", 0x89: "⑨", 0x8A: "⑩", 0x8B: "⓿", 0x8C: "❶", 0x8D: "❷", 0x8E: "❸", 0x8F: "❹", 0x90: "❺", 0x91: "❻",
    0x92: "❼", 0x93: "❽", 0x94: "❾", 0x95: "❿", 0x9E: "·", 0x9F: "•", 0xA1: "○", 0xA4: "◉", 0xA5: "◎", 0xA7: "▪",
    0xA8: "☐", 0xAA: "✦", 0xAB: "★", 0xAC: "✶", 0xD5: "⌫", 0xD8: "➢", 0xDF: "←", 0xE0: "→", 0xE1: "↑", 0xE2: "↓",
    0xE8: "➔", 0xEF: "⇦", 0xF0: "⇨", 0xF1: "⇧", 0xF2: "⇩", 0xF3: "⬄", 0xFB: "✗", 0xFC: "✓", 0xFD: "☒", 0xFE: "☑",
}
_WINGDINGS_2 = {
    0x2A: "☐", 0x4F: "✗", 0x50: "✓", 0x51: "☒", 0x52: "☑", 0x53: "☒", 0x54: "☒", 0x97: "●", 0x99: "○", 0xA3: "☐",
}
# fmt: on
_PRIVATE = range(0xF000, 0xF100)


def symbol(char: str, font: str) -> str:
    """Give a sign of a font in Unicode; as it is where the font has letters, • where its sign is not known."""
    name = font.lower()
    if not char or not (name.startswith(("symbol", "wingdings")) or ord(char) in _PRIVATE):
        return char
    place = ord(char) - _PRIVATE.start if ord(char) in _PRIVATE else ord(char)
    if name.startswith("wingdings 2"):
        return _WINGDINGS_2.get(place, "•")
    if name.startswith("wingdings"):
        return " " if place == 0x20 else _WINGDINGS.get(place, "•")
    if name.startswith("symbol") or not name:
        if 0x20 <= place < 0x20 + len(_SYMBOL):
            return _SYMBOL[place - 0x20]
        if 0xA0 <= place < 0xA0 + len(_SYMBOL_HIGH):
            return _SYMBOL_HIGH[place - 0xA0]
    return "•" if ord(char) in _PRIVATE else char


def symbols(text: str, font: str) -> str:
    """Give a text of such a font; see `symbol`."""
    if not font.lower().startswith(("symbol", "wingdings")) and not any(ord(char) in _PRIVATE for char in text):
        return text
    return "".join(symbol(char, font) for char in text)
