# SPDX-License-Identifier: AGPL-3.0-or-later
"""Copies cases under other names and numbers, many at once: how a large seeding stays quick.

A copy has every row of its template, with ids of its own, and a history of its own in the chain. What the papers show is
the template's: their contents are shared.
"""

from __future__ import annotations

import random
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import insert, select
from sqlalchemy.orm import Session

from reviewer_app.backend.audit.chain import Link, facts_digest
from reviewer_app.backend.audit.service import History
from reviewer_app.backend.authorizations.repository import next_serial
from reviewer_app.backend.case_rows import Row, Rows, history_of, rows_of
from reviewer_app.backend.companies.moves import NOT_WAITING
from reviewer_app.backend.companies.search import polish_sort_key, tokens_of
from reviewer_app.backend.companies.tables import Company, NipLock, SearchToken, seat_key_of
from reviewer_app.backend.employees.service import EmployeeRecord, set_person
from reviewer_app.backend.kit.contacts import folded_email, person_key, phone_key
from reviewer_app.backend.tables import METADATA
from reviewer_app.contract.customer import CompanyRequest, RegistrationRequest
from reviewer_app.documents.authorization_sheet import authorization_number

_COMPANIES, _USERS, _EMPLOYEES, _SHEETS = "companies", "users", "employees", "authorization_sheets"
_NOT_COPIED = frozenset({"company_search_tokens", "outbox_mails"})
_PERSON = ("first_name", "last_name", "email", "phone", "position")


@dataclass(frozen=True, slots=True)
class Template:
    """A case to be copied. ``ids`` are the values by which its rows are known, which a copy needs anew."""

    rows: Rows
    history: list[Row]
    ids: frozenset[str]
    numbers: tuple[str, ...]

    @property
    def legal_form(self) -> str:
        """Give the company's legal form."""
        return str(self.rows[_COMPANIES][0]["legal_form"])


def template_of(session: Session, company_id: str) -> Template:
    """Read a case that is to be copied."""
    rows = {name: found for name, found in rows_of(session, company_id).items() if name not in _NOT_COPIED}
    history = history_of(session, company_id)
    numbers = tuple(str(row["number"]) for row in rows.get(_SHEETS, ()))
    ids = {row["id"] for row in history}
    for name, found in rows.items():
        table = METADATA.tables[name]
        known = [column.name for column in table.columns if column.primary_key or column.unique]
        ids |= {row[column] for row in found for column in known if isinstance(row[column], str)}
    return Template(rows, history, frozenset(ids - set(numbers)), numbers)


class CaseCopier:
    """Gathers copies and writes them together."""

    def __init__(self, history: History, seed: int) -> None:
        """The same seed gives the same ids."""
        self._history = history
        self._source = random.Random(f"copies {seed}")  # noqa: S311  # the same data for the same seed
        self._rows: dict[str, list[Row]] = {}
        self._acts: list[tuple[Link, Row]] = []

    def free(self, session: Session, wanted: Iterable[tuple[RegistrationRequest, CompanyRequest]]) -> list[bool]:
        """Say of each person and company whether address and NIP are free."""
        asked = list(wanted)
        users = METADATA.tables[_USERS]
        emails = {folded_email(person.email) for person, _ in asked}
        nips = {company.nip for _, company in asked}
        known = set(session.scalars(select(users.c.email_folded).where(users.c.email_folded.in_(emails))))
        taken = set(session.scalars(select(Company.nip).where(Company.nip.in_(nips))))
        return [folded_email(person.email) not in known and company.nip not in taken for person, company in asked]

    def add(
        self,
        session: Session,
        template: Template,
        person: RegistrationRequest,
        company: CompanyRequest,
        *,
        shift: timedelta,
        password_hash: str,
    ) -> None:
        """Copy a template for a person and their company, in time moved by ``shift``."""
        year = template.rows[_COMPANIES][0]["created_at"].year
        renamed = {old: f"{self._source.getrandbits(4 * len(old)):0{len(old)}x}" for old in sorted(template.ids)}
        renamed |= {old: authorization_number(year, next_serial(session, year)) for old in template.numbers}
        for name, found in template.rows.items():
            self._rows.setdefault(name, []).extend(_moved(row, renamed, shift) for row in found)
        made = self._rows[_COMPANIES][-1]
        self._declare(made, company, shift, [renamed[number] for number in template.numbers])
        founder = str(made["administrator_id"])
        for row in self._rows.get(_USERS, ())[-len(template.rows.get(_USERS, ())) :]:
            row["password_hash"] = password_hash
            if row["id"] == founder:
                row.update({name: getattr(person, name) for name in _PERSON}, **_compared(person))
        for row in self._rows.get(_EMPLOYEES, ())[-len(template.rows.get(_EMPLOYEES, ())) :]:
            if row["user_id"] == founder:
                row.update(_listed(person))
        self._tell(template, renamed, shift, founder, f"{person.first_name} {person.last_name}")

    def write(self, session: Session) -> None:
        """Write what was gathered. The history's rows follow as the last thing of the transaction."""
        for table in METADATA.sorted_tables:
            if self._rows.get(table.name):
                session.execute(insert(table), self._rows[table.name])
        self._history.adopt(session, self._acts)
        self._rows, self._acts = {}, []

    def _declare(self, row: Row, company: CompanyRequest, shift: timedelta, numbers: list[str]) -> None:
        krs = company.krs if row["krs"] else None
        seat = company.seat.model_dump(mode="json") if company.seat else None
        row.update(
            name=company.name,
            name_key=polish_sort_key(company.name),
            nip=company.nip,
            regon=company.regon,
            krs=krs,
            phone=company.phone,
            email=company.email,
            bank_account=company.bank_account,
            seat=seat,
            seat_key=seat_key_of(seat),
            phone_key=phone_key(company.phone),
            email_key=folded_email(company.email or ""),
        )
        if row["waiting_key"] != NOT_WAITING:
            row["waiting_key"] += round(shift.total_seconds() * 1_000_000)
        texts = (company.name, company.nip, krs, company.regon, company.email, *numbers)
        tokens = self._rows.setdefault(SearchToken.__tablename__, [])
        tokens += [{"token": token, "company_id": row["id"]} for token in tokens_of(text for text in texts if text)]
        self._rows.setdefault(NipLock.__tablename__, []).append({"nip": company.nip, "declared": 1})

    def _tell(
        self, template: Template, renamed: Mapping[str, str], shift: timedelta, founder: str, founder_name: str
    ) -> None:
        for act in template.history:
            row = _moved(act, renamed, shift)
            name = founder_name if row["actor_id"] == founder else row["actor_name"]
            details = {key: renamed.get(value, value) for key, value in act["details"].items()}
            digest = facts_digest(row["salt"], row["actor_id"], name, details)
            link = Link(
                seq=0,
                id=row["id"],
                company_id=row["company_id"],
                at=row["at"],
                actor=row["actor"],
                kind=row["kind"],
                facts_digest=digest,
                previous_hash="",
            )
            facts = {"entry_id": row["id"], "salt": row["salt"], "actor_id": row["actor_id"], "actor_name": name}
            self._acts.append((link, {**facts, "details": details}))


def _moved(row: Row, renamed: Mapping[str, str], shift: timedelta) -> Row:
    return {name: _value(value, renamed, shift) for name, value in row.items()}


def _value(value: Any, renamed: Mapping[str, str], shift: timedelta) -> Any:
    kind = type(value)
    if kind is str:
        return renamed.get(value, value)
    if kind is datetime:
        moved = value + shift
        return moved.replace(microsecond=moved.microsecond // 1000 * 1000)
    if kind is list:
        return [renamed.get(item, item) if type(item) is str else item for item in value]
    return value


def _compared(person: RegistrationRequest) -> Row:
    return {
        "email_folded": folded_email(person.email),
        "name_key": person_key(person.first_name, person.last_name),
        "phone_key": phone_key(person.phone),
    }


def _listed(person: RegistrationRequest) -> Row:
    """Give the columns of a person's entry in the list of employees."""
    entry = EmployeeRecord()
    set_person(
        entry,
        first_name=person.first_name,
        last_name=person.last_name,
        email=person.email,
        phone=person.phone,
        position=person.position,
    )
    return {name: getattr(entry, name) for name in (*_PERSON, "email_folded", "name_key", "found_by")}
