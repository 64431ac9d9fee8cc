# SPDX-License-Identifier: AGPL-3.0-or-later
"""The road from the first data to full use: what is done, who is waited for, what to do now."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple

from reviewer_app.contract.customer import CustomerCompany, CustomerDocument
from reviewer_app.contract.states import CURRENT_DOCUMENT_STATES, CompanyState, DocumentKind


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


WAITING_FOR_CUSTOMER = frozenset(
    {CompanyState.COLLECTING, CompanyState.AWAITING_AUTHORIZATION, CompanyState.CORRECTION_REQUESTED}
)
"""States in which the customer has to bring something."""

_AT_VERIFICATION: dict[CompanyState, StepState] = {
    CompanyState.PENDING_VERIFICATION: StepState.STAFF,
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


def road(company: CustomerCompany, documents: Iterable[CustomerDocument] = ()) -> tuple[Step, ...]:
    """Lay out the road of a company; ``documents``, where they are known, tell when they came."""
    times = _times(company, documents)
    now, state, since = _present(company, times)
    names = tuple(StepName)
    reached = names.index(now)
    good = _still_good(company)
    return tuple(
        Step(name, state, since) if at == reached else _other(name, times, done=at < reached or name in good)
        for at, name in enumerate(names)
    )


def _other(name: StepName, times: Mapping[StepName, datetime], *, done: bool) -> Step:
    return Step(name, StepState.DONE if done else StepState.AHEAD, times.get(name) if done else None)


def _still_good(company: CustomerCompany) -> frozenset[StepName]:
    """Give the steps that a correction leaves as they were done; those after the one to do now come later, not again."""
    if company.state is not CompanyState.CORRECTION_REQUESTED:
        return frozenset()
    missing = wanted(company)
    open_again = {
        StepName.DATA: bool(missing.fields),
        StepName.DOCUMENTS: bool(missing.registry_kinds),
        StepName.AUTHORIZATION: missing.authorization,
    }
    return frozenset(name for name, wanted_again in open_again.items() if not wanted_again)


def _present(
    company: CustomerCompany, times: Mapping[StepName, datetime]
) -> tuple[StepName, StepState, datetime | None]:
    if company.state in _AT_VERIFICATION:
        state = _AT_VERIFICATION[company.state]
        since = company.submitted_at if state is StepState.STAFF else company.decided_at
        return StepName.VERIFICATION, state, since
    match company.state:
        case CompanyState.CORRECTION_REQUESTED:
            return _collecting(wanted(company)), StepState.CUSTOMER, company.decided_at
        case CompanyState.APPROVED:
            return StepName.COMPLETION, StepState.CUSTOMER, company.decided_at
        case CompanyState.ACTIVE:
            return StepName.ACTIVE, StepState.DONE, None
        case CompanyState.SUSPENDED | CompanyState.CLEARED:
            return StepName.ACTIVE, StepState.STOPPED, None
        case _:
            name = _collecting(wanted(company))
            # What comes next has waited since the last thing before it came.
            return name, StepState.CUSTOMER, max(_before(name, times), default=None)


def _collecting(missing: Wanted) -> StepName:
    if missing.fields:
        return StepName.DATA
    if missing.registry_kinds:
        return StepName.DOCUMENTS
    return StepName.AUTHORIZATION if missing.authorization else StepName.SUBMISSION


def _times(company: CustomerCompany, documents: Iterable[CustomerDocument]) -> dict[StepName, datetime]:
    """When each step was done, where that is known."""
    times = {StepName.DATA: company.created_at}
    for document in documents:
        sheet = document.kind is DocumentKind.AUTHORIZATION
        name = StepName.AUTHORIZATION if sheet else StepName.DOCUMENTS
        if document.state in CURRENT_DOCUMENT_STATES:
            times[name] = max(times.get(name, document.uploaded_at), document.uploaded_at)
    if company.submitted_at is not None:
        times[StepName.SUBMISSION] = company.submitted_at
    if company.decided_at is not None:
        times[StepName.VERIFICATION] = company.decided_at
    return times


def _before(name: StepName, times: Mapping[StepName, datetime]) -> Iterator[datetime]:
    earlier = tuple(StepName)[: tuple(StepName).index(name)]
    yield from (times[step] for step in (StepName.DATA, *earlier) if step in times)
