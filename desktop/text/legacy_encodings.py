"""Text in one of the encodings from before Unicode, told by the letters that come out: read where that is clear.

Bytes say nothing of their encoding, and most of them are some text in each. So each encoding is tried and asked two
things: are these the characters that its languages are written in, and are the commonest of them common here? What no
encoding answers well, or two answer alike, is not guessed at.
"""

import functools
import itertools
import re
from collections.abc import Callable
from dataclasses import dataclass

_LOOKED_AT = 100_000  # bytes
_ENOUGH, _ENOUGH_LATIN = 0.72, 0.85  # scores, 0 … 1
_CLEAR = 0.04  # between the best score and the next
_MOST_BAD = 0.005  # of the characters: bytes that are none of the encoding

# The characters that make up about half of any text in their language.
_SIMPLIFIED = frozenset(
    "的一是不了在人有我他这个们中来上大为和国地到以说时要就出会可也你对生能而子那得于着下自之年过发后作里用道行所然家种事成方多经么去法学如都同"
    "现当没动面起看定天分还进好小部其些主样理心她本前开但因只从想实日者意无力它与长把机十民第公此已工使情明性知全三又关点正业外将两高间由问很最重"
    "并物手应向头文体政美相见被利什二等产或新己制身果加月话合回特代内信表化老给世位次度门任常先通教原东提立及比员解水名真论处走各入几口认条平系气"
    "题活更别打女变四总何电数安少报结反受目太量再建务做接必场件计管期市直资金指统区保至社便展科基书非则光放强难思完设式路记南品住告类求据程北该交"
    "规万取望觉领共确传今院让识带导运周议午请谢您吗吧啊呢"
)
_TRADITIONAL = frozenset(
    "的一是不了在人有我他這個們中來上大為和國地到以說時要就出會可也你對生能而子那得於著下自之年過發後作裡用道行所然家種事成方多經麼去法學如都同"
    "現當沒動面起看定天分還進好小部其些主樣理心她本前開但因只從想實日者意無力它與長把機十民第公此已工使情明性知全三又關點正業外將兩高間由問很最重"
    "並物手應向頭文體政美相見被利什二等產或新己制身果加月話合回特代內信表化老給世位次度門任常先通教原東提立及比員解水名真論處走各入幾口認條平系氣"
    "題活更別打女變四總何電數安少報結反受目太量再建務做接必場件計管期市直資金指統區保至社便展科基書非則光放強難思完設式路記南品住告類求據程北該交"
    "規萬取望覺領共確傳今院讓識帶導運週議午請謝您嗎吧啊呢"
)
_HANGUL = frozenset(
    "이다는을의가에고지한하기어나사로니은들를도해라그있자리아서시대인수일정여보과부으면전제스만게장구주것상했와원국성오조학모실소비중무관생위우신공내년"
    "안경미용동선말없적세화치유각문연물통당회저분재던할든려거되된업명래결었습입며러방양산식행후교히마트요목월"
)
_KANA = frozenset(map(chr, range(0x3041, 0x30FD)))
_KANJI = frozenset("日本人大年会国中出上生時行見月分後前間事者社地東今自同学高何一二三十田子円議様御")
# Letters of scripts with one byte each, the commonest first.
_CYRILLIC, _GREEK = "оеаинтсрвлкмдпуяыіьгзбчйхжшюцщєїэфъё", "αοιετσνηυρπκμλςάίόέήωδγύχθώβφξζψϊ"
_HEBREW, _ARABIC = "יוהלאתרמבשנכדחקפעםטגסזץןצךף", "اليمنوترةبعدهسفكقحجشصخطأىإثذئضءغزظآؤ"
_THAI = "านรอกเง่มยลวดท้สตะัีิปบคหแจพชขใไโผุูืถศ์็ธณภซญฐษ"
# Languages in Latin letters: those beyond ASCII that they are written with.
_LATIN: dict[str, tuple[str, ...]] = {
    "cp1252": (
        *("àâæçéèêëîïôœùûüÿ", "äöüßé", "áéíñóúüç", "áâãàçéêíóôõúü", "àèéìíîòóùú", "åäöæøéü", "éëïóöüèê", "áðéíóúýþæö"),
    ),
    "cp1250": ("óąćęłńśźż", "áäčďéěíĺľňóôŕřšťúůýž", "áéíóöőúüű", "čćđšž", "âăîşţ"),
    "cp1254": ("çğıöşüâî",),
    "cp1257": ("āčēģīķļņšūž", "ąčęėįšųūž", "äõöüšž"),
}
_LATIN_WORDS = frozenset("àáâäåæèéêíìòóôöøúùýÿ")  # letters beyond ASCII that are a word in some language
_FEW_BYTES = 32  # more would not be UTF-8 by chance
_HIGH = re.compile(rb"[\x80-\xff]+")
_WITHIN_WORD = re.compile(r"[A-Za-z][^\x00-\x7f][A-Za-z]")
_WIDE_SIGNS = re.compile("[\u3000-\u303f\uff00-\uffef]")
_SIGNS = frozenset("€‚„…‘’‹›“”•–—™©®°±²³µ·«»¼½¾×÷£¥§¡¿ªº´\xa0№")


@dataclass(frozen=True, slots=True)
class _Guess:
    score: float
    encoding: str


def decode_legacy(data: bytes) -> str | None:
    """Give the text of bytes that are no Unicode; None: which encoding it is cannot be told.

    Chinese (GB18030, Big5), Japanese (Shift-JIS, EUC-JP), Korean (cp949), Windows' Western, Central European, Baltic,
    Turkish, Cyrillic, Greek, Hebrew, Arabic and Thai, and KOI8-R are known.
    """
    sample = _sample(data)
    guesses = sorted((_Guess(score(sample), encoding) for encoding, score in _scores().items()), key=_rank)
    best, next_ = guesses[-1], guesses[-2]
    least = _ENOUGH_LATIN if best.encoding in _LATIN else _ENOUGH
    if best.score < least or (
        best.score - next_.score < _CLEAR and not {best.encoding, next_.encoding} <= _LATIN.keys()
    ):
        return None
    return _lenient(data, best.encoding)


def few_chinese(data: bytes, text: str) -> str | None:
    """Give the text of a file with a few characters of GBK whose bytes are (nearly) UTF-8 too; None: it is none.

    Two bytes of a common Chinese character may be one letter of UTF-8, rarely of a word: 一些 is һЩ.

    Args:
        data: the file.
        text: what it is in UTF-8.
    """
    found = _HIGH.findall(data)
    if not 0 < sum(map(len, found)) <= _FEW_BYTES or _reads_as_words(text):
        return None
    try:
        chinese = "".join(part.decode("gb2312") for part in found)
    except UnicodeDecodeError:
        return None
    letters = _WIDE_SIGNS.sub("", chinese)
    zone, often = _zone("gb2312", range(0xB0, 0xD8)), sum(char in _SIMPLIFIED for char in letters)
    read = data.decode("gb2312")
    if not letters or not zone.issuperset(letters) or 2 * often < len(letters) or _WITHIN_WORD.search(read):
        return None
    return read


def _reads_as_words(text: str) -> bool:
    """Tell whether the letters beyond ASCII are of one alphabet, and stand as they do in its words."""
    letters = [char for char in text if char > "\x7f" and char not in _SIGNS]
    if not letters:
        return True
    alphabets = [alphabet for group in _LATIN.values() for alphabet in group]
    words = re.findall(r"[^\W\d_]+", text)
    words = [word for word in words if not word.isascii()]
    if any(a.islower() and b.isupper() for word in words for a, b in itertools.pairwise(word)):
        return False
    if any(all(char.lower() in alphabet for char in letters) for alphabet in alphabets):
        return all(re.search("[A-Za-z]", word) or word.lower() in _LATIN_WORDS for word in words)
    scripts = (_CYRILLIC, _GREEK, _HEBREW, _ARABIC)
    in_one = any(all(char.lower() in script for char in letters) for script in scripts)
    return in_one and any(len(word) > 1 for word in words)


def _rank(guess: _Guess) -> tuple[float, bool]:
    return round(guess.score, 3), guess.encoding == "cp1252"


def _sample(data: bytes) -> bytes:
    """Give so much of a file as can be looked at, from the first place that is no ASCII, with what stands before it."""
    first = re.search(rb"[\x80-\xff]", data)
    begin = max(0, first.start() - 200) if first else 0
    return data[begin : begin + _LOOKED_AT]


@functools.cache
def _scores() -> dict[str, Callable[[bytes], float]]:
    """Give what scores each encoding."""
    simplified = _zone("gb2312", range(0xB0, 0xD8))
    traditional = _zone("big5", range(0xA4, 0xC7))
    kanji = _KANA | _zone("euc_jp", range(0xB0, 0xD0))
    hangul = _zone("euc_kr", range(0xB0, 0xC9))
    found: dict[str, Callable[[bytes], float]] = {
        "gb18030": lambda data: _east_asian(data, "gb18030", simplified, _SIMPLIFIED),
        "big5hkscs": lambda data: _east_asian(data, "big5hkscs", traditional, _TRADITIONAL),
        "cp932": lambda data: _east_asian(data, "cp932", kanji, _KANA | _KANJI),
        "euc_jp": lambda data: _east_asian(data, "euc_jp", kanji, _KANA | _KANJI),
        "cp949": lambda data: _east_asian(data, "cp949", hangul, _HANGUL),
    }
    for encoding in _LATIN:
        found[encoding] = functools.partial(_latin, encoding=encoding)
    for encoding, common in (
        *(("cp1251", _CYRILLIC), ("koi8-r", _CYRILLIC), ("cp866", _CYRILLIC), ("cp1253", _GREEK)),
        *(("cp1255", _HEBREW), ("cp1256", _ARABIC), ("cp874", _THAI)),
    ):
        found[encoding] = functools.partial(_one_script, encoding=encoding, letters=common)
    return found


def _zone(encoding: str, leads: range) -> frozenset[str]:
    """Give the characters that a standard puts first: those that people write with."""
    pairs = (bytes((lead, trail)) for lead in leads for trail in (*range(0x40, 0x7F), *range(0xA1, 0xFF)))
    return frozenset("".join(pair.decode(encoding, "ignore") for pair in pairs))


def _lenient(data: bytes, encoding: str) -> str:
    return re.sub("\ufffd+", "\ufffd", data.decode(encoding, "replace"))


def _beyond_ascii(data: bytes, encoding: str) -> str | None:
    """Decode, and leave out ASCII and signs; None: too much of it is not of this encoding."""
    text = data.decode(encoding, "replace").rstrip("\ufffd")  # a sample may end within a character
    found = re.sub(r"[\x00-\x7f]+", "", text)
    if not found or found.count("\ufffd") > max(_MOST_BAD * len(found), len(found) > 60):
        return None
    return found


def _east_asian(data: bytes, encoding: str, zone: frozenset[str], common: frozenset[str]) -> float:
    """Score an encoding of two bytes a character, by how many of them are usual, and how many common."""
    found = _beyond_ascii(data, encoding)
    if found is None:
        return 0.0
    letters = [char for char in found if not "\u3000" <= char <= "\u303f" and not "\uff00" <= char <= "\uffef"]
    letters = [char for char in letters if char not in _SIGNS]
    if not letters:
        return 0.0
    usual = sum(char in zone for char in letters) / len(letters)
    often = sum(char in common for char in letters) / len(letters)
    return 0.5 * usual + 0.5 * min(1.0, often / 0.5)


def _latin(data: bytes, encoding: str) -> float:
    """Score an encoding of Latin letters by the language whose letters these are; signs stand between words."""
    text = data.decode(encoding, "replace")
    high = [at for at, char in enumerate(text) if char > "\x7f"]
    if not high:
        return 0.0
    signs = sum(text[at] in _SIGNS and not _is_in_word(text, at) for at in high)
    letters = [text[at].lower() for at in high if text[at] not in _SIGNS and not _is_odd_capital(text, at)]
    best = max(sum(char in alphabet for char in letters) for alphabet in _LATIN[encoding])
    return (best + signs) / len(high)


def _is_odd_capital(text: str, at: int) -> bool:
    return text[at].isupper() and at > 0 and text[at - 1].islower()


def _is_in_word(text: str, at: int) -> bool:
    around = text[at - 1 : at] + text[at + 1 : at + 2]
    return text[at] not in "’´·" and len(around) == 2 and around.isalpha() and text[at] not in "…—–\xa0"


def _one_script(data: bytes, encoding: str, letters: str) -> float:
    """Score an encoding of a script of its own, by how common its letters are in it: 1 as in any text, 0 by chance."""
    text = data.decode(encoding, "replace")
    high = [char for char in text if char > "\x7f"]
    found = [char for char in high if char not in _SIGNS]
    foreign = sum(char.lower() not in letters for char in found)
    if len(found) < 3 or foreign * 20 > len(found) or len(found) * 4 < len(high) * 3:
        return 0.0
    rank = sum(1 - letters.index(char.lower()) / len(letters) for char in found if char.lower() in letters) / len(found)
    # Small letters before capitals, and letters beside Latin ones, are of another encoding.
    odd = sum(a.islower() and b.isupper() for a, b in itertools.pairwise(text) if b > "\x7f")
    odd += sum(char in _SIGNS and _is_in_word(text, at) for at, char in enumerate(text))
    odd += len(re.findall(r"[a-z][^\W\x00-\x7f]|[^\W\x00-\x7f][a-z]", text))
    return max(0.0, min(1.0, (rank - 0.5) / 0.2) - 2 * odd / len(found))
