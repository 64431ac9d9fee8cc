# SPDX-License-Identifier: AGPL-3.0-or-later
"""The least that FastAPI serves: a page of so many bytes, once as it is, once after a call of its own over HTTP.

``python -m tests.bench.bare_page BYTES`` prints ``listening on URL`` and serves until it is told to stop.
"""

from __future__ import annotations

import socket
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import httpx
import uvicorn
from fastapi import FastAPI
from starlette.responses import HTMLResponse

AT_ONCE, AFTER_A_CALL = "/at-once", "/after-a-call"


def application(url: str, size: int) -> FastAPI:
    """Make the application; ``url`` is where it will be."""
    page = "<p>" + "x" * (size - 3)
    client = httpx.AsyncClient(trust_env=False)

    @asynccontextmanager
    async def lifespan(_: FastAPI) -> AsyncIterator[None]:
        yield
        await client.aclose()

    bare = FastAPI(lifespan=lifespan)

    @bare.get("/inner")
    async def inner() -> dict[str, str]:
        return {"name": "x" * 1000}

    @bare.get(AT_ONCE)
    async def at_once() -> HTMLResponse:
        return HTMLResponse(page)

    @bare.get(AFTER_A_CALL)
    async def after_a_call() -> HTMLResponse:
        (await client.get(f"{url}/inner")).json()
        return HTMLResponse(page)

    return bare


def main() -> None:
    """Serve."""
    with socket.create_server(("127.0.0.1", 0)) as bound:
        listening = socket.socket(bound.family, bound.type, socket.IPPROTO_TCP, bound.detach())
        url = f"http://127.0.0.1:{listening.getsockname()[1]}"
        print(f"listening on {url}", flush=True)
        config = uvicorn.Config(application(url, int(sys.argv[1])), log_config=None, access_log=False)
        uvicorn.Server(config).run(sockets=[listening])


if __name__ == "__main__":
    main()
