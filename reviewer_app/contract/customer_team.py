# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests and answers about a company's people: employees, invitations, permissions, hierarchy, areas."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from pydantic import Field, StringConstraints

from reviewer_app.contract.customer import Line, Password, PersonName, RequiredLine, Viewer
from reviewer_app.contract.messages import SEVERAL_LINES, FieldError, Message, Request, Utc
from reviewer_app.contract.permissions import Permission
from reviewer_app.contract.text import Language, Text

EmployeeId = Annotated[str, StringConstraints(min_length=1, max_length=64, pattern=r"^[0-9A-Za-z_-]*$")]
CsvText = Annotated[str, StringConstraints(min_length=1, max_length=500_000, pattern=SEVERAL_LINES)]

EMPLOYEE_COLUMNS: dict[str, Text] = {
    "first_name": Text("Imię", "First name"),
    "last_name": Text("Nazwisko", "Last name"),
    "email": Text("E-mail", "E-mail"),
    "phone": Text("Telefon", "Phone"),
    "position": Text("Stanowisko", "Position"),
    "superior_email": Text("E-mail przełożonego", "Superior's e-mail"),
    "permissions": Text("Uprawnienia", "Permissions"),
}
"""Columns of a CSV of employees, by code or by title; those after ``email`` may be empty or missing.

Permissions are separated by spaces. A superior is named by e-mail, from the list or from an earlier line.
"""

TOP_OF_HIERARCHY = "top"
"""Value of ``reassign_to`` by which the people of a removed superior are left without one."""


class EmployeeState(StrEnum):
    """Where an employee stands: invited by mail, taking part, or kept from acting by the company."""

    INVITED = "invited"
    ACTIVE = "active"
    BLOCKED = "blocked"


EMPLOYEE_STATE_TEXTS: dict[EmployeeState, Text] = {
    EmployeeState.INVITED: Text("Zaproszony", "Invited"),
    EmployeeState.ACTIVE: Text("Aktywny", "Active"),
    EmployeeState.BLOCKED: Text("Zablokowany", "Blocked"),
}


class Employee(Message):
    """A person of the company. The administrator is one of them and has every permission (R3, R4).

    ``invitation_expires_at`` is set while an invitation waits. ``may_change`` and ``may_grant`` tell what the caller
    may do with this person: change and remove the entry, and which permissions they may give or take.
    """

    id: str
    first_name: str
    last_name: str
    email: str
    phone: str
    position: str
    state: EmployeeState
    is_administrator: bool
    permissions: tuple[Permission, ...]
    superior_id: str | None
    version: int
    invited_at: Utc | None
    invitation_expires_at: Utc | None
    joined_at: Utc | None
    may_change: bool
    may_grant: tuple[Permission, ...]


class EmployeeRequest(Request):
    """A person to invite (S15). ``language`` is that of the invitation."""

    first_name: PersonName
    last_name: PersonName
    email: RequiredLine
    phone: Line = ""
    position: Line = ""
    superior_id: EmployeeId | None = None
    permissions: tuple[Permission, ...] = ()
    language: Language = Language.POLISH


class EmployeeChange(Request):
    """Changes an employee's entry; absent fields stay. Who has joined changes their name and phone themselves."""

    first_name: PersonName | None = None
    last_name: PersonName | None = None
    phone: Line | None = None
    position: Line | None = None
    blocked: bool | None = None


class PermissionsRequest(Request):
    """The permissions that an employee has from now on."""

    permissions: tuple[Permission, ...]


class PermissionChanges(Request):
    """Gives and takes permissions of several employees at once: all of it or nothing."""

    employee_ids: Annotated[tuple[EmployeeId, ...], Field(min_length=1, max_length=200)]
    grant: tuple[Permission, ...] = ()
    revoke: tuple[Permission, ...] = ()


class SuperiorRequest(Request):
    """The superior that an employee has from now on; null for none."""

    superior_id: EmployeeId | None


class Employees(Message):
    """One page of employees, by last name."""

    items: tuple[Employee, ...]
    next_cursor: str | None = None
    viewer: Viewer


class PersonBrief(Message):
    """A person of the company, with what tells them apart from somebody of the same name."""

    id: str
    name: str
    email: str
    position: str


class PeopleInBrief(Message):
    """The first people, by last name, of all who were asked for; ``total`` counts those too that are not listed."""

    items: tuple[PersonBrief, ...]
    total: int


class PeopleToChoose(PeopleInBrief):
    """The people that match a search, and before them those asked for by id, whom ``total`` does not count."""

    viewer: Viewer


class EmployeeEntry(Message):
    """Everything about one person: the entry, the people right below, and who may be their superior.

    ``choices`` leaves out the person and everyone below them.
    """

    employee: Employee
    below: PeopleInBrief
    choices: PeopleInBrief
    viewer: Viewer


class PermissionsChanged(Employees):
    """Everyone named in the changes, as they are now; ``changed`` are the ids of those who were not so before."""

    changed: tuple[str, ...]


class Subordinate(Message):
    """Someone whose superior is to be removed; listed in the problem ``has_subordinates``."""

    id: str
    name: str


class HierarchyNode(Message):
    """A person and those below them."""

    id: str
    name: str
    email: str
    position: str
    state: EmployeeState
    is_administrator: bool
    children: tuple[HierarchyNode, ...]


class Hierarchy(Message):
    """The tree of superiors; those without one come first-level, by last name."""

    roots: tuple[HierarchyNode, ...]
    viewer: Viewer


class InvitationShown(Message):
    """What the link of an invitation shows. ``account_exists``: sign in with it and accept, instead of registering.

    ``terms_version`` is the version of the terms to accept.
    """

    company_name: str
    email: str
    first_name: str
    last_name: str
    phone: str
    position: str
    language: Language
    expires_at: Utc
    account_exists: bool
    terms_version: str


class InvitationRequest(Request):
    """The invited person finishes registration with the data of S2; the address is the one that was invited."""

    first_name: PersonName
    last_name: PersonName
    email: RequiredLine | None = None
    phone: RequiredLine
    position: RequiredLine
    password: Password
    language: Language = Language.POLISH
    terms_version: RequiredLine


class CsvRequest(Request):
    """A CSV with a line of column names, separated by commas or semicolons. ``check_only`` changes nothing."""

    csv: CsvText
    check_only: bool = False
    language: Language = Language.POLISH


class LineOutcome(StrEnum):
    """What became of one line of a CSV."""

    ADDED = "added"
    VALID = "valid"
    REFUSED = "refused"


class LineReport(Message):
    """One line of a CSV; ``line`` counts from 1 with the line of column names."""

    line: int
    outcome: LineOutcome
    id: str | None = None
    warnings: tuple[FieldError, ...] = ()
    errors: tuple[FieldError, ...] = ()


class ImportReport(Message):
    """What became of each line. Lines that are right are added also when others are refused."""

    added: int
    refused: int
    lines: tuple[LineReport, ...]


class Area(Message):
    """An area of the portal that the caller may use."""

    area: str
    permission: Permission
    description: str
    company_name: str
    viewer: Viewer
