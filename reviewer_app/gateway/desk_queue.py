# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls around the queue: views, several cases at once, what was looked at, who works here."""

from __future__ import annotations

from urllib.parse import quote

from reviewer_app.contract.case_context import Sighting, Submission
from reviewer_app.contract.desk_queue import (
    BulkRequest,
    BulkResults,
    EscalationRequest,
    Notices,
    QueueView,
    QueueViews,
    ViewRequest,
)
from reviewer_app.contract.messages import Listing
from reviewer_app.contract.staff import CompanyDetail, StaffUser
from reviewer_app.gateway.cases import company_path
from reviewer_app.gateway.client import STAFF, Call, Client


class QueueDeskCalls:
    """Calls around the queue. ``key`` is the idempotency key."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def views(self) -> tuple[QueueView, ...]:
        """Read the views with their counts."""
        return self._client.ask(Call("GET", f"{STAFF}/queue-views"), QueueViews).items

    def keep_view(self, *, request: ViewRequest, key: str) -> QueueView:
        """Keep a view. Raises PermissionMissing for a shared one."""
        return self._client.ask(Call("POST", f"{STAFF}/queue-views", body=request, key=key), QueueView)

    def forget_view(self, *, view_id: str) -> None:
        """Remove a view. Raises NotFound, PermissionMissing."""
        self._client.send(Call("DELETE", f"{STAFF}/queue-views/{quote(view_id, safe='')}"))

    def people(self) -> tuple[StaffUser, ...]:
        """Read who works here."""
        return self._client.ask(Call("GET", f"{STAFF}/people"), Listing[StaffUser]).items

    def notices(self, *, since: int | None) -> Notices:
        """Read what is meant for the person after a place; without one only the place to begin from."""
        query = {"since": None if since is None else str(since)}
        return self._client.ask(Call("GET", f"{STAFF}/notices", query=query), Notices)

    def bulk(self, *, request: BulkRequest, key: str) -> BulkResults:
        """Do one act on several cases. Raises PermissionMissing, InvalidRequest."""
        return self._client.ask(Call("POST", f"{STAFF}/companies/bulk", body=request, key=key), BulkResults)

    def look(self, *, company_id: str) -> None:
        """Note that the person has seen a case as it is now."""
        self._client.send(Call("PUT", company_path(company_id, "look")))

    def submissions(self, *, company_id: str) -> tuple[Submission, ...]:
        """Read what changed from one submission to the next."""
        return self._client.ask(Call("GET", company_path(company_id, "submissions")), Listing[Submission]).items

    def sightings(self, *, company_id: str) -> tuple[Sighting, ...]:
        """Read what other companies have in common with one."""
        return self._client.ask(Call("GET", company_path(company_id, "sightings")), Listing[Sighting]).items

    def escalate(self, *, company_id: str, reason: str | None, key: str) -> CompanyDetail:
        """Hand a case to the supervisors, or end that with no reason. Raises PermissionMissing, NotPossible."""
        body = EscalationRequest(reason=reason)
        return self._client.ask(Call("POST", company_path(company_id, "escalation"), body=body, key=key), CompanyDetail)
