# SPDX-License-Identifier: AGPL-3.0-or-later
"""A few things that are kept by their keys; a newer one takes the place of the oldest."""

from __future__ import annotations

from collections.abc import Hashable
from typing import Generic, TypeVar

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


class Newest(Generic[Key, Value]):
    """Keeps the newest ``most``; whoever puts one more is told which are kept no longer."""

    def __init__(self, most: int) -> None:
        self._most = most
        self._kept: dict[Key, Value] = {}

    @property
    def keys(self) -> frozenset[Key]:
        """The keys of what is kept."""
        return frozenset(self._kept)

    def put(self, key: Key, value: Value) -> list[Key]:
        """Keep a thing as the newest; gives the keys of those that went for it."""
        self._kept.pop(key, None)
        self._kept[key] = value
        gone = list(self._kept)[: -self._most]
        for old in gone:
            del self._kept[old]
        return gone

    def get(self, key: Key) -> Value | None:
        """Give a thing, None when it is not kept."""
        return self._kept.get(key)

    def take(self, key: Key) -> Value | None:
        """Hand a thing over, None when it is not kept; it is kept no longer."""
        return self._kept.pop(key, None)

    def clear(self) -> list[Key]:
        """Keep nothing; gives the keys of what was kept."""
        gone = list(self._kept)
        self._kept.clear()
        return gone
