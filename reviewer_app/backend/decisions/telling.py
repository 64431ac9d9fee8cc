# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tells what was decided: in the history, and by mail to the customer."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy.orm import Session

from reviewer_app.backend.accounts.service import Accounts
from reviewer_app.backend.administrators import service as administrators
from reviewer_app.backend.administrators.service import ChangeRecord
from reviewer_app.backend.cases.service import Situation, author_of
from reviewer_app.backend.companies.service import Companies, Company, administrator_of
from reviewer_app.backend.completions.service import Completions
from reviewer_app.backend.decisions.reasons import customer_text
from reviewer_app.backend.documents.service import Document
from reviewer_app.backend.employees.service import full_name
from reviewer_app.backend.mail.content import MailDocument, MailFacts, MailKind
from reviewer_app.backend.mail.service import Mails
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.staff import DecisionRequest, MailPreview
from reviewer_app.contract.states import DOCUMENT_KIND_TEXTS, DocumentKind, Outcome, Verdict

_MAILS = {
    Outcome.APPROVE: MailKind.APPROVED,
    Outcome.REQUEST_CORRECTION: MailKind.CORRECTION_REQUESTED,
    Outcome.REJECT: MailKind.REJECTED,
}
_KINDS = {
    Outcome.APPROVE: HistoryKind.APPROVED,
    Outcome.REQUEST_CORRECTION: HistoryKind.CORRECTION_REQUESTED,
    Outcome.REJECT: HistoryKind.REJECTED,
}
_CHANGE_MAILS = {
    **_MAILS,
    Outcome.APPROVE: MailKind.ADMINISTRATOR_CHANGED,
    Outcome.REJECT: MailKind.ADMINISTRATOR_REFUSED,
}
_CHANGE_KINDS = {
    **_KINDS,
    Outcome.APPROVE: HistoryKind.ADMINISTRATOR_CHANGED,
    Outcome.REJECT: HistoryKind.ADMINISTRATOR_CHANGE_REFUSED,
}
_TOKEN_IN_PREVIEW = "…"
"""Stands in a preview for the token, which is made when the mail is sent."""


class Teller:
    """Writes history and mails of decisions."""

    def __init__(self, companies: Companies, completions: Completions, accounts: Accounts, mails: Mails) -> None:
        self._companies = companies
        self._completions = completions
        self._accounts = accounts
        self._mails = mails

    def tell(
        self,
        session: Session,
        case: Situation,
        change: ChangeRecord | None,
        request: DecisionRequest,
        versions: Sequence[Document],
    ) -> None:
        """Record a decision and mail it. ``case`` is the case as it was before."""
        company, author, outcome = case.company, author_of(case.staff), request.outcome
        kinds = {version.id: version.kind for version in versions}
        for given in request.documents:
            details = {"document_kind": kinds[given.document_id], "verdict": given.verdict.value}
            details["reasons"] = ",".join(reason.code.value for reason in given.reasons)
            self._companies.record(session, company, author, HistoryKind.VERDICT_GIVEN, details)
        told = {"reasons": ",".join(reason.code.value for reason in request.reasons)}
        if change is not None:
            told["person"] = full_name(administrators.candidate(session, change))
        kind = (_CHANGE_KINDS if change else _KINDS)[outcome]
        self._companies.record(session, company, author, kind, told)
        token = ""
        if outcome is Outcome.APPROVE and change is None:
            token = self._completions.new_token(session, company)
            self._companies.record(session, company, author, HistoryKind.COMPLETION_LINK_SENT)
        mail_kind = (_CHANGE_MAILS if change else _MAILS)[outcome]
        for user_id in self._readers(session, company, change, outcome):
            facts = self._facts(session, company, change, request, versions, user_id=user_id)
            self._mails.queue(session, mail_kind, replace(facts, token=token), company_id=company.id)

    def preview(
        self,
        session: Session,
        company: Company,
        change: ChangeRecord | None,
        request: DecisionRequest,
        versions: Sequence[Document],
    ) -> MailPreview:
        """Write the mail that a decision would send."""
        reader = self._readers(session, company, change, request.outcome)[0]
        facts = self._facts(session, company, change, request, versions, user_id=reader)
        if request.outcome is Outcome.APPROVE and change is None:
            facts = replace(facts, token=_TOKEN_IN_PREVIEW)
        mail = self._mails.render((_CHANGE_MAILS if change else _MAILS)[request.outcome], facts)
        return MailPreview(
            subject=mail.subject,
            text=mail.text,
            html=mail.html,
            language=facts.language.value,
            recipient=facts.recipient,
        )

    def _readers(self, session: Session, company: Company, change: ChangeRecord | None, outcome: Outcome) -> list[str]:
        """Name who is told: the administrator; of a change also the new one, first, and who asked for it."""
        if change is None:
            return [administrator_of(company)]
        candidate = administrators.candidate(session, change).user_id
        named = [candidate] if outcome is Outcome.APPROVE else []
        named += [company.administrator_id or change.requested_by]
        return list(dict.fromkeys(user_id for user_id in named if user_id))

    def _facts(
        self,
        session: Session,
        company: Company,
        change: ChangeRecord | None,
        request: DecisionRequest,
        versions: Sequence[Document],
        *,
        user_id: str,
    ) -> MailFacts:
        user = self._accounts.user(session, user_id)
        language = user.language
        kinds = {version.id: DocumentKind(version.kind) for version in versions}
        return MailFacts(
            recipient=user.email,
            language=language,
            first_name=user.first_name,
            company_name=company.name,
            person=full_name(administrators.candidate(session, change)) if change else "",
            documents=[
                MailDocument(
                    DOCUMENT_KIND_TEXTS[kinds[given.document_id]].in_language(language),
                    [customer_text(reason.code, reason.note, language) for reason in given.reasons],
                )
                for given in request.documents
                if given.verdict is not Verdict.ACCEPTED
            ],
            reasons=[customer_text(about.code, about.note, language) for about in request.reasons],
            customer_note=request.customer_note or "",
        )
