# SPDX-License-Identifier: AGPL-3.0-or-later
"""One window per person and data folder: whoever holds the folder's lock is the running program. Light."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QLockFile

from reviewer_app.store.files import private_folder


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
