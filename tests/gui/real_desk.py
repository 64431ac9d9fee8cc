# SPDX-License-Identifier: AGPL-3.0-or-later
"""A real window on the real backend: database, documents, mails and all, with other people at work beside it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtWidgets import QApplication, QMenu, QToolButton
from pytestqt.qtbot import QtBot

from reviewer_app.app.bootstrap import Options, build
from reviewer_app.app.paths import AppPaths
from reviewer_app.store.vault import MemoryVault
from tests.gui.conftest import SMALL_SCREEN, WAIT_MS, Driver
from tests.support.numbers import NIPS
from tests.support.world import PASSWORD, World
from tests.unit.backend.engines import SqliteEngine
from tests.unit.backend.worlds import make_world, world, world_pool

__all__ = ["RealWindow", "engine", "make_world", "open_window", "signed_in", "world", "world_pool"]


@pytest.fixture(scope="session")
def engine(sqlite_engine: SqliteEngine) -> SqliteEngine:
    """Databases of one kind: what differs between the two is not the desk's."""
    return sqlite_engine


class RealWindow(Driver):
    """A window on the real backend."""

    world: World

    def choose(self, button: str, action: str) -> None:
        """Open the menu of a button and choose an action by its name."""
        found = self.find(button, QToolButton)
        menu = found.menu()
        assert isinstance(menu, QMenu)
        menu.aboutToShow.emit()
        chosen = next((one for one in menu.actions() if one.objectName() == action), None)
        assert chosen is not None, [one.objectName() for one in menu.actions()]
        chosen.trigger()


def companies(world: World, count: int = 3) -> list[str]:
    """Submit companies whose names tell their order."""
    return [
        world.customer().submitted(name=f"Firma {number}", nip=NIPS[number], krs=f"000999000{number}")
        for number in range(count)
    ]


OpenWindow = Callable[..., RealWindow]


@pytest.fixture
def open_window(qapp: QApplication, qtbot: QtBot, world: World, tmp_path: Path) -> Iterator[OpenWindow]:
    """Open windows on the backend, each with a folder of its own; closed at the end."""
    with ExitStack() as stack:

        def open_one(folder: str = "desk", *, language: str = "en", hold_seconds: int = 0) -> RealWindow:
            options = Options(paths=AppPaths(tmp_path / folder), language=language, theme="light", vault=MemoryVault())
            application = build(qapp, options)
            application.preferences.set_hold_seconds(hold_seconds)
            made = RealWindow(application, qtbot)
            made.world, made.address = world, str(world.client.base_url).rstrip("/")

            def close() -> None:
                application.main_window.language_changed.emit("en")
                assert application.close() == ()
                qapp.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)

            stack.callback(close)
            application.main_window.setWindowState(Qt.WindowState.WindowNoState)
            application.main_window.resize(*SMALL_SCREEN)
            with qtbot.waitSignal(application.ready, timeout=WAIT_MS):
                application.show()
            application.main_window.activateWindow()
            qtbot.waitUntil(application.main_window.isActiveWindow, timeout=WAIT_MS)
            return made

        yield open_one


@pytest.fixture
def signed_in(open_window: OpenWindow, world: World) -> RealWindow:
    """A window with anna signed in and three companies waiting."""
    world.staff()
    companies(world)
    window = open_window()
    window.sign_in(password=PASSWORD)
    window.until(lambda: window.shown("queueViews"), "the queue is grown")
    return window
