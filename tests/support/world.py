# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole backend in a test: real database, real storage, real document workers; customers and staff by HTTP."""

from __future__ import annotations

import re
import uuid
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

import pymupdf
from httpx import Client, Response
from sqlalchemy import select

from reviewer_app.backend.application import Backend
from reviewer_app.backend.mail.tables import OutboxMail
from reviewer_app.backend.staff.accounts import StaffAccounts
from reviewer_app.contract.checks import CheckCode
from reviewer_app.contract.permissions import StaffRole
from tests.fakes.clock import StandingClock
from tests.support.numbers import NIPS
from tests.support.serving import serving
from tests.support.waiting import wait_until

PASSWORD = "Wierzba-nad-stawem-71"
SEAT = {"street": "ul. Prosta", "building": "1", "unit": "2", "postal_code": "00-001", "city": "Warszawa"}


def company_data(nip: str = NIPS[0], **changes: Any) -> dict[str, Any]:
    """Give a complete company as a customer declares it; None drops a field."""
    declared = {
        "name": "Żółw i Syn Sp. z o.o.",
        "legal_form": "sp_zoo",
        "nip": nip,
        "regon": "990000217",
        "krs": "0009990001",
        "seat": SEAT,
        "phone": "+48 22 123 45 67",
        "email": "biuro@firma.test",
        **changes,
    }
    return {name: value for name, value in declared.items() if value is not None}


def pdf(text: str = "Odpis", pages: int = 1) -> bytes:
    """Make a PDF with a text on each page."""
    with pymupdf.open() as document:
        for number in range(pages):
            document.new_page().insert_text((72, 72), f"{text} {number + 1}")
        data: bytes = document.tobytes()
    return data


def key() -> dict[str, str]:
    """Give a fresh idempotency key as a header."""
    return {"Idempotency-Key": uuid.uuid4().hex}


def expect(response: Response, status: int, code: str | None = None) -> Any:
    """Give the answer's JSON when it has the status and, for a refusal, the problem code."""
    assert response.status_code == status, response.text
    if not response.content:
        return None
    if "json" not in response.headers.get("content-type", ""):
        return response.content
    body = response.json()
    assert code in {None, body.get("code")}, body
    return body


@dataclass
class Actor:
    """Someone signed in."""

    client: Client
    headers: dict[str, str]

    def call(self, method: str, path: str, **how: Any) -> Response:
        """Make a call of the API. ``headers`` are added to the actor's own."""
        headers = {**self.headers, **how.pop("headers", {})}
        response: Response = self.client.request(method, f"/api/v1/{path}", headers=headers, **how)
        return response


@dataclass
class Customer(Actor):
    """A customer and their one company."""

    email: str = ""

    def create(self, **declared: Any) -> Any:
        """Add the company."""
        return expect(self.call("POST", "customer/company", json=company_data(**declared)), 201)

    def company(self) -> Any:
        """Give the company as the customer sees it."""
        return expect(self.call("GET", "customer/company"), 200)

    def change(self, **fields: Any) -> Response:
        """Change declared data of the present version."""
        match = {"If-Match": f'"{self.company()["version"]}"'}
        return self.call("PATCH", "customer/company", json=fields, headers=match)

    def upload(
        self, kind: str, content: bytes | None = None, *, name: str = "skan.pdf", replaces: str | None = None
    ) -> Response:
        """Upload a document."""
        form = {"kind": kind} | ({"replaces": replaces} if replaces else {})
        data = pdf(kind) if content is None else content
        return self.call("POST", "customer/company/documents", data=form, files={"file": (name, data)})

    def documents(self) -> list[Any]:
        """List the versions of the company's documents."""
        items: list[Any] = expect(self.call("GET", "customer/company/documents"), 200)["items"]
        return items

    def submit(self) -> Response:
        """Hand the company to staff."""
        return self.call("POST", "customer/company/submission")

    def ready(self, *, sheet: bool = False, **declared: Any) -> Any:
        """Add a company with both documents, ready to be submitted; with `sheet` it downloads the form first."""
        self.create(**declared)
        expect(self.upload("registry_extract"), 201)
        if sheet:
            expect(self.call("GET", "customer/company/authorization"), 200)
        expect(self.upload("authorization"), 201)
        return self.company()

    def submitted(self, *, sheet: bool = False, **declared: Any) -> str:
        """Add a company and submit it; gives its id."""
        self.ready(sheet=sheet, **declared)
        company_id: str = expect(self.submit(), 200)["id"]
        return company_id


@dataclass
class Reviewer(Actor):
    """A member of staff."""

    username: str = ""

    def post(self, path: str, json: Any = None, **headers: str) -> Response:
        """Make a changing call with a fresh key, unless one is given."""
        return self.call("POST", f"staff/{path}", json=json, headers=key() | headers)

    def detail(self, company_id: str) -> Any:
        """Give a case in full."""
        return expect(self.call("GET", f"staff/companies/{company_id}"), 200)

    def queue(self, **query: Any) -> list[Any]:
        """Give one page of the queue."""
        items: list[Any] = expect(self.call("GET", "staff/companies", params=query), 200)["items"]
        return items

    def claim(self, company_id: str) -> str:
        """Claim a case; gives the lease token."""
        token: str = expect(self.post(f"companies/{company_id}/claim"), 200)["lease_token"]
        return token

    def decide(
        self, company_id: str, body: Mapping[str, Any], *, version: int | None = None, **headers: str
    ) -> Response:
        """Decide; on the present version unless one is given."""
        seen = self.detail(company_id)["version"] if version is None else version
        match = {"If-Match": f'"{seen}"'} | headers
        return self.post(f"companies/{company_id}/decisions", body, **match)

    def approval(self, company_id: str, token: str | None) -> dict[str, Any]:
        """Write an approval that accepts every current document."""
        current = [document["id"] for document in self.detail(company_id)["documents"] if document["current"]]
        verdicts = [{"document_id": document_id, "verdict": "accepted"} for document_id in current]
        return {"outcome": "approve", "lease_token": token, "documents": verdicts}

    def correction(self, company_id: str, token: str | None, kind: str = "authorization") -> dict[str, Any]:
        """Write a request for a new version of a document of a kind."""
        document = next(one for one in self.detail(company_id)["documents"] if one["current"] and one["kind"] == kind)
        verdict = {
            "document_id": document["id"],
            "verdict": "needs_replacement",
            "reasons": [{"code": "not_readable", "page": 1, "region": [0.1, 0.1, 0.4, 0.2]}],
        }
        return {"outcome": "request_correction", "lease_token": token, "documents": [verdict], "customer_note": "Skan."}

    def checked(self, company_id: str) -> None:
        """Wait until documents and registers of a company were checked: that goes on after the act that asked for it."""

        def codes() -> set[str]:
            return {
                one["code"] for one in expect(self.call("GET", f"staff/companies/{company_id}/checks"), 200)["items"]
            }

        waiting = {CheckCode.DOCUMENTS_READ.value, CheckCode.REGISTERS_ASKED.value}
        wait_until(lambda: codes().isdisjoint(waiting), what="the checks of documents and registers")

    def approve(self, company_id: str) -> None:
        """Claim and approve."""
        token = self.claim(company_id)
        expect(self.decide(company_id, self.approval(company_id, token)), 201)


@dataclass
class World:
    """One backend on a database of its own, and everybody who calls it."""

    backend: Backend
    client: Client
    clock: StandingClock
    _staff: dict[str, Reviewer] = field(default_factory=dict)
    _customers: int = 0

    def customer(self, email: str | None = None, *, language: str = "pl", **about: str) -> Customer:
        """Register, activate and sign in a customer; ``about`` changes who the person is."""
        self._customers += 1
        address = email or f"klient{self._customers}@firma.test"
        person = {"first_name": "Jan", "last_name": "Żółw", "phone": "+48 600 100 200", "position": "prezes", **about}
        body = {**person, "email": address, "password": PASSWORD, "language": language, "terms_version": "1"}
        expect(self.client.post("/api/v1/customer/registrations", json=body), 202)
        token = self.link("activation", address)
        expect(self.client.post("/api/v1/customer/activations", json={"token": token}), 204)
        signed_in = self.client.post("/api/v1/customer/sessions", json={"email": address, "password": PASSWORD})
        return Customer(self.client, _bearer(expect(signed_in, 201)), address)

    def staff(self, username: str = "anna", role: StaffRole = StaffRole.REVIEWER) -> Reviewer:
        """Give a member of staff, signed in; the same one for the same name."""
        if username not in self._staff:
            parts = self.backend.parts
            accounts = StaffAccounts(parts.clock, self.backend.passwords, self.backend.history)
            with parts.database.write() as session:
                accounts.add(
                    session, username=username, display_name=f"{username.title()} Lis", role=role, password=PASSWORD
                )
            self._staff[username] = Reviewer(self.client, {}, username)
            self.sign_in(self._staff[username])
        return self._staff[username]

    def sign_in(self, reviewer: Reviewer) -> None:
        """Sign a member of staff in, anew when their session has expired."""
        body = {"username": reviewer.username, "password": PASSWORD}
        reviewer.headers = _bearer(expect(self.client.post("/api/v1/staff/sessions", json=body), 201))

    def mails(self, kind: str | None = None, to: str | None = None) -> list[OutboxMail]:
        """List the mails in the outbox, oldest first."""
        with self.backend.parts.database.read() as session:
            found = session.scalars(select(OutboxMail).order_by(OutboxMail.created_at)).all()
            session.expunge_all()
        return [mail for mail in found if kind in {None, mail.kind} and to in {None, mail.recipient}]

    def link(self, kind: str, to: str) -> str:
        """Give the token of the newest mail's link."""
        match = re.search(r"^https?://\S+/(\S+)$", self.mails(kind, to)[-1].text, re.MULTILINE)
        assert match is not None
        return match[1]


def _bearer(session: Mapping[str, Any]) -> dict[str, str]:
    return {"Authorization": f"Bearer {session['access_token']}", "Accept-Language": "pl"}


@contextmanager
def running(backend: Backend, clock: StandingClock) -> Iterator[World]:
    """Serve a backend on loopback while a test runs."""
    with (
        serving(backend.application(), stopping=backend.signal.close) as url,
        Client(base_url=url, timeout=60, trust_env=False) as client,
    ):
        yield World(backend, client, clock)


WorldMaker = Callable[..., World]
