# SPDX-License-Identifier: AGPL-3.0-or-later
"""Puts the bench together, and itself around the server."""

from __future__ import annotations

import threading

from fastapi import FastAPI
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.routing import Mount
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from reviewer_app import __version__
from reviewer_app.contract.bench import BENCH_PREFIX
from reviewer_app.qa.bench.answers import SameSite, install
from reviewer_app.qa.bench.api import BenchEndpoints
from reviewer_app.qa.bench.faults import FailurePage, FaultLayer, Faults, is_bench
from reviewer_app.qa.bench.pages import BenchPages
from reviewer_app.qa.bench.parts import BenchParts
from reviewer_app.qa.bench.registers import RegisterStandIns
from reviewer_app.qa.bench.truths import Truths
from reviewer_app.qa.bench.workshop import Workshop
from reviewer_app.resources import resource_path


def around(server: ASGIApp, parts: BenchParts, page: FailurePage | None = None) -> ASGIApp:
    """Give the server with the bench at ``/qa`` and faults around everything else. The lifespan is the server's.

    ``page`` makes what a browser gets for a page that fails.
    """
    faults = Faults()
    bench = create_bench(parts, faults)
    faulty = FaultLayer(server, faults, page)

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or not is_bench(scope["path"]):
            await faulty(scope, receive, send)
            return
        path = f"{BENCH_PREFIX}/" if scope["path"] == BENCH_PREFIX else scope["path"]
        await bench({**scope, "path": path}, receive, send)

    return answer


def create_bench(parts: BenchParts, faults: Faults) -> ASGIApp:
    """Make the application of the bench: its API, pages, and stand-ins of the registers."""
    making = threading.Lock()
    workshop = Workshop(parts, making)
    registers = RegisterStandIns(Truths(parts.floor, making), parts.clock.now)
    workshop.when_reset(registers.forget)
    api = FastAPI(title="Reviewer QA bench", version=__version__, docs_url=None, redoc_url=None, redirect_slashes=False)
    api.include_router(BenchEndpoints(workshop, faults).router())
    install(api)
    pages = BenchPages(workshop, faults)
    api.router.routes.extend(pages.routes())
    api.router.routes.append(Mount("/registers", routes=registers.routes()))
    api.router.routes.append(Mount("/static/portal", StaticFiles(directory=resource_path("portal", "static"))))
    api.router.routes.append(Mount("/static", StaticFiles(directory=resource_path("qa", "static"))))
    return Starlette(routes=[Mount(BENCH_PREFIX, api)], middleware=[Middleware(SameSite)])
