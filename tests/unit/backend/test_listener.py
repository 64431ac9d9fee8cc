# SPDX-License-Identifier: AGPL-3.0-or-later
"""The socket that the server listens on."""

from __future__ import annotations

import asyncio
import socket

from reviewer_app.backend.server import Listener


def test_answers_are_sent_at_once() -> None:
    """An answer leaves in two pieces; with Nagle's algorithm the second waits for the client to confirm the first."""
    assert asyncio.run(_without_delay())


async def _without_delay() -> int:
    accepted: asyncio.Queue[asyncio.StreamWriter] = asyncio.Queue()

    async def accept(_: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        await accepted.put(writer)

    with Listener("127.0.0.1", 0) as listener:
        async with await asyncio.start_server(accept, sock=listener.socket):
            _, calling = await asyncio.open_connection(*listener.socket.getsockname())
            answering = await accepted.get()
            option: int = answering.get_extra_info("socket").getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY)
            for writer in (calling, answering):
                writer.close()
                await writer.wait_closed()
    return option
