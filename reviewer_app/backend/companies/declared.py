# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a customer declares about a company: checked all at once, stored in compact form."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from reviewer_app.backend.kit.contacts import ContactRules
from reviewer_app.backend.kit.problems import FieldProblem, ProblemError, field_problem, identifier_problem
from reviewer_app.contract.companies import LEGAL_FORMS, KrsRule, LegalForm, required_fields
from reviewer_app.contract.customer import SeatRequest
from reviewer_app.contract.identifiers import (
    IdentifierError,
    parse_bank_account,
    parse_krs,
    parse_nip,
    parse_postal_code,
    parse_regon,
)
from reviewer_app.contract.messages import Address
from reviewer_app.contract.problems import FieldCode, ProblemCode

Values = dict[str, Any]
"""Columns of a company by their names, as stored."""

_SPACES = re.compile(r"\s+")


class Declaration:
    """Reads declared values into what is stored, noting everything that is wrong with them."""

    def __init__(self, contacts: ContactRules) -> None:
        self._parsers: dict[str, Callable[[str], str]] = {
            "nip": parse_nip,
            "regon": parse_regon,
            "krs": parse_krs,
            "phone": contacts.phone,
            "email": contacts.email,
            "bank_account": parse_bank_account,
        }

    def read(self, request: BaseModel, before: Mapping[str, Any], *, registered: bool) -> Values:
        """Give the values that differ from those before.

        Only the fields that the request has are read. A company that is registered cannot lose a required field.

        Raises:
            ProblemError: ``validation_failed`` with every field that is wrong.
        """
        problems: list[FieldProblem] = []
        values: Values = {}
        for field in type(request).model_fields:
            if field in request.model_fields_set:
                values[field] = self._stored(field, getattr(request, field), problems)
        form = LegalForm(values.get("legal_form") or before["legal_form"])
        if LEGAL_FORMS[form].krs is KrsRule.ABSENT and "krs" not in values:
            values["krs"] = None
        merged = {**before, **values}
        broken = {problem.field.partition(".")[0] for problem in problems}
        problems += _rule_problems(merged, form, values, broken, registered=registered)
        if problems:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=problems)
        return {field: value for field, value in values.items() if value != before.get(field)}

    def _stored(self, field: str, given: Any, problems: list[FieldProblem]) -> Any:
        if isinstance(given, SeatRequest):
            return _seat(given, problems)
        if given is None or given == "":
            return None
        if field == "name":
            return _SPACES.sub(" ", given)
        parser = self._parsers.get(field)
        if parser is None:
            return given
        try:
            return parser(given)
        except IdentifierError as error:
            problems.append(identifier_problem(field, error))
            return given


def _seat(given: SeatRequest, problems: list[FieldProblem]) -> dict[str, str]:
    address = Address.model_validate(given.model_dump()).model_dump()
    if given.country == "PL":
        try:
            address["postal_code"] = parse_postal_code(given.postal_code)
        except IdentifierError as error:
            problems.append(identifier_problem("seat.postal_code", error))
    return address


def _rule_problems(
    merged: Mapping[str, Any], form: LegalForm, given: Values, broken: set[str], *, registered: bool
) -> Iterator[FieldProblem]:
    if LEGAL_FORMS[form].krs is KrsRule.ABSENT and merged.get("krs") is not None:
        yield field_problem("krs", FieldCode.NOT_ALLOWED)
        broken = broken | {"krs"}
    always = {"name", "legal_form", "nip", "krs"}
    for field in required_fields(form):
        wanted = field in always or (registered and field in given)
        if wanted and field not in broken and merged.get(field) is None:
            yield field_problem(field, FieldCode.REQUIRED)


def missing_fields(values: Mapping[str, Any]) -> tuple[str, ...]:
    """Name the declared fields that are still wanted before the company is registered."""
    wanted = required_fields(LegalForm(values["legal_form"]))
    return tuple(field for field in wanted if values.get(field) is None)
