# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tells the server's time with every answer of the API."""

from __future__ import annotations

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reviewer_app.backend.kit.clock import Clock
from reviewer_app.contract.edition import API_PREFIX, SERVER_TIME
from reviewer_app.contract.messages import rfc3339

_NAME = SERVER_TIME.lower().encode("ascii")


class ServerTime:
    """Adds the header `SERVER_TIME`."""

    def __init__(self, app: ASGIApp, clock: Clock) -> None:
        self._app = app
        self._clock = clock

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""

        async def timed_send(message: Message) -> None:
            if message["type"] == "http.response.start":
                now = rfc3339(self._clock.now()).encode("ascii")
                message["headers"] = [*message["headers"], (_NAME, now)]
            await send(message)

        of_the_api = scope["type"] == "http" and scope["path"].startswith(API_PREFIX)
        await self._app(scope, receive, timed_send if of_the_api else send)
