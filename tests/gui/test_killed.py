# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desktop is killed without warning: what was held or written is there again, and nothing is sent twice."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from reviewer_app.contract.printing import PrintOutcome
from reviewer_app.contract.states import Outcome
from tests.fakes.gateway_http import CuttingProxy, HttpFake
from tests.gui.scene import SceneServer, full_server
from tests.support.waiting import wait_until

APPROVED = [("c3", Outcome.APPROVE)]
PATIENCE_SECONDS = 120


@pytest.fixture
def server() -> SceneServer:
    return full_server()


@pytest.fixture
def http(server: SceneServer) -> Iterator[HttpFake]:
    with HttpFake(server) as made:
        yield made


@contextmanager
def desktop(url: str, folder: Path, what: str, *, hold_seconds: int, until: str = "") -> Iterator[None]:
    """Run the desktop until it says how far it came; killed without warning at the end of the block."""
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.gui.killed_desk", url, str(folder), what, str(hold_seconds)],
        env=os.environ | {"QT_QPA_PLATFORM": "offscreen"},
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        assert process.stdout is not None
        if until:
            assert process.stdout.readline().strip() == until
        yield
    finally:
        process.send_signal(signal.SIGKILL)
        process.communicate(timeout=PATIENCE_SECONDS)


def test_a_held_decision_of_a_killed_desktop_can_be_undone_at_the_next_start_and_never_leaves(
    server: SceneServer, http: HttpFake, tmp_path: Path
) -> None:
    with desktop(http.url, tmp_path, "decide", hold_seconds=120, until="held"):
        pass
    assert server.decisions == []
    with desktop(http.url, tmp_path, "undo", hold_seconds=120, until="undone"):
        assert server.decisions == []
    with desktop(http.url, tmp_path, "wait", hold_seconds=120, until="there"):
        assert server.decisions == []


def test_a_decision_whose_time_ran_out_while_the_desktop_was_dead_leaves_once(
    server: SceneServer, http: HttpFake, tmp_path: Path
) -> None:
    with desktop(http.url, tmp_path, "decide", hold_seconds=3, until="held"):
        pass
    for _ in range(2):
        with desktop(http.url, tmp_path, "wait", hold_seconds=3, until="there"):
            wait_until(lambda: server.decisions == APPROVED, what="the decision", seconds=PATIENCE_SECONDS)
    assert server.decisions == APPROVED


def test_a_print_of_a_killed_desktop_is_told_as_broken_off_after_its_pages(
    server: SceneServer, http: HttpFake, tmp_path: Path
) -> None:
    with desktop(http.url, tmp_path, "print", hold_seconds=3, until="page 2"):
        assert list(server.print_outcomes.values()) == [None]
    with desktop(http.url, tmp_path, "wait", hold_seconds=3, until="there"):
        wait_until(lambda: None not in server.print_outcomes.values(), what="the end", seconds=PATIENCE_SECONDS)
    assert list(server.print_outcomes.values()) == [PrintOutcome(complete=False, pages=(1,))]


def test_a_print_of_a_desktop_killed_before_the_server_answered_is_told_as_broken_off(
    server: SceneServer, http: HttpFake, tmp_path: Path
) -> None:
    with CuttingProxy(http.address) as proxy:
        proxy.leave_unanswered("/prints")
        with desktop(proxy.url, tmp_path, "print", hold_seconds=3):
            wait_until(lambda: bool(server.print_outcomes), what="the beginning of the print", seconds=PATIENCE_SECONDS)
        proxy.leave_unanswered("")
        with desktop(proxy.url, tmp_path, "wait", hold_seconds=3, until="there"):
            wait_until(lambda: None not in server.print_outcomes.values(), what="the end", seconds=PATIENCE_SECONDS)
    assert list(server.print_outcomes.values()) == [PrintOutcome(complete=False)]


def test_what_was_typed_is_there_again(http: HttpFake, tmp_path: Path) -> None:
    with desktop(http.url, tmp_path, "write", hold_seconds=3, until="written"):
        pass
    with desktop(http.url, tmp_path, "write", hold_seconds=3, until="found"):
        pass
