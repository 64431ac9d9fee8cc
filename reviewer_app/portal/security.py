# SPDX-License-Identifier: AGPL-3.0-or-later
"""What every answer carries and every changing request must satisfy."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from urllib.parse import urlsplit

from starlette.datastructures import Headers
from starlette.requests import Request
from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

CONTENT_SECURITY_POLICY = (
    "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
)

SECURITY_HEADERS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
}
"""Set unless the page set its own."""

_SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS"})
_ADDED = tuple((name.lower().encode("latin-1"), value.encode("latin-1")) for name, value in SECURITY_HEADERS.items())
"""`SECURITY_HEADERS` as they are sent."""

_LOOPBACK = frozenset({"127.0.0.1", "localhost", "::1"})

Refusal = Callable[[Request, str], Awaitable[Response]]
"""Makes the page that says why a request was refused: ``insecure`` or ``cross_site``."""


class SecurityMiddleware:
    """Refuses requests that come from other sites or without encryption, and adds the headers."""

    def __init__(self, app: ASGIApp, *, public_url: Callable[[], str], refusal: Refusal) -> None:
        self._app = app
        self._public_url = public_url
        self._refusal = refusal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or refuse it."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                own = {name for name, _ in message["headers"]}
                message["headers"] = [*message["headers"], *(pair for pair in _ADDED if pair[0] not in own)]
            await send(message)

        request = Request(scope, receive)
        reason = self._reason_to_refuse(request)
        app = self._app if reason is None else await self._refusal(request, reason)
        await app(scope, receive, send_with_headers)

    def _reason_to_refuse(self, request: Request) -> str | None:
        # What the page that says so is drawn with is no secret.
        if not self._encrypted(request) and not request.url.path.startswith("/static/"):
            return "insecure"
        if request.method not in _SAFE_METHODS and self._from_elsewhere(request.headers):
            return "cross_site"
        return None

    def _encrypted(self, request: Request) -> bool:
        # Browsers drop the portal's cookies without TLS, except on the machine itself.
        host = request.url.hostname or ""
        local = host in _LOOPBACK or host.endswith(".localhost")
        return local or request.url.scheme == "https" or urlsplit(self._public_url()).scheme == "https"

    def _from_elsewhere(self, headers: Headers) -> bool:
        site = headers.get("Sec-Fetch-Site")
        if site is not None:
            return site not in {"same-origin", "none"}
        origin = headers.get("Origin")
        # Pages with "no-referrer" send "null": there the form token alone decides.
        if origin is None or origin == "null":
            return False
        return urlsplit(origin).netloc not in {headers.get("Host"), urlsplit(self._public_url()).netloc}
