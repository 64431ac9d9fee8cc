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
from reviewer_app.backend.kit.problems import ProblemError, problem_response
from reviewer_app.backend.kit.validation import field_problem_of
from reviewer_app.contract.field_problems import is_unreadable
from reviewer_app.contract.problems import ProblemCode

_CODE_OF_STATUS = {
    400: ProblemCode.MALFORMED_REQUEST,
    401: ProblemCode.UNAUTHENTICATED,
    403: ProblemCode.PERMISSION_MISSING,
    404: ProblemCode.NOT_FOUND,
    405: ProblemCode.METHOD_NOT_ALLOWED,
    413: ProblemCode.FILE_TOO_LARGE,
    503: ProblemCode.UNAVAILABLE,
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
    if any(is_unreadable(error) for error in errors):
        return ProblemError(ProblemCode.MALFORMED_REQUEST)
    return ProblemError(ProblemCode.VALIDATION_FAILED, errors=[field_problem_of(error) for error in errors])
