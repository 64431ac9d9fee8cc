# SPDX-License-Identifier: AGPL-3.0-or-later
"""The server that is measured: the product's own, in a process of its own, with three routes more as peers.

`GET /bench/ready-made` asks who calls exactly as the queue does, then answers bytes that it was given before.
`POST /bench/nothing` reads its body and answers 204; `POST /bench/nothing-known` asks who calls before it does so.
All are plain `def` handlers behind the same middleware.
"""

from __future__ import annotations

import http.client
import json
import os
import subprocess
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from fastapi import Body, Depends, FastAPI, Request
from starlette.responses import Response

from reviewer_app.backend.application import Backend, Parts
from reviewer_app.backend.documents.storage import open_storage
from reviewer_app.backend.kit.callers import Staff, require
from reviewer_app.backend.kit.clock import SystemClock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.schema import upgrade
from reviewer_app.backend.kit.settings import Settings
from reviewer_app.backend.server import HttpServer, Listener
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.documents.service import DocumentService
from reviewer_app.documents.workers import WorkerPool
from tests.bench.filling import STAFF_NAME, STAFF_PASSWORD, fill
from tests.bench.papers import Papers

READY_MADE, NOTHING, NOTHING_KNOWN = "/bench/ready-made", "/bench/nothing", "/bench/nothing-known"
_LISTENING = "listening on "


@dataclass(frozen=True, slots=True)
class Answer:
    """An answer of the server."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body as JSON."""
        return json.loads(self.body)


class Caller:
    """A member of staff with one connection that is kept open; the leanest client, so that the server is measured."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        assert parts.hostname is not None
        self._line = http.client.HTTPConnection(parts.hostname, parts.port, timeout=60)
        self._headers = {"Content-Type": "application/json"}
        signed_in = self.call("POST", "/api/v1/staff/sessions", {"username": STAFF_NAME, "password": STAFF_PASSWORD})
        self._headers["Authorization"] = f"Bearer {signed_in.json['access_token']}"

    def call(self, method: str, path: str, body: object = None, **headers: str) -> Answer:
        """Make a call. Raises RuntimeError when the answer is none of success."""
        sent = None if body is None else body if isinstance(body, bytes) else json.dumps(body).encode()
        self._line.request(method, path, sent, {**self._headers, **headers})
        response = self._line.getresponse()
        answer = Answer(response.status, dict(response.headers), response.read())
        if answer.status >= 300:
            raise RuntimeError(f"{method} {path}: {answer.status} {answer.body.decode(errors='replace')}")
        return answer

    def close(self) -> None:
        """Close the connection."""
        self._line.close()


@dataclass(frozen=True, slots=True)
class Filled:
    """A server's data before it is started."""

    folder: Path

    @property
    def environment(self) -> dict[str, str]:
        """The environment of its programs."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("REVIEWER_")}
        return {**kept, "REVIEWER_DATA_DIR": str(self.folder), "REVIEWER_ENVIRONMENT": "test"}

    def settings(self) -> Settings:
        """Give the settings of the server."""
        return Settings.load(self.environment, None)


def prepare(folder: Path, companies: int, papers: Papers) -> Filled:
    """Make the data of a server with so many companies."""
    filled = Filled(folder)
    settings = filled.settings()
    database = Database(settings.database_url)
    try:
        upgrade(database)
        fill(database, companies, papers.kept_in(settings.storage_url))
    finally:
        database.dispose()
    return filled


@contextmanager
def served(filled: Filled) -> Iterator[str]:
    """Run the server with its peers in a process of its own; gives its address."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.bench.serving"],
        env=filled.environment,
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
    )
    assert process.stdout is not None
    try:
        line = process.stdout.readline()
        if not line.startswith(_LISTENING):
            raise RuntimeError("the server did not start; what it said stands above")
        yield line.removeprefix(_LISTENING).strip()
    finally:
        process.terminate()
        process.wait(30)
        process.stdout.close()


def _add_peers(application: FastAPI) -> None:
    ready_made = b""

    async def keep(request: Request) -> Response:
        nonlocal ready_made
        ready_made = await request.body()
        return Response(status_code=204)

    def give(_: Annotated[Staff, Depends(require(StaffAct.READ_CASES))]) -> Response:
        return Response(ready_made, media_type="application/json", headers={"Cache-Control": "no-store"})

    def do_nothing(_: Annotated[dict[str, object], Body()]) -> Response:
        return Response(status_code=204)

    def do_nothing_known(
        _: Annotated[Staff, Depends(require(StaffAct.APPROVE))], __: Annotated[dict[str, object], Body()]
    ) -> Response:
        return Response(status_code=204)

    application.put(READY_MADE)(keep)
    application.get(READY_MADE)(give)
    application.post(NOTHING)(do_nothing)
    application.post(NOTHING_KNOWN)(do_nothing_known)


def main() -> None:
    """Serve until told to stop."""
    settings = Settings.load(os.environ, None)
    database = Database(settings.database_url)
    with WorkerPool(size=1) as pool, Listener("127.0.0.1", 0) as listener:
        storage = open_storage(settings.storage_url)
        backend = Backend(Parts(settings, SystemClock(), database, storage, DocumentService(pool)))
        application = backend.application()
        _add_peers(application)
        HttpServer(
            application,
            listener,
            ready=lambda: print(f"{_LISTENING}{listener.url}", flush=True),
            stopping=backend.signal.close,
        ).run()
    database.dispose()


if __name__ == "__main__":
    main()
