# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import asyncio
import contextlib
from collections.abc import AsyncIterator

import httpx
import pytest
from starlette.requests import ClientDisconnect
from starlette.types import Message

from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import CompanyState, DocumentKind, DocumentState
from reviewer_app.portal import create_portal
from reviewer_app.portal.texts import place_on_page
from tests.fakes.customer_api import FakeCustomerApi, company, document, documents, not_signed
from tests.unit.portal.conftest import ORIGIN, Visitor


@pytest.fixture
def signed_in(visitor: Visitor, api: FakeCustomerApi) -> Visitor:
    visitor.sign_in()
    api.answer("GET", "company", company(CompanyState.AWAITING_AUTHORIZATION, ("document:authorization",)))
    extract = document(DocumentKind.REGISTRY_EXTRACT, DocumentState.READY)
    api.answer("GET", "company/documents", documents(extract))
    return visitor


def test_versions_are_listed_with_their_states(signed_in: Visitor) -> None:
    signed_in.get("/company/documents")
    assert "registry_extract.pdf" in signed_in.page.text
    assert "Do sprawdzenia" in signed_in.page.text
    assert "3 strony" in signed_in.page.text


def test_a_plain_form_uploads_each_file_under_its_own_key(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "company/documents", document(DocumentKind.OTHER, DocumentState.READY), status=201)
    signed_in.get("/company/documents")
    values = {"kind": "other", "from": "documents", "request_key": "k1"}
    answer = signed_in.upload("/company/documents", values, ("a.pdf", b"%PDF-a"), ("ą.pdf", b"%PDF-b"))
    assert answer.headers["Location"] == "/company/documents"
    uploads = [at for at, request in enumerate(api.requests) if request.method == "POST" and b"%PDF" in api.bodies[at]]
    assert [api.requests[at].headers["Idempotency-Key"] for at in uploads] == ["k1-0", "k1-1"]
    assert b'name="kind"' in api.bodies[uploads[0]]
    assert b"%PDF-a" in api.bodies[uploads[0]]
    assert "ą.pdf".encode() in api.bodies[uploads[1]]
    assert b"form_token" not in api.bodies[uploads[0]]


@pytest.mark.parametrize(
    ("code", "said"),
    [
        (ProblemCode.FILE_TOO_LARGE, "Dozwolone jest najwyżej 20 MB"),
        (ProblemCode.UNSUPPORTED_TYPE, "Tego rodzaju pliku nie przyjmujemy"),
        (ProblemCode.EMPTY_FILE, "Plik jest pusty."),
        (ProblemCode.PASSWORD_PROTECTED, "chroniony hasłem"),
    ],
)
def test_a_refused_file_is_named_at_its_kind(
    signed_in: Visitor, api: FakeCustomerApi, code: ProblemCode, said: str
) -> None:
    api.refuse("POST", "company/documents", code, limit=20)
    signed_in.get("/company/documents")
    answer = signed_in.upload("/company/documents", {"kind": "authorization", "from": "authorization"}, ("x.pdf", b"1"))
    assert answer.status_code in {413, 415, 422}
    assert "x.pdf: " in signed_in.page.text
    assert said in signed_in.page.text
    assert 'id="authorization"' in answer.text


def test_no_file_chosen_says_so(signed_in: Visitor) -> None:
    signed_in.get("/company/documents")
    answer = signed_in.upload("/company/documents", {"kind": "other"}, ("", b""))
    assert answer.status_code == 422
    assert "Wybierz plik do przesłania." in signed_in.page.text


def test_the_script_s_upload_passes_through_byte_for_byte(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "company/documents", document(DocumentKind.OTHER, DocumentState.READY), status=201)
    signed_in.get("/company/documents")
    body = b'--b\r\nContent-Disposition: form-data; name="kind"\r\n\r\nother\r\n--b--\r\n'
    headers = {
        "Content-Type": "multipart/form-data; boundary=b",
        "X-Form-Token": signed_in.page.fields["form_token"],
        "X-Request-Key": "k7",
    }
    assert signed_in.send("POST", "/company/documents/relay", body, headers).status_code == 201
    assert api.bodies[-1] == body
    sent = api.requests[-1].headers
    assert (sent["Content-Type"], sent["Idempotency-Key"]) == (headers["Content-Type"], "k7")
    assert sent["Authorization"] == "Bearer opaque-token"
    api.refuse("POST", "company/documents", ProblemCode.UNREADABLE)
    refused = signed_in.send("POST", "/company/documents/relay", body, headers)
    assert refused.status_code == 422
    assert refused.json()["message"].startswith("Pliku nie można odczytać")
    api.gone = True
    assert signed_in.send("POST", "/company/documents/relay", body, headers).status_code == 503


def test_the_script_s_upload_needs_the_form_token(signed_in: Visitor, api: FakeCustomerApi) -> None:
    calls = len(api.requests)
    refused = signed_in.send("POST", "/company/documents/relay", b"", {"Content-Type": "multipart/form-data"})
    assert refused.status_code == 403
    assert len(api.requests) == calls


def test_staff_s_reasons_stand_at_the_document_with_their_place(signed_in: Visitor, api: FakeCustomerApi) -> None:
    state = DocumentState.NEEDS_REPLACEMENT
    wrong = document(DocumentKind.AUTHORIZATION, state, 2, reasons=(not_signed(),))
    api.answer("GET", "company", company(CompanyState.CORRECTION_REQUESTED, ("document:authorization",)))
    api.answer("GET", "company/documents", documents(wrong))
    for path in ("/company", "/company/documents", "/company/authorization"):
        signed_in.get(path)
        assert "Brakuje podpisu osoby uprawnionej." in signed_in.page.text
        assert "Podpis powinien być w prawym dolnym polu." in signed_in.page.text
        assert "strona 1, na dole po prawej" in signed_in.page.text
    assert signed_in.page.fields["replaces"] == "d2"


def test_places_are_said_in_words() -> None:
    assert place_on_page(None, None) is None
    assert place_on_page(2, None) == ("strona 2", "page 2")
    assert place_on_page(1, (0.0, 0.0, 0.2, 0.1)) == ("strona 1, u góry po lewej", "page 1, at the top on the left")
    assert place_on_page(1, (0.0, 0.4, 1.0, 0.6)) == ("strona 1, pośrodku", "page 1, in the middle")


def test_the_authorization_comes_as_a_file(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer_bytes("GET", "company/authorization?variant=registered", b"%PDF-1.7", "application/pdf")
    answer = signed_in.get("/company/authorization/sheet?variant=registered")
    assert answer.content == b"%PDF-1.7"
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("attachment")
    assert answer.headers["Content-Security-Policy"].startswith("sandbox")
    assert signed_in.get("/company/authorization/sheet?variant=other").status_code == 303


def test_before_registration_there_is_no_authorization_yet(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "company", company(CompanyState.COLLECTING, ("seat",)))
    signed_in.get("/company/authorization")
    assert "Najpierw dane i dokumenty rejestrowe" in signed_in.page.text
    assert "file" not in signed_in.page.fields


class _Pages(httpx.AsyncByteStream):
    """The bytes of a file on its way; notes when it was let go of."""

    def __init__(self) -> None:
        self.closed = False

    async def __aiter__(self) -> AsyncIterator[bytes]:
        yield b"%PDF-1.7"

    async def aclose(self) -> None:
        self.closed = True


def test_a_browser_that_leaves_before_the_first_byte_holds_no_connection_to_the_api() -> None:
    pages = _Pages()
    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=pages))
    portal = create_portal(api_url="http://api", public_url=ORIGIN, http_transport=transport)
    path = "/company/documents/d1/content"
    scope = {
        "type": "http",
        "asgi": {"version": "3.0", "spec_version": "2.4"},
        "http_version": "1.1",
        "method": "GET",
        "scheme": "https",
        "path": path,
        "raw_path": path.encode(),
        "query_string": b"",
        "root_path": "",
        "server": ("127.0.0.1", 8443),
        "headers": [(b"host", b"127.0.0.1:8443"), (b"cookie", b"__Host-session=t")],
    }

    async def receive() -> Message:
        return {"type": "http.disconnect"}

    async def send(_: Message) -> None:
        raise OSError

    async def visit() -> None:
        async with portal.router.lifespan_context(portal):
            with contextlib.suppress(ClientDisconnect, OSError):
                await portal(scope, receive, send)
            assert pages.closed

    asyncio.run(visit())
