# SPDX-License-Identifier: AGPL-3.0-or-later
"""Make the pictures of `docs/tour/`: the real server with seeded, invented companies, and the real window.

`python -m tools.make_tour` writes each screen in Polish and English, light and dark, 1366 × 768 without a frame, and the
page that shows them.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Callable
from io import BytesIO
from pathlib import Path

from PIL import Image
from PySide6.QtCore import QBuffer, QIODevice
from PySide6.QtWidgets import QApplication, QDialog, QLabel, QWidget

from reviewer_app.app.bootstrap import Application, Options, build
from reviewer_app.app.paths import AppPaths
from reviewer_app.store.vault import MemoryVault
from reviewer_app.views.common.actions import ActionId
from reviewer_app.views.queue.table import QueueTable
from reviewer_app.views.settings.settings_view import SettingsView
from tests.e2e.mailbox import Mailbox
from tests.e2e.stack import STAFF_PASSWORD, Server
from tests.e2e.staff import Staff
from tools.staging import NOTED, PEOPLE, SUPERVISOR, leave_traces, wait_until_read

FOLDER = Path(__file__).resolve().parent.parent / "docs" / "tour"
SIZE = (1366, 768)
COMPANIES = 30
COLOURS = 256
LOOKS = tuple((language, theme) for language in ("pl", "en") for theme in ("light", "dark"))
SCREENS = {
    "queue": "The queue: working time, who has what, checks at a glance, what is new",
    "several": "Acts on several cases at once",
    "case": "A case: documents, declared data, the scan, the decision",
    "mail": "The mail exactly as the customer gets it, before anything is sent",
    "history": "History that can be filtered, and notes that name a colleague",
    "dashboard": "The dashboard",
    "keys": "Every action has a key of its own",
    "palette": "Actions and cases found by name",
}
SETTLE_SECONDS = 1.2


class Tour:
    """Takes the pictures of one look."""

    def __init__(self, application: Application, staff: Staff, look: str) -> None:
        self._application = application
        self._staff = staff
        self._look = look

    def take(self) -> None:
        """Walk through the screens."""
        table = self._staff.see(QueueTable, "queueTable")
        self._staff.wait("the queue to fill", lambda: table.model().rowCount() > 3)
        self._staff.wait("the views", lambda: self._window.findChild(QWidget, "queueViews") is not None)
        self._save("queue")
        table.selectRow(1)
        for place in (2, 3):
            table.selectionModel().select(
                table.model().index(place, 0),
                table.selectionModel().SelectionFlag.Select | table.selectionModel().SelectionFlag.Rows,
            )
        self._save("several")
        self._staff.open_case(str(table.model().index(NOTED, 0).data()))
        self._staff.claim()
        self._staff.look_at_document(1)
        self._staff.key("A")
        self._staff.key("Home")
        self._save("case")
        self._act(ActionId.ACCEPT_ALL)
        self._act(ActionId.APPROVE)
        self._staff.wait("the mail", lambda: self._shown("mailPreview"))
        self._save("mail")
        self._staff.key("Escape")
        self._staff.show_history()
        self._save("history")
        self._act(ActionId.SHOW_DASHBOARD)
        self._save("dashboard")
        self._act(ActionId.SHOW_SETTINGS)
        self._staff.see(SettingsView, "settingsView").show_page("keySettings")
        self._save("keys")
        self._act(ActionId.SHOW_PALETTE)
        self._save("palette", self._window.findChild(QDialog, "palette"))

    @property
    def _window(self) -> QWidget:
        return self._application.main_window

    def _act(self, action: ActionId) -> None:
        self._application.main_window.actions_registry[action].trigger()

    def _shown(self, name: str) -> bool:
        found = self._window.findChild(QWidget, name)
        return found is not None and found.isVisible()

    def _save(self, name: str, widget: QWidget | None = None) -> None:
        self._staff.turn(SETTLE_SECONDS)
        buffer = QBuffer()
        buffer.open(QIODevice.OpenModeFlag.WriteOnly)
        (widget or self._window).grab().save(buffer, "PNG")
        path = FOLDER / f"{name}-{self._look}.png"
        with Image.open(BytesIO(buffer.data().data())) as taken:
            picture = taken.convert("RGB").quantize(COLOURS, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
            picture.save(path, optimize=True)
        print(f"{path}: {path.stat().st_size} bytes")


def walk(qt: QApplication, folder: Path, url: str, *, language: str, theme: str, username: str) -> None:
    """Open the desktop in one look and take its pictures."""
    options = Options(
        paths=AppPaths(folder),
        server_url=url,
        credentials=(username, STAFF_PASSWORD),
        vault=MemoryVault(),
        language=language,
        theme=theme,
    )
    application = build(qt, options)
    application.main_window.showNormal()
    application.main_window.setFixedSize(*SIZE)
    try:
        staff = Staff(application.main_window)
        staff.wait("the sign-in", _signed_in(staff))
        Tour(application, staff, f"{language}-{theme}").take()
    finally:
        application.close()


def _signed_in(staff: Staff) -> Callable[[], bool]:
    return lambda: bool(staff.see(QLabel, "signedInName").text())


def write_page() -> None:
    """Write the page that shows the pictures."""
    lines = ["# A tour of the desktop", "", "Made from the running program by `python -m tools.make_tour`.", ""]
    for name, words in SCREENS.items():
        lines += [f"## {words}", "", "| | light | dark |", "|---|---|---|"]
        for language, title in (("pl", "Polski"), ("en", "English")):
            pictures = " | ".join(f"![{words}]({name}-{language}-{theme}.png)" for theme in ("light", "dark"))
            lines.append(f"| {title} | {pictures} |")
        lines.append("")
    (FOLDER / "README.md").write_text("\n".join(lines), encoding="utf-8")


def main() -> int:
    """Make all pictures; gives the exit code."""
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    FOLDER.mkdir(parents=True, exist_ok=True)
    qt = QApplication([])
    for language, theme in LOOKS:
        with tempfile.TemporaryDirectory(prefix="reviewer-tour-") as made, Mailbox() as mailbox:
            server = Server(Path(made) / "server", mailbox.url)
            server.command("seed", "--companies", str(COMPANIES))
            for person in PEOPLE:
                server.add_staff(person[0], "supervisor" if person is SUPERVISOR else "reviewer", person[1])
            with server:
                leave_traces(server.url, wait_until_read(server.url, SUPERVISOR[0]), language)
                walk(qt, Path(made) / "desktop", server.url, language=language, theme=theme, username=SUPERVISOR[0])
    write_page()
    return 0


if __name__ == "__main__":
    sys.exit(main())
