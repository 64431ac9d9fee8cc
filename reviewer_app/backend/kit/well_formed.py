# SPDX-License-Identifier: AGPL-3.0-or-later
"""Keeps NUL out of the API's addresses: no id or search text has one, and PostgreSQL takes none in a text."""

from __future__ import annotations

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Receive, Scope, Send

from reviewer_app.backend.kit.problems import ProblemError, problem_response
from reviewer_app.contract.accept_language import language_of_header
from reviewer_app.contract.edition import API_PREFIX
from reviewer_app.contract.problems import ProblemCode

_NUL = "\x00"
_NUL_IN_QUERY = b"%00"


class WellFormedAddresses:
    """Answers a call of the API with NUL in its path with 404, in its query with 400."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        code = _refusal(scope)
        if code is None:
            await self._app(scope, receive, send)
            return
        language = language_of_header(Headers(scope=scope).get("accept-language"))
        await problem_response(ProblemError(code), language)(scope, receive, send)


def _refusal(scope: Scope) -> ProblemCode | None:
    if scope["type"] != "http" or not scope["path"].startswith(API_PREFIX):
        return None
    if _NUL in scope["path"]:
        return ProblemCode.NOT_FOUND
    return ProblemCode.MALFORMED_REQUEST if _NUL_IN_QUERY in scope["query_string"] else None
