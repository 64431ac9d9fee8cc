# SPDX-License-Identifier: AGPL-3.0-or-later
"""What makes a decision acceptable: verdicts on the right documents, reasons that apply. Pure."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import NamedTuple, Protocol

from reviewer_app.backend.kit.problems import FieldProblem, ProblemError, field_problem
from reviewer_app.contract.companies import FIELD_TEXTS
from reviewer_app.contract.problems import PROBLEMS, FieldCode, ProblemCode
from reviewer_app.contract.reasons import (
    REASONS,
    ReasonCode,
    allowed_for_outcome,
    carries_outcome,
    reasons_for_company,
    reasons_for_document,
)
from reviewer_app.contract.staff import DecisionRequest, DocumentVerdict, ReasonGiven
from reviewer_app.contract.states import CURRENT_DOCUMENT_STATES, DocumentKind, DocumentState, Outcome, Verdict


class ReviewedDocument(Protocol):
    """What the rules look at in a version of a document."""

    id: str
    kind: DocumentKind
    state: DocumentState
    pages: int


Known = Mapping[str, ReviewedDocument]


class _Rule(NamedTuple):
    code: ProblemCode
    find: Callable[[DecisionRequest, Known], Iterator[FieldProblem]]


def check_decision(request: DecisionRequest, documents: Sequence[ReviewedDocument]) -> None:
    """Refuse a decision that breaks a rule, naming every place that breaks the first rule broken.

    Args:
        request: the decision.
        documents: all versions of the company's documents.

    Raises:
        ProblemError: ``document_not_current`` (409); ``validation_failed``, ``verdicts_missing``, ``reason_required``,
            ``reason_not_applicable`` or ``note_required`` (422).
    """
    known = {document.id: document for document in documents}
    for rule in _RULES:
        problems = list(rule.find(request, known))
        if problems:
            raise ProblemError(rule.code, errors=problems)


def _at_document(code: ProblemCode, index: int, rest: str) -> FieldProblem:
    return FieldProblem(f"documents.{index}.{rest}", code.value, PROBLEMS[code].text)


def _unknown_documents(request: DecisionRequest, known: Known) -> Iterator[FieldProblem]:
    seen: set[str] = set()
    for index, given in enumerate(request.documents):
        if given.document_id not in known or given.document_id in seen:
            yield field_problem(f"documents.{index}.document_id", FieldCode.INVALID)
        seen.add(given.document_id)


def _replaced_documents(request: DecisionRequest, known: Known) -> Iterator[FieldProblem]:
    for index, given in enumerate(request.documents):
        if known[given.document_id].state not in CURRENT_DOCUMENT_STATES:
            yield _at_document(ProblemCode.DOCUMENT_NOT_CURRENT, index, "document_id")


def _verdicts_that_contradict(request: DecisionRequest, _: Known) -> Iterator[FieldProblem]:
    for index, given in enumerate(request.documents):
        if request.outcome is Outcome.APPROVE and given.verdict is not Verdict.ACCEPTED:
            yield field_problem(f"documents.{index}.verdict", FieldCode.INVALID)


def _places_outside(request: DecisionRequest, known: Known) -> Iterator[FieldProblem]:
    for index, given in enumerate(request.documents):
        for number, reason in enumerate(given.reasons):
            path = f"documents.{index}.reasons.{number}"
            if reason.page is not None and reason.page > known[given.document_id].pages:
                yield field_problem(f"{path}.page", FieldCode.INVALID)
            if reason.region is not None and reason.page is None:
                yield field_problem(f"{path}.page", FieldCode.REQUIRED)


def _verdicts_missing(request: DecisionRequest, known: Known) -> Iterator[FieldProblem]:
    if request.outcome is not Outcome.APPROVE:
        return
    judged = {given.document_id for given in request.documents}
    for document in known.values():
        if document.state in CURRENT_DOCUMENT_STATES and document.id not in judged:
            code = ProblemCode.VERDICTS_MISSING
            yield FieldProblem(f"documents.{document.id}", code.value, PROBLEMS[code].text)


def _reasons_that_do_not_apply(request: DecisionRequest, known: Known) -> Iterator[FieldProblem]:
    code = ProblemCode.REASON_NOT_APPLICABLE
    for index, given in enumerate(request.documents):
        kind = DocumentKind(known[given.document_id].kind)
        for number, reason in enumerate(given.reasons):
            if not _applies_to_document(reason, given, kind, request.outcome):
                yield _at_document(code, index, f"reasons.{number}.code")
    for number, about in enumerate(request.reasons):
        if not _applies_to_company(about.code, about.field) or not allowed_for_outcome(about.code, request.outcome):
            yield FieldProblem(f"reasons.{number}.code", code.value, PROBLEMS[code].text)


def _applies_to_document(reason: ReasonGiven, given: DocumentVerdict, kind: DocumentKind, outcome: Outcome) -> bool:
    fits = reason.code in {one.code for one in reasons_for_document(kind)}
    return fits and given.verdict is not Verdict.ACCEPTED and allowed_for_outcome(reason.code, outcome)


def _applies_to_company(code: ReasonCode, field: str | None) -> bool:
    if code not in {one.code for one in reasons_for_company()}:
        return False
    if field is None:
        return True
    return field in (REASONS[code].fields or (FIELD_TEXTS.keys() if code is ReasonCode.OTHER else frozenset()))


def _notes_missing(request: DecisionRequest, _: Known) -> Iterator[FieldProblem]:
    code = ProblemCode.NOTE_REQUIRED
    for index, given in enumerate(request.documents):
        for number, reason in enumerate(given.reasons):
            if REASONS[reason.code].note_required and not reason.note:
                yield _at_document(code, index, f"reasons.{number}.note")
    for number, about in enumerate(request.reasons):
        if REASONS[about.code].note_required and not about.note:
            yield FieldProblem(f"reasons.{number}.note", code.value, PROBLEMS[code].text)


def _reasons_missing(request: DecisionRequest, _: Known) -> Iterator[FieldProblem]:
    code = ProblemCode.REASON_REQUIRED
    for index, given in enumerate(request.documents):
        if given.verdict is not Verdict.ACCEPTED and not given.reasons:
            yield _at_document(code, index, "reasons")
    if request.outcome is Outcome.APPROVE:
        return
    codes = [about.code for about in request.reasons]
    codes += [reason.code for given in request.documents for reason in given.reasons]
    if not any(carries_outcome(given_code, request.outcome) for given_code in codes):
        yield FieldProblem("reasons", code.value, PROBLEMS[code].text)


_RULES: tuple[_Rule, ...] = (
    _Rule(ProblemCode.VALIDATION_FAILED, _unknown_documents),
    _Rule(ProblemCode.DOCUMENT_NOT_CURRENT, _replaced_documents),
    _Rule(ProblemCode.VALIDATION_FAILED, _verdicts_that_contradict),
    _Rule(ProblemCode.VALIDATION_FAILED, _places_outside),
    _Rule(ProblemCode.REASON_NOT_APPLICABLE, _reasons_that_do_not_apply),
    _Rule(ProblemCode.NOTE_REQUIRED, _notes_missing),
    _Rule(ProblemCode.REASON_REQUIRED, _reasons_missing),
    _Rule(ProblemCode.VERDICTS_MISSING, _verdicts_missing),
)
