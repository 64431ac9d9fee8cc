# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

import httpx
import pytest

from reviewer_app.contract.customer_administrators import ConsentsHistory
from reviewer_app.contract.text import Text
from reviewer_app.portal import create_portal
from tests.fakes.customer_api import FakeCustomerApi, documents, session, terms

ORIGIN = "https://127.0.0.1:8443"


class Page(HTMLParser):
    """A page as a test looks at it: fields by name, visible text, references to other files."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.fields: dict[str, str] = {}
        self.checked: set[str] = set()
        self.references: list[str] = []
        self.inline: list[str] = []
        self.language = ""
        self._text: list[str] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        found = {name: value or "" for name, value in attrs}
        if tag == "html":
            self.language = found["lang"]
        if tag == "input" and found.get("name"):
            self.fields[found["name"]] = found.get("value", "")
            if "checked" in found:
                self.checked.add(found["name"])
        self.references += [found[name] for name in ("src", "href", "action") if name in found]
        self.inline += [name for name in found if name == "style" or name.startswith("on")]
        if tag == "style" or (tag == "script" and "src" not in found):
            self.inline.append(tag)

    def handle_data(self, data: str) -> None:
        self._text.append(data)

    @property
    def text(self) -> str:
        return re.sub(r"\s+", " ", " ".join(self._text))


class Visitor:
    """A browser without a window: keeps cookies, sends the page's own form token."""

    def __init__(self, runner: asyncio.Runner, client: httpx.AsyncClient) -> None:
        self._runner = runner
        self.client = client
        self.page = Page("")

    def get(self, path: str, **headers: str) -> httpx.Response:
        return self._seen(self._runner.run(self.client.get(path, headers=headers)))

    def post(
        self, path: str, values: Mapping[str, str] | None = None, headers: Mapping[str, str] | None = None
    ) -> httpx.Response:
        """Send the form of the page last seen, with ``values`` filled in."""
        kept: dict[str, str] = {
            name: self.page.fields[name] for name in ("form_token", "request_key") if name in self.page.fields
        }
        data = {**kept, **(values or {})}
        return self._seen(self._runner.run(self.client.post(path, data=data, headers=headers)))

    def upload(self, path: str, values: Mapping[str, str], *files: tuple[str, bytes]) -> httpx.Response:
        data = {"form_token": self.page.fields["form_token"], **values}
        parts = [("file", (name, content, "application/pdf")) for name, content in files]
        return self._seen(self._runner.run(self.client.post(path, data=data, files=parts)))

    def send(self, method: str, path: str, content: bytes, headers: Mapping[str, str]) -> httpx.Response:
        raw = {name.encode("latin-1"): value.encode("latin-1") for name, value in headers.items()}
        return self._runner.run(self.client.request(method, path, content=content, headers=raw))

    def sign_in(self) -> None:
        self.get("/sign-in")
        response = self.post("/sign-in", {"email": "anna@firma.test", "password": "sosna i buk", "next": "/home"})
        assert response.status_code == 303

    def _seen(self, response: httpx.Response) -> httpx.Response:
        if response.headers.get("Content-Type", "").startswith("text/html"):
            self.page = Page(response.text)
        return response


@pytest.fixture
def api() -> FakeCustomerApi:
    fake = FakeCustomerApi()
    fake.answer("GET", "terms", terms())
    fake.answer("POST", "sessions", session(), status=201)
    fake.answer("GET", "company/documents", documents())
    fake.answer("GET", "me/consents/history", ConsentsHistory(items=(), wording=terms().consent))
    return fake


@pytest.fixture
def visitor(api: FakeCustomerApi) -> Iterator[Visitor]:
    portal = create_portal(
        api_url="http://api",
        public_url=ORIGIN,
        http_transport=api,
        banner=Text("Środowisko testowe", "Test environment"),
    )
    with asyncio.Runner() as runner:
        transport = httpx.ASGITransport(portal, raise_app_exceptions=False)
        client = httpx.AsyncClient(transport=transport, base_url=ORIGIN)
        lifespan = portal.router.lifespan_context(portal)
        runner.run(lifespan.__aenter__())
        try:
            yield Visitor(runner, client)
        finally:
            runner.run(client.aclose())
            runner.run(lifespan.__aexit__(None, None, None))
