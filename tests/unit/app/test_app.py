# SPDX-License-Identifier: AGPL-3.0-or-later
"""The running desktop: quick to its first frame, alone on its data, quiet about persons, and gone when it is closed."""

from __future__ import annotations

import logging
import os
import signal
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from reviewer_app.app.bootstrap import Application, Options, build
from reviewer_app.app.command import parse, run
from reviewer_app.app.crash import CrashReports
from reviewer_app.app.hand_over import Listener, hand_over, instance_name
from reviewer_app.app.languages import Languages
from reviewer_app.app.logs import ProgramLog
from reviewer_app.app.paths import AppPaths
from reviewer_app.app.single_instance import AlreadyRunning, InstanceLock, take_turn
from reviewer_app.app.trace import FileTracer, NoTracer, tracer_of
from reviewer_app.contract.scrub import scrubbed
from reviewer_app.contract.states import DocumentKind
from reviewer_app.models.queue.queue_model import QueueModel
from reviewer_app.store.errors import StoreUnwritable
from reviewer_app.store.files import snapshot_path
from reviewer_app.store.vault import MemoryVault
from reviewer_app.views.common.actions import ActionId
from tests.fakes.gateway_http import HttpFake
from tests.fakes.gateway_memory import PASSWORD
from tests.fakes.gateway_server import FakeServer
from tests.support.waiting import wait_until

ROOT = Path(__file__).resolve().parents[3]
PESEL = "01610512341"
KEYRING = "keyring.backends.null.Keyring"


@pytest.fixture
def qt(qtbot: QtBot) -> QApplication:
    application = QApplication.instance()
    assert isinstance(application, QApplication)
    return application


@pytest.fixture
def server() -> FakeServer:
    made = FakeServer()
    made.add_user("anna")
    made.add_company("Żółw sp. z o.o.", "9990000184", {DocumentKind.AUTHORIZATION: b"sheet"})
    return made


@pytest.fixture
def http(server: FakeServer) -> Iterator[HttpFake]:
    with HttpFake(server) as made:
        yield made


class TestStart:
    def test_the_first_frame_needs_neither_database_nor_http_nor_validators(self) -> None:
        code = (
            "import sys, reviewer_app.app.command\n"
            "heavy = {'pydantic', 'sqlalchemy', 'urllib3', 'keyring', 'pymupdf', 'stdnum', 'ssl', 'numpy',"
            " 'fastapi', 'multiprocessing', 'PySide6.QtNetwork', 'platformdirs', 'reviewer_app.views.shell.screens',"
            " 'reviewer_app.views.style', 'reviewer_app.desk.rows', 'reviewer_app.background.runner'}\n"
            "print(sorted(heavy & set(sys.modules)))"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout.strip() == "[]"

    def test_qt_does_not_read_through_what_is_imported_after_it(self) -> None:
        code = (
            "import sys; sys.argv = ['reviewer-app', '--version']\n"
            "from reviewer_app.app.__main__ import main\n"
            "try: main()\n"
            "except SystemExit as end: assert end.code == 0\n"
            "import linecache; print(sorted(path for path in linecache.cache if 'reviewer_app' in path))"
        )
        done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
        assert done.stdout.splitlines()[-1] == "[]"

    def test_the_window_is_drawn_first_and_then_gets_its_screens(
        self, qtbot: QtBot, qt: QApplication, server: FakeServer, http: HttpFake, tmp_path: Path
    ) -> None:
        options = Options(
            paths=AppPaths(tmp_path),
            server_url=http.url,
            credentials=("anna", PASSWORD),
            vault=MemoryVault(),
            theme="dark",
        )
        application = build(qt, options, ground_first=True)
        window = application.main_window
        furnished: list[bool] = []
        application.drawn.connect(lambda: furnished.append(window.furnished))
        application.open_company(next(iter(server.companies)))
        application.show()
        qtbot.waitUntil(lambda: window.furnished, timeout=60_000)
        assert furnished == [False]
        search = window.findChild(QLineEdit, "queueSearch")
        assert isinstance(search, QLineEdit)
        assert search.font().family() == "Inter"
        qtbot.waitUntil(lambda: _name_shown(window) == "Żółw sp. z o.o.", timeout=60_000)
        assert application.close(60) == ()

    def test_what_work_on_cases_needs_is_not_loaded_by_the_windows_thread(self, http: HttpFake, tmp_path: Path) -> None:
        code = (
            "import sys, threading\n"
            "from pathlib import Path\n"
            "heavy = ('pydantic', 'reviewer_app.desk.work', 'reviewer_app.views.case', 'reviewer_app.views.settings')\n"
            "late = []\n"
            "def loads(event, details):\n"
            "    if event == 'import' and threading.current_thread() is threading.main_thread():\n"
            "        late.extend(name for name in details[:1] if name.startswith(heavy))\n"
            "from reviewer_app.app.qt_start import load_qt; load_qt()\n"
            "from PySide6.QtCore import QTimer\n"
            "from PySide6.QtWidgets import QApplication, QWidget\n"
            "from reviewer_app.app.bootstrap import Options, build\n"
            "from reviewer_app.app.paths import AppPaths\n"
            "from reviewer_app.store.vault import MemoryVault\n"
            "sys.addaudithook(loads)\n"
            "qt = QApplication([])\n"
            f"paths, who = AppPaths(Path({str(tmp_path)!r})), ('anna', {PASSWORD!r})\n"
            f"application = build(qt, Options(paths=paths, server_url={http.url!r}, credentials=who, vault=MemoryVault()))\n"
            "def look():\n"
            "    if application.main_window.findChild(QWidget, 'caseView') is not None: qt.quit()\n"
            "timer = QTimer(interval=20); timer.timeout.connect(look); timer.start()\n"
            "application.show(); qt.exec()\n"
            "loaded = 'reviewer_app.views.case.case_view' in sys.modules and 'pydantic' in sys.modules\n"
            "application.close(); print(loaded, late)"
        )
        done = subprocess.run(
            [sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True, timeout=60
        )
        assert done.stdout.strip() == "True []"

    @pytest.mark.skipif(sys.platform == "win32", reason="there no signal makes a fault")
    def test_a_fault_of_native_code_leaves_a_report_that_the_next_start_keeps(
        self, http: HttpFake, tmp_path: Path
    ) -> None:
        reports = AppPaths(tmp_path / "data").reports
        for number in (signal.SIGSEGV, signal.SIGTERM):
            trace = tmp_path / f"trace-{number}"
            command = [
                sys.executable,
                "-m",
                "reviewer_app.app",
                "--data-dir",
                str(tmp_path / "data"),
                "--server",
                http.url,
            ]
            environment = {**os.environ, "REVIEWER_TRACE_START": str(trace), "PYTHON_KEYRING_BACKEND": KEYRING}
            with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
                wait_until(partial(_desk_stands, trace), what="the desk")
                process.send_signal(number)
                process.communicate(timeout=60)
        (report,) = reports.iterdir()
        assert "Fatal Python error: Segmentation fault" in report.read_text(encoding="utf-8")
        assert stat.S_IMODE(report.stat().st_mode) == 0o600

    def test_a_signal_ends_it_quietly(self, http: HttpFake, tmp_path: Path) -> None:
        trace = tmp_path / "trace"
        command = [sys.executable, "-m", "reviewer_app.app", "--data-dir", str(tmp_path / "data"), "--server", http.url]
        environment = {**os.environ, "REVIEWER_TRACE_START": str(trace), "PYTHON_KEYRING_BACKEND": KEYRING}
        with subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.PIPE, text=True) as process:
            wait_until(partial(_desk_stands, trace), what="the desk")
            process.terminate()
            _, told = process.communicate(timeout=60)
        assert (process.returncode, told) == (0, "")

    def test_it_starts_signs_in_shows_the_queue_and_is_gone_afterwards(
        self, qtbot: QtBot, qt: QApplication, http: HttpFake, tmp_path: Path
    ) -> None:
        trace = tmp_path / "trace"
        options = Options(
            paths=AppPaths(tmp_path), server_url=http.url, credentials=("anna", PASSWORD), vault=MemoryVault()
        )
        application = build(qt, options, tracer=FileTracer(trace))
        with qtbot.waitSignal(application.main_window.queue_shown, timeout=60_000):
            application.show()
        assert application.close(60) == ()
        assert application.close() == ()
        marks = [line.split()[0] for line in trace.read_text().splitlines()]
        assert marks == ["window_made", "first_frame", "desk_ready", "queue_interactive", "queue_live"]

    def test_the_second_start_draws_the_queue_of_the_first(
        self, qtbot: QtBot, qt: QApplication, http: HttpFake, tmp_path: Path
    ) -> None:
        vault = _leave_a_queue(qtbot, qt, http, tmp_path)
        trace = tmp_path / "trace"
        second = build(qt, Options(paths=AppPaths(tmp_path), vault=vault), tracer=FileTracer(trace))
        with qtbot.waitSignal(second.main_window.queue_shown, timeout=60_000):
            second.show()
        assert second.close(60) == ()
        marks = [line.split()[0] for line in trace.read_text().splitlines()]
        assert marks == ["window_made", "first_frame", "queue_interactive", "desk_ready", "queue_live"]

    def test_keys_pressed_before_the_server_has_answered_are_not_lost(
        self, qtbot: QtBot, qt: QApplication, http: HttpFake, tmp_path: Path
    ) -> None:
        vault = _leave_a_queue(qtbot, qt, http, tmp_path)
        second = build(qt, Options(paths=AppPaths(tmp_path), vault=vault))
        window = second.main_window
        window.show()
        search = window.findChild(QLineEdit, "queueSearch")
        assert isinstance(search, QLineEdit)
        assert second.desk is None
        for action in (ActionId.SEARCH, ActionId.NEXT_CASE):
            assert window.actions_registry[action].isEnabled()
            window.actions_registry[action].trigger()
        QTest.keyClicks(search, "999000")
        qtbot.waitUntil(lambda: _name_shown(window) == "Żółw sp. z o.o.", timeout=60_000)
        model = window.findChild(QueueModel)
        assert isinstance(model, QueueModel)
        qtbot.waitUntil(lambda: model.query.search == "999000", timeout=60_000)
        assert second.close(60) == ()

    def test_closing_while_it_still_loads_leaves_nothing(self, qtbot: QtBot, qt: QApplication, tmp_path: Path) -> None:
        application = build(qt, Options(paths=AppPaths(tmp_path), vault=MemoryVault()))
        with qtbot.waitSignal(application.drawn, timeout=60_000):
            application.show()
        assert application.close(60) == ()

    @pytest.mark.parametrize(
        ("link", "company_id"),
        [
            ("reviewer://company/0f3a", "0f3a"),
            ("reviewer://company/0f3a/", "0f3a"),
            ("reviewer://company/../etc", ""),
            ("https://company/0f3a", ""),
            ("reviewer://company/", ""),
        ],
    )
    def test_a_link_leads_to_a_case_or_is_refused(
        self, link: str, company_id: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        if company_id:
            assert parse([link]).open == company_id
            return
        with pytest.raises(SystemExit):
            parse([link])
        assert "reviewer://company/ID" in capsys.readouterr().out

    @pytest.mark.skipif(sys.platform == "win32", reason="there it is the registry")
    def test_links_are_registered_for_the_person_who_asks(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path))
        assert run(["--register-links"]) == 0
        assert "reviewer://company/ID" in capsys.readouterr().out
        written = (tmp_path / "applications" / "reviewer-app-links.desktop").read_text()
        assert "MimeType=x-scheme-handler/reviewer;" in written

    def test_a_wrong_option_ends_with_the_usage(self, capsys: pytest.CaptureFixture[str]) -> None:
        with pytest.raises(SystemExit) as raised:
            parse(["--servr", "x"])
        assert raised.value.code == 2
        assert "usage: reviewer-app" in capsys.readouterr().out

    def test_the_marks_of_the_start_are_written_only_when_asked_for(self, tmp_path: Path) -> None:
        assert isinstance(tracer_of({}), NoTracer)
        tracer = tracer_of({"REVIEWER_TRACE_START": str(tmp_path / "trace")})
        tracer.mark("first_frame")
        name, moment = (tmp_path / "trace").read_text().split()
        assert name == "first_frame"
        assert int(moment) > 0


def _desk_stands(trace: Path) -> bool:
    return trace.exists() and "desk_ready" in trace.read_text()


def _leave_a_queue(qtbot: QtBot, qt: QApplication, http: HttpFake, folder: Path) -> MemoryVault:
    """Start for the first time and end, so that the next start finds a queue and a session; gives the session's place."""
    vault = MemoryVault()
    options = Options(paths=AppPaths(folder), server_url=http.url, credentials=("anna", PASSWORD), vault=vault)
    first = build(qt, options)
    with qtbot.waitSignal(first.main_window.queue_shown, timeout=60_000):
        first.show()
    qtbot.waitUntil(snapshot_path(options.paths.store).exists, timeout=60_000)  # it is kept after it is shown
    assert first.close(60) == ()
    return vault


def _name_shown(window: QWidget) -> str:
    name = window.findChild(QLabel, "caseName")
    return name.text() if isinstance(name, QLabel) and name.isVisible() else ""


class TestSingleInstance:
    def test_a_second_start_hands_over_what_it_was_to_show(self, qtbot: QtBot, tmp_path: Path) -> None:
        name = instance_name(tmp_path)
        listener = Listener(name)
        assert listener.listening
        with qtbot.waitSignal(listener.called, timeout=30_000) as blocker:
            results, thread = _handing_over(name, "firma-ąę")
        thread.join()
        assert results == [True]
        assert blocker.args == ["firma-ąę"]
        listener.close()
        assert not hand_over(name, seconds=0)

    def test_a_second_start_waits_until_the_first_has_drawn_its_window_and_listens(
        self, qtbot: QtBot, tmp_path: Path
    ) -> None:
        name = instance_name(tmp_path)
        results, thread = _handing_over(name, "firma")
        listener = Listener(name)
        with qtbot.waitSignal(listener.called, timeout=30_000):
            pass
        thread.join()
        listener.close()
        assert results == [True]

    def test_two_data_folders_are_two_programs(self, tmp_path: Path) -> None:
        assert instance_name(tmp_path / "a") != instance_name(tmp_path / "b")
        assert instance_name(tmp_path / "a") == instance_name(tmp_path / "a" / ".." / "a")
        locks = [InstanceLock(tmp_path / "a"), InstanceLock(tmp_path / "b")]
        assert [lock.held_elsewhere for lock in locks] == [False, False]
        for lock in locks:
            lock.release()

    def test_one_process_at_a_time_has_the_folder_and_a_killed_one_gives_it_free(self, tmp_path: Path) -> None:
        code = (
            "import sys; from pathlib import Path; from reviewer_app.app.single_instance import InstanceLock\n"
            "lock = InstanceLock(Path(sys.argv[1])); print(lock.held_elsewhere, flush=True); sys.stdin.read()"
        )
        holder = subprocess.Popen(
            [sys.executable, "-c", code, str(tmp_path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
        )
        assert holder.stdout is not None
        assert holder.stdout.readline().strip() == "False"
        assert InstanceLock(tmp_path).held_elsewhere
        with pytest.raises(AlreadyRunning):
            take_turn(tmp_path, seconds=0)
        holder.kill()
        ending = threading.Thread(target=holder.communicate)  # until then the system counts it among those that run
        ending.start()
        lock = take_turn(tmp_path, seconds=60)
        ending.join()
        assert lock is not None, "who ends while one waits gives it free"
        lock.release()

    def test_a_folder_that_cannot_be_made_is_said_so(self, tmp_path: Path) -> None:
        (tmp_path / "data").write_text("a file where the folder should be")
        with pytest.raises(StoreUnwritable):
            InstanceLock(tmp_path / "data")


def _handing_over(name: str, company_id: str) -> tuple[list[bool], threading.Thread]:
    results: list[bool] = []
    thread = threading.Thread(target=lambda: results.append(hand_over(name, company_id, seconds=30)))
    thread.start()
    return results, thread


class TestPrivacy:
    @pytest.mark.parametrize(
        "text",
        [
            f"customer {PESEL} called",
            "Authorization: Bearer abc.def-ghi",
            '{"access_token": "sekret-abc", "x": 1}',
            "refresh_token='sekret-abc'",
            "password=sekret-abc",
            "https://jan:sekret-abc@proxy.test/path",
            "jan.kowalski@firma.test wrote",
            "lease_token: sekret-abc",
        ],
    )
    def test_what_is_nobodys_business_is_taken_out(self, text: str) -> None:
        clean = scrubbed(text)
        for secret in (PESEL, "abc.def-ghi", "sekret-abc", "jan.kowalski"):
            assert secret not in clean

    def test_what_helps_stays(self) -> None:
        text = "GET /api/v1/staff/companies/9f2c failed: 503 for NIP 9990000184 at 12:30:01"
        assert scrubbed(text) == text

    def test_the_log_holds_neither_numbers_nor_tokens(self, tmp_path: Path) -> None:
        log = ProgramLog(tmp_path)
        logger = logging.getLogger("reviewer.test")
        try:
            raise ValueError(f"PESEL {PESEL}")
        except ValueError:
            logger.exception("failed for %s with token=%s", PESEL, "sekret-abc")
        log.stop()
        written = (tmp_path / "reviewer.log").read_text(encoding="utf-8")
        assert "failed for" in written
        assert "ValueError" in written
        assert PESEL not in written
        assert "sekret-abc" not in written

    def test_a_log_that_ended_leaves_the_loggers_as_it_found_them(self, tmp_path: Path) -> None:
        loggers = [logging.getLogger(), logging.getLogger("urllib3")]
        before = [(logger.level, list(logger.handlers)) for logger in loggers]
        log = ProgramLog(tmp_path)
        assert logging.getLogger().level == logging.INFO
        log.stop()
        assert [(logger.level, list(logger.handlers)) for logger in loggers] == before
        loggers[0].setLevel(logging.ERROR)
        log.stop()  # a second end must not take back what others set meanwhile
        assert loggers[0].level == logging.ERROR
        loggers[0].setLevel(before[0][0])

    def test_a_crash_leaves_a_report_that_can_be_sent_on(self, tmp_path: Path) -> None:
        told: list[BaseException] = []
        reports = CrashReports(tmp_path / "reports", told.append)
        error = RuntimeError(f"broken at {PESEL}")
        reports.handle(error)
        (path,) = (tmp_path / "reports").iterdir()
        report = path.read_text(encoding="utf-8")
        assert "RuntimeError" in report
        assert "Reviewer" in report
        assert PESEL not in report
        assert told == [error]
        if sys.platform != "win32":
            assert stat.S_IMODE(path.stat().st_mode) == 0o600

    def test_only_the_last_reports_are_kept(self, tmp_path: Path) -> None:
        reports = CrashReports(tmp_path, lambda _error: None)
        paths = [reports.save(ValueError(str(number))) for number in range(25)]
        assert {path for path in paths[-20:] if path} == set(tmp_path.iterdir())

    def test_uncaught_errors_of_threads_are_reported_too(self, tmp_path: Path) -> None:
        told: list[BaseException] = []
        reports = CrashReports(tmp_path, told.append)
        reports.install()
        try:
            thread = threading.Thread(target=lambda: 1 / 0)
            thread.start()
            thread.join()
        finally:
            reports.uninstall()
        assert [type(error) for error in told] == [ZeroDivisionError]


class TestLanguages:
    def test_qts_own_texts_are_polish_when_polish_is_chosen(self, qt: QApplication) -> None:
        languages = Languages(qt)
        try:
            assert "qtbase_pl" in languages.use("pl")
            assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Anuluj"
            languages.use("en")
            assert QCoreApplication.translate("QPlatformTheme", "Cancel") == "Cancel"
        finally:
            languages.clear()

    def test_a_missing_catalogue_is_no_error(self, qt: QApplication, tmp_path: Path) -> None:
        languages = Languages(qt, tmp_path)
        assert "reviewer_pl" not in languages.use("pl")
        languages.clear()


def test_an_error_from_any_thread_is_shown_in_the_window(qtbot: QtBot, qt: QApplication, tmp_path: Path) -> None:
    bugs: list[BaseException] = []
    application: Application = build(
        qt, Options(paths=AppPaths(tmp_path), vault=MemoryVault(), language="en"), report=bugs.append
    )
    error = LookupError("nobody expected this")

    def fail() -> None:
        raise error

    application.runner.run(fail, owner=application)
    qtbot.waitUntil(lambda: bool(bugs), timeout=30_000)
    assert bugs == [error]
    assert application.close(60) == ()
