# SPDX-License-Identifier: AGPL-3.0-or-later
"""Acts in the outbox as the window sees them, and the draft that each was made from."""

from __future__ import annotations

import json
from typing import Any

from pydantic import ValidationError

from reviewer_app.contract.messages import Problem
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.states import Outcome, Verdict
from reviewer_app.contract.text import Text
from reviewer_app.desk.drafts import DecisionDraft, DraftCompanyReason, DraftReason, DraftVerdict
from reviewer_app.desk.rows import PendingAct
from reviewer_app.store.act_states import ActKind
from reviewer_app.store.records import OutboxRecord


def pending_act(record: OutboxRecord) -> PendingAct:
    """Show an act of the outbox."""
    payload: dict[str, Any] = json.loads(record.payload)
    problem = _problem(record.problem)
    return PendingAct(
        id=record.id,
        company_id=record.company_id,
        kind=record.kind,
        state=record.state,
        created_at=record.created_at,
        held_until=record.held_until,
        outcome=Outcome(payload["outcome"]) if record.kind is ActKind.DECISION else None,
        text=payload.get("text") or payload.get("reason") or payload.get("customer_note"),
        problem_code=problem[0] if problem else None,
        problem=problem[1] if problem else None,
        draft=_readable_draft(record.draft),
        may_have_arrived=record.attempts > 0,
    )


def kept_problem(problem: Problem) -> str:
    """Write a refusal down for the outbox."""
    return problem.model_dump_json()


def _problem(kept: str | None) -> tuple[str, Text] | None:
    if kept is None:
        return None
    try:
        problem = Problem.model_validate_json(kept)
    except ValidationError:
        return None
    lines = dict.fromkeys([problem.detail or problem.title, *(error.message for error in problem.errors)])
    text = "\n".join(lines)
    return problem.code, Text(text, text)


def written_draft(draft: DecisionDraft) -> str:
    """Write a draft as JSON."""
    return json.dumps(
        {
            "company_id": draft.company_id,
            "version": draft.version,
            "outcome": draft.outcome,
            "documents": [
                {
                    "document_id": verdict.document_id,
                    "verdict": verdict.verdict,
                    "reasons": [
                        {"code": reason.code, "note": reason.note, "page": reason.page, "region": reason.region}
                        for reason in verdict.reasons
                    ],
                }
                for verdict in draft.documents
            ],
            "reasons": [{"code": reason.code, "note": reason.note, "field": reason.field} for reason in draft.reasons],
            "customer_note": draft.customer_note,
            "internal_note": draft.internal_note,
        },
        ensure_ascii=False,
    )


def read_draft(body: str) -> DecisionDraft:
    """Read a draft that `written_draft` wrote."""
    kept: dict[str, Any] = json.loads(body)
    return DecisionDraft(
        company_id=kept["company_id"],
        version=kept["version"],
        outcome=Outcome(kept["outcome"]) if kept["outcome"] else None,
        documents=tuple(_read_verdict(verdict) for verdict in kept["documents"]),
        reasons=tuple(
            DraftCompanyReason(ReasonCode(reason["code"]), reason["note"], reason["field"])
            for reason in kept["reasons"]
        ),
        customer_note=kept["customer_note"],
        internal_note=kept["internal_note"],
    )


def _readable_draft(kept: str | None) -> DecisionDraft | None:
    """Read a draft to show it; one of another version of the program is not shown."""
    try:
        return None if kept is None else read_draft(kept)
    except (KeyError, TypeError, ValueError):
        return None


def _read_verdict(kept: dict[str, Any]) -> DraftVerdict:
    return DraftVerdict(
        document_id=kept["document_id"],
        verdict=Verdict(kept["verdict"]) if kept["verdict"] else None,
        reasons=tuple(_read_reason(reason) for reason in kept["reasons"]),
    )


def _read_reason(kept: dict[str, Any]) -> DraftReason:
    region = kept["region"]
    return DraftReason(
        code=ReasonCode(kept["code"]),
        note=kept["note"],
        page=kept["page"],
        region=(region[0], region[1], region[2], region[3]) if region else None,
    )
