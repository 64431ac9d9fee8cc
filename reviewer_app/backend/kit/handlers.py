# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turns everything that can go wrong in a request into problem details in the request's language."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.responses import Response

from reviewer_app.backend.kit.language import language_of
from reviewer_app.backend.kit.problems import FieldProblem, ProblemError, field_problem, problem_response
from reviewer_app.contract.problems import FieldCode, ProblemCode

_BODY_ITSELF = 1
_CODE_OF_STATUS = {
    400: ProblemCode.MALFORMED_REQUEST,
    401: ProblemCode.UNAUTHENTICATED,
    403: ProblemCode.PERMISSION_MISSING,
    404: ProblemCode.NOT_FOUND,
    405: ProblemCode.METHOD_NOT_ALLOWED,
    413: ProblemCode.FILE_TOO_LARGE,
    503: ProblemCode.UNAVAILABLE,
}
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


def install_handlers(app: FastAPI) -> None:
    """Have an application answer every refusal as problem details."""

    async def problem(request: Request, error: Exception) -> Response:
        return problem_response(_as_problem(error), language_of(request))

    for kind in (ProblemError, RequestValidationError, HTTPException):
        app.add_exception_handler(kind, problem)


def _as_problem(error: Exception) -> ProblemError:
    if isinstance(error, ProblemError):
        return error
    if isinstance(error, RequestValidationError):
        return _validation_problem(error.errors())
    if isinstance(error, HTTPException):
        code = _CODE_OF_STATUS.get(error.status_code, ProblemCode.MALFORMED_REQUEST)
        return ProblemError(code, headers=dict(error.headers or {}))
    raise error


def _validation_problem(errors: Sequence[Mapping[str, Any]]) -> ProblemError:
    for error in errors:
        location = error["loc"]
        unreadable = error["type"] == "json_invalid" or (location[0] == "body" and len(location) == _BODY_ITSELF)
        if unreadable:
            return ProblemError(ProblemCode.MALFORMED_REQUEST)
    return ProblemError(ProblemCode.VALIDATION_FAILED, errors=[_field_problem(error) for error in errors])


def _field_problem(error: Mapping[str, Any]) -> FieldProblem:
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
