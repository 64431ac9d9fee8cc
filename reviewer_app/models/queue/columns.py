# SPDX-License-Identifier: AGPL-3.0-or-later
"""Columns of the queue and the words of their cells."""

from __future__ import annotations

from collections.abc import Callable
from enum import IntEnum

from PySide6.QtCore import QCoreApplication

from reviewer_app.contract.companies import LEGAL_FORMS, LegalForm
from reviewer_app.contract.formats import format_nip
from reviewer_app.contract.states import COMPANY_STATE_TEXTS, FLAG_TEXTS
from reviewer_app.contract.text import Text
from reviewer_app.desk.rows import ActState, PendingAct, QueueRow
from reviewer_app.models.queue.waiting import waits_for_staff
from reviewer_app.models.texts import NOTHING, localized, moment_text, plain_hint, waiting_text, zone_hint

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
    NEWS = 9


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
        QueueColumn.ASSIGNEE: translate("queue", "Who has it"),
        QueueColumn.FLAGS: translate("queue", "Flags"),
        QueueColumn.CHECKS: translate("queue", "Checks"),
        QueueColumn.NEWS: translate("queue", "New for me"),
    }[column]


def cell_text(row: QueueRow, column: QueueColumn, working_seconds: int) -> str:
    """Write what a cell says, also for a screen reader."""
    return _WRITERS[column](row, working_seconds)


def cell_hint(row: QueueRow, column: QueueColumn) -> str | None:
    """Write what the tooltip of a cell adds, None for nothing."""
    hints = {
        QueueColumn.COMPANY: lambda: "\n".join([row.name, *(pending_text(act) for act in row.pending)]),
        QueueColumn.FORM: lambda: localized(LEGAL_FORMS[row.legal_form].name),
        QueueColumn.FLAGS: lambda: "\n".join(localized(FLAG_TEXTS[flag]) for flag in row.flags),
        QueueColumn.CHECKS: lambda: checks_text(row),
        QueueColumn.WAITING: lambda: _waiting_hint(row),
        QueueColumn.ASSIGNEE: lambda: _who_hint(row),
        QueueColumn.NEWS: lambda: "\n".join(news_texts(row)),
    }
    return plain_hint(hints[column]()) or None if column in hints else None


def _waiting_hint(row: QueueRow) -> str:
    if row.submitted_at is None:
        return ""
    words = translate("queue", "Submitted {moment}. Working time in Poland; the target is 2 working days.")
    lines = [words.format(moment=moment_text(row.submitted_at)), zone_hint(row.submitted_at)]
    return "\n".join(line for line in lines if line)


def who_text(row: QueueRow) -> str:
    """Name who has a case: who works on it now, else whose it is to do."""
    return row.assignee_name or row.assigned_name or NOTHING


def _who_text(row: QueueRow) -> str:
    """Tell the two apart for who does not see the mark before the name."""
    if row.assignee_name is None and row.assigned_name is not None:
        return translate("queue", "Assigned to {name}").format(name=row.assigned_name)
    return who_text(row)


def _who_hint(row: QueueRow) -> str:
    lines = []
    if row.assignee_name is not None:
        lines.append(translate("queue", "Being worked on by {name}").format(name=row.assignee_name))
    if row.assigned_name is not None:
        words = translate("queue", "Assigned to {name} by {by}, {moment}")
        lines.append(words.format(name=row.assigned_name, by=row.assigned_by, moment=moment_text(row.assigned_at)))
    return "\n".join(lines)


def waiting_cell(row: QueueRow, working_seconds: int) -> str:
    """Write how long a case waits; a dash for one that does not wait for staff."""
    waits = waits_for_staff(row.state, row.waiting_seconds)
    return waiting_text(working_seconds, waits=waits, waiting_seconds=row.waiting_seconds)


def news_texts(row: QueueRow) -> tuple[str, ...]:
    """Write what is new in a case since the person looked at it, the newest first.

    Of a case that they never looked at it is only that a note names them; the rest is all new.
    """
    texts = _news()
    news = tuple(dict.fromkeys(texts[kind] for kind in reversed(row.news) if kind in texts))
    return news if row.looked else (*news, translate("queue", "Not seen yet"))


def _news() -> dict[str, str]:
    return {
        "company_changed": translate("queue", "Data changed"),
        "document_uploaded": translate("queue", "New document"),
        "document_replaced": translate("queue", "New document"),
        "submitted": translate("queue", "Submitted anew"),
        "withdrawn": translate("queue", "Withdrawn"),
        "administrator_change_submitted": translate("queue", "New administrator"),
        "administrator_change_withdrawn": translate("queue", "Withdrawn"),
        "note_added": translate("queue", "Note"),
        "mentioned": translate("queue", "You are named"),
        "held": translate("queue", "Put on hold"),
        "hold_ended": translate("queue", "Hold ended"),
        "escalated": translate("queue", "Escalated"),
        "escalation_ended": translate("queue", "Escalation ended"),
        "first_approval": translate("queue", "First approval"),
        "approved": translate("queue", "Approved"),
        "correction_requested": translate("queue", "Sent back"),
        "rejected": translate("queue", "Refused"),
        "reopened": translate("queue", "Reopened"),
        "completed": translate("queue", "Finished by the customer"),
        "suspended": translate("queue", "Suspended"),
        "restored": translate("queue", "Restored"),
    }


def checks_text(row: QueueRow) -> str:
    """Write the results of the automatic checks."""
    return translate("queue", "{ok} in order, {warn} to look at, {fail} failed, {unknown} not checked").format(
        ok=row.checks_ok, warn=row.checks_warn, fail=row.checks_fail, unknown=row.checks_unknown
    )


_WRITERS: dict[QueueColumn, Callable[[QueueRow, int], str]] = {
    QueueColumn.COMPANY: lambda row, _waiting: row.name,
    QueueColumn.NIP: lambda row, _waiting: format_nip(row.nip),
    QueueColumn.FORM: lambda row, _waiting: localized(_SHORT_FORMS[row.legal_form]),
    QueueColumn.STATE: lambda row, _waiting: localized(COMPANY_STATE_TEXTS[row.state]),
    QueueColumn.ROUND: lambda row, _waiting: str(row.round) if row.round else NOTHING,
    QueueColumn.WAITING: waiting_cell,
    QueueColumn.ASSIGNEE: lambda row, _waiting: _who_text(row),
    QueueColumn.FLAGS: lambda row, _waiting: ", ".join(localized(FLAG_TEXTS[flag]) for flag in row.flags),
    QueueColumn.CHECKS: lambda row, _waiting: checks_text(row),
    QueueColumn.NEWS: lambda row, _waiting: ", ".join(news_texts(row)),
}
"""How each column's cells are written; only the one that is asked for is, since a frame holds two hundred cells."""


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
