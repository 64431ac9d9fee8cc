# SPDX-License-Identifier: AGPL-3.0-or-later
"""Practising on a test bench: what is right in a case."""

from __future__ import annotations

from reviewer_app.contract.bench import Expectation
from reviewer_app.desk.session import Sessions


class Practice:
    """What a bench says about the cases that it made. Any thread."""

    def __init__(self, *, sessions: Sessions) -> None:
        self._sessions = sessions

    def expectation(self, *, company_id: str) -> Expectation | None:
        """Read what is right in a case; None for one that the bench did not make. Raises GatewayError."""
        return self._sessions.gateway.bench.expectation(company_id=company_id)
