# SPDX-License-Identifier: AGPL-3.0-or-later
"""The local store: private, durable, of a known schema, and honest about what it cannot do."""

from __future__ import annotations

import hashlib
import os
import signal
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import inspect

from reviewer_app.store.database import Database
from reviewer_app.store.documents import KEPT_UNUSED
from reviewer_app.store.errors import StoreDamaged, StoreNewer, StoreUnwritable
from reviewer_app.store.files import write_private
from reviewer_app.store.records import CaseRecord, LeaseRecord, PageViewRecord, UntoldPrint
from reviewer_app.store.store import Store
from reviewer_app.store.tables import SCHEMA_STEPS, metadata
from reviewer_app.store.vault import MemoryVault

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SCOPE = "u1@https://reviewer.test"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    made = Store(tmp_path / "dane ąę")
    yield made
    made.close()


def keep_document(store: Store, content: bytes, *, now: datetime = NOW) -> str:
    sha256 = hashlib.sha256(content).hexdigest()
    store.documents.part(sha256=sha256).write_bytes(content)
    store.documents.keep(sha256=sha256, now=now)
    return sha256


def test_the_steps_lead_to_the_schema_of_the_tables(tmp_path: Path) -> None:
    database = Database(tmp_path / "store.sqlite")
    found = inspect(database.engine)
    real = {name: [column["name"] for column in found.get_columns(name)] for name in found.get_table_names()}
    keys = {name: found.get_pk_constraint(name)["constrained_columns"] for name in real}
    database.close()
    assert real == {table.name: [column.name for column in table.columns] for table in metadata.sorted_tables}
    for table in metadata.sorted_tables:
        assert keys[table.name] == [column.name for column in table.primary_key]


def test_opening_again_keeps_what_was_written(tmp_path: Path) -> None:
    for wanted in (None, "pierwszy"):
        store = Store(tmp_path)
        assert store.drafts.get(scope=SCOPE, company_id="c") == wanted
        store.drafts.put(scope=SCOPE, company_id="c", body="pierwszy", now=NOW)
        store.close()


@pytest.mark.skipif(os.name != "posix", reason="on Windows the profile's rights protect the files")
def test_only_the_users_account_can_read_the_files(store: Store) -> None:
    sha256 = keep_document(store, b"umowa")
    path = store.documents.find(sha256=sha256, size=5, now=NOW)
    assert path is not None
    folder = store.snapshot_path.parent
    store.drafts.put(scope=SCOPE, company_id="c", body="x", now=NOW)
    for file in (folder / "reviewer.sqlite", folder / "reviewer.sqlite-wal", path):
        assert stat.S_IMODE(file.stat().st_mode) & 0o077 == 0, file
    for inner in (folder, path.parent):
        assert stat.S_IMODE(inner.stat().st_mode) == 0o700, inner


def test_a_print_that_an_older_version_kept_is_still_to_be_told(tmp_path: Path) -> None:
    connection = sqlite3.connect(tmp_path / "reviewer.sqlite")
    for statement in (statement for step in SCHEMA_STEPS[:3] for statement in step):
        connection.execute(statement)
    connection.execute("INSERT INTO unsent_prints VALUES ('p', ?, 'd', 'k', '{}')", (SCOPE,))
    connection.execute("PRAGMA user_version = 3")
    connection.commit()
    connection.close()
    store = Store(tmp_path)
    assert store.prints.untold(scope=SCOPE) == (UntoldPrint("k", "d", "", "{}", "p"),)
    store.close()


def test_a_newer_schema_is_left_alone(tmp_path: Path) -> None:
    kept = Store(tmp_path)
    kept.open()
    kept.close()
    path = tmp_path / "reviewer.sqlite"
    connection = sqlite3.connect(path)
    connection.execute(f"PRAGMA user_version = {len(SCHEMA_STEPS) + 1}")
    connection.close()
    with pytest.raises(StoreNewer) as raised:
        Store(tmp_path).open()
    assert str(path) in raised.value.message.pl


def test_a_damaged_database_is_named_and_kept(tmp_path: Path) -> None:
    path = tmp_path / "reviewer.sqlite"
    path.write_bytes(b"this is no database at all, but long enough to be read as one" * 100)
    with pytest.raises(StoreDamaged):
        Store(tmp_path).open()
    assert path.read_bytes().startswith(b"this is no database")


def test_a_folder_that_is_a_file_is_an_error_with_the_path(tmp_path: Path) -> None:
    blocked = tmp_path / "blocked"
    blocked.write_text("")
    with pytest.raises(StoreUnwritable) as raised:
        Store(blocked).open()
    assert str(blocked) in raised.value.message.en


def test_a_file_is_replaced_whole_or_not_at_all(tmp_path: Path) -> None:
    path = tmp_path / "file"
    write_private(path, b"old")
    write_private(path, b"new")
    assert path.read_bytes() == b"new"
    assert [file.name for file in tmp_path.iterdir()] == ["file"]


def test_drafts_of_two_persons_do_not_meet(store: Store) -> None:
    store.drafts.put(scope=SCOPE, company_id="c", body="mine", now=NOW)
    store.drafts.put(scope="u2@x", company_id="c", body="yours", now=NOW)
    store.drafts.remove(scope="u2@x", company_id="c")
    assert store.drafts.get(scope=SCOPE, company_id="c") == "mine"
    assert store.drafts.get(scope="u2@x", company_id="c") is None


def test_a_lease_is_removed_only_if_it_is_still_that_one(store: Store) -> None:
    store.leases.put(scope=SCOPE, record=LeaseRecord("c", "first", NOW))
    store.leases.put(scope=SCOPE, record=LeaseRecord("c", "second", NOW))
    store.leases.remove(scope=SCOPE, company_id="c", token="first")
    assert store.leases.get(scope=SCOPE, company_id="c") == LeaseRecord("c", "second", NOW)
    store.leases.remove(scope=SCOPE, company_id="c", token="second")
    assert store.leases.all(scope=SCOPE) == ()


def test_pages_are_remembered_as_they_were_turned(store: Store) -> None:
    assert store.pages.view(document_id="d", page=1) is None
    store.pages.remember(document_id="d", page=1, view=PageViewRecord(90, 1.5))
    store.pages.remember(document_id="d", page=1, view=PageViewRecord(180, None))
    assert store.pages.view(document_id="d", page=1) == PageViewRecord(180, None)
    for page in (3, 1, 3):
        store.pages.mark_seen(scope=SCOPE, document_id="d", page=page, now=NOW)
    assert store.pages.seen(scope=SCOPE, document_id="d") == {1, 3}


def test_a_document_is_found_only_whole(store: Store) -> None:
    sha256 = keep_document(store, b"content")
    found = store.documents.find(sha256=sha256, size=7, now=NOW)
    assert found is not None
    assert found.read_bytes() == b"content"
    assert store.documents.find(sha256=sha256, size=8, now=NOW) is None
    assert store.documents.find(sha256="0" * 64, size=7, now=NOW) is None


def test_documents_that_nobody_uses_are_purged(store: Store) -> None:
    old = keep_document(store, b"old")
    used = keep_document(store, b"used")
    later = NOW + KEPT_UNUSED + timedelta(seconds=1)
    assert store.documents.find(sha256=used, size=4, now=later - timedelta(days=1)) is not None
    assert store.documents.purge(now=later) == 1
    assert store.documents.find(sha256=old, size=3, now=later) is None
    assert store.documents.find(sha256=used, size=4, now=later) is not None


def test_signing_out_removes_copies_and_keeps_work(store: Store) -> None:
    sha256 = keep_document(store, b"scan")
    store.cases.put(scope=SCOPE, record=CaseRecord("c", "{}", NOW))
    store.drafts.put(scope=SCOPE, company_id="c", body="my words", now=NOW)
    write_private(store.snapshot_path, b"{}")
    store.forget_customers(now=NOW)
    assert store.documents.find(sha256=sha256, size=4, now=NOW) is None
    assert store.cases.get(scope=SCOPE, company_id="c") is None
    assert not store.snapshot_path.exists()
    assert store.drafts.get(scope=SCOPE, company_id="c") == "my words"


def test_tidying_forgets_old_cases_only(store: Store) -> None:
    store.cases.put(scope=SCOPE, record=CaseRecord("old", "{}", NOW - timedelta(days=30)))
    store.cases.put(scope=SCOPE, record=CaseRecord("new", "{}", NOW))
    store.tidy(now=NOW)
    assert store.cases.get(scope=SCOPE, company_id="old") is None
    assert store.cases.get(scope=SCOPE, company_id="new") == CaseRecord("new", "{}", NOW)


def test_a_vault_in_memory_forgets_when_told() -> None:
    vault = MemoryVault()
    vault.save("server", "secret")
    assert vault.load("server") == "secret"
    vault.forget("server")
    vault.forget("server")
    assert vault.load("server") is None


WRITER = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from reviewer_app.store.store import Store
store = Store(Path(sys.argv[1]))
for number in range(100_000):
    store.drafts.put(scope="s", company_id=str(number), body="ż" * 200, now=datetime.now(UTC))
    print(number, flush=True)
"""


def test_what_was_written_survives_a_kill(tmp_path: Path) -> None:
    with subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path)],
        stdout=subprocess.PIPE,
        text=True,
        cwd=Path(__file__).resolve().parents[3],
    ) as process:
        assert process.stdout is not None
        last = [process.stdout.readline() for _ in range(50)][-1].strip()
        process.send_signal(signal.SIGKILL if hasattr(signal, "SIGKILL") else signal.SIGTERM)
    assert last == "49"
    store = Store(tmp_path)
    kept = [store.drafts.get(scope="s", company_id=str(number)) for number in range(50)]
    store.close()
    assert kept == ["ż" * 200] * 50
