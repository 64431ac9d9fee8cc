# SPDX-License-Identifier: AGPL-3.0-or-later
"""What pydantic finds wrong, as problems of fields."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError

from reviewer_app.backend.kit.problems import FieldProblem, field_problem
from reviewer_app.contract.problems import FieldCode

Model = TypeVar("Model", bound=BaseModel)

_FIELD_CODE_OF_TYPE = {
    "missing": FieldCode.REQUIRED,
    "extra_forbidden": FieldCode.UNKNOWN_FIELD,
    "string_too_long": FieldCode.TOO_LONG,
    "string_too_short": FieldCode.TOO_SHORT,
    "string_pattern_mismatch": FieldCode.WRONG_FORMAT,
    "datetime_from_date_parsing": FieldCode.WRONG_FORMAT,
    "datetime_parsing": FieldCode.WRONG_FORMAT,
    "date_from_datetime_parsing": FieldCode.WRONG_FORMAT,
    "timezone_aware": FieldCode.WRONG_FORMAT,
}


def validated(model: type[Model], values: Mapping[str, object], problems: list[FieldProblem]) -> Model | None:
    """Make a message of values that did not come as a body, noting what is wrong with them."""
    try:
        return model.model_validate(values)
    except ValidationError as error:
        problems += [field_problem_of({**found, "loc": ("body", *found["loc"])}) for found in error.errors()]
        return None


def field_problem_of(error: Mapping[str, Any]) -> FieldProblem:
    """Make the problem of one field; the first part of its place says where in the request it stood."""
    place, *path = error["loc"]
    field = ".".join(str(part) for part in (path[:1] if place == "query" else path))
    code = _field_code(error)
    context = error.get("ctx") or {}
    limit = context.get("max_length") if code is FieldCode.TOO_LONG else context.get("min_length")
    return field_problem(field, code, limit=limit)


def _field_code(error: Mapping[str, Any]) -> FieldCode:
    kind = str(error["type"])
    if kind == "string_too_short" and (error.get("ctx") or {}).get("min_length") == 1:
        return FieldCode.REQUIRED
    if kind in _FIELD_CODE_OF_TYPE:
        return _FIELD_CODE_OF_TYPE[kind]
    return FieldCode.WRONG_TYPE if kind.endswith(("_type", "_parsing")) else FieldCode.INVALID
