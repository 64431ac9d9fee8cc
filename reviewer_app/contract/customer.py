# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests and answers of ``/api/v1/customer``."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal

from pydantic import Field, StringConstraints

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.messages import ONE_LINE, Address, GivenReason, Message, Request, Utc
from reviewer_app.contract.permissions import Permission
from reviewer_app.contract.states import CompanyState, DocumentKind, DocumentState
from reviewer_app.contract.text import Language

Line = Annotated[str, StringConstraints(strip_whitespace=True, max_length=200, pattern=ONE_LINE)]
RequiredLine = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=200, pattern=ONE_LINE)]
PersonName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=80, pattern=ONE_LINE)]
LegalName = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500, pattern=ONE_LINE)]
Token = Annotated[str, StringConstraints(min_length=1, max_length=200, pattern=ONE_LINE)]
Password = Annotated[str, StringConstraints(max_length=1000)]


class NextStep(StrEnum):
    """What the customer has to do now; the portal's road and start page follow it."""

    CONSENTS = "consents"
    ADD_COMPANY = "add_company"
    COMPLETE_COMPANY = "complete_company"
    AUTHORIZATION = "authorization"
    SUBMIT = "submit"
    WAIT = "wait"
    CORRECT = "correct"
    FINISH = "finish"
    NONE = "none"


class RegistrationRequest(Request):
    """A person signs up (S2). ``terms_version`` is the version of the terms that was shown."""

    first_name: PersonName
    last_name: PersonName
    email: RequiredLine
    phone: RequiredLine
    position: RequiredLine
    password: Password
    language: Language = Language.POLISH
    terms_version: RequiredLine


class TokenRequest(Request):
    """Consumes the token of a mailed link."""

    token: Token


class EmailRequest(Request):
    """Names an account; the answer is the same whether it exists or not."""

    email: RequiredLine


class PasswordResetRequest(Request):
    """Sets a new password with the token of a mailed link."""

    token: Token
    password: Password


class SignInRequest(Request):
    """A customer signs in."""

    email: RequiredLine
    password: Password


class CustomerUser(Message):
    """The signed-in person."""

    id: str
    first_name: str
    last_name: str
    email: str
    phone: str
    position: str
    language: Language


class CustomerSession(Message):
    """A bearer token for the customer's calls."""

    access_token: str
    expires_at: Utc
    user: CustomerUser


class Channels(Message):
    """Consent to marketing by each channel (S6)."""

    email: bool = False
    phone: bool = False
    sms: bool = False


class ConsentsRequest(Request):
    """Records consents with the version of the wording that was shown."""

    channels: Channels
    wording_version: RequiredLine


class Consents(Message):
    """The consents in force and when they were given."""

    channels: Channels
    wording_version: str
    recorded_at: Utc


class CompanyBrief(Message):
    """The company of the signed-in person, in short."""

    id: str
    name: str
    state: CompanyState
    version: int


class BlockedReason(StrEnum):
    """Why a person cannot act in their company (R5)."""

    NO_ADMINISTRATOR = "no_administrator"
    COMPANY_SUSPENDED = "company_suspended"
    PERSON_BLOCKED = "person_blocked"


class Me(Message):
    """The signed-in person and where they stand. ``employee_id`` is their entry in the company's list.

    ``blocked_note`` is what staff wrote when they suspended the company.
    """

    user: CustomerUser
    consents: Consents | None
    company: CompanyBrief | None
    is_administrator: bool
    permissions: tuple[Permission, ...]
    blocked: bool
    next_step: NextStep
    blocked_reason: BlockedReason | None = None
    blocked_note: str | None = None
    employee_id: str | None = None


class Viewer(Message):
    """Who asks, as far as a page of the company is drawn by it: it stands in the answer, so that no second call is made.

    ``permissions`` are those that the person may use, and give to others where they manage accounts.
    """

    is_administrator: bool
    permissions: tuple[Permission, ...]


class MeChange(Request):
    """Changes own data; absent fields stay."""

    first_name: PersonName | None = None
    last_name: PersonName | None = None
    phone: RequiredLine | None = None
    position: RequiredLine | None = None
    language: Language | None = None


class SeatRequest(Request):
    """The seat as typed. Poland's postal codes are checked; ``country`` is ISO 3166-1 alpha-2."""

    street: Line = ""
    building: RequiredLine
    unit: Line = ""
    postal_code: RequiredLine
    city: RequiredLine
    country: Annotated[str, StringConstraints(strip_whitespace=True, to_upper=True, pattern=r"^[A-Za-z]{2}$")] = "PL"


class CompanyRequest(Request):
    """A company as declared (S8). Numbers may come with spaces, dashes and ``PL``; what is absent is asked for later."""

    name: LegalName
    legal_form: LegalForm
    nip: RequiredLine
    regon: Line | None = None
    krs: Line | None = None
    seat: SeatRequest | None = None
    phone: Line | None = None
    email: Line | None = None
    bank_account: Line | None = None


class CompanyChange(Request):
    """Changes declared data; absent fields stay, null or empty clears one that may be empty."""

    name: LegalName | None = None
    legal_form: LegalForm | None = None
    nip: RequiredLine | None = None
    regon: Line | None = None
    krs: Line | None = None
    seat: SeatRequest | None = None
    phone: Line | None = None
    email: Line | None = None
    bank_account: Line | None = None


class CustomerDocument(Message):
    """One version of a document as its customer sees it. ``version`` counts from 1 within its line of versions."""

    id: str
    kind: DocumentKind
    version: int
    sha256: str
    pages: int
    state: DocumentState
    file_name: str
    media_type: str
    size: int
    uploaded_at: Utc
    replaces: str | None
    reasons: tuple[GivenReason, ...] = ()


class CustomerCompany(Message):
    """The company as its customer sees it.

    ``missing`` names the fields and document kinds that are wanted before the next step, ``reasons`` and
    ``customer_note`` come from the decision that asked for a correction or refused; while staff suspend the company
    ``customer_note`` says why. ``authorization_number`` is that of the sheet in force; ``completion_expires_at`` is set
    while the finishing link waits.
    """

    id: str
    state: CompanyState
    version: int
    round: int
    name: str
    legal_form: LegalForm
    nip: str
    regon: str | None
    krs: str | None
    seat: Address | None
    phone: str | None
    email: str | None
    bank_account: str | None
    missing: tuple[str, ...]
    reasons: tuple[GivenReason, ...] = ()
    customer_note: str | None = None
    authorization_number: str | None = None
    created_at: Utc
    submitted_at: Utc | None = None
    decided_at: Utc | None = None
    completion_expires_at: Utc | None = None


class CustomerDocuments(Message):
    """All versions of the company's documents, newest first within a kind."""

    items: tuple[CustomerDocument, ...]
    next_cursor: str | None = None


class EInvoiceChoice(Request):
    """Consent to electronic invoices (S23); ``email`` is needed when accepted."""

    accepted: bool
    email: Line | None = None


class CompletionRequest(Request):
    """The customer's last step: go on with both terms accepted, or clear the company's account (S21–S23)."""

    choice: Literal["proceed", "clear"]
    owh_version: Line | None = None
    terms_version: Line | None = None
    einvoice: EInvoiceChoice | None = None
    confirm_name: Annotated[str, Field(max_length=500, pattern=ONE_LINE)] | None = None


class TermsDocument(Message):
    """One document of terms in the language of the request, as paragraphs of plain text."""

    title: str
    version: str
    paragraphs: tuple[str, ...]


class Completion(Message):
    """What the finishing link shows to check, and both terms to accept with their texts."""

    company: CustomerCompany
    administrator: CustomerUser
    owh_version: str
    terms_version: str
    owh: TermsDocument
    terms: TermsDocument
    expires_at: Utc


class Terms(Message):
    """Versions and texts in force of the terms, the general terms of trade (OWH), the consents and the privacy notice."""

    terms_version: str
    owh_version: str
    wording_version: str
    terms: TermsDocument
    owh: TermsDocument
    privacy: TermsDocument
    consent: TermsDocument
