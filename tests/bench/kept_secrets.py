# SPDX-License-Identifier: AGPL-3.0-or-later
"""A keyring in a file, so that the program finds its session at the next start as it does on a person's computer.

The program's own vault asks it through the `keyring` package; `PYTHON_KEYRING_BACKEND` names it.
"""

from __future__ import annotations

import json
import os
from pathlib import Path

from keyring.backend import KeyringBackend

VARIABLE = "BENCH_SECRETS"


class FileKeyring(KeyringBackend):
    """Keeps passwords of nobody in the file that the environment names."""

    priority = 1.0

    def get_password(self, service: str, username: str) -> str | None:
        """Give a secret."""
        return self._read().get(f"{service} {username}")

    def set_password(self, service: str, username: str, password: str) -> None:
        """Keep a secret."""
        self._file.write_text(json.dumps({**self._read(), f"{service} {username}": password}), encoding="utf-8")

    def delete_password(self, service: str, username: str) -> None:
        """Forget a secret."""
        kept = self._read()
        kept.pop(f"{service} {username}", None)
        self._file.write_text(json.dumps(kept), encoding="utf-8")

    @property
    def _file(self) -> Path:
        return Path(os.environ[VARIABLE])

    def _read(self) -> dict[str, str]:
        if not self._file.exists():
            return {}
        kept: dict[str, str] = json.loads(self._file.read_text(encoding="utf-8"))
        return kept
