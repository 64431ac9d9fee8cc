# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests and answers about a change of the company's administrator (R3 to R6), and about the caller's own account."""

from __future__ import annotations

from enum import StrEnum

from reviewer_app.contract.customer import Consents, Password, RequiredLine, TermsDocument
from reviewer_app.contract.customer_team import EmployeeId
from reviewer_app.contract.messages import GivenReason, Message, Request, Utc
from reviewer_app.contract.text import Text


class ChangeState(StrEnum):
    """Where a change of the administrator stands."""

    AWAITING_AUTHORIZATION = "awaiting_authorization"
    PENDING_VERIFICATION = "pending_verification"
    CORRECTION_REQUESTED = "correction_requested"
    ACCEPTED = "accepted"
    REFUSED = "refused"
    WITHDRAWN = "withdrawn"


CHANGE_STATE_TEXTS: dict[ChangeState, Text] = {
    ChangeState.AWAITING_AUTHORIZATION: Text("Oczekuje na upoważnienie", "Awaiting authorization"),
    ChangeState.PENDING_VERIFICATION: Text("W weryfikacji", "In verification"),
    ChangeState.CORRECTION_REQUESTED: Text("Do poprawy", "Correction requested"),
    ChangeState.ACCEPTED: Text("Przyjęta", "Accepted"),
    ChangeState.REFUSED: Text("Odmowa", "Refused"),
    ChangeState.WITHDRAWN: Text("Wycofana", "Withdrawn"),
}

OPEN_CHANGE_STATES: frozenset[ChangeState] = frozenset(
    {ChangeState.AWAITING_AUTHORIZATION, ChangeState.PENDING_VERIFICATION, ChangeState.CORRECTION_REQUESTED}
)
"""States of a change that is not over. A company has at most one such change."""


class AdministratorChange(Message):
    """One change. The present administrator keeps the role until staff accept it.

    ``candidate_joined``: the new administrator has finished registration, without which nothing can be submitted.
    ``missing`` names what is wanted before the submission: ``candidate`` and documents as ``document:<kind>``.
    """

    id: str
    state: ChangeState
    candidate_id: str
    candidate_name: str
    candidate_email: str
    candidate_joined: bool
    authorization_number: str | None
    missing: tuple[str, ...]
    reasons: tuple[GivenReason, ...] = ()
    customer_note: str | None = None
    requested_at: Utc
    submitted_at: Utc | None
    decided_at: Utc | None


class AdministratorChanges(Message):
    """All changes, newest first. ``may_request``: the caller may ask for a new one now."""

    items: tuple[AdministratorChange, ...]
    next_cursor: str | None = None
    may_request: bool


class AdministratorChangeRequest(Request):
    """Names the new administrator: an employee by id, or a person by e-mail (who is invited if not on the list)."""

    employee_id: EmployeeId | None = None
    email: RequiredLine | None = None
    first_name: RequiredLine | None = None
    last_name: RequiredLine | None = None


class DepartureRequest(Request):
    """Leaves the company. An administrator has to say that they know it blocks the company at once (R5)."""

    blocks_company: bool = False


class EmailChangeRequest(Request):
    """Asks for another e-mail address; the password shows that it is the account's holder who asks."""

    email: RequiredLine
    password: Password


class PendingEmailChange(Message):
    """A change that waits for the link that went to the new address; until then the present one is in force."""

    email: str
    requested_at: Utc
    expires_at: Utc


class EmailChange(Message):
    """The caller's e-mail address in force, and the change of it that is under way, if there is one."""

    email: str
    pending: PendingEmailChange | None = None


class ConsentsHistory(Message):
    """All consents as given, newest first, and the wording that is asked about now."""

    items: tuple[Consents, ...]
    wording: TermsDocument
