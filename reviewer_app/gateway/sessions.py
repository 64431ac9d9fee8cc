# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls that begin, renew and end a session."""

from __future__ import annotations

import contextlib
import json
from collections.abc import Callable

from reviewer_app.gateway.client import STAFF, Call, Client
from reviewer_app.gateway.errors import GatewayError, Refused, UnexpectedAnswer
from reviewer_app.gateway.plain import ServerSign, Session, User, read_session, read_sign


class SessionCalls:
    """``POST sessions``, ``sessions/refresh``, ``DELETE sessions/current`` and the server's sign of life."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def user(self) -> User | None:
        """Who is signed in."""
        session = self._client.tokens.session
        return session.user if session else None

    @property
    def bench(self) -> bool:
        """Whether the server said that it is a test bench."""
        session = self._client.tokens.session
        return session is not None and session.bench

    def sign_in(self, *, username: str, password: str, otp: str | None = None) -> Session:
        """Begin a session. Raises WrongCredentials, OtpRequired, TryLater, Offline."""
        from reviewer_app.contract.staff import StaffSignInRequest  # noqa: PLC0415 -- a kept session goes on without it

        request = StaffSignInRequest(username=username, password=password, otp=otp or None)
        session = self._client.ask_plainly(
            Call("POST", f"{STAFF}/sessions", body=request, signed_in=False), read_session
        )
        self._client.tokens.set(session)
        return session

    def adopt(self, *, user: User, refresh_token: str) -> None:
        """Go on with a session kept from earlier, without a call to the server yet."""
        self._client.tokens.adopt(user, refresh_token)

    def refresh(self) -> None:
        """Renew the session now. Raises SessionExpired when the server does not, Offline when it cannot be asked."""
        tokens = self._client.tokens
        tokens.renewed(tokens.access())

    def change_password(self, *, current: str, new: str) -> None:
        """Change the person's own password. Raises InvalidRequest, TryLater."""
        from reviewer_app.contract.staff import OwnPasswordRequest  # noqa: PLC0415 -- as above

        body = OwnPasswordRequest(current=current, new=new)
        self._client.send(Call("PUT", f"{STAFF}/me/password", body=body, retried=False))

    def sign_out(self) -> None:
        """End the session here, and on the server when it can be reached."""
        if self._client.tokens.session is None:
            return
        call = Call("DELETE", f"{STAFF}/sessions/current", retried=False)
        with contextlib.suppress(GatewayError):
            self._client.send(call)
        self._client.tokens.set(None)

    def answers(self) -> ServerSign | None:
        """Ask for the server's sign of life; None when what answers is no Reviewer server. Raises Offline."""
        try:
            return self._client.ask_plainly(Call("GET", "/healthz", signed_in=False, retried=False), read_sign)
        except (UnexpectedAnswer, Refused):
            return None


def renew_over(client: Callable[[], Client]) -> Callable[[str], Session]:
    """Give the function that exchanges a refresh token; the client is asked for late, since it holds this function."""

    def renew(refresh_token: str) -> Session:
        body = json.dumps({"refresh_token": refresh_token}).encode()
        call = Call("POST", f"{STAFF}/sessions/refresh", body=body, signed_in=False)
        return client().ask_plainly(call, read_session)

    return renew
