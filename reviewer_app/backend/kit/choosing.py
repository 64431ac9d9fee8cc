# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a list to choose a person from is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

from fastapi import Depends, Query

from reviewer_app.backend.kit.paging import Limit

_LIMIT = 100


@dataclass(frozen=True, slots=True)
class Wanted:
    """Whom a list is to have: who matches ``text``, at most ``limit``, and before them ``chosen`` by id."""

    text: str = ""
    chosen: tuple[str, ...] = ()
    limit: int = _LIMIT


async def _wanted(  # on the loop: a plain function would wait for a thread of its own
    limit: Limit = _LIMIT,
    q: Annotated[str, Query(max_length=200, description="Parts of name, e-mail or position.")] = "",
    chosen: Annotated[
        tuple[Annotated[str, Query(max_length=64)], ...],
        Query(max_length=10, description="Ids of people who are listed whether they match or not."),
    ] = (),
) -> Wanted:
    return Wanted(text=q, chosen=chosen, limit=limit)


WantedPeople = Annotated[Wanted, Depends(_wanted)]
"""Parameters of an endpoint that gives people to choose from."""
