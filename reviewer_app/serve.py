# SPDX-License-Identifier: AGPL-3.0-or-later
"""``reviewer-server``: the command line of the server, and the wiring of backend and portal."""

from __future__ import annotations

import argparse
import logging
import os
import re
import signal
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from rich.console import Console
from rich.progress import Progress
from sqlalchemy import inspect
from sqlalchemy.exc import DatabaseError
from starlette.types import ASGIApp

from reviewer_app import __version__
from reviewer_app.backend.application import Backend, Parts
from reviewer_app.backend.archive import ArchiveError, backup, restore, verify
from reviewer_app.backend.audit.service import History
from reviewer_app.backend.audit.signal import FeedSignal
from reviewer_app.backend.cases.assignments import end_all_of
from reviewer_app.backend.documents.storage import Storage, StorageAwayError, StorageError, open_storage
from reviewer_app.backend.kit.clock import Clock, SystemClock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.passwords import Passwords
from reviewer_app.backend.kit.schema import NewerSchemaError, upgrade
from reviewer_app.backend.kit.settings import FILE_NAME, Environment, Settings, SettingsError, StaffOtp
from reviewer_app.backend.seeding import Seeder
from reviewer_app.backend.server import HttpServer, Listener
from reviewer_app.backend.staff.accounts import StaffAccountError, StaffAccounts
from reviewer_app.contract.bench import BENCH_BANNER, BENCH_STATE_TABLE, LARGEST_SEED, BenchRefusal
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.scrub import ScrubbingFormatter
from reviewer_app.contract.text import Language, Text
from reviewer_app.documents.entry import run_if_worker
from reviewer_app.documents.limits import InspectionLimits, WorkerLimits
from reviewer_app.documents.service import DocumentService
from reviewer_app.documents.workers import WorkerPool
from reviewer_app.portal import create_portal

if TYPE_CHECKING:
    from reviewer_app.backend.bench.clock import BenchClock

_FAILED = 1
_STOP_SIGNALS = (signal.SIGINT, signal.SIGTERM)
_MILLION = 1_000_000
_MOST_COMPANIES = 75_000


class _CommandError(Exception):
    """A command cannot be done; the text says why and what to do."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; gives the exit status."""
    run_if_worker(sys.argv)
    options = _parser().parse_args(arguments)
    _start_log()
    try:
        settings = Settings.load(os.environ, Path(FILE_NAME))
        run: Callable[[Settings, argparse.Namespace], int] = options.run
        return run(settings, options)
    except (SettingsError, StaffAccountError, ArchiveError, StorageError, StorageAwayError, _CommandError) as error:
        told = error.text
    except NewerSchemaError:
        told = _NEWER_SCHEMA
    except DatabaseError as error:
        told = _NO_DATABASE.format(reason=error.orig)
    except KeyboardInterrupt:
        return 130
    print(told.in_language(_language()), file=sys.stderr)
    return _FAILED


def _start_log() -> None:
    """Log to standard error; standard output is for what a command answers."""
    handler = logging.StreamHandler()
    handler.setFormatter(ScrubbingFormatter("%(asctime)s %(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(level=logging.INFO, handlers=[handler])
    logging.getLogger("alembic").setLevel(logging.WARNING)


_NEWER_SCHEMA = Text(
    "Baza danych pochodzi z nowszej wersji programu. Zainstaluj tę wersję albo przywróć starszą kopię.",
    "The database was made by a newer version of the program. Install that version or restore an older backup.",
)
_NO_FOLDER = Text(
    "Nie można użyć folderu {folder}: {reason}. Sprawdź REVIEWER_DATA_DIR i {setting}; folder musi dać się zapisywać.",
    "The folder {folder} cannot be used: {reason}. Check REVIEWER_DATA_DIR and {setting}; it takes a folder that can be written.",
)
_NO_BENCH = Text(
    "Stanowisko testowe (--qa) nie działa w środowisku produkcyjnym. Ustaw REVIEWER_ENVIRONMENT=test i użyj osobnej bazy "
    "danych: reset kasuje w niej wszystkie sprawy.",
    "The test bench (--qa) does not run in production. Set REVIEWER_ENVIRONMENT=test and use a database of its own: a "
    "reset takes all cases in it away.",
)
_BENCH_DATABASE = Text(
    "To baza danych stanowiska testowego: konta w niej mają znane wszystkim hasło. W środowisku produkcyjnym podaj w "
    "REVIEWER_DATABASE_URL inną bazę.",
    "This is the database of a test bench: the password of its accounts is known to everybody. Name another one in "
    "REVIEWER_DATABASE_URL in production.",
)
_NO_DATABASE = Text(
    "Baza danych jest niedostępna: {reason}. Sprawdź REVIEWER_DATABASE_URL i czy serwer bazy działa.",
    "The database cannot be used: {reason}. Check REVIEWER_DATABASE_URL and that the database server runs.",
)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="reviewer-server", description="The server of Reviewer.")
    parser.add_argument("--version", action="version", version=__version__)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    command = commands.add_parser("serve", help="run the API, with the customers' portal if asked")
    command.add_argument("--host", default="127.0.0.1", help="address to listen on (default: 127.0.0.1)")
    command.add_argument("--port", type=_port, default=8000, help="0 picks a free one (default: 8000)")
    command.add_argument("--portal", action="store_true", help="serve the customers' pages at /")
    command.add_argument(
        "--qa", action="store_true", help="be a test bench at /qa, with the portal; never in production"
    )
    command.set_defaults(run=_serve)
    _add_user_commands(commands.add_parser("user", help="staff accounts").add_subparsers(required=True, metavar="ACT"))
    commands.add_parser("migrate", help="bring the database to the current schema").set_defaults(run=_migrate)
    for name, run, told in (
        ("backup", _backup, "write database and documents, consistent, into FILE"),
        ("restore", _restore, "bring database and documents back from FILE"),
    ):
        command = commands.add_parser(name, help=told)
        command.add_argument("file", type=Path, metavar="FILE")
        command.set_defaults(run=run)
    seeded = commands.add_parser("seed", help="make invented cases")
    seeded.add_argument("--companies", type=_companies, required=True, metavar="N")
    seeded.add_argument("--scenario", nargs="+", default=[], metavar="NAME", help="of these scenarios only")
    seeded.add_argument("--seed", type=_seed_number, default=1, metavar="K", help="the same cases for the same K")
    seeded.set_defaults(run=_seed)
    _add_scenario_commands(commands.add_parser("scenario", help="the test bench's cases"))
    commands.add_parser("verify", help="check the history's chain and every document").set_defaults(run=_verify)
    return parser


def _add_scenario_commands(parser: argparse.ArgumentParser) -> None:
    acts = parser.add_subparsers(required=True, metavar="ACT")
    acts.add_parser("list", help="list the scenarios").set_defaults(run=_scenario_list)
    for name, run, told in (
        ("make", _scenario_make, "make the cases of scenarios in this database"),
        ("run", _scenario_run, "make cases on a bench of their own and take each to its expected end"),
    ):
        act = acts.add_parser(name, help=told)
        act.add_argument("names", nargs="*" if run is _scenario_run else "+", metavar="NAME")
        act.add_argument("--seed", type=_seed_number, default=1, metavar="K", help="the same case for the same K")
        act.set_defaults(run=run)


def _add_user_commands(acts: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    roles = [role.value for role in StaffRole]
    added = acts.add_parser("add", help="make an account")
    added.add_argument("username")
    added.add_argument("--role", choices=roles, required=True)
    added.add_argument("--display-name", default="")
    added.add_argument("--password-stdin", action="store_true", required=True, help="read the password from stdin")
    added.add_argument("--otp", action="store_true", help="ask for one-time codes; prints the address for the app")
    added.set_defaults(run=_user_add)
    acts.add_parser("list", help="list the accounts").set_defaults(run=_user_list)
    for name, run, told in (
        ("disable", _user_disable, "end an account's sessions and let it sign in no more"),
        ("reset-password", _user_reset_password, "set a new password, and enable the account"),
        ("reset-otp", _user_reset_otp, "make new one-time codes; prints the address for the app"),
    ):
        act = acts.add_parser(name, help=told)
        act.add_argument("username")
        act.set_defaults(run=run)
        if run is _user_reset_password:
            act.add_argument("--password-stdin", action="store_true", required=True)


def _port(typed: str) -> int:
    if not re.fullmatch(r"\d{1,5}", typed, re.ASCII) or int(typed) > 65535:
        raise argparse.ArgumentTypeError("a port is a number from 0 to 65535")
    return int(typed)


def _count(typed: str) -> int:
    if not re.fullmatch(r"\d{1,9}", typed, re.ASCII):
        raise argparse.ArgumentTypeError("a number from 0 on")
    return int(typed)


def _seed_number(typed: str) -> int:
    if not re.fullmatch(r"\d{1,10}", typed, re.ASCII) or int(typed) > LARGEST_SEED:
        raise argparse.ArgumentTypeError(f"a number from 0 to {LARGEST_SEED}")
    return int(typed)


def _companies(typed: str) -> int:
    if _count(typed) > _MOST_COMPANIES:
        raise argparse.ArgumentTypeError(f"at most {_MOST_COMPANIES}: there are no more invented NIPs")
    return _count(typed)


def _language() -> Language:
    chosen = next((os.environ[name] for name in ("LC_ALL", "LC_MESSAGES", "LANG") if os.environ.get(name)), "")
    return Language.POLISH if chosen.lower().startswith("pl") else Language.ENGLISH


@contextmanager
def _folder_of(setting: str) -> Iterator[None]:
    """Say which setting names the folder that cannot be made or written."""
    try:
        yield
    except StorageAwayError:
        raise
    except OSError as error:
        raise _CommandError(_NO_FOLDER.format(folder=error.filename, reason=error.strerror, setting=setting)) from error


def _storage(settings: Settings) -> Storage:
    with _folder_of("REVIEWER_STORAGE_URL"):
        return open_storage(settings.storage_url, copies=settings.data_dir / "copies")


@contextmanager
def _database(settings: Settings) -> Iterator[Database]:
    with _folder_of("REVIEWER_DATABASE_URL"):
        database = Database(settings.database_url)
    try:
        upgrade(database)
        yield database
    finally:
        database.dispose()


def _clock(settings: Settings, database: Database, *, bench: bool = False) -> Clock:
    """Give the machine's clock, or that of the bench which the database is, or is going to be.

    Raises _CommandError for a bench's database in production: its staff's password is known to everybody.
    """
    with database.connect() as connection:
        known = inspect(connection).has_table(BENCH_STATE_TABLE)
    if settings.environment is not Environment.TEST:
        if known:
            raise _CommandError(_BENCH_DATABASE)
        return SystemClock()
    if not bench and not known:
        return SystemClock()
    from reviewer_app.serve_bench import bench_clock

    return bench_clock(database)


@contextmanager
def _staff(settings: Settings) -> Iterator[tuple[Database, StaffAccounts]]:
    with _database(settings) as database:
        clock = _clock(settings, database)
        yield database, StaffAccounts(clock, Passwords(), History(clock, FeedSignal()))


@contextmanager
def _backend(settings: Settings, *, bench: bool = False) -> Iterator[Backend]:
    inspection = InspectionLimits(
        max_bytes=settings.upload_max_mb * _MILLION,
        max_pages=settings.upload_max_pages,
        max_pixels=settings.upload_max_megapixels * _MILLION,
    )
    storage = _storage(settings)
    with _database(settings) as database, WorkerPool(limits=WorkerLimits(), size=2) as pool:
        clock = _clock(settings, database, bench=bench)
        inspector = DocumentService(pool, limits=inspection)
        parts = Parts(settings, clock, database, storage, inspector, bench=bench)
        if bench:
            from reviewer_app.serve_bench import bench_intake

            parts = replace(parts, intake=bench_intake)
        yield Backend(parts)


def _refuse_production(settings: Settings) -> None:
    if settings.environment is not Environment.TEST:
        raise _CommandError(_NO_BENCH)


def _serve(settings: Settings, options: argparse.Namespace) -> int:
    if options.qa:
        _refuse_production(settings)
    with _listening(options) as listener:
        settings = replace(settings, public_url=settings.public_url or listener.url)
        if options.qa:
            from reviewer_app.serve_bench import bench_settings

            settings = bench_settings(settings, listener.url)
        with _backend(settings, bench=options.qa) as backend:
            server = HttpServer(
                _application(backend, listener.url, options),
                listener,
                ready=lambda: print(f"listening on {listener.url}", flush=True),
                stopping=backend.signal.close,
            )
            for name in _STOP_SIGNALS:
                signal.signal(name, lambda *_: server.stop())  # without it the server would die of them once stopped
            server.run()
    return 0


def _listening(options: argparse.Namespace) -> Listener:
    try:
        return Listener(options.host, options.port)
    except OSError as error:
        raise _CommandError(
            Text(
                f"Nie można nasłuchiwać na {options.host}:{options.port}: {error.strerror}. Wybierz inny --port.",
                f"Cannot listen on {options.host}:{options.port}: {error.strerror}. Choose another --port.",
            )
        ) from error


def _application(backend: Backend, url: str, options: argparse.Namespace) -> ASGIApp:
    """Give what is served: the API, with the portal and the bench if they are asked for."""
    public_url, clock = backend.parts.settings.public_url, backend.parts.clock
    banner = BENCH_BANNER if options.qa else None
    wanted = options.portal or options.qa
    portal = create_portal(api_url=url, public_url=public_url, banner=banner, now=clock.now) if wanted else None
    server = backend.application(portal=portal)
    if not options.qa:
        return server
    from reviewer_app.serve_bench import bench_around

    return bench_around(server, backend, _clock_of_bench(backend), portal.failed if portal else None)


def _clock_of_bench(backend: Backend) -> BenchClock:
    from reviewer_app.serve_bench import BenchClock

    clock = backend.parts.clock
    if not isinstance(clock, BenchClock):
        raise TypeError("a bench has a clock of its own")
    return clock


def _migrate(settings: Settings, _: argparse.Namespace) -> int:
    with _database(settings):
        print("the database has the current schema")
    return 0


def _user_add(settings: Settings, options: argparse.Namespace) -> int:
    with _staff(settings) as (database, accounts), database.write() as session:
        accounts.add(
            session,
            username=options.username,
            display_name=options.display_name,
            role=StaffRole(options.role),
            password=_password(),
        )
        if options.otp or settings.staff_otp is StaffOtp.REQUIRED:
            print(accounts.reset_otp(session, options.username))
    return 0


def _user_list(settings: Settings, _: argparse.Namespace) -> int:
    with _staff(settings) as (database, accounts), database.read() as session:
        for account in accounts.list(session):
            marks = [name for name, set_ in (("otp", account.otp), ("disabled", account.disabled)) if set_]
            print("\t".join((account.username, account.role.value, account.display_name, *marks)))
    return 0


def _user_disable(settings: Settings, options: argparse.Namespace) -> int:
    with _staff(settings) as (database, accounts):
        history = History(_clock(settings, database), FeedSignal())  # reads the clock by a connection of its own
        with database.write() as session:
            person_id = accounts.disable(session, options.username)
            end_all_of(session, history, person_id)
    return 0


def _user_reset_password(settings: Settings, options: argparse.Namespace) -> int:
    with _staff(settings) as (database, accounts), database.write() as session:
        accounts.reset_password(session, options.username, _password())
    return 0


def _user_reset_otp(settings: Settings, options: argparse.Namespace) -> int:
    with _staff(settings) as (database, accounts), database.write() as session:
        print(accounts.reset_otp(session, options.username))
    return 0


def _password() -> str:
    return sys.stdin.readline().rstrip("\r\n")


def _scenario_list(_: Settings, __: argparse.Namespace) -> int:
    from reviewer_app.serve_bench import listed_scenarios

    print("\n".join(listed_scenarios(_language())))
    return 0


def _scenario_make(settings: Settings, options: argparse.Namespace) -> int:
    with _bench(settings) as (backend, clock):
        from reviewer_app.serve_bench import make_scenarios

        for line in make_scenarios(backend, clock, options.names, options.seed, _language()):
            print(line, flush=True)
    return 0


def _scenario_run(settings: Settings, options: argparse.Namespace) -> int:
    from reviewer_app.serve_bench import run_scenarios

    return run_scenarios(settings, options.names, options.seed, told=lambda line: print(line, flush=True))


@contextmanager
def _bench(settings: Settings) -> Iterator[tuple[Backend, BenchClock]]:
    """Give the backend of a bench. Raises _CommandError in production, and with what the bench refuses."""
    _refuse_production(settings)
    try:
        with _backend(settings, bench=True) as backend:
            yield backend, _clock_of_bench(backend)
    except BenchRefusal as refusal:
        raise _CommandError(Text(refusal.in_language("pl"), refusal.in_language("en"))) from refusal


def _seed_scenarios(settings: Settings, options: argparse.Namespace) -> int:
    with _bench(settings) as (backend, clock), Progress(console=Console(stderr=True)) as progress:
        from reviewer_app.serve_bench import seed_scenarios

        bar = progress.add_task("companies", total=options.companies)
        for made in seed_scenarios(backend, clock, options.scenario, options.companies, options.seed):
            progress.update(bar, completed=made)
    print(f"{options.companies} companies")
    return 0


def _seed(settings: Settings, options: argparse.Namespace) -> int:
    if options.scenario:
        return _seed_scenarios(settings, options)
    from reviewer_app.qa.seeding import invented_customers  # a server does not load it

    with _backend(settings) as backend, Progress(console=Console(stderr=True)) as progress:
        bar = progress.add_task("companies", total=options.companies)
        customers = invented_customers(options.seed)
        for made in Seeder(backend.parts, options.seed).run(customers, options.companies):
            progress.update(bar, completed=made)
    print(f"{options.companies} companies")
    return 0


def _backup(settings: Settings, options: argparse.Namespace) -> int:
    with _database(settings) as database:
        told = backup(database, _storage(settings), options.file)
    print(f"{options.file}: {told.rows} rows of history, {told.documents} documents")
    return 0


def _restore(settings: Settings, options: argparse.Namespace) -> int:
    with _folder_of("REVIEWER_DATABASE_URL"):
        database = Database(settings.database_url)
    try:
        accept_bench = settings.environment is Environment.TEST
        told = restore(database, _storage(settings), options.file, SystemClock(), accept_bench=accept_bench)
    finally:
        database.dispose()
    print(f"restored {told.rows} rows of history, {told.documents} documents")
    return 0


def _verify(settings: Settings, _: argparse.Namespace) -> int:
    with _database(settings) as database:
        told = verify(database, _storage(settings))
    if told.broken:
        print(told.broken.in_language(_language()), file=sys.stderr)
        return _FAILED
    print(f"whole: {told.rows} rows of history, {told.documents} documents")
    return 0


if __name__ == "__main__":
    sys.exit(main())
