# SPDX-License-Identifier: AGPL-3.0-or-later
"""Passwords: which are accepted, and how they are kept (Argon2id)."""

from __future__ import annotations

from collections.abc import Iterable

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from reviewer_app.backend.kit.problems import FieldProblem, field_problem
from reviewer_app.contract.passwords import MAX_LENGTH, MIN_LENGTH, read_common, weakness
from reviewer_app.contract.problems import FieldCode
from reviewer_app.resources import resource_path

_MEMORY_KIB = 19 * 1024


class Passwords:
    """Hashes and verifies. Verifying against no account at all takes as long as against one."""

    def __init__(self) -> None:
        self._hasher = PasswordHasher(time_cost=2, memory_cost=_MEMORY_KIB, parallelism=1)
        self._nobody = self._hasher.hash("nobody's password")
        self._common = read_common(resource_path("common-passwords.txt").read_text(encoding="utf-8"))

    def problem(self, password: str, *, field: str = "password", personal: Iterable[str] = ()) -> FieldProblem | None:
        """Say what is wrong with a new password, None when it is accepted.

        ``personal`` are strings that the password must not be, such as the person's own address.
        """
        match weakness(password, common=self._common, personal=personal):
            case None:
                return None
            case FieldCode.TOO_SHORT:
                return field_problem(field, FieldCode.TOO_SHORT, limit=MIN_LENGTH)
            case FieldCode.TOO_LONG:
                return field_problem(field, FieldCode.TOO_LONG, limit=MAX_LENGTH)
            case code:
                return field_problem(field, code)

    def hash(self, password: str) -> str:
        """Hash a password. Takes some 20 ms of purpose: never call it inside a writing transaction."""
        return self._hasher.hash(password)

    def verify(self, stored: str | None, password: str) -> bool:
        """Say whether a password fits a stored hash; with None (no such account) it takes as long and says no."""
        try:
            self._hasher.verify(stored or self._nobody, password)
        except (VerificationError, InvalidHashError):
            return False
        return stored is not None
