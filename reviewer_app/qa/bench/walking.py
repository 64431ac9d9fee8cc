# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes the case of a scenario to its expected end: made through the bench, decided through the public API."""

from __future__ import annotations

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import httpx

from reviewer_app.contract.bench import BENCH_PASSWORD
from reviewer_app.contract.reasons import REASONS, ReasonCode
from reviewer_app.contract.states import CompanyState, Outcome, Verdict
from reviewer_app.qa.scenarios import Decision, Scenario

_OUTCOMES = {
    Decision.APPROVE: Outcome.APPROVE,
    Decision.REQUEST_CORRECTION: Outcome.REQUEST_CORRECTION,
    Decision.REJECT: Outcome.REJECT,
}
_MAILS = {Outcome.APPROVE: "approved", Outcome.REQUEST_CORRECTION: "correction_requested", Outcome.REJECT: "rejected"}
_NOTE = "Ze scenariusza."


class WalkFailedError(Exception):
    """A scenario did not come to its expected end; the text says where it went wrong."""


@dataclass(frozen=True, slots=True)
class Walked:
    """What a walk saw. ``mail`` is the kind of the mail that told the customer, empty when none was due."""

    company_id: str
    made: CompanyState
    end: CompanyState
    mail: str


class Walker:
    """A member of the bench's staff who decides as the scenario says."""

    def __init__(self, client: httpx.Client, *, username: str = "qa.reviewer") -> None:
        """``client`` calls the bench; its base address is the server's."""
        self._client = client
        self._username = username
        self._authorization = ""

    def walk(self, scenario: Scenario, seed: int, told: Callable[[str], None] = lambda _: None) -> Walked:
        """Make the case and decide it. ``told`` hears of each step. Raises WalkFailedError."""
        made = self._bench("POST", "companies", {"scenario": scenario.name, "seed": seed})
        company_id, state = made["company_id"], CompanyState(made["state"])
        told(f"made {company_id}: {state}")
        if state is not scenario.state:
            raise WalkFailedError(f"{scenario.name}: made as {state}, expected {scenario.state}")
        mail = ""
        if state is CompanyState.PENDING_VERIFICATION:
            mail = self._decide(company_id, scenario, told)
        end = CompanyState(self._staff("GET", f"companies/{company_id}")["state"])
        told(f"ended: {end}")
        if end is not scenario.end_state:
            raise WalkFailedError(f"{scenario.name}: ended as {end}, expected {scenario.end_state}")
        return Walked(company_id, state, end, mail)

    def _decide(self, company_id: str, scenario: Scenario, told: Callable[[str], None]) -> str:
        lease = self._staff("POST", f"companies/{company_id}/claim")["lease_token"]
        detail = self._staff("GET", f"companies/{company_id}")
        outcome = _OUTCOMES.get(scenario.decision)
        if outcome is None:
            self._staff("DELETE", f"companies/{company_id}/claim", headers={"Lease-Token": lease})
            told("left to a person")
            return ""
        body = decision(outcome, scenario.reasons, detail["documents"]) | {"lease_token": lease}
        match = {"If-Match": f'"{detail["version"]}"'}
        self._staff("POST", f"companies/{company_id}/decisions", body, headers=match)
        told(f"decided: {outcome}")
        kinds: list[str] = [mail["kind"] for mail in self._bench("GET", f"mail?company_id={company_id}")["items"]]
        if kinds[:1] != [_MAILS[outcome]]:
            raise WalkFailedError(f"{scenario.name}: the customer was not told of {outcome}: {kinds}")
        return kinds[0]

    def _bench(self, method: str, path: str, body: Any = None) -> Any:
        return _read(self._client.request(method, f"/qa/v1/{path}", json=body))

    def _staff(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Any:
        sent = {"Idempotency-Key": uuid.uuid4().hex, **(headers or {})}
        answer = self._sent(method, path, body, sent)
        if answer.status_code == 401:
            login = {"username": self._username, "password": BENCH_PASSWORD}
            session = _read(self._client.post("/api/v1/staff/sessions", json=login))
            self._authorization = f"Bearer {session['access_token']}"
            answer = self._sent(method, path, body, sent)
        return _read(answer)

    def _sent(self, method: str, path: str, body: Any, headers: Mapping[str, str]) -> httpx.Response:
        signed = {**headers, "Authorization": self._authorization} if self._authorization else headers
        return self._client.request(method, f"/api/v1/staff/{path}", json=body, headers=signed)


def decision(outcome: Outcome, reasons: Sequence[ReasonCode], documents: Sequence[Mapping[str, Any]]) -> dict[str, Any]:
    """Write a decision: each reason on a document that it applies to, else on the company."""
    current = [document for document in documents if document["current"]]
    by_document: dict[str, list[ReasonCode]] = {}
    about_company: list[dict[str, Any]] = []
    for code in reasons:
        reason = REASONS[code]
        fitting = [document["id"] for document in current if document["kind"] in reason.documents]
        if fitting and outcome is Outcome.REQUEST_CORRECTION:
            by_document.setdefault(fitting[-1], []).append(code)
        else:
            field = min(reason.fields) if reason.fields else None
            about_company.append({"code": code, "note": _note(code), "field": field})
    verdicts = [
        {
            "document_id": document_id,
            "verdict": Verdict.NEEDS_REPLACEMENT,
            "reasons": [{"code": code, "note": _note(code)} for code in codes],
        }
        for document_id, codes in by_document.items()
    ]
    if outcome is Outcome.APPROVE:
        verdicts = [{"document_id": one["id"], "verdict": Verdict.ACCEPTED} for one in current]
    return {"outcome": outcome, "documents": verdicts, "reasons": about_company}


def _note(code: ReasonCode) -> str | None:
    return _NOTE if REASONS[code].note_required else None


def _read(answer: httpx.Response) -> Any:
    if answer.is_error:
        raise WalkFailedError(
            f"{answer.request.method} {answer.request.url.path}: {answer.status_code} {answer.text[:500]}"
        )
    return answer.json() if answer.content else None
