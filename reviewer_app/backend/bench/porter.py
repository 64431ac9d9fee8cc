# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes a case out of a bench with everything that belongs to it, brings it into another one, and empties a bench."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from pydantic import ValidationError
from sqlalchemy import Column, Connection, Table, delete, insert, or_, select, text, update
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.orm import Session

from reviewer_app import __version__
from reviewer_app.backend.application import Backend
from reviewer_app.backend.audit.chain import Link
from reviewer_app.backend.audit.tables import FIRST_HASH, HEAD_ID, AuditHead
from reviewer_app.backend.bench.clock import BenchClock
from reviewer_app.backend.bench.packing import PackedCase, pack, unpack
from reviewer_app.backend.bench.tables import CASES, NUMBERS, TRUTHS
from reviewer_app.backend.case_rows import STAFF_TABLES, Row, Rows, history_of, rows_of
from reviewer_app.backend.companies.moves import NO_ASSIGNMENT, NO_CLAIM
from reviewer_app.backend.companies.tables import Company, NipLock
from reviewer_app.backend.kit.counters import raise_counter
from reviewer_app.backend.kit.database import UtcDateTime
from reviewer_app.backend.tables import METADATA
from reviewer_app.contract.bench import BenchNews, BenchProblemCode, BenchRefusal, BenchTruth
from reviewer_app.contract.messages import rfc3339
from reviewer_app.contract.text import Text

_NUMBERED = "authorization_sheets"
_USERS, _COMPANIES = "users", "companies"
_TRIES, _DEADLOCK = 4, "40P01"
_LEFT_OUT = Text(
    "numer upoważnienia {number} jest tu już zajęty", "the authorization's number {number} is taken here already"
)
_THE_NIP = Text("zaakceptowana firma o NIP {nip}", "an approved company with the NIP {nip}")
_THE_COMPANY = Text("firma {name}", "the company {name}")
_THE_PERSON = Text("konto {email}", "the account {email}")
_STRANGE = Text("zawiera dane, których ta wersja nie zna", "it has data that this version does not know")


class BenchPorter:
    """Exports, imports, and empties."""

    def __init__(self, backend: Backend, clock: BenchClock) -> None:
        self._backend = backend
        self._clock = clock

    def export(self, company_id: str) -> bytes:
        """Pack a case. Raises BenchRefusal ``not_found``."""
        with self._backend.parts.database.read() as session:
            company = session.get(Company, company_id)
            if company is None:
                raise BenchRefusal(BenchProblemCode.NOT_FOUND)
            rows = rows_of(session, company_id)
            bench = session.execute(select(CASES).where(CASES.c.company_id == company_id)).mappings().first()
            truths = select(TRUTHS).where(TRUTHS.c.company_id == company_id)
            case = {
                "company_id": company_id,
                "rows": {name: [_plain(row) for row in found] for name, found in rows.items()},
                "history": [{**row, "at": row["at"].isoformat()} for row in history_of(session, company_id)],
                "bench": _plain(dict(bench)) if bench else None,
                "numbers": list(session.scalars(select(NUMBERS.c.number).where(NUMBERS.c.company_id == company_id))),
                "truths": {row.document_id: row.truth for row in session.execute(truths)},
            }
            schema = _schema(session)
        hashes = {row["sha256"] for row in rows.get("documents", ())}
        storage = self._backend.parts.storage
        documents = {sha256: storage.path_of(sha256).read_bytes() for sha256 in sorted(hashes)}
        about = {
            "program": __version__,
            "exported_at": rfc3339(self._clock.now()),
            "company": company.name,
            "state": company.state,
        }
        return pack(case, documents, schema=schema, about=about)

    def bring(self, packed: bytes) -> BenchNews:
        """Bring a packed case in: all of it or nothing.

        Raises BenchRefusal ``export_damaged``, ``export_foreign``, ``case_present``.
        """
        with self._backend.parts.database.read() as session:
            found = unpack(packed, schema=_schema(session))
        company_id, rows = _read_rows(found)
        self._keep(found.documents)
        try:
            with self._backend.parts.database.write() as session:
                _refuse_present(session, rows)
                left_out = _leave_out_numbers(session, rows)
                _insert(session, rows)
                self._backend.history.adopt(session, _adopted(found.case.get("history")))
                _note_case(session, company_id, found.case)
        except IntegrityError as error:
            nip = str(rows[_COMPANIES][0]["nip"])
            raise BenchRefusal(BenchProblemCode.CASE_PRESENT, what=_THE_NIP.format(nip=nip)) from error
        self._clock.catch_up()
        return BenchNews(company_id, left_out)

    def empty(self) -> None:
        """Take away everything but the accounts of staff, and set the clock back. In one transaction."""
        for _ in range(_TRIES):
            try:
                self._empty()
                break
            except OperationalError as error:
                # PostgreSQL ends one of two that wait for each other; whoever works beside is done a moment later.
                if getattr(error.orig, "sqlstate", None) != _DEADLOCK:
                    raise
        else:
            self._empty()
        self._clock.reset()

    def _empty(self) -> None:
        with self._backend.parts.database.connect() as connection:
            _wait_for_others(connection)
            triggers = _without_triggers(connection)
            for table in reversed(METADATA.sorted_tables):
                if table.name not in STAFF_TABLES and table.name != AuditHead.__tablename__:
                    connection.execute(delete(table))
            for table in (CASES, NUMBERS, TRUTHS):
                connection.execute(delete(table))
            connection.execute(update(AuditHead).where(AuditHead.id == HEAD_ID).values(seq=0, hash=FIRST_HASH))
            # Codes of an hour that has not come yet would count as used when the clock goes back.
            connection.execute(update(METADATA.tables["staff_accounts"]).values(otp_last_step=0))
            for statement in triggers:
                connection.execute(text(statement))

    def _keep(self, documents: Mapping[str, bytes]) -> None:
        storage = self._backend.parts.storage
        for sha256, data in documents.items():
            if hashlib.sha256(data).hexdigest() != sha256:
                raise BenchRefusal(BenchProblemCode.EXPORT_FOREIGN, reason=_STRANGE)
            quarantined = storage.quarantine()
            quarantined.write_bytes(data)
            storage.keep(quarantined, sha256)


def _wait_for_others(connection: Connection) -> None:
    """Have every table to oneself. SQLite has but one writer.

    PostgreSQL locks in the order given, which is that in which acts come: a company's row before what is noted of it.
    """
    if connection.dialect.name == "postgresql":
        names = sorted(METADATA.tables, key=lambda name: (name != _COMPANIES, name == AuditHead.__tablename__, name))
        quoted = ", ".join(f'"{name}"' for name in names)
        connection.exec_driver_sql(f"LOCK TABLE {quoted} IN ACCESS EXCLUSIVE MODE")


def _without_triggers(connection: Connection) -> Sequence[str]:
    """Let the history be deleted once; gives what puts its guard back, to be run in the same transaction."""
    if connection.dialect.name == "sqlite":
        found = connection.execute(text("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")).all()
        for name, _ in found:
            connection.exec_driver_sql(f'DROP TRIGGER "{name}"')
        return [statement for _, statement in found]
    guarded = [table.name for table in METADATA.sorted_tables]
    for name in guarded:
        connection.exec_driver_sql(f'ALTER TABLE "{name}" DISABLE TRIGGER USER')
    return [f'ALTER TABLE "{name}" ENABLE TRIGGER USER' for name in guarded]


def _schema(session: Session) -> str:
    return str(session.execute(text("SELECT version_num FROM alembic_version")).scalar_one())


def _adopted(history: Any) -> list[tuple[Link, Row]]:
    try:
        return [
            (
                Link(
                    seq=0,
                    id=row["id"],
                    company_id=row["company_id"],
                    at=datetime.fromisoformat(row["at"]),
                    actor=row["actor"],
                    kind=row["kind"],
                    facts_digest=row["facts_digest"],
                    previous_hash="",
                ),
                {
                    "entry_id": row["id"],
                    "salt": row["salt"],
                    "actor_id": row["actor_id"],
                    "actor_name": row["actor_name"],
                    "details": row["details"],
                },
            )
            for row in history
        ]
    except (KeyError, TypeError, ValueError) as error:
        raise BenchRefusal(BenchProblemCode.EXPORT_FOREIGN, reason=_STRANGE) from error


def _read_rows(found: PackedCase) -> tuple[str, Rows]:
    given = found.case.get("rows")
    if not isinstance(given, dict) or len(given.get(_COMPANIES, ())) != 1 or not set(given) <= set(METADATA.tables):
        raise BenchRefusal(BenchProblemCode.EXPORT_FOREIGN, reason=_STRANGE)
    rows = {name: [_typed(METADATA.tables[name], row) for row in part] for name, part in given.items()}
    company = rows[_COMPANIES][0]
    company.update(NO_CLAIM | NO_ASSIGNMENT)  # who held it there, or had it to do, is nobody here
    return str(company["id"]), rows


def _refuse_present(session: Session, rows: Rows) -> None:
    company = rows[_COMPANIES][0]
    if session.get(Company, company["id"]) is not None:
        raise BenchRefusal(BenchProblemCode.CASE_PRESENT, what=_THE_COMPANY.format(name=company["name"]))
    users = METADATA.tables[_USERS]
    for row in rows.get(_USERS, ()):
        there = select(users.c.id).where(or_(users.c.id == row["id"], users.c.email_folded == row["email_folded"]))
        if session.scalar(there) is not None:
            raise BenchRefusal(BenchProblemCode.CASE_PRESENT, what=_THE_PERSON.format(email=row["email"]))


def _leave_out_numbers(session: Session, rows: Rows) -> tuple[Text, ...]:
    """Leave out authorizations whose numbers stand for another company here; their papers come all the same."""
    sheets = METADATA.tables[_NUMBERED]
    numbers = [row["number"] for row in rows.get(_NUMBERED, ())]
    taken = set(session.scalars(select(sheets.c.number).where(sheets.c.number.in_(numbers))))
    if taken:
        rows[_NUMBERED] = [row for row in rows[_NUMBERED] if row["number"] not in taken]
    return tuple(_LEFT_OUT.format(number=number) for number in sorted(taken))


def _insert(session: Session, rows: Rows) -> None:
    for table in METADATA.sorted_tables:
        if rows.get(table.name):
            session.execute(insert(table), rows[table.name])
    raise_counter(session, NipLock.nip, str(rows[_COMPANIES][0]["nip"]), NipLock.declared)
    session.flush()


def _note_case(session: Session, company_id: str, case: Mapping[str, Any]) -> None:
    if case.get("bench"):
        session.execute(insert(CASES).values(_typed(CASES, case["bench"])))
    for number in case.get("numbers") or ():
        session.execute(insert(NUMBERS).values(number=str(number), company_id=company_id))
    for document_id, truth in (case.get("truths") or {}).items():
        try:
            known = BenchTruth.model_validate(truth).model_dump(mode="json")
        except ValidationError as error:
            raise BenchRefusal(BenchProblemCode.EXPORT_FOREIGN, reason=_STRANGE) from error
        session.execute(insert(TRUTHS).values(document_id=document_id, company_id=company_id, truth=known))


def _plain(row: Mapping[str, Any]) -> Row:
    return {name: value.isoformat() if isinstance(value, date) else value for name, value in row.items()}


def _typed(table: Table, row: Any) -> Row:
    """Bring a row's values back to what the columns take. Raises BenchRefusal ``export_foreign``."""
    if not isinstance(row, dict) or not set(row) <= set(table.c.keys()):
        raise BenchRefusal(BenchProblemCode.EXPORT_FOREIGN, reason=_STRANGE)
    try:
        return {name: _value(table.c[name], value) for name, value in row.items()}
    except (TypeError, ValueError) as error:
        raise BenchRefusal(BenchProblemCode.EXPORT_FOREIGN, reason=_STRANGE) from error


def _value(column: Column[Any], value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, UtcDateTime):
        return datetime.fromisoformat(value)
    return date.fromisoformat(value) if column.name == "day" else value
