# SPDX-License-Identifier: AGPL-3.0-or-later
"""States of a company and of its documents, and the one table that says what moves a company."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from reviewer_app.contract.text import Text


class CompanyState(StrEnum):
    """Where a company stands between the first data and full use."""

    COLLECTING = "collecting"
    AWAITING_AUTHORIZATION = "awaiting_authorization"
    PENDING_VERIFICATION = "pending_verification"
    CORRECTION_REQUESTED = "correction_requested"
    REJECTED = "rejected"
    APPROVED = "approved"
    ACTIVE = "active"
    SUSPENDED = "suspended"
    CLEARED = "cleared"


class DocumentKind(StrEnum):
    """What a document claims to be. ``registry_extract`` is a KRS extract or a CEIDG printout."""

    REGISTRY_EXTRACT = "registry_extract"
    NIP_CONFIRMATION = "nip_confirmation"
    REGON_CONFIRMATION = "regon_confirmation"
    AUTHORIZATION = "authorization"
    OTHER = "other"


class DocumentState(StrEnum):
    """Where one version of a document stands."""

    CHECKING = "checking"
    INFECTED = "infected"
    UNREADABLE = "unreadable"
    READY = "ready"
    ACCEPTED = "accepted"
    NEEDS_REPLACEMENT = "needs_replacement"
    REFUSED = "refused"
    SUPERSEDED = "superseded"


class CaseKind(StrEnum):
    """Why a company waits for staff."""

    REGISTRATION = "registration"
    ADMINISTRATOR_CHANGE = "administrator_change"


class Flag(StrEnum):
    """What stands beside the state of a company and asks for attention."""

    ON_HOLD = "on_hold"
    ESCALATED = "escalated"
    SECOND_REVIEW = "second_review"
    POSSIBLE_DUPLICATE = "possible_duplicate"
    OVERDUE = "overdue"


class Outcome(StrEnum):
    """What staff decide about a case."""

    APPROVE = "approve"
    REQUEST_CORRECTION = "request_correction"
    REJECT = "reject"


class Verdict(StrEnum):
    """What staff decide about one document."""

    ACCEPTED = "accepted"
    NEEDS_REPLACEMENT = "needs_replacement"
    REFUSED = "refused"


class Actor(StrEnum):
    """Who does an act."""

    CUSTOMER = "customer"
    STAFF = "staff"
    SYSTEM = "system"


class Act(StrEnum):
    """Acts that move a company from one state to another."""

    REGISTER = "register"
    SUBMIT = "submit"
    WITHDRAW = "withdraw"
    CHANGE_SHEET_DATA = "change_sheet_data"
    APPROVE = "approve"
    REQUEST_CORRECTION = "request_correction"
    REJECT = "reject"
    FINISH = "finish"
    CLEAR = "clear"
    REOPEN = "reopen"
    SUSPEND = "suspend"
    RESTORE = "restore"
    LOSE_ADMINISTRATOR = "lose_administrator"
    APPOINT_ADMINISTRATOR = "appoint_administrator"


class Transition(NamedTuple):
    """One row of the table: who may do which act in which state, and where it leads."""

    source: CompanyState
    act: Act
    target: CompanyState
    actor: Actor


TRANSITIONS: tuple[Transition, ...] = (
    Transition(CompanyState.COLLECTING, Act.REGISTER, CompanyState.AWAITING_AUTHORIZATION, Actor.SYSTEM),
    Transition(CompanyState.AWAITING_AUTHORIZATION, Act.SUBMIT, CompanyState.PENDING_VERIFICATION, Actor.CUSTOMER),
    Transition(CompanyState.PENDING_VERIFICATION, Act.WITHDRAW, CompanyState.AWAITING_AUTHORIZATION, Actor.CUSTOMER),
    Transition(
        CompanyState.PENDING_VERIFICATION, Act.CHANGE_SHEET_DATA, CompanyState.AWAITING_AUTHORIZATION, Actor.CUSTOMER
    ),
    Transition(CompanyState.PENDING_VERIFICATION, Act.APPROVE, CompanyState.APPROVED, Actor.STAFF),
    Transition(
        CompanyState.PENDING_VERIFICATION, Act.REQUEST_CORRECTION, CompanyState.CORRECTION_REQUESTED, Actor.STAFF
    ),
    Transition(CompanyState.PENDING_VERIFICATION, Act.REJECT, CompanyState.REJECTED, Actor.STAFF),
    Transition(CompanyState.CORRECTION_REQUESTED, Act.SUBMIT, CompanyState.PENDING_VERIFICATION, Actor.CUSTOMER),
    Transition(CompanyState.APPROVED, Act.FINISH, CompanyState.ACTIVE, Actor.CUSTOMER),
    Transition(CompanyState.APPROVED, Act.CLEAR, CompanyState.CLEARED, Actor.CUSTOMER),
    Transition(CompanyState.APPROVED, Act.REOPEN, CompanyState.PENDING_VERIFICATION, Actor.STAFF),
    Transition(CompanyState.REJECTED, Act.REOPEN, CompanyState.PENDING_VERIFICATION, Actor.STAFF),
    Transition(CompanyState.ACTIVE, Act.SUSPEND, CompanyState.SUSPENDED, Actor.STAFF),
    Transition(CompanyState.SUSPENDED, Act.RESTORE, CompanyState.ACTIVE, Actor.STAFF),
    Transition(CompanyState.ACTIVE, Act.LOSE_ADMINISTRATOR, CompanyState.SUSPENDED, Actor.SYSTEM),
    Transition(CompanyState.SUSPENDED, Act.APPOINT_ADMINISTRATOR, CompanyState.ACTIVE, Actor.SYSTEM),
)

_TARGETS = {(row.source, row.act): row.target for row in TRANSITIONS}

ACT_OF_OUTCOME: dict[Outcome, Act] = {
    Outcome.APPROVE: Act.APPROVE,
    Outcome.REQUEST_CORRECTION: Act.REQUEST_CORRECTION,
    Outcome.REJECT: Act.REJECT,
}

REQUIRED_KINDS: tuple[DocumentKind, ...] = (DocumentKind.REGISTRY_EXTRACT, DocumentKind.AUTHORIZATION)
"""Kinds without which nothing is submitted."""

EDITABLE_STATES: frozenset[CompanyState] = frozenset(
    {
        CompanyState.COLLECTING,
        CompanyState.AWAITING_AUTHORIZATION,
        CompanyState.PENDING_VERIFICATION,
        CompanyState.CORRECTION_REQUESTED,
    }
)
"""States in which the customer may change declared data and add documents."""

CURRENT_DOCUMENT_STATES: frozenset[DocumentState] = frozenset(
    {DocumentState.READY, DocumentState.ACCEPTED, DocumentState.NEEDS_REPLACEMENT, DocumentState.REFUSED}
)
"""States of a version that stands for its document today."""

SHEET_FIELDS: frozenset[str] = frozenset({"name", "legal_form", "nip", "krs", "seat", "administrator"})
"""Declared fields that the authorization carries: changing one makes the sheet outdated."""


def target_of(source: CompanyState, act: Act) -> CompanyState | None:
    """Say where an act leads from a state, or None when it is not possible there."""
    return _TARGETS.get((source, act))


COMPANY_STATE_TEXTS: dict[CompanyState, Text] = {
    CompanyState.COLLECTING: Text("Dane w trakcie wprowadzania", "Data being entered"),
    CompanyState.AWAITING_AUTHORIZATION: Text("Oczekuje na upoważnienie", "Awaiting authorization"),
    CompanyState.PENDING_VERIFICATION: Text("W weryfikacji", "In verification"),
    CompanyState.CORRECTION_REQUESTED: Text("Do poprawy", "Correction requested"),
    CompanyState.REJECTED: Text("Odmowa", "Refused"),
    CompanyState.APPROVED: Text("Zaakceptowana", "Approved"),
    CompanyState.ACTIVE: Text("Aktywna", "Active"),
    CompanyState.SUSPENDED: Text("Zawieszona", "Suspended"),
    CompanyState.CLEARED: Text("Wyczyszczona", "Cleared"),
}

DOCUMENT_KIND_TEXTS: dict[DocumentKind, Text] = {
    DocumentKind.REGISTRY_EXTRACT: Text("Odpis z KRS lub wydruk z CEIDG", "KRS extract or CEIDG printout"),
    DocumentKind.NIP_CONFIRMATION: Text("Potwierdzenie nadania NIP", "NIP confirmation"),
    DocumentKind.REGON_CONFIRMATION: Text("Potwierdzenie nadania REGON", "REGON confirmation"),
    DocumentKind.AUTHORIZATION: Text("Upoważnienie", "Authorization"),
    DocumentKind.OTHER: Text("Inny dokument", "Other document"),
}

DOCUMENT_STATE_TEXTS: dict[DocumentState, Text] = {
    DocumentState.CHECKING: Text("Sprawdzanie pliku", "Checking the file"),
    DocumentState.INFECTED: Text("Zainfekowany", "Infected"),
    DocumentState.UNREADABLE: Text("Nieczytelny", "Unreadable"),
    DocumentState.READY: Text("Do sprawdzenia", "To be reviewed"),
    DocumentState.ACCEPTED: Text("Przyjęty", "Accepted"),
    DocumentState.NEEDS_REPLACEMENT: Text("Do wymiany", "Needs replacement"),
    DocumentState.REFUSED: Text("Odrzucony", "Refused"),
    DocumentState.SUPERSEDED: Text("Zastąpiony", "Superseded"),
}

OUTCOME_TEXTS: dict[Outcome, Text] = {
    Outcome.APPROVE: Text("Zaakceptuj", "Approve"),
    Outcome.REQUEST_CORRECTION: Text("Poproś o poprawę", "Ask for a correction"),
    Outcome.REJECT: Text("Odmów", "Refuse"),
}

OUTCOME_NAMES: dict[Outcome, Text] = {
    Outcome.APPROVE: Text("Akceptacja", "Approval"),
    Outcome.REQUEST_CORRECTION: Text("Prośba o poprawę", "Request for a correction"),
    Outcome.REJECT: Text("Odmowa", "Refusal"),
}
"""What was decided, where `OUTCOME_TEXTS` say what to do."""

VERDICT_TEXTS: dict[Verdict, Text] = {
    Verdict.ACCEPTED: Text("Przyjęty", "Accepted"),
    Verdict.NEEDS_REPLACEMENT: Text("Do wymiany", "Needs replacement"),
    Verdict.REFUSED: Text("Odrzucony", "Refused"),
}

FLAG_TEXTS: dict[Flag, Text] = {
    Flag.ON_HOLD: Text("Wstrzymana", "On hold"),
    Flag.ESCALATED: Text("Eskalowana", "Escalated"),
    Flag.SECOND_REVIEW: Text("Druga weryfikacja", "Second review"),
    Flag.POSSIBLE_DUPLICATE: Text("Możliwy duplikat", "Possible duplicate"),
    Flag.OVERDUE: Text("Po terminie", "Overdue"),
}
