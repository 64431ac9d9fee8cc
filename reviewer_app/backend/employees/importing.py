# SPDX-License-Identifier: AGPL-3.0-or-later
"""Invites people from a CSV, with a report on each line (S14)."""

from __future__ import annotations

from sqlalchemy.orm import Session

from reviewer_app.backend.companies.service import Acting
from reviewer_app.backend.employees import service
from reviewer_app.backend.employees.management import Team
from reviewer_app.backend.employees.reading import PersonReader
from reviewer_app.backend.kit.contacts import folded_email
from reviewer_app.backend.kit.problems import FieldProblem, ProblemError, field_problem, identifier_problem
from reviewer_app.backend.kit.validation import validated
from reviewer_app.contract.csv_text import CsvLine, read_csv
from reviewer_app.contract.customer_team import (
    EMPLOYEE_COLUMNS,
    CsvRequest,
    EmployeeRequest,
    ImportReport,
    LineOutcome,
    LineReport,
)
from reviewer_app.contract.identifiers import IdentifierError
from reviewer_app.contract.permissions import Permission
from reviewer_app.contract.problems import PROBLEMS, FieldCode, ProblemCode
from reviewer_app.contract.text import Language

_REQUIRED = frozenset({"first_name", "last_name", "email"})


class EmployeeImport:
    """Reads a table of people and invites those whose lines are right."""

    def __init__(self, team: Team, reader: PersonReader) -> None:
        self._team = team
        self._reader = reader

    def run(self, session: Session, user_id: str, request: CsvRequest, language: Language) -> ImportReport:
        """Invite, or with ``check_only`` only look. Raises ``validation_failed`` when the table cannot be read."""
        actor = self._team.manager(session, user_id)
        try:
            lines = read_csv(request.csv, EMPLOYEE_COLUMNS, required=_REQUIRED)
        except IdentifierError as error:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=[identifier_problem("csv", error)]) from error
        known = {person.email_folded: person.id for person in service.everybody(session, actor.company.id)}
        reports = [self._line(session, actor, line, request, known=known, language=language) for line in lines]
        refused = sum(report.outcome is LineOutcome.REFUSED for report in reports)
        added = sum(report.outcome is LineOutcome.ADDED for report in reports)
        return ImportReport(added=added, refused=refused, lines=tuple(reports))

    def _line(
        self,
        session: Session,
        actor: Acting,
        line: CsvLine,
        request: CsvRequest,
        *,
        known: dict[str, str],
        language: Language,
    ) -> LineReport:
        problems: list[FieldProblem] = []
        person = _person(line, request, known, problems)
        if person is not None:
            email = folded_email(person.email)
            self._check(session, actor, person, problems, listed=email in known)
            if not problems:
                employee_id = None
                if not request.check_only:
                    employee_id = self._team.invite(session, actor, person).id
                known[email] = employee_id or ""
                outcome = LineOutcome.VALID if request.check_only else LineOutcome.ADDED
                return LineReport(line=line.number, outcome=outcome, id=employee_id)
        errors = tuple(problem.in_language(language) for problem in problems)
        return LineReport(line=line.number, outcome=LineOutcome.REFUSED, errors=errors)

    def _check(
        self, session: Session, actor: Acting, person: EmployeeRequest, problems: list[FieldProblem], *, listed: bool
    ) -> None:
        self._reader.read(session, actor.company.id, person, problems)
        if listed and not any(problem.field == "email" for problem in problems):
            problems.append(field_problem("email", FieldCode.ALREADY_LISTED))
        if not actor.permissions.issuperset(person.permissions):
            code = ProblemCode.GRANT_NOT_ALLOWED
            problems.append(FieldProblem("permissions", code.value, PROBLEMS[code].text))


def _person(
    line: CsvLine, request: CsvRequest, known: dict[str, str], problems: list[FieldProblem]
) -> EmployeeRequest | None:
    values: dict[str, object] = dict(line.values)
    superior = line.values.get("superior_email")
    if superior is not None:
        del values["superior_email"]
        if folded_email(superior) not in known:
            problems.append(field_problem("superior_email", FieldCode.INVALID))
        elif not request.check_only:
            values["superior_id"] = known[folded_email(superior)]
    permissions = line.values.get("permissions", "").replace(",", " ").upper().split()
    values["permissions"] = tuple(permission for permission in Permission if permission in permissions)
    if set(permissions) - set(Permission):
        problems.append(field_problem("permissions", FieldCode.INVALID))
    return validated(EmployeeRequest, {**values, "language": request.language}, problems)
