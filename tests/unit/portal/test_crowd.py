# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import asyncio
import socket

import httpx
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Mount, Route

from reviewer_app.portal import create_portal
from tests.fakes.customer_api import terms


def _terms(_request: Request) -> Response:
    """Answer in a thread of the server's pool, as the API does."""
    return Response(terms().model_dump_json(), media_type="application/json")


def test_a_crowd_on_pages_that_call_their_own_server_is_served() -> None:
    async def run() -> list[int]:
        with socket.create_server(("127.0.0.1", 0)) as listening:
            url = f"http://127.0.0.1:{listening.getsockname()[1]}"
            portal = create_portal(api_url=lambda: url, public_url=url)
            application = Starlette(routes=[Route("/api/v1/customer/terms", _terms), Mount("/", portal)])
            server = uvicorn.Server(uvicorn.Config(application, log_level="warning"))
            serving = asyncio.create_task(server.serve(sockets=[listening]))
            limits = httpx.Limits(max_connections=200)
            try:
                async with (
                    portal.router.lifespan_context(portal),
                    httpx.AsyncClient(base_url=url, limits=limits, timeout=60) as client,
                ):
                    answers = await asyncio.gather(*(client.get("/register") for _ in range(120)))
            finally:
                server.should_exit = True
                await serving
            return [answer.status_code for answer in answers]

    assert asyncio.run(run()) == [200] * 120
