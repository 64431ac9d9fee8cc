# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls that begin, renew and end a session."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from reviewer_app.contract.staff import RefreshRequest, StaffSession, StaffSignInRequest, StaffUser
from reviewer_app.gateway.client import STAFF, Call, Client
from reviewer_app.gateway.errors import GatewayError, Refused, UnexpectedAnswer


class SessionCalls:
    """``POST sessions``, ``sessions/refresh``, ``DELETE sessions/current`` and the server's sign of life."""

    def __init__(self, client: Client) -> None:
        self._client = client

    @property
    def user(self) -> StaffUser | None:
        """Who is signed in."""
        session = self._client.tokens.session
        return session.user if session else None

    def sign_in(self, *, username: str, password: str, otp: str | None = None) -> StaffSession:
        """Begin a session. Raises WrongCredentials, OtpRequired, TryLater, Offline."""
        request = StaffSignInRequest(username=username, password=password, otp=otp or None)
        session = self._client.ask(Call("POST", f"{STAFF}/sessions", body=request, signed_in=False), StaffSession)
        self._client.tokens.set(session)
        return session

    def adopt(self, *, user: StaffUser, refresh_token: str) -> None:
        """Go on with a session kept from earlier, without a call to the server yet."""
        self._client.tokens.adopt(user, refresh_token)

    def refresh(self) -> None:
        """Renew the session now. Raises SessionExpired when the server does not, Offline when it cannot be asked."""
        tokens = self._client.tokens
        tokens.renewed(tokens.access())

    def sign_out(self) -> None:
        """End the session here, and on the server when it can be reached."""
        if self._client.tokens.session is None:
            return
        call = Call("DELETE", f"{STAFF}/sessions/current", retried=False)
        with contextlib.suppress(GatewayError):
            self._client.send(call)
        self._client.tokens.set(None)

    def answers(self) -> bool:
        """Say whether a Reviewer server answers at the address. Raises Offline when nothing answers."""
        try:
            self._client.send(Call("GET", "/healthz", signed_in=False, retried=False))
        except (UnexpectedAnswer, Refused):
            return False
        return True


def renew_over(client: Callable[[], Client]) -> Callable[[str], StaffSession]:
    """Give the function that exchanges a refresh token; the client is asked for late, since it holds this function."""

    def renew(refresh_token: str) -> StaffSession:
        call = Call(
            "POST", f"{STAFF}/sessions/refresh", body=RefreshRequest(refresh_token=refresh_token), signed_in=False
        )
        return client().ask(call, StaffSession)

    return renew
