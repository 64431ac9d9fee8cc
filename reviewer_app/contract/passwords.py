# SPDX-License-Identifier: AGPL-3.0-or-later
"""Which passwords are accepted: by length and by a list of common ones, as NIST SP 800-63B has it; no rules of letters."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from reviewer_app.contract.field_problems import FieldCode

MIN_LENGTH = 12
MAX_LENGTH = 1000
STRONG_LENGTH = 18
"""Characters from which a password is called strong."""

_FEWEST_DIFFERENT = 5


def weakness(password: str, *, common: Collection[str], personal: Iterable[str] = ()) -> FieldCode | None:
    """Say what keeps a password from being accepted, None when nothing does.

    ``common`` are known passwords, case-folded; ``personal`` are strings that it must not be, such as the person's own
    address.
    """
    if len(password) < MIN_LENGTH:
        return FieldCode.TOO_SHORT
    if len(password) > MAX_LENGTH:
        return FieldCode.TOO_LONG
    folded = password.casefold()
    if folded in common or len(set(folded)) < _FEWEST_DIFFERENT or folded in {text.casefold() for text in personal}:
        return FieldCode.COMMON_PASSWORD
    return None


def read_common(text: str) -> frozenset[str]:
    """Read a list of common passwords, one a line."""
    return frozenset(line.strip().casefold() for line in text.splitlines() if line.strip())
