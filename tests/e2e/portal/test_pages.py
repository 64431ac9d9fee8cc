# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page in both languages: WCAG 2.2 AA by axe-core, 360 px, targets of 44 px, focus, weight, no other host.

Complete by construction: a template, an address, a state or a reason of refusal that was not looked at fails the test.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import httpx
import pytest
from playwright.sync_api import Browser, Page, expect
from starlette.routing import Match, Route

from reviewer_app.contract.states import CompanyState
from reviewer_app.contract.text import Language
from reviewer_app.portal import create_portal
from reviewer_app.resources import resource_path
from tests.e2e.portal.cast import Cast
from tests.e2e.portal.looks import PHONE, Looker, looking
from tests.e2e.portal.stage import Stage, portal_before
from tests.e2e.portal.tour import Stop, links, stops
from tests.fakes.customer_api import FakeCustomerApi
from tests.support.world import Customer

FILES = {
    "/static/{build}/{name:path}",
    "/company/documents/{id}/content",
    "/company/documents/{id}/pages/{page:int}",
    "/company/documents/{id}/marked-pages/{page:int}",
    "/company/authorization/sheet",
}
"""Addresses that answer with a file and not with a page."""

_FORMS = """() => [...document.querySelectorAll("main form[method=post]")].flatMap((form, at) => {
  const asked = [...form.querySelectorAll("input:not([type=hidden], [type=checkbox], [type=radio]), textarea")];
  return asked.length ? [[at, document.body.dataset.page + " " + asked.map((field) => field.name)]] : [];
})"""
"""Forms that ask for something to be typed or chosen: each with its place on the page, and what it is known by."""
_TYPED = "input:not([type=hidden], [type=checkbox], [type=radio], [type=file], [type=password]), textarea"
_SEND_TOO_MUCH = """() => {
  const form = document.querySelector("main form");
  form.querySelector("input:not([type=hidden])").value = "x".repeat(300_000);
  form.requestSubmit();
}"""
_EMPTY_AND_SEND = """(at) => {
  const form = document.querySelectorAll("main form[method=post]")[at];
  for (const field of form.querySelectorAll("input:not([type=hidden]), textarea, select")) {
    if (field.type === "checkbox" || field.type === "radio") field.checked = false;
    else if (field.localName === "select") field.selectedIndex = 0;
    else if (field.type !== "file") field.value = "";
  }
  form.requestSubmit(form.querySelector("button:not([type=button])"));
}"""


@pytest.fixture(scope="module")
def tour(portal: Stage) -> list[Stop]:
    """All pages in all situations."""
    cast = Cast(portal.world, name="strona")
    return list(stops(cast, links(portal.world, cast)))


@pytest.fixture(scope="module")
def seen() -> set[str]:
    """What was looked at: ``page NAME``, ``reason NAME``, ``state NAME``, ``path PATH``."""
    return set()


@pytest.mark.timeout(600)
@pytest.mark.parametrize("language", list(Language))
def test_every_page_is_right(
    portal: Stage, browser: Browser, tour: list[Stop], seen: set[str], language: Language
) -> None:
    sent: set[str] = set()
    with looking(browser, portal.url) as looker:
        for stop in tour:
            looker.become(stop.who, language)
            looker.open(stop.path)
            if stop.act:
                stop.act(looker.page)
            _look(looker, stop.name, seen)
            seen.add(f"path {portal.url}{stop.path}")
            for at, form in looker.page.evaluate(_FORMS):
                if not stop.act and form not in sent:
                    sent.add(form)
                    _send_empty(looker, stop, at)
    _right(looker)


def _look(looker: Looker, told: str, seen: set[str]) -> None:
    looker.judge(told)
    seen |= looker.seen | {f"path {looker.page.url}"}
    road = looker.page.locator("#road")
    if road.count():
        seen.add(f"state {road.get_attribute('data-state')}")


def _send_empty(looker: Looker, stop: Stop, at: int) -> None:
    looker.open(stop.path)
    with looker.page.expect_navigation():
        looker.page.evaluate(_EMPTY_AND_SEND, at)
    looker.judge(f"{stop.name}, form {at} sent empty", sizes=[PHONE])


def test_another_language_keeps_what_was_typed_on_every_page_without_scripts(
    portal: Stage, browser: Browser, tour: list[Stop]
) -> None:
    kept: set[str | None] = set()
    with looking(browser, portal.url, java_script_enabled=False) as looker:
        page = looker.page
        for stop in tour:
            if stop.act:
                continue
            looker.become(stop.who, Language.POLISH)
            looker.open(stop.path)
            name = page.locator("body").get_attribute("data-page")
            asked = page.locator(f"main form[method=post] :is({_TYPED})")
            if name in kept or not asked.count():
                continue
            kept.add(name)
            _fill_in_and_switch(page, stop.name)
    assert len(kept) >= 12
    assert looker.failed == []


def _fill_in_and_switch(page: Page, told: str) -> None:
    form = page.locator("form#typed")
    for box in form.locator("[type=checkbox], [type=radio]").all():
        if box.is_visible():  # what belongs to the other choice is hidden
            box.check()
    ticked = form.locator(":checked:not(option)").all()
    fields = [field for field in form.locator(_TYPED).all() if field.is_visible()]
    assert fields, f"{told}: no form is marked to be kept"
    for at, field in enumerate(fields):
        field.fill(f"wpisane {at}")
    page.get_by_role("button", name="EN", exact=True).click()
    expect(page.locator("html[lang=en]")).to_have_count(1)
    expect(page.get_by_role("alert")).to_have_count(0)
    for at, field in enumerate(fields):
        expect(field, f"{told}, field {at}").to_have_value(f"wpisane {at}")
    for box in ticked:
        expect(box, told).to_be_checked()


@pytest.mark.parametrize("language", list(Language))
def test_every_refusal_is_right(portal: Stage, browser: Browser, seen: set[str], language: Language) -> None:
    with looking(browser, portal.url) as looker:
        looker.become(None, language)
        looker.open(portal.url.replace("127.0.0.1", "portal.test"))
        _look(looker, "without encryption", seen)
        looker.open("/register")
        with looker.page.expect_navigation():
            looker.page.evaluate(_SEND_TOO_MUCH)
        _look(looker, "a form that is too large", seen)
        looker.page.goto("about:blank")
        looker.page.set_content(f'<form method="post" action="{portal.url}/sign-in"><button>x</button></form>')
        with looker.page.expect_navigation():
            looker.page.get_by_role("button").click()
        _look(looker, "a form of another site", seen)
        with portal_before(_Breaks()) as url:
            looker.open(f"{url}/register")
            _look(looker, "a server that breaks", seen)
        assert [status for status, _ in looker.failed] == [500]
        looker.failed.clear()
    _right(looker)


@pytest.mark.parametrize("language", list(Language))
def test_an_api_that_is_away_is_said_calmly(browser: Browser, seen: set[str], language: Language) -> None:
    api = FakeCustomerApi()
    api.gone = True
    with portal_before(api) as url, looking(browser, url) as looker:
        looker.become(Customer(httpx.Client(), {"Authorization": "Bearer known"}), language)
        looker.open("/company")
        _look(looker, "no API", seen)
        assert [status for status, _ in looker.failed] == [503]
        looker.failed.clear()
    _right(looker)


class _Breaks(httpx.AsyncBaseTransport):
    """What no page reckons with."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        raise ArithmeticError(request.url)


def _right(looker: Looker) -> None:
    assert not looker.faults, "\n".join(looker.faults)
    assert looker.foreign == set()
    assert looker.failed == []


def test_no_page_was_left_out(seen: set[str], portal: Stage) -> None:
    assert {name for name in _templates() if f"page {name}" not in seen} == set()
    with_road = set(CompanyState) - {CompanyState.CLEARED}  # the account of a cleared one has no company
    assert {state for state in with_road if f"state {state}" not in seen} == set()
    assert {reason for reason in _reasons() if f"reason {reason}" not in seen} == set()
    paths = [entry.removeprefix(f"path {portal.url}") for entry in seen if entry.startswith("path")]
    visited = {re.split("[?#]", path)[0] for path in paths}
    assert {route.path for route in _pages(portal.url) if not any(_leads(route, path) for path in visited)} == set()


def _templates() -> Iterator[str]:
    for path in resource_path("portal", "templates").glob("*.html"):
        if '{% extends "base.html" %}' in path.read_text(encoding="utf-8"):
            yield path.stem


def _reasons() -> list[str]:
    source = resource_path("portal", "templates", "error.html").read_text(encoding="utf-8")
    titles = source[: source.index("}[reason]")]
    return re.findall(r'^  "(\w+)": _\(', titles, re.MULTILINE)


def _pages(url: str) -> list[Route]:
    routes = [route for route in create_portal(api_url=url, public_url=url).routes if isinstance(route, Route)]
    return [route for route in routes if "GET" in (route.methods or ()) and route.path not in FILES]


def _leads(route: Route, path: str) -> bool:
    match, _ = route.matches({"type": "http", "method": "GET", "path": path, "headers": []})
    return match is Match.FULL
