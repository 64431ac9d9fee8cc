# SPDX-License-Identifier: AGPL-3.0-or-later
"""A server full of cases for the window's tests: several states, holders and flags, real documents, findings of checks."""

from __future__ import annotations

import re
import threading
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from reviewer_app.contract.bench import Expectation
from reviewer_app.contract.case_context import Sighting
from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.messages import Listing
from reviewer_app.contract.page_rotations import Degrees, PageRotation
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.staff import (
    CheckCounts,
    CheckFinding,
    CheckStatus,
    CompanyDetail,
    DocumentWords,
    MailPreview,
    QueueItem,
    StaffSession,
    StaffSignInRequest,
    StaffUser,
)
from reviewer_app.contract.states import Actor, CompanyState, DocumentKind, Flag, Outcome
from reviewer_app.contract.working_time import working_seconds
from tests.fakes.gateway_memory import Asked, Company, Held, Refusal, Reply
from tests.fakes.gateway_server import FakeServer
from tests.gui.papers import extract, signed_sheet

NAMES = (
    "Hurtownia Elektroniczna Jodła sp. z o.o.",
    "Zażółć Systemy Komputerowe S.A.",
    "Modrzew IT Jan Modrzewski",
    "Przedsiębiorstwo Produkcyjno-Handlowo-Usługowe „Świerk i Córki” spółka komandytowa",
    "Buk Serwis s.c.",
    "Fundacja Cyfrowy Las",
    "Cis Data sp. z o.o.",
    "Olcha Networks P.S.A.",
    "Topola Retail sp.j.",
    "Kasztan Dystrybucja sp. z o.o.",
    "Wiąz Automatyka sp. z o.o.",
    "Klon Consulting Anna Klonowska",
)
NIPS = (
    "9990000184", "9990000250", "9990000327", "9990000391", "9990000468", "9990000534",
    "9990000600", "9990000675", "9990000741", "9990000818", "9990000882", "9990000959",
)  # fmt: skip
FORMS = (
    LegalForm.SP_ZOO,
    LegalForm.SA,
    LegalForm.SOLE_PROPRIETORSHIP,
    LegalForm.LIMITED_PARTNERSHIP,
    LegalForm.CIVIL_PARTNERSHIP,
    LegalForm.FOUNDATION,
    LegalForm.SP_ZOO,
    LegalForm.PSA,
    LegalForm.GENERAL_PARTNERSHIP,
    LegalForm.SP_ZOO,
    LegalForm.SP_ZOO,
    LegalForm.SOLE_PROPRIETORSHIP,
)
MOST_SECONDS_OF_WAITING = 60
AGES_HOURS = (76, 51, 49, 30, 27, 20, 9, 6, 4, 2, 1, 0)
MAIL = """<!DOCTYPE html><html><body style="font-family: sans-serif">
<h2>{title}</h2><p>Dzień dobry,</p><p>{body}</p><p>{note}</p><p>Zespół weryfikacji</p></body></html>"""


class HeldCalls:
    """Calls that wait: ``asked`` is set when the first one comes, and they are answered once ``goes_on`` is."""

    def __init__(self) -> None:
        self.asked = threading.Event()
        self.goes_on = threading.Event()


class SceneServer(FakeServer):
    """The fake server with findings of checks, a mail that looks like one, second factors, and customers who answer."""

    def __init__(self) -> None:
        self.stopped_clock: datetime | None = None
        super().__init__()
        self.one_time_codes: dict[str, str] = {}
        self.bench = False
        self.expectations: dict[str, Expectation] = {}
        self.heard: Callable[[str, Mapping[str, str]], None] | None = None
        """Is told path and query of each call before it is answered, in the thread of the call."""
        self.sightings: dict[str, tuple[Sighting, ...]] = {}
        """What other companies have in common with one, by its id."""
        self.lacks: str | None = None
        """Calls whose path ends so are refused, as by a server that has nothing there."""
        self.previews = threading.Event()
        """Cleared, it keeps mails from being previewed until it is set."""
        self.previews.set()
        self.mail_asked = threading.Event()
        self._without_words: set[str] = set()
        self._checked_at = self.now().replace(microsecond=0, second=0)

    def handle(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Reply:
        """Answer as a test bench too, when this is one."""
        if self.heard is not None:
            self.heard(path, query)
        if self.lacks is not None and path.endswith(self.lacks):
            return self._problem(Refusal(ProblemCode.NOT_FOUND), "en")
        seen = next(
            (found for company, found in self.sightings.items() if path.endswith(f"/{company}/sightings")), None
        )
        if seen is not None:
            return self._written(Listing[Sighting](items=seen), 200)
        if path.endswith("/mail-preview"):
            self.mail_asked.set()
            self.previews.wait(MOST_SECONDS_OF_WAITING)
        asked = re.fullmatch("/qa/v1/companies/([^/]+)/expectation", path)
        if not self.bench or asked is None:
            return super().handle(method, path, query, headers, body)
        self.calls.append(f"{method} {path}")
        found = self.expectations.get(asked[1])
        if found is None:
            return self._problem(Refusal(ProblemCode.NOT_FOUND), "en")
        return self._written(found, 200)

    def hold(self, ending: str) -> HeldCalls:
        """Let calls whose path ends so wait."""
        held = HeldCalls()

        def wait(path: str, _query: Mapping[str, str]) -> None:
            if path.endswith(ending):
                held.asked.set()
                held.goes_on.wait(MOST_SECONDS_OF_WAITING)

        self.heard = wait
        return held

    def now(self) -> datetime:
        """Give the fake's time, which a test may stop."""
        return self.stopped_clock or super().now()

    def _words(self, asked: Asked, document_id: str) -> DocumentWords:
        if document_id in self._without_words:
            return DocumentWords(document_id=document_id, pages=())
        return super()._words(asked, document_id)

    def _session(self, user: StaffUser) -> StaffSession:
        return super()._session(user).model_copy(update={"bench": self.bench})

    def _sign_in(self, asked: Asked) -> StaffSession:
        request = asked.read(StaffSignInRequest)
        wanted = self.one_time_codes.get(request.username)
        if wanted is not None and request.otp is None:
            raise Refusal(ProblemCode.OTP_REQUIRED)
        if wanted is not None and request.otp != wanted:
            raise Refusal(ProblemCode.INVALID_CREDENTIALS)
        return super()._sign_in(asked)

    def customer_answers(self, company_id: str, kind: DocumentKind, content: bytes) -> None:
        """Let the customer send a document anew and submit the next round."""
        with self._lock:
            self.add_document(company_id, kind, content)
            company = self.companies[company_id]
            company.state = CompanyState.PENDING_VERIFICATION
            company.round += 1
            company.version += 1
            self._note_change(company, "company.submitted", "Klient", Actor.CUSTOMER)

    def other_decides(self, company_id: str, state: CompanyState) -> None:
        """Let a colleague decide a case."""
        with self._lock:
            company = self.companies[company_id]
            company.state = state
            company.version += 1
            self._note_change(company, "company.decided", "Piotr", Actor.STAFF)

    def colleague_notes(self, company_id: str) -> None:
        """Let a colleague write a note: the case is read again, its version stays."""
        with self._lock:
            self._note_change(self.companies[company_id], "case.noted", "Piotr", Actor.STAFF, text="Called")

    def colleague_turns(self, document_id: str, page: int, degrees: Degrees) -> None:
        """Let a colleague turn a page."""
        with self._lock:
            company = next(one for one in self.companies.values() if document_id in (d.id for d in one.documents))
            turned = {"rotations": (PageRotation(page=page, degrees=degrees),)}
            company.documents = [
                item.model_copy(update=turned) if item.id == document_id else item for item in company.documents
            ]
            self._note_change(company, "document.page_turned", "Piotr", Actor.STAFF)

    def send_as(
        self, company_id: str, kind: DocumentKind, content: bytes, media_type: str, pages: int, *, words: bool = True
    ) -> None:
        """Put a document of another file type in the place of one; its ``words`` are not read when they never end."""
        with self._lock:
            document_id = self.add_document(company_id, kind, content)
            if not words:
                self._without_words.add(document_id)
            company = self.companies[company_id]
            company.documents = [
                item.model_copy(update={"media_type": media_type, "pages": pages}) if item.id == document_id else item
                for item in company.documents
            ]

    def _show(self, asked: Asked, company_id: str) -> CompanyDetail:
        detail = super()._show(asked, company_id)
        place = NAMES.index(detail.name) if detail.name in NAMES else 0
        waiting = self.waiting(self.companies[company_id])
        changes = {"checks": self.findings(place), "legal_form": FORMS[place], "waiting_seconds": waiting}
        return detail.model_copy(update={**changes, "bank_account": "30999900001000200030004000"})

    def _item(self, company: Company) -> QueueItem:
        item = super()._item(company)
        place = NAMES.index(company.name) if company.name in NAMES else 0
        statuses = [finding.status for finding in self.findings(place)]
        counts = CheckCounts(**{status.value: statuses.count(status) for status in CheckStatus})
        waiting = self.waiting(company)
        waited = {
            "waiting_seconds": waiting,
            "working_seconds": working_seconds(self.now() - timedelta(seconds=waiting), self.now()),
        }
        return item.model_copy(update={"checks": counts, "legal_form": FORMS[place], **waited})

    def _preview(self, asked: Asked, company_id: str) -> MailPreview:
        plain = super()._preview(asked, company_id)
        titles = {
            Outcome.APPROVE: "Firma została zaakceptowana",
            Outcome.REQUEST_CORRECTION: "Prosimy o poprawę dokumentów",
            Outcome.REJECT: "Nie możemy zarejestrować firmy",
        }
        outcome = next(item for item in Outcome if f": {item}" in plain.text)
        html = MAIL.format(title=titles[outcome], body=self.companies[company_id].name, note=plain.text.split("\n")[-1])
        return plain.model_copy(update={"subject": titles[outcome], "html": html})

    def waiting(self, company: Company) -> int:
        """Give the seconds since a company's submission while it waits for staff."""
        if company.state is not CompanyState.PENDING_VERIFICATION:
            return 0
        return int((self.now() - company.submitted_at).total_seconds())

    def findings(self, place: int) -> tuple[CheckFinding, ...]:
        """Give the findings of a case: more of them the older it is."""
        at = self._checked_at
        known = [
            CheckFinding(
                code="nip_valid", status=CheckStatus.OK, message="NIP jest poprawny.", field="nip", checked_at=at
            ),
            CheckFinding(
                code="seat_found", status=CheckStatus.OK, message="Adres jest w odpisie.", field="seat", checked_at=at
            ),
            CheckFinding(
                code="name_differs",
                status=CheckStatus.WARN,
                message="W odpisie nazwa ma inną pisownię.",
                field="name",
                checked_at=at,
            ),
            CheckFinding(
                code="account_unknown",
                status=CheckStatus.UNKNOWN,
                message="Białej listy nie udało się sprawdzić.",
                field="bank_account",
                checked_at=at,
            ),
            CheckFinding(
                code="extract_old",
                status=CheckStatus.FAIL,
                message="Odpis ma 120 dni, a może mieć najwyżej 90.",
                checked_at=at,
            ),
        ]
        return tuple(known[: 2 + (place % 4)])


def full_server(*, cases: int = len(NAMES)) -> SceneServer:
    """Make a server with staff and cases; the first company has four documents."""
    server = SceneServer()
    anna = server.add_user("anna")
    server.add_user("piotr", StaffRole.SUPERVISOR)
    for place in range(cases):
        name, nip = NAMES[place % len(NAMES)], NIPS[place % len(NIPS)]
        papers = {
            DocumentKind.REGISTRY_EXTRACT: extract(name, nip),
            DocumentKind.AUTHORIZATION: signed_sheet(name),
        }
        if place == 0:
            papers[DocumentKind.NIP_CONFIRMATION] = extract(name, nip, pages=1)
        company = server.companies[server.add_company(name, nip, papers)]
        company.submitted_at = server.now() - timedelta(hours=AGES_HOURS[place % len(AGES_HOURS)])
        _vary(server, company, place, anna.id)
    return server


def _vary(server: FakeServer, company: Company, place: int, _user: str) -> None:
    for document_place, document in enumerate(company.documents):
        pages = 3 if document.kind is DocumentKind.REGISTRY_EXTRACT else 1
        changes: dict[str, object] = {"pages": pages}
        if document.kind is DocumentKind.AUTHORIZATION:
            changes.update(media_type="image/png", file_name="upoważnienie.png")
        company.documents[document_place] = document.model_copy(update=changes)
    if place == 1:
        company.flags = (Flag.POSSIBLE_DUPLICATE,)
        company.round = 2
    if place == 2:
        company.flags = (Flag.OVERDUE,)
    if place == 4:
        company.held = Held(server._users["piotr"], "lease-of-piotr", server.now() + timedelta(minutes=10))
    if place == 5:
        company.flags = (Flag.ON_HOLD,)
    if place == 8:
        company.round = 3
    if place == 10:
        company.state = CompanyState.CORRECTION_REQUESTED
    if place == 11:
        company.state = CompanyState.APPROVED
