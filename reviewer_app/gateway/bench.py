# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls of a test bench: what is right in a case that it made."""

from __future__ import annotations

from urllib.parse import quote

from reviewer_app.contract.bench import BENCH_PREFIX, Expectation
from reviewer_app.gateway.client import Call, Client
from reviewer_app.gateway.errors import NotFound


class BenchCalls:
    """Reading what the bench knows. Only for a server that says it is one."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def expectation(self, *, company_id: str) -> Expectation | None:
        """Read what is right in a case; None for one that the bench did not make."""
        path = f"{BENCH_PREFIX}/v1/companies/{quote(company_id, safe='')}/expectation"
        try:
            return self._client.ask(Call("GET", path, signed_in=False), Expectation)
        except NotFound:
            return None
