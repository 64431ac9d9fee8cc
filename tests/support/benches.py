# SPDX-License-Identifier: AGPL-3.0-or-later
"""A server with the QA bench, as ``serve --qa`` wires it, and who calls it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from httpx import Client, Response

from reviewer_app.backend.application import Backend, Parts
from reviewer_app.backend.bench.tables import prepare
from reviewer_app.backend.documents.storage import open_storage
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.settings import Settings
from reviewer_app.backend.server import HttpServer, Listener
from reviewer_app.contract.bench import BENCH_BANNER, BENCH_PASSWORD
from reviewer_app.documents.limits import InspectionLimits
from reviewer_app.documents.service import DocumentService
from reviewer_app.documents.workers import WorkerPool
from reviewer_app.portal import create_portal
from reviewer_app.serve_bench import BenchClock, bench_around, bench_intake, bench_settings
from tests.support.world import Reviewer, expect


@dataclass
class RunningBench:
    """A bench that is served."""

    url: str
    client: Client

    def call(self, method: str, path: str, **how: Any) -> Response:
        """Call the bench's API."""
        answer: Response = self.client.request(method, f"/qa/v1/{path}", **how)
        return answer

    def make(self, scenario: str, seed: int = 1) -> Any:
        """Make a case; gives it."""
        answer = self.call("POST", "companies", json={"scenario": scenario, "seed": seed})
        assert answer.status_code in {200, 201}, answer.text
        return answer.json()

    def act(self, company_id: str, action: str) -> Any:
        """Do an action; gives the company after it."""
        return expect(self.call("POST", f"companies/{company_id}/actions", json={"action": action}), 200)

    def checked(self, company_id: str) -> None:
        """Wait until documents and registers of a company were checked."""
        self.staff().checked(company_id)

    def staff(self, username: str = "qa.reviewer") -> Reviewer:
        """Sign in one of the bench's staff."""
        body = {"username": username, "password": BENCH_PASSWORD}
        session = expect(self.client.post("/api/v1/staff/sessions", json=body), 201)
        headers = {"Authorization": f"Bearer {session['access_token']}", "Accept-Language": "en"}
        return Reviewer(self.client, headers, username)


@dataclass
class InnerBench(RunningBench):
    """A bench in the test's own process, with what is behind it."""

    backend: Backend
    clock: BenchClock


@contextmanager
def bench_process(folder: Path) -> Iterator[RunningBench]:
    """Run ``reviewer-server serve --qa`` with its data in a folder."""
    inherited = {name: value for name, value in os.environ.items() if not name.startswith("REVIEWER_")}
    own = {"REVIEWER_DATA_DIR": str(folder), "REVIEWER_ENVIRONMENT": "test"}
    with subprocess.Popen(
        [sys.executable, "-m", "reviewer_app.serve", "serve", "--qa", "--port", "0"],
        env=inherited | own,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        encoding="utf-8",
    ) as process:
        assert process.stdout is not None
        try:
            url = process.stdout.readline().removeprefix("listening on ").strip()
            assert url, "the bench did not start"
            with Client(base_url=url, timeout=120, trust_env=False) as client:
                yield RunningBench(url, client)
        finally:
            process.terminate()
            process.wait(60)


@contextmanager
def running_bench(settings: Settings, pool: WorkerPool, machine: Clock | None = None) -> Iterator[InnerBench]:
    """Serve a bench on loopback; ``settings`` name an upgraded database. ``machine`` stands for the machine's clock."""
    ready = threading.Event()
    database = Database(settings.database_url)
    with Listener("127.0.0.1", 0) as listener:
        chosen = replace(bench_settings(settings, listener.url), public_url=listener.url)
        prepare(database)
        clock = BenchClock(database, machine)
        limits = InspectionLimits(max_bytes=chosen.upload_max_mb * 1_000_000, max_pages=chosen.upload_max_pages)
        inspector = DocumentService(pool, limits=limits)
        backend = Backend(
            Parts(chosen, clock, database, open_storage(chosen.storage_url), inspector, bench=True, intake=bench_intake)
        )
        portal = create_portal(api_url=listener.url, public_url=chosen.public_url, banner=BENCH_BANNER, now=clock.now)
        application = bench_around(backend.application(portal=portal), backend, clock, portal.failed)
        server = HttpServer(application, listener, ready=ready.set, stopping=backend.signal.close)
        thread = threading.Thread(target=server.run, name="server")
        thread.start()
        try:
            assert ready.wait(30)
            with Client(base_url=listener.url, timeout=120, trust_env=False) as client:
                yield InnerBench(listener.url, client, backend, clock)
        finally:
            server.stop()
            thread.join()
            database.dispose()
