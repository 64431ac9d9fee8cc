# SPDX-License-Identifier: AGPL-3.0-or-later
"""Run the checks on the facts of a case, keep their findings, and tell them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import datetime

from sqlalchemy.orm import Session

from reviewer_app.backend.checks import repository
from reviewer_app.backend.checks.facts import CaseFacts, DocumentFacts, PersonFacts, Result, SeatFacts, SheetFacts
from reviewer_app.backend.checks.tables import Finding
from reviewer_app.backend.checks.values import name_variants
from reviewer_app.contract.checks import CheckCode, CheckSource, check_text
from reviewer_app.contract.companies import LEGAL_FORMS, KrsRule
from reviewer_app.contract.identifiers import (
    IdentifierError,
    parse_bank_account,
    parse_krs,
    parse_nip,
    parse_regon,
)
from reviewer_app.contract.staff import CheckCounts, CheckFinding, CheckStatus
from reviewer_app.contract.states import DocumentKind
from reviewer_app.contract.text import Language

__all__ = [
    "CaseFacts",
    "DocumentFacts",
    "PersonFacts",
    "Result",
    "SeatFacts",
    "SheetFacts",
    "check_declared",
    "counts",
    "failures",
    "findings",
    "name_variants",
    "put",
    "waiting",
]


def _well_formed(parse: Callable[[str], str], number: str | None) -> CheckStatus:
    try:
        parse(number or "")
    except IdentifierError:
        return CheckStatus.FAIL
    return CheckStatus.OK


def _krs_status(facts: CaseFacts) -> CheckStatus:
    rule = LEGAL_FORMS[facts.legal_form].krs
    if facts.krs is None:
        return CheckStatus.FAIL if rule is KrsRule.REQUIRED else CheckStatus.OK
    return CheckStatus.FAIL if rule is KrsRule.ABSENT else _well_formed(parse_krs, facts.krs)


def _number_results(facts: CaseFacts) -> Iterator[Result]:
    yield Result(CheckCode.NIP_NUMBER, _well_formed(parse_nip, facts.nip), "nip")
    yield Result(CheckCode.REGON_NUMBER, _well_formed(parse_regon, facts.regon), "regon")
    yield Result(CheckCode.KRS_NUMBER, _krs_status(facts), "krs")
    if facts.bank_account is not None:
        status = _well_formed(parse_bank_account, facts.bank_account)
        yield Result(CheckCode.BANK_ACCOUNT_NUMBER, status, "bank_account")
    unique = CheckStatus.WARN if facts.same_nip else CheckStatus.OK
    yield Result(CheckCode.NIP_UNIQUE, unique, "nip")


def _document_results(facts: CaseFacts) -> Iterator[Result]:
    for code, kind in (
        (CheckCode.EXTRACT_PRESENT, DocumentKind.REGISTRY_EXTRACT),
        (CheckCode.AUTHORIZATION_PRESENT, DocumentKind.AUTHORIZATION),
    ):
        document = facts.newest(kind)
        status = CheckStatus.FAIL if document is None else CheckStatus.OK
        yield Result(code, status, None, document.id if document else None)
    sheet = facts.newest(DocumentKind.AUTHORIZATION)
    if sheet is not None:
        status = {None: CheckStatus.UNKNOWN, True: CheckStatus.OK, False: CheckStatus.WARN}[facts.sheet_current]
        yield Result(CheckCode.AUTHORIZATION_CURRENT, status, None, sheet.id)


def check_declared(session: Session, facts: CaseFacts, *, now: datetime) -> bool:
    """Check what is declared and which documents there are, at once; say whether the documents have to be checked.

    What stands in the documents is checked by a run apart, as soon as something changed that it depends on; until it
    is done its findings say that they are not known.
    """
    put(session, facts.company_id, CheckSource.DECLARED, [*_number_results(facts), *_document_results(facts)], now=now)
    run = repository.run_of(session, facts.company_id)
    if run is not None and run.facts == facts.digest():
        return False
    waiting = [Result(CheckCode.DOCUMENTS_READ, CheckStatus.UNKNOWN)] if facts.documents else []
    put(session, facts.company_id, CheckSource.DOCUMENTS, waiting, now=now)
    if facts.documents:
        repository.ask_for_run(session, facts.company_id, now)
    return bool(facts.documents)


def put(session: Session, company_id: str, source: CheckSource, results: Iterable[Result], *, now: datetime) -> None:
    """Put results in the place of a source's earlier findings."""
    repository.replace(
        session,
        company_id,
        source,
        [
            Finding(
                company_id=company_id,
                source=source.value,
                position=position,
                code=result.code.value,
                status=result.status.value,
                field=result.field,
                document_id=result.document_id,
                page=result.page,
                box=list(result.box) if result.box else None,
                details=dict(result.details),
                checked_at=now,
            )
            for position, result in enumerate(results)
        ],
    )


def counts(session: Session, company_id: str) -> CheckCounts:
    """Count the results of all sources."""
    counted = repository.statuses(session, company_id)
    return CheckCounts(**{status.value: counted.get(status.value, 0) for status in CheckStatus})


def waiting(session: Session, company_id: str, now: datetime) -> bool:
    """Say whether checks of any source are still to come: they were not done yet, or are due, or under way."""
    run = repository.run_of(session, company_id)
    if run is not None and run.due_at is not None and (run.due_at <= now or run.attempts > 0):
        return True
    return repository.has_code(
        session, company_id, (CheckCode.DOCUMENTS_READ, CheckCode.REGISTERS_ASKED, CheckCode.REGISTERS_FAILED)
    )


def failures(session: Session, company_id: str) -> list[str]:
    """Name the checks that fail, each the same as long as it is about the same thing."""
    failed = (row for row in repository.of_company(session, company_id) if row.status == CheckStatus.FAIL)
    return sorted({"/".join((row.source, row.code, row.field or "", row.document_id or "")) for row in failed})


def findings(session: Session, company_id: str, language: Language) -> tuple[CheckFinding, ...]:
    """Tell the findings of the newest runs, in the order of their sources and checks."""
    return tuple(_told(row, language) for row in repository.of_company(session, company_id))


def _told(row: Finding, language: Language) -> CheckFinding:
    code, status = CheckCode(row.code), CheckStatus(row.status)
    x0, y0, x1, y1 = row.box or (0, 0, 0, 0)
    return CheckFinding(
        code=row.code,
        status=status,
        message=check_text(code, status, row.details).in_language(language),
        field=row.field,
        document_id=row.document_id,
        page=row.page,
        box=(x0, y0, x1, y1) if row.box else None,
        checked_at=row.checked_at,
    )
