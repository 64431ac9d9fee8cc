# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a developer sees, and the child processes they wait for."""

from __future__ import annotations

import os
import queue
import shutil
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

GRACE_SECONDS = 20.0  # a test run stops its servers and browsers within this


class Problem(Exception):
    """Something a person has to mend; the text says what, where and how."""


class Step:
    """One piece of work, shown as one line: live on a terminal, its start and end elsewhere."""

    def __init__(self, title: str) -> None:
        self._title = title
        self._live = sys.stdout.isatty()
        self._started = time.monotonic()
        self._detail = ""

    def __enter__(self) -> Self:
        self._draw("...", end="" if self._live else "\n")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, traceback: TracebackType | None
    ) -> None:
        outcome = "done" if kind is None else "stopped" if kind is KeyboardInterrupt else "failed"
        self._draw(f"{outcome} ({time.monotonic() - self._started:.0f} s)", end="\n")

    def show(self, detail: str) -> None:
        """Say what is being done right now; cheap enough to be called for every line a child prints."""
        self._detail = detail
        self.tick()

    def tick(self) -> None:
        """Let the clock on the line go on."""
        if self._live:
            self._draw(f"{self._detail} ({time.monotonic() - self._started:.0f} s)", end="")

    def _draw(self, text: str, *, end: str) -> None:
        width = max(shutil.get_terminal_size().columns - 1, 20)
        line = f"  {self._title}: {text}"[:width]
        print("\r" + line.ljust(width) if self._live else line, end=end, flush=True)


def run_visible(command: Sequence[str], *, env: Mapping[str, str] | None = None) -> int:
    """Run a command that speaks to the terminal itself and give its exit code; Ctrl-C ends it and all it started."""
    process = subprocess.Popen(command, env=env, start_new_session=os.name == "posix")
    try:
        return process.wait()
    except KeyboardInterrupt:
        stop(process)
        raise


def run_quietly(
    command: Sequence[str],
    *,
    on_line: Callable[[str], None],
    on_tick: Callable[[], None],
    env: Mapping[str, str] | None = None,
) -> tuple[int, str]:
    """Run a command, hand each line it prints to `on_line`, and give its exit code with all it printed."""
    process = subprocess.Popen(
        command,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        errors="replace",
        start_new_session=os.name == "posix",
    )
    lines: queue.SimpleQueue[str | None] = queue.SimpleQueue()
    reader = threading.Thread(target=_read_lines, args=(process, lines), daemon=True)
    reader.start()
    printed: list[str] = []
    try:
        while (line := _next_line(lines, on_tick)) is not None:
            printed.append(line)
            on_line(line.rstrip())
        return process.wait(), "".join(printed)
    except KeyboardInterrupt:
        stop(process)
        raise
    finally:
        reader.join(timeout=GRACE_SECONDS)


def stop(process: subprocess.Popen[str] | subprocess.Popen[bytes]) -> None:
    """End a child and what it started: ask as Ctrl-C does, then, after a time or a second Ctrl-C, make an end."""
    try:
        _signal_all(process, signal.SIGINT)
        process.wait(timeout=GRACE_SECONDS)
    except (subprocess.TimeoutExpired, KeyboardInterrupt):
        _signal_all(process, signal.SIGTERM)
        try:
            process.wait(timeout=2)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def _signal_all(process: subprocess.Popen[str] | subprocess.Popen[bytes], number: signal.Signals) -> None:
    # a terminal's Ctrl-C reaches this program alone, since each child leads a session of its own: it is told once
    if sys.platform == "win32":
        if number is not signal.SIGINT:  # there the console has told the child already
            process.terminate()
        return
    try:
        os.killpg(process.pid, number)
    except ProcessLookupError:
        return


def _read_lines(process: subprocess.Popen[str], lines: queue.SimpleQueue[str | None]) -> None:
    if process.stdout is not None:
        with process.stdout as stream:
            for line in stream:
                lines.put(line)
    lines.put(None)


def _next_line(lines: queue.SimpleQueue[str | None], on_tick: Callable[[], None]) -> str | None:
    while True:
        try:
            return lines.get(timeout=0.25)
        except queue.Empty:
            on_tick()
