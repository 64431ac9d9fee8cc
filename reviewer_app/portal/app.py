# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts the portal together."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from functools import partial
from typing import Any
from urllib.parse import quote

import httpx
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route
from starlette.types import ASGIApp, Receive, Scope, Send

from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.text import Text
from reviewer_app.portal.account import AccountPages, keep_language
from reviewer_app.portal.addresses import AddressPages
from reviewer_app.portal.administrator import AdministratorPages
from reviewer_app.portal.api import ApiProblem, ApiUnreachable, CustomerApi
from reviewer_app.portal.company import CompanyPages
from reviewer_app.portal.completion import CompletionPages
from reviewer_app.portal.direct import PlainAddresses
from reviewer_app.portal.documents import DocumentPages
from reviewer_app.portal.email_change import EmailChangePages
from reviewer_app.portal.forms import FormTooLarge
from reviewer_app.portal.hierarchy import HierarchyPages
from reviewer_app.portal.imports import ImportPages
from reviewer_app.portal.invitations import InvitationPages
from reviewer_app.portal.lookup import LookupPages
from reviewer_app.portal.menu import MenuPages
from reviewer_app.portal.pages import Pages
from reviewer_app.portal.permissions import PermissionPages
from reviewer_app.portal.security import SECURITY_HEADERS, SecurityMiddleware
from reviewer_app.portal.static import StaticFiles
from reviewer_app.portal.team import TeamPages
from reviewer_app.portal.texts import BLOCKED_TEXTS
from reviewer_app.portal.visitors import VisitorPages
from reviewer_app.portal.visits import Visit
from reviewer_app.resources import resource_path

_ROOMS = (
    VisitorPages,
    AccountPages,
    EmailChangePages,
    CompanyPages,
    LookupPages,
    DocumentPages,
    CompletionPages,
    MenuPages,
    ImportPages,
    TeamPages,
    HierarchyPages,
    AddressPages,
    AdministratorPages,
    InvitationPages,
    PermissionPages,
)
_LINK_CODES = {ProblemCode.LINK_EXPIRED, ProblemCode.LINK_USED, ProblemCode.LINK_UNKNOWN}

_FAILURES = {413: "too_large", 500: "broken", 503: "unreachable"}
_CLOSED: dict[str, str] = {
    ProblemCode.PERMISSION_MISSING: "closed",
    ProblemCode.NOT_ADMINISTRATOR: "administrator",
    ProblemCode.COMPANY_BLOCKED: "blocked",
}


class Portal(Starlette):
    """The customers' pages, and what they say when the server around them fails."""

    failures: _ErrorPages

    def failed(self, status: int) -> ASGIApp:
        """Make an application that answers with the page for a failure."""

        async def page(scope: Scope, receive: Receive, send: Send) -> None:
            response = await self.failures.failed(Request(scope, receive), status)
            await response(scope, receive, send)

        return page


def create_portal(
    *,
    api_url: Callable[[], str] | str,
    public_url: Callable[[], str] | str,
    http_transport: httpx.AsyncBaseTransport | None = None,
    banner: Text | None = None,
    now: Callable[[], datetime] | None = None,
) -> Portal:
    """Make the customers' web pages as an ASGI application, to be mounted at ``/``.

    ``api_url`` is where the API is, without ``/api/v1``; ``public_url`` is where browsers find the portal. Both may
    be given as functions, asked at each use. ``banner`` is shown on every page; ``now`` gives the server's moment where
    that is not the machine's. Whoever mounts the portal runs its
    lifespan (``portal.router.lifespan_context(portal)``), which closes the connections at the end.
    """
    # The client's own log has whole addresses, and those of mailed links carry their tokens.
    logging.getLogger("httpx").setLevel(logging.WARNING)
    api = CustomerApi(api_url=_asked(api_url), http_transport=http_transport)
    static = StaticFiles(resource_path("portal", "static"))
    pages = Pages(static=static, banner=banner, now=now or _machine_time, language_chosen=partial(keep_language, api))
    errors = _ErrorPages(pages)
    routes = [route for room in _ROOMS for route in room(api=api, pages=pages).routes()]

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        try:
            yield
        finally:
            await api.close()

    portal = Portal(
        routes=[
            PlainAddresses(routes),
            *routes,
            Route("/static/{build}/{name:path}", static.serve),
        ],
        middleware=[Middleware(SecurityMiddleware, public_url=_asked(public_url), refusal=errors.refused)],
        exception_handlers=errors.handlers(),
        lifespan=lifespan,
    )
    portal.failures = errors
    return portal


def _machine_time() -> datetime:
    return datetime.now(UTC)


def _asked(url: Callable[[], str] | str) -> Callable[[], str]:
    return (lambda: url) if isinstance(url, str) else url


class _ErrorPages:
    """Calm pages for what went wrong."""

    def __init__(self, pages: Pages) -> None:
        self._pages = pages

    def handlers(self) -> dict[Any, Callable[[Request, Exception], Awaitable[Response]]]:
        return {
            HTTPException: self.http,
            ApiProblem: self.problem,
            ApiUnreachable: self.unreachable,
            FormTooLarge: self.too_large,
            Exception: self.broken,
        }

    async def refused(self, request: Request, reason: str) -> Response:
        return self._page(request, reason, 403)

    async def http(self, request: Request, error: Exception) -> Response:
        status = error.status_code if isinstance(error, HTTPException) else 500
        return self._page(request, "not_found" if status == 404 else "not_allowed", status)

    async def too_large(self, request: Request, _error: Exception) -> Response:
        return self._page(request, "too_large", 413)

    async def unreachable(self, request: Request, _error: Exception) -> Response:
        return self._page(request, "unreachable", 503)

    async def broken(self, request: Request, _error: Exception) -> Response:
        return await self.failed(request, 500)

    async def failed(self, request: Request, status: int) -> Response:
        """Say that something around the pages failed."""
        response = self._page(request, _FAILURES.get(status, "problem"), status)
        # This page is made outside the middleware that adds these.
        for name, value in SECURITY_HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    async def problem(self, request: Request, error: Exception) -> Response:
        """What the API refused when a page only wanted to read."""
        if not isinstance(error, ApiProblem):
            raise error
        visit, problem = Visit.of(request), error.problem
        if problem.status == 401:
            path = request.url.path if request.method == "GET" else "/home"
            return self._pages.to_sign_in(visit, quote(path))
        if problem.code == ProblemCode.NO_COMPANY:
            return self._pages.redirect("/home")
        if problem.code == ProblemCode.NOT_FOUND:
            return self._page(request, "not_found", 404)
        reason = "link" if problem.code in _LINK_CODES else _CLOSED.get(problem.code, "problem")
        said = BLOCKED_TEXTS.get(str(problem.extension("reason"))) if reason == "blocked" else None
        detail = said.in_language(visit.language) if said else problem.detail or problem.title
        return self._page(request, reason, problem.status, detail)

    def _page(self, request: Request, reason: str, status: int, detail: str = "") -> Response:
        visit = Visit.of(request)
        kept = getattr(request.state, "kept", {}) if reason == "unreachable" else {}
        again = {name: value for name, value in kept.items() if name not in {"form_token", "password"}}
        return self._pages.render(
            visit,
            "error.html",
            status=status,
            reason=reason,
            detail=detail,
            again={**again, "form_token": visit.form_token} if again else None,
            here=visit.path,
        )
