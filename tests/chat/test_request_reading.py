"""A sentence becomes a brief; what the router read is used, what a template needs is found in the rest."""

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from desktop.chat.request_reading import ReadRequest, is_request, read_request
from desktop.drafting.brief import understand
from desktop.drafting.scenes.library import SceneLibrary
from desktop.drafting.template.store import TemplateStore
from desktop.drafting.template.template import Template
from desktop.errors import BadInput
from desktop.paths import app_paths
from desktop.router.router import Candidate, Chip, FilledSlot, Route, Router
from desktop.services import ROUTER_ID


@pytest.fixture(scope="module")
def templates(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Template]:
    return dict(TemplateStore(app_paths().assets / "templates", tmp_path_factory.mktemp("own")).load().sound)


def route(intent: str, text: str, **slots: str) -> Route:
    found = tuple(
        FilledSlot(name, words, text.find(words), text.find(words) + len(words)) for name, words in slots.items()
    )
    return Route(intent, 0.9, found, "en", (Candidate(intent, 0.9),), Chip(intent, ()))


def router(intent: str, **slots: str) -> Callable[[str], Route]:
    """Find the words of the slots wherever they stand."""
    return lambda text: route(intent, text, **{name: words for name, words in slots.items() if words in text})


def read(templates: dict[str, Template], intent: str, text: str, **slots: str) -> ReadRequest:
    found = read_request(text, router(intent, **slots), templates)
    understand(templates[intent], found.brief)  # it can be drafted
    return found


@pytest.mark.parametrize(
    ("text", "asked"), [("email", False), ("work_report", False), ("an email", True), ("周报", True)]
)
def test_a_request_is_no_id(text: str, asked: bool) -> None:
    assert is_request(text) == asked


def test_facts_behind_a_colon_are_points(templates: dict[str, Template]) -> None:
    text = "weekly report on the support team: 1,340 tickets answered, 3.5 hours to the first answer; hire Maria."
    found = read(templates, "work_report", text, topic="support team", period="3.5 hours")
    assert found.brief.points == ("1,340 tickets answered", "3.5 hours to the first answer", "hire Maria")
    assert found.brief.slots == {"topic": "support team"}


def test_what_is_said_before_a_colon_is_not_sought_behind_it(templates: dict[str, Template]) -> None:
    text = "Write a weekly report on the support team: answered 340 tickets, hire Maria by 1 March, formal, 300 words"
    found = read_request(text, Router(app_paths().model_folders[-1] / ROUTER_ID).route, templates)
    assert found.brief.points == ("answered 340 tickets", "hire Maria by 1 March")
    assert found.brief.slots["topic"] == "support team"
    assert (found.brief.slots["tone"], found.brief.slots["length"]) == ("formal", "300 words")


@pytest.mark.parametrize(
    ("text", "slots", "points"),
    [
        (
            "weekly report on the support team, 340 tickets answered, two complaints about billing",
            {"topic": "support team"},
            ("340 tickets answered", "two complaints about billing"),
        ),
        (
            "plan for the school fair with a budget of 500 euros, 200 visitors and ten volunteers",
            {"topic": "school fair"},
            ("a budget of 500 euros", "200 visitors and ten volunteers"),
        ),
        (
            "cover letter for a nurse position at St. Mary's hospital, 5 years of experience, and fluent in Spanish",
            {"format": "cover letter", "topic": "nurse position at St. Mary's hospital"},
            ("5 years of experience", "fluent in Spanish"),
        ),
        (
            "email to my landlord: heating broken since Monday, two small children, please send someone today",
            {"audience": "landlord", "topic": "heating broken since Monday"},
            ("two small children", "please send someone today"),
        ),
        (
            "plan for the school fair in June, 300 words, can you make it formal?",
            {"topic": "school fair", "period": "June", "length": "300 words"},
            (),
        ),
        ("plan for our club: write to Maria, help Tom", {"topic": "our club"}, ("write to Maria", "help Tom")),
        ("an email to Ana, Ben and Carla about the summer party", {"topic": "summer party"}, ()),
        (
            "帮我写一份下周销售团队的工作计划，正式一点，800字，拜访12家客户",
            {"topic": "销售团队", "period": "下周", "tone": "正式", "length": "800字"},
            ("拜访12家客户",),
        ),
        ("周报：客服团队，处理了340个工单，两起投诉", {"topic": "客服团队"}, ("处理了340个工单", "两起投诉")),
    ],
)
def test_facts_of_a_request_are_points_and_nothing_else_is(
    text: str, slots: dict[str, str], points: tuple[str, ...], templates: dict[str, Template]
) -> None:
    found = read_request(text, Router(app_paths().model_folders[-1] / ROUTER_ID).route, templates)
    assert found.brief.points == points
    assert slots.items() <= found.brief.slots.items()


def test_a_colon_behind_the_kind_alone_is_followed_by_slots(templates: dict[str, Template]) -> None:
    slots = {"topic": "support team", "period": "this week"}
    found = read(templates, "work_report", "work report: support team, this week, two open tickets", **slots)
    assert (found.brief.slots, found.brief.points) == (slots, ("two open tickets",))


def test_a_poem_has_a_topic_in_any_case_and_nothing_is_about_its_reader(templates: dict[str, Template]) -> None:
    assert read(templates, "email", "email to Ana", audience="Ana").brief.slots == {"audience": "Ana"}
    assert read(templates, "poem", "a poem please.").brief.slots["topic"] == "a poem please"


def test_what_is_worked_on_stands_behind_a_colon(templates: dict[str, Template]) -> None:
    found = read(templates, "translate", "into French: see https://a.example", language="French")
    assert found.brief.slots == {"language": "French", "source": "see https://a.example"}
    assert found.brief.points == ()


def test_slots_that_a_template_does_not_ask_for_are_left_out(templates: dict[str, Template]) -> None:
    assert read(templates, "solve", "solve 1+1", source="1+1", period="now").brief.slots == {"source": "1+1"}


def test_what_is_unclear_names_what_is_likely(templates: dict[str, Template]) -> None:
    unsure = Route("email", 0.3, (), "en", (Candidate("email", 0.3), Candidate("poem", 0.2)), None)
    with pytest.raises(BadInput, match="likely: email, poem"):
        read_request("do it", lambda _: unsure, templates)


def test_marks_alone_ask_for_nothing(templates: dict[str, Template]) -> None:
    unsure = Route("email", 0.3, (FilledSlot("source", "?", 0, 1),), "en", (Candidate("email", 0.3),), None)
    with pytest.raises(BadInput, match="likely: email"):
        read_request("。 ；", lambda _: unsure, templates, SceneLibrary((app_paths().assets / "scenes",)))


def test_what_is_unclear_but_tells_something_becomes_what_is_likeliest(templates: dict[str, Template]) -> None:
    unsure = Route("rewrite", 0.3, (), "en", (Candidate("rewrite", 0.3), Candidate("email", 0.2)), None)
    found = read_request("tell Ana: the van comes on Friday, two men help", lambda _: unsure, templates)
    assert found.brief.template == "email"


def test_a_request_that_names_a_scene_goes_to_its_template(templates: dict[str, Template]) -> None:
    scenes = SceneLibrary((app_paths().assets / "scenes",))
    analyze = Route("analyze", 0.9, (), "zh", (Candidate("analyze", 0.9),), Chip("analyze", ()))
    request = "写一份期末评语，四年级男生，数学很好，上课爱插嘴"
    assert read_request(request, lambda _: analyze, templates).brief.template == "analyze"
    assert (
        read_request(request, lambda _: analyze, templates, scenes).brief.template
        == scenes.all()["pupil-report"].template
    )
    request = "分析这份评语：数学很好，上课爱插嘴"
    told = Route("analyze", 0.9, (FilledSlot("source", request, 7, len(request)),), "zh", (), Chip("analyze", ()))
    assert read_request(request, lambda _: told, templates, scenes).brief.template == "analyze"


@pytest.mark.parametrize(
    ("text", "template"),
    [
        ("Draft a friendly email to my landlord about the broken heating, about 120 words", "email"),
        ("写一首关于秋天的诗", "poem"),
        ("Please summarize this: The council met on Monday and agreed on the new bridge.", "summarize"),
        ("把这句话翻译成英文：会议改到周四下午两点。", "translate"),
        ("解方程 3x + 2 = 11", "solve"),
    ],
)
def test_the_router_s_own_routes_can_be_drafted(text: str, template: str, templates: dict[str, Template]) -> None:
    found = read_request(text, Router(app_paths().model_folders[-1] / ROUTER_ID).route, templates)
    assert found.brief.template == template
    understand(templates[template], found.brief)


@given(st.text(max_size=60), st.sampled_from(["work_report", "email", "poem"]))
def test_every_number_behind_a_colon_stays(text: str, intent: str) -> None:
    store = TemplateStore(app_paths().assets / "templates", Path("absent"))
    found = read_request(f"for it: {text} 17 cats", router(intent), dict(store.load().sound))
    assert any("17 cats" in point for point in found.brief.points)
