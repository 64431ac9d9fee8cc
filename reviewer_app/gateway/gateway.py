# SPDX-License-Identifier: AGPL-3.0-or-later
"""The gateway to one server: all calls, one session."""

from __future__ import annotations

import platform
from collections.abc import Callable

from reviewer_app import __version__
from reviewer_app.gateway.cases import ActCalls, CaseCalls, ClaimCalls
from reviewer_app.gateway.client import Client
from reviewer_app.gateway.documents import DocumentCalls
from reviewer_app.gateway.line import Line
from reviewer_app.gateway.sessions import SessionCalls, renew_over
from reviewer_app.gateway.tokens import Listener, TokenKeeper
from reviewer_app.gateway.transport import Timeouts, Transport

USER_AGENT = f"reviewer-app/{__version__} ({platform.system()}; Python {platform.python_version()})"


class Gateway:
    """Calls to the server at ``base_url``. Thread-safe. No call is made before one of its methods is.

    Args:
        base_url: address such as ``https://reviewer.example.com``.
        language: gives ``pl`` or ``en`` at each call; the server's messages come in it.
        on_session: hears of each new session and, with None, of its end; called in the thread of the call.
        timeouts: limits of every call.
    """

    def __init__(
        self,
        base_url: str,
        *,
        language: Callable[[], str],
        on_session: Listener,
        timeouts: Timeouts | None = None,
    ) -> None:
        self._timeouts = timeouts
        self._transport = self._new_transport(base_url)
        tokens = TokenKeeper(renew_over(lambda: self._client), on_session, language)
        self._client = Client(self._transport, tokens, language)
        self.sessions = SessionCalls(self._client)
        self.cases = CaseCalls(self._client)
        self.claims = ClaimCalls(self._client)
        self.acts = ActCalls(self._client)
        self.documents = DocumentCalls(self._client)

    @property
    def base_url(self) -> str:
        """The server's address, without a trailing slash."""
        return self._transport.base_url

    def open_line(self) -> Line:
        """Give calls over connections of their own, for a stream; close it when done."""
        return Line(self._client.over(self._new_transport(self.base_url)))

    def close(self) -> None:
        """End running calls in whatever threads they are; later calls raise Interrupted. Lines are closed apart."""
        self._transport.close()

    def _new_transport(self, base_url: str) -> Transport:
        return Transport(base_url, user_agent=USER_AGENT, timeouts=self._timeouts)
