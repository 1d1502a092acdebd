"""The test split and the training data: well-formed, of the taxonomy, and apart from each other."""

import json
import re
from collections import Counter
from pathlib import Path

import pytest

from desktop.router.spans import Span, trim
from tests.bench.router_requests import Request, read_requests, read_test_split, read_unseen, request_of

INSTALLATION = Path(__file__).resolve().parent.parent.parent
TAXONOMY = json.loads((INSTALLATION / "assets" / "taxonomy.json").read_text(encoding="utf-8"))
# Words that name no form (packaging/train_router/data/SLOTS.md).
ENGLISH_GENERAL = (
    "article, text, content, report, plan, work plan, proposal, paper, research paper, thesis, essay, composition, "
    "speech, email, mail, letter, message, minutes, meeting minutes, résumé, resume, story, novel, fiction, poem, "
    "code, function, script, query, component, summary"
)
CHINESE_GENERAL = (
    "文章 稿子 内容 材料 报告 汇报 总结 计划 工作计划 方案 论文 作文 邮件 信 会议纪要 纪要 简历 故事 小说 诗 代码"
)
INTENTS = {template["id"] for template in TAXONOMY["templates"]}
TEST = read_test_split()
GENERAL = {*ENGLISH_GENERAL.split(", "), *CHINESE_GENERAL.split()}
UNSEEN = read_unseen()
DEV = list(read_requests(INSTALLATION / "packaging" / "train_router" / "data" / "calibration" / "written.txt"))


def test_the_split_covers_every_template_in_both_languages_and_much_plain_chat() -> None:
    assert len(TEST) >= 1200
    counted = Counter((request.intents[0], request.language) for request in TEST)
    for intent in INTENTS:
        assert counted[intent, "en"] >= 15, intent
        assert counted[intent, "zh"] >= 12, intent
    assert sum(request.intents[0] == "chat" for request in TEST) >= len(TEST) / 4


@pytest.mark.parametrize("requests", [TEST, DEV, UNSEEN], ids=["test", "dev", "unseen"])
def test_marks_keep_to_the_guideline(requests: list[Request]) -> None:
    for request in requests:
        for slot, start, end in request.slots:
            words = request.text[start:end]
            span = trim(request.text, Span(slot, start, end))
            assert span.end > span.start, request
            assert slot != "format" or words.lower() not in GENERAL, (words, request)
            assert slot != "tone" or not re.search(r" (?:and|but) |、", words), (words, request)


@pytest.mark.parametrize("requests", [TEST, DEV, UNSEEN], ids=["test", "dev", "unseen"])
def test_every_label_is_one_of_the_taxonomy(requests: list[Request]) -> None:
    for request in requests:
        assert set(request.intents) <= INTENTS, request
        assert {slot for slot, _, _ in request.slots} <= set(TAXONOMY["slots"]), request
        assert request.text == request.text.strip(), request
        assert "[" not in request.text or request.intents[0] in ("code", "solve", "meeting_minutes"), request


def test_no_request_comes_twice() -> None:
    assert [text for text, count in Counter(request.text for request in TEST).items() if count > 1] == []
    apart = [request.text for requests in (TEST, DEV, UNSEEN) for request in requests]
    assert len(set(apart)) == len(apart)


def test_a_mark_becomes_the_span_of_its_words(tmp_path: Path) -> None:
    path = tmp_path / "some.txt"
    path.write_text(
        "# a remark\n@email polite\ntell [audience|my aunt] that⏎[topic|a[0] is 1] || chat\n", encoding="utf-8"
    )
    (request,) = read_requests(path)
    assert request == Request(
        "tell my aunt that\na[0] is 1", ("email", "chat"), (("audience", 5, 12), ("topic", 18, 27)), "polite", "en"
    )


def test_spans_of_one_slot_that_touch_are_one() -> None:
    marked = [("a", "topic"), ("b", "topic"), ("c", ""), ("d", "topic")]
    assert request_of(marked, ("chat",), "plain", "en").slots == (("topic", 0, 2), ("topic", 3, 4))
