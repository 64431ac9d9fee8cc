# SPDX-License-Identifier: AGPL-3.0-or-later
"""The command line: accounts, backup, restore, verification, and serving until told to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tarfile
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import inspect, select, text

from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.tables import METADATA
from tests.unit.backend.engines import Engine
from tests.unit.backend.people import PASSWORD, registration


class Commands:
    """``reviewer-server`` on a data folder of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.settings = {"REVIEWER_DATA_DIR": str(folder), "REVIEWER_ENVIRONMENT": "test", "LC_ALL": "C.UTF-8"}

    def start(self, *arguments: str) -> subprocess.Popen[str]:
        """Start a command."""
        inherited = {name: value for name, value in os.environ.items() if not name.startswith("REVIEWER_")}
        return subprocess.Popen(
            [sys.executable, "-m", "reviewer_app.serve", *arguments],
            env=inherited | self.settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    def run(self, *arguments: str, given: str = "") -> tuple[int, str, str]:
        """Run a command; gives its status, output and errors."""
        with self.start(*arguments) as process:
            output, errors = process.communicate(given, timeout=120)
            return process.returncode, output, errors


@pytest.fixture
def commands(tmp_path: Path) -> Commands:
    return Commands(tmp_path / "data")


@pytest.fixture
def serving(commands: Commands) -> Iterator[tuple[subprocess.Popen[str], str]]:
    with commands.start("serve", "--portal", "--port", "0") as process:
        assert process.stdout is not None
        line = process.stdout.readline()
        try:
            yield process, line
        finally:
            process.terminate()
            process.communicate(timeout=60)


def add_anna(commands: Commands) -> None:
    arguments = ("user", "add", "anna", "--role", "reviewer", "--display-name", "Anna Nowak", "--password-stdin")
    assert commands.run(*arguments, given=f"{PASSWORD}\n") == (0, "", "")


def test_accounts_are_kept_by_the_command(commands: Commands) -> None:
    add_anna(commands)
    status, _, errors = commands.run("user", "add", "Anna", "--role", "admin", "--password-stdin", given=PASSWORD)
    assert (status, errors) == (1, "There is an account Anna already.\n")
    status, uri, _ = commands.run("user", "reset-otp", "anna")
    assert status == 0
    assert uri.startswith("otpauth://totp/Reviewer:anna?secret=")
    assert commands.run("user", "disable", "anna")[0] == 0
    assert commands.run("user", "list") == (0, "anna\treviewer\tAnna Nowak\totp\tdisabled\n", "")
    assert commands.run("user", "reset-password", "anna", "--password-stdin", given="short\n")[0] == 1
    assert commands.run("user", "disable", "nobody")[1:] == ("", "There is no account nobody.\n")


def test_a_wrong_setting_stops_the_start_with_its_name(commands: Commands) -> None:
    commands.settings["REVIEWER_STAFF_OTP"] = "sometimes"
    status, output, errors = commands.run("serve", "--port", "0")
    assert (status, output) == (1, "")
    assert errors == "The setting REVIEWER_STAFF_OTP has a wrong value. It takes optional | required.\n"
    commands.settings["LC_ALL"] = "pl_PL.UTF-8"
    assert commands.run("migrate")[2].startswith("Ustawienie REVIEWER_STAFF_OTP ma błędną wartość.")


@pytest.mark.parametrize(
    ("name", "setting"),
    [
        ("REVIEWER_DATA_DIR", "{file}/data"),
        ("REVIEWER_DATABASE_URL", "sqlite:///{file}/x.sqlite3"),
        ("REVIEWER_STORAGE_URL", "file://{file}/documents"),
    ],
)
def test_a_folder_that_cannot_be_made_is_named_with_its_setting(
    commands: Commands, tmp_path: Path, name: str, setting: str
) -> None:
    file = tmp_path / "file"
    file.touch()
    commands.settings[name] = setting.format(file=file)
    status, _, errors = commands.run("serve", "--port", "0")
    assert status == 1
    assert name in errors
    assert str(file) in errors
    assert "Traceback" not in errors


@pytest.mark.parametrize(
    ("username", "display_name"), [("", "Anna"), ("a b", "Anna"), ("a\tb", "Anna"), ("anna", "A\nB")]
)
def test_a_name_that_nobody_could_sign_in_with_is_refused(commands: Commands, username: str, display_name: str) -> None:
    options = ("--role", "reviewer", "--display-name", display_name, "--password-stdin")
    status, _, errors = commands.run("user", "add", username, *options, given=f"{PASSWORD}\n")
    assert (status, errors.count("\n")) == (1, 1)
    assert commands.run("user", "list")[1] == ""


def test_a_seeding_of_less_than_nothing_is_refused(commands: Commands) -> None:
    status, _, errors = commands.run("seed", "--companies", "-1")
    assert status == 2
    assert "a number from 0 on" in errors


def test_it_serves_api_and_portal_and_stops_cleanly(
    commands: Commands, serving: tuple[subprocess.Popen[str], str]
) -> None:
    process, line = serving
    url = line.removeprefix("listening on ").rstrip("\n")
    assert httpx.get(f"{url}/readyz").json()["status"] == "ready"
    assert "<html" in httpx.get(f"{url}/").text
    assert httpx.get(f"{url}/api/v1/nothing").json()["code"] == "not_found"
    # the API's limit on bodies is not that of the portal's pages, which look at the form's token first
    large = httpx.post(f"{url}/company/documents/relay", content=b"x" * 3_000_000)
    assert (large.status_code, large.json()["code"]) == (403, "form")
    busy = commands.run("serve", "--port", url.rpartition(":")[2])
    assert busy[0] == 1
    assert "Choose another --port." in busy[2]
    process.send_signal(signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode == 0
    assert "Traceback" not in errors


def test_a_backup_under_way_brings_back_what_was_there(
    commands: Commands, serving: tuple[subprocess.Popen[str], str], tmp_path: Path
) -> None:
    url = serving[1].removeprefix("listening on ").rstrip("\n")
    sent = httpx.post(f"{url}/api/v1/customer/registrations", json=registration("jan@firma.test"))
    assert sent.status_code == 202
    archive = str(tmp_path / "copy.tar")
    assert commands.run("backup", archive)[:2] == (0, f"{archive}: 1 rows of history, 0 documents\n")
    assert commands.run("backup", archive)[0] == 1
    httpx.post(f"{url}/api/v1/customer/registrations", json=registration("ola@firma.test"))
    assert commands.run("verify") == (0, "whole: 2 rows of history, 0 documents\n", "")
    assert commands.run("restore", archive)[:2] == (0, "restored 1 rows of history, 0 documents\n")
    assert commands.run("verify") == (0, "whole: 1 rows of history, 0 documents\n", "")
    assert len(list(commands.folder.glob("reviewer.sqlite3.before-restore-*"))) == 1
    assert httpx.get(f"{url}/readyz").status_code == 200


def contents(address: str) -> dict[str, list[str]]:
    """Give the rows of every table, in an order of their own."""
    database = Database(address)
    with database.read() as session:
        found = {table.name: session.execute(select(table)).all() for table in METADATA.sorted_tables}
    database.dispose()
    return {name: sorted(map(str, rows)) for name, rows in found.items()}


def schemas(address: str) -> list[str]:
    """List the schemas that keep what a restore replaced."""
    database = Database(address)
    with database.connect() as connection:
        names = inspect(connection).get_schema_names()
    database.dispose()
    return [name for name in names if name.startswith("before_restore_")]


def test_a_backup_brings_the_same_rows_back_on_either_engine(
    commands: Commands, engine: Engine, tmp_path: Path
) -> None:
    address, first, second = engine.make(), str(tmp_path / "first.tar"), str(tmp_path / "second.tar")
    commands.settings["REVIEWER_DATABASE_URL"] = address
    assert commands.run("seed", "--companies", "3")[0] == 0
    assert commands.run("backup", first)[0] == 0
    whole, rows = commands.run("verify"), contents(address)
    assert (whole[0], len(rows["companies"])) == (0, 3)
    add_anna(commands)
    assert commands.run("restore", first)[0] == 0
    assert (commands.run("verify"), contents(address)) == (whole, rows)
    elsewhere = Commands(tmp_path / "elsewhere")
    assert elsewhere.run("restore", first)[0] == 0
    assert elsewhere.run("verify") == whole
    assert contents(f"sqlite:///{elsewhere.folder / 'reviewer.sqlite3'}") == rows
    assert elsewhere.run("backup", second)[0] == 0
    assert commands.run("restore", second)[0] == 0
    assert contents(address) == rows
    assert len(schemas(address)) == (2 if address.startswith("postgresql") else 0)
    engine.discard(address)


def test_a_backup_of_a_test_bench_does_not_come_into_production(
    commands: Commands, engine: Engine, tmp_path: Path
) -> None:
    address, archive = engine.make(), str(tmp_path / "bench.tar")
    commands.settings["REVIEWER_DATABASE_URL"] = address
    assert commands.run("scenario", "make", "sole_trader_owner_signs")[0] == 0
    assert commands.run("backup", archive)[0] == 0
    elsewhere = Commands(tmp_path / "elsewhere")
    elsewhere.settings["REVIEWER_ENVIRONMENT"] = "production"
    assert elsewhere.run("migrate")[0] == 0
    status, _, errors = elsewhere.run("restore", archive)
    assert (status, errors.count("\n")) == (1, 1)
    assert "everybody knows the password of its accounts" in errors
    assert elsewhere.run("user", "list") == (0, "", "")
    elsewhere.settings["REVIEWER_ENVIRONMENT"] = "test"
    assert elsewhere.run("restore", archive)[0] == 0
    engine.discard(address)


def test_what_is_no_backup_is_refused(commands: Commands, tmp_path: Path) -> None:
    file = tmp_path / "x.tar"
    file.write_bytes(b"nonsense")
    status, _, errors = commands.run("restore", str(file))
    assert (status, errors) == (1, f"{file} is not a backup of this program.\n")


def test_an_archive_with_another_database_is_no_backup(commands: Commands, tmp_path: Path) -> None:
    file, other = tmp_path / "x.tar", tmp_path / "other"
    other.write_bytes(b"nonsense" * 1000)
    with tarfile.open(file, "w") as archive:
        archive.add(other, "database.sqlite3")
    status, _, errors = commands.run("restore", str(file))
    assert (status, errors) == (1, f"{file} is not a backup of this program.\n")


def test_a_backup_that_cannot_be_written_says_so_and_leaves_nothing(commands: Commands, tmp_path: Path) -> None:
    file = tmp_path / "missing" / "copy.tar"
    status, _, errors = commands.run("backup", str(file))
    assert status == 1
    assert errors.startswith(f"{file} cannot be written: No such file or directory.")
    assert commands.run("restore", str(file))[2] == f"{file} cannot be read: No such file or directory.\n"


def test_a_backup_without_one_of_its_documents_is_refused_by_name(commands: Commands, tmp_path: Path) -> None:
    assert commands.run("seed", "--companies", "1")[0] == 0
    lost = next((commands.folder / "documents" / "content").rglob("*/*/*"))
    lost.unlink()
    status, _, errors = commands.run("backup", str(tmp_path / "copy.tar"))
    assert (status, errors) == (1, f"document {lost.name}: the file is missing\n")
    assert list(tmp_path.glob("copy.tar*")) == []


def test_verify_names_the_first_break(commands: Commands) -> None:
    add_anna(commands)
    database = Database(f"sqlite:///{commands.folder / 'reviewer.sqlite3'}")
    with database.connect() as connection:
        connection.execute(text("UPDATE audit_facts SET actor_name = 'someone else'"))
    database.dispose()
    assert commands.run("verify") == (1, "", "history, row 1: the row's facts were changed\n")
