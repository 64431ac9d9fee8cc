# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is visiting: cookies, language, and the token that ties a form to the browser it was made for."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import NamedTuple

from starlette.requests import HTTPConnection
from starlette.responses import Response

from reviewer_app.contract.accept_language import language_of_header
from reviewer_app.contract.text import Language
from reviewer_app.portal.api import Caller

SESSION_COOKIE = "__Host-session"
VISITOR_COOKIE = "__Host-visitor"
LANGUAGE_COOKIE = "__Host-language"
FLASH_COOKIE = "__Host-flash"

_YEAR_SECONDS = 365 * 24 * 3600
_FLASH_SECONDS = 300
_TOKEN = re.compile(r"[\w.~+/=-]{1,400}", re.ASCII)


class Flash(NamedTuple):
    """What the next page says about the act just done: a code, and one value such as an address."""

    code: str
    value: str = ""


class Visit(NamedTuple):
    """One request of one browser.

    ``visitor`` is a secret of this browser. The form token is derived from it, so that it needs no key on the
    server and stays valid when the server restarts or the person signs in again in another tab. ``chosen`` says that
    the language was chosen by this very request.
    """

    language: Language
    session: str | None
    visitor: str
    new_visitor: bool
    flash: Flash | None
    path: str
    partial: bool
    chosen: bool = False

    @classmethod
    def of(cls, request: HTTPConnection) -> Visit:
        """Read the cookies and headers of a request."""
        known = request.cookies.get(VISITOR_COOKIE, "")
        valid = len(known) >= 32
        # A link from elsewhere changes nobody's language: only what is sent from a page does.
        sent = request.scope.get("method") == "POST"
        chosen = sent and request.query_params.get("language", "") in set(Language)
        return cls(
            language=Language(request.query_params["language"]) if chosen else _language(request),
            session=header_safe(request.cookies.get(SESSION_COOKIE, "")),
            visitor=known if valid else secrets.token_urlsafe(32),
            new_visitor=not valid,
            flash=_read_flash(request.cookies.get(FLASH_COOKIE)),
            path=local_path(request.scope["path"], "/"),
            partial=request.headers.get("HX-Request") == "true",
            chosen=chosen,
        )

    @property
    def caller(self) -> Caller:
        """On whose behalf the API is called."""
        return Caller(self.language, self.session)

    @property
    def form_token(self) -> str:
        """The token that each form carries back."""
        return hmac.new(self.visitor.encode(), b"form token", hashlib.sha256).hexdigest()

    def accepts(self, token: str) -> bool:
        """Say whether a form came from a page that was made for this browser."""
        return not self.new_visitor and hmac.compare_digest(self.form_token.encode(), token.encode())


def _language(request: HTTPConnection) -> Language:
    chosen = request.cookies.get(LANGUAGE_COOKIE, "")
    if chosen in set(Language):
        return Language(chosen)
    return language_of_header(request.headers.get("Accept-Language"))


def _read_flash(cookie: str | None) -> Flash | None:
    if not cookie:
        return None
    try:
        values = json.loads(base64.urlsafe_b64decode(cookie.encode()))
    except ValueError:
        return None
    match values:
        case {"code": str(code), "value": str(value)}:
            return Flash(code, value)
    return None


def set_cookie(response: Response, name: str, value: str, *, seconds: int | None = None) -> None:
    """Set a cookie that only this host gets, only over HTTPS or on loopback, and that no script reads."""
    response.set_cookie(name, value, max_age=seconds, path="/", secure=True, httponly=True, samesite="lax")


def drop_cookie(response: Response, name: str) -> None:
    """Take a cookie back."""
    response.delete_cookie(name, path="/", secure=True, httponly=True, samesite="lax")


def start_session(response: Response, token: str, expires_at: datetime) -> None:
    """Keep the API's opaque token until it expires."""
    seconds = max(int((expires_at - datetime.now(UTC)).total_seconds()), 0)
    set_cookie(response, SESSION_COOKIE, token, seconds=seconds)


def remember_language(response: Response, language: Language) -> None:
    """Keep the chosen language for a year."""
    set_cookie(response, LANGUAGE_COOKIE, language, seconds=_YEAR_SECONDS)


def leave_flash(response: Response, flash: Flash) -> None:
    """Leave a message for the next page."""
    payload: Mapping[str, str] = flash._asdict()
    set_cookie(
        response,
        FLASH_COOKIE,
        base64.urlsafe_b64encode(json.dumps(payload).encode()).decode(),
        seconds=_FLASH_SECONDS,
    )


def header_safe(value: str) -> str | None:
    """Give a value that may stand in a header of a call, None for an empty one or one that no page of ours made."""
    return value if _TOKEN.fullmatch(value) else None


def local_path(candidate: str, default: str) -> str:
    """Give ``candidate`` when it is a path on this site, else ``default``: no redirect leads to another host."""
    plain = candidate.isascii() and candidate.isprintable() and "\\" not in candidate
    if plain and candidate.startswith("/") and not candidate.startswith("//"):
        return candidate
    return default
