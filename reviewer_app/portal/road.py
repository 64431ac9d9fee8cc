# SPDX-License-Identifier: AGPL-3.0-or-later
"""The road from the first data to full use: what is done, who is waited for, what to do now."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from reviewer_app.contract.customer import CustomerCompany
from reviewer_app.contract.states import CompanyState, DocumentKind


class StepName(StrEnum):
    """Steps of the road in their order."""

    ACCOUNT = "account"
    DATA = "data"
    DOCUMENTS = "documents"
    AUTHORIZATION = "authorization"
    SUBMISSION = "submission"
    VERIFICATION = "verification"
    COMPLETION = "completion"
    ACTIVE = "active"


class StepState(StrEnum):
    """How a step stands: ``customer`` and ``staff`` say who is waited for."""

    DONE = "done"
    CUSTOMER = "customer"
    STAFF = "staff"
    STOPPED = "stopped"
    AHEAD = "ahead"


class Step(NamedTuple):
    """One step; ``since`` is when it was done or since when it waits, where that is known."""

    name: StepName
    state: StepState
    since: datetime | None = None


class Wanted(NamedTuple):
    """What is missing before the next step: declared fields and kinds of documents."""

    fields: tuple[str, ...]
    kinds: tuple[DocumentKind, ...]

    @property
    def registry_kinds(self) -> tuple[DocumentKind, ...]:
        """Kinds other than the authorization."""
        return tuple(kind for kind in self.kinds if kind is not DocumentKind.AUTHORIZATION)

    @property
    def authorization(self) -> bool:
        """Whether the signed authorization is missing."""
        return DocumentKind.AUTHORIZATION in self.kinds


_AT_VERIFICATION: dict[CompanyState, StepState] = {
    CompanyState.PENDING_VERIFICATION: StepState.STAFF,
    CompanyState.CORRECTION_REQUESTED: StepState.CUSTOMER,
    CompanyState.REJECTED: StepState.STOPPED,
}


def wanted(company: CustomerCompany) -> Wanted:
    """Sort what the API says is missing: fields by name, documents as ``document:<kind>``."""
    kinds = set(DocumentKind)
    names = tuple(name.removeprefix("document:") for name in company.missing)
    return Wanted(
        fields=tuple(name for name in names if name not in kinds),
        kinds=tuple(DocumentKind(name) for name in names if name in kinds),
    )


def road(company: CustomerCompany) -> tuple[Step, ...]:
    """Lay out the road of a company."""
    now, state, since = _present(company)
    names = tuple(StepName)
    reached = names.index(now)
    reopened = _to_correct(company)
    return tuple(
        Step(name, state, since)
        if at == reached
        else _other(name, company, done=at < reached, reopened=name in reopened)
        for at, name in enumerate(names)
    )


def _other(name: StepName, company: CustomerCompany, *, done: bool, reopened: bool) -> Step:
    if reopened:
        return Step(name, StepState.CUSTOMER)
    return Step(name, StepState.DONE if done else StepState.AHEAD, _done_at(name, company) if done else None)


def _to_correct(company: CustomerCompany) -> frozenset[StepName]:
    if company.state is not CompanyState.CORRECTION_REQUESTED:
        return frozenset()
    missing = wanted(company)
    found = {
        StepName.DATA: bool(missing.fields),
        StepName.DOCUMENTS: bool(missing.registry_kinds),
        StepName.AUTHORIZATION: missing.authorization,
    }
    return frozenset(name for name, open_again in found.items() if open_again)


def _present(company: CustomerCompany) -> tuple[StepName, StepState, datetime | None]:
    if company.state in _AT_VERIFICATION:
        state = _AT_VERIFICATION[company.state]
        since = company.submitted_at if state is StepState.STAFF else company.decided_at
        return StepName.VERIFICATION, state, since
    match company.state:
        case CompanyState.APPROVED:
            return StepName.COMPLETION, StepState.CUSTOMER, company.decided_at
        case CompanyState.ACTIVE:
            return StepName.ACTIVE, StepState.DONE, None
        case CompanyState.SUSPENDED | CompanyState.CLEARED:
            return StepName.ACTIVE, StepState.STOPPED, None
        case _:
            return _collecting(wanted(company)), StepState.CUSTOMER, None


def _collecting(missing: Wanted) -> StepName:
    if missing.fields:
        return StepName.DATA
    if missing.registry_kinds:
        return StepName.DOCUMENTS
    return StepName.AUTHORIZATION if missing.authorization else StepName.SUBMISSION


def _done_at(name: StepName, company: CustomerCompany) -> datetime | None:
    return {StepName.SUBMISSION: company.submitted_at, StepName.VERIFICATION: company.decided_at}.get(name)
