# SPDX-License-Identifier: AGPL-3.0-or-later
"""How the bench refuses: problem details as everywhere in the API, in the language of the request."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from fastapi import FastAPI
from fastapi.exceptions import RequestValidationError
from starlette.exceptions import HTTPException
from starlette.requests import HTTPConnection, Request
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from reviewer_app.contract.accept_language import language_of_header
from reviewer_app.contract.bench import BENCH_PROBLEMS, BenchProblemCode, BenchRefusal
from reviewer_app.contract.field_problems import FIELD_PROBLEMS, FieldCode, WrongField, is_unreadable, wrong_field
from reviewer_app.contract.text import Language

PROBLEM_TYPE = "application/problem+json"
LANGUAGE_COOKIE = "__Host-language"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})
_logger = logging.getLogger(__name__)


def language_of(request: HTTPConnection) -> Language:
    """Give the language that was chosen in the portal or here, else the one that the browser asks for."""
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    return Language(chosen) if chosen in set(Language) else language_of_header(request.headers.get("Accept-Language"))


def problem(refusal: BenchRefusal, language: Language, errors: Sequence[dict[str, str]] = ()) -> Response:
    """Make the answer to a refused request."""
    title = refusal.in_language(language)
    if refusal.field and refusal.code is BenchProblemCode.VALIDATION_FAILED:
        invalid = WrongField(refusal.field, FieldCode.INVALID, FIELD_PROBLEMS[FieldCode.INVALID])
        errors = [_told(invalid, language)]
    elif refusal.field:
        errors = [{"field": refusal.field, "code": refusal.code.value, "message": title}]
    body: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": refusal.status,
        "code": refusal.code.value,
        "errors": list(errors),
    }
    headers = {"Content-Language": language.value, "Cache-Control": "no-store"}
    return JSONResponse(body, status_code=refusal.status, media_type=PROBLEM_TYPE, headers=headers)


def _told(wrong: WrongField, language: Language) -> dict[str, str]:
    return {"field": wrong.field, "code": wrong.code.value, "message": wrong.text.in_language(language)}


def install(app: FastAPI) -> None:
    """Have an application answer every refusal and error as a problem."""

    async def refused(request: Request, error: Exception) -> Response:
        if not isinstance(error, BenchRefusal):
            raise error
        return problem(error, language_of_header(request.headers.get("Accept-Language")))

    async def invalid(request: Request, error: Exception) -> Response:
        if not isinstance(error, RequestValidationError):
            raise error
        language, found = language_of_header(request.headers.get("Accept-Language")), error.errors()
        if any(is_unreadable(one) for one in found):
            return problem(BenchRefusal(BenchProblemCode.MALFORMED_REQUEST), language)
        errors = [_told(wrong_field(one), language) for one in found]
        return problem(BenchRefusal(BenchProblemCode.VALIDATION_FAILED), language, errors)

    async def http(request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        code = BenchProblemCode.METHOD_NOT_ALLOWED if status == 405 else BenchProblemCode.NOT_FOUND
        return problem(BenchRefusal(code), language_of_header(request.headers.get("Accept-Language")))

    async def broken(request: Request, error: Exception) -> Response:
        _logger.error("the bench failed at %s", request.url.path, exc_info=error)
        refusal = BenchRefusal(BenchProblemCode.INTERNAL_ERROR)
        return problem(refusal, language_of_header(request.headers.get("Accept-Language")))

    app.add_exception_handler(BenchRefusal, refused)
    app.add_exception_handler(RequestValidationError, invalid)
    app.add_exception_handler(HTTPException, http)
    app.add_exception_handler(Exception, broken)


class SameSite:
    """Refuses changing requests that another site made a browser send."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] == "http" and scope["method"] not in _SAFE and _from_elsewhere(HTTPConnection(scope)):
            answer = problem(BenchRefusal(BenchProblemCode.CROSS_SITE), language_of(HTTPConnection(scope)))
            await answer(scope, receive, send)
            return
        await self._app(scope, receive, send)


def _from_elsewhere(request: HTTPConnection) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site not in {"same-origin", "none"}
    origin = request.headers.get("Origin")
    return origin is not None and urlsplit(origin).netloc != request.headers.get("Host")


__all__ = ["BENCH_PROBLEMS", "PROBLEM_TYPE", "SameSite", "install", "language_of", "problem"]
