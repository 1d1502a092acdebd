"""What no proofreading may touch: names of files, addresses, domains, users, identifiers, code, units, abbreviations.

    text -> `protected` -> stretches of it · an edit is refused where it `touches` one

These look like words that are misspelled, and a model gladly mends them; only the writer knows what they are called.
"""

import re
from collections.abc import Sequence

from desktop.text.han import HAN

ProtectedSpan = tuple[int, int]

_TOP_LEVEL = (
    "com|org|net|edu|gov|info|biz|io|ai|app|dev|co|cn|de|uk|fr|jp|eu|us|ru|ch|at|nl|it|es|se|me|tv|xyz|top|tech|cloud"
)
_SUFFIX = (
    "pdf|docx?|xlsx?|pptx?|csv|tsv|txt|md|html?|css|json|ya?ml|toml|xml|ini|cfg|conf|env|log|py|js|ts|tsx|jsx|c|cc|cpp|h|"
    "hpp|rs|go|java|kt|rb|php|sh|bat|sql|ipynb|gguf|onnx|bin|exe|dll|so|zip|tar|gz|tgz|7z|rar|iso|deb|rpm|png|jpe?g|"
    "gif|svg|webp|mp[34]|wav|mov|avi|bak|tmp|lock|db|sqlite|key|pem"
)
_LATIN = "(?a:[A-Za-z0-9])"
_PATTERNS = tuple(
    re.compile(pattern, flags)
    for pattern, flags in (
        (r"```.*?(?:```|\Z)|~~~.*?(?:~~~|\Z)", re.DOTALL),
        (r"`[^`\n]+`", 0),
        (r"\$[^$\n]{1,80}\$", 0),  # a formula
        (rf"\b[a-z][a-z0-9+.-]*://[^\s{HAN}，。；：！？、“”‘’（）《》]+", re.IGNORECASE),
        (r"(?a:[\w.+-]+@[\w-]+(?:\.[\w-]+)+)", 0),
        (r"(?<![\w@])[@#](?a:[\w-]+)", 0),  # users and hashtags
        (rf"(?<!\w)(?a:(?:[\w-]+\.)+(?:{_TOP_LEVEL}))(?a:(?:/[\w./?=&%#~+-]*)?)(?![a-zA-Z0-9])", re.IGNORECASE),
        (rf"(?a:[\w-]*(?:\.[\w-]+)*\.(?:{_SUFFIX}))(?![a-zA-Z0-9])", re.IGNORECASE),
        (r"(?:(?<=[\s(\"'“‘（：])|\A)(?:[A-Za-z]:\\|~?\.{0,2}/)(?a:[\w.\\/-]+)", 0),  # a path
        (r"(?a:\b[A-Za-z_][\w.]*\([^()\n]{0,40}\))", 0),  # a call
        (r"(?a:\b\w*[A-Za-z0-9]_\w+|\b_\w+)", 0),
        (r"(?a:\b[a-z]+[A-Z]\w*\b)", 0),  # camelCase
        # Letters and figures in one: srv-db02, 5kg, 3rd.
        (rf"(?<!{_LATIN})(?=(?a:[A-Za-z-]*\d))(?=(?a:[\d-]*[A-Za-z]))(?a:[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*)", 0),
        (r"(?a:\bv?\d+(?:\.\d+)+\w*)", 0),
        (r"(?a:(?<!\S)--?[a-z][\w-]*)", 0),  # an option of a command
        (r"(?a:\b[A-Z]{2,}s?\b|\b(?:[A-Za-z]\.){2,})", 0),  # abbreviations
        (r"(?a:\b[b-df-hj-np-tv-z]{2,}\b)", 0),  # without a vowel: qd, kg, ml, btw, gcc
        (r"《[^》\n]{1,40}》", 0),
        (r"(?a:\b[a-z]+(?:-[a-z]+)*-(?:dev|bin|lib|py|js|rs|cli|db\d*|src)\b)", 0),  # packages
    )
)  # fmt: skip
# Behind these stands what somebody or something is called.
_CALLED = re.compile(
    r"\b(?:user(?:name| name)?|account|login|nickname|handle|repo(?:sitory)?|branch|package|command|hostname|host|"
    r"server|password|hashtag|file|folder|variable|function)"
    r"\s+(?:is called|is named|called|named|is)\s+([\"'“‘]?(?a:[\w.-]*[\w-]))"
    r"|(?:用户名?|账号|帐号|昵称|微信号|密码|命令|变量|函数|文件名?|服务器|仓库|分支)(?:是|为|叫|：|:)?\s*((?a:[\w.-]+))",
    re.IGNORECASE,
)
# Words without a vowel that are misspelled words all the same, or right ones.
_WORDS = frozenset(
    ("by", "my", "why", "try", "fly", "cry", "dry", "sky", "shy", "hymn", "gym", "myth", "thx", "pls", "plz")
)
_MISSPELLED = frozenset(("cnt", "dnt", "wrk", "thnk", "frm", "wth", "ths", "tht"))


def protected(text: str) -> tuple[ProtectedSpan, ...]:
    """Find the stretches that stay as they are; (begin, end) in characters, in order, none within another."""
    found = [
        match.span()
        for pattern in _PATTERNS
        for match in pattern.finditer(text)
        if match[0].lower() not in _WORDS | _MISSPELLED | {""}
    ]
    found += [match.span(match.lastindex or 0) for match in _CALLED.finditer(text)]
    return _joined(found)


def touches(start: int, end: int, spans: Sequence[ProtectedSpan]) -> bool:
    """Tell whether a change of text[start:end] would change, or break, one of the stretches."""
    return any((start < last and first < end) or first < start == end < last for first, last in spans)


def _joined(spans: list[ProtectedSpan]) -> tuple[ProtectedSpan, ...]:
    joined: list[ProtectedSpan] = []
    for start, end in sorted(spans):
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return tuple(joined)
