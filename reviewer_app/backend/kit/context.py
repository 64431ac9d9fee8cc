# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a request needs of the application it runs in."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, cast

from fastapi import Request

from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.idempotency import RunningKeys

if TYPE_CHECKING:
    from reviewer_app.backend.kit.callers import Authenticator, Customer, Staff


@dataclass(frozen=True)
class Kit:
    """Handed to the application when it is built; requests reach it through :func:`kit_of`."""

    database: Database
    clock: Clock
    customers: Authenticator[Customer]
    staff: Authenticator[Staff]
    running: RunningKeys = field(default_factory=RunningKeys)


def kit_of(request: Request) -> Kit:
    """Give the kit of the application that answers a request."""
    return cast("Kit", request.app.state.kit)
