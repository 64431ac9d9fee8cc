# SPDX-License-Identifier: AGPL-3.0-or-later
"""The customers' API as a transport: answers prepared per call, requests kept for the test to look at."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import httpx
from pydantic import BaseModel

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.customer import (
    Channels,
    CompanyBrief,
    Completion,
    Consents,
    CustomerCompany,
    CustomerDocument,
    CustomerDocuments,
    CustomerSession,
    CustomerUser,
    Me,
    NextStep,
    Terms,
    TermsDocument,
)
from reviewer_app.contract.messages import Address, GivenReason
from reviewer_app.contract.problems import PROBLEMS, ProblemCode
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.states import CompanyState, DocumentKind, DocumentState
from reviewer_app.contract.text import Language

NOW = datetime(2026, 11, 24, 9, 30, tzinfo=UTC)
PREFIX = "/api/v1/customer/"


class FakeCustomerApi(httpx.AsyncBaseTransport):
    """Answers with what was prepared; a call nobody prepared is a 404 problem. ``gone`` cuts every connection."""

    def __init__(self) -> None:
        self.requests: list[httpx.Request] = []
        self.bodies: list[bytes] = []
        self.gone = False
        self._answers: dict[tuple[str, str], tuple[int, bytes, dict[str, str]]] = {}

    def answer(self, method: str, path: str, body: BaseModel | None = None, *, status: int = 200) -> None:
        """Prepare an answer."""
        content = body.model_dump_json().encode() if body else b""
        self._answers[method, path] = (status, content, {"Content-Type": "application/json"})

    def answer_bytes(self, method: str, path: str, content: bytes, media_type: str) -> None:
        """Prepare a file as answer."""
        self._answers[method, path] = (200, content, {"Content-Type": media_type})

    def refuse(
        self,
        method: str,
        path: str,
        code: ProblemCode,
        errors: Mapping[str, tuple[str, str]] | None = None,
        **more: Any,
    ) -> None:
        """Prepare a problem; ``errors`` are code and message by field."""
        kind = PROBLEMS[code]
        problem = {
            "type": "about:blank",
            "title": kind.text.pl,
            "status": kind.status,
            "detail": kind.text.pl.format(**more),
            "code": code,
            "errors": [
                {"field": field, "code": error[0], "message": error[1]} for field, error in (errors or {}).items()
            ],
            **more,
        }
        content = httpx.Response(200, json=problem).content
        self._answers[method, path] = (kind.status, content, {"Content-Type": "application/problem+json"})

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Take a call as a server would: the whole body, then the answer."""
        if self.gone:
            raise httpx.ConnectError("connection refused", request=request)
        self.bodies.append(await request.aread())
        self.requests.append(request)
        path = request.url.raw_path.decode().removeprefix(PREFIX)
        found = self._answers.get((request.method, path)) or self._composed(request.method, path)
        if found is None:
            self.refuse(request.method, path, ProblemCode.NOT_FOUND)
            found = self._answers.pop((request.method, path))
        status, content, headers = found
        return httpx.Response(status, content=content, headers=headers, request=request)

    def _composed(self, method: str, path: str) -> tuple[int, bytes, dict[str, str]] | None:
        """Answer for a company with its documents by what was prepared for each of them."""
        parts = [self._answers.get(("GET", name)) for name in ("company", "company/documents")]
        if (method, path) != ("GET", "company/case") or None in parts:
            return None
        found = [part for part in parts if part is not None]
        refused = next((part for part in found if part[0] >= 400), None)
        body = b'{"company":%b,"documents":%b}' % tuple(content for _, content, _ in found)
        return refused or (200, body, found[0][2])


def user(language: Language = Language.POLISH) -> CustomerUser:
    """Give a person."""
    return CustomerUser(
        id="u1",
        first_name="Anna",
        last_name="Świątek",
        email="anna@firma.test",
        phone="+48 600 100 200",
        position="Kierownik zakupów",
        language=language,
    )


def session() -> CustomerSession:
    """Give a session that lasts."""
    return CustomerSession(access_token="opaque-token", expires_at=datetime.now(UTC) + timedelta(hours=8), user=user())


def me(next_step: NextStep = NextStep.ADD_COMPANY, state: CompanyState | None = None) -> Me:
    """Give a person and where they stand."""
    return Me(
        user=user(),
        consents=Consents(channels=Channels(email=True), wording_version="1", recorded_at=NOW),
        company=CompanyBrief(id="c1", name="Testowa Hurtownia IT", state=state, version=1) if state else None,
        is_administrator=state is not None,
        permissions=(),
        blocked=False,
        next_step=next_step,
    )


def company(state: CompanyState, missing: tuple[str, ...] = (), **changes: Any) -> CustomerCompany:
    """Give a company."""
    values: dict[str, Any] = {
        "id": "c1",
        "state": state,
        "version": 3,
        "round": 1,
        "name": "Testowa Hurtownia IT sp. z o.o.",
        "legal_form": LegalForm.SP_ZOO,
        "nip": "9990000184",
        "regon": "990000217",
        "krs": "0009990001",
        "seat": Address(street="ul. Prosta", building="67", unit="4", postal_code="00-838", city="Warszawa"),
        "phone": "+48 22 100 20 30",
        "email": "biuro@firma.test",
        "bank_account": "30999900001000200030004000",
        "missing": missing,
        "created_at": NOW,
        "submitted_at": NOW,
        "decided_at": NOW,
        **changes,
    }
    return CustomerCompany(**values)


def document(kind: DocumentKind, state: DocumentState, number: int = 1, **changes: Any) -> CustomerDocument:
    """Give one version of a document."""
    values: dict[str, Any] = {
        "id": f"d{number}",
        "kind": kind,
        "version": 1,
        "sha256": "0" * 64,
        "pages": 3,
        "state": state,
        "file_name": f"{kind}.pdf",
        "media_type": "application/pdf",
        "size": 482_113,
        "uploaded_at": NOW,
        "replaces": None,
        **changes,
    }
    return CustomerDocument(**values)


def documents(*items: CustomerDocument) -> CustomerDocuments:
    """Give a list of documents."""
    return CustomerDocuments(items=items)


def not_signed() -> GivenReason:
    """Give a reason with a place and a note."""
    return GivenReason(
        code=ReasonCode.NOT_SIGNED,
        text="Brakuje podpisu osoby uprawnionej. Prosimy o podpisanie dokumentu i przesłanie skanu.",
        note="Podpis powinien być w prawym dolnym polu.",
        page=1,
        region=(0.6, 0.75, 0.9, 0.85),
    )


def terms() -> Terms:
    """Give terms of one version."""

    def text(title: str) -> TermsDocument:
        paragraph = "Treść dokumentu, która opisuje prawa i obowiązki stron w zrozumiały sposób. " * 4
        return TermsDocument(title=title, version="1", paragraphs=(paragraph,) * 5)

    return Terms(
        terms_version="1",
        owh_version="1",
        wording_version="1",
        terms=text("Regulamin portalu"),
        owh=text("Ogólne warunki handlowe"),
        privacy=text("Informacja o przetwarzaniu danych"),
        consent=TermsDocument(
            title="Zgody marketingowe",
            version="1",
            paragraphs=("Wyrażam zgodę na otrzymywanie informacji handlowych wybranymi niżej kanałami.",),
        ),
    )


def completion() -> Completion:
    """Give what the finishing link shows."""
    return Completion(
        company=company(CompanyState.APPROVED),
        administrator=user(),
        owh_version="1",
        terms_version="1",
        owh=terms().owh,
        terms=terms().terms,
        expires_at=NOW + timedelta(days=14),
    )
