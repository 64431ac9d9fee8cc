# SPDX-License-Identifier: AGPL-3.0-or-later
"""A test that leaves something running fails, and is told what and from where."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]
THREAD = """\
import threading
def test_it():
    threading.Thread(target=threading.Event().wait, args=(30,), name="forgotten", daemon=True).start()
"""
PROCESS = """\
import subprocess, sys
kept = []
def test_it():
    kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))
"""
TIMER = """\
from PySide6.QtCore import QTimer
kept = []
def test_it(qapp):
    kept.append(QTimer(objectName="forgotten"))
    kept[0].start(60_000)
"""
FIXTURE = """\
import threading, pytest
@pytest.fixture(scope="module")
def server():
    threading.Thread(target=threading.Event().wait, args=(30,), name="forgotten", daemon=True).start()
def test_it(server):
    assert True
"""
CLEAN = """\
import subprocess, sys, threading
from PySide6.QtCore import QTimer
def test_it(qapp):
    timer = QTimer()
    timer.start(60_000)
    timer.stop()
    thread = threading.Thread(target=print)
    thread.start()
    subprocess.run([sys.executable, "-c", ""], check=True)
"""
POOL = """\
import queue, subprocess, sys, threading, pytest
def keep(wanted, kept):
    while wanted.get():
        kept.append(subprocess.Popen([sys.executable, "-c", "input()"], stdin=subprocess.PIPE))
@pytest.fixture(scope="session")
def pool(nothing_left_by_the_session):
    wanted, kept = queue.Queue(), []
    keeper = threading.Thread(target=keep, args=(wanted, kept))
    keeper.start()
    yield wanted, kept
    wanted.put(False)
    keeper.join()
    for process in kept:
        process.communicate()
@pytest.fixture(autouse=True, scope="session")
def early(pool):
    pass
def test_it(pool):
    wanted, kept = pool
    wanted.put(True)
    while not kept:
        pass
"""
NETWORK = """\
import socket
def test_it():
    socket.create_connection(("192.0.2.1", 80), timeout=1)
"""


SOURCES = {
    "thread": THREAD,
    "process": PROCESS,
    "timer": TIMER,
    "fixture": FIXTURE,
    "network": NETWORK,
    "clean": CLEAN,
    "pool": POOL,
}


@pytest.fixture(scope="module")
def answers(tmp_path_factory: pytest.TempPathFactory) -> dict[str, tuple[int, str]]:
    """The exit code and output of pytest for each sample; all run at once, since each waits for what it left."""
    running = {name: _start(tmp_path_factory.mktemp(name), source) for name, source in SOURCES.items()}
    printed = {name: process.communicate()[0] for name, process in running.items()}
    return {name: (running[name].returncode, printed[name]) for name in SOURCES}


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("thread", ["thread 'forgotten'", 'test_sample.py", line 3, in test_it']),
        ("process", ["process ", 'test_sample.py", line 4, in test_it']),
        ("timer", ["QTimer 'forgotten' still active"]),
        ("fixture", ["the tests left running", "thread 'forgotten'", "in server"]),
        ("network", ["192.0.2.1"]),
    ],
)
def test_leaving_something_running_fails(answers: dict[str, tuple[int, str]], name: str, told: list[str]) -> None:
    code, printed = answers[name]
    assert code == 1, printed
    assert not [words for words in told if words not in printed], printed


@pytest.mark.parametrize("name", ["clean", "pool"])
def test_clearing_up_passes(answers: dict[str, tuple[int, str]], name: str) -> None:
    code, printed = answers[name]
    assert code == 0, printed


def _start(folder: Path, source: str) -> subprocess.Popen[str]:
    (folder / "test_sample.py").write_text(source, encoding="utf-8")
    options = ["-p", "tests.conftest", "-p", "no:cacheprovider", "-c", "pyproject.toml", "--rootdir", str(folder)]
    return subprocess.Popen(
        [sys.executable, "-m", "pytest", *options, str(folder)],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
    )
