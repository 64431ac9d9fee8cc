# SPDX-License-Identifier: AGPL-3.0-or-later
"""Work on the queue as a whole: views with counts, acts on several cases, what was looked at, who works here."""

from __future__ import annotations

import contextlib
import uuid
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from itertools import islice

from reviewer_app.contract.case_context import FieldChange, Sighting, SightingKind
from reviewer_app.contract.desk_queue import (
    MOST_AT_ONCE,
    BulkAct,
    BulkRequest,
    Notice,
    NoticeKind,
    QueueView,
    ViewQuery,
    ViewRequest,
)
from reviewer_app.contract.permissions import ROLE_ACTS, StaffAct
from reviewer_app.contract.staff import QueueSort, StaffUser
from reviewer_app.desk.claims import Claims
from reviewer_app.desk.errors import DecisionUnderWay, GatewayError
from reviewer_app.desk.rows import QueueQuery, SortKey
from reviewer_app.desk.session import Sessions
from reviewer_app.desk.told import Told

__all__ = [
    "BulkAct",
    "BulkOutcome",
    "CaseContext",
    "FieldChange",
    "Notice",
    "NoticeKind",
    "QueueView",
    "QueueWork",
    "Sighting",
    "SightingKind",
    "StaffUser",
    "can_be_given_cases",
    "query_of",
]


@dataclass(frozen=True, slots=True)
class BulkOutcome:
    """What became of an act on several cases: how many were done, and why each of the others was left alone."""

    done: int
    refused: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CaseContext:
    """What the customer changed since the round before, and other companies with something in common."""

    company_id: str
    changes: tuple[FieldChange, ...]
    sightings: tuple[Sighting, ...]


def query_of(view: QueueView) -> QueueQuery:
    """Give what a view shows as the queue's query."""
    query = view.query
    sort: SortKey = query.sort.value
    return QueueQuery(
        open_only=bool(query.open),
        state=query.state,
        search=query.q,
        assignee=query.assignee,
        assigned=query.assigned,
        flag=query.flag,
        sort=sort,
    )


def can_be_given_cases(person: StaffUser) -> bool:
    """Say whether cases can be assigned to a person: who may claim none could not do them."""
    return StaffAct.CLAIM in ROLE_ACTS[person.role]


class QueueWork:
    """Work on the queue as a whole. Needs the server: nothing of it waits in the outbox."""

    def __init__(self, *, sessions: Sessions, claims: Claims, told: Told) -> None:
        self._sessions = sessions
        self.told = told
        self._claims = claims

    def views(self) -> tuple[QueueView, ...]:
        """Read the views with their counts, which stop at 1000."""
        return self._sessions.gateway.desk_queue.views()

    def keep_view(self, *, name: str, shared: bool, query: QueueQuery) -> QueueView:
        """Keep what the queue shows under a name. Raises PermissionMissing, InvalidRequest."""
        kept = ViewQuery(
            open=query.open_only or None,
            state=query.state,
            q=query.search.strip(),
            assignee=query.assignee,
            assigned=query.assigned,
            flag=query.flag,
            sort=QueueSort(query.sort),
        )
        request = ViewRequest(name=name, shared=shared, query=kept)
        return self._sessions.gateway.desk_queue.keep_view(request=request, key=str(uuid.uuid4()))

    def forget_view(self, *, view_id: str) -> None:
        """Remove a view. Raises PermissionMissing, NotFound."""
        self._sessions.gateway.desk_queue.forget_view(view_id=view_id)

    def people(self) -> tuple[StaffUser, ...]:
        """Read who works here."""
        return self._sessions.gateway.desk_queue.people()

    def notices(self) -> tuple[Notice, ...]:
        """Read what is meant for the person since they were last told, oldest first; nothing at their very first sign-in."""
        scope = self._sessions.scope
        read = self._sessions.gateway.desk_queue.notices(since=self.told.until(scope))
        self.told.keep(scope, read.next)
        return read.items

    def claim(self, *, companies: Mapping[str, int]) -> BulkOutcome:
        """Claim free cases, but for those that are a colleague's to do; ``companies`` are ids with the versions seen."""
        return self._bulk(BulkAct.CLAIM, companies)

    def assign(self, *, companies: Mapping[str, int], person_id: str) -> BulkOutcome:
        """Give cases to a person to do, but for those with an act on its way, whose claim would end before it arrives.

        A claim on a case that one gives to oneself goes on. Raises PermissionMissing, and DecisionUnderWay when there is
        such an act on every one of them.
        """
        free = self._claims.free_to_release(companies)
        if companies and not free:
            raise DecisionUnderWay
        own = self._sessions.current
        to_oneself = own is not None and own.user_id == person_id
        return self._bulk(BulkAct.ASSIGN, free, ends_claims=not to_oneself, assignee_id=person_id)

    def unassign(self, *, companies: Mapping[str, int]) -> BulkOutcome:
        """Take cases back from whose they are to do, or give one's own back."""
        return self._bulk(BulkAct.UNASSIGN, companies)

    def hold(self, *, companies: Mapping[str, int], reason: str, until: datetime | None) -> BulkOutcome:
        """Put cases aside with a reason."""
        return self._bulk(BulkAct.HOLD, companies, ends_claims=True, reason=reason, until=until)

    def end_hold(self, *, companies: Mapping[str, int]) -> BulkOutcome:
        """Take cases back that were put aside."""
        return self._bulk(BulkAct.END_HOLD, companies)

    def release(self, *, companies: Mapping[str, int]) -> BulkOutcome:
        """Let the person's own cases go; those with an act on its way stay."""
        return self._bulk(BulkAct.RELEASE, self._claims.free_to_release(companies), ends_claims=True)

    def look(self, *, company_id: str) -> None:
        """Note that the person has seen a case; without the server that is simply not noted."""
        with contextlib.suppress(GatewayError):
            self._sessions.gateway.desk_queue.look(company_id=company_id)

    def context(self, *, company_id: str) -> CaseContext:
        """Read what changed since the round before, and what other companies have in common."""
        calls = self._sessions.gateway.desk_queue
        submissions = calls.submissions(company_id=company_id)
        changes = submissions[-1].changes if submissions and submissions[-1].round > 1 else ()
        return CaseContext(company_id, changes, calls.sightings(company_id=company_id))

    def escalate(self, *, company_id: str, reason: str | None) -> None:
        """Hand a case to the supervisors, or end that with no reason. Raises PermissionMissing, NotPossible."""
        self._sessions.gateway.desk_queue.escalate(company_id=company_id, reason=reason, key=str(uuid.uuid4()))

    def _bulk(
        self,
        act: BulkAct,
        companies: Mapping[str, int],
        *,
        ends_claims: bool = False,
        assignee_id: str | None = None,
        reason: str | None = None,
        until: datetime | None = None,
    ) -> BulkOutcome:
        """Do an act on however many cases; the server takes `MOST_AT_ONCE` in one request."""
        refused: dict[str, str] = {}
        wanted = iter(companies.items())
        while part := dict(islice(wanted, MOST_AT_ONCE)):
            request = BulkRequest(act=act, companies=part, assignee_id=assignee_id, reason=reason, until=until)
            refused |= self._ask(request, ends_claims=ends_claims)
        return BulkOutcome(len(companies) - len(refused), refused)

    def _ask(self, request: BulkRequest, *, ends_claims: bool) -> dict[str, str]:
        """Ask the server once, and take in what became of the claims; gives why each of the others was left alone."""
        results = self._sessions.gateway.desk_queue.bulk(request=request, key=str(uuid.uuid4())).items
        for result in results:
            if result.lease_token is not None and result.expires_at is not None:
                self._claims.adopt(result.company_id, token=result.lease_token, expires_at=result.expires_at)
            elif result.done and ends_claims:
                self._claims.forget(result.company_id)
        return {result.company_id: result.message or "" for result in results if not result.done}
