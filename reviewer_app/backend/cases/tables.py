# SPDX-License-Identifier: AGPL-3.0-or-later
"""What staff have looked at, and the views of the queue that they keep."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from reviewer_app.backend.kit.columns import BYTEWISE
from reviewer_app.backend.kit.database import Base, UtcDateTime, new_id


class CaseLook(Base):
    """How far a member of staff has read the history of a case: the number of its last row then."""

    __tablename__ = "case_looks"

    staff_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id"), primary_key=True)
    company_id: Mapped[str] = mapped_column(BYTEWISE, ForeignKey("companies.id"), primary_key=True)
    seq: Mapped[int] = mapped_column(BigInteger)


class SavedView(Base):
    """A view of the queue that someone keeps: ``query`` has the fields of `contract.desk_queue.ViewQuery`."""

    __tablename__ = "queue_views"

    id: Mapped[str] = mapped_column(String(32), primary_key=True, default=new_id)
    owner_id: Mapped[str] = mapped_column(ForeignKey("staff_accounts.id"), index=True)
    owner_name: Mapped[str] = mapped_column(String(200))
    name: Mapped[str] = mapped_column(String(60))
    shared: Mapped[bool] = mapped_column(default=False, index=True)
    query: Mapped[dict[str, Any]] = mapped_column(JSON)
    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
