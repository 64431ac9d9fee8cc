# SPDX-License-Identifier: AGPL-3.0-or-later
"""Wires the QA bench to the backend. Loaded by ``serve`` only when a bench is asked for, and never in production."""

from __future__ import annotations

import io
import logging
import tempfile
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import BinaryIO

import httpx
from starlette.types import ASGIApp

from reviewer_app.backend.application import Backend, Parts
from reviewer_app.backend.bench.clock import BenchClock
from reviewer_app.backend.bench.floor import BenchFloor
from reviewer_app.backend.bench.mails import CaughtMails
from reviewer_app.backend.bench.porter import BenchPorter
from reviewer_app.backend.bench.tables import prepare
from reviewer_app.backend.documents.storage import open_storage
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.schema import upgrade
from reviewer_app.backend.kit.settings import Settings
from reviewer_app.backend.seeding import Seeder
from reviewer_app.backend.server import HttpServer, Listener
from reviewer_app.contract.bench import BENCH_PREFIX
from reviewer_app.contract.states import COMPANY_STATE_TEXTS
from reviewer_app.contract.text import Language
from reviewer_app.documents.limits import InspectionLimits, WorkerLimits
from reviewer_app.documents.service import DocumentService
from reviewer_app.documents.workers import WorkerPool
from reviewer_app.qa.bench.app import around
from reviewer_app.qa.bench.faults import FailurePage
from reviewer_app.qa.bench.magic import PREFIX, changed_file
from reviewer_app.qa.bench.parts import BenchParts
from reviewer_app.qa.bench.walking import Walker, WalkFailedError
from reviewer_app.qa.bench.workshop import Workshop, known_scenario
from reviewer_app.qa.scenarios import SCENARIOS
from reviewer_app.qa.seeding import invented_customers

__all__ = ["BenchClock", "bench_around", "bench_clock", "bench_intake", "bench_parts", "bench_settings"]

_OWN_PAPERS = 4
"""So many cases of each seeded scenario have papers of their own."""
_INTAKE = threading.Lock()
"""PyMuPDF takes one thread at a time."""
_logger = logging.getLogger(__name__)


def bench_settings(settings: Settings, url: str) -> Settings:
    """Give the settings of a bench: no mail is sent, and registers that are not named are its own stand-ins.

    Args:
        settings: as they were read.
        url: where the server listens.
    """
    if settings.smtp_url:
        _logger.warning("this is a test bench: mails are caught, REVIEWER_SMTP_URL is not used")
    registers = f"{url}{BENCH_PREFIX}/registers"
    return replace(
        settings,
        smtp_url="",
        krs_url=settings.krs_url or f"{registers}/krs",
        vat_url=settings.vat_url or f"{registers}/vat",
        ceidg_url=settings.ceidg_url or f"{registers}/ceidg",
        ceidg_token=settings.ceidg_token or "bench",
        vies_url=settings.vies_url or f"{registers}/vies",
    )


def bench_clock(database: Database) -> BenchClock:
    """Give the bench's clock, making its tables if need be."""
    prepare(database)
    return BenchClock(database)


def bench_intake(file_name: str, stream: BinaryIO) -> BinaryIO:
    """Give what arrives in place of an upload: another content when its name begins with one of the bench's words."""
    if not file_name.lower().lstrip().startswith(PREFIX):
        return stream
    with _INTAKE:
        return io.BytesIO(changed_file(file_name, stream.read()))


def bench_around(server: ASGIApp, backend: Backend, clock: BenchClock, page: FailurePage | None = None) -> ASGIApp:
    """Give the server with the bench around it; ``page`` makes what a browser gets for a page that fails."""
    clock.when_moved(backend.clock_moved)
    return around(server, bench_parts(backend, clock), page)


def bench_parts(backend: Backend, clock: BenchClock) -> BenchParts:
    """Give the backend's parts as the bench uses them."""
    return BenchParts(
        clock=clock,
        mails=CaughtMails(backend.parts.database, clock),
        floor=BenchFloor(backend),
        porter=BenchPorter(backend, clock),
        public_url=backend.parts.settings.public_url,
    )


def listed_scenarios(language: Language) -> list[str]:
    """List the scenarios: name, group, right decision and title, separated by tabs."""
    return [
        "\t".join((one.name, one.group.value, one.decision.value, one.title.in_language(language)))
        for one in SCENARIOS.values()
    ]


def make_scenarios(
    backend: Backend, clock: BenchClock, names: Sequence[str], seed: int, language: Language
) -> Iterator[str]:
    """Make cases; gives a line on each. Raises BenchRefusal, for an unknown name before anything is made."""
    for name in names:
        known_scenario(name)
    workshop = Workshop(bench_parts(backend, clock), threading.Lock())
    for name in names:
        case = workshop.make(name, seed)
        state = COMPANY_STATE_TEXTS[case.state].in_language(language)
        login = case.customer
        yield f"{name}\t{case.company_id}\t{state}\t{case.name}\t{login.name}\t{login.password}"


def run_scenarios(settings: Settings, names: Sequence[str], seed: int, *, told: Callable[[str], None]) -> int:
    """Take scenarios to their expected end on a bench of their own, all of them when none is named.

    Gives the exit status: 1 when one did not come there. Raises BenchRefusal for an unknown name.
    """
    wanted = [known_scenario(name) for name in names] or list(SCENARIOS.values())
    failed = 0
    with bench_on_loopback(settings) as url, httpx.Client(base_url=url, timeout=300, trust_env=False) as client:
        walker = Walker(client)
        for one in wanted:
            try:
                walked = walker.walk(one, seed)
            except WalkFailedError as error:
                failed += 1
                told(f"FAILED {error}")
            else:
                told(f"ok {one.name}: {walked.made} → {walked.end}")
    told(f"{len(wanted) - failed} of {len(wanted)} scenarios came to their expected end")
    return 1 if failed else 0


@contextmanager
def bench_on_loopback(settings: Settings) -> Iterator[str]:
    """Serve a bench with a database of its own until the block ends; gives its address."""
    ready = threading.Event()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, Listener("127.0.0.1", 0) as listener:
        own = {"REVIEWER_DATA_DIR": folder, "REVIEWER_ENVIRONMENT": "test", "REVIEWER_PUBLIC_URL": listener.url}
        chosen = bench_settings(Settings.load(own, None), listener.url)
        database = Database(chosen.database_url)
        upgrade(database)
        with WorkerPool(limits=WorkerLimits(), size=2) as pool:
            limits = InspectionLimits(
                max_bytes=settings.upload_max_mb * 1_000_000,
                max_pages=settings.upload_max_pages,
                max_pixels=settings.upload_max_megapixels * 1_000_000,
            )
            clock, storage = bench_clock(database), open_storage(chosen.storage_url, copies=chosen.data_dir / "copies")
            inspector = DocumentService(pool, limits=limits)
            parts = Parts(chosen, clock, database, storage, inspector, bench=True, intake=bench_intake)
            backend = Backend(parts)
            application = bench_around(backend.application(), backend, clock)
            server = HttpServer(application, listener, ready=ready.set, stopping=backend.signal.close)
            thread = threading.Thread(target=server.run, name="bench")
            thread.start()
            try:
                ready.wait()
                yield listener.url
            finally:
                server.stop()
                thread.join()
        database.dispose()


def seed_scenarios(backend: Backend, clock: BenchClock, names: Sequence[str], count: int, seed: int) -> Iterator[int]:
    """Make a number of cases of scenarios in turn; gives how many there are.

    The first ones have papers of their own; the others are copies of these under names and numbers of their own.
    Raises BenchRefusal for an unknown name.
    """
    wanted = [known_scenario(name) for name in names]
    workshop = Workshop(bench_parts(backend, clock), threading.Lock())
    seeder = Seeder(backend.parts, seed)
    for number in range(min(count, len(wanted) * _OWN_PAPERS)):
        round_, place = divmod(number, len(wanted))
        case = workshop.make(wanted[place].name, seed * _OWN_PAPERS + round_)
        seeder.use_as_template(case.company_id)
        yield number + 1
    forms = [one.legal_form for one in wanted]
    yield from seeder.copies(invented_customers(seed, forms), min(count, len(wanted) * _OWN_PAPERS), count)
