# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the person set once and expects to find again. One small JSON file. Light."""

from __future__ import annotations

import contextlib
import json
import threading
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any, Literal, NamedTuple, get_args

from reviewer_app.contract.text import Language
from reviewer_app.store.errors import StoreUnwritable
from reviewer_app.store.files import write_private

Theme = Literal["system", "light", "dark"]
THEMES: tuple[Theme, ...] = get_args(Theme)
Number = Literal["font_percent", "document_days"]
Switch = Literal["next_after_decision", "shows_answers", "sound"]


class Rule(NamedTuple):
    """The limits of a number among the settings."""

    least: int
    most: int
    default: int


NUMBERS: dict[Number, Rule] = {"font_percent": Rule(90, 150, 100), "document_days": Rule(1, 30, 7)}
"""The size of the text, and for how many days an unused document is kept on this computer."""

DEFAULT_HOLD_SECONDS = 10
LONGEST_HOLD_SECONDS = 120


class Preferences:
    """Settings of the person on this computer. Reads are from memory; each change is saved at once, atomically.

    A file that is missing or damaged gives the defaults. May be used from any thread.
    """

    def __init__(self, path: Path, *, default_language: str = Language.POLISH) -> None:
        self._path = path
        self._lock = threading.Lock()
        self._default_language = default_language
        self._values = _read(path)

    @property
    def language(self) -> str:
        """``pl`` or ``en``."""
        value = self._values.get("language")
        return value if value in {item.value for item in Language} else self._default_language

    def set_language(self, language: str) -> None:
        """Choose the language of the window and of the server's messages."""
        self._put("language", Language(language).value)

    @property
    def theme(self) -> Theme:
        """``system``, ``light`` or ``dark``."""
        value = self._values.get("theme")
        return next((theme for theme in THEMES if theme == value), "system")

    def set_theme(self, theme: Theme) -> None:
        """Choose the colours."""
        self._put("theme", theme)

    @property
    def hold_seconds(self) -> int:
        """For how many seconds a decision is held, so that it can be undone before it leaves."""
        value = self._values.get("hold_seconds")
        if isinstance(value, int) and 0 <= value <= LONGEST_HOLD_SECONDS:
            return value
        return DEFAULT_HOLD_SECONDS

    def set_hold_seconds(self, seconds: int) -> None:
        """Set the time for undoing, from 0 to 120 seconds."""
        self._put("hold_seconds", max(0, min(seconds, LONGEST_HOLD_SECONDS)))

    @property
    def own_keys(self) -> dict[str, tuple[str, ...]]:
        """The keys that the person gave to actions, by the action's id; an empty tuple takes an action's keys away."""
        value = self._values.get("own_keys")
        if not isinstance(value, dict):
            return {}
        return {
            name: tuple(key for key in keys if isinstance(key, str))
            for name, keys in value.items()
            if isinstance(name, str) and isinstance(keys, list)
        }

    def set_own_keys(self, keys: Mapping[str, Sequence[str]]) -> None:
        """Keep the person's keys."""
        self._put("own_keys", {name: list(one) for name, one in keys.items()})

    def number(self, name: Number) -> int:
        """Give a setting that is a number, within its limits."""
        value, rule = self._values.get(name), NUMBERS[name]
        return value if isinstance(value, int) and rule.least <= value <= rule.most else rule.default

    def set_number(self, name: Number, value: int) -> None:
        """Keep a setting that is a number; one beyond its limits is brought to the nearest."""
        rule = NUMBERS[name]
        self._put(name, max(rule.least, min(value, rule.most)))

    def switch(self, name: Switch) -> bool:
        """Give a setting that is on or off; all are off at first."""
        return self._values.get(name) is True

    def set_switch(self, name: Switch, *, on: bool) -> None:
        """Keep a setting that is on or off."""
        self._put(name, on)

    @property
    def server_url(self) -> str | None:
        """The server's address without a trailing slash, or None before the first start's question."""
        value = self._values.get("server_url")
        return value if isinstance(value, str) and value else None

    def set_server_url(self, url: str) -> None:
        """Keep the server's address."""
        self._put("server_url", url)

    @property
    def last_username(self) -> str:
        """Who signed in last; the sign-in form starts with it."""
        value = self._values.get("last_username")
        return value if isinstance(value, str) else ""

    def set_last_username(self, username: str) -> None:
        """Keep who signed in."""
        self._put("last_username", username)

    def layout(self, key: str, version: int) -> str | None:
        """Give the layout kept under a key, unless it was kept by another version of that view."""
        kept = self._values.get("layouts", {}).get(key)
        if isinstance(kept, dict) and kept.get("version") == version and isinstance(kept.get("value"), str):
            return str(kept["value"])
        return None

    def set_layout(self, key: str, version: int, value: str) -> None:
        """Keep a layout (any text, such as base64 of a header's state) for this version of a view."""
        with contextlib.suppress(StoreUnwritable):  # a convenience: a full disk is told where work would be lost
            self._put("layouts", {**self._values.get("layouts", {}), key: {"version": version, "value": value}})

    def reset_layouts(self) -> None:
        """Forget all layouts."""
        self._put("layouts", {})

    def _put(self, name: str, value: object) -> None:
        with self._lock:
            if self._values.get(name) == value:
                return
            self._values = {**self._values, name: value}
            write_private(self._path, json.dumps(self._values, ensure_ascii=False, indent=1).encode())


def _read(path: Path) -> dict[str, Any]:
    try:
        values = json.loads(path.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(values, dict):
        return {}
    if not isinstance(values.get("layouts", {}), dict):
        values["layouts"] = {}
    return values
