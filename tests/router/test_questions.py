"""Questions that share their words with documents get no offer; the requests beside them get the right one."""

from collections.abc import Callable

import pytest

from desktop.paths import app_paths
from desktop.router.router import Route, Router
from desktop.services import ROUTER_ID

QUESTIONS = (
    "how long is a cover letter usually allowed to be",
    "should the eulogy come before or after the hymns",
    "who signs the incident report, me or my supervisor",
    "does anyone still read press releases",
    "my boss didn't like my proposal and I don't know why",
    "is a haiku always about nature",
    "can I hand in my essay a day late",
    "why do people thank so many people in wedding speeches",
    "does the resignation letter have to be on paper",
    "请假条要交给班主任还是辅导员",
    "简历上要不要写期望薪资",
    "会议纪要一般谁来写",
    "月报和周报有什么区别",
    "写论文一般要多久才能写完",
    "辞职信交了还能撤回吗",
    "朗诵比赛选什么诗不容易撞",
    "翻译这一行还有前途吗",
    "what makes a resume look old-fashioned",
    "演讲稿可以照着念吗",
    "how do people translate puns",
)


@pytest.fixture(scope="module")
def route() -> Callable[[str], Route]:
    return Router(app_paths().model_folders[-1] / ROUTER_ID).route


@pytest.mark.parametrize(
    "text",
    [
        "do I have to send the minutes to people who missed the meeting",
        "is it weird to bring a printed resume",
        "周报是周五交还是周一交",
    ],
)
def test_a_question_about_a_document_offers_none(text: str, route: Callable[[str], Route]) -> None:
    assert route(text).chip is None


def test_of_twenty_questions_that_share_their_words_with_documents_one_may_get_an_offer(
    route: Callable[[str], Route],
) -> None:
    assert len(QUESTIONS) == 20
    assert len([text for text in QUESTIONS if route(text).chip]) <= 1


@pytest.mark.parametrize(
    ("text", "intent"),
    [
        ("write the minutes from these notes: roof leaks, Tom asks for quotes, next meeting 4 May", "meeting_minutes"),
        ("one-page resume for a warehouse job, forklift licence, 6 years at Tesco", "resume"),
        ("帮我写份周报，这周见了八个客户，签了两单", "work_report"),
        ("eulogy for my uncle Frank, a plumber who sang, 3 minutes", "speech"),
        ("press release: the library reopens on Saturday after two years", "article"),
        ("resignation letter, last day 30 June", "email"),
        ("写张请假条给班主任，明天带孩子去打疫苗", "email"),
        ("帮我做份简历，会计，八年经验", "resume"),
        ("把这句翻译成英文：会议改到下午三点", "translate"),
        ("haiku about the first frost", "poem"),
    ],
)
def test_the_request_that_shares_its_words_gets_its_offer(
    text: str, intent: str, route: Callable[[str], Route]
) -> None:
    chip = route(text).chip
    assert chip is not None
    assert chip.intent == intent
