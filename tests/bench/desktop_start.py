# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long the desktop takes from the start of its process to the first frame, and to a queue that can be worked with.

The program is started as its users do, by its command, on a real server with a queue, for the second time: it knows
its server, keeps its session in a keyring and the last queue in a file. The queue is interactive when its rows are
drawn and take keys and the mouse: they are those of the last start then, and what needs the server is carried out once
it answers. When the rows are the server's is told for the record. The peer is the least a PySide6 program can do: a QApplication and an
empty QMainWindow until it is drawn, in a fresh process with the same Python on the same screen. Both are timed by the
wall clock from just before the process is made.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from reviewer_app.app.trace import VARIABLE as TRACE
from tests.bench import bare_window, kept_secrets
from tests.bench.figures import Figure, in_turn, milliseconds
from tests.bench.papers import Papers
from tests.bench.screen import screen
from tests.bench.serving import prepare, served
from tests.e2e.stack import program
from tests.support.waiting import wait_until

COMPANIES = 2_000
MOST_TO_FRAME, MOST_TO_QUEUE = 1.5, 2.5
_NANOSECOND = 1e-9
_ROOT = Path(__file__).parents[2]


def measure(folder: Path, papers: Papers, *, quick: bool) -> list[Figure]:
    """Measure the start."""
    with served(prepare(folder / "start", COMPANIES, papers)) as url, screen() as environment:
        desktop = _Desktop(folder / "desktop", url, environment)
        desktop.sign_in()
        marks: list[dict[str, float]] = []
        desktop.start()
        _bare(environment)

        def start() -> float:
            marks.append(desktop.start())
            return marks[-1]["first_frame"]

        bare, frame = "bare", "frame"
        took = in_turn({bare: lambda: _bare(environment), frame: start}, rounds=5 if quick else 25)
    interactive, live = (median(mark[name] for mark in marks) for name in ("queue_interactive", "queue_live"))
    peer = f"{milliseconds(took[bare])} bare window drawn"
    return [
        Figure("start to the first frame", milliseconds(took[frame]), peer, took[frame] / took[bare], MOST_TO_FRAME),
        Figure(
            "start to an interactive queue", milliseconds(interactive), peer, interactive / took[bare], MOST_TO_QUEUE
        ),
        Figure("start to the server's own rows", milliseconds(live), peer, live / took[bare]),
    ]


class _Desktop:
    """The installed program with a data folder of its own."""

    def __init__(self, folder: Path, url: str, environment: dict[str, str]) -> None:
        self._data = folder / "data"
        self._url = url
        self._trace = folder / "trace"
        folder.mkdir()
        self._environment = {
            **environment,
            "PYTHONPATH": str(_ROOT),
            "PYTHON_KEYRING_BACKEND": f"{kept_secrets.__name__}.{kept_secrets.FileKeyring.__name__}",
            kept_secrets.VARIABLE: str(folder / "secrets.json"),
        }

    def sign_in(self) -> None:
        """Start it for the first time."""
        arguments = [sys.executable, "-m", "tests.bench.first_sign_in", self._url, str(self._data)]
        subprocess.run(arguments, env=self._environment, check=True, timeout=120)

    def start(self) -> dict[str, float]:
        """Start it again, and close it once the queue stands; gives the seconds to each mark."""
        self._trace.write_bytes(b"")
        start = time.time_ns()
        with self._running() as process:
            wait_until(
                lambda: process.poll() is not None or b"queue_live" in self._trace.read_bytes(),
                what="an interactive queue",
            )
        lines = [line.split() for line in self._trace.read_text(encoding="utf-8").splitlines()]
        marks = {name: (int(moment) - start) * _NANOSECOND for name, moment in lines}
        if "queue_live" not in marks:
            raise RuntimeError(f"the desktop ended before its queue was there, after {list(marks)}")
        return marks

    @contextmanager
    def _running(self) -> Iterator[subprocess.Popen[bytes]]:
        process = subprocess.Popen(
            [program("reviewer-app"), "--data-dir", str(self._data)], env={**self._environment, TRACE: str(self._trace)}
        )
        try:
            yield process
        finally:
            process.terminate()
            process.wait(30)


def _bare(environment: dict[str, str]) -> float:
    start = time.time_ns()
    drawn = subprocess.run(
        [sys.executable, bare_window.__file__], env=environment, capture_output=True, check=True, timeout=60
    )
    return (int(drawn.stdout.split()[0]) - start) * _NANOSECOND
