# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case in full, as one member of staff meets it."""

from __future__ import annotations

from collections.abc import Sequence

from sqlalchemy.orm import Session

from reviewer_app.backend.accounts.service import Accounts
from reviewer_app.backend.administrators import service as administrators
from reviewer_app.backend.cases.acts import Situation, allowed_acts, assignment_of, blocked_acts
from reviewer_app.backend.cases.queue import flags_of, waiting_seconds, worked_seconds
from reviewer_app.backend.cases.service import Cases
from reviewer_app.backend.checks.service import findings
from reviewer_app.backend.companies.presentation import reasons_of
from reviewer_app.backend.companies.service import Company, waits
from reviewer_app.backend.decisions.service import SecondReviews, reasons_of_documents
from reviewer_app.backend.documents.service import Document, all_documents, rotations_of
from reviewer_app.backend.kit.callers import Staff
from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.customer import CustomerUser
from reviewer_app.contract.messages import Address, GivenReason
from reviewer_app.contract.page_rotations import PageRotation
from reviewer_app.contract.staff import Assignee, CompanyDetail, StaffDocument
from reviewer_app.contract.states import (
    CURRENT_DOCUMENT_STATES,
    CaseKind,
    CompanyState,
    DocumentKind,
    DocumentState,
    Flag,
)
from reviewer_app.contract.text import Language


class CaseView:
    """Shows cases to staff."""

    def __init__(self, cases: Cases, accounts: Accounts, second_reviews: SecondReviews) -> None:
        self._cases = cases
        self._accounts = accounts
        self._second_reviews = second_reviews

    def show(self, session: Session, company_id: str, staff: Staff, language: Language) -> CompanyDetail:
        """Show a case as it is in this transaction. Raises ProblemError ``not_found``."""
        session.flush()
        case = self._cases.situation(session, company_id, staff)
        company, holder = case.company, case.holder
        documents = self._documents(session, company.id, language)
        change = administrators.open_change(session, company.id) if _is_change(company) else None
        candidate = administrators.candidate(session, change) if change else None
        worked = worked_seconds(company, case.now)
        return CompanyDetail(
            id=company.id,
            state=CompanyState(company.state),
            version=company.version,
            round=company.round,
            case_kind=CaseKind(company.case_kind),
            name=company.name,
            legal_form=LegalForm(company.legal_form),
            nip=company.nip,
            regon=company.regon,
            krs=company.krs,
            seat=Address.model_validate(company.seat) if company.seat else None,
            phone=company.phone,
            email=company.email,
            bank_account=company.bank_account,
            administrator=self._administrator(session, company.administrator_id),
            candidate=self._administrator(session, candidate.user_id) if candidate else None,
            authorization_number=change.authorization_number if change else company.authorization_number,
            documents=documents,
            checks=findings(session, company.id, language),
            flags=tuple(Flag(flag) for flag in flags_of(company, case.now, worked)),
            allowed_actions=allowed_acts(case),
            blocked_actions=blocked_acts(case, language),
            assignee=holder,
            lease_expires_at=company.lease_expires_at if holder else None,
            lease_mine=case.mine,
            created_at=company.created_at,
            submitted_at=company.submitted_at,
            waiting_seconds=waiting_seconds(company, case.now),
            working_seconds=worked,
            assignment=assignment_of(company),
            second_review_by=_first_approver(case),
            second_review=self._second_reviews.told(session, company, language) if waits(company) else None,
        )

    def _documents(self, session: Session, company_id: str, language: Language) -> tuple[StaffDocument, ...]:
        reasons, turned = reasons_of_documents(session, company_id, language), rotations_of(session, company_id)
        return tuple(
            _document(row, reasons_of(row, reasons, language), turned.get(row.id, []))
            for row in all_documents(session, company_id)
        )

    def _administrator(self, session: Session, user_id: str | None) -> CustomerUser | None:
        return None if user_id is None else self._accounts.user(session, user_id)


def _is_change(company: Company) -> bool:
    return company.case_kind == CaseKind.ADMINISTRATOR_CHANGE


def _first_approver(case: Situation) -> Assignee | None:
    company = case.company
    if company.first_approver_id is None:
        return None
    return Assignee(
        id=company.first_approver_id,
        username=company.first_approver_username or "",
        display_name=company.first_approver_name or "",
    )


def _document(row: Document, reasons: tuple[GivenReason, ...], turned: Sequence[tuple[int, int]]) -> StaffDocument:
    return StaffDocument(
        id=row.id,
        line=row.line,
        kind=DocumentKind(row.kind),
        version=row.version,
        sha256=row.sha256,
        pages=row.pages,
        page_sizes=tuple((width, height) for width, height in row.page_sizes),
        state=DocumentState(row.state),
        file_name=row.file_name,
        media_type=row.media_type,
        size=row.size,
        uploaded_at=row.uploaded_at,
        replaces=row.replaces,
        current=row.state in CURRENT_DOCUMENT_STATES,
        round=row.round,
        reasons=reasons,
        rotations=tuple(PageRotation.model_validate({"page": page, "degrees": degrees}) for page, degrees in turned),
    )
