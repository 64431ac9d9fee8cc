# SPDX-License-Identifier: AGPL-3.0-or-later
"""How views of the queue are named and counted."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from reviewer_app.contract.desk_queue import MOST_COUNTED, QueueView

translate = QCoreApplication.translate


def view_name(view: QueueView) -> str:
    """Name a view: one of the program in the user's language, a kept one as its owner did."""
    if view.owner_name is not None:
        return view.name
    return {
        "open": translate("views", "Waiting for us"),
        "mine": translate("views", "Mine"),
        "assigned": translate("views", "Assigned to me"),
        "free": translate("views", "Free"),
        "overdue": translate("views", "Over the target"),
        "escalated": translate("views", "Escalated"),
        "on_hold": translate("views", "On hold"),
        "all": translate("views", "All"),
    }.get(view.id, view.id)


def count_text(count: int) -> str:
    """Write a count; the server stops counting at `MOST_COUNTED`."""
    return f"{MOST_COUNTED - 1}+" if count >= MOST_COUNTED else str(count)
