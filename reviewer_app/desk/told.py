# SPDX-License-Identifier: AGPL-3.0-or-later
"""Up to which place of the server's history each person was told on this computer what is meant for them."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path

from reviewer_app.store.errors import StoreUnwritable
from reviewer_app.store.files import write_private


class Told:
    """The places, by scope, in a small file. A damaged file is as none: the next call only gives the place to begin from."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def until(self, scope: str) -> int | None:
        """Give a person's place, None before the first one."""
        return self._places().get(scope)

    def keep(self, scope: str, place: int) -> None:
        """Keep a person's place. A full disk is not an error: told twice is better than not told."""
        places = self._places()
        if places.get(scope) != place:
            with contextlib.suppress(StoreUnwritable):
                write_private(self._path, json.dumps({**places, scope: place}).encode())

    def _places(self) -> dict[str, int]:
        try:
            kept = json.loads(self._path.read_bytes())
        except (OSError, ValueError):
            return {}
        if not isinstance(kept, dict):
            return {}
        return {scope: place for scope, place in kept.items() if isinstance(place, int) and place >= 0}
