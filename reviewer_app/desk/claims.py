# SPDX-License-Identifier: AGPL-3.0-or-later
"""Claims: taking cases, and keeping them while they are worked on."""

from __future__ import annotations

import contextlib
import threading
import uuid
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta

from reviewer_app.contract.staff import Claim
from reviewer_app.desk.cases import Case, Cases, Lease
from reviewer_app.desk.clock import Clock
from reviewer_app.desk.errors import (
    ClaimedByOther,
    GatewayError,
    Interrupted,
    LeaseLost,
    NotFound,
    NotPossible,
    SessionExpired,
    explain,
)
from reviewer_app.desk.events import Cancellation, LeaseEnded, LeaseEvent, LeaseRenewed
from reviewer_app.desk.session import Sessions
from reviewer_app.gateway.line import Line
from reviewer_app.store.records import LeaseRecord
from reviewer_app.store.store import Store

SHORTEST_PAUSE = timedelta(seconds=1)
LONGEST_PAUSE = timedelta(minutes=5)
PAUSE_AFTER_FAILURE = timedelta(seconds=5)

Emit = Callable[[LeaseEvent], None]


class Claims:
    """Claims of the person who is signed in. Tokens are kept on disk: work goes on with them after a crash."""

    def __init__(self, *, store: Store, sessions: Sessions, cases: Cases, clock: Clock) -> None:
        self._store = store
        self._sessions = sessions
        self._cases = cases
        self._clock = clock
        self._wake = threading.Event()
        self._renew_at: dict[str, datetime] = {}

    def claim_next(self) -> Case | None:
        """Claim the longest waiting free case, of those assigned to the person first, and open it; None when there is none."""
        found = self._sessions.gateway.claims.claim_next(key=_new_key())
        if found is None:
            return None
        self._note(found.company.id, Claim(lease_token=found.lease_token, expires_at=found.expires_at))
        return self._cases.keep(found.company)

    def claim(self, *, company_id: str, although_assigned_to: str | None = None) -> Lease:
        """Claim a case; one that is a colleague's to do only with their id.

        Raises ClaimedByOther, AssignedToOther, PermissionMissing, NotPossible.
        """
        claims = self._sessions.gateway.claims
        claim = claims.claim(company_id=company_id, key=_new_key(), although_assigned_to=although_assigned_to)
        return self._note(company_id, claim)

    def take_over(self, *, company_id: str) -> Lease:
        """Take a case from whoever holds it; that leaves a trace. Raises PermissionMissing."""
        return self._note(company_id, self._sessions.gateway.claims.takeover(company_id=company_id, key=_new_key()))

    def release(self, *, company_id: str) -> None:
        """Let a case go. While an act on it is on its way it stays: a decision needs the claim, and ends it."""
        scope = self._sessions.scope
        lease = self._store.leases.get(scope=scope, company_id=company_id)
        if lease is None or self._store.outbox.open(scope=scope, company_id=company_id):
            return
        with contextlib.suppress(LeaseLost, ClaimedByOther):
            self._sessions.gateway.claims.release(company_id=company_id, lease_token=lease.token)
        self._store.leases.remove(scope=scope, company_id=company_id, token=lease.token)

    def lease(self, *, company_id: str) -> Lease | None:
        """Give the claim on a case, as far as this computer knows."""
        record = self._store.leases.get(scope=self._sessions.scope, company_id=company_id)
        return None if record is None else Lease(company_id, record.expires_at)

    def held(self) -> tuple[str, ...]:
        """Give the ids of the cases that the person holds, as far as this computer knows."""
        return tuple(lease.company_id for lease in self._store.leases.all(scope=self._sessions.scope))

    def adopt(self, company_id: str, *, token: str, expires_at: datetime) -> None:
        """Keep a claim that came with an act on several cases."""
        self._note(company_id, Claim(lease_token=token, expires_at=expires_at))

    def forget(self, company_id: str) -> None:
        """Forget a claim that the server has ended."""
        lease = self._store.leases.get(scope=self._sessions.scope, company_id=company_id)
        if lease is not None:
            self._store.leases.remove(scope=self._sessions.scope, company_id=company_id, token=lease.token)

    def free_to_release(self, companies: Mapping[str, int]) -> dict[str, int]:
        """Leave out the cases with an act on its way: a decision needs the claim, and ends it."""
        scope = self._sessions.scope
        busy = {record.company_id for record in self._store.outbox.open(scope=scope)}
        return {company_id: version for company_id, version in companies.items() if company_id not in busy}

    def wake(self) -> None:
        """Look at the claims now, for instance since the computer slept."""
        self._wake.set()

    def keep(self, emit: Emit, cancellation: Cancellation) -> None:
        """Renew every claim in good time until cancelled. A claim that is lost is said and forgotten."""
        scope = self._sessions.scope
        with self._sessions.gateway.open_line() as line:
            forget_close = cancellation.on_cancel(line.close)
            forget_wake = cancellation.on_cancel(self._wake.set)
            try:
                self._renew_until_cancelled(line, scope, emit, cancellation)
            finally:
                forget_wake()
                forget_close()

    def _renew_until_cancelled(self, line: Line, scope: str, emit: Emit, cancellation: Cancellation) -> None:
        while True:
            # Cleared before the look at the cancellation: whoever cancels sets that first and this second.
            self._wake.clear()
            if cancellation.cancelled:
                return
            try:
                pause = self._renew_due(line, scope, emit)
            except (Interrupted, SessionExpired):
                return
            self._wake.wait(pause.total_seconds())

    def _renew_due(self, line: Line, scope: str, emit: Emit) -> timedelta:
        now = self._clock.now()
        moments = [now + LONGEST_PAUSE]
        for lease in self._store.leases.all(scope=scope):
            renew_at = self._renew_at.get(lease.company_id, now)
            if renew_at <= now:
                renew_at = self._renew(line, scope, lease, emit)
            moments.append(renew_at)
        return max(min(moments) - self._clock.now(), timedelta(0))

    def _renew(self, line: Line, scope: str, lease: LeaseRecord, emit: Emit) -> datetime:
        try:
            claim = line.claims.heartbeat(company_id=lease.company_id, lease_token=lease.token, key=_new_key())
        except (LeaseLost, ClaimedByOther, NotFound, NotPossible) as error:
            self._lose(scope, lease, error, emit)
            return self._clock.now() + LONGEST_PAUSE
        except (Interrupted, SessionExpired):
            raise
        except GatewayError:
            renew_at = self._clock.now() + PAUSE_AFTER_FAILURE
            self._renew_at[lease.company_id] = renew_at
            return renew_at
        current = self._store.leases.get(scope=scope, company_id=lease.company_id)
        if current is not None and current.token == lease.token:
            self._note(lease.company_id, claim, wake=False)
            emit(LeaseRenewed(lease.company_id, claim.expires_at))
        return self._renew_at.get(lease.company_id, self._clock.now() + LONGEST_PAUSE)

    def _lose(self, scope: str, lease: LeaseRecord, error: Exception, emit: Emit) -> None:
        current = self._store.leases.get(scope=scope, company_id=lease.company_id)
        if current is None or current.token != lease.token:
            return  # released, decided or claimed anew while the call ran
        self._store.leases.remove(scope=scope, company_id=lease.company_id, token=lease.token)
        self._renew_at.pop(lease.company_id, None)
        emit(LeaseEnded(lease.company_id, explain(error)))

    def _note(self, company_id: str, claim: Claim, *, wake: bool = True) -> Lease:
        now = self._clock.now()
        self._store.leases.put(
            scope=self._sessions.scope, record=LeaseRecord(company_id, claim.lease_token, claim.expires_at)
        )
        third = (claim.expires_at - now) / 3
        self._renew_at[company_id] = now + min(max(third, SHORTEST_PAUSE), LONGEST_PAUSE)
        if wake:
            self._wake.set()
        return Lease(company_id, claim.expires_at)


def _new_key() -> str:
    return str(uuid.uuid4())
