# SPDX-License-Identifier: AGPL-3.0-or-later
"""Callables that are kept without keeping alive whom they belong to."""

from __future__ import annotations

import weakref
from collections.abc import Callable
from types import MethodType
from typing import Any


class Callback:
    """A callable: the owner of a bound method is held weakly, anything else is held."""

    __slots__ = ("_get",)

    def __init__(self, get: Callable[[], Callable[..., object] | None]) -> None:
        self._get = get

    @classmethod
    def of(cls, function: Callable[..., object] | None) -> Callback | None:
        """Wrap a callable; None stays None."""
        if function is None:
            return None
        if isinstance(function, MethodType):
            return cls(weakref.WeakMethod(function))
        return cls(lambda: function)

    def __call__(self, value: Any) -> None:
        """Call it, unless its owner is gone."""
        function = self._get()
        if function is not None:
            function(value)


def name_of(function: Callable[..., object]) -> str:
    """Name a callable for a thread's name and for logs, never with its arguments."""
    inner = getattr(function, "func", function)
    return str(getattr(inner, "__qualname__", type(inner).__name__))
