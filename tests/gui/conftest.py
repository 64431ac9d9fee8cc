# SPDX-License-Identifier: AGPL-3.0-or-later
"""A real window on a fake server behind real sockets: real desk, real store, real drawing of pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import TypeVar

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.app.bootstrap import Application, Options, build
from reviewer_app.app.paths import AppPaths
from reviewer_app.models.queue.queue_model import QueueModel
from reviewer_app.store.vault import MemoryVault
from reviewer_app.views.queue.table import QueueTable
from tests.fakes.gateway_http import HttpFake
from tests.fakes.gateway_memory import PASSWORD
from tests.gui.scene import SceneServer, full_server

Found = TypeVar("Found", bound=QWidget)
WAIT_MS = 60_000
SMALL_SCREEN = (1366, 768)


class Driver:
    """The window under test, driven as a person would: by the names of what is on it."""

    def __init__(self, application: Application, bot: QtBot) -> None:
        self.application = application
        self.bot = bot
        self.main = application.main_window

    def find(self, name: str, kind: type[Found]) -> Found:
        """Give a widget by its object name; fails when it is not there."""
        found = self.main.findChild(kind, name)
        assert found is not None, f"there is no {kind.__name__} {name!r}"
        return found

    def application_object(self) -> QApplication:
        """Give the process's QApplication."""
        running = QApplication.instance()
        assert isinstance(running, QApplication)
        return running

    def widget(self, name: str) -> QWidget:
        """Give any widget by its object name."""
        return self.find(name, QWidget)

    def shown(self, name: str) -> bool:
        """Whether a widget is there and to be seen."""
        found = self.main.findChild(QWidget, name)
        return found is not None and found.isVisible()

    def click(self, name: str) -> None:
        """Click a button with the mouse, once it can be clicked."""
        button = self.find(name, QAbstractButton)
        self.until(lambda: button.isVisible() and button.isEnabled(), f"button {name} is live")
        QTest.mouseClick(button, Qt.MouseButton.LeftButton)

    def press(
        self, key: Qt.Key, *, on: str = "", modifiers: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier
    ) -> None:
        """Press a key in a widget, by default in the window."""
        QTest.keyClick(self.widget(on) if on else self.main, key, modifiers)

    def type_into(self, name: str, text: str) -> None:
        """Type a text into a field, character by character."""
        field = self.widget(name)
        field.setFocus()
        for character in text:
            for kind in (QEvent.Type.KeyPress, QEvent.Type.KeyRelease):
                QApplication.sendEvent(field, QKeyEvent(kind, 0, Qt.KeyboardModifier.NoModifier, character))

    def until(self, condition: Callable[[], object], what: str) -> None:
        """Wait until a condition holds."""

        def holds() -> None:
            assert condition(), what

        self.bot.waitUntil(holds, timeout=WAIT_MS)

    @property
    def queue(self) -> QueueModel:
        """The queue's rows, as the table shows them."""
        model = self.find("queueTable", QueueTable).model()
        assert isinstance(model, QueueModel)
        return model

    def names(self) -> list[str]:
        """List the companies in the queue from the top."""
        return [str(self.queue.index(place, 0).data()) for place in range(self.queue.rowCount())]

    def ids(self) -> tuple[str, ...]:
        """List the ids of the cases in the queue from the top."""
        rows = (self.queue.row_at(place) for place in range(self.queue.rowCount()))
        return tuple(row.id for row in rows if row is not None)

    def sign_in(self, username: str = "anna", password: str = PASSWORD) -> None:
        """Choose the server, sign in, and wait for the cases of the queue."""
        self.enter(username, password)
        self.until(lambda: self.queue.rowCount() > 0, "the queue has rows")

    def enter(self, username: str = "anna", password: str = PASSWORD) -> None:
        """Choose the server and sign in."""
        if self.shown("serverAddress"):
            self.find("serverAddress", QLineEdit).setText(self.address)
            self.click("checkServer")
        self.until(lambda: self.shown("username"), "the form asks for the user")
        self.find("username", QLineEdit).clear()
        self.type_into("username", username)
        self.type_into("password", password)
        self.click("signIn")
        self.until(lambda: self.shown("queueTable") or self.shown("queueEmpty"), "the queue is in front")

    address: str = ""
    stop_server: Callable[[], None]

    def open_case(self, place: int = 0) -> None:
        """Open a case of the queue with the keyboard."""
        table = self.find("queueTable", QueueTable)
        table.setCurrentIndex(self.queue.index(place, 0))
        self.press(Qt.Key.Key_Return, on="queueTable")
        self.until(lambda: self.shown("caseHeader"), "the case is shown")
        self.until(lambda: self.shown("document_1"), "its documents are listed")


class Window(Driver):
    """A window on a fake server that the test leads."""

    def __init__(self, application: Application, server: SceneServer, bot: QtBot) -> None:
        super().__init__(application, bot)
        self.server = server


@pytest.fixture
def window(request: pytest.FixtureRequest, qapp: QApplication, qtbot: QtBot, tmp_path: Path) -> Iterator[Window]:
    """A window of first start, in English, light, on a small screen; its parameter is the time that a page may take."""
    seconds: float | None = getattr(request, "param", None)
    server = full_server()
    with ExitStack() as running:
        fake = running.enter_context(HttpFake(server))
        paths, vault = AppPaths(tmp_path), MemoryVault()
        options = Options(paths=paths, language="en", theme="light", vault=vault, page_seconds=seconds)
        application = build(qapp, options)
        application.preferences.set_hold_seconds(3)
        made = Window(application, server, qtbot)
        made.address = fake.url
        made.stop_server = running.close
        application.main_window.setWindowState(Qt.WindowState.WindowNoState)
        application.main_window.resize(*SMALL_SCREEN)
        with qtbot.waitSignal(application.ready, timeout=WAIT_MS):
            application.show()
        application.main_window.activateWindow()
        qtbot.waitUntil(application.main_window.isActiveWindow, timeout=WAIT_MS)
        yield made
        application.main_window.language_changed.emit("en")  # translations belong to the process, not to the window
        left = application.close()
        qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    assert left == ()


@pytest.fixture
def desk_window(window: Window) -> Window:
    """A window with somebody signed in and the queue shown."""
    window.sign_in()
    return window
