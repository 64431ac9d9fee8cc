# SPDX-License-Identifier: AGPL-3.0-or-later
"""What belongs to one person's work on a server: drafts, cached cases, claims, pages seen. ``scope`` says whose."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert

from reviewer_app.store.database import Database
from reviewer_app.store.records import CaseRecord, LeaseRecord, PageViewRecord
from reviewer_app.store.tables import cases, drafts, leases, page_views, seen_pages


class DraftStore:
    """Drafts of decisions, one per case. They outlive crashes and sign-outs; only the person ends them."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, *, scope: str, company_id: str) -> str | None:
        """Give the draft on a case, JSON."""
        wanted = select(drafts.c.body).where(drafts.c.scope == scope, drafts.c.company_id == company_id)
        with self._database.reading() as connection:
            return connection.execute(wanted).scalar_one_or_none()

    def put(self, *, scope: str, company_id: str, body: str, now: datetime) -> None:
        """Keep a draft in place of the one before."""
        values = {"body": body, "saved_at": now}
        statement = insert(drafts).values(scope=scope, company_id=company_id, **values)
        with self._database.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["scope", "company_id"], set_=values))

    def remove(self, *, scope: str, company_id: str) -> None:
        """Forget the draft on a case."""
        with self._database.writing() as connection:
            connection.execute(delete(drafts).where(drafts.c.scope == scope, drafts.c.company_id == company_id))


class CaseStore:
    """Cases as the server last gave them, to be read when it cannot be reached."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def get(self, *, scope: str, company_id: str) -> CaseRecord | None:
        """Give a case."""
        wanted = select(cases).where(cases.c.scope == scope, cases.c.company_id == company_id)
        with self._database.reading() as connection:
            row = connection.execute(wanted).mappings().first()
        return None if row is None else CaseRecord(row["company_id"], row["body"], row["fetched_at"])

    def put(self, *, scope: str, record: CaseRecord) -> None:
        """Keep a case in place of what was known before."""
        values = {"body": record.body, "fetched_at": record.fetched_at}
        statement = insert(cases).values(scope=scope, company_id=record.company_id, **values)
        with self._database.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["scope", "company_id"], set_=values))

    def clear(self, *, before: datetime | None = None) -> None:
        """Forget all cases, or those fetched before a moment."""
        statement = delete(cases)
        if before is not None:
            statement = statement.where(cases.c.fetched_at < before)
        with self._database.writing() as connection:
            connection.execute(statement)


class LeaseStore:
    """Claims held by this computer; they outlive a crash, so that work goes on with the same token."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, *, scope: str) -> tuple[LeaseRecord, ...]:
        """Give all claims."""
        with self._database.reading() as connection:
            rows = connection.execute(select(leases).where(leases.c.scope == scope)).mappings().all()
        return tuple(LeaseRecord(row["company_id"], row["token"], row["expires_at"]) for row in rows)

    def get(self, *, scope: str, company_id: str) -> LeaseRecord | None:
        """Give the claim on a case."""
        return next((lease for lease in self.all(scope=scope) if lease.company_id == company_id), None)

    def put(self, *, scope: str, record: LeaseRecord) -> None:
        """Keep a claim in place of the one before."""
        values = {"token": record.token, "expires_at": record.expires_at}
        statement = insert(leases).values(scope=scope, company_id=record.company_id, **values)
        with self._database.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["scope", "company_id"], set_=values))

    def remove(self, *, scope: str, company_id: str, token: str | None = None) -> None:
        """Forget the claim on a case; with ``token`` only if it is still that one."""
        statement = delete(leases).where(leases.c.scope == scope, leases.c.company_id == company_id)
        if token is not None:
            statement = statement.where(leases.c.token == token)
        with self._database.writing() as connection:
            connection.execute(statement)


class PageStore:
    """How pages were last looked at, and which ones were seen."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def view(self, *, document_id: str, page: int) -> PageViewRecord | None:
        """Give how a page was last looked at."""
        wanted = select(page_views).where(page_views.c.document_id == document_id, page_views.c.page == page)
        with self._database.reading() as connection:
            row = connection.execute(wanted).mappings().first()
        return None if row is None else PageViewRecord(row["rotation"], row["zoom"])

    def views(self, *, document_id: str) -> dict[int, PageViewRecord]:
        """Give how the pages of a document were last looked at, by page; those never turned nor zoomed are left out."""
        wanted = select(page_views).where(page_views.c.document_id == document_id)
        with self._database.reading() as connection:
            rows = connection.execute(wanted).mappings().all()
        return {row["page"]: PageViewRecord(row["rotation"], row["zoom"]) for row in rows}

    def remember(self, *, document_id: str, page: int, view: PageViewRecord) -> None:
        """Keep how a page is looked at."""
        values = {"rotation": view.rotation, "zoom": view.zoom}
        statement = insert(page_views).values(document_id=document_id, page=page, **values)
        with self._database.writing() as connection:
            connection.execute(statement.on_conflict_do_update(index_elements=["document_id", "page"], set_=values))

    def seen(self, *, scope: str, document_id: str) -> frozenset[int]:
        """Give the pages that the person has seen."""
        wanted = select(seen_pages.c.page).where(seen_pages.c.scope == scope, seen_pages.c.document_id == document_id)
        with self._database.reading() as connection:
            return frozenset(connection.execute(wanted).scalars())

    def mark_seen(self, *, scope: str, document_id: str, page: int, now: datetime) -> None:
        """Note that the person has seen a page."""
        statement = insert(seen_pages).values(scope=scope, document_id=document_id, page=page, seen_at=now)
        with self._database.writing() as connection:
            connection.execute(statement.on_conflict_do_nothing())
