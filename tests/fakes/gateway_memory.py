# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the fake server knows, and what tests arrange in it."""

from __future__ import annotations

import hashlib
import itertools
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

from pydantic import ValidationError

from reviewer_app.contract.edition import SERVER_TIME
from reviewer_app.contract.messages import GivenReason, Listing, Message
from reviewer_app.contract.page_rotations import PageRotation, RotationRequest
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.printing import PrintOutcome, PrintRecord, PrintRequest
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.staff import (
    Assignee,
    Change,
    CheckFinding,
    CheckStatus,
    DecisionRequest,
    DocumentWords,
    HistoryEntry,
    StaffDocument,
    StaffUser,
)
from reviewer_app.contract.states import (
    Actor,
    CompanyState,
    DocumentKind,
    DocumentState,
    Flag,
    Outcome,
)
from tests.fakes.words import words_of

PASSWORD = "sosna-i-buk-nad-jeziorem"
MOST_PAGES = 200
"""No document has more."""
PREFIX = "/api/v1/staff"
LEASE = timedelta(minutes=15)
A4 = (595.0, 842.0)


class Reply(NamedTuple):
    """An answer: status, headers with names in lower case, body."""

    status: int
    headers: dict[str, str]
    body: bytes


class Refusal(Exception):
    """Ends a call with a problem."""

    def __init__(self, code: ProblemCode, **extensions: object) -> None:
        super().__init__(code)
        self.code = code
        self.extensions = extensions


@dataclass
class Held:
    """A claim."""

    user: StaffUser
    token: str
    expires_at: datetime


@dataclass
class Company:
    """A company in the fake's memory."""

    id: str
    name: str
    nip: str
    state: CompanyState = CompanyState.PENDING_VERIFICATION
    version: int = 1
    round: int = 1
    documents: list[StaffDocument] = field(default_factory=list)
    submitted_at: datetime = datetime(2026, 11, 24, 8, 0, tzinfo=UTC)
    held: Held | None = None
    flags: tuple[Flag, ...] = ()
    history: list[HistoryEntry] = field(default_factory=list)


@dataclass(frozen=True)
class Asked:
    """A request on its way to its handler."""

    user: StaffUser
    headers: Mapping[str, str]
    query: Mapping[str, str]
    body: bytes

    def read(self, kind: type[Any]) -> Any:
        try:
            return kind.model_validate_json(self.body or b"{}")
        except ValidationError as error:
            raise Refusal(ProblemCode.VALIDATION_FAILED) from error


class FakeMemory:
    """What the fake server knows. `advance` moves its clock, `customer_edits` and `other_takes_over` act for others."""

    def __init__(self) -> None:
        self.time: datetime | None = None
        """The moment that every answer tells, when it is set."""
        self._lock = threading.RLock()
        self._changed = threading.Condition(self._lock)
        self._numbers = itertools.count(1)
        self._users: dict[str, StaffUser] = {}
        self._tokens: dict[str, StaffUser] = {}
        self._refresh: dict[str, StaffUser] = {}
        self._done: dict[tuple[str, str, str], tuple[str, Reply]] = {}
        self._content: dict[str, bytes] = {}
        self._changes: list[Change] = []
        self._shift = timedelta(0)
        self.companies: dict[str, Company] = {}
        self.decisions: list[tuple[str, Outcome]] = []
        self.notes: list[tuple[str, str]] = []
        self.calls: list[str] = []
        self.print_outcomes: dict[str, PrintOutcome | None] = {}
        """What became of each print, by its id in their order; None as long as that was not told."""
        self._printers: dict[str, str] = {}
        self.stopped = threading.Event()

    # --- what tests arrange

    def told_time(self) -> dict[str, str]:
        """Give the header of an answer that tells the time, when that is set."""
        return {} if self.time is None else {SERVER_TIME: self.time.isoformat()}

    def add_user(self, username: str, role: StaffRole = StaffRole.REVIEWER) -> StaffUser:
        """Make a member of staff with :data:`PASSWORD`."""
        user = StaffUser(id=f"u{next(self._numbers)}", username=username, display_name=username.title(), role=role)
        self._users[username] = user
        return user

    def change_role(self, username: str, role: StaffRole) -> None:
        """Give a member of staff another role, which holds at once."""
        with self._lock:
            user = self._users[username].model_copy(update={"role": role})
            self._users[username] = user
            for tokens in (self._tokens, self._refresh):
                tokens.update({token: user for token, who in tokens.items() if who.id == user.id})

    def add_company(self, name: str, nip: str, documents: Mapping[DocumentKind, bytes]) -> str:
        """Submit a company with documents; gives its id."""
        with self._lock:
            company = Company(f"c{next(self._numbers)}", name, nip, submitted_at=self.now())
            self.companies[company.id] = company
            for kind, content in documents.items():
                self.add_document(company.id, kind, content)
            self._note_change(company, "company.submitted", "Klient", Actor.CUSTOMER)
            return company.id

    def add_document(self, company_id: str, kind: DocumentKind, content: bytes) -> str:
        """Upload a version of a document for the customer; gives its id."""
        with self._lock:
            company = self.companies[company_id]
            older = [item for item in company.documents if item.kind is kind]
            company.documents = [
                item.model_copy(update={"current": False, "state": DocumentState.SUPERSEDED})
                if item.kind is kind
                else item
                for item in company.documents
            ]
            document = StaffDocument(
                id=f"d{next(self._numbers)}",
                line=f"l-{company_id}-{kind}",
                kind=kind,
                version=len(older) + 1,
                sha256=hashlib.sha256(content).hexdigest(),
                pages=1,
                page_sizes=(A4,),
                state=DocumentState.READY,
                file_name=f"{kind}.pdf",
                media_type="application/pdf",
                size=len(content),
                uploaded_at=self.now(),
                replaces=older[-1].id if older else None,
                current=True,
                round=company.round,
            )
            company.documents.append(document)
            self._content[document.id] = content
            return document.id

    def customer_edits(self, company_id: str) -> None:
        """Let the customer change a declared field: a new version."""
        with self._lock:
            company = self.companies[company_id]
            company.version += 1
            self._note_change(company, "company.changed", "Klient", Actor.CUSTOMER)

    def other_takes_over(self, company_id: str, username: str) -> None:
        """Let another member of staff hold the case."""
        with self._lock:
            company = self.companies[company_id]
            company.held = Held(self._users[username], self._new("lease"), self.now() + LEASE)
            self._note_change(company, "case.taken_over", username.title(), Actor.STAFF)

    def advance(self, span: timedelta) -> None:
        """Move the clock."""
        with self._lock:
            self._shift += span

    def end_access_tokens(self) -> None:
        """Let every access token expire; refresh tokens stay good."""
        with self._lock:
            self._tokens.clear()

    def end_sessions(self) -> None:
        """End every session."""
        with self._lock:
            self._tokens.clear()
            self._refresh.clear()

    def now(self) -> datetime:
        """Give the fake's time."""
        return datetime.now(UTC) + self._shift

    def stop(self) -> None:
        """Let calls that wait for a change answer now."""
        self.stopped.set()
        with self._changed:
            self._changed.notify_all()

    # --- inside

    def _company(self, company_id: str) -> Company:
        if company_id not in self.companies:
            raise Refusal(ProblemCode.NOT_FOUND)
        return self.companies[company_id]

    def _holder(self, company: Company) -> Held | None:
        held = company.held
        return held if held is not None and held.expires_at > self.now() else None

    def _refuse_others(self, company: Company, user: StaffUser) -> None:
        held = self._holder(company)
        if held is not None and held.user != user:
            raise Refusal(ProblemCode.CLAIMED_BY_OTHER, holder=held.user.display_name)

    def _note_change(self, company: Company, kind: str, who: str, actor: Actor, *, text: str = "") -> None:
        at = self.now()
        with self._changed:
            self._changes.append(Change(seq=len(self._changes) + 1, company_id=company.id, kind=kind, at=at))
            self._changed.notify_all()
        entry_id = f"h{next(self._numbers)}"
        company.history.append(
            HistoryEntry(id=entry_id, at=at, actor=actor, actor_name=who, kind=kind, text=text or kind)
        )

    def _new(self, kind: str) -> str:
        return f"{kind}-{next(self._numbers)}"

    def _people(self, _asked: Asked) -> Listing[StaffUser]:
        return Listing[StaffUser](items=tuple(self._users.values()))

    def _beside(self, _asked: Asked, _company_id: str) -> Listing[Message]:
        """No case has a past or anything in common with others here."""
        return Listing[Message](items=())

    def _of_pages(self, document: str) -> list[tuple[str, str, Callable[..., Message | None]]]:
        return [
            ("PUT", f"{document}/pages/([0-9]+)/rotation", self._turn),
            ("POST", f"{document}/prints", self._print),
            ("POST", f"{document}/prints/([^/]+)/outcome", self._end_print),
        ]

    def _print(self, asked: Asked, document_id: str) -> PrintRecord:
        asked.read(PrintRequest)
        company = next((one for one in self.companies.values() if document_id in (d.id for d in one.documents)), None)
        if company is None:
            raise Refusal(ProblemCode.NOT_FOUND)
        print_id = self._new("print")
        self._printers[print_id], self.print_outcomes[print_id] = asked.user.id, None
        return PrintRecord(
            print_id=print_id,
            company_name=company.name,
            nip=company.nip,
            printed_by=asked.user.display_name,
            printed_at=self.now(),
        )

    def _end_print(self, asked: Asked, _document_id: str, print_id: str) -> None:
        outcome = asked.read(PrintOutcome)
        if self._printers.get(print_id) != asked.user.id:
            raise Refusal(ProblemCode.NOT_FOUND)
        if self.print_outcomes[print_id] is None:
            self.print_outcomes[print_id] = outcome

    def _turn(self, asked: Asked, document_id: str, page: str) -> None:
        with self._lock:
            degrees = asked.read(RotationRequest).degrees
            for company in self.companies.values():
                for place, document in enumerate(company.documents):
                    if document.id == document_id:
                        if int(page) > MOST_PAGES:
                            raise Refusal(ProblemCode.VALIDATION_FAILED)
                        others = (one for one in document.rotations if one.page != int(page))
                        turned = (*others, PageRotation(page=int(page), degrees=degrees))
                        company.documents[place] = document.model_copy(update={"rotations": turned})
                        return
        raise Refusal(ProblemCode.NOT_FOUND)

    def _words(self, _asked: Asked, document_id: str) -> DocumentWords:
        if document_id not in self._content:
            raise Refusal(ProblemCode.NOT_FOUND)
        return DocumentWords(document_id=document_id, pages=words_of(self._content[document_id]))


def nip_is_valid(at: datetime) -> CheckFinding:
    """Give the finding that every case of the fake server has."""
    message = "The NIP is well formed."
    return CheckFinding(code="nip_number", status=CheckStatus.OK, message=message, field="nip", checked_at=at)


def assignee_of(user: StaffUser) -> Assignee:
    """Name a member of staff as the holder of a case."""
    return Assignee(id=user.id, username=user.username, display_name=user.display_name)


def judged(document: StaffDocument, request: DecisionRequest) -> StaffDocument:
    """Give a document as a decision leaves it."""
    verdict = next((item for item in request.documents if item.document_id == document.id), None)
    if verdict is None:
        return document
    reasons = tuple(
        GivenReason(code=reason.code, text=reason.code, note=reason.note, page=reason.page, region=reason.region)
        for reason in verdict.reasons
    )
    return document.model_copy(update={"state": DocumentState(verdict.verdict), "reasons": reasons})
