# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the session's short secret is kept between two starts: the system's keyring, else only in memory.

Called off the GUI thread: a keyring may ask the person to unlock it. On Windows a secret holds about 1280 characters.
"""

from __future__ import annotations

import threading
from typing import Protocol

SERVICE = "Reviewer"


class Vault(Protocol):
    """Keeps one short secret per server."""

    def load(self, account: str) -> str | None:
        """Give the secret, or None."""

    def save(self, account: str, secret: str) -> None:
        """Keep a secret in place of the one before."""

    def forget(self, account: str) -> None:
        """Forget the secret."""


class MemoryVault:
    """Keeps secrets until the program ends."""

    def __init__(self) -> None:
        self._secrets: dict[str, str] = {}
        self._lock = threading.Lock()

    def load(self, account: str) -> str | None:
        """Give the secret, or None."""
        with self._lock:
            return self._secrets.get(account)

    def save(self, account: str, secret: str) -> None:
        """Keep a secret in place of the one before."""
        with self._lock:
            self._secrets[account] = secret

    def forget(self, account: str) -> None:
        """Forget the secret."""
        with self._lock:
            self._secrets.pop(account, None)


class KeyringVault:
    """Keeps secrets in the system's keyring; when that does not work, in memory for this run."""

    def __init__(self) -> None:
        self._fallback = MemoryVault()

    def load(self, account: str) -> str | None:
        """Give the secret, or None."""
        import keyring  # noqa: PLC0415 -- slow to import, and only needed at sign-in

        try:
            kept = keyring.get_password(SERVICE, account)
        except Exception:  # noqa: BLE001 -- every system's keyring has errors of its own, and none of them may stop work
            kept = None
        return kept or self._fallback.load(account)

    def save(self, account: str, secret: str) -> None:
        """Keep a secret in place of the one before."""
        import keyring  # noqa: PLC0415 -- as above

        try:
            keyring.set_password(SERVICE, account, secret)
        except Exception:  # noqa: BLE001 -- every system's keyring has errors of its own, and none of them may stop work
            self._fallback.save(account, secret)

    def forget(self, account: str) -> None:
        """Forget the secret."""
        import keyring  # noqa: PLC0415 -- as above

        self._fallback.forget(account)
        try:
            keyring.delete_password(SERVICE, account)
        except Exception:  # noqa: BLE001 -- every system's keyring has errors of its own, and none of them may stop work
            return
