# SPDX-License-Identifier: AGPL-3.0-or-later
"""Brings addresses in from a CSV, with a report on each line."""

from __future__ import annotations

from sqlalchemy.orm import Session

from reviewer_app.backend.addresses.service import AddressBook
from reviewer_app.backend.companies.service import Acting
from reviewer_app.backend.kit.problems import FieldProblem, ProblemError, field_problem, identifier_problem
from reviewer_app.backend.kit.validation import validated
from reviewer_app.contract.csv_text import CsvLine, read_csv
from reviewer_app.contract.customer_addresses import ADDRESS_COLUMNS, ADDRESS_KIND_TEXTS, AddressKind, AddressRequest
from reviewer_app.contract.customer_team import CsvRequest, ImportReport, LineOutcome, LineReport
from reviewer_app.contract.identifiers import IdentifierError
from reviewer_app.contract.problems import FieldCode, ProblemCode
from reviewer_app.contract.text import Language

_REQUIRED = frozenset({"kind", "building", "postal_code", "city"})


class AddressImport:
    """Reads a table of addresses and adds those whose lines are right; a place that is there already is a warning."""

    def __init__(self, book: AddressBook) -> None:
        self._book = book

    def run(self, session: Session, user_id: str, request: CsvRequest, language: Language) -> ImportReport:
        """Add, or with ``check_only`` only look. Raises ``validation_failed`` when the table cannot be read."""
        actor = self._book.writer(session, user_id)
        try:
            lines = read_csv(request.csv, ADDRESS_COLUMNS, required=_REQUIRED)
        except IdentifierError as error:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=[identifier_problem("csv", error)]) from error
        reports = [self._line(session, actor, line, language, check_only=request.check_only) for line in lines]
        refused = sum(report.outcome is LineOutcome.REFUSED for report in reports)
        added = sum(report.outcome is LineOutcome.ADDED for report in reports)
        return ImportReport(added=added, refused=refused, lines=tuple(reports))

    def _line(
        self, session: Session, actor: Acting, line: CsvLine, language: Language, *, check_only: bool
    ) -> LineReport:
        problems: list[FieldProblem] = []
        kind = _kind(line.values.get("kind", ""))
        values = {**line.values, "kind": kind} if kind else dict(line.values)
        address = validated(AddressRequest, values, problems)
        if address is not None:
            problems += self._book.problems(address.model_dump())
        if address is None or problems:
            errors = tuple(problem.in_language(language) for problem in problems)
            return LineReport(line=line.number, outcome=LineOutcome.REFUSED, errors=errors)
        if check_only:
            return LineReport(line=line.number, outcome=LineOutcome.VALID)
        shown = self._book.show(session, self._book.add(session, actor, address))
        twice = field_problem("street", FieldCode.DUPLICATE).in_language(language)
        warnings = (twice,) if shown.duplicate_of else ()
        return LineReport(line=line.number, outcome=LineOutcome.ADDED, id=shown.id, warnings=warnings)


def _kind(written: str) -> str | None:
    wanted = written.casefold()
    for kind in AddressKind:
        text = ADDRESS_KIND_TEXTS[kind]
        if wanted in {kind.value, text.pl.casefold(), text.en.casefold()}:
            return kind.value
    return None
