# SPDX-License-Identifier: AGPL-3.0-or-later
"""How Polish identifiers are written for people. Apart from their parsers, since it needs no other package."""

from __future__ import annotations


def mask_pesel(pesel: str) -> str:
    """Give a PESEL as it may be shown: the first two digits and stars."""
    return pesel[:2] + "*" * max(len(pesel) - 2, 0)


def format_nip(nip: str) -> str:
    """Write a NIP as people read it: ``999-000-01-84``."""
    return f"{nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}" if len(nip) == 10 else nip


def format_bank_account(account: str) -> str:
    """Write an NRB as people read it: two digits, then groups of four."""
    return " ".join([account[:2], *(account[at : at + 4] for at in range(2, len(account), 4))])
