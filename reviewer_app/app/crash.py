# SPDX-License-Identifier: AGPL-3.0-or-later
"""What happens to errors that nobody caught: a report is saved, the person is told, work goes on.

Where it cannot go on, as after a fault in native code, the interpreter still writes where it was; the next start makes
a report of it.
"""

from __future__ import annotations

import faulthandler
import logging
import sys
import threading
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import TextIO

from reviewer_app import __version__
from reviewer_app.store.errors import StoreError
from reviewer_app.store.files import private_folder, write_private

Tell = Callable[[BaseException], None]
MOST_REPORTS = 20

_log = logging.getLogger(__name__)


class CrashReports:
    """Saves reports into a folder. `tell` is called after each, in the thread where the error came up."""

    def __init__(self, folder: Path, tell: Tell) -> None:
        self._folder = folder
        self._tell = tell
        self._hook = sys.excepthook
        self._thread_hook = threading.excepthook
        self._fatal_file: TextIO | None = None

    def install(self) -> None:
        """Take over the interpreter's hooks for errors that nobody caught."""
        sys.excepthook = self._uncaught
        threading.excepthook = self._uncaught_in_thread

    def catch_fatal(self) -> None:
        """Have a fault of native code leave a trace from now on, and make a report of the one that an earlier run left.

        Where the folder cannot be written nothing happens. One process at a time, until `uninstall`.
        """
        path = self._fatal_path
        try:
            private_folder(self._folder)
            if path.exists() and path.stat().st_size:
                self._write(["the program was ended by this:", "", path.read_text(encoding="utf-8", errors="replace")])
            self._fatal_file = path.open("w", encoding="utf-8")
            path.chmod(0o600)
        except (StoreError, OSError):
            return
        faulthandler.enable(self._fatal_file)

    def uninstall(self) -> None:
        """Give the hooks back; what ended in order leaves no trace."""
        sys.excepthook = self._hook
        threading.excepthook = self._thread_hook
        if self._fatal_file is not None:
            faulthandler.disable()
            self._fatal_file.close()
            self._fatal_path.unlink(missing_ok=True)
            self._fatal_file = None

    def save(self, error: BaseException) -> Path | None:
        """Write the report on an error; gives its path, None when it cannot be written."""
        import traceback  # noqa: PLC0415 -- only when there is something to report

        return self._write(traceback.format_exception(error))

    @property
    def _fatal_path(self) -> Path:
        return self._folder / "fatal.txt"

    def _write(self, told: list[str]) -> Path | None:
        import platform  # noqa: PLC0415 -- only when there is something to report

        from reviewer_app.contract.scrub import scrubbed  # noqa: PLC0415 -- as above

        moment = datetime.now(UTC)
        lines = [
            f"Reviewer {__version__}",
            f"{platform.platform()}, Python {platform.python_version()}",
            moment.isoformat(timespec="seconds"),
            "",
            *told,
        ]
        path = self._folder / f"error-{moment:%Y%m%d-%H%M%S-%f}.txt"
        try:
            write_private(path, scrubbed("\n".join(lines)).encode())
            for old in sorted(self._folder.glob("error-*.txt"))[:-MOST_REPORTS]:
                old.unlink(missing_ok=True)
        except (StoreError, OSError):
            return None
        return path

    def note(self, error: BaseException) -> None:
        """Log an error and save its report."""
        _log.error("an error in the program", exc_info=error)
        self.save(error)

    def handle(self, error: BaseException) -> None:
        """Log an error, save its report and tell the person."""
        self.note(error)
        self._tell(error)

    def _uncaught(self, kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        if not issubclass(kind, Exception):
            self._hook(kind, error, trace)
            return
        self.handle(error)

    def _uncaught_in_thread(self, arguments: threading.ExceptHookArgs) -> None:
        if arguments.exc_value is not None and isinstance(arguments.exc_value, Exception):
            self.handle(arguments.exc_value)
