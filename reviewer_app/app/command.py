# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line of the desktop, and its run from the first line to the last."""

from __future__ import annotations

import argparse
import contextlib
import os
import re
import signal
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

from PySide6.QtWidgets import QApplication

from reviewer_app import __version__
from reviewer_app.app.bootstrap import Application, Options, build
from reviewer_app.app.crash import CrashReports
from reviewer_app.app.paths import AppPaths
from reviewer_app.app.single_instance import take_turn
from reviewer_app.app.trace import tracer_of
from reviewer_app.desk.preferences import THEMES, Preferences
from reviewer_app.store.errors import StoreError

if TYPE_CHECKING:
    from reviewer_app.app.hand_over import Listener
    from reviewer_app.app.logs import ProgramLog
    from reviewer_app.store.vault import Vault

WINDOWS_APPLICATION_ID = "Reviewer.Desktop"


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """Read the command line; a wrong one ends the program with the usage."""
    parser = _Parser(prog="reviewer-app", description="Reviewer: verification of companies.", allow_abbrev=False)
    parser.add_argument("--server", metavar="URL", help="address of the Reviewer server")
    parser.add_argument("--language", choices=("pl", "en"), help="language of the window")
    parser.add_argument("--theme", choices=THEMES, help="colours of the window")
    parser.add_argument("--open", metavar="COMPANY", default="", help="id of the case to show first")
    parser.add_argument(
        "--register-links", action="store_true", help="open links reviewer://company/ID with this program"
    )
    parser.add_argument("link", nargs="?", default="", help="a link to a case, such as reviewer://company/ID")
    parser.add_argument("--data-dir", metavar="FOLDER", type=Path, help="folder for settings, drafts and documents")
    parser.add_argument("--self-test", action="store_true", help="try the installation without a server and a screen")
    parser.add_argument("--version", action="version", version=f"reviewer-app {__version__}")
    wanted = parser.parse_args(arguments)
    if wanted.link:
        wanted.open = company_of_link(wanted.link)
        if not wanted.open:
            parser.error(f"{wanted.link!r} is no link to a case: reviewer://company/ID")
    return wanted


def company_of_link(link: str) -> str:
    """Give the id of the case that a link ``reviewer://company/ID`` leads to; empty for anything else."""
    match = re.fullmatch(r"reviewer://company/([A-Za-z0-9_-]{1,64})/?", link)
    return match[1] if match is not None else ""


def run(arguments: Sequence[str], *, vault: Vault | None = None) -> int:
    """Run the desktop until its window is closed; gives the exit code."""
    _prepare_streams()
    wanted = parse(arguments)
    if wanted.register_links:
        return _register_links()
    if wanted.self_test:
        os.environ["QT_QPA_PLATFORM"] = "offscreen"
    _name_program()
    qt = QApplication.instance()
    if not isinstance(qt, QApplication):
        qt = QApplication(["reviewer-app"])
    if wanted.self_test:
        from reviewer_app.app.self_test import self_test  # noqa: PLC0415 -- only when it was asked for

        return self_test(qt, say)
    paths = AppPaths(wanted.data_dir.absolute()) if wanted.data_dir else AppPaths.of_user()
    options = Options(paths=paths, server_url=wanted.server, language=wanted.language, theme=wanted.theme, vault=vault)
    try:
        lock = take_turn(paths.root, wanted.open)
        if lock is None:
            return 0
        try:
            return _run_window(qt, options, wanted.open)
        finally:
            lock.release()
    except StoreError as error:
        _tell_and_give_up(error, paths)
        return 1


def _register_links() -> int:
    from platformdirs import user_data_path  # noqa: PLC0415 -- only when it was asked for

    from reviewer_app.app.links import register_links  # noqa: PLC0415 -- as above

    command = str(Path(sys.argv[0]).absolute())
    try:
        path = register_links(command, data_home=user_data_path())
    except OSError as error:
        say(f"reviewer-app: the links could not be registered: {error.strerror or error}")
        return 1
    say(f"links reviewer://company/ID open with {command}" + (f" ({path})" if path else ""))
    return 0


def say(line: str) -> None:
    """Write a line to whoever started the program from a console; a windowed program has nobody to tell."""
    if sys.stdout is not None:
        with contextlib.suppress(OSError, UnicodeError):
            sys.stdout.write(line + "\n")
            sys.stdout.flush()


def _run_window(qt: QApplication, options: Options, company_id: str) -> int:
    teller = _Teller()
    log = _Log(options.paths.logs)
    reports = CrashReports(options.paths.reports, teller.tell)
    reports.install()
    reports.catch_fatal()
    try:
        application = build(qt, options, tracer=tracer_of(os.environ), report=reports.note, ground_first=True)
        teller.application = application
        door = _Door(application, options.paths.root)
        application.ready.connect(log.start)
        application.settled.connect(log.start)
        application.settled.connect(door.open)
        _quit_on_signals(qt)
        application.show()
        if company_id:
            application.open_company(company_id)
        code = qt.exec()
        door.close()
        application.close()
        return code
    finally:
        reports.uninstall()
        log.stop()


class _Door:
    """Lets later starts in, from when the window stands: the network library takes as long as a part of it."""

    def __init__(self, application: Application, folder: Path) -> None:
        self._application = application
        self._folder = folder
        self._listener: Listener | None = None

    def open(self) -> None:
        """Listen from now on."""
        from reviewer_app.app.hand_over import Listener, instance_name  # noqa: PLC0415 -- see the class

        self._listener = Listener(instance_name(self._folder))
        self._listener.called.connect(self._application.open_company)

    def close(self) -> None:
        """Listen no more."""
        if self._listener is not None:
            self._listener.close()


class _Log:
    """The log, begun when the desk is there or cannot be: its library takes as long as a part of the window."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._log: ProgramLog | None = None

    def start(self) -> None:
        """Begin the log, once; without one the program runs all the same."""
        if self._log is not None:
            return
        from reviewer_app.app.logs import ProgramLog  # noqa: PLC0415 -- see the class

        with contextlib.suppress(StoreError, OSError):
            self._log = ProgramLog(self._folder)

    def stop(self) -> None:
        """End the log."""
        if self._log is not None:
            self._log.stop()


class _Teller:
    """Shows errors that nobody caught, once there is a window."""

    def __init__(self) -> None:
        self.application: Application | None = None

    def tell(self, error: BaseException) -> None:
        """Show an error; called in whatever thread it came up in."""
        if self.application is not None:
            self.application.failed.emit(error)


class _Parser(argparse.ArgumentParser):
    """Says what is wrong with the command line even where there is no console."""

    def error(self, message: str) -> NoReturn:
        say(f"{self.format_usage()}{self.prog}: {message}")
        raise SystemExit(2)


def _prepare_streams() -> None:
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(encoding="utf-8", errors="replace")


def _name_program() -> None:
    QApplication.setApplicationName("Reviewer")
    QApplication.setApplicationDisplayName("Reviewer")
    QApplication.setApplicationVersion(__version__)
    QApplication.setDesktopFileName("reviewer-app")
    if sys.platform == "win32":
        import ctypes  # noqa: PLC0415 -- only there

        ctypes.windll.shell32.SetCurrentProcessExplicitAppUserModelID(WINDOWS_APPLICATION_ID)


def _quit_on_signals(qt: QApplication) -> None:
    # The garbage guard's timer lets the interpreter see a signal within a second. The loop ends before the window is
    # closed: with `quit` it is the other way round, and what was still due would be drawn into a window that is gone.
    for number in (signal.SIGINT, signal.SIGTERM):
        signal.signal(number, lambda _number, _frame: qt.exit(0))


def _tell_and_give_up(error: StoreError, paths: AppPaths) -> None:
    from PySide6.QtWidgets import QMessageBox  # noqa: PLC0415 -- only when there is something to explain

    from reviewer_app.desk.errors import explain  # noqa: PLC0415 -- as above

    words = explain(error)
    language = Preferences(paths.preferences).language
    title, message = words.title.in_language(language), words.message.in_language(language)
    say(f"reviewer-app: {title}. {message}")
    QMessageBox.critical(None, title, message)
