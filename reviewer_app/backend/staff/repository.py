# SPDX-License-Identifier: AGPL-3.0-or-later
"""Queries on staff and their sessions."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, delete, select, update
from sqlalchemy.orm import Session

from reviewer_app.backend.kit.database import table_of
from reviewer_app.backend.staff.tables import StaffAccess, StaffAccount, StaffSignIn, StaffSpentRefresh

_access, _sign_in, _account = table_of(StaffAccess).c, table_of(StaffSignIn).c, table_of(StaffAccount).c
_CALLER = (
    select(
        _account.id,
        _account.username,
        _account.display_name,
        _account.role,
        _account.disabled_at,
        _sign_in.id,
        _sign_in.ended_at,
        _access.expires_at,
    )
    .select_from(table_of(StaffAccess))
    .join(table_of(StaffSignIn), _sign_in.id == _access.sign_in_id)
    .join(table_of(StaffAccount), _account.id == _sign_in.account_id)
    .where(_access.digest == bindparam("token_digest"))
)


class CallerRow(NamedTuple):
    """An access token with its sign-in and account."""

    user_id: str
    username: str
    display_name: str
    role: str
    disabled_at: datetime | None
    sign_in_id: str
    ended_at: datetime | None
    expires_at: datetime


def account_by_username(session: Session, username_folded: str) -> StaffAccount | None:
    """Find an account by its folded name."""
    return session.scalar(select(StaffAccount).where(StaffAccount.username_folded == username_folded))


def locked_by_username(session: Session, username_folded: str) -> StaffAccount | None:
    """Find an account by its folded name as it is now, and keep others from it until the transaction ends."""
    chosen = select(StaffAccount).where(StaffAccount.username_folded == username_folded).with_for_update()
    return session.scalar(chosen, execution_options={"populate_existing": True})


def kept_as_it_is(session: Session, account_id: str) -> StaffAccount | None:
    """Find an account as it is now, and keep others from changing it until the transaction ends; others may do the same."""
    chosen = select(StaffAccount).where(StaffAccount.id == account_id).with_for_update(read=True)
    return session.scalar(chosen, execution_options={"populate_existing": True})


def all_accounts(session: Session) -> Sequence[StaffAccount]:
    """List all accounts by name."""
    return session.scalars(select(StaffAccount).order_by(StaffAccount.username_folded)).all()


def caller_of(connection: Connection, digest: str) -> CallerRow | None:
    """Find an access token by its digest. Every call of staff asks this, so the statement is made once."""
    row = connection.execute(_CALLER, {"token_digest": digest}).one_or_none()
    return CallerRow(*row) if row else None


def locked_sign_in_of_refresh(session: Session, digest: str) -> StaffSignIn | None:
    """Find the sign-in of a refresh token, current or spent, and keep others from it."""
    sign_in_id = session.scalar(select(StaffSignIn.id).where(StaffSignIn.refresh_digest == digest))
    if sign_in_id is None:
        sign_in_id = session.scalar(select(StaffSpentRefresh.sign_in_id).where(StaffSpentRefresh.digest == digest))
    return session.scalar(select(StaffSignIn).where(StaffSignIn.id == sign_in_id).with_for_update())


def use_otp_step(session: Session, account_id: str, step: int) -> bool:
    """Note the time step of a one-time code; False when it, or a later one, was used before."""
    statement = (
        update(StaffAccount)
        .where(StaffAccount.id == account_id, StaffAccount.otp_last_step < step)
        .values(otp_last_step=step)
        .returning(StaffAccount.id)
    )
    return session.scalar(statement) is not None


def end_sign_in(session: Session, sign_in_id: str, now: datetime) -> None:
    """End one sign-in and all its tokens."""
    session.execute(update(StaffSignIn).where(StaffSignIn.id == sign_in_id).values(ended_at=now))


def end_sign_ins(session: Session, account_id: str, now: datetime) -> None:
    """End all sign-ins of an account."""
    ended = update(StaffSignIn).where(StaffSignIn.account_id == account_id, StaffSignIn.ended_at.is_(None))
    session.execute(ended.values(ended_at=now))


def end_other_sign_ins(session: Session, account_id: str, kept_id: str, now: datetime) -> None:
    """End all sign-ins of an account but one."""
    ended = update(StaffSignIn).where(
        StaffSignIn.account_id == account_id, StaffSignIn.id != kept_id, StaffSignIn.ended_at.is_(None)
    )
    session.execute(ended.values(ended_at=now))


def purge(session: Session, before: datetime) -> None:
    """Forget tokens and sign-ins that ran out before a moment."""
    session.execute(delete(StaffAccess).where(StaffAccess.expires_at < before))
    session.execute(delete(StaffSignIn).where(StaffSignIn.refresh_expires_at < before))
