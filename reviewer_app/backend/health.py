# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls for those who operate the server: is it alive, is it ready, and its figures for Prometheus."""

from __future__ import annotations

import time
from http import HTTPMethod

from fastapi import APIRouter
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from sqlalchemy import func, select
from starlette.responses import JSONResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reviewer_app import __version__
from reviewer_app.backend.audit.tables import AuditHead
from reviewer_app.backend.documents.storage import Storage
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.limits import route_of
from reviewer_app.backend.kit.problems import problem_responses
from reviewer_app.backend.mail.tables import OutboxMail
from reviewer_app.contract.edition import API_EDITION, PRODUCT
from reviewer_app.contract.problems import ProblemCode

_METHODS = frozenset(HTTPMethod)


class Figures:
    """The figures of one application, in a registry of its own."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._requests = Counter(
            "reviewer_requests", "Requests answered.", ("method", "route", "status"), registry=self.registry
        )
        self._seconds = Histogram(
            "reviewer_request_seconds", "Time to the answer.", ("method", "route"), registry=self.registry
        )
        self._known: dict[tuple[str, str, int], tuple[Counter, Histogram]] = {}
        self.mails_waiting = Gauge("reviewer_mails_waiting", "Mails not sent yet.", registry=self.registry)
        self.history_rows = Gauge("reviewer_history_rows", "Rows of the history.", registry=self.registry)

    def count(self, *, method: str, route: str, status: int, seconds: float) -> None:
        """Count an answered request."""
        known = self._known.get((method, route, status))
        if known is None:
            counter, histogram = self._requests.labels(method, route, str(status)), self._seconds.labels(method, route)
            known = self._known[method, route, status] = (counter, histogram)
        known[0].inc()
        known[1].observe(seconds)


class Measured:
    """Counts every request under its route's pattern, so that ids in addresses do not make figures of their own."""

    def __init__(self, app: ASGIApp, figures: Figures) -> None:
        self._app = app
        self._figures = figures

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        began, status = time.perf_counter(), 500

        async def noted_send(message: Message) -> None:
            nonlocal status
            if message["type"] == "http.response.start":
                status = message["status"]
            await send(message)

        try:
            await self._app(scope, receive, noted_send)
        finally:
            # A client may invent methods; each would be figures of its own.
            method = scope["method"] if scope["method"] in _METHODS else "other"
            seconds = time.perf_counter() - began
            self._figures.count(method=method, route=route_of(scope), status=status, seconds=seconds)


class HealthEndpoints:
    """Routes for operators. They tell nothing about anyone."""

    def __init__(self, database: Database, storage: Storage, figures: Figures, *, bench: bool = False) -> None:
        self._database = database
        self._storage = storage
        self._figures = figures
        self._bench = bench

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(tags=["operation"])
        router.get("/healthz", response_class=JSONResponse)(self.alive)
        router.get("/readyz", response_class=JSONResponse, responses=problem_responses(ProblemCode.UNAVAILABLE))(
            self.ready
        )
        router.get("/metrics", response_class=Response)(self.metrics)
        return router

    async def alive(self) -> JSONResponse:
        """Say that the process answers, what it is, and whether it is a test bench."""
        sign = {"status": "ok", "product": PRODUCT, "api": API_EDITION, "version": __version__, "bench": self._bench}
        return JSONResponse(sign)

    def ready(self) -> JSONResponse:
        """Say that database and storage of documents answer too; 503 when one does not."""
        with self._database.read() as session:
            session.execute(select(AuditHead.seq))
        self._storage.check()
        return JSONResponse({"status": "ready", "version": __version__})

    def metrics(self) -> Response:
        """Give the figures in Prometheus' text format."""
        with self._database.read() as session:
            waiting = select(func.count()).select_from(OutboxMail).where(OutboxMail.sent_at.is_(None))
            self._figures.mails_waiting.set(session.scalars(waiting).one())
            self._figures.history_rows.set(session.scalars(select(AuditHead.seq)).one())
        return Response(generate_latest(self._figures.registry), media_type=CONTENT_TYPE_LATEST)
