# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reading and writing finishing links."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from reviewer_app.backend.completions.tables import CompletionLink
from reviewer_app.backend.kit.database import table_of

_links = table_of(CompletionLink)
_END_OPEN = (
    update(_links)
    .where(_links.c.company_id == bindparam("company"), _links.c.used_at.is_(None), _links.c.ended_at.is_(None))
    .values(ended_at=bindparam("now"))
)
_ADD = insert(_links)


def by_digest(session: Session, digest: str) -> CompletionLink | None:
    """Give a link by the digest of its token."""
    return session.get(CompletionLink, digest)


def open_link(session: Session, company_id: str) -> CompletionLink | None:
    """Give the link of a company that was neither used nor ended."""
    chosen = select(CompletionLink).where(
        CompletionLink.company_id == company_id, CompletionLink.used_at.is_(None), CompletionLink.ended_at.is_(None)
    )
    return session.scalars(chosen.order_by(CompletionLink.created_at.desc())).first()


def end_open_links(session: Session, company_id: str, now: datetime) -> None:
    """End all links of a company that were neither used nor ended."""
    session.connection().execute(_END_OPEN, {"company": company_id, "now": now})


def add(session: Session, digest: str, company_id: str, *, created_at: datetime, expires_at: datetime) -> None:
    """Add a link by the digest of its token."""
    values = {"token_digest": digest, "company_id": company_id, "created_at": created_at, "expires_at": expires_at}
    session.connection().execute(_ADD, values)


def use(session: Session, digest: str, now: datetime, values: dict[str, Any]) -> bool:
    """Use a link up, unless it was used, ended, or has expired. Say whether this call did it."""
    statement = (
        update(CompletionLink)
        .where(
            CompletionLink.token_digest == digest,
            CompletionLink.used_at.is_(None),
            CompletionLink.ended_at.is_(None),
            CompletionLink.expires_at > now,
        )
        .values(used_at=now, **values)
        .returning(CompletionLink.token_digest)
    )
    return session.execute(statement, execution_options={"synchronize_session": False}).first() is not None
