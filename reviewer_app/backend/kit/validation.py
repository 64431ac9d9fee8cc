# SPDX-License-Identifier: AGPL-3.0-or-later
"""What pydantic finds wrong, as problems of fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from reviewer_app.backend.kit.problems import FieldProblem
from reviewer_app.contract.field_problems import wrong_field

Model = TypeVar("Model", bound=BaseModel)


def validated(model: type[Model], values: Mapping[str, object], problems: list[FieldProblem]) -> Model | None:
    """Make a message of values that did not come as a body, noting what is wrong with them."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        problems += [field_problem_of({**found, "loc": ("body", *found["loc"])}) for found in error.errors()]
        return None


def field_problem_of(error: Mapping[str, Any]) -> FieldProblem:
    """Make the problem of one field; the first part of its place says where in the request it stood."""
    wrong = wrong_field(error)
    return FieldProblem(wrong.field, wrong.code.value, wrong.text)
