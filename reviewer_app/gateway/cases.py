# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls about cases: reading them, claiming them, acting on them."""

from __future__ import annotations

from datetime import datetime
from typing import TypeVar
from urllib.parse import quote

from reviewer_app.contract.desk_queue import ClaimRequest
from reviewer_app.contract.messages import Listing, rfc3339
from reviewer_app.contract.staff import (
    Catalogue,
    CheckFinding,
    Claim,
    CompanyDetail,
    Decision,
    DecisionRequest,
    HistoryEntry,
    HoldRequest,
    MailPreview,
    NextCase,
    NoteRequest,
    ReopenRequest,
    RestorationRequest,
    Statistics,
    SuspensionRequest,
)
from reviewer_app.gateway.client import STAFF, Call, Client, without_retries
from reviewer_app.gateway.queue import LARGEST_PAGE

Item = TypeVar("Item")
MOST_PAGES = 50


def company_path(company_id: str, *rest: str) -> str:
    """Give the path of a company, or of something below it."""
    return "/".join((STAFF, "companies", quote(company_id, safe=""), *rest))


class CaseCalls:
    """Reading one case and what hangs on it."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def company(self, *, company_id: str) -> CompanyDetail:
        """Read a case in full. Raises NotFound."""
        return self._client.ask(Call("GET", company_path(company_id)), CompanyDetail)

    def history(self, *, company_id: str) -> tuple[HistoryEntry, ...]:
        """Read every act on a case, in the server's order."""
        return self._all(company_path(company_id, "history"), Listing[HistoryEntry])

    def checks(self, *, company_id: str) -> tuple[CheckFinding, ...]:
        """Read the findings of the automatic checks."""
        return self._all(company_path(company_id, "checks"), Listing[CheckFinding])

    def mail_preview(self, *, company_id: str, decision: DecisionRequest) -> MailPreview:
        """Read the mail that a decision would send; changes nothing."""
        call = Call("POST", company_path(company_id, "mail-preview"), body=decision)
        return self._client.ask(call, MailPreview)

    def catalogue(self) -> Catalogue:
        """Read all codes with their texts."""
        return self._client.ask(Call("GET", f"{STAFF}/catalogue"), Catalogue)

    def statistics(self, *, since: datetime, until: datetime) -> Statistics:
        """Read counts and waits of a period (UTC)."""
        query = {"from": rfc3339(since), "to": rfc3339(until)}
        return self._client.ask(Call("GET", f"{STAFF}/statistics", query=query), Statistics)

    def _all(self, path: str, kind: type[Listing[Item]]) -> tuple[Item, ...]:
        items: list[Item] = []
        cursor: str | None = None
        for _ in range(MOST_PAGES):
            call = Call("GET", path, query={"cursor": cursor, "limit": str(LARGEST_PAGE)})
            page = self._client.ask(call, kind)
            items.extend(page.items)
            cursor = page.next_cursor
            if cursor is None:
                break
        return tuple(items)


class ClaimCalls:
    """Taking a case and letting it go. ``key`` is the idempotency key."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def claim_next(self, *, key: str) -> NextCase | None:
        """Claim the longest waiting free case; None when there is none."""
        call = Call("POST", f"{STAFF}/companies/next", key=key)
        answer = self._client.send(call)
        return None if answer.status == 204 else self._client.read(answer, NextCase, call)

    def claim(self, *, company_id: str, key: str, although_assigned_to: str | None = None) -> Claim:
        """Claim a case; a colleague's to do only with their id. Raises ClaimedByOther, AssignedToOther."""
        body = ClaimRequest(although_assigned_to=although_assigned_to) if although_assigned_to else None
        return self._client.ask(Call("POST", company_path(company_id, "claim"), body=body, key=key), Claim)

    def release(self, *, company_id: str, lease_token: str) -> None:
        """Let a case go. Raises LeaseLost."""
        self._client.send(Call("DELETE", company_path(company_id, "claim"), lease=lease_token, retried=False))

    def heartbeat(self, *, company_id: str, lease_token: str, key: str) -> Claim:
        """Renew a lease. Raises LeaseLost, ClaimedByOther."""
        call = Call("POST", company_path(company_id, "claim", "heartbeat"), lease=lease_token, key=key)
        return self._client.ask(without_retries(call), Claim)

    def takeover(self, *, company_id: str, key: str) -> Claim:
        """Take a case from whoever holds it. Raises PermissionMissing."""
        return self._client.ask(Call("POST", company_path(company_id, "claim", "takeover"), key=key), Claim)


class ActCalls:
    """Acts that change a case. Sent once per call: the outbox decides when to try again, with the same ``key``."""

    def __init__(self, client: Client) -> None:
        self._client = client

    def decide(
        self, *, company_id: str, version: int, lease_token: str | None, decision: DecisionRequest, key: str
    ) -> Decision:
        """Decide a case. The lease goes in the header, so that the body of a repeated call stays the same.

        Raises StaleVersion, LeaseLost, ClaimedByOther, InvalidRequest, NotPossible.
        """
        call = Call(
            "POST", company_path(company_id, "decisions"), body=decision, version=version, key=key, lease=lease_token
        )
        return self._client.ask(without_retries(call), Decision)

    def note(self, *, company_id: str, request: NoteRequest, key: str) -> None:
        """Write an internal note."""
        self._client.send(without_retries(Call("POST", company_path(company_id, "notes"), body=request, key=key)))

    def hold(self, *, company_id: str, version: int, lease_token: str | None, request: HoldRequest, key: str) -> None:
        """Put a case aside, or take it back; with the lease of whoever holds it. Raises StaleVersion, ClaimedByOther."""
        path = company_path(company_id, "hold")
        call = Call("POST", path, body=request, version=version, key=key, lease=lease_token)
        self._client.send(without_retries(call))

    def reopen(self, *, company_id: str, version: int, request: ReopenRequest, key: str) -> None:
        """Open a decided case again. Raises StaleVersion, PermissionMissing, NotPossible."""
        call = Call("POST", company_path(company_id, "reopen"), body=request, version=version, key=key)
        self._client.send(without_retries(call))

    def suspend(self, *, company_id: str, version: int, request: SuspensionRequest, key: str) -> None:
        """Suspend an active company. Raises StaleVersion, PermissionMissing, NotPossible."""
        call = Call("POST", company_path(company_id, "suspend"), body=request, version=version, key=key)
        self._client.send(without_retries(call))

    def restore(self, *, company_id: str, version: int, request: RestorationRequest, key: str) -> None:
        """End a suspension by staff. Raises StaleVersion, PermissionMissing, NotPossible."""
        call = Call("POST", company_path(company_id, "restore"), body=request, version=version, key=key)
        self._client.send(without_retries(call))

    def refresh_checks(self, *, company_id: str, key: str) -> tuple[CheckFinding, ...]:
        """Let the server check again; gives the findings."""
        call = Call("POST", company_path(company_id, "checks", "refresh"), key=key)
        return self._client.ask(call, Listing[CheckFinding]).items
