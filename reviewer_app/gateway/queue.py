# SPDX-License-Identifier: AGPL-3.0-or-later
"""The call that reads the queue. Light: a start waits for it."""

from __future__ import annotations

from reviewer_app.contract.states import CompanyState, Flag
from reviewer_app.gateway.client import STAFF, Call, Client, text_of
from reviewer_app.gateway.plain import Entries, read_entries

LARGEST_PAGE = 200


class QueueCalls:
    """Reading the queue."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def companies(
        self,
        *,
        open_only: bool | None = None,
        state: CompanyState | None = None,
        search: str | None = None,
        assignee: str | None = None,
        assigned: str | None = None,
        flag: Flag | None = None,
        sort: str | None = None,
        cursor: str | None = None,
        limit: int = LARGEST_PAGE,
    ) -> Entries:
        """Read one page of the queue; ``limit`` is at most 200."""
        query = {
            "open": text_of(open_only or None),
            "state": state,
            "q": search or None,
            "assignee": assignee,
            "assigned": assigned,
            "flag": flag,
            "sort": sort,
            "cursor": cursor,
            "limit": str(limit),
        }
        return self._client.ask_plainly(Call("GET", f"{STAFF}/companies", query=query), read_entries)
