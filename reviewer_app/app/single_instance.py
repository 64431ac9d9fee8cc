# SPDX-License-Identifier: AGPL-3.0-or-later
"""One window per person and data folder: whoever holds the folder's lock is the running program. Light."""

from __future__ import annotations

import time
from pathlib import Path

from PySide6.QtCore import QLockFile

from reviewer_app.contract.text import Text
from reviewer_app.store.errors import StoreError
from reviewer_app.store.files import private_folder

START_SECONDS = 15.0
"""So long the running program may take until it listens: it shows its window first."""
_ROUND_SECONDS = 0.5


class AlreadyRunning(StoreError):
    """Another process has the data folder and does not answer."""

    def __init__(self) -> None:
        super().__init__(
            Text("Reviewer już działa", "Reviewer is running already"),
            Text(
                "Uruchomiony program nie odpowiada. Poczekaj chwilę albo zakończ go w menedżerze zadań i spróbuj ponownie.",
                "The program that runs does not answer. Wait a moment, or end it in the task manager, then try again.",
            ),
        )


class InstanceLock:
    """Takes the lock of a data folder for this process, if no other that still runs has it.

    The folder is made when it is missing. A program that was killed leaves a lock that the next one takes over.
    Raises StoreUnwritable when the folder cannot be made.
    """

    def __init__(self, folder: Path) -> None:
        self._file = QLockFile(str(private_folder(folder) / "running.lock"))
        self._file.setStaleLockTime(0)  # however long the program runs, its lock is not old
        self.held_elsewhere = not self._file.tryLock(0) and self._file.error() is QLockFile.LockError.LockFailedError

    def release(self) -> None:
        """Give the folder free. Idempotent."""
        self._file.unlock()


def take_turn(folder: Path, company_id: str = "", *, seconds: float = START_SECONDS) -> InstanceLock | None:
    """Give the lock of a data folder; None when the program that has it was told to come forward with a case.

    A program that is just ending gives the folder free. Raises AlreadyRunning when the one that has it neither ends nor
    listens within ``seconds``: two at once would send the same work twice. Raises StoreUnwritable.
    """
    lock = InstanceLock(folder)
    if not lock.held_elsewhere:
        return lock
    from reviewer_app.app.hand_over import hand_over, instance_name  # noqa: PLC0415 -- only a second start needs it

    end = time.monotonic() + seconds
    while True:
        if hand_over(instance_name(folder), company_id, seconds=_ROUND_SECONDS):
            return None
        lock = InstanceLock(folder)
        if not lock.held_elsewhere:
            return lock
        if time.monotonic() >= end:
            raise AlreadyRunning
