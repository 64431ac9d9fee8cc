# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reads what is typed about a person of a company."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Session

from reviewer_app.backend.employees import service
from reviewer_app.backend.employees.service import EmployeeRecord
from reviewer_app.backend.kit.contacts import ContactRules
from reviewer_app.backend.kit.database import new_id
from reviewer_app.backend.kit.problems import FieldProblem, ProblemError, field_problem, identifier_problem
from reviewer_app.contract.customer_team import EmployeeChange, EmployeeRequest, EmployeeState
from reviewer_app.contract.identifiers import IdentifierError
from reviewer_app.contract.problems import FieldCode, ProblemCode

_OWN = ("first_name", "last_name", "phone")
_KEPT = ("first_name", "last_name", "phone", "position")

Person = dict[str, str]
"""Checked values of a person: names, e-mail, phone, position and language."""


class PersonReader:
    """Checks typed values, noting everything that is wrong with them."""

    def __init__(self, contacts: ContactRules) -> None:
        self._readers = {
            "first_name": contacts.person_name,
            "last_name": contacts.person_name,
            "email": contacts.email,
            "phone": contacts.phone,
        }

    def read(self, session: Session, company_id: str, request: EmployeeRequest, problems: list[FieldProblem]) -> Person:
        """Read a person to be invited; an address that is on the company's list is a problem, others are not told."""
        person = {"language": request.language.value}
        for field in ("first_name", "last_name", "email", "phone", "position"):
            person[field] = self._value(field, getattr(request, field), problems)
        wrong = any(problem.field == "email" for problem in problems)
        if not wrong and service.employee_by_email(session, company_id, person["email"]) is not None:
            problems.append(field_problem("email", FieldCode.ALREADY_LISTED))
        return person

    def entry(self, company_id: str, person: Person, *, now: datetime) -> EmployeeRecord:
        """Make the entry of a person who is invited."""
        employee = EmployeeRecord(
            id=new_id(),
            company_id=company_id,
            state=EmployeeState.INVITED.value,
            language=person["language"],
            permissions="",
            version=1,
            created_at=now,
            invited_at=now,
        )
        values = {name: value for name, value in person.items() if name != "language"}
        service.set_person(employee, **values)
        return employee

    def change(self, employee: EmployeeRecord, change: EmployeeChange) -> list[str]:
        """Change an entry; gives the names of the fields that differ. Raises ProblemError ``validation_failed``."""
        problems: list[FieldProblem] = []
        values = {name: getattr(employee, name) for name in (*_KEPT, "email")}
        for field in _KEPT:
            typed = getattr(change, field)
            if typed is None:
                continue
            if employee.user_id is not None and field in _OWN:
                problems.append(field_problem(field, FieldCode.OWN_DATA))
                continue
            values[field] = self._value(field, typed, problems)
        if problems:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=problems)
        changed = [field for field in _KEPT if values[field] != getattr(employee, field)]
        if changed:
            service.set_person(employee, **values)
        return changed

    def _value(self, field: str, typed: str, problems: list[FieldProblem]) -> str:
        if not typed or field not in self._readers:
            return typed
        try:
            return self._readers[field](typed)
        except IdentifierError as error:
            problems.append(identifier_problem(field, error))
            return ""
