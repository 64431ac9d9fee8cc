# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a customer stands: their data, consents, company, and what they have to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy.orm import Session

from reviewer_app.backend.accounts.service import Accounts
from reviewer_app.contract.customer import BlockedReason, CompanyBrief, CustomerUser, Me, NextStep
from reviewer_app.contract.permissions import Permission
from reviewer_app.contract.states import CompanyState

_STEPS = {
    CompanyState.COLLECTING: NextStep.COMPLETE_COMPANY,
    CompanyState.PENDING_VERIFICATION: NextStep.WAIT,
    CompanyState.CORRECTION_REQUESTED: NextStep.CORRECT,
    CompanyState.APPROVED: NextStep.FINISH,
}


class Standing(Protocol):
    """What the companies say about a customer; ``missing`` is wanted before the next step."""

    @property
    def company(self) -> CompanyBrief | None:
        """Give the company, None without one."""
        ...

    @property
    def missing(self) -> Sequence[str]:
        """Name fields, and documents as ``document:<kind>``."""
        ...

    @property
    def is_administrator(self) -> bool:
        """Say whether they are the company's administrator."""
        ...

    @property
    def permissions(self) -> tuple[Permission, ...]:
        """Give their permissions in the company."""
        ...

    @property
    def blocked_reason(self) -> BlockedReason | None:
        """Say what keeps them from acting, if anything does."""
        ...

    @property
    def blocked_note(self) -> str | None:
        """Give what staff wrote about it."""
        ...

    @property
    def employee_id(self) -> str | None:
        """Give the id of their entry in the company's list."""
        ...


class CompanyStandings(Protocol):
    """Knows where a customer stands with their company."""

    def standing(self, session: Session, user_id: str) -> Standing:
        """Tell it without locking anything."""
        ...

    def person_changed(self, session: Session, user: CustomerUser, *, renamed: bool) -> None:
        """Follow a change of a person's own data; an administrator's name stands on the authorization."""
        ...


def describe(session: Session, accounts: Accounts, companies: CompanyStandings, user_id: str) -> Me:
    """Tell a customer where they stand."""
    standing = companies.standing(session, user_id)
    user, consents = accounts.user_and_consents(session, user_id)
    company = standing.company
    return Me(
        user=user,
        consents=consents,
        company=company,
        is_administrator=standing.is_administrator,
        permissions=standing.permissions,
        blocked=standing.blocked_reason is not None,
        next_step=NextStep.CONSENTS if consents is None else _next_step(standing),
        blocked_reason=standing.blocked_reason,
        blocked_note=standing.blocked_note,
        employee_id=standing.employee_id,
    )


def _next_step(standing: Standing) -> NextStep:
    company = standing.company
    if company is None or company.state is CompanyState.CLEARED:
        return NextStep.ADD_COMPANY
    if not standing.is_administrator:
        return NextStep.NONE
    if company.state is CompanyState.AWAITING_AUTHORIZATION:
        return NextStep.AUTHORIZATION if standing.missing else NextStep.SUBMIT
    return _STEPS.get(company.state, NextStep.NONE)
