# SPDX-License-Identifier: AGPL-3.0-or-later
"""What employees of a company and what staff of the distributor may do, as tables."""

from __future__ import annotations

from enum import StrEnum

from reviewer_app.contract.text import Text


class Permission(StrEnum):
    """Permissions that the administrator grants to employees (step S17 of the registration process)."""

    BR = "BR"
    US = "US"
    OR = "OR"
    RM = "RM"
    FI = "FI"
    AD = "AD"
    PRO = "PRO"


PERMISSION_TEXTS: dict[Permission, Text] = {
    Permission.BR: Text("dostęp do rejestracji w oddziale", "access to registration in a branch"),
    Permission.US: Text("zarządzanie kontami użytkowników w firmie", "managing user accounts in the company"),
    Permission.OR: Text("możliwość zamawiania w imieniu firmy", "ordering on the company's behalf"),
    Permission.RM: Text("dostęp do modułu serwis i wsparcie", "access to service and support"),
    Permission.FI: Text(
        "uprawnienia finansowe (oglądanie wszystkich faktur)", "financial permissions (seeing all invoices)"
    ),
    Permission.AD: Text(
        "możliwość dodawania adresów do książki adresowej", "adding addresses to the company's address book"
    ),
    Permission.PRO: Text("administrator projektów w firmie", "administrator of projects in the company"),
}

AREA_PERMISSIONS: dict[str, Permission] = {
    "branch": Permission.BR,
    "users": Permission.US,
    "orders": Permission.OR,
    "service": Permission.RM,
    "invoices": Permission.FI,
    "addresses": Permission.AD,
    "projects": Permission.PRO,
}
"""The permission that opens each area of the portal."""


class StaffRole(StrEnum):
    """Roles of the distributor's staff."""

    REVIEWER = "reviewer"
    SUPERVISOR = "supervisor"
    AUDITOR = "auditor"
    ADMIN = "admin"


class StaffAct(StrEnum):
    """What staff can do; the desktop enables its actions by what the server lists as allowed."""

    READ_CASES = "read_cases"
    CLAIM = "claim"
    RELEASE = "release"
    TAKE_OVER = "take_over"
    APPROVE = "approve"
    REQUEST_CORRECTION = "request_correction"
    REJECT = "reject"
    NOTE = "note"
    HOLD = "hold"
    ESCALATE = "escalate"
    ASSIGN = "assign"
    SHARE_VIEWS = "share_views"
    REOPEN = "reopen"
    SUSPEND = "suspend"
    RESTORE = "restore"
    REFRESH_CHECKS = "refresh_checks"
    READ_PERSON_STATISTICS = "read_person_statistics"
    MANAGE_ACCOUNTS = "manage_accounts"


_REVIEWER_ACTS = frozenset(
    {
        StaffAct.READ_CASES,
        StaffAct.CLAIM,
        StaffAct.RELEASE,
        StaffAct.APPROVE,
        StaffAct.REQUEST_CORRECTION,
        StaffAct.REJECT,
        StaffAct.NOTE,
        StaffAct.HOLD,
        StaffAct.ESCALATE,
        StaffAct.REFRESH_CHECKS,
    }
)

ROLE_ACTS: dict[StaffRole, frozenset[StaffAct]] = {
    StaffRole.REVIEWER: _REVIEWER_ACTS,
    StaffRole.SUPERVISOR: _REVIEWER_ACTS
    | {
        StaffAct.TAKE_OVER,
        StaffAct.ASSIGN,
        StaffAct.SHARE_VIEWS,
        StaffAct.REOPEN,
        StaffAct.SUSPEND,
        StaffAct.RESTORE,
        StaffAct.READ_PERSON_STATISTICS,
    },
    StaffRole.AUDITOR: frozenset({StaffAct.READ_CASES, StaffAct.READ_PERSON_STATISTICS}),
    StaffRole.ADMIN: frozenset({StaffAct.MANAGE_ACCOUNTS}),
}

ROLE_TEXTS: dict[StaffRole, Text] = {
    StaffRole.REVIEWER: Text("weryfikator", "reviewer"),
    StaffRole.SUPERVISOR: Text("kierownik", "supervisor"),
    StaffRole.AUDITOR: Text("audytor", "auditor"),
    StaffRole.ADMIN: Text("administrator", "administrator"),
}
