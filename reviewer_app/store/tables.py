# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tables of the local database in its current schema, and the steps that bring an older file to it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlalchemy import Column, Dialect, Float, Integer, MetaData, String, Table, Text, TypeDecorator, UniqueConstraint


class Moment(TypeDecorator[datetime]):
    """A moment as ISO 8601 text in UTC, of one length, so that text order is time order."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> str | None:  # noqa: ARG002
        return None if value is None else value.astimezone(UTC).isoformat(timespec="microseconds")

    def process_result_value(self, value: str | None, dialect: Dialect) -> datetime | None:  # noqa: ARG002
        return None if value is None else datetime.fromisoformat(value)


metadata = MetaData()

outbox = Table(
    "outbox",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("id", String, nullable=False, unique=True),
    Column("scope", String, nullable=False),
    Column("company_id", String, nullable=False),
    Column("kind", String, nullable=False),
    Column("state", String, nullable=False),
    Column("key", String, nullable=False),
    Column("version", Integer),
    Column("payload", Text, nullable=False),
    Column("draft", Text),
    Column("created_at", Moment, nullable=False),
    Column("held_until", Moment),
    Column("attempts", Integer, nullable=False),
    Column("problem", Text),
)

drafts = Table(
    "drafts",
    metadata,
    Column("scope", String, primary_key=True),
    Column("company_id", String, primary_key=True),
    Column("body", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
)

cases = Table(
    "cases",
    metadata,
    Column("scope", String, primary_key=True),
    Column("company_id", String, primary_key=True),
    Column("body", Text, nullable=False),
    Column("fetched_at", Moment, nullable=False),
)

leases = Table(
    "leases",
    metadata,
    Column("scope", String, primary_key=True),
    Column("company_id", String, primary_key=True),
    Column("token", String, nullable=False),
    Column("expires_at", Moment, nullable=False),
)

page_views = Table(
    "page_views",
    metadata,
    Column("document_id", String, primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("rotation", Integer, nullable=False),
    Column("zoom", Float),
)

seen_pages = Table(
    "seen_pages",
    metadata,
    Column("scope", String, primary_key=True),
    Column("document_id", String, primary_key=True),
    Column("page", Integer, primary_key=True),
    Column("seen_at", Moment, nullable=False),
)

documents = Table(
    "documents",
    metadata,
    Column("sha256", String, primary_key=True),
    Column("size", Integer, nullable=False),
    Column("used_at", Moment, nullable=False),
)

unsent_turns = Table(
    "unsent_turns",
    metadata,
    Column("seq", Integer, primary_key=True),
    Column("scope", String, nullable=False),
    Column("document_id", String, nullable=False),
    Column("page", Integer, nullable=False),
    Column("degrees", Integer, nullable=False),
    UniqueConstraint("scope", "document_id", "page"),
)

untold_prints = Table(
    "untold_prints",
    metadata,
    Column("key", String, primary_key=True),
    Column("scope", String, nullable=False),
    Column("document_id", String, nullable=False),
    Column("request", Text, nullable=False),
    Column("print_id", String),
    Column("outcome", Text, nullable=False),
)

SCHEMA_STEPS: tuple[tuple[str, ...], ...] = (
    (
        """CREATE TABLE outbox (seq INTEGER PRIMARY KEY AUTOINCREMENT, id VARCHAR NOT NULL UNIQUE, scope VARCHAR NOT NULL,
        company_id VARCHAR NOT NULL, kind VARCHAR NOT NULL, state VARCHAR NOT NULL, key VARCHAR NOT NULL, version INTEGER,
        payload TEXT NOT NULL, draft TEXT, created_at VARCHAR NOT NULL, held_until VARCHAR, attempts INTEGER NOT NULL,
        problem TEXT)""",
        "CREATE INDEX outbox_open ON outbox (scope, seq) WHERE state NOT IN ('done', 'withdrawn')",
        """CREATE TABLE drafts (scope VARCHAR NOT NULL, company_id VARCHAR NOT NULL, body TEXT NOT NULL,
        saved_at VARCHAR NOT NULL, PRIMARY KEY (scope, company_id))""",
        """CREATE TABLE cases (scope VARCHAR NOT NULL, company_id VARCHAR NOT NULL, body TEXT NOT NULL,
        fetched_at VARCHAR NOT NULL, PRIMARY KEY (scope, company_id))""",
        """CREATE TABLE leases (scope VARCHAR NOT NULL, company_id VARCHAR NOT NULL, token VARCHAR NOT NULL,
        expires_at VARCHAR NOT NULL, PRIMARY KEY (scope, company_id))""",
        """CREATE TABLE page_views (document_id VARCHAR NOT NULL, page INTEGER NOT NULL, rotation INTEGER NOT NULL,
        zoom FLOAT, PRIMARY KEY (document_id, page))""",
        """CREATE TABLE seen_pages (scope VARCHAR NOT NULL, document_id VARCHAR NOT NULL, page INTEGER NOT NULL,
        seen_at VARCHAR NOT NULL, PRIMARY KEY (scope, document_id, page))""",
        "CREATE TABLE documents (sha256 VARCHAR PRIMARY KEY, size INTEGER NOT NULL, used_at VARCHAR NOT NULL)",
    ),
    (
        """CREATE TABLE unsent_turns (seq INTEGER PRIMARY KEY AUTOINCREMENT, scope VARCHAR NOT NULL,
        document_id VARCHAR NOT NULL, page INTEGER NOT NULL, degrees INTEGER NOT NULL,
        UNIQUE (scope, document_id, page))""",
    ),
    (
        """CREATE TABLE unsent_prints (print_id VARCHAR PRIMARY KEY, scope VARCHAR NOT NULL,
        document_id VARCHAR NOT NULL, key VARCHAR NOT NULL, outcome TEXT NOT NULL)""",
    ),
    (
        """CREATE TABLE untold_prints (key VARCHAR PRIMARY KEY, scope VARCHAR NOT NULL, document_id VARCHAR NOT NULL,
        request TEXT NOT NULL, print_id VARCHAR, outcome TEXT NOT NULL)""",
        """INSERT INTO untold_prints (key, scope, document_id, request, print_id, outcome)
        SELECT key, scope, document_id, '', print_id, outcome FROM unsent_prints""",
        "DROP TABLE unsent_prints",
    ),
)
"""``SCHEMA_STEPS[n]`` brings schema n to n + 1. A step that was released is never changed: add another."""
