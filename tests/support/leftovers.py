# SPDX-License-Identifier: AGPL-3.0-or-later
"""Finds what a test left running: threads, child processes, Qt timers and Qt threads, and where each was started."""

from __future__ import annotations

import gc
import sys
import threading
import time
import traceback
import weakref
from dataclasses import dataclass, field

import psutil

DEADLINE_SECONDS = 5.0  # what is on its way out may take this long on a busy machine

# one per process from its first use to its end, by the standard library itself
PROCESSES_OF_PYTHON = ("multiprocessing.resource_tracker", "multiprocessing.forkserver")


class StartPlaces:
    """Remembers where threads and child processes were started. Make one a process: it listens to its end."""

    def __init__(self) -> None:
        self._threads: weakref.WeakKeyDictionary[threading.Thread, str] = weakref.WeakKeyDictionary()
        self._commands: dict[str, str] = {}
        self._starters: dict[str, weakref.ref[threading.Thread]] = {}
        sys.addaudithook(self._hear)
        start = threading.Thread.start

        def start_and_remember(thread: threading.Thread) -> None:
            self._threads[thread] = _caller()
            start(thread)

        threading.Thread.start = start_and_remember  # type: ignore[method-assign, assignment] # Python 3.11 has no audit event for it

    def of_thread(self, thread: threading.Thread) -> str:
        return self._threads.get(thread, "  (before the tests began)\n")

    def of_command(self, command: list[str]) -> str:
        return self._commands.get(" ".join(command), "  (by another process, or outside subprocess)\n")

    def starter_of(self, command: list[str]) -> threading.Thread | None:
        """Give the thread that started a process, if it still runs."""
        starter = self._starters.get(" ".join(command))
        return starter() if starter else None

    def _hear(self, event: str, arguments: tuple[object, ...]) -> None:
        if event == "subprocess.Popen":
            command = arguments[1]
            parts = [command] if isinstance(command, str | bytes) else command
            if isinstance(parts, list | tuple):
                joined = " ".join(str(part) for part in parts)
                self._commands[joined] = _caller()
                self._starters[joined] = weakref.ref(threading.current_thread())


@dataclass(frozen=True)
class Running:
    """What runs at one moment."""

    threads: weakref.WeakSet[threading.Thread]
    processes: frozenset[int]
    qt: frozenset[int]
    places: StartPlaces = field(repr=False)

    @classmethod
    def now(cls, places: StartPlaces) -> Running:
        return cls(
            threads=weakref.WeakSet(_threads()),
            processes=frozenset(process.pid for process in _children()),
            qt=frozenset(id(running) for running in _running_qt_objects()),
            places=places,
        )

    def left_behind(self) -> list[str]:
        """Describe what runs now and did not then, after giving it time to end; empty when nothing does."""
        deadline = time.monotonic() + DEADLINE_SECONDS
        for thread in self._new_threads():
            thread.join(max(deadline - time.monotonic(), 0))
        found = [
            f"thread {thread.name!r}, started at\n{self.places.of_thread(thread)}" for thread in self._new_threads()
        ]
        new_processes = [
            process
            for process in _children()
            if process.pid not in self.processes and not self._started_by_older_thread(process)
        ]
        _, alive = psutil.wait_procs(new_processes, timeout=max(deadline - time.monotonic(), 0))
        for process in alive:
            command = _command(process)
            found.append(f"process {process.pid} {' '.join(command)!r}, started at\n{self.places.of_command(command)}")
        if self._new_qt_objects():
            gc.collect()  # what only a reference cycle still holds was not left by the test
        return found + [_describe_qt(running) for running in self._new_qt_objects()]

    def _started_by_older_thread(self, process: psutil.Process) -> bool:
        """Say whether a thread of a wider scope, as the one that keeps a pool filled, started the process in its own time."""
        starter = self.places.starter_of(_command(process))
        return starter is not None and starter is not threading.main_thread() and starter in self.threads

    def _new_qt_objects(self) -> list[object]:
        return [running for running in _running_qt_objects() if id(running) not in self.qt]

    def _new_threads(self) -> list[threading.Thread]:
        return [thread for thread in _threads() if thread not in self.threads]


def _threads() -> list[threading.Thread]:
    # a foreign thread that once called Python is listed for ever as a dummy; Qt's own are looked at as Qt objects
    return [thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)]


def _children() -> list[psutil.Process]:
    found = []
    for process in psutil.Process().children(recursive=True):
        command = _command(process)
        if command and not any(name in part for part in command for name in PROCESSES_OF_PYTHON):
            found.append(process)
    return found


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline() if process.status() != psutil.STATUS_ZOMBIE else []
    except psutil.Error:
        return []


def _running_qt_objects() -> list[object]:
    if "PySide6.QtCore" not in sys.modules:
        return []
    import shiboken6
    from PySide6.QtCore import QCoreApplication, QEvent, QThread, QTimer

    application = QCoreApplication.instance()
    if application is None:
        return []
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    main_thread = application.thread()
    running: list[object] = []
    for wrapper in shiboken6.getAllValidWrappers():
        if isinstance(wrapper, QTimer):
            if wrapper.isActive():
                running.append(wrapper)
        elif isinstance(wrapper, QThread) and wrapper is not main_thread and wrapper.isRunning():
            running.append(wrapper)
    return running


def _describe_qt(running: object) -> str:
    from PySide6.QtCore import QObject

    if not isinstance(running, QObject):
        return repr(running)
    parents = []
    parent = running.parent()
    while parent is not None:
        parents.append(f"{type(parent).__name__} {parent.objectName()!r}")
        parent = parent.parent()
    holders = {type(holder).__name__ for holder in gc.get_referrers(running) if isinstance(holder, QObject)}
    return (
        f"{type(running).__name__} {running.objectName()!r} still active; "
        f"parents: {', '.join(parents) or 'none'}; held by: {', '.join(sorted(holders)) or 'unknown'}\n"
    )


def _caller() -> str:
    machinery = ("/_pytest/", "/pluggy/", "/threading.py", "/subprocess.py", "/pytestqt/", __file__)
    frames = [
        frame
        for frame in traceback.extract_stack()
        if not any(part in frame.filename.replace("\\", "/") for part in machinery)
    ]
    return "".join(traceback.format_list(frames[-6:]))
