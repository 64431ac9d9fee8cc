# SPDX-License-Identifier: AGPL-3.0-or-later
"""Columns of the queue and the words of their cells."""

from __future__ import annotations

from enum import IntEnum

from PySide6.QtCore import QCoreApplication

from reviewer_app.contract.companies import LEGAL_FORMS, LegalForm
from reviewer_app.contract.formats import format_nip
from reviewer_app.contract.states import COMPANY_STATE_TEXTS, FLAG_TEXTS
from reviewer_app.contract.text import Text
from reviewer_app.desk.rows import ActState, PendingAct, QueueRow
from reviewer_app.models.texts import NOTHING, duration_text, localized, moment_text, short_moment_text

translate = QCoreApplication.translate


class QueueColumn(IntEnum):
    """Columns of the queue, in their order before anyone moved them."""

    COMPANY = 0
    NIP = 1
    FORM = 2
    STATE = 3
    ROUND = 4
    WAITING = 5
    ASSIGNEE = 6
    FLAGS = 7
    CHECKS = 8
    SUBMITTED = 9


_SHORT_FORMS: dict[LegalForm, Text] = {
    LegalForm.SOLE_PROPRIETORSHIP: Text("jednoosobowa", "sole trader"),
    LegalForm.CIVIL_PARTNERSHIP: Text("s.c.", "s.c."),
    LegalForm.GENERAL_PARTNERSHIP: Text("sp.j.", "sp.j."),
    LegalForm.PROFESSIONAL_PARTNERSHIP: Text("sp.p.", "sp.p."),
    LegalForm.LIMITED_PARTNERSHIP: Text("sp.k.", "sp.k."),
    LegalForm.LIMITED_JOINT_STOCK_PARTNERSHIP: Text("S.K.A.", "S.K.A."),
    LegalForm.SP_ZOO: Text("sp. z o.o.", "sp. z o.o."),
    LegalForm.PSA: Text("P.S.A.", "P.S.A."),
    LegalForm.SA: Text("S.A.", "S.A."),
    LegalForm.FOUNDATION: Text("fundacja", "foundation"),
    LegalForm.ASSOCIATION: Text("stowarzyszenie", "association"),
    LegalForm.FOREIGN_BRANCH: Text("oddział", "branch"),
    LegalForm.OTHER: Text("inna", "other"),
}
"""As the register's short names say them; the whole name is in the tooltip."""


def column_title(column: QueueColumn) -> str:
    """Name a column."""
    return {
        QueueColumn.COMPANY: translate("queue", "Company"),
        QueueColumn.NIP: translate("queue", "NIP"),
        QueueColumn.FORM: translate("queue", "Legal form"),
        QueueColumn.STATE: translate("queue", "State"),
        QueueColumn.ROUND: translate("queue", "Round"),
        QueueColumn.WAITING: translate("queue", "Waiting"),
        QueueColumn.ASSIGNEE: translate("queue", "Held by"),
        QueueColumn.FLAGS: translate("queue", "Flags"),
        QueueColumn.CHECKS: translate("queue", "Checks"),
        QueueColumn.SUBMITTED: translate("queue", "Submitted"),
    }[column]


def cell_text(row: QueueRow, column: QueueColumn, waiting_seconds: int) -> str:
    """Write what a cell says, also for a screen reader."""
    return {
        QueueColumn.COMPANY: row.name,
        QueueColumn.NIP: format_nip(row.nip),
        QueueColumn.FORM: localized(_SHORT_FORMS[row.legal_form]),
        QueueColumn.STATE: localized(COMPANY_STATE_TEXTS[row.state]),
        QueueColumn.ROUND: str(row.round) if row.round else NOTHING,
        QueueColumn.WAITING: duration_text(waiting_seconds),
        QueueColumn.ASSIGNEE: row.assignee_name or NOTHING,
        QueueColumn.FLAGS: ", ".join(localized(FLAG_TEXTS[flag]) for flag in row.flags),
        QueueColumn.CHECKS: checks_text(row),
        QueueColumn.SUBMITTED: short_moment_text(row.submitted_at),
    }[column]


def cell_hint(row: QueueRow, column: QueueColumn) -> str | None:
    """Write what the tooltip of a cell adds, None for nothing."""
    if column is QueueColumn.COMPANY:
        return "\n".join([row.name, *(pending_text(act) for act in row.pending)])
    if column is QueueColumn.FORM:
        return localized(LEGAL_FORMS[row.legal_form].name)
    if column is QueueColumn.FLAGS and row.flags:
        return "\n".join(localized(FLAG_TEXTS[flag]) for flag in row.flags)
    if column is QueueColumn.CHECKS:
        return checks_text(row)
    if column is QueueColumn.SUBMITTED:
        return moment_text(row.submitted_at)
    return None


def checks_text(row: QueueRow) -> str:
    """Write the results of the automatic checks."""
    return translate("queue", "{ok} in order, {warn} to look at, {fail} failed, {unknown} not checked").format(
        ok=row.checks_ok, warn=row.checks_warn, fail=row.checks_fail, unknown=row.checks_unknown
    )


def pending_text(act: PendingAct) -> str:
    """Write where an act of the user stands that the server does not know yet."""
    return {
        ActState.HELD: translate("queue", "Can still be undone"),
        ActState.PENDING: translate("queue", "Waits to be sent"),
        ActState.SENDING: translate("queue", "Being sent"),
        ActState.DONE: translate("queue", "Sent"),
        ActState.CONFLICT: translate("queue", "Conflict: needs your decision"),
        ActState.FAILED: translate("queue", "Not accepted: needs your attention"),
        ActState.WITHDRAWN: translate("queue", "Withdrawn"),
    }[act.state]
