# SPDX-License-Identifier: AGPL-3.0-or-later
"""All rows that belong to one company, whatever the feature: for copies of cases and for taking one elsewhere."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Column, Table, or_, select
from sqlalchemy.orm import Session

from reviewer_app.backend.audit.tables import AuditEntry, AuditFacts
from reviewer_app.backend.tables import METADATA

STAFF_TABLES = frozenset({"staff_accounts", "staff_sign_ins", "staff_accesses", "staff_spent_refreshes"})
_NOT_OF_A_CASE = frozenset({"audit_entries", "audit_facts", "customer_sessions"})
_USERS, _COMPANIES, _EMPLOYEES = "users", "companies", "employees"

Row = dict[str, Any]
Rows = dict[str, list[Row]]


def rows_of(session: Session, company_id: str) -> Rows:
    """Collect the rows of a company by table, those that others refer to first. Generated columns are left out.

    They are found by the company's id, then by what refers to rows already collected; its people's accounts by the
    list of employees. The history is apart: `history_of`.
    """
    employees = METADATA.tables[_EMPLOYEES]
    users = session.scalars(select(employees.c.user_id).where(employees.c.company_id == company_id)).all()
    rows: Rows = {}
    for table in METADATA.sorted_tables:
        if table.name in STAFF_TABLES or table.name in _NOT_OF_A_CASE:
            continue
        if table.name == _COMPANIES:
            wanted = table.c.id == company_id
        elif table.name == _USERS:
            wanted = table.c.id.in_([user for user in users if user is not None])
        elif "company_id" in table.c:
            wanted = table.c.company_id == company_id
        else:
            references = _references(table, rows)
            if not references:
                continue
            wanted = or_(*(column.in_(values) for column, values in references))
        stored = [column for column in table.columns if column.computed is None]
        found = [dict(row) for row in session.execute(select(*stored).where(wanted)).mappings()]
        if found:
            rows[table.name] = found
    return rows


def history_of(session: Session, company_id: str) -> list[Row]:
    """Give a company's acts with their facts, oldest first, without their places in the chain."""
    statement = (
        select(AuditEntry, AuditFacts)
        .join(AuditFacts, AuditFacts.entry_id == AuditEntry.id)
        .where(AuditEntry.company_id == company_id)
        .order_by(AuditEntry.seq)
    )
    return [
        {
            "id": entry.id,
            "company_id": entry.company_id,
            "at": entry.at,
            "actor": entry.actor,
            "kind": entry.kind,
            "facts_digest": entry.facts_digest,
            "salt": facts.salt,
            "actor_id": facts.actor_id,
            "actor_name": facts.actor_name,
            "details": facts.details,
        }
        for entry, facts in session.execute(statement)
    ]


def _references(table: Table, rows: Rows) -> list[tuple[Column[Any], list[Any]]]:
    return [
        (column, [row[key.column.name] for row in rows[key.column.table.name]])
        for column in table.columns
        for key in column.foreign_keys
        if key.column.table.name in rows
    ]
