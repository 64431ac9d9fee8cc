# SPDX-License-Identifier: AGPL-3.0-or-later
"""The session and the queue read with the standard library alone, so that a start need not wait for pydantic.

The shapes are those of `contract.staff`, name by name; the tests read the same answers both ways.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any, TypeVar

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.edition import PRODUCT
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.states import CaseKind, CompanyState, Flag

Code = TypeVar("Code", bound=StrEnum)


@dataclass(frozen=True, slots=True)
class ServerSign:
    """What a Reviewer server says of itself: the edition of its surface for staff, and its version."""

    edition: int
    version: str


@dataclass(frozen=True, slots=True)
class User:
    """`contract.staff.StaffUser`."""

    id: str
    username: str
    display_name: str
    role: StaffRole


@dataclass(frozen=True, slots=True)
class Session:
    """`contract.staff.StaffSession`."""

    access_token: str
    refresh_token: str
    expires_at: datetime
    user: User
    bench: bool = False


@dataclass(frozen=True, slots=True)
class Holder:
    """`contract.staff.Assignee`."""

    id: str
    username: str
    display_name: str


@dataclass(frozen=True, slots=True)
class Counts:
    """`contract.staff.CheckCounts`."""

    ok: int = 0
    warn: int = 0
    fail: int = 0
    unknown: int = 0


@dataclass(frozen=True, slots=True)
class Given:
    """`contract.staff.Assignment`."""

    person: Holder
    by: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Entry:
    """`contract.staff.QueueItem`."""

    id: str
    name: str
    nip: str
    legal_form: LegalForm
    state: CompanyState
    version: int
    round: int
    case_kind: CaseKind
    submitted_at: datetime | None
    waiting_seconds: int
    working_seconds: int
    assignee: Holder | None
    lease_expires_at: datetime | None
    flags: tuple[Flag, ...]
    checks: Counts
    news: tuple[str, ...]
    looked: bool
    assignment: Given | None


@dataclass(frozen=True, slots=True)
class Entries:
    """`contract.messages.Listing` of entries; ``next_cursor`` is None on the last page."""

    items: tuple[Entry, ...]
    next_cursor: str | None = None


class Misread(ValueError):
    """Something is missing or is not what it should be. The message names the place, never the content."""


def read_sign(body: bytes) -> ServerSign:
    """Read a server's sign of life. Raises Misread when it is not that of a Reviewer server."""
    at = fields_of(body)
    if at.text("product") != PRODUCT:
        raise Misread("product")
    return ServerSign(edition=at.number("api"), version=at.text("version"))


def read_session(body: bytes) -> Session:
    """Read a `StaffSession`. Raises Misread."""
    at = fields_of(body)
    return Session(
        access_token=at.text("access_token"),
        refresh_token=at.text("refresh_token"),
        expires_at=at.moment("expires_at"),
        user=user_in(at.inside("user")),
        bench=at.flag("bench"),
    )


def read_entries(body: bytes) -> Entries:
    """Read a `Listing` of `QueueItem`. Raises Misread."""
    at = fields_of(body)
    items = tuple(_entry(item) for item in at.several("items"))
    return Entries(items, at.text("next_cursor") if at.has("next_cursor") else None)


def user_in(at: Fields) -> User:
    """Read a `StaffUser` among the fields of an object. Raises Misread."""
    return User(
        id=at.text("id"),
        username=at.text("username"),
        display_name=at.text("display_name"),
        role=at.code("role", StaffRole),
    )


class Fields:
    """The fields of one JSON object; each method raises Misread when a field is not as asked for."""

    __slots__ = ("_values",)

    def __init__(self, values: Any, place: str) -> None:
        if not isinstance(values, Mapping):
            raise Misread(place)
        self._values: Mapping[str, Any] = values

    def has(self, name: str) -> bool:
        """Whether there is a field that is not null."""
        return self._values.get(name) is not None

    def text(self, name: str) -> str:
        """Give a text."""
        value = self._values.get(name)
        if type(value) is not str:
            raise Misread(name)
        return value

    def texts(self, name: str) -> tuple[str, ...]:
        """Give several texts."""
        values = self._list(name)
        if not all(type(value) is str for value in values):
            raise Misread(name)
        return tuple(values)

    def yes(self, name: str) -> bool:
        """Give true or false."""
        value = self._values.get(name)
        if type(value) is not bool:
            raise Misread(name)
        return value

    def flag(self, name: str) -> bool:
        """Give yes or no; no when the field is missing."""
        value = self._values.get(name, False)
        if type(value) is not bool:
            raise Misread(name)
        return value

    def number(self, name: str, absent: int | None = None) -> int:
        """Give a whole number; ``absent`` when the field is missing."""
        value = self._values.get(name, absent)
        if type(value) is not int:
            raise Misread(name)
        return value

    def code(self, name: str, kind: type[Code]) -> Code:
        """Give one of the contract's codes."""
        return _code(self._values.get(name), kind, name)

    def codes(self, name: str, kind: type[Code]) -> tuple[Code, ...]:
        """Give several of the contract's codes."""
        return tuple(_code(value, kind, name) for value in self._list(name))

    def moment(self, name: str) -> datetime:
        """Give a moment, which names its offset."""
        try:
            moment = datetime.fromisoformat(self.text(name))
        except ValueError:
            raise Misread(name) from None
        if moment.tzinfo is None:
            raise Misread(name)
        return moment

    def moment_or_none(self, name: str) -> datetime | None:
        """Give a moment, or None for null."""
        return None if self._null(name) else self.moment(name)

    def inside(self, name: str) -> Fields:
        """Give the fields of an object within."""
        return Fields(self._values.get(name), name)

    def inside_or_none(self, name: str) -> Fields | None:
        """Give the fields of an object within, or None for null."""
        return None if self._null(name) else self.inside(name)

    def several(self, name: str) -> tuple[Fields, ...]:
        """Give the fields of each object of a list."""
        return tuple(Fields(value, name) for value in self._list(name))

    def _null(self, name: str) -> bool:
        if name not in self._values:
            raise Misread(name)
        return self._values[name] is None

    def _list(self, name: str) -> list[Any]:
        values = self._values.get(name)
        if not isinstance(values, list):
            raise Misread(name)
        return values


def fields_of(text: str | bytes) -> Fields:
    """Give the fields of a JSON object. Raises Misread."""
    try:
        return Fields(json.loads(text), "body")
    except ValueError:
        raise Misread("body") from None


def _code(value: Any, kind: type[Code], name: str) -> Code:
    try:
        return kind(value)
    except ValueError:
        raise Misread(name) from None


def _entry(at: Fields) -> Entry:
    holder, checks = at.inside_or_none("assignee"), at.inside("checks")
    given = at.inside_or_none("assignment")
    return Entry(
        id=at.text("id"),
        name=at.text("name"),
        nip=at.text("nip"),
        legal_form=at.code("legal_form", LegalForm),
        state=at.code("state", CompanyState),
        version=at.number("version"),
        round=at.number("round"),
        case_kind=at.code("case_kind", CaseKind),
        submitted_at=at.moment_or_none("submitted_at"),
        waiting_seconds=at.number("waiting_seconds"),
        working_seconds=at.number("working_seconds"),
        assignee=None if holder is None else _holder(holder),
        lease_expires_at=at.moment_or_none("lease_expires_at"),
        flags=at.codes("flags", Flag),
        checks=Counts(*(checks.number(name, 0) for name in ("ok", "warn", "fail", "unknown"))),
        news=at.texts("news"),
        looked=at.yes("looked"),
        assignment=None if given is None else _given(given),
    )


def _given(at: Fields) -> Given:
    return Given(person=_holder(at.inside("person")), by=at.text("by"), at=at.moment("at"))


def _holder(at: Fields) -> Holder:
    return Holder(id=at.text("id"), username=at.text("username"), display_name=at.text("display_name"))
