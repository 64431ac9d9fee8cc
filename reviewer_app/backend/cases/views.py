# SPDX-License-Identifier: AGPL-3.0-or-later
"""Views of the queue: those of the program and those that staff keep, each with its count."""

from __future__ import annotations

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session

from reviewer_app.backend.cases.queue import QueueQuery, count_of
from reviewer_app.backend.cases.tables import SavedView
from reviewer_app.backend.kit.callers import Staff
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.problems import ProblemError, field_problem
from reviewer_app.contract.desk_queue import MOST_COUNTED, MOST_VIEWS, QueueView, ViewQuery, ViewRequest
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.problems import FieldCode, ProblemCode
from reviewer_app.contract.states import Flag

OWN_VIEWS: dict[str, ViewQuery] = {
    "open": ViewQuery(open=True),
    "mine": ViewQuery(open=True, assignee="me"),
    "assigned": ViewQuery(open=True, assigned="me"),
    "free": ViewQuery(open=True, assignee="none", assigned="none"),
    "overdue": ViewQuery(open=True, flag=Flag.OVERDUE),
    "escalated": ViewQuery(open=True, flag=Flag.ESCALATED),
    "on_hold": ViewQuery(open=True, flag=Flag.ON_HOLD),
    "all": ViewQuery(),
}
"""The views that come with the program; clients name them."""


class Views:
    """Views of the queue."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def listed(self, session: Session, staff: Staff) -> tuple[QueueView, ...]:
        """List what a member of staff sees, counted for them."""
        program = [
            self._view(session, staff, view_id, name="", shared=True, owner=None, query=query)
            for view_id, query in OWN_VIEWS.items()
        ]
        chosen = or_(SavedView.owner_id == staff.user_id, SavedView.shared.is_(True))
        rows = session.scalars(select(SavedView).where(chosen).order_by(SavedView.name, SavedView.id)).all()
        return (*program, *(self._kept(session, staff, row) for row in rows))

    def keep(self, session: Session, staff: Staff, request: ViewRequest) -> QueueView:
        """Keep a view; one of the same name and owner is replaced. Raises ProblemError ``permission_missing``."""
        if request.shared and not staff.may(StaffAct.SHARE_VIEWS):
            raise ProblemError(ProblemCode.PERMISSION_MISSING)
        of_owner = select(SavedView).where(SavedView.owner_id == staff.user_id)
        row = session.scalar(of_owner.where(SavedView.name == request.name).limit(1))
        if row is None:
            count = session.scalar(select(func.count()).select_from(of_owner.subquery())) or 0
            if count >= MOST_VIEWS:
                raise ProblemError(
                    ProblemCode.VALIDATION_FAILED, errors=[field_problem("name", FieldCode.TOO_MANY, limit=MOST_VIEWS)]
                )
            row = SavedView(owner_id=staff.user_id, name=request.name, created_at=self._clock.now())
            session.add(row)
        row.owner_name, row.shared = staff.display_name, request.shared
        row.query = request.query.model_dump(mode="json", exclude_none=True)
        session.flush()
        return self._kept(session, staff, row)

    def forget(self, session: Session, staff: Staff, view_id: str) -> None:
        """Remove a view of one's own; a shared one also by who may share. Raises ProblemError."""
        row = session.get(SavedView, view_id)
        if row is None or not (row.shared or row.owner_id == staff.user_id):
            raise ProblemError(ProblemCode.NOT_FOUND)
        if row.owner_id != staff.user_id and not staff.may(StaffAct.SHARE_VIEWS):
            raise ProblemError(ProblemCode.PERMISSION_MISSING)
        session.delete(row)

    def _kept(self, session: Session, staff: Staff, row: SavedView) -> QueueView:
        query = ViewQuery.model_validate(row.query)
        return self._view(session, staff, row.id, name=row.name, shared=row.shared, owner=row, query=query)

    def _view(
        self,
        session: Session,
        staff: Staff,
        view_id: str,
        *,
        name: str,
        shared: bool,
        owner: SavedView | None,
        query: ViewQuery,
    ) -> QueueView:
        asked = QueueQuery(
            open=query.open,
            states=(query.state,) if query.state else (),
            text=query.q,
            assignee=staff.id_of(query.assignee),
            assigned=staff.id_of(query.assigned),
            flag=query.flag,
        )
        return QueueView(
            id=view_id,
            name=name,
            shared=shared,
            mine=owner is not None and owner.owner_id == staff.user_id,
            owner_name=owner.owner_name if owner else None,
            query=query,
            count=count_of(session, asked, now=self._clock.now(), most=MOST_COUNTED),
        )
