"""10,000 strings that a tokenizer might get wrong: scripts, emoji, code, control characters, spaces, special tokens."""

import random
import unicodedata
from collections.abc import Callable

SPECIAL_TOKENS = ("<|endoftext|>", "<|im_start|>", "<|im_end|>", "<repo_name>", "<file_sep>", "<jupyter_start>")

_LOOK_ALIKES = ("<|im_start>", "<im_end|>", "<|im_ start|>", "<|IM_END|>", "<|endoftext|", "<||>", "</s>", "<s>",
                "[INST]", "<|im_start|im_end|>", "<<|im_end|>>", "＜|im_end|＞", "<|eot_id|>", "<think>")  # fmt: skip

_SPACES = (" ", "  ", "\t", "\n", "\r\n", "\r", "\v", "\f", "\x1c", "\x1d", "\x1e", "\x1f", "\x85", "\xa0", "\u1680",
           "\u180e", "\u2000", "\u2003", "\u2009", "\u200a", "\u200b", "\u200c", "\u200d", "\u2028", "\u2029", "\u202f",
           "\u205f", "\u2060", "\u3000", "\ufeff")  # fmt: skip

_WORDS = {
    "English": "the ink stone writes a letter about nothing in particular while rain falls and nobody's "
    "listening isn't it they're we've I'll you'd I'm O'Neil rock'n'roll co-operate e.g. Mr. "
    "naïve café résumé U.S.A. iPhone x86_64",
    "German": "Straße Übergrößenträger Donaudampfschifffahrt weiß größer ÄÖÜ ß ẞ dass's geht",
    "French": "l'été où çà œuvre naïveté «guillemets» aujourd'hui Noël",
    "Turkish": "İstanbul ışık ığdır çöğüş",
    "Vietnamese": "Việt Nam tiếng nước người đường",
    "Greek": "Ελληνικά λόγος ψυχή ΣΊΣΥΦΟΣ ς",
    "Russian": "Привет мир чернила камень ёж съезд",
    "Chinese": "砚台 写作 你好，世界！ 今天天气很好。 「引号」 北京大学 一二三 龍 龙 𠀀𠮷 "
    "（括号） 百分之五十 重点：正文",
    "Japanese": "こんにちは 世界 カタカナ ｶﾅ 東京タワー 々 〆切 ー 「はい」 ゛ が",
    "Korean": "안녕하세요 세계 한글 가각 ㄱㄴㄷ 서울",
    "Arabic": "مرحبا بالعالم الحِبْر ٣٤٥ لا ﷺ ، ؟ ـــ",
    "Hebrew": "שלום עולם שָׁלוֹם דְּיוֹ ״מירכאות״",
    "Hindi": "नमस्ते दुनिया क्षत्रिय ज्ञान १२३ ।",
    "Thai": "สวัสดีชาวโลก น้ำ ๑๒๓",
    "Bengali": "নমস্কার কলম ১২৩",
    "Tamil": "வணக்கம் மை",
    "Georgian": "გამარჯობა Ⴀ ა Ა",
    "Armenian": "Բարեւ և",
    "Ethiopic": "ሰላም ፩፪፫ ።",
    "Cherokee": "ᏣᎳᎩ ꭰꭱ",
    "Khmer": "សួស្តី ១២៣",
    "Tibetan": "བོད་ཡིག ༡༢༣",
    "Mongolian": "ᠮᠣᠩᠭᠣᠯ",
}

_EMOJI = ("😀", "👍🏽", "👩‍👩‍👧‍👦", "🏳️‍🌈", "🇩🇪", "🇨🇳🇯🇵", "1️⃣", "#️⃣", "❤️", "❤", "👨🏿‍💻", "🧑‍🚀",
          "🫠", "🫨", "☺︎", "☺️", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "⌚", "™️", "🀄")  # fmt: skip

_NUMBERS = ("0", "7", "42", "007", "1234567890", "3.14159", "1,000,000", "1e-9", "0xDEADBEEF", "½", "⅓", "Ⅷ", "ⅻ", "²³",
            "₁₀", "①⑳", "٣", "१२३",
            "๔๕", "一百二十", "〇", "〡〢", "፲", "𝟘𝟙𝟚", "𐄇", "🯰🯱", "५५५", "߁", "১", "㊿", "𑁦", "১৬", "൬")  # fmt: skip

_CODE = (
    "def area(r: float) -> float:\n    return math.pi * r ** 2  # πr²\n",
    "for (int i = 0; i < n; ++i) {\n\tsum += a[i] * b[i];\n}\n",
    "SELECT name, COUNT(*) FROM letters WHERE sent >= '2024-01-01' GROUP BY name HAVING COUNT(*) > 3;",
    "const f = async ({x, ...rest}) => `${await x}` ?? null;",
    'fn main() { let s: &\'static str = "it\'s"; println!("{s:?}"); }',
    "<div class=\"a b\" style='color:#fff'>&nbsp;&lt;it&#39;s&gt;</div>",
    '{"key": [1, 2.5e10, null, true, "\\u00e9\\n"]}',
    "#!/bin/sh\nset -eu\nfor f in *.txt; do wc -l \"$f\" | awk '{print $1}'; done\n",
    "\\begin{equation} \\int_0^1 x^2\\,dx = \\frac{1}{3} \\end{equation}",
    "if x:\n        pass\n    else:\n\t\tpass\n\n\n",
    "a<-c(1,2);b%in%a;!is.na(x)&&TRUE||FALSE",
    "| a | b |\n|---|:-:|\n| 1 | **2** |\n",
    "https://example.org/a?b=c&d=%20#e user@example.org C:\\Users\\x\\y ~/.config/./..",
    "++x--; x->y; a::b; (*p)&=~0x1F; /* ** */ // ///\n",
    "I'VE you'LL We'Re 'S 'T 'D 'M 'RE 'VE 'LL 'ſ 'K 's't're've'm'll'd ''s ' s ’s",
)

_MARKS = "".join(
    chr(point) for point in [*range(0x300, 0x340), 0x20DD, 0x20E3, 0x1AB0, 0xFE20, 0x5B0, 0x64B, 0x93C, 0xE31]
)

_CURIOUS = (
    *range(0xE000, 0xE010), 0xF8FF, 0xF0000, 0x10FFFD,  # private use
    0xFFFE, 0xFFFF, 0xFDD0, 0xFDEF, 0x1FFFE, 0x10FFFF,  # noncharacters
    0x0378, 0x0380, 0x05FF, 0x2FE0, 0x1F0F6, 0xE0080, 0x323B0,  # unassigned, as of Unicode 15
    0xFFFC, 0xFFFD, 0xAD, 0x34F, 0x61C, 0x115F, 0x200E, 0x200F, 0x202A, 0x202E, 0x2066, 0x2069, 0xFE0F,
    0xE0001, 0xE0100,
    0x1E9E, 0x130, 0x131, 0x1C5, 0x2B0, 0x2C7, 0xAA, 0xBA, 0x2071, 0x207F, 0x1D49C, 0x1D7CE, 0x1F100, 0x1F130,
    0x1E030, 0x1C89, 0xA7CB, 0x10D40, 0x1CCF0, 0x16D40, 0x31350, 0x2EBF0, 0x1DF2B, 0x11F50, 0x1E4F0, 0x10EC2,  # young
)  # fmt: skip


def varied_strings(count: int = 10_000, seed: int = 20) -> list[str]:
    """Give `count` different strings: every listed oddity alone and in context, then random mixtures.

    Same seed, same list.
    """
    draw = random.Random(seed)
    strings = dict.fromkeys(_listed())
    while len(strings) < count:
        strings[draw.choice(_MIXTURES)(draw)] = None
    return list(strings)[:count]


def _listed() -> list[str]:
    """Every oddity alone, between letters, spaces, digits and signs, and doubled."""
    oddities = [*_SPACES, *_EMOJI, *_NUMBERS, *_LOOK_ALIKES, *SPECIAL_TOKENS, *map(chr, _CURIOUS)]
    oddities += [chr(point) for point in [*range(0x20), 0x7F, *range(0x80, 0xC0)]]
    forms = ("{}", "a{}b", " {} ", "1{}2", "={}=", "{0}{0} x")
    return ["", *_CODE, *_WORDS.values(), *(form.format(oddity) for oddity in oddities for form in forms)]


def _word(draw: random.Random) -> str:
    return draw.choice(_WORDS[draw.choice(list(_WORDS))].split())


def _sentence(draw: random.Random) -> str:
    words = _WORDS[draw.choice(list(_WORDS))].split()
    return draw.choice((" ", " ", " ", "", "  ")).join(draw.choices(words, k=draw.randint(1, 20))) + draw.choice(
        ".!?。…，"
    )


def _mixed_scripts(draw: random.Random) -> str:
    return "".join(_word(draw) + draw.choice(("", " ", ", ", "-", "/", "'")) for _ in range(draw.randint(2, 12)))


def _white_space(draw: random.Random) -> str:
    runs = ("".join(draw.choices(_SPACES, k=draw.randint(1, 5))) for _ in range(draw.randint(1, 6)))
    return "".join(run + draw.choice(("", "x", "7", ".", "字", _word(draw))) for run in runs)


def _indented(draw: random.Random) -> str:
    newline, step = draw.choice(("\n", "\r\n", "\n\n")), draw.choice(("  ", "    ", "\t"))
    return newline.join(step * draw.randint(0, 5) + _word(draw) for _ in range(draw.randint(1, 8)))


def _emoji(draw: random.Random) -> str:
    return "".join(draw.choice(_EMOJI) + draw.choice(("", " ", _word(draw), "‍")) for _ in range(draw.randint(1, 8)))


def _numbers(draw: random.Random) -> str:
    return "".join(
        draw.choice(_NUMBERS) + draw.choice(("", "", " ", ".", ",", "a", "第")) for _ in range(draw.randint(1, 8))
    )


def _marks(draw: random.Random) -> str:
    letters = (
        draw.choice("aeionXz日א ") + "".join(draw.choices(_MARKS, k=draw.randint(0, 4)))
        for _ in range(draw.randint(1, 12))
    )
    return unicodedata.normalize(draw.choice(("NFC", "NFD", "NFKC", "NFKD")), "".join(letters))


def _code(draw: random.Random) -> str:
    code = draw.choice(_CODE)
    start = draw.randrange(len(code))
    return code[start : start + draw.randint(1, len(code))] + draw.choice(("", _word(draw), draw.choice(_SPACES)))


def _tokens(draw: random.Random) -> str:
    pieces = (
        draw.choice((*SPECIAL_TOKENS, *_LOOK_ALIKES)) + draw.choice(("", " ", "\n", _word(draw))) for _ in range(4)
    )
    return "".join(pieces)


def _contractions(draw: random.Random) -> str:
    endings = ("s", "t", "re", "ve", "m", "ll", "d", "S", "T", "RE", "Ve", "M", "lL", "D", "x", "", "é", "ſ")
    return "".join(
        draw.choice(("I", "we ", "", "7", "字", " ", "'")) + draw.choice("''’＇`") + draw.choice(endings)
        for _ in range(6)
    )


def _long_word(draw: random.Random) -> str:
    return draw.choice(("a", "ab", "的", "=", "0", " ", "\n", "é", "🙂", "xyz", "ха", "!")) * draw.randint(20, 300)


def _ascii(draw: random.Random) -> str:
    return "".join(chr(draw.randrange(0x80)) for _ in range(draw.randint(1, 40)))


def _basic_plane(draw: random.Random) -> str:
    return "".join(_character(draw, 0x10000) for _ in range(draw.randint(1, 20)))


def _all_planes(draw: random.Random) -> str:
    return "".join(
        _character(draw, draw.choice((0x250, 0x3000, 0x10000, 0x20000, 0x110000))) for _ in range(draw.randint(1, 20))
    )


def _curious(draw: random.Random) -> str:
    return "".join(chr(draw.choice(_CURIOUS)) + draw.choice(("", " ", "a", "1")) for _ in range(draw.randint(1, 8)))


def _everything(draw: random.Random) -> str:
    return draw.choice(("", " ", "\n")).join(draw.choice(_MIXTURES[:-1])(draw)[:40] for _ in range(draw.randint(2, 5)))


def _character(draw: random.Random, limit: int) -> str:
    point = draw.randrange(limit)
    while 0xD800 <= point < 0xE000:  # surrogates are not text
        point = draw.randrange(limit)
    return chr(point)


_MIXTURES: tuple[Callable[[random.Random], str], ...] = (
    _sentence,
    _mixed_scripts,
    _white_space,
    _indented,
    _emoji,
    _numbers,
    _marks,
    _code,
    _tokens,
    _contractions,
    _long_word,
    _ascii,
    _basic_plane,
    _all_planes,
    _curious,
    _everything,
)
