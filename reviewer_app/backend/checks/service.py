# SPDX-License-Identifier: AGPL-3.0-or-later
"""Run the checks on the facts of a case, keep their findings, and tell them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy.orm import Session

from reviewer_app.backend.checks import repository
from reviewer_app.backend.checks.tables import Finding
from reviewer_app.contract.checks import CHECK_TEXTS, CheckCode
from reviewer_app.contract.companies import LEGAL_FORMS, KrsRule, LegalForm
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


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What the checks look at. ``documents`` gives the newest current document of each kind that there is.

    ``sheet_current`` says whether the uploaded authorization carries today's data; None when no form was made.
    """

    legal_form: LegalForm
    nip: str
    regon: str | None
    krs: str | None
    bank_account: str | None
    same_nip: int
    documents: Mapping[DocumentKind, str]
    sheet_current: bool | None


class _Result(NamedTuple):
    code: CheckCode
    status: CheckStatus
    field: str | None = None
    document_id: str | None = None


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


def _number_results(facts: CaseFacts) -> Iterator[_Result]:
    yield _Result(CheckCode.NIP_NUMBER, _well_formed(parse_nip, facts.nip), "nip")
    yield _Result(CheckCode.REGON_NUMBER, _well_formed(parse_regon, facts.regon), "regon")
    yield _Result(CheckCode.KRS_NUMBER, _krs_status(facts), "krs")
    if facts.bank_account is not None:
        status = _well_formed(parse_bank_account, facts.bank_account)
        yield _Result(CheckCode.BANK_ACCOUNT_NUMBER, status, "bank_account")
    unique = CheckStatus.WARN if facts.same_nip else CheckStatus.OK
    yield _Result(CheckCode.NIP_UNIQUE, unique, "nip")


def _document_results(facts: CaseFacts) -> Iterator[_Result]:
    for code, kind in (
        (CheckCode.EXTRACT_PRESENT, DocumentKind.REGISTRY_EXTRACT),
        (CheckCode.AUTHORIZATION_PRESENT, DocumentKind.AUTHORIZATION),
    ):
        document_id = facts.documents.get(kind)
        yield _Result(code, CheckStatus.FAIL if document_id is None else CheckStatus.OK, None, document_id)
    sheet = facts.documents.get(DocumentKind.AUTHORIZATION)
    if sheet is not None:
        status = {None: CheckStatus.UNKNOWN, True: CheckStatus.OK, False: CheckStatus.WARN}[facts.sheet_current]
        yield _Result(CheckCode.AUTHORIZATION_CURRENT, status, None, sheet)


def run(session: Session, company_id: str, facts: CaseFacts, *, now: datetime) -> CheckCounts:
    """Run all checks, replace the company's findings by what they gave, and count the results."""
    results = [*_number_results(facts), *_document_results(facts)]
    repository.replace(
        session,
        company_id,
        [
            Finding(
                company_id=company_id,
                position=position,
                code=result.code,
                status=result.status,
                field=result.field,
                document_id=result.document_id,
                checked_at=now,
            )
            for position, result in enumerate(results)
        ],
    )
    counted = Counter(result.status.value for result in results)
    return CheckCounts(**{status.value: counted[status.value] for status in CheckStatus})


def findings(session: Session, company_id: str, language: Language) -> tuple[CheckFinding, ...]:
    """Tell the findings of the newest run, in the order of the checks."""
    return tuple(
        CheckFinding(
            code=row.code,
            status=CheckStatus(row.status),
            message=CHECK_TEXTS[CheckCode(row.code), CheckStatus(row.status)].in_language(language),
            field=row.field,
            document_id=row.document_id,
            checked_at=row.checked_at,
        )
        for row in repository.of_company(session, company_id)
    )
