# SPDX-License-Identifier: AGPL-3.0-or-later
"""The program's log: a few files that go round, with nothing in them that is nobody's business."""

from __future__ import annotations

import logging
import logging.handlers
import os
from pathlib import Path

from reviewer_app.contract.scrub import ScrubbingFormatter
from reviewer_app.store.files import private_folder

FILE_BYTES = 1_000_000
OLDER_FILES = 4
FORMAT = "%(asctime)s %(levelname)s %(name)s [%(threadName)s] %(message)s"
_LEVELS = {
    "": logging.INFO,
    "urllib3": logging.WARNING,  # its lines hold whole addresses
}


class ProgramLog:
    """Writes `reviewer.log` in the folder from when it is made until `stop`. Raises StoreUnwritable."""

    def __init__(self, folder: Path) -> None:
        path = private_folder(folder) / "reviewer.log"
        self._handler = logging.handlers.RotatingFileHandler(
            path, maxBytes=FILE_BYTES, backupCount=OLDER_FILES, encoding="utf-8", delay=True
        )
        self._handler.setFormatter(ScrubbingFormatter(FORMAT))
        self._handler.setLevel(logging.INFO)
        if os.name == "posix":
            path.touch(mode=0o600, exist_ok=True)
        self._levels_before = {name: logging.getLogger(name).level for name in _LEVELS}
        for name, level in _LEVELS.items():
            logging.getLogger(name).setLevel(level)
        logging.getLogger().addHandler(self._handler)

    def stop(self) -> None:
        """Take the log away and leave the loggers as they were found. Idempotent."""
        logging.getLogger().removeHandler(self._handler)
        self._handler.close()
        for name, level in self._levels_before.items():
            logging.getLogger(name).setLevel(level)
        self._levels_before = {}
