# SPDX-License-Identifier: AGPL-3.0-or-later
"""Helpers to read answers in which anything may be absent, null, or of another kind than expected."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime
from typing import Any

from reviewer_app.contract.identifiers import IdentifierError, parse_krs, parse_nip, parse_regon


class UnreadableAnswer(Exception):
    """An answer has not the shape that the register's description gives it."""


def child(value: Any, *names: str) -> Mapping[str, Any]:
    """Give the object at a path; an empty one where the path ends early."""
    for name in names:
        value = value.get(name) if isinstance(value, Mapping) else None
    return value if isinstance(value, Mapping) else {}


def items(value: Any) -> Sequence[Mapping[str, Any]]:
    """Give the objects of a list; none where there is no list."""
    return [item for item in value if isinstance(item, Mapping)] if isinstance(value, list) else []


def text(value: Any) -> str:
    """Give a text with single spaces; "" for anything else."""
    return " ".join(value.split()) if isinstance(value, str) else ""


def day(value: Any) -> date | None:
    """Read a day as the registers write it: ``24.09.2026`` or ``2026-09-24``, with a time behind or not."""
    written = text(value)[:10]
    for form in ("%d.%m.%Y", "%Y-%m-%d", "%d-%m-%Y"):
        try:
            return datetime.strptime(written, form).date()  # noqa: DTZ007  # a day has no zone
        except ValueError:
            continue
    return None


def nip(value: Any) -> str | None:
    """Give a NIP, None when it is none."""
    try:
        return parse_nip(text(value))
    except IdentifierError:
        return None


def regon(value: Any) -> str | None:
    """Give a REGON; one that is padded with zeros loses them. None when it is none."""
    try:
        return parse_regon(text(value))
    except IdentifierError:
        return None


def krs(value: Any) -> str | None:
    """Give a KRS number, None when it is none."""
    try:
        return parse_krs(text(value))
    except IdentifierError:
        return None
