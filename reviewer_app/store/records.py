# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the store gives and takes: plain records without a tie to the database. Light."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from reviewer_app.store.act_states import ActKind, ActState


@dataclass(frozen=True, slots=True)
class OutboxRecord:
    """One act on its way to the server.

    ``scope`` says as whom and on which server it was done. ``key`` is the idempotency key, made with the act.
    ``payload`` is the body of the call and ``draft`` what the person wrote, both JSON. ``attempts`` counts tries whose
    end is unknown; ``problem`` is the server's refusal as JSON. Times are UTC.
    """

    id: str
    scope: str
    company_id: str
    kind: ActKind
    state: ActState
    key: str
    version: int | None
    payload: str
    draft: str | None
    created_at: datetime
    held_until: datetime | None
    attempts: int = 0
    problem: str | None = None


@dataclass(frozen=True, slots=True)
class CaseRecord:
    """A case as the server last gave it, JSON of its message."""

    company_id: str
    body: str
    fetched_at: datetime


@dataclass(frozen=True, slots=True)
class LeaseRecord:
    """A claim held by this computer; ``expires_at`` is UTC."""

    company_id: str
    token: str
    expires_at: datetime


@dataclass(frozen=True, slots=True)
class TurnRecord:
    """A page that was turned to so many degrees, clockwise, which the server does not know yet."""

    document_id: str
    page: int
    degrees: int


@dataclass(frozen=True, slots=True)
class UntoldPrint:
    """A print whose end the server does not know yet. ``print_id`` is the server's, None until it has answered.

    ``request`` and ``outcome`` are the bodies of the calls as JSON: what was to be printed, and how far it came.
    ``key`` is the idempotency key of both.
    """

    key: str
    document_id: str
    request: str
    outcome: str
    print_id: str | None = None


@dataclass(frozen=True, slots=True)
class PageViewRecord:
    """How a page was last looked at: ``rotation`` in degrees clockwise, ``zoom`` 1.0 = 72 dpi or None to fit."""

    rotation: int = 0
    zoom: float | None = None
