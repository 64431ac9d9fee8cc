# SPDX-License-Identifier: AGPL-3.0-or-later
"""One served portal and one browser for all tests of this folder.

They belong to the folder and not to the whole run: Playwright keeps an event loop open in the tests' own thread.
"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from reviewer_app.documents.workers import WorkerPool
from tests.e2e.browser import chromium
from tests.e2e.portal.cast import CONSENTS
from tests.e2e.portal.looks import Looker, looking
from tests.e2e.portal.stage import Stage, stage
from tests.fakes.registers import KRS, NIP, court_extract, running_registers, vat_subject
from tests.support.waiting import wait_until
from tests.support.world import Customer
from tests.support.world import expect as answered


@pytest.fixture(scope="package")
def pool() -> Iterator[WorkerPool]:
    """Processes that open documents."""
    with WorkerPool(size=1) as pool:
        wait_until(lambda: len(pool.process_ids()) == 1, what="the start of the worker process")
        yield pool


@pytest.fixture(scope="package")
def portal(tmp_path_factory: pytest.TempPathFactory, pool: WorkerPool) -> Iterator[Stage]:
    """The served portal; each test makes people and companies of its own."""
    with (
        running_registers() as (registers, address),
        stage(tmp_path_factory.mktemp("portal"), pool, REVIEWER_KRS_URL=address, REVIEWER_VAT_URL=address) as served,
    ):
        registers.payers[NIP] = vat_subject()
        registers.court["P", KRS] = court_extract()
        yield served


@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A real Chromium; to it every name of the reserved domain is this machine."""
    with chromium("--host-resolver-rules=MAP *.test 127.0.0.1") as browser:
        yield browser


@pytest.fixture
def looker(portal: Stage, browser: Browser) -> Iterator[Looker]:
    """A browser window."""
    with looking(browser, portal.url) as looker:
        yield looker


@pytest.fixture
def person(portal: Stage) -> Customer:
    """Somebody without a company."""
    person = portal.world.customer()
    answered(person.call("PUT", "customer/me/consents", json=CONSENTS), 200)
    return person


@pytest.fixture(autouse=True)
def nothing_left_running() -> None:
    """Look at nothing after each test: the served portal keeps its threads. What is left by the run is still found."""
