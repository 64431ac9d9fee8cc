# SPDX-License-Identifier: AGPL-3.0-or-later
"""Limits of the registers, counted in the database: they hold for all processes and survive a restart.

A question that a limit keeps back is not asked and not tried again by itself.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from reviewer_app.backend.kit.counters import raise_counter
from reviewer_app.backend.registers.tables import RegisterCall, RegisterGate
from reviewer_app.contract.registers import Register

WARSAW = ZoneInfo("Europe/Warsaw")
_LONGEST_WAIT = timedelta(seconds=5)
_KEPT = timedelta(days=2)


class Purpose(StrEnum):
    """What a question is for. Customers who fill in forms may not use up what staff need for their checks."""

    PREFILL = "prefill"
    CHECK = "check"


@dataclass(frozen=True, slots=True)
class Limit:
    """At most ``most`` questions of an operation (``None``: of any) since ``begins``; ``prefill`` of them for forms."""

    operation: str | None
    most: int
    begins: Callable[[datetime], datetime]
    prefill: int


@dataclass(frozen=True, slots=True)
class Rules:
    """How a register may be asked. ``block`` gives the end of the block that an answer 429 begins."""

    limits: tuple[Limit, ...]
    spacing: timedelta
    block: Callable[[datetime], datetime]


def midnight_before(now: datetime) -> datetime:
    """Give the last midnight in Warsaw."""
    return datetime.combine(now.astimezone(WARSAW).date(), time(), WARSAW).astimezone(UTC)


def midnight_after(now: datetime) -> datetime:
    """Give the next midnight in Warsaw."""
    day = now.astimezone(WARSAW).date() + timedelta(days=1)
    return datetime.combine(day, time(), WARSAW).astimezone(UTC)


def _last(seconds: int) -> Callable[[datetime], datetime]:
    return lambda now: now - timedelta(seconds=seconds)


def _blocked_for(seconds: int) -> Callable[[datetime], datetime]:
    return lambda now: now + timedelta(seconds=seconds)


RULES: dict[Register, Rules] = {
    # No limits are published for KRS: at most one question a second.
    Register.KRS: Rules((), timedelta(seconds=1), _blocked_for(60)),
    Register.VAT: Rules(
        (Limit("search", 100, midnight_before, 60), Limit("check", 5000, midnight_before, 0)),
        timedelta(0),
        midnight_after,
    ),
    Register.CEIDG: Rules(
        (Limit(None, 50, _last(180), 30), Limit(None, 1000, _last(3600), 600)), timedelta(0), _blocked_for(180)
    ),
    Register.VIES: Rules((), timedelta(0), _blocked_for(60)),
}


def let_through(
    session: Session, register: Register, operation: str, purpose: Purpose, now: datetime
) -> timedelta | None:
    """Count a question and give how long to wait before it is asked; None when a limit keeps it back.

    Call it in a transaction of its own: the register's row stays locked until that ends.
    """
    rules = RULES[register]
    raise_counter(session, RegisterGate.register, register.value, RegisterGate.passed)
    chosen = select(RegisterGate).where(RegisterGate.register == register.value)
    gate = session.scalars(chosen, execution_options={"populate_existing": True}).one()
    if gate.blocked_until is not None and gate.blocked_until > now:
        return None
    limits = [limit for limit in rules.limits if limit.operation in {None, operation}]
    if any(_used_up(session, register, limit, purpose, now) for limit in limits):
        return None
    at = max(now, gate.next_at) if gate.next_at is not None else now
    if at - now > _LONGEST_WAIT:
        return None
    gate.next_at = at + rules.spacing
    session.add(RegisterCall(register=register.value, operation=operation, purpose=purpose.value, at=at))
    session.flush()
    return at - now


def block(session: Session, register: Register, now: datetime) -> None:
    """Ask no more until the block is over that the register announced by 429."""
    until = RULES[register].block(now)
    session.execute(update(RegisterGate).where(RegisterGate.register == register.value).values(blocked_until=until))


def purge_calls(session: Session, now: datetime) -> None:
    """Forget questions that no limit counts any more."""
    session.execute(delete(RegisterCall).where(RegisterCall.at < now - _KEPT))


def forget_limits(session: Session) -> None:
    """Forget every question and every block, as if the registers had never been asked: for the bench."""
    for table in (RegisterCall, RegisterGate):
        session.execute(delete(table))


def _used_up(session: Session, register: Register, limit: Limit, purpose: Purpose, now: datetime) -> bool:
    counted = select(func.count()).where(RegisterCall.register == register.value, RegisterCall.at > limit.begins(now))
    if limit.operation is not None:
        counted = counted.where(RegisterCall.operation == limit.operation)
    if session.scalar(counted) >= limit.most:  # type: ignore[operator]  # a count is never null
        return True
    forms = counted.where(RegisterCall.purpose == Purpose.PREFILL.value)
    return purpose is Purpose.PREFILL and (session.scalar(forms) or 0) >= limit.prefill
