# SPDX-License-Identifier: AGPL-3.0-or-later
"""Sends one act of the outbox and writes down how it ended."""

from __future__ import annotations

from enum import Enum

from pydantic import ValidationError

from reviewer_app.contract.messages import Problem
from reviewer_app.contract.staff import (
    DecisionRequest,
    HoldRequest,
    NoteRequest,
    ReopenRequest,
    RestorationRequest,
    SuspensionRequest,
)
from reviewer_app.desk.acts import kept_problem
from reviewer_app.desk.errors import (
    ClaimedByOther,
    GatewayError,
    LeaseLost,
    NotPossible,
    Offline,
    Refused,
    SessionExpired,
    StaleVersion,
    TryLater,
    UnexpectedAnswer,
)
from reviewer_app.gateway.errors import KeyInProgress, ServerFailed
from reviewer_app.gateway.line import Line
from reviewer_app.store.act_states import ActKind, ActState
from reviewer_app.store.records import OutboxRecord
from reviewer_app.store.store import Store

MOST_UNEXPECTED = 5
"""So often an answer that cannot be understood is asked for again, before the person is told."""

_NOT_NOW = (TryLater, KeyInProgress, ServerFailed)
_CONFLICTS = (StaleVersion, LeaseLost, ClaimedByOther, NotPossible)


ActRequest = NoteRequest | HoldRequest | ReopenRequest | SuspensionRequest | RestorationRequest | DecisionRequest

_REQUESTS: dict[ActKind, type[ActRequest]] = {
    ActKind.NOTE: NoteRequest,
    ActKind.HOLD: HoldRequest,
    ActKind.REOPEN: ReopenRequest,
    ActKind.SUSPEND: SuspensionRequest,
    ActKind.RESTORE: RestorationRequest,
    ActKind.DECISION: DecisionRequest,
}
_UNREADABLE = Problem(
    title="Nie można odczytać tej czynności: zapisała ją inna wersja programu.",
    detail="Nie można odczytać tej czynności: zapisała ją inna wersja programu. Prosimy wykonać ją ponownie.",
    status=0,
    code="unreadable_act",
)


class Sent(Enum):
    """How sending one act ended, for the loop that sends."""

    SETTLED = "settled"
    LATER = "later"
    SESSION_OVER = "session over"


class Courier:
    """Sends acts over one line, as one person."""

    def __init__(self, *, store: Store, line: Line, scope: str) -> None:
        self._store = store
        self._line = line
        self._scope = scope

    def send(self, record: OutboxRecord) -> tuple[Sent, OutboxRecord]:
        """Send an act that is ``sending``; gives how that ended and the act as it stands then.

        Where nobody knows whether the server got it, it goes back to ``pending`` with its key: sent again, it has the
        effect of once.
        """
        try:
            request = _request_of(record)
        except ValidationError:
            # Written by another version of the program: it must not keep the acts behind it from being sent.
            return Sent.SETTLED, self._end(record, ActState.FAILED, _UNREADABLE)
        try:
            self._deliver(record, request)
        except GatewayError as error:
            return self._ended(record, error)
        done = self._store.outbox.move(record.id, ActState.DONE, problem=None)
        if _ends_claim(record):
            self._store.leases.remove(scope=self._scope, company_id=record.company_id)
        return Sent.SETTLED, done

    def _ended(self, record: OutboxRecord, error: GatewayError) -> tuple[Sent, OutboxRecord]:
        if isinstance(error, SessionExpired):
            return Sent.SESSION_OVER, self._again(record)
        if isinstance(error, Refused) and not isinstance(error, _NOT_NOW):
            state = ActState.CONFLICT if isinstance(error, _CONFLICTS) else ActState.FAILED
            return Sent.SETTLED, self._end(record, state, error.problem)
        if isinstance(error, UnexpectedAnswer) and record.attempts >= MOST_UNEXPECTED:
            return Sent.SETTLED, self._end(record, ActState.FAILED, _problem_of(error))
        reached = not isinstance(error, Offline) or error.reached
        return Sent.LATER, self._again(record, reached=reached)

    def _deliver(self, record: OutboxRecord, request: ActRequest) -> None:
        company_id, key, version = record.company_id, record.key, record.version or 0
        acts = self._line.acts
        if isinstance(request, NoteRequest):
            acts.note(company_id=company_id, request=request, key=key)
        elif isinstance(request, HoldRequest):
            lease_token = self._lease(company_id)
            acts.hold(company_id=company_id, version=version, lease_token=lease_token, request=request, key=key)
        elif isinstance(request, ReopenRequest):
            acts.reopen(company_id=company_id, version=version, request=request, key=key)
        elif isinstance(request, SuspensionRequest):
            acts.suspend(company_id=company_id, version=version, request=request, key=key)
        elif isinstance(request, RestorationRequest):
            acts.restore(company_id=company_id, version=version, request=request, key=key)
        else:
            lease_token = self._lease(company_id)
            acts.decide(company_id=company_id, version=version, lease_token=lease_token, decision=request, key=key)

    def _lease(self, company_id: str) -> str | None:
        lease = self._store.leases.get(scope=self._scope, company_id=company_id)
        return lease.token if lease else None

    def _again(self, record: OutboxRecord, *, reached: bool = True) -> OutboxRecord:
        # An act that never reached the server may still be undone.
        attempts = record.attempts if reached else max(0, record.attempts - 1)
        return self._store.outbox.move(record.id, ActState.PENDING, attempts=attempts)

    def _end(self, record: OutboxRecord, state: ActState, problem: Problem) -> OutboxRecord:
        return self._store.outbox.move(record.id, state, problem=kept_problem(problem))


def _request_of(record: OutboxRecord) -> ActRequest:
    return _REQUESTS[record.kind].model_validate_json(record.payload)


def _ends_claim(record: OutboxRecord) -> bool:
    if record.kind is ActKind.HOLD:
        return HoldRequest.model_validate_json(record.payload).reason is not None
    return record.kind is ActKind.DECISION


def _problem_of(error: UnexpectedAnswer) -> Problem:
    return Problem(title=error.title.pl, detail=error.message.pl, status=0, code="unexpected_answer")
