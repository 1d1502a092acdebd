"""Which language a text or a request is in, and in which its answer is expected."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.text.language import language_of, language_wanted, request_language


@pytest.mark.parametrize(
    "request_",
    [
        "写一封邮件给 Tom：下周三 3pm 的 meeting 改到 Zoom，链接 https://zoom.example/j/123，请带上 Q3 report",
        "给李经理写一封邮件：项目 Phoenix 的 deadline 是 2027-03-01，server 是 AWS us-east-1，请 review PR 4471",
        "帮我用 Python 写一个 web scraper，要 async 的",
        "把 I would like to book a table for two 翻译成中文",
        "I would like to book a table for two 用中文怎么说？",
        "Thanks for the update, I will get back to you 是什么意思",
        "推荐几首像 Let It Be 和 The Sound of Silence 这样的歌",
        "Kubernetes pod restart 问题",
        "weekly report 模板",
        "请 proofread：The quick brown fox jumps over the lazy dog and runs to the river.",
        "润色下面这段英文：We was very happy to seen you at the conference.",
        "PPT 大纲：Q3 sales review，receivers 是 APAC team",
        "总结一下这篇 paper：Attention is all you need. The dominant sequence models are based on complex networks.",
        "帮我 debug 这段 code：for i in range(10): print(i)",
        "用英文写一封感谢信",
        "会议纪要：Sarah 负责 onboarding，Mike 跟进 GDPR audit，下次 sync 在 Friday",
        "如何 setup CI/CD pipeline",
        "做个 checklist：launch day，owner 是 Ben，要有 rollback plan",
        "“How are you doing?” 怎么回复比较礼貌",
        "我想 apply for a job at Google，写份 cover letter",
    ],
)
def test_a_request_is_chinese_though_its_nouns_are_english(request_: str) -> None:
    assert request_language(request_) == "zh"


@pytest.mark.parametrize(
    "request_",
    [
        "Translate 你好 into English",
        "How do you say 我很高兴认识你 in English?",
        "What does 内卷 mean?",
        "Write a letter to 王先生 about the rent of 幸福路12号",
        "What is the difference between 的, 得 and 地?",
        "Summarize this: 市政府周一召开会议，决定明年在河上修建一座新桥，预计两年完成。",
        "我的猫在哪里 in English please",
        "Explain the idiom 画蛇添足 with an example",
        "Draft an invitation to the 中秋节 dinner for our 上海 office",
        "Is 麻烦你了 polite enough for a customer?",
        "proofread: 我今天去了学校，见到了老师。",
        "please reply to 李明: the meeting is moved to Friday",
        "I need a name for a tea shop, something like 清风 or 竹里馆",
        "Give me ten words that rhyme with 花",
        "Make this more formal: 你明天来不来？",
        "Compare 北京 and 上海 as places to study",
        "My colleague wrote 收到 as an answer. What should I say?",
        "Turn the notes into minutes: 张伟 presents the budget, 王芳 objects",
        "Fix this code:\n```python\n# 计算平均值的函数，请把结果返回给我\ndef f(x): return sum(x)\n```",
        "Can you write 生日快乐 wishes for my boss?",
        "Write a poem",
        "",
        "???",
    ],
)
def test_a_request_is_english_though_its_nouns_are_chinese(request_: str) -> None:
    assert request_language(request_) == "en"


@pytest.mark.parametrize(
    ("request_", "language"),
    [
        ("Translate 你好 into English", "en"),
        ("Translate this into Chinese: the meeting is on Monday.", "zh"),
        ("把下面的话翻译成英文：会议在星期一。", "en"),
        ("用英文写一封感谢信给 Tom", "en"),
        ("Write an email in Chinese to my landlord about the heating", "zh"),
        ("Write an email to the team about the Chinese New Year", "en"),
        ("Write a note in English class style about tea", "en"),
        ("写一篇关于英语学习的文章", "zh"),
        ("Email to Ana: the shipment is late, in Chinese please", "zh"),
        ("Summarize: the pupils read a book in Chinese and then wrote about what they had read on one page each", "en"),
        ("给 Tom 写封英文邮件，说会议改到周四", "en"),
    ],
)
def test_the_answer_is_in_the_language_named_or_else_in_that_of_the_request(request_: str, language: str) -> None:
    assert language_wanted(request_) == language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("The 王府井 branch opens at nine, and the 西单 one at ten.", "en"),
        ("我们用 Kubernetes 和 Terraform 部署了 staging environment，目前一切正常。", "zh"),
        ("API gateway 故障", "zh"),
        ("Wang (王), Li (李), Chen (陈)", "en"),
        ("他说：“The meeting will be on the first of May, and it is in the main hall.”", "zh"),
        ("She said “我明天不能来了，请帮我请个假” and hung up.", "en"),
        ("“你好”", "zh"),
        ("1234", "en"),
    ],
)
def test_a_text_is_in_the_language_of_its_sentences(text: str, language: str) -> None:
    assert language_of(text) == language


@given(st.text(max_size=300))
def test_any_text_has_a_language(text: str) -> None:
    assert {language_of(text), request_language(text), language_wanted(text)} <= {"en", "zh"}
