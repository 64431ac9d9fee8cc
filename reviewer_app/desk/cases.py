# SPDX-License-Identifier: AGPL-3.0-or-later
"""One case on the desk: what the server says, and what the person has done or begun."""

from __future__ import annotations

import uuid
from dataclasses import dataclass
from datetime import datetime

from pydantic import ValidationError

from reviewer_app.contract.staff import (
    Catalogue,
    CheckFinding,
    CompanyDetail,
    HistoryEntry,
    MailPreview,
    Statistics,
)
from reviewer_app.desk.acts import pending_act
from reviewer_app.desk.clock import Clock
from reviewer_app.desk.drafting import Drafts, preview_of
from reviewer_app.desk.drafts import DecisionDraft
from reviewer_app.desk.errors import Offline
from reviewer_app.desk.rows import PendingAct
from reviewer_app.desk.session import Sessions
from reviewer_app.store.records import CaseRecord
from reviewer_app.store.store import Store


@dataclass(frozen=True, slots=True)
class Lease:
    """The person's claim on a case, until then (UTC)."""

    company_id: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class Case:
    """A case: the server's ``detail`` as of ``fetched_at``, with the person's pending acts, draft and claim.

    ``from_cache`` when the server could not be asked: what it allows now is not known then.
    """

    detail: CompanyDetail
    pending: tuple[PendingAct, ...]
    draft: DecisionDraft | None
    lease: Lease | None
    fetched_at: datetime
    from_cache: bool = False

    @property
    def is_mine(self) -> bool:
        """Whether the person holds the claim: this computer has its token, and the server names nobody else."""
        return self.lease is not None and (self.from_cache or self.detail.lease_mine)


class Cases:
    """Reads cases and what hangs on them."""

    def __init__(self, *, store: Store, sessions: Sessions, drafts: Drafts, clock: Clock) -> None:
        self._store = store
        self._sessions = sessions
        self._drafts = drafts
        self._clock = clock

    def open(self, *, company_id: str) -> Case:
        """Read a case; from this computer when the server cannot be reached and the case was open here before.

        Raises NotFound, Offline, SessionExpired.
        """
        scope = self._sessions.scope
        try:
            detail = self._sessions.gateway.cases.company(company_id=company_id)
        except Offline:
            kept = self._kept(scope, company_id)
            if kept is None:
                raise
            return self.assemble(kept[0], fetched_at=kept[1], from_cache=True)
        return self.keep(detail)

    def keep(self, detail: CompanyDetail) -> Case:
        """Keep what the server said about a case, and assemble it."""
        now = self._clock.now()
        self._store.cases.put(scope=self._sessions.scope, record=CaseRecord(detail.id, detail.model_dump_json(), now))
        return self.assemble(detail, fetched_at=now, from_cache=False)

    def assemble(self, detail: CompanyDetail, *, fetched_at: datetime, from_cache: bool) -> Case:
        """Put together what the server said and what this computer knows."""
        scope = self._sessions.scope
        lease = self._store.leases.get(scope=scope, company_id=detail.id)
        return Case(
            detail=detail,
            pending=tuple(pending_act(record) for record in self._store.outbox.open(scope=scope, company_id=detail.id)),
            draft=self._drafts.load(company_id=detail.id),
            lease=Lease(detail.id, lease.expires_at) if lease else None,
            fetched_at=fetched_at,
            from_cache=from_cache,
        )

    def history(self, *, company_id: str) -> tuple[HistoryEntry, ...]:
        """Read every act on a case."""
        return self._sessions.gateway.cases.history(company_id=company_id)

    def checks(self, *, company_id: str) -> tuple[CheckFinding, ...]:
        """Read the findings of the automatic checks."""
        return self._sessions.gateway.cases.checks(company_id=company_id)

    def refresh_checks(self, *, company_id: str) -> tuple[CheckFinding, ...]:
        """Let the server run the automatic checks again; gives the findings. Raises PermissionMissing."""
        return self._sessions.gateway.acts.refresh_checks(company_id=company_id, key=str(uuid.uuid4()))

    def preview_mail(self, *, draft: DecisionDraft) -> MailPreview:
        """Read the mail that the customer would get. Raises InvalidDraft when no outcome is chosen, InvalidRequest."""
        return self._sessions.gateway.cases.mail_preview(company_id=draft.company_id, decision=preview_of(draft))

    def catalogue(self) -> Catalogue:
        """Read all codes with their texts."""
        return self._sessions.gateway.cases.catalogue()

    def statistics(self, *, since: datetime, until: datetime) -> Statistics:
        """Read counts and waits of a period (UTC)."""
        return self._sessions.gateway.cases.statistics(since=since, until=until)

    def _kept(self, scope: str, company_id: str) -> tuple[CompanyDetail, datetime] | None:
        record = self._store.cases.get(scope=scope, company_id=company_id)
        if record is None:
            return None
        try:
            return CompanyDetail.model_validate_json(record.body), record.fetched_at
        except ValidationError:  # written by a version with another shape: it will be read anew
            return None
