# SPDX-License-Identifier: AGPL-3.0-or-later
"""What stands around the application: a limit on every body, and a last net under every failure."""

from __future__ import annotations

import logging
import secrets

from sqlalchemy.exc import InterfaceError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from starlette.datastructures import Headers
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reviewer_app.backend.kit.away import AwayError
from reviewer_app.backend.kit.problems import ProblemError, problem_response
from reviewer_app.contract.accept_language import language_of_header
from reviewer_app.contract.edition import API_PREFIX
from reviewer_app.contract.problems import ProblemCode

_logger = logging.getLogger(__name__)

JSON_LIMIT = 1024 * 1024
MEGABYTE = 1_000_000
_FORM_OVERHEAD = 64 * 1024
_UNKNOWN_ROUTE = "other"
_ANNOUNCE_A_BODY = frozenset({b"content-length", b"transfer-encoding"})
_DRAINED = 10
"""So many times the limit are read and thrown away, so that the sender hears the refusal and not a broken line."""


class BodyLimit:
    """Refuses a body over its limit with 413 before the application gets all of it: uploads have a limit of their own.

    Only bodies of the API are counted: the portal's pages look after their own forms.
    """

    def __init__(self, app: ASGIApp, *, upload_path_end: str, upload_megabytes: int) -> None:
        self._app = app
        self._upload_path_end = upload_path_end
        self._upload_megabytes = upload_megabytes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, counting its body."""
        if scope["type"] != "http" or not scope["path"].startswith(API_PREFIX) or not _has_body(scope):
            await self._app(scope, receive, send)
            return
        upload = scope["method"] == "POST" and scope["path"].endswith(self._upload_path_end)
        megabytes = self._upload_megabytes if upload else JSON_LIMIT // (1024 * 1024)
        limit = megabytes * MEGABYTE + _FORM_OVERHEAD if upload else JSON_LIMIT
        await _Counted(self._app, limit, megabytes).run(scope, receive, send)


def _has_body(scope: Scope) -> bool:
    """Say whether a body is announced (RFC 9112, 6.3: without these there is none)."""
    return any(name in _ANNOUNCE_A_BODY for name, _ in scope["headers"])


class _Counted:
    def __init__(self, app: ASGIApp, limit: int, megabytes: int) -> None:
        self._app = app
        self._limit = limit
        self._megabytes = megabytes
        self._received = 0
        self._exceeded = False
        self._started = False

    async def run(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Run the application until it answers or the body is too large."""
        announced = Headers(scope=scope).get("content-length", "")
        if announced.isdigit() and int(announced) > self._limit:
            await self._drain(receive)
            await self._refuse(scope, receive, send)
            return

        async def counted_receive() -> Message:
            message = await receive()
            self._received += len(message.get("body", b""))
            if self._received <= self._limit:
                return message
            self._exceeded = True
            if message.get("more_body", False):
                await self._drain(receive)
            return {"type": "http.disconnect"}

        async def guarded_send(message: Message) -> None:
            if not self._exceeded:
                self._started = True
                await send(message)

        try:
            await self._app(scope, counted_receive, guarded_send)
        except Exception:
            if not self._exceeded:
                raise
        if self._exceeded and not self._started:
            await self._refuse(scope, receive, send)

    async def _drain(self, receive: Receive) -> None:
        read = 0
        while read < self._limit * _DRAINED:
            message = await receive()
            read += len(message.get("body", b""))
            if message["type"] != "http.request" or not message.get("more_body", False):
                return

    async def _refuse(self, scope: Scope, receive: Receive, send: Send) -> None:
        error = ProblemError(ProblemCode.FILE_TOO_LARGE, limit=self._megabytes)
        language = language_of_header(Headers(scope=scope).get("accept-language"))
        await problem_response(error, language)(scope, receive, send)


class LastNet:
    """Answers what no one foresaw with a problem that carries an incident number; the log has the rest."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        started = False

        async def noted_send(message: Message) -> None:
            nonlocal started
            started = True
            await send(message)

        try:
            await self._app(scope, receive, noted_send)
        except ClientDisconnect:
            return  # nobody is there any more to be answered
        except Exception as error:
            problem = _logged(error, scope)
            if started:
                raise
            language = language_of_header(Headers(scope=scope).get("accept-language"))
            await problem_response(problem, language)(scope, receive, send)


def route_of(scope: Scope) -> str:
    """Name the route of a request by its pattern; ``other`` when it has none."""
    return getattr(scope.get("route"), "path", _UNKNOWN_ROUTE)


def _logged(error: Exception, scope: Scope) -> ProblemError:
    incident = secrets.token_hex(4)
    # The route's pattern and not the address, which holds the token of a mailed link.
    _logger.error("incident %s: %s %s", incident, scope["method"], route_of(scope), exc_info=error)
    if isinstance(error, (OperationalError, InterfaceError, PoolTimeoutError, AwayError)):
        return ProblemError(ProblemCode.UNAVAILABLE, headers={"Retry-After": "2"}, incident=incident)
    return ProblemError(ProblemCode.INTERNAL_ERROR, incident=incident)
