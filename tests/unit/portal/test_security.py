# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import asyncio

import httpx
import pytest

from reviewer_app.contract.customer import NextStep
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import CompanyState, DocumentKind, DocumentState
from reviewer_app.portal import create_portal
from tests.fakes.customer_api import (
    FakeCustomerApi,
    company,
    completion,
    document,
    documents,
    me,
    not_signed,
)
from tests.unit.portal.conftest import Visitor

PUBLIC = (
    "/",
    "/register",
    "/sign-in",
    "/forgotten-password",
    "/activation/resend",
    "/activate/t",
    "/terms",
    "/nowhere",
)
SIGNED_IN = ("/home", "/consents", "/company", "/company/new", "/company/edit", "/company/documents", "/finish/t")


@pytest.fixture
def filled(api: FakeCustomerApi) -> FakeCustomerApi:
    hostile = '<script>alert("1")</script>'
    api.answer("GET", "me", me(NextStep.ADD_COMPANY))
    state = CompanyState.CORRECTION_REQUESTED
    api.answer("GET", "company", company(state, ("authorization",), name=hostile, customer_note=hostile))
    wrong = document(
        DocumentKind.AUTHORIZATION, DocumentState.NEEDS_REPLACEMENT, file_name=hostile, reasons=(not_signed(),)
    )
    api.answer("GET", "company/documents", documents(wrong))
    api.answer("GET", "completions/t", completion())
    return api


def test_no_page_asks_another_host_or_runs_inline_code(visitor: Visitor, filled: FakeCustomerApi) -> None:
    visitor.sign_in()
    for path in (*SIGNED_IN, "/company/authorization"):
        answer = visitor.get(path)
        assert answer.status_code == 200, path
        _harmless(visitor, answer)
    visitor.client.cookies.clear()
    for path in PUBLIC:
        _harmless(visitor, visitor.get(path))


def _harmless(visitor: Visitor, answer: httpx.Response) -> None:
    policy = answer.headers["Content-Security-Policy"]
    assert "default-src 'self'" in policy
    assert "frame-ancestors 'none'" in policy
    assert "unsafe" not in policy
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert visitor.page.inline == []
    assert all(found.startswith(("/", "#")) and not found.startswith("//") for found in visitor.page.references)


def test_what_people_typed_is_escaped(visitor: Visitor, filled: FakeCustomerApi) -> None:
    visitor.sign_in()
    for path in ("/company", "/company/edit", "/company/documents"):
        assert "<script>alert" not in visitor.get(path).text
        assert "alert(" in visitor.page.html
    visitor.get("/register")
    filled.refuse("POST", "registrations", ProblemCode.VALIDATION_FAILED)
    assert "<b>x" not in visitor.post("/register", {"first_name": '"><b>x'}).text
    assert visitor.page.fields["first_name"] == '"><b>x'


def test_signed_in_pages_are_not_kept_by_the_browser(visitor: Visitor, filled: FakeCustomerApi) -> None:
    visitor.sign_in()
    assert all(visitor.get(path).headers["Cache-Control"] == "no-store" for path in SIGNED_IN)


@pytest.mark.parametrize("path", ["/company", "/company/new", "/company/edit", "/company/documents", "/home"])
def test_without_a_session_one_is_sent_to_sign_in(visitor: Visitor, path: str) -> None:
    answer = visitor.get(path)
    assert (answer.status_code, answer.headers["Location"]) == (303, f"/sign-in?next={path}")


def test_an_ended_session_leads_to_sign_in_and_back(visitor: Visitor, api: FakeCustomerApi) -> None:
    visitor.sign_in()
    api.refuse("GET", "company", ProblemCode.SESSION_EXPIRED)
    answer = visitor.get("/company")
    assert answer.headers["Location"] == "/sign-in?next=/company"
    assert "__Host-session" not in visitor.client.cookies


def test_a_session_that_ends_while_typing_loses_nothing(visitor: Visitor, api: FakeCustomerApi) -> None:
    visitor.sign_in()
    visitor.get("/company/new")
    api.refuse("POST", "company", ProblemCode.SESSION_EXPIRED)
    answer = visitor.post("/company/new", {"name": "Testowa", "legal_form": "sp_zoo"})
    assert answer.status_code == 401
    assert visitor.page.fields["name"] == "Testowa"
    assert "Zaloguj się w nowej karcie" in visitor.page.text


def test_a_form_without_its_token_does_nothing_and_keeps_the_input(visitor: Visitor, api: FakeCustomerApi) -> None:
    visitor.get("/register")
    answer = visitor.post("/register", {"first_name": "Anna", "form_token": "0" * 64, "terms_shown": "1"})
    assert answer.status_code == 403
    assert visitor.page.fields["first_name"] == "Anna"
    assert [request.method for request in api.requests] == ["GET"]


def test_the_token_of_another_browser_is_refused(visitor: Visitor, api: FakeCustomerApi) -> None:
    visitor.get("/register")
    stolen = visitor.page.fields["form_token"]
    visitor.client.cookies.clear()
    visitor.get("/register")
    assert visitor.page.fields["form_token"] != stolen
    assert visitor.post("/register", {"form_token": stolen}).status_code == 403


@pytest.mark.parametrize(
    "headers",
    [{"Sec-Fetch-Site": "cross-site"}, {"Sec-Fetch-Site": "same-site"}, {"Origin": "https://evil.test"}],
)
def test_a_request_of_another_site_is_refused(visitor: Visitor, api: FakeCustomerApi, headers: dict[str, str]) -> None:
    visitor.get("/sign-in")
    assert visitor.post("/sign-in", {"email": "a@b.test", "password": "x"}, headers).status_code == 403
    assert api.requests == []


def test_pages_without_referrer_may_send_their_forms(visitor: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "activations", status=204)
    visitor.get("/activate/t")
    answer = visitor.post("/activate/t", headers={"Origin": "null", "Sec-Fetch-Site": "same-origin"})
    assert answer.status_code == 303


def test_without_encryption_only_the_own_machine_is_served(api: FakeCustomerApi) -> None:
    portal = create_portal(api_url="http://api", public_url="http://10.0.0.5:8000", http_transport=api)

    async def ask(url: str) -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(portal)) as client:
            return (await client.get(url)).status_code

    async def run() -> list[int]:
        async with portal.router.lifespan_context(portal):
            return [await ask(f"http://{host}/") for host in ("127.0.0.1", "localhost", "10.0.0.5", "portal.lan")]

    assert asyncio.run(run()) == [200, 200, 403, 403]


def test_cookies_and_keys_that_no_page_made_break_nothing(visitor: Visitor, api: FakeCustomerApi) -> None:
    visitor.get("/register")
    api.answer("POST", "registrations", status=202)
    for key in ("ż", "a\nb", "x" * 5000, ""):
        assert visitor.post("/register", {"request_key": key, "email": "a@b.test"}).status_code == 303
    assert all(request.headers["Idempotency-Key"].isascii() for request in api.requests if request.method == "POST")
    for cookie in ("__Host-session=a b\xb3c", "__Host-flash=%%%", "__Host-flash=e30=", "__Host-visitor=x", "=;;=="):
        answer = visitor.send("GET", "/", b"", {"Cookie": cookie})
        assert answer.status_code == 200, cookie
    for path in ("/finish/a%3Fb%23c", "/finish/%C5%BC", "/activate/%00", "/company/check/name", "/finished/other"):
        assert visitor.get(path).status_code in {200, 404, 405}, path


def test_too_large_a_form_is_refused(visitor: Visitor, api: FakeCustomerApi) -> None:
    visitor.get("/register")
    assert visitor.post("/register", {"first_name": "x" * 300_000}).status_code == 413


def test_errors_have_calm_pages(visitor: Visitor, api: FakeCustomerApi) -> None:
    assert visitor.get("/nowhere").status_code == 404
    assert "Nie ma takiej strony" in visitor.page.text
    assert visitor.get("/language").status_code == 405
    api.gone = True
    assert visitor.get("/register").status_code == 503
    assert "Serwis jest chwilowo niedostępny" in visitor.page.text
    assert visitor.get("//evil.test/x").status_code == 404
    assert not any(found.startswith("//") for found in visitor.page.references)


def test_signing_out_ends_the_session_here_and_there(visitor: Visitor, api: FakeCustomerApi) -> None:
    visitor.sign_in()
    api.answer("GET", "me", me())
    visitor.get("/home")
    api.answer("DELETE", "sessions/current", status=204)
    assert visitor.post("/sign-out").headers["Location"] == "/"
    assert api.requests[-1].headers["Authorization"] == "Bearer opaque-token"
    assert "__Host-session" not in visitor.client.cookies


def test_static_files_are_kept_for_ever_under_their_build(visitor: Visitor) -> None:
    visitor.get("/")
    files = [found for found in visitor.page.references if found.startswith("/static/")]
    assert len(files) >= 4
    weight = 0
    for path in set(files):
        answer = visitor.get(path, **{"Accept-Encoding": "gzip"})
        assert answer.status_code == 200
        assert "immutable" in answer.headers["Cache-Control"]
        weight += int(answer.headers["Content-Length"])
    fonts = visitor.get(next(path for path in files if path.endswith(".css"))).text.count("woff2")
    assert fonts >= 3
    assert weight + 3 * 20_000 < 150_000
    assert visitor.get("/static/other/portal.css").headers["Cache-Control"] == "no-cache"
    assert visitor.get("/static/other/../../pl.po").status_code == 404


def test_the_banner_stands_on_every_page(visitor: Visitor) -> None:
    for path in PUBLIC:
        visitor.get(path)
        assert "Środowisko testowe" in visitor.page.text
