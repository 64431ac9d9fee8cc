# SPDX-License-Identifier: AGPL-3.0-or-later
"""The gateway to one server: all calls, one session."""

from __future__ import annotations

import platform
from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING

from reviewer_app import __version__
from reviewer_app.gateway.client import Client
from reviewer_app.gateway.queue import QueueCalls
from reviewer_app.gateway.sessions import SessionCalls, renew_over
from reviewer_app.gateway.tokens import Listener, TokenKeeper
from reviewer_app.gateway.transport import Timeouts, Transport

if TYPE_CHECKING:
    from reviewer_app.gateway.bench import BenchCalls
    from reviewer_app.gateway.cases import ActCalls, CaseCalls, ClaimCalls
    from reviewer_app.gateway.desk_queue import QueueDeskCalls
    from reviewer_app.gateway.documents import DocumentCalls
    from reviewer_app.gateway.line import Line

USER_AGENT = f"reviewer-app/{__version__} ({platform.system()}; Python {platform.python_version()})"


class Gateway:
    """Calls to the server at ``base_url``. Thread-safe. No call is made before one of its methods is.

    Session and queue are light; the other calls bring in pydantic when they are first asked for.

    Args:
        base_url: address such as ``https://reviewer.example.com``.
        language: gives ``pl`` or ``en`` at each call; the server's messages come in it.
        on_session: hears of each new session and, with None, of its end; called in the thread of the call.
        timeouts: limits of every call.
        on_time: hears the server's time with each answer, in the thread of the call.
    """

    def __init__(
        self,
        base_url: str,
        *,
        language: Callable[[], str],
        on_session: Listener,
        timeouts: Timeouts | None = None,
        on_time: Callable[[datetime], None] | None = None,
    ) -> None:
        self._timeouts = timeouts
        self._on_time = on_time
        self._transport = self._new_transport(base_url)
        tokens = TokenKeeper(renew_over(lambda: self._client), on_session, language)
        self._client = Client(self._transport, tokens, language)
        self.sessions = SessionCalls(self._client)
        self.queue = QueueCalls(self._client)

    @property
    def base_url(self) -> str:
        """The server's address, without a trailing slash."""
        return self._transport.base_url

    @property
    def cases(self) -> CaseCalls:
        """Reading one case."""
        from reviewer_app.gateway.cases import CaseCalls  # noqa: PLC0415 -- see the class

        return CaseCalls(self._client)

    @property
    def claims(self) -> ClaimCalls:
        """Claiming cases."""
        from reviewer_app.gateway.cases import ClaimCalls  # noqa: PLC0415 -- see the class

        return ClaimCalls(self._client)

    @property
    def acts(self) -> ActCalls:
        """Acting on cases."""
        from reviewer_app.gateway.cases import ActCalls  # noqa: PLC0415 -- see the class

        return ActCalls(self._client)

    @property
    def desk_queue(self) -> QueueDeskCalls:
        """Views, several cases at once, looks and people."""
        from reviewer_app.gateway.desk_queue import QueueDeskCalls  # noqa: PLC0415 -- see the class

        return QueueDeskCalls(self._client)

    @property
    def documents(self) -> DocumentCalls:
        """Reading documents."""
        from reviewer_app.gateway.documents import DocumentCalls  # noqa: PLC0415 -- see the class

        return DocumentCalls(self._client)

    @property
    def bench(self) -> BenchCalls:
        """What a test bench knows."""
        from reviewer_app.gateway.bench import BenchCalls  # noqa: PLC0415 -- see the class

        return BenchCalls(self._client)

    def open_line(self) -> Line:
        """Give calls over connections of their own, for a stream; close it when done."""
        from reviewer_app.gateway.line import Line  # noqa: PLC0415 -- see the class

        return Line(self._client.over(self._new_transport(self.base_url)))

    def close(self) -> None:
        """End running calls in whatever threads they are; later calls raise Interrupted. Lines are closed apart."""
        self._transport.close()

    def _new_transport(self, base_url: str) -> Transport:
        return Transport(base_url, user_agent=USER_AGENT, timeouts=self._timeouts, on_time=self._on_time)
