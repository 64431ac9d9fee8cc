# SPDX-License-Identifier: AGPL-3.0-or-later
"""How a worker process begins, whether the program runs from source, installed or frozen into an executable."""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

WORKER_ARGUMENT = "--document-worker"

# Without the site module a start is shorter, and nothing but the named folders can put code into the worker.
_BOOTSTRAP = (
    "import json,sys; c=json.loads(sys.argv[1]); sys.path[:]=c['path']; "
    "from reviewer_app.documents.worker.main import main; main(c)"
)


def worker_command(configuration: dict[str, Any]) -> list[str]:
    """Give the command line that starts a worker with this configuration."""
    if getattr(sys, "frozen", False):
        return [sys.executable, WORKER_ARGUMENT, json.dumps(configuration)]
    # In a virtual environment of Windows sys.executable is a launcher, and ending it would not end what it launched.
    interpreter: str = getattr(sys, "_base_executable", sys.executable) if sys.platform == "win32" else sys.executable
    package_root = str(Path(__file__).resolve().parents[2])
    configured = json.dumps({**configuration, "path": [package_root, *(entry for entry in sys.path if entry)]})
    return [interpreter, "-I", "-S", "-B", "-X", "utf8", "-c", _BOOTSTRAP, configured]


def run_if_worker(arguments: Sequence[str]) -> None:
    """Become a worker, and never return, if the program was started as one. Call it before anything else.

    Args:
        arguments: `sys.argv` of the program.
    """
    if len(arguments) == 3 and arguments[1] == WORKER_ARGUMENT:
        from reviewer_app.documents.worker.main import main  # noqa: PLC0415 - programs do not load the worker

        main(json.loads(arguments[2]))
