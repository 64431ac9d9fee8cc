# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests and answers of ``/api/v1/staff``."""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.customer import CustomerUser
from reviewer_app.contract.messages import ONE_LINE, SEVERAL_LINES, Address, Box, GivenReason, Message, Request, Utc
from reviewer_app.contract.page_rotations import PageRotation
from reviewer_app.contract.permissions import StaffAct, StaffRole
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.second_review import SecondReview
from reviewer_app.contract.states import (
    Actor,
    CaseKind,
    CompanyState,
    DocumentKind,
    DocumentState,
    Flag,
    Outcome,
    Verdict,
)

Note = Annotated[str, StringConstraints(strip_whitespace=True, max_length=4000, pattern=SEVERAL_LINES)]
LeaseToken = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=ONE_LINE)]


class CheckStatus(StrEnum):
    """The result of one automatic check. ``unknown`` means it could not be checked, never that it is right."""

    OK = "ok"
    WARN = "warn"
    FAIL = "fail"
    UNKNOWN = "unknown"


class StaffSignInRequest(Request):
    """A member of staff signs in; ``otp`` when the account or the setting asks for it."""

    username: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=ONE_LINE)]
    password: Annotated[str, StringConstraints(max_length=1000)]
    otp: Annotated[str, StringConstraints(strip_whitespace=True, max_length=20)] | None = None


class RefreshRequest(Request):
    """Exchanges a refresh token for a new pair; the old one ends."""

    refresh_token: LeaseToken


class OwnPasswordRequest(Request):
    """A member of staff changes their own password; all their other sessions end."""

    current: Annotated[str, StringConstraints(max_length=1000)]
    new: Annotated[str, StringConstraints(max_length=1000)]


class StaffUser(Message):
    """A member of staff."""

    id: str
    username: str
    display_name: str
    role: StaffRole


class StaffSession(Message):
    """Tokens of a member of staff. ``expires_at`` is the access token's end; ``bench``: the server is a test bench."""

    access_token: str
    refresh_token: str
    expires_at: Utc
    user: StaffUser
    bench: bool = False


class Assignee(Message):
    """Who holds a case."""

    id: str
    username: str
    display_name: str


class Assignment(Message):
    """Whose case it is to do, whether or not they work on it now: given to ``person`` by ``by`` (a name)."""

    person: Assignee
    by: str
    at: Utc


class CheckCounts(Message):
    """How many checks gave each result."""

    ok: int = 0
    warn: int = 0
    fail: int = 0
    unknown: int = 0


class QueueItem(Message):
    """One row of the queue.

    ``waiting_seconds`` counts from the submission while staff's answer is due, else 0; ``working_seconds`` of them are
    working time (`contract.working_time`). ``news`` are the kinds of history that others added since the caller looked
    at the case, oldest first; ``looked`` is False when the caller never did, and of the news there is then only ``mentioned``. ``assignee`` holds the claim: they work on it
    now; ``assignment`` is whose it is to do.
    """

    id: str
    name: str
    nip: str
    legal_form: LegalForm
    state: CompanyState
    version: int
    round: int
    case_kind: CaseKind
    submitted_at: Utc | None
    waiting_seconds: int
    working_seconds: int
    assignee: Assignee | None
    lease_expires_at: Utc | None
    flags: tuple[Flag, ...]
    checks: CheckCounts
    news: tuple[str, ...]
    looked: bool
    assignment: Assignment | None


class QueueSort(StrEnum):
    """Orders of the queue; a leading minus turns one round."""

    WAITING = "waiting"
    WAITING_LEAST = "-waiting"
    NAME = "name"
    NAME_DOWN = "-name"
    NIP = "nip"
    NIP_DOWN = "-nip"
    STATE = "state"
    STATE_DOWN = "-state"
    ROUND = "round"
    ROUND_DOWN = "-round"
    FORM = "form"
    FORM_DOWN = "-form"
    ASSIGNEE = "assignee"
    ASSIGNEE_DOWN = "-assignee"
    FLAGS = "flags"
    FLAGS_DOWN = "-flags"
    CHECKS = "checks"
    CHECKS_DOWN = "-checks"


class StaffDocument(Message):
    """One version of a document as staff see it. ``page_sizes`` are widths and heights in points, unrotated.

    ``verdict`` and ``reasons`` come from the last decision on this version; ``current`` is False for versions that
    a newer one replaced. ``line`` is the same for all versions of one document. ``rotations`` leave out the pages that
    nobody ever turned.
    """

    id: str
    line: str
    kind: DocumentKind
    version: int
    sha256: str
    pages: int
    page_sizes: tuple[tuple[float, float], ...]
    state: DocumentState
    file_name: str
    media_type: str
    size: int
    uploaded_at: Utc
    replaces: str | None
    current: bool
    round: int
    reasons: tuple[GivenReason, ...] = ()
    rotations: tuple[PageRotation, ...] = ()


class CheckFinding(Message):
    """One finding of an automatic check, with its place when it has one."""

    code: str
    status: CheckStatus
    message: str
    field: str | None = None
    document_id: str | None = None
    page: int | None = None
    box: Box | None = None
    checked_at: Utc


class BlockedAct(Message):
    """An act that the server does not allow now, and why, in the language of the request."""

    act: StaffAct
    code: str
    message: str


class CompanyDetail(Message):
    """A case in full. ``lease_mine`` says whether the caller holds the claim.

    ``second_review`` says why an approval given now would have to be confirmed by another person.
    ``candidate`` is who is to become the administrator, where the case is a change of that.
    """

    id: str
    state: CompanyState
    version: int
    round: int
    case_kind: CaseKind
    name: str
    legal_form: LegalForm
    nip: str
    regon: str | None
    krs: str | None
    seat: Address | None
    phone: str | None
    email: str | None
    bank_account: str | None
    administrator: CustomerUser | None
    candidate: CustomerUser | None = None
    authorization_number: str | None
    documents: tuple[StaffDocument, ...]
    checks: tuple[CheckFinding, ...]
    flags: tuple[Flag, ...]
    allowed_actions: tuple[StaffAct, ...]
    blocked_actions: tuple[BlockedAct, ...]
    assignee: Assignee | None
    lease_expires_at: Utc | None
    lease_mine: bool
    created_at: Utc
    submitted_at: Utc | None
    waiting_seconds: int
    working_seconds: int = 0
    second_review_by: Assignee | None = None
    second_review: SecondReview | None = None
    assignment: Assignment | None = None


class Claim(Message):
    """A lease on a case. The token goes with the decision; a new claim ends the old token."""

    lease_token: str
    expires_at: Utc


class NextCase(Message):
    """The case that was claimed by asking for the next one."""

    company: CompanyDetail
    lease_token: str
    expires_at: Utc


class LeaseRequest(Request):
    """Carries the lease token; it may come in the header ``Lease-Token`` instead."""

    lease_token: LeaseToken | None = None


class ReasonGiven(Request):
    """A reason for a document, with the place on the page that it is about."""

    code: ReasonCode
    note: Note | None = None
    page: Annotated[int, Field(ge=1, le=100_000)] | None = None
    region: Box | None = None


class CompanyReasonGiven(Request):
    """A reason about declared data (``field``) or the company as a whole."""

    code: ReasonCode
    note: Note | None = None
    field: Annotated[str, StringConstraints(max_length=60, pattern=ONE_LINE)] | None = None


class DocumentVerdict(Request):
    """What was decided about one version of a document."""

    document_id: Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=ONE_LINE)]
    verdict: Verdict
    reasons: tuple[ReasonGiven, ...] = ()


class DecisionRequest(Request):
    """A decision on a case. ``customer_note`` goes into the mail, ``internal_note`` stays with staff."""

    outcome: Outcome
    lease_token: LeaseToken | None = None
    documents: tuple[DocumentVerdict, ...] = ()
    reasons: tuple[CompanyReasonGiven, ...] = ()
    customer_note: Note | None = None
    internal_note: Note | None = None


class Decision(Message):
    """A decision as recorded. ``second_review_due`` says that another person has to approve as well."""

    id: str
    company_id: str
    outcome: Outcome
    state: CompanyState
    version: int
    round: int
    decided_at: Utc
    decided_by: Assignee
    second_review_due: bool = False
    second_review: SecondReview | None = None


class MailPreview(Message):
    """Exactly what the customer will get, in the customer's language. ``html`` is a whole document."""

    subject: str
    text: str
    html: str
    language: Literal["pl", "en"]
    recipient: str


class NoteRequest(Request):
    """An internal note on a case."""

    text: Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=SEVERAL_LINES)]


class HoldRequest(Request):
    """Puts a case aside until a moment, or takes it back with ``until`` null and ``reason`` null."""

    reason: Note | None = None
    until: Utc | None = None


_Reason = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=4000, pattern=SEVERAL_LINES)]


class ReopenRequest(Request):
    """Opens a refused case, or an approved and unfinished one, again."""

    reason: _Reason


class SuspensionRequest(Request):
    """Suspends an active company. The company's people read the reason."""

    reason: _Reason


class RestorationRequest(Request):
    """Ends a suspension by staff. The company's administrator reads the reason."""

    reason: _Reason


class HistoryEntry(Message):
    """One act. ``kind`` is stable, ``text`` is the sentence in the language of the request, ``details`` its facts."""

    id: str
    at: Utc
    actor: Actor
    actor_name: str
    kind: str
    text: str
    details: dict[str, str] = Field(default_factory=dict)


class Change(Message):
    """One row of the change feed."""

    seq: int
    company_id: str
    kind: str
    at: Utc


class Changes(Message):
    """Rows after ``since``, oldest first; ask again with ``next``."""

    items: tuple[Change, ...]
    next: int


class Word(Message):
    """A word of a page's text layer and its box."""

    text: str
    box: Box


class PageWords(Message):
    """The words of one page; ``page`` counts from 1."""

    page: int
    words: tuple[Word, ...]


class DocumentWords(Message):
    """The words of a document by page; a scan without a text layer has pages without words."""

    document_id: str
    pages: tuple[PageWords, ...]


class CatalogueText(Message):
    """A code and its name in both languages."""

    code: str
    pl: str
    en: str


class CatalogueReason(CatalogueText):
    """A reason code with what it applies to; ``pl`` and ``en`` are what the customer reads."""

    kind: str
    documents: tuple[DocumentKind, ...]
    fields: tuple[str, ...]
    label_pl: str
    label_en: str
    internal_pl: str
    internal_en: str
    note_required: bool


class Catalogue(Message):
    """All codes with their texts, and the versions of terms in force."""

    states: tuple[CatalogueText, ...]
    document_states: tuple[CatalogueText, ...]
    document_kinds: tuple[CatalogueText, ...]
    legal_forms: tuple[CatalogueText, ...]
    permissions: tuple[CatalogueText, ...]
    flags: tuple[CatalogueText, ...]
    outcomes: tuple[CatalogueText, ...]
    reasons: tuple[CatalogueReason, ...]
    terms_version: str
    owh_version: str
    wording_version: str


class PersonStatistics(Message):
    """Decisions of one person."""

    person: Assignee
    decided: int
    outcomes: dict[Outcome, int]


class DayStatistics(Message):
    """What came in and what was decided on one day, by the calendar of Warsaw."""

    day: date
    received: int
    decided: int


class WaitingAge(StrEnum):
    """How long cases wait now, in working days of eight hours; the target is two."""

    UNDER_ONE = "under_one_day"
    UNDER_TWO = "under_two_days"
    UNDER_FIVE = "under_five_days"
    OLDER = "five_days_or_more"


class Statistics(Message):
    """Counts and waits in a period; waits in seconds, None when nothing was decided. ``ages`` are of this moment."""

    received: int
    decided: int
    waiting: int
    wait_p50_seconds: float | None
    wait_p90_seconds: float | None
    outcomes: dict[Outcome, int]
    reasons: dict[ReasonCode, int]
    persons: tuple[PersonStatistics, ...]
    days: tuple[DayStatistics, ...] = ()
    ages: dict[WaitingAge, int] = Field(default_factory=dict)
