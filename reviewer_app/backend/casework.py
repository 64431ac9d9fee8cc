# SPDX-License-Identifier: AGPL-3.0-or-later
"""Wires companies, documents, cases and decisions."""

from __future__ import annotations

from dataclasses import dataclass

from fastapi import APIRouter

from reviewer_app.backend.accounts.service import Accounts
from reviewer_app.backend.audit.service import History
from reviewer_app.backend.authorizations.endpoints import AuthorizationEndpoints
from reviewer_app.backend.cases.detail import CaseView
from reviewer_app.backend.cases.endpoints import CaseEndpoints
from reviewer_app.backend.cases.service import Cases
from reviewer_app.backend.catalogue.endpoints import CatalogueEndpoints
from reviewer_app.backend.checks.endpoints import CheckEndpoints
from reviewer_app.backend.companies.declared import Declaration
from reviewer_app.backend.companies.endpoints import CompanyEndpoints
from reviewer_app.backend.companies.presentation import CustomerView
from reviewer_app.backend.companies.service import Companies
from reviewer_app.backend.completions.endpoints import CompletionEndpoints
from reviewer_app.backend.completions.service import Completions
from reviewer_app.backend.decisions.endpoints import DecisionEndpoints
from reviewer_app.backend.decisions.service import Decisions
from reviewer_app.backend.documents.endpoints import DocumentEndpoints
from reviewer_app.backend.documents.service import Documents, UploadLimits
from reviewer_app.backend.documents.storage import Storage
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.contacts import ContactRules
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.settings import Settings
from reviewer_app.backend.mail.service import Mails
from reviewer_app.backend.statistics.endpoints import StatisticsEndpoints
from reviewer_app.documents.service import DocumentService


@dataclass(frozen=True, slots=True)
class Casework:
    """What the application needs of it: routes, and the companies for a customer's standing."""

    companies: Companies
    routers: tuple[APIRouter, ...]


def build_casework(
    *,
    clock: Clock,
    database: Database,
    settings: Settings,
    history: History,
    accounts: Accounts,
    mails: Mails,
    contacts: ContactRules,
    storage: Storage,
    inspector: DocumentService,
) -> Casework:
    """Build the features around a case. ``inspector`` stays the caller's to close."""
    companies = Companies(clock, history, Declaration(contacts))
    limits = UploadLimits(
        file_megabytes=settings.upload_max_mb,
        company_megabytes=settings.company_max_mb,
        pages=settings.upload_max_pages,
    )
    documents = Documents(clock, storage, inspector, limits)
    cases = Cases(clock, companies, lease_seconds=settings.claim_lease_seconds)
    completions = Completions(clock, companies, accounts, mails, contacts)
    decisions = Decisions(
        clock=clock,
        cases=cases,
        companies=companies,
        completions=completions,
        accounts=accounts,
        mails=mails,
        second_review=settings.second_review,
    )
    view = CustomerView(companies)
    authorizations = AuthorizationEndpoints(
        clock=clock, database=database, companies=companies, view=view, accounts=accounts, documents=inspector
    )
    return Casework(
        companies,
        (
            CompanyEndpoints(companies, view, accounts, mails).router(),
            DocumentEndpoints(database, documents, companies, view, accounts).router(),
            authorizations.router(),
            CompletionEndpoints(completions, view, accounts).router(),
            CaseEndpoints(cases, CaseView(cases, accounts)).router(),
            DecisionEndpoints(decisions).router(),
            CheckEndpoints(companies, cases).router(),
            CatalogueEndpoints().router(),
            StatisticsEndpoints().router(),
        ),
    )
