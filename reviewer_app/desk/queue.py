# SPDX-License-Identifier: AGPL-3.0-or-later
"""The queue: pages of cases from the server, with the person's own acts that the server does not know yet."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace

from reviewer_app.desk.clock import Clock
from reviewer_app.desk.errors import Offline
from reviewer_app.desk.rows import PendingAct, QueuePage, QueueQuery, QueueRow
from reviewer_app.desk.session import Sessions
from reviewer_app.desk.snapshot import load_snapshot, save_snapshot
from reviewer_app.gateway.plain import Entry
from reviewer_app.store.store import Store

LARGEST_PAGE = 200
_EVERYTHING = QueueQuery()


class Queue:
    """Reads the queue. Filter, search and sort are done by the server."""

    def __init__(self, *, store: Store, sessions: Sessions, clock: Clock) -> None:
        self._store = store
        self._sessions = sessions
        self._clock = clock
        self._loaded = False
        self._latest: tuple[QueuePage, str] | None = None

    def load(
        self, *, query: QueueQuery = _EVERYTHING, cursor: str | None = None, limit: int = LARGEST_PAGE
    ) -> QueuePage:
        """Read one page; ``cursor`` comes from the page before, ``limit`` is at most 200.

        The very first page of a start does not wait for the local store to open: it comes without the person's own acts,
        and the next load, which the change feed causes at once, brings them.

        Without a connection the first page of the unfiltered queue comes from this computer, as `keep` last kept it.
        Raises Offline for any other page, SessionExpired, Refused.
        """
        scope = self._sessions.scope
        first = cursor is None and query == _EVERYTHING
        try:
            page = self._ask(query, cursor, limit)
        except Offline:
            kept = load_snapshot(self._store.snapshot_path, scope=scope) if first else None
            if kept is None:
                raise
            return self._with_acts(kept, scope)
        if first:
            self._latest = page, scope
        if not self._loaded and not self._store.opened:
            self._loaded = True
            return page
        return self._with_acts(page, scope)

    def keep(self) -> None:
        """Keep the first page that was loaded last, for the next start and for when the server is away.

        Apart from `load`, so that the disk does not come between the server's answer and the screen.
        """
        latest, self._latest = self._latest, None
        if latest is None or not self._is_mine(latest[1]):
            return
        save_snapshot(self._store.snapshot_path, latest[0], scope=latest[1])
        if not self._is_mine(latest[1]):  # signed out meanwhile: nothing of the customers stays
            self._store.snapshot_path.unlink(missing_ok=True)

    def _is_mine(self, scope: str) -> bool:
        return self._sessions.current is not None and self._sessions.scope == scope

    def _ask(self, query: QueueQuery, cursor: str | None, limit: int) -> QueuePage:
        listing = self._sessions.gateway.queue.companies(
            open_only=query.open_only,
            state=query.state,
            search=query.search.strip(),
            assignee=query.assignee,
            assigned=query.assigned,
            flag=query.flag,
            sort=query.sort,
            cursor=cursor,
            limit=min(limit, LARGEST_PAGE),
        )
        return QueuePage(tuple(_row(item) for item in listing.items), listing.next_cursor, self._clock.now())

    def _with_acts(self, page: QueuePage, scope: str) -> QueuePage:
        from reviewer_app.desk.acts import pending_act  # noqa: PLC0415 -- the first rows come before any acts

        acts: dict[str, list[PendingAct]] = defaultdict(list)
        for record in self._store.outbox.open(scope=scope):
            acts[record.company_id].append(pending_act(record))
        if not acts:
            return page
        return replace(
            page, rows=tuple(replace(row, pending=tuple(acts[row.id])) if row.id in acts else row for row in page.rows)
        )


def _row(item: Entry) -> QueueRow:
    given = item.assignment
    return QueueRow(
        id=item.id,
        name=item.name,
        nip=item.nip,
        legal_form=item.legal_form,
        state=item.state,
        version=item.version,
        round=item.round,
        case_kind=item.case_kind,
        submitted_at=item.submitted_at,
        waiting_seconds=item.waiting_seconds,
        assignee_id=item.assignee.id if item.assignee else None,
        assignee_name=item.assignee.display_name if item.assignee else None,
        lease_expires_at=item.lease_expires_at,
        flags=item.flags,
        checks_ok=item.checks.ok,
        checks_warn=item.checks.warn,
        checks_fail=item.checks.fail,
        checks_unknown=item.checks.unknown,
        working_seconds=item.working_seconds,
        news=item.news,
        looked=item.looked,
        assigned_id=given.person.id if given else None,
        assigned_name=given.person.display_name if given else None,
        assigned_by=given.by if given else None,
        assigned_at=given.at if given else None,
    )
