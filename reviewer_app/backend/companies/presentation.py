# SPDX-License-Identifier: AGPL-3.0-or-later
"""A company and its documents as their customer sees them."""

from __future__ import annotations

from sqlalchemy.orm import Session

from reviewer_app.backend.companies.service import Companies, Company
from reviewer_app.backend.completions.service import link_expires_at
from reviewer_app.backend.decisions.service import reasons_of_company, reasons_of_documents
from reviewer_app.backend.documents.service import Document, all_documents
from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.customer import CustomerCompany, CustomerDocument, CustomerDocuments
from reviewer_app.contract.messages import Address, GivenReason
from reviewer_app.contract.reasons import REASONS, ReasonCode
from reviewer_app.contract.states import CompanyState, DocumentKind, DocumentState
from reviewer_app.contract.text import Language

Reasons = dict[str, tuple[GivenReason, ...]]


class CustomerView:
    """Shows companies to their customers."""

    def __init__(self, companies: Companies) -> None:
        self._companies = companies

    def company(self, session: Session, company: Company, language: Language) -> CustomerCompany:
        """Show a company, with what is missing and what the last decision said."""
        session.flush()
        state = CompanyState(company.state)
        told = reasons_of_company(session, company.id, state, language)
        approved = state is CompanyState.APPROVED
        return CustomerCompany(
            id=company.id,
            state=state,
            version=company.version,
            round=company.round,
            name=company.name,
            legal_form=LegalForm(company.legal_form),
            nip=company.nip,
            regon=company.regon,
            krs=company.krs,
            seat=Address.model_validate(company.seat) if company.seat else None,
            phone=company.phone,
            email=company.email,
            bank_account=company.bank_account,
            missing=self._companies.missing(session, company),
            reasons=told.reasons,
            customer_note=company.suspension_reason or told.customer_note,
            authorization_number=company.authorization_number,
            created_at=company.created_at,
            submitted_at=company.submitted_at,
            decided_at=company.decided_at,
            completion_expires_at=link_expires_at(session, company.id) if approved else None,
        )

    def documents(self, session: Session, company: Company, language: Language) -> CustomerDocuments:
        """Show all versions of a company's documents."""
        reasons = reasons_of_documents(session, company.id, language)
        return CustomerDocuments(
            items=tuple(shown_document(row, reasons, language) for row in all_documents(session, company.id))
        )


def shown_document(document: Document, reasons: Reasons, language: Language) -> CustomerDocument:
    """Show one version of a document to its customer."""
    return CustomerDocument(
        id=document.id,
        kind=DocumentKind(document.kind),
        version=document.version,
        sha256=document.sha256,
        pages=document.pages,
        state=DocumentState(document.state),
        file_name=document.file_name,
        media_type=document.media_type,
        size=document.size,
        uploaded_at=document.uploaded_at,
        replaces=document.replaces,
        reasons=reasons_of(document, reasons, language),
    )


def reasons_of(document: Document, reasons: Reasons, language: Language) -> tuple[GivenReason, ...]:
    """Give the reasons of the last decision on a version; a sheet that became outdated has that as its reason too."""
    given = reasons.get(document.id, ())
    code = ReasonCode.WRONG_FORM_VERSION
    if not document.outdated or any(reason.code is code for reason in given):
        return given
    return (*given, GivenReason(code=code, text=REASONS[code].customer.in_language(language)))
