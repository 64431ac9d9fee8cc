# SPDX-License-Identifier: AGPL-3.0-or-later
"""The migrations make just the tables that the code has; transactions behave as the code relies on."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from alembic import command
from alembic.autogenerate import compare_metadata
from alembic.runtime.migration import MigrationContext
from sqlalchemy import Connection, MetaData, Table, select, text

from reviewer_app.backend.accounts.tables import User
from reviewer_app.backend.audit.tables import AuditHead
from reviewer_app.backend.companies.service import Company
from reviewer_app.backend.kit.database import Database, after_commit, before_commit
from reviewer_app.backend.kit.schema import NewerSchemaError, migrations_config, upgrade
from reviewer_app.backend.tables import METADATA
from reviewer_app.contract.states import CompanyState


def test_migrations_and_tables_agree(database: Database) -> None:
    with database.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, METADATA) == []


def test_an_upgrade_of_a_current_database_changes_nothing(database: Database) -> None:
    upgrade(database)
    with database.read() as session:
        assert session.scalars(select(AuditHead.seq)).one() == 0


def test_a_newer_database_is_left_alone(database: Database) -> None:
    with database.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(NewerSchemaError):
        upgrade(database)


def test_writers_take_turns_and_lose_nothing(database: Database) -> None:
    def add(_: int) -> None:
        with database.write() as session:
            head = session.scalars(select(AuditHead).with_for_update()).one()
            head.seq += 1

    with ThreadPoolExecutor(8) as threads:
        list(threads.map(add, range(80)))
    with database.read() as session:
        assert session.scalars(select(AuditHead.seq)).one() == 80


def test_what_was_asked_for_runs_before_and_after_the_commit_only(database: Database) -> None:
    told: list[str] = []
    with database.write() as session:
        before_commit(session, "a", lambda _: told.append("before"))
        before_commit(session, "a", lambda _: told.append("never"))
        after_commit(session, "a", lambda: told.append("after"))
        assert told == []
    assert told == ["before", "after"]

    def failing() -> None:
        with database.write() as session:
            after_commit(session, "a", lambda: told.append("never"))
            raise RuntimeError

    with pytest.raises(RuntimeError):
        failing()
    assert told == ["before", "after"]


def test_sqlite_is_set_up_to_lose_nothing(database: Database) -> None:
    if not database.is_sqlite:
        return
    with database.read() as session:
        found = {
            name: session.scalar(text(f"PRAGMA {name}")) for name in ("journal_mode", "synchronous", "foreign_keys")
        }
    assert found == {"journal_mode": "wal", "synchronous": 2, "foreign_keys": 1}


def test_a_database_of_the_first_schema_is_brought_up_to_date(database: Database) -> None:
    """Who is waited for is waited for since the upgrade: nobody is reminded at once."""
    before = datetime.now(UTC) - timedelta(seconds=1)
    with database.connect() as connection:
        _empty(connection)
        config = migrations_config()
        config.attributes["connection"] = connection
        command.upgrade(config, "0001")
        companies = Table("companies", MetaData(), autoload_with=connection)
        for number, state in enumerate(CompanyState):
            connection.execute(companies.insert().values(_first_row(number, state)))
        users = Table("users", MetaData(), autoload_with=connection)
        connection.execute(users.insert().values(_first_user()))
    upgrade(database)
    with database.read() as session:
        found = {company.state: company for company in session.scalars(select(Company))}
        person = session.scalars(select(User)).one()
    assert (person.name_key, person.phone_key) == ("lucja zak nowa", "501502503")
    waiting = {state for state, company in found.items() if company.customer_since is not None}
    assert waiting == {"awaiting_authorization", "correction_requested", "approved"}
    for company in found.values():
        assert (company.reminders, company.suspension_reason) == (0, None)
        assert (company.phone_key, company.email_key) == ("221234567", "biuro@firma.test")
        assert company.seat_key == "30001|laczna|7a/12"
        assert company.customer_since is None or before < company.customer_since < datetime.now(UTC)


def _empty(connection: Connection) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(text("DROP SCHEMA public CASCADE"))
        connection.execute(text("CREATE SCHEMA public"))
        return
    for table in reversed(METADATA.sorted_tables):
        connection.execute(text(f"DROP TABLE {table.name}"))
    connection.execute(text("DROP TABLE alembic_version"))


def _first_row(number: int, state: CompanyState) -> dict[str, Any]:
    counts = dict.fromkeys(("checks_ok", "checks_warn", "checks_fail", "checks_unknown"), 0)
    flags = dict.fromkeys(("staff_suspended", "escalated", "possible_duplicate"), False)
    texts = {"id": f"c{number}", "name": "Firma", "name_key": "firma", "nip": f"{number}", "legal_form": "sp_zoo"}
    seat = {"street": "ul. Łączna", "building": "7A", "unit": "12", "postal_code": "30-001", "city": "Kraków"}
    return {
        "phone": "+48 22 123 45 67",
        "email": "Biuro@firma.test",
        "seat": seat,
        **counts,
        **flags,
        **texts,
        "state": state.value,
        "state_rank": number,
        "version": 1,
        "round": 1,
        "case_kind": "registration",
        "created_at": datetime(2026, 1, 1, tzinfo=UTC),
        "waiting_key": 0,
    }


def _first_user() -> dict[str, Any]:
    texts = ("id", "position", "password_hash", "terms_version")
    return {
        **dict.fromkeys(texts, "1"),
        "email": "a@firma.test",
        "email_folded": "a@firma.test",
        "first_name": "Łucja",
        "last_name": "Żak-Nowa",
        "phone": "+48 501 502 503",
        "language": "pl",
        "created_at": datetime(2026, 1, 1, tzinfo=UTC),
    }
