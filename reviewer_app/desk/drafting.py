# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeping drafts, and turning one into the decision that goes to the server."""

from __future__ import annotations

from reviewer_app.contract.reasons import REASONS, ReasonCode, carries_outcome
from reviewer_app.contract.staff import (
    CompanyDetail,
    CompanyReasonGiven,
    DecisionRequest,
    DocumentVerdict,
    ReasonGiven,
)
from reviewer_app.contract.states import CURRENT_DOCUMENT_STATES, Outcome, Verdict
from reviewer_app.contract.text import Text
from reviewer_app.desk.acts import read_draft, written_draft
from reviewer_app.desk.clock import Clock
from reviewer_app.desk.drafts import DecisionDraft, DraftVerdict
from reviewer_app.desk.errors import DraftProblem, InvalidDraft
from reviewer_app.desk.session import Sessions
from reviewer_app.store.store import Store

LONGEST_NOTE = 4000

_NO_OUTCOME = Text(
    "Wybierz wynik: zaakceptuj, poproś o poprawę albo odmów.", "Choose: approve, ask for a correction, or refuse."
)
_NO_REASON = Text(
    "Podaj co najmniej jeden powód, który uzasadnia tę decyzję.",
    "Give at least one reason that justifies this decision.",
)
_NO_DOCUMENT_REASON = Text(
    "Podaj powód przy dokumencie, którego nie przyjmujesz.", "Give a reason for the document that you do not accept."
)
_NOT_ACCEPTED = Text(
    "Przed zaakceptowaniem przyjmij każdy bieżący dokument.", "Accept every current document before approving."
)
_NO_NOTE = Text("Powód „{reason}” wymaga opisu.", "The reason “{reason}” needs a text.")
_TOO_LONG = Text("Tekst jest za długi: najwyżej {limit} znaków.", "The text is too long: at most {limit} characters.")


class Drafts:
    """Drafts of the person who is signed in, one per case."""

    def __init__(self, *, store: Store, sessions: Sessions, clock: Clock) -> None:
        self._store = store
        self._sessions = sessions
        self._clock = clock

    def load(self, *, company_id: str) -> DecisionDraft | None:
        """Give the draft on a case."""
        body = self._store.drafts.get(scope=self._sessions.scope, company_id=company_id)
        return None if body is None else read_draft(body)

    def save(self, *, draft: DecisionDraft) -> None:
        """Keep a draft; it is on disk when this returns."""
        self._store.drafts.put(
            scope=self._sessions.scope,
            company_id=draft.company_id,
            body=written_draft(draft),
            now=self._clock.now(),
        )

    def discard(self, *, company_id: str) -> None:
        """Forget the draft on a case."""
        self._store.drafts.remove(scope=self._sessions.scope, company_id=company_id)


def request_of(draft: DecisionDraft, detail: CompanyDetail | None) -> DecisionRequest:
    """Make the decision of a draft. Raises InvalidDraft with everything that it lacks.

    ``detail`` is the case as last read, to see which documents need a verdict; None leaves that to the server.
    """
    problems = draft_problems(draft, detail)
    if problems or draft.outcome is None:
        raise InvalidDraft(problems)
    return _request(draft, draft.outcome)


def preview_of(draft: DecisionDraft) -> DecisionRequest:
    """Make the request for the mail's preview: what is not finished yet is left to the server to judge."""
    if draft.outcome is None:
        raise InvalidDraft((DraftProblem("outcome_missing", _NO_OUTCOME),))
    too_long = tuple(_length_problems(draft))
    if too_long:
        raise InvalidDraft(too_long)
    return _request(draft, draft.outcome)


def draft_problems(draft: DecisionDraft, detail: CompanyDetail | None) -> tuple[DraftProblem, ...]:
    """Say what a draft still lacks, in the order in which the form shows it."""
    found = [*_length_problems(draft), *_note_problems(draft)]
    if draft.outcome is None:
        found.append(DraftProblem("outcome_missing", _NO_OUTCOME))
    elif draft.outcome is Outcome.APPROVE:
        found.extend(_approval_problems(draft, detail))
    else:
        found.extend(_reason_problems(draft, draft.outcome))
    return tuple(found)


def _request(draft: DecisionDraft, outcome: Outcome) -> DecisionRequest:
    return DecisionRequest(
        outcome=outcome,
        documents=tuple(_verdict(item, item.verdict) for item in draft.documents if item.verdict is not None),
        reasons=tuple(
            CompanyReasonGiven(code=reason.code, note=reason.note or None, field=reason.field)
            for reason in draft.reasons
        ),
        customer_note=draft.customer_note.strip() or None,
        internal_note=draft.internal_note.strip() or None,
    )


def _verdict(draft: DraftVerdict, verdict: Verdict) -> DocumentVerdict:
    reasons = () if verdict is Verdict.ACCEPTED else draft.reasons
    return DocumentVerdict(
        document_id=draft.document_id,
        verdict=verdict,
        reasons=tuple(
            ReasonGiven(code=reason.code, note=reason.note or None, page=reason.page, region=reason.region)
            for reason in reasons
        ),
    )


def _length_problems(draft: DecisionDraft) -> list[DraftProblem]:
    text = _TOO_LONG.format(limit=LONGEST_NOTE)
    found = [
        DraftProblem("too_long", text, field=name)
        for name, note in (("customer_note", draft.customer_note), ("internal_note", draft.internal_note))
        if len(note.strip()) > LONGEST_NOTE
    ]
    found.extend(
        DraftProblem("too_long", text, document_id=verdict.document_id)
        for verdict in draft.documents
        if any(len(reason.note.strip()) > LONGEST_NOTE for reason in verdict.reasons)
    )
    if any(len(reason.note.strip()) > LONGEST_NOTE for reason in draft.reasons):
        found.append(DraftProblem("too_long", text, field="reasons"))
    return found


def _note_problems(draft: DecisionDraft) -> list[DraftProblem]:
    found = [
        DraftProblem("note_required", _named(reason.code), document_id=verdict.document_id)
        for verdict in draft.documents
        if verdict.verdict is not Verdict.ACCEPTED
        for reason in verdict.reasons
        if REASONS[reason.code].note_required and not reason.note.strip()
    ]
    found.extend(
        DraftProblem("note_required", _named(reason.code), field=reason.field or "reasons")
        for reason in draft.reasons
        if REASONS[reason.code].note_required and not reason.note.strip()
    )
    return found


def _named(code: ReasonCode) -> Text:
    label = REASONS[code].label
    return Text(_NO_NOTE.pl.format(reason=label.pl), _NO_NOTE.en.format(reason=label.en))


def _approval_problems(draft: DecisionDraft, detail: CompanyDetail | None) -> list[DraftProblem]:
    current = [
        document.id
        for document in (detail.documents if detail else ())
        if document.current and document.state in CURRENT_DOCUMENT_STATES
    ]
    return [
        DraftProblem("verdicts_missing", _NOT_ACCEPTED, document_id=document_id)
        for document_id in dict.fromkeys([*current, *(verdict.document_id for verdict in draft.documents)])
        if draft.verdict_on(document_id).verdict is not Verdict.ACCEPTED
    ]


def _reason_problems(draft: DecisionDraft, outcome: Outcome) -> list[DraftProblem]:
    refused = [item for item in draft.documents if item.verdict in {Verdict.NEEDS_REPLACEMENT, Verdict.REFUSED}]
    found = [
        DraftProblem("reason_required", _NO_DOCUMENT_REASON, document_id=item.document_id)
        for item in refused
        if not item.reasons
    ]
    given: list[ReasonCode] = [reason.code for reason in draft.reasons]
    given.extend(reason.code for item in refused for reason in item.reasons)
    if not any(carries_outcome(code, outcome) for code in given):
        found.append(DraftProblem("reason_required", _NO_REASON, field="reasons"))
    return found
