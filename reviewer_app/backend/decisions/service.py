# SPDX-License-Identifier: AGPL-3.0-or-later
"""Take a decision: one transaction with its verdicts, its mail, and the history."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from reviewer_app.backend.administrators import service as administrators
from reviewer_app.backend.administrators.service import ChangeRecord
from reviewer_app.backend.cases.service import Cases, Situation, author_of, obstacle, require_lease
from reviewer_app.backend.checks import service as checks
from reviewer_app.backend.companies.service import (
    NO_ASSIGNMENT,
    NO_CLAIM,
    NO_FIRST_APPROVAL,
    NO_HOLD,
    Companies,
    Company,
    state_after,
    state_columns,
)
from reviewer_app.backend.decisions import repository
from reviewer_app.backend.decisions.reasons import (
    reasons_of_company,
    reasons_of_decision,
    reasons_of_documents,
)
from reviewer_app.backend.decisions.rules import check_decision
from reviewer_app.backend.decisions.second_review import SecondReviews, told
from reviewer_app.backend.decisions.tables import DecisionRecord
from reviewer_app.backend.decisions.telling import Teller
from reviewer_app.backend.documents import service as documents
from reviewer_app.backend.documents.service import Document
from reviewer_app.backend.kit.callers import Staff
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import new_id
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.backend.kit.versions import SeenVersions
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.staff import Assignee, Decision, DecisionRequest, MailPreview
from reviewer_app.contract.states import (
    CaseKind,
    CompanyState,
    Outcome,
)
from reviewer_app.contract.text import Language

__all__ = ["Decisions", "SecondReviews", "reasons_of_company", "reasons_of_decision", "reasons_of_documents"]

_STAFF_ACTS = {
    Outcome.APPROVE: StaffAct.APPROVE,
    Outcome.REQUEST_CORRECTION: StaffAct.REQUEST_CORRECTION,
    Outcome.REJECT: StaffAct.REJECT,
}


class Decisions:
    """Decisions of staff."""

    def __init__(
        self,
        *,
        clock: Clock,
        cases: Cases,
        companies: Companies,
        teller: Teller,
        second_reviews: SecondReviews,
    ) -> None:
        self._clock = clock
        self._cases = cases
        self._companies = companies
        self._teller = teller
        self._second_reviews = second_reviews

    def decide(
        self,
        session: Session,
        company_id: str,
        staff: Staff,
        request: DecisionRequest,
        *,
        seen: SeenVersions,
        lease_token: str | None,
        language: Language = Language.ENGLISH,
    ) -> Decision:
        """Take a decision on the version of the case that the reviewer saw; ``language`` is that of what it says.

        Raises:
            ProblemError: ``not_found``, ``stale_version``, ``invalid_transition``, ``claimed_by_other``,
                ``claim_required``, ``lease_lost``, ``second_reviewer_required``, ``duplicate_company``, and what
                `check_decision` raises.
        """
        case = self._cases.situation(session, company_id, staff, lock=True)
        seen.require(case.company.version)
        state_after(case.company, request.outcome)
        lease_digest = require_lease(case, lease_token)
        refusal = obstacle(_STAFF_ACTS[request.outcome], case)
        if refusal is not None:
            raise refusal
        versions = documents.all_documents(session, company_id)
        check_decision(request, versions)
        if request.outcome is Outcome.APPROVE:
            another = self._second_reviews.reason(session, case.company)
            if another is not None:
                decision = self._first_approval(session, case, request, lease_digest)
                return decision.model_copy(update={"second_review": told(another, language)})
        return self._final(session, case, request, lease_digest, versions)

    def preview(self, session: Session, company_id: str, staff: Staff, request: DecisionRequest) -> MailPreview:
        """Write the mail that a decision would send, without deciding anything."""
        case = self._cases.situation(session, company_id, staff)
        versions = documents.all_documents(session, company_id)
        check_decision(request, versions)
        return self._teller.preview(session, case.company, self._change(session, case.company), request, versions)

    def _change(self, session: Session, company: Company) -> ChangeRecord | None:
        """Give the change of the administrator that a case is about, None for a registration."""
        is_change = company.case_kind == CaseKind.ADMINISTRATOR_CHANGE
        return administrators.open_change(session, company.id) if is_change else None

    def _first_approval(
        self, session: Session, case: Situation, request: DecisionRequest, lease_digest: str
    ) -> Decision:
        columns = {
            **NO_CLAIM,
            "first_approver_id": case.staff.user_id,
            "first_approver_username": case.staff.username,
            "first_approver_name": case.staff.display_name,
            **(NO_ASSIGNMENT if case.company.assigned_id == case.staff.user_id else {}),
        }
        self._update(session, case, lease_digest, columns)
        state, version = CompanyState(case.company.state), case.company.version
        record = self._recorded(session, case, request, state=state, version=version, second_review_due=True)
        self._companies.record(session, case.company, author_of(case.staff), HistoryKind.FIRST_APPROVAL)
        return _shown(record)

    def _final(
        self,
        session: Session,
        case: Situation,
        request: DecisionRequest,
        lease_digest: str,
        versions: Sequence[Document],
    ) -> Decision:
        company, change = case.company, self._change(session, case.company)
        target = state_after(company, request.outcome)
        columns = {
            **NO_CLAIM,
            **NO_HOLD,
            **NO_FIRST_APPROVAL,
            **({} if request.outcome is Outcome.REQUEST_CORRECTION else NO_ASSIGNMENT),
            **state_columns(target, company.submitted_at, now=case.now),
            "version": company.version + 1,
            "decided_at": case.now,
            **(administrators.settled_columns(session, change, request.outcome) if change else {}),
        }
        self._update(session, case, lease_digest, columns)
        verdicts = {given.document_id: given.verdict for given in request.documents}
        documents.apply_verdicts(session, versions, verdicts)
        record = self._recorded(session, case, request, state=target, version=company.version + 1)
        if change is not None:
            administrators.settle(session, change, request.outcome, decision_id=record.id, now=case.now)
        self._teller.tell(session, case, change, request, versions)
        return _shown(record)

    def _update(self, session: Session, case: Situation, lease_digest: str, columns: dict[str, Any]) -> None:
        """Change the row only if it is still as the reviewer saw it and the lease is still theirs."""
        try:
            changed = repository.change_case(session, case.company, columns, lease_digest=lease_digest, now=case.now)
        except IntegrityError as error:
            raise ProblemError(ProblemCode.DUPLICATE_COMPANY) from error
        if not changed:
            raise ProblemError(ProblemCode.STALE_VERSION)

    def _recorded(
        self,
        session: Session,
        case: Situation,
        request: DecisionRequest,
        *,
        state: CompanyState,
        version: int,
        second_review_due: bool = False,
    ) -> DecisionRecord:
        submitted_at = case.company.submitted_at or case.now
        record = DecisionRecord(
            id=new_id(),
            company_id=case.company.id,
            outcome=request.outcome,
            state=state,
            version=version,
            round=case.company.round,
            decided_at=case.now,
            staff_id=case.staff.user_id,
            staff_username=case.staff.username,
            staff_name=case.staff.display_name,
            customer_note=request.customer_note or None,
            internal_note=request.internal_note or None,
            second_review_due=second_review_due,
            failed_checks=checks.failures(session, case.company.id) if second_review_due else None,
            waited_seconds=(case.now - submitted_at).total_seconds(),
        )
        repository.add(session, record, _verdicts(record.id, request), _reasons(record.id, request))
        return record


def last_outcomes(session: Session, company_ids: Sequence[str]) -> dict[str, tuple[Outcome, datetime]]:
    """Give the outcome and the moment of each company's last decision that took effect."""
    found = repository.last_outcomes(session, company_ids)
    return {company_id: (Outcome(outcome), at) for company_id, (outcome, at) in found.items()}


def _verdicts(decision_id: str, request: DecisionRequest) -> list[dict[str, Any]]:
    return [
        {"decision_id": decision_id, "document_id": given.document_id, "verdict": given.verdict}
        for given in request.documents
    ]


def _reasons(decision_id: str, request: DecisionRequest) -> list[dict[str, Any]]:
    about_documents: list[dict[str, Any]] = [
        {
            "field": None,
            "document_id": given.document_id,
            "code": reason.code,
            "note": reason.note or None,
            "page": reason.page,
            "region": list(reason.region) if reason.region else None,
        }
        for given in request.documents
        for reason in given.reasons
    ]
    about_company: list[dict[str, Any]] = [
        {
            "document_id": None,
            "code": reason.code,
            "note": reason.note or None,
            "field": reason.field,
            "page": None,
            "region": None,
        }
        for reason in request.reasons
    ]
    return [
        {"decision_id": decision_id, "position": position, **values}
        for position, values in enumerate([*about_documents, *about_company])
    ]


def _shown(record: DecisionRecord) -> Decision:
    return Decision(
        id=record.id,
        company_id=record.company_id,
        outcome=Outcome(record.outcome),
        state=CompanyState(record.state),
        version=record.version,
        round=record.round,
        decided_at=record.decided_at,
        decided_by=Assignee(id=record.staff_id, username=record.staff_username, display_name=record.staff_name),
        second_review_due=record.second_review_due,
    )
