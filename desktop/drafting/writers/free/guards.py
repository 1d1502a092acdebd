"""What is wrong with a sentence of a model that can write: looked at where it ends, and while it is written.

A model of this size follows a request well and embroiders it: an attachment nobody mentioned, a colleague called John,
a meeting that went well. In a text of facts a sentence must tell something of the request that was not told yet, or be
a courtesy; in any text it may hold no figure, date or name that nobody gave, no phrase that stands in every text,
nothing of the worked example, and not the same again. How strict that is, the kind of text says (`Strictness`).
"""

import functools
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Literal

from desktop.drafting.facts import content_words, names, stem
from desktop.drafting.request import clauses
from desktop.drafting.sentences import CHATTER, features, placeholders, similarity, split_sentences
from desktop.drafting.template.template import Strictness
from desktop.drafting.writers.free.given import GivenFacts
from desktop.text.han import HAN, count_han

Fault = Literal[
    "",
    "talk",
    "placeholder",
    "language",
    "figure",
    "date",
    "name",
    "example",
    "avoided",
    "cliché",
    "repeated",
    "empty",
    "tense",
    "copied",
    "person",
]
_SAME, _NEW_WORDS = 0.7, 3  # share in common above which a sentence says the same; unless so many words are new
_SHORT_WISH = 4  # characters
_COPIED_CLAUSES = 3  # of the request in one sentence, word for word
_ECHO = 0.75  # of the words of a wish
_LONG_PART = 8  # Chinese characters
_SHORTEST, _SHORTEST_ZH = 12, 6  # characters of what is judged as a sentence
_COURTESIES = 2  # that a text may hold
_FEW = 3  # facts: where there are more, one sentence may explain, and tell nothing of the request itself
_UNSURE = 3  # characters at the end of Chinese that is being written
_OPEN_FIGURE = re.compile(r"[\d.,:〇零一二两三四五六七八九十百千万亿]+$")
_SHORT_WORD = 4  # letters
_COPIED_WORDS, _COPIED_PAIRS = 2, 5  # of a sentence of the example, that the request does not have
_LEAKED = 1  # words of the example's request in one sentence
_MARKUP = re.compile(r"^[\s#>*\-+]*(?:\d{1,2}[.)、]\s*)?|[*_`]|^\s*[|].*$")
_DATE = re.compile(
    r"\b(?:January|February|March|April|June|July|August|September|October|November|December|"
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:[Yy]ester|[Tt]o)day|[Tt]o(?:morrow|night)|"
    r"(?:[Ll]ast|[Nn]ext) (?:week|month|quarter|year))\b|"
    r"(?:上个?|下个?|本)?(?:周|星期|礼拜)[一二三四五六日天]|[昨明后前](?:天|日|晚)|今[早晚]|(?:上|下)个?(?:周|月|星期|季度)|"
    r"明年|去年|前年"
)
_GAP = re.compile(
    r"X{2,}|_{3,}|某某|\[[^\]]*$|【[^】]*(?:姓名|名字|日期|电话|地址|公司|单位|您的|你的|职位|联系)[^】]*】"
)
_AHEAD = re.compile(
    r"\b(?:next|tomorrow|will|going to|plans? to|joins|starts|begins|leaves|moves|to do)\b|下周|下月|下个月|明天|"
    r"明年|将|计划|拟|打算"
)
_BEHIND = re.compile(r"(?:\b(?:will|to|be|is|are|should|must|can|being|may|could|would|not|yet)\b \w* ?)\Z")
_QUOTED_TITLE = re.compile(r"《([^》]+)》")
_TITLED = re.compile(
    r"\b(?:Mr|Mrs|Ms|Dr|Prof)\.? ([A-Z][\w’'-]+)|"
    rf"([{HAN}]{{1,2}})(?:总(?![是会的之体共结数])|经理|先生|女士|同学|主任|老师(?!们)|师傅|教授|处长|局长|院长)"
)
_SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎余潘杜戴夏钟汪田任姜范方石姚谭"
    "廖邹熊金陆郝孔白崔康毛邱秦江史顾侯邵孟龙万段雷钱汤尹黎易常武乔贺赖龚文"
)
_PERSON_ZH = re.compile(
    rf"(?:^|[，。、：；\s（“])([{_SURNAMES}][{HAN}]{{1,2}})(?=[，：、]|同学|先生|女士|说|告诉|负责)|"
    rf"([{_SURNAMES}][{HAN}])(?=表示|先生|女士)"
)
_NICKNAME = re.compile(
    rf"(?:^|[，。、：；\s“])(小[明红刚华强丽芳军伟玲美亮]|李华|[{_SURNAMES}]某)(?![{HAN}]*[地的得]是)"
)
_ADDRESSED = re.compile(r"各位|大家|你们|您|我们|同学们|老师们|领导|同事|朋友")
_FREE_CAPITALS = frozenset(
    """
    i i’m i'm i’ve i've i’ll i'll i’d i'd dear sir madam mr mrs ms dr subject re ps english chinese internet cv faq ok
    tv regards sincerely faithfully best kind yours warm wishes team everyone all hi hello hey am pm
    """.split()  # noqa: SIM905
)
_COURTESY = re.compile(
    r"\b(?:thank(?:s| you)?|grateful|appreciate|please|let (?:me|us) know|look(?:ing)? forward|sorry|apolog\w+|hope|"
    r"welcome|regards|happy to|glad|pleased|congratulat\w+|questions?|i am writing|best wishes|dear|enjoy|cheers|"
    r"hello)\b|"
    r"谢|敬请|特此|望|盼|祝|敬礼|此致|您好|你好|抱歉|对不起|歉|欢迎|恳请|请(?:您|你|大家|各位|予|批|知|审|查|理|"
    r"谅)|辛苦|"
    r"恭喜|祝贺|批准|支持与|亲爱的|尊敬的",
    re.IGNORECASE,
)
_CLICHE = re.compile(
    r"finds? (?:you|this) well|\bnot only\b.*\bbut also\b|\btestament\b|\bfast-paced\b|\bdelve\b|\btapestry\b|"
    r"\bhard work and dedication\b|\bdedication and hard work\b|\bplay(?:s|ed)? an? (?:crucial|vital|key|"
    r"significant) role\b|"
    r"\bcommit(?:ted|ment) to (?:providing|ensuring|delivering|excellence)\b|\bvaluable (?:asset|insight|contribution)|"
    r"\bsmooth (?:transition|operation)|\b(?:significant|positive) (?:impact|improvement|development|step|milestone)\b|"
    r"\bin conclusion\b|\bin summary\b|\boverall,|\bstrive\b|\bgreater success\b|\bcontinued (?:success|support)\b|"
    r"\bdiligently\b|\bseamless|\binvaluable\b|\bcutting-edge\b|"
    r"不仅.{2,30}(?:而且|还|也|更)|(?:做|作)出.{0,8}贡献|注入.{0,6}活力|奠定.{0,8}基础|随着.{2,14}发展|共同努力|"
    r"更(?:大|好|多|优秀)的(?:成绩|贡献|价值|辉煌|表现|支持|服务)|再接再厉|不懈努力|不断努力|继续努力|"
    r"美好(?:的)?(?:未来|明天)|"
    r"取得了.{0,10}(?:成绩|成果|成效|进展|进步)|(?:显著|明显|极大)(?:的|地)?(?:提升|提高|改善|成效)|众所周知|"
    r"总而言之|综上所述|"
    r"进一步(?:提高|提升|巩固|加强|优化|完善|推动)|全力以赴|具有(?:重要|深远)(?:的)?意义|发挥.{0,8}作用|为了确保|"
    r"高度(?:重视|认可|评价)|努力下|对我们.{0,10}的(?:认可|信任|肯定|体现)|(?:丰富|宝贵)的经验",
    re.IGNORECASE,
)
_HASHTAGS = re.compile(r"(?:^|\s)#[^\s#]\S*(?:\s+#[^\s#]\S*)+|\S\s+# \w+[^#\n]*\s# \w|#[^\s#]+#")
_WANTS_HASHTAGS = re.compile(r"#|hashtag|话题|标签|小红书|instagram|linkedin|twitter|tiktok", re.IGNORECASE)
_THIRD = re.compile(r"\b(?:he|him|his|she|her|hers)\b", re.IGNORECASE)
_FACT_OF_READER = re.compile(r"(?:he|she)\b", re.IGNORECASE)
_TOLD_TO_WRITER = re.compile(
    r"(?:承认|写明|提到|注明|强调|表示|说明|告诉他们?|告诉她们?|请他们?|请她们?|问他|问她)(?!书|了)"
)
GREETED = re.compile(r"(?:Dear |Hello |Hi |尊敬的|亲爱的)?([^\n：:,，]{1,30})[：:,，]")
_NUMBERED_HEADING = re.compile(r"[（(]?[一二三四五六七八九十]{1,2}[)）、.．][^。，！？；：:]{1,16}[：:]?")
_NUMBER_OF_HEADING = re.compile(r"^[（(]?[一二三四五六七八九十\d]{1,2}[)）、.．]\s*")
_USUAL_HEADING = re.compile(
    r"进展|完成|工作|问题|计划|情况|数据|风险|安排|总结|结果|目标|背景|预算|流程|分工|时间|地点|内容|要求|决议|讨论|待办|事项|"
    r"\b(?:progress|done|results?|problems?|issues?|next|plans?|summary|figures|numbers|decisions?|actions?|attendees|"
    r"present|risks?|timeline|budget|highlights|week|month|agenda|background|goals?)\b",
    re.IGNORECASE,
)
_LINE = re.compile(r"[^.!?。！？]{1,25}")  # a greeting, a heading, a closing: it tells nothing and need not


@dataclass(slots=True)
class SentenceGuard:
    """Judges sentences of one text.

    Attributes:
        request: the user's words, all that may be said as a fact.
        language: of the text, ISO 639-1.
        strictness: of its kind.
        example: the request of the worked example, whose words do not belong here; "" without one.
        shown: its text.
        besides: what may be named too, of whom the text is by and for.
        signer: who signs it, and so is not greeted; "": nobody is known to.
        to_reader: the request calls the reader he or she, and the text says you.
        avoided: what the request wants left out.
        wishes: how the text is to be: a sentence that says so (“I am firm but not rude”) talks about itself.
        facts: how many the request tells.
    """

    request: str
    language: str
    strictness: Strictness
    example: str = ""
    avoided: Sequence[str] = ()
    wishes: Sequence[str] = ()
    facts: int = 1
    shown: str = ""
    besides: str = ""
    signer: str = ""
    to_reader: bool = False
    _given: GivenFacts = field(init=False)
    _told: frozenset[str] = field(init=False)
    _foreign: frozenset[str] = field(init=False)
    _lent: frozenset[str] = field(init=False)
    _copied: tuple[frozenset[str], ...] = field(init=False)
    _ahead: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        self._given = GivenFacts("\n".join([self.request, self.besides]))
        self._told = _tokens(self.request)
        self._foreign = features(self.example) - self._told
        self._ahead = tuple(clause for clause in clauses(self.request) if _AHEAD.search(clause))
        self._copied = tuple(features(each) - self._told for each in split_sentences(self.shown))
        self._lent = frozenset(names(f". {self.example}"))

    def fault(self, sentence: str, before: Sequence[str]) -> Fault:
        """Say what is wrong with a sentence or a line; "" if nothing is.

        Args:
            sentence: as the model wrote it, Markdown.
            before: the sentences of the text so far.
        """
        plain = _MARKUP.sub("", sentence).strip()
        if not plain:
            return ""
        if found := self.early_fault(sentence, whole=True):
            return found
        if self.signer and (greeted := GREETED.match(plain)) and greeted[1].strip() in self.signer:
            return "name"
        if sentence.lstrip().startswith("#") or _NUMBERED_HEADING.fullmatch(plain):
            return "example" if self._is_lent_heading(plain) else ""
        tells = not (_is_short(plain) or sentence.lstrip().startswith("#"))
        rules: tuple[tuple[Fault, Callable[[], bool]], ...] = (
            ("avoided", lambda: self.breaks_a_wish(plain)),
            ("talk", lambda: any(len(wish) > _SHORT_WISH and wish in plain for wish in self.wishes)),
            ("talk", lambda: _tells_the_writer(plain, self.request)),
            ("copied", lambda: self.strictness != "factual" and self._is_copied(plain)),
            ("talk", lambda: any(_echoes(plain, wish) for wish in self.wishes)),
            ("person", lambda: self.to_reader and bool(_THIRD.search(plain))),
            ("repeated", lambda: not tells and sentence.strip() in (each.strip() for each in before)),
            ("cliché", lambda: tells and any(found[0] not in self.request for found in _CLICHE.finditer(plain))),
            ("repeated", lambda: tells and any(_says_the_same(plain, other) for other in before)),
            ("example", lambda: tells and self.strictness != "fiction" and self._leaks(plain)),
            ("tense", lambda: tells and self.strictness == "factual" and self._is_over(plain)),
            ("empty", lambda: tells and self.strictness == "factual" and self._is_needless(plain, before)),
        )
        return next((fault for fault, broken in rules if broken()), "")

    def early_fault(self, begun: str, *, whole: bool = False) -> Fault:
        """Say what no end of the sentence can mend any more; its last word may not be whole yet, so it is left out."""
        plain = _MARKUP.sub("", begun)
        if not whole:
            plain = plain[: plain.rfind(" ") + 1] if self.language != "zh" else plain[:-_UNSURE]
            plain = _OPEN_FIGURE.sub("", plain)
        if not plain.strip():
            return ""
        if CHATTER.search(plain.strip()) or (_HASHTAGS.search(begun) and not _WANTS_HASHTAGS.search(self.request)):
            return "talk"
        bare = re.sub(r"【([^】]+)】", lambda found: found[1] if self._given.says(found[1]) else found[0], plain)
        if placeholders(bare) or _GAP.search(bare):
            return "placeholder"
        if self._other_language(plain):
            return "language"
        if self.strictness == "fiction":
            return ""
        if self._given.foreign_figures(plain):
            return "figure"
        if any(not self._given.says(found[0]) for found in _DATE.finditer(plain)):
            return "date"
        return "name" if self._names_somebody(plain, begun) else ""

    def is_empty(self, sentence: str, before: Sequence[str]) -> bool:
        """Tell whether a sentence tells nothing of the request that the text before it does not tell."""
        said = frozenset[str]().union(*map(_tokens, before))
        new = (_tokens(sentence) & self._told) - said
        return len(new) < (2 if self.language == "zh" and not any(map(str.isascii, new)) else 1)

    def _is_lent_heading(self, heading: str) -> bool:
        """Tell whether a heading stands in the example, and means nothing for this request."""
        bare = _NUMBER_OF_HEADING.sub("", heading).strip(" #：:")
        if not bare or bare not in self.shown or _USUAL_HEADING.search(bare):
            return False
        return not _tokens(bare) & self._told

    def _is_copied(self, sentence: str) -> bool:
        """Tell whether a sentence is the request once more; a report may tell it so, other texts are to be written."""
        return sum(clause in sentence for clause in clauses(self.request) if len(clause) > 1) >= _COPIED_CLAUSES

    def told_by(self, sentence: str) -> int:
        """Count the words of the request that a sentence tells, less those that are its own."""
        said = _tokens(sentence)
        return 2 * len(said & self._told) - len(said)

    def is_its_own(self, sentence: str, before: Sequence[str]) -> bool:
        """Tell whether a sentence is the writer's own: nothing of the request, and no courtesy."""
        plain = _MARKUP.sub("", sentence).strip()
        if _is_short(plain) or _COURTESY.search(plain):
            return False
        return self.is_empty(plain, before) or self._talks(plain, before)

    def _talks(self, sentence: str, before: Sequence[str]) -> bool:
        """Tell whether a Chinese sentence has a part that tells nothing: “签了3份合同，这是不错的成绩”."""
        parts = [part for part in re.split(r"[，；]", sentence) if count_han(part) >= _LONG_PART]
        return (
            self.language == "zh"
            and len(parts) > 1
            and any(self.is_empty(part, before) and not _COURTESY.search(part) for part in parts)
        )

    def _is_needless(self, sentence: str, before: Sequence[str]) -> bool:
        own = self.is_empty(sentence, before) or self._talks(sentence, before)
        return own and not self._may_be_free(sentence, before)

    def _may_be_free(self, sentence: str, before: Sequence[str]) -> bool:
        """Let courtesies pass, and a few sentences that explain."""
        empty = [
            each
            for at, each in enumerate(before)
            if not _is_short(each) and (self.is_empty(each, before[:at]) or self._talks(each, before[:at]))
        ]
        courtesies = [each for each in empty if _COURTESY.search(each)]
        if _COURTESY.search(sentence):
            return len(courtesies) < _COURTESIES
        return len(empty) - len(courtesies) < (1 if self.facts > _FEW else 0)

    def breaks_a_wish(self, sentence: str) -> bool:
        """Tell whether a sentence says what the request wants left out."""
        for avoided in self.avoided:
            wanted = set(content_words(avoided))
            if wanted and wanted <= set(content_words(sentence)):
                return True
            if len(avoided) > 1 and count_han(avoided) and avoided in sentence:
                return True
        return False

    def _leaks(self, sentence: str) -> bool:
        told = features(sentence)
        most = _COPIED_PAIRS if self.language == "zh" else _COPIED_WORDS
        if not _COURTESY.search(sentence) and any(len(told & theirs) > most for theirs in self._copied):
            return True
        own = told & self._foreign
        if self.language == "zh":
            return len(own) > 2 * _LEAKED
        return len({word for word in own if len(word) > _SHORT_WORD}) > _LEAKED

    def _is_over(self, sentence: str) -> bool:
        """Tell whether a sentence tells as done what the request has ahead: joins, joined."""
        for clause in self._ahead:
            wanted = _tokens(clause)
            if len(wanted & _tokens(sentence)) * 2 < len(wanted):
                continue
            if self.language == "zh":
                return bool(re.search(r"[了已](?![解])", sentence)) and not _AHEAD.search(sentence)
            stems = {stem(word): word for word in re.findall(r"[a-z]+", clause.lower())}
            for done in re.finditer(r"\b[A-Za-z]+ed\b", sentence):
                own = stems.get(stem(done[0]), "")
                if own and not own.endswith("ed") and not _BEHIND.search(sentence[: done.start()].lower()):
                    return True
        return False

    def _other_language(self, sentence: str) -> bool:
        chinese = count_han(sentence)
        if self.language == "zh":
            words = re.findall(r"[A-Za-z]{3,}", sentence)
            return any(not self._given.says(word) for word in words) and len(words) > 1 and chinese < 2 * len(words)
        return (
            bool(chinese)
            and self.language == "en"
            and not all(self._given.says(part) for part in re.findall(f"[{HAN}]+", sentence))
        )

    def _names_somebody(self, plain: str, sentence: str) -> bool:
        plain = re.sub(r"#\w+", "", plain)
        for found in _TITLED.finditer(plain):
            if not self._given.says(found[1] or found[2][-1:]) and not _ADDRESSED.search(found[0]):
                return True
        if any(not self._given.says(found[1]) for found in _QUOTED_TITLE.finditer(plain)):
            return self.strictness == "factual"
        if any(word in self._lent and not self._given.says(word) for word in re.findall(r"[A-Z][\w’-]+", plain)):
            return True
        if self.language == "zh":
            people = (*_PERSON_ZH.finditer(plain), *_NICKNAME.finditer(plain))
            return any(not self._given.says(next(filter(None, found.groups()))) for found in people)
        if sentence.lstrip().startswith("#") or plain.startswith("Subject:") or plain.istitle():
            return False  # headings are written with capitals
        return any(
            word.lower() not in _FREE_CAPITALS and not self._given.says(re.split(r"[’']", word)[0])
            for word in names(plain)
        )


def _tells_the_writer(sentence: str, request: str) -> bool:
    """Tell whether a sentence is what the writer was told: “承认是我们的错” instead of “是我们的错”."""
    found = _TOLD_TO_WRITER.match(sentence)
    return found is not None and found[0] in request


def speaks_to_its_subject(facts: Sequence[str]) -> bool:
    """Tell whether a letter is to whom its request tells of: “thank you note to Gus, he watched our cat”."""
    return bool(facts) and bool(_FACT_OF_READER.match(facts[0]))


@functools.lru_cache(maxsize=2048)  # each sentence of a text is compared with every new one
def _tokens(text: str) -> frozenset[str]:
    """Give what a sentence can tell: words, pairs of Chinese characters, figures and codes."""
    return features(text) | frozenset(re.findall(r"[a-z]*\d[\w.:/-]*\w|\d", text.lower()))


def _echoes(sentence: str, wish: str) -> bool:
    """Tell whether a sentence says most of a wish."""
    wanted = _tokens(wish)
    return len(wanted) > 1 and len(wanted & _tokens(sentence)) >= _ECHO * len(wanted)


def _is_short(text: str) -> bool:
    """Tell whether a line is a greeting, a heading, a closing: it tells nothing, and need not."""
    return len(text) < (_SHORTEST_ZH if count_han(text) else _SHORTEST) or bool(_LINE.fullmatch(text))


def _says_the_same(sentence: str, other: str) -> bool:
    if _is_short(other) or similarity(sentence, other) <= _SAME:
        return False
    return len(features(sentence) - features(other)) < _NEW_WORDS
