# SPDX-License-Identifier: AGPL-3.0-or-later
"""The last queue in a small file, from which the first frame is drawn. Light."""

from __future__ import annotations

import contextlib
import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Any

from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.states import CaseKind, CompanyState, Flag
from reviewer_app.desk.rows import QueuePage, QueueRow
from reviewer_app.store.errors import StoreUnwritable
from reviewer_app.store.files import write_private

FORMAT = 3
_MOMENTS = ("submitted_at", "lease_expires_at", "assigned_at")


def load_snapshot(path: Path, *, scope: str | None = None) -> QueuePage | None:
    """Read the last queue; None when there is none, it is damaged, of another format, or of another ``scope``."""
    try:
        kept = json.loads(path.read_bytes())
        if kept["format"] != FORMAT or (scope is not None and kept["scope"] != scope):
            return None
        rows = tuple(_row(row) for row in kept["rows"])
        return QueuePage(rows, kept["next_cursor"], datetime.fromisoformat(kept["fetched_at"]), from_cache=True)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def save_snapshot(path: Path, page: QueuePage, *, scope: str) -> None:
    """Keep a queue for the next start. It is only a convenience: a full disk is not an error."""
    content = {
        "format": FORMAT,
        "scope": scope,
        "fetched_at": page.fetched_at.isoformat(),
        "next_cursor": page.next_cursor,
        "rows": [_written(row) for row in page.rows],
    }
    with contextlib.suppress(StoreUnwritable):
        write_private(path, json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode())


def _written(row: QueueRow) -> dict[str, Any]:
    values = asdict(row)
    del values["pending"]
    for name in _MOMENTS:
        if values[name] is not None:
            values[name] = values[name].isoformat()
    return values


def _row(kept: dict[str, Any]) -> QueueRow:
    moments = {name: datetime.fromisoformat(kept[name]) if kept[name] else None for name in _MOMENTS}
    return QueueRow(
        **{
            **kept,
            **moments,
            "legal_form": LegalForm(kept["legal_form"]),
            "state": CompanyState(kept["state"]),
            "case_kind": CaseKind(kept["case_kind"]),
            "flags": tuple(Flag(flag) for flag in kept["flags"]),
            "news": tuple(kept["news"]),
        }
    )
