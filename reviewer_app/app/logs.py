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


def start_log(folder: Path) -> logging.Handler:
    """Log to `reviewer.log` in the folder; `stop_log` ends it. Raises StoreUnwritable."""
    path = private_folder(folder) / "reviewer.log"
    handler = logging.handlers.RotatingFileHandler(
        path, maxBytes=FILE_BYTES, backupCount=OLDER_FILES, encoding="utf-8", delay=True
    )
    handler.setFormatter(ScrubbingFormatter(FORMAT))
    handler.setLevel(logging.INFO)
    root = logging.getLogger()
    root.addHandler(handler)
    root.setLevel(logging.INFO)
    logging.getLogger("urllib3").setLevel(logging.WARNING)  # its lines hold whole addresses
    if os.name == "posix":
        path.touch(mode=0o600, exist_ok=True)
    return handler


def stop_log(handler: logging.Handler) -> None:
    """Take the handler of `start_log` away."""
    logging.getLogger().removeHandler(handler)
    handler.close()
