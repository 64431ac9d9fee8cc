# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where a customer stands: their data, consents, company, and what they have to do next."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from sqlalchemy.orm import Session

from reviewer_app.backend.accounts.service import Accounts
from reviewer_app.contract.customer import CompanyBrief, CustomerUser, Me, NextStep
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


class CompanyStandings(Protocol):
    """Knows where a customer stands with their company."""

    def standing(self, session: Session, user_id: str) -> Standing:
        """Tell it without locking anything."""
        ...

    def administrator_changed(self, session: Session, user: CustomerUser) -> None:
        """Follow a change of a name that the authorization carries."""
        ...


def describe(session: Session, accounts: Accounts, companies: CompanyStandings, user_id: str) -> Me:
    """Tell a customer where they stand. An administrator has every permission; a suspended company is blocked (R5)."""
    standing = companies.standing(session, user_id)
    consents = accounts.consents(session, user_id)
    company = standing.company
    return Me(
        user=accounts.user(session, user_id),
        consents=consents,
        company=company,
        is_administrator=company is not None,
        permissions=tuple(Permission) if company else (),
        blocked=company is not None and company.state is CompanyState.SUSPENDED,
        next_step=NextStep.CONSENTS if consents is None else _next_step(company, standing.missing),
    )


def _next_step(company: CompanyBrief | None, missing: Sequence[str]) -> NextStep:
    if company is None or company.state is CompanyState.CLEARED:
        return NextStep.ADD_COMPANY
    if company.state is CompanyState.AWAITING_AUTHORIZATION:
        return NextStep.AUTHORIZATION if missing else NextStep.SUBMIT
    return _STEPS.get(company.state, NextStep.NONE)
