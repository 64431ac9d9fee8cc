# SPDX-License-Identifier: AGPL-3.0-or-later
"""Make the pictures of the README: the real server with seeded, invented companies, and the real window.

`python -m tools.make_pictures` writes `docs/pictures/queue.png` and `case.png`: Polish, light, 1366 × 768, no frame.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QApplication, QLabel, QTableView

from reviewer_app.app.bootstrap import Options, build
from reviewer_app.app.paths import AppPaths
from reviewer_app.store.vault import MemoryVault
from reviewer_app.views.common.tokens import MARK_MS
from reviewer_app.views.queue.table import QueueTable
from tests.e2e.mailbox import Mailbox
from tests.e2e.stack import STAFF_PASSWORD, Server
from tests.e2e.staff import Staff
from tools.staging import wait_until_read

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "pictures"
SIZE = (1366, 768)
COMPANIES = 30
COLOURS = 256
MOST_BYTES = 300_000
USERNAME = "anna.lis"
SHOWN_CASE = 1
HELD_CASE = 3
AUTHORIZATION = 2
SETTLE_SECONDS = 1.5


@contextmanager
def desktop(folder: Path, server_url: str) -> Iterator[Staff]:
    """Open the desktop signed in, in the size of the pictures."""
    qt = QApplication([])
    options = Options(
        paths=AppPaths(folder),
        server_url=server_url,
        credentials=(USERNAME, STAFF_PASSWORD),
        vault=MemoryVault(),
        language="pl",
        theme="light",
    )
    application = build(qt, options)
    application.main_window.showNormal()
    application.main_window.setFixedSize(*SIZE)
    try:
        yield Staff(application.main_window)
    finally:
        application.close()


def save(staff: Staff, name: str) -> None:
    """Write a picture of the window. Raises ValueError when it is too large for a README."""
    staff.turn(SETTLE_SECONDS)
    buffer = QBuffer()
    buffer.open(QIODevice.OpenModeFlag.WriteOnly)
    staff.see(QLabel, "signedInName").window().grab().save(buffer, "PNG")
    path = FOLDER / f"{name}.png"
    with Image.open(BytesIO(buffer.data().data())) as taken:
        picture = taken.convert("RGB")
        picture.quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE).save(path, optimize=True)
    if path.stat().st_size > MOST_BYTES:
        raise ValueError(f"{path} has {path.stat().st_size} bytes")
    print(f"{path}: {path.stat().st_size} bytes")


def take(staff: Staff) -> None:
    """Take the queue with a case of one's own, then a claimed case with a verdict."""
    table = staff.see(QueueTable, "queueTable")
    staff.wait("the queue to fill", lambda: table.model().rowCount() > HELD_CASE)
    names = [str(table.model().index(row, 0).data()) for row in range(table.model().rowCount())]
    staff.open_case(names[HELD_CASE])
    staff.claim()
    staff.back_to_queue()
    staff.turn(MARK_MS / 1000)  # what changed by itself is tinted for a moment
    staff.see(QTableView, "queueTable").setCurrentIndex(table.model().index(SHOWN_CASE, 0))
    save(staff, "queue")
    staff.open_case(names[SHOWN_CASE])
    staff.claim()
    staff.look_at_document(1)
    staff.key("A")
    staff.look_at_document(AUTHORIZATION)
    staff.key("F")
    staff.key("A")
    save(staff, "case")


def main() -> int:
    """Make both pictures; gives the exit code."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="reviewer-pictures-") as made, Mailbox() as mailbox:
        server = Server(Path(made) / "server", mailbox.url)
        server.command("seed", "--companies", str(COMPANIES))
        server.add_staff(USERNAME, "reviewer", "Anna Lis")
        with server:
            wait_until_read(server.url, USERNAME)
            with desktop(Path(made) / "desktop", server.url) as staff:
                take(staff)
    return 0


if __name__ == "__main__":
    sys.exit(main())
