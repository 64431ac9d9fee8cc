# SPDX-License-Identifier: AGPL-3.0-or-later
"""The demonstration on a display: portal and test bench with seeded cases run, and the desktop opens signed in beside them.

``python -m tests.e2e.demo [--companies N]``. Mails are caught by the bench and shown at ``/qa/mail``, so that a customer can
be registered and activated by hand. Everything ends, and nothing is kept, when the desktop is closed.
"""

from __future__ import annotations

import argparse
import signal
import sys
import tempfile
import webbrowser
from contextlib import ExitStack
from pathlib import Path

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from reviewer_app.app.bootstrap import Options, build
from reviewer_app.app.paths import AppPaths
from reviewer_app.store.vault import MemoryVault
from tests.e2e.stack import STAFF_PASSWORD, Server

USERNAME = "anna.lis"
INTERRUPT_CHECK_MS = 200


def open_desktop(server_url: str, folder: Path) -> None:
    """Open the desktop signed in; returns when its window was closed or Ctrl-C was pressed."""
    qt = QApplication([])
    options = Options(
        paths=AppPaths(folder), server_url=server_url, credentials=(USERNAME, STAFF_PASSWORD), vault=MemoryVault()
    )
    application = build(qt, options)
    application.show()
    signal.signal(signal.SIGINT, lambda *_: qt.quit())
    # Qt's loop does not let Python look at signals: an empty timer does.
    awake = QTimer()
    awake.timeout.connect(int)
    awake.start(INTERRUPT_CHECK_MS)
    try:
        qt.exec()
    finally:
        awake.stop()
        application.close()


def main(arguments: list[str] | None = None) -> int:
    """Run the demonstration; gives the exit code."""
    parser = argparse.ArgumentParser(prog="demo", description=__doc__)
    parser.add_argument("--companies", type=int, default=40, help="how many cases to seed")
    parser.add_argument("--no-browser", action="store_true", help="do not open the portal in the browser")
    chosen = parser.parse_args(arguments)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="reviewer-demo-")))
        server = Server(folder / "server", "", bench=True)
        print(f"Seeding {chosen.companies} companies …", flush=True)
        server.command("seed", "--companies", str(chosen.companies))
        server.add_staff(USERNAME, "reviewer", "Anna Lis")
        server.add_staff("jan.buk", "supervisor", "Jan Buk")
        stack.enter_context(server)
        print(f"Portal for customers:  {server.url}")
        print(f"Test bench and mails:  {server.url}/qa")
        print(f"Desktop for staff:     opens now, signed in as {USERNAME}")
        print(f"Another account:       jan.buk (supervisor); the password of both is {STAFF_PASSWORD}")
        print("Close the desktop to end.", flush=True)
        if not chosen.no_browser:
            webbrowser.open(f"{server.url}/qa")
        open_desktop(server.url, folder / "desktop")
    return 0


if __name__ == "__main__":
    sys.exit(main())
