# SPDX-License-Identifier: AGPL-3.0-or-later
"""Fills a database of the current schema with invented companies, straight into the tables.

A queue of 100,000 companies cannot be made through HTTP in a minute. Rows have the columns, sort keys and search words
that the service would give them, and their states lie as after some years: most are active, one in ten waits for staff.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, NullPool, create_engine, insert
from stdnum.pl import nip as nip_numbers

from reviewer_app.backend.accounts.tables import User
from reviewer_app.backend.audit.service import History
from reviewer_app.backend.audit.signal import FeedSignal
from reviewer_app.backend.companies.moves import state_columns
from reviewer_app.backend.companies.search import polish_sort_key, tokens_of
from reviewer_app.backend.companies.tables import Company, SearchToken, seat_key_of
from reviewer_app.backend.documents.tables import Document
from reviewer_app.backend.kit.clock import SystemClock
from reviewer_app.backend.kit.contacts import folded_email, phone_key
from reviewer_app.backend.kit.database import Database, new_id
from reviewer_app.backend.kit.passwords import Passwords
from reviewer_app.backend.staff.accounts import StaffAccounts
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.states import CompanyState, DocumentKind, DocumentState
from reviewer_app.qa.synthetic_companies import SyntheticCompany, make_company
from reviewer_app.qa.synthetic_numbers import NIP_PREFIX

STAFF_NAME, STAFF_PASSWORD = "anna", "sosna-i-buk-nad-jeziorem"
COMMON_WORD = "informatyka"
"""Stands in the names of one company in eight."""

_BATCH = 5000
_UNGUARDED = ("journal_mode = OFF", "synchronous = OFF", "temp_store = MEMORY", "cache_size = -600000")
_STATES = (
    *(CompanyState.ACTIVE,) * 11,
    *(CompanyState.PENDING_VERIFICATION,) * 2,
    *(CompanyState.CORRECTION_REQUESTED,) * 2,
    *(CompanyState.REJECTED,) * 2,
    CompanyState.APPROVED,
    CompanyState.AWAITING_AUTHORIZATION,
    CompanyState.COLLECTING,
)
_INVENTED = 2000
"""So many different companies; those after them differ in number, NIP and e-mail."""

_SHARE_NIPS = 75_000
"""Numbers up to here belong to one company each, as they must once it is approved; the rest are shared."""
_FEW_NIPS = 100_000
_NEVER_SUBMITTED = frozenset({CompanyState.COLLECTING, CompanyState.AWAITING_AUTHORIZATION})
_OWN_NIP = frozenset({CompanyState.ACTIVE, CompanyState.APPROVED, CompanyState.PENDING_VERIFICATION})
_SPACING = timedelta(minutes=7)


class Paper(NamedTuple):
    """A document that a company has; its bytes lie in the storage."""

    kind: DocumentKind
    sha256: str
    size: int
    page_sizes: tuple[tuple[float, float], ...]


def fill(database: Database, companies: int, papers: tuple[Paper, ...]) -> None:
    """Add staff and companies to an empty database; those that wait for staff have these papers."""
    now = datetime.now(UTC)
    rows = _rows(companies, now, papers)
    with _unguarded(database) as connection, _without_indexes(connection):
        while batch := list(itertools.islice(rows, _BATCH)):
            connection.execute(insert(User), [one.user for one in batch])
            connection.execute(insert(Company), [one.company for one in batch])
            connection.exec_driver_sql(
                "INSERT INTO unsorted_words VALUES (?, ?)",
                [(token, one.company["id"]) for one in batch for token in one.tokens],
            )
            if documents := [document for one in batch for document in one.documents]:
                connection.execute(insert(Document), documents)
    clock = SystemClock()
    accounts = StaffAccounts(clock, Passwords(), History(clock, FeedSignal()))
    with database.write() as session:
        accounts.add(
            session,
            username=STAFF_NAME,
            display_name="Anna Lis",
            role=StaffRole.REVIEWER,
            password=STAFF_PASSWORD,
        )


@contextmanager
def _unguarded(database: Database) -> Iterator[Connection]:
    """Write to SQLite without what keeps a database whole when its machine fails: a bench begins anew then."""
    database.dispose()  # its connections keep the journal that they began with
    engine = create_engine(database.url, poolclass=NullPool)
    with engine.connect() as connection:
        for pragma in _UNGUARDED:
            connection.exec_driver_sql(f"PRAGMA {pragma}")
        yield connection
        connection.commit()
    engine.dispose()


@contextmanager
def _without_indexes(connection: Connection) -> Iterator[None]:
    """Let SQLite make the indexes of a million rows at the end, each in one go: kept up row by row they take hours.

    Search words go into a table without an order and come into theirs sorted, since that one cannot lose its index.
    """
    tables = {table.__tablename__ for table in (User, Company, SearchToken, Document)}
    indexes = connection.exec_driver_sql("SELECT name, sql, tbl_name FROM sqlite_master WHERE type = 'index'").all()
    made = [(name, sql) for name, sql, table in indexes if sql is not None and table in tables]
    for name, _sql in made:
        connection.exec_driver_sql(f'DROP INDEX "{name}"')
    connection.exec_driver_sql("CREATE TEMPORARY TABLE unsorted_words (token, company_id)")
    yield
    connection.exec_driver_sql(
        "INSERT INTO company_search_tokens (token, company_id) "
        "SELECT token, company_id FROM unsorted_words ORDER BY token, company_id"
    )
    connection.exec_driver_sql("DROP TABLE unsorted_words")
    for _name, sql in made:
        connection.exec_driver_sql(sql)


class _Plan(NamedTuple):
    number: int
    made: SyntheticCompany
    nip: str
    state: CompanyState
    at: datetime


class _Rows(NamedTuple):
    user: dict[str, Any]
    company: dict[str, Any]
    tokens: frozenset[str]
    documents: list[dict[str, Any]]


def _rows(companies: int, now: datetime, papers: tuple[Paper, ...]) -> Iterator[_Rows]:
    every = list(_nips(companies))
    enough = _SHARE_NIPS if companies <= _FEW_NIPS else len(every) * 17 // 20
    own, shared = iter(every[:enough]), itertools.cycle(every[enough:])
    states = itertools.cycle(_STATES)
    invented = [make_company(seed) for seed in range(min(companies, _INVENTED))]
    for number, state in zip(range(companies), states, strict=False):
        submitted_at = now - (companies - number) * _SPACING
        made = invented[number % len(invented)]
        yield _filled(_Plan(number, made, next(own if state in _OWN_NIP else shared), state, submitted_at), papers)


def _nips(companies: int) -> Iterator[str]:
    """List numbers that no office gives out: those that the fixtures use, and for more companies all that begin alike."""
    digits = 5 if companies <= _FEW_NIPS else 6
    for number in range(10**digits):
        body = f"{NIP_PREFIX[: 9 - digits]}{number:0{digits}d}"
        check = nip_numbers.checksum(f"{body}0")
        if check < 10:
            yield f"{body}{check}"


def _filled(plan: _Plan, papers: tuple[Paper, ...]) -> _Rows:
    company = _company(plan)
    made = plan.made
    tokens = _tokens_of(made.name, made.regon, made.krs or "", made.email) | {plan.nip, str(plan.number + 1)}
    waits = plan.state is CompanyState.PENDING_VERIFICATION
    return _Rows(
        user=_user(plan, company["administrator_id"]),
        company=company,
        tokens=tokens,
        documents=[_document(paper, company) for paper in papers] if waits else [],
    )


@cache
def _tokens_of(*texts: str) -> frozenset[str]:
    return tokens_of(texts)


@cache
def _sort_key_of(name: str) -> str:
    return polish_sort_key(name)


def _company(plan: _Plan) -> dict[str, Any]:
    made, seat = plan.made, plan.made.seat
    name = f"{made.name} {plan.number + 1}"
    place = {"street": seat.street, "building": seat.building, "postal_code": seat.postal_code, "city": seat.city}
    submitted_at = None if plan.state in _NEVER_SUBMITTED else plan.at
    return {
        "id": new_id(),
        "administrator_id": new_id(),
        "version": 3,
        "round": 0 if submitted_at is None else 1,
        "name": name,
        "name_key": _sort_key_of(made.name) + polish_sort_key(f" {plan.number + 1}"),
        "legal_form": made.legal_form,
        "nip": plan.nip,
        "regon": made.regon,
        "krs": made.krs or None,
        "seat": place,
        "seat_key": seat_key_of(place),
        "phone": made.phone,
        "phone_key": phone_key(made.phone),
        "email": made.email,
        "email_key": folded_email(made.email),
        "bank_account": made.bank_account,
        "created_at": plan.at,
        "submitted_at": submitted_at,
        **state_columns(plan.state, submitted_at, now=plan.at),
        "checks_ok": 4,
        "checks_warn": plan.number % 3 % 2,
        "checks_fail": 0,
        "checks_unknown": 1,
    }


def _user(plan: _Plan, user_id: str) -> dict[str, Any]:
    made, at = plan.made, plan.at
    email = f"{plan.number}.{made.administrator_email}"
    return {
        "id": user_id,
        "email": email,
        "email_folded": email.casefold(),
        "phone": made.phone,
        "language": "pl",
        "first_name": made.administrator.first_name,
        "last_name": made.administrator.last_name,
        "position": made.administrator_position,
        "password_hash": "none",
        "terms_version": "1",
        "created_at": at,
        "activated_at": at,
    }


def _document(paper: Paper, company: dict[str, Any]) -> dict[str, Any]:
    document_id = new_id()
    return {
        "id": document_id,
        "line": document_id,
        "company_id": company["id"],
        "kind": paper.kind,
        "version": 1,
        "state": DocumentState.READY,
        "sha256": paper.sha256,
        "size": paper.size,
        "media_type": "application/pdf",
        "file_name": f"{paper.kind.value}.pdf",
        "pages": len(paper.page_sizes),
        "repaired": False,
        "round": 0,
        "page_sizes": [list(size) for size in paper.page_sizes],
        "uploaded_at": company["created_at"],
        "uploaded_by": company["administrator_id"],
    }
