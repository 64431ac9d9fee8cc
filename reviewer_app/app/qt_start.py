# SPDX-License-Identifier: AGPL-3.0-or-later
"""Loads Qt so that what is imported after it costs no more than without it. Light."""

from __future__ import annotations

import builtins


def load_qt() -> None:
    """Load Qt's binding without what slows down imports. Call it before the modules of the desktop are imported.

    PySide6 puts a function of its own in the place of ``__import__``. It reads through the source of every module that
    is imported from then on, Qt's or not, to see whether methods may go by other names there (its ``__feature__``
    switch). The program uses no such switch, and with some 400 modules the reading takes as long as the window's making.
    """
    import PySide6.QtCore  # noqa: F401, PLC0415 -- what replaces the import

    without_switch = getattr(builtins, "__orig_import__", None)
    if without_switch is not None:
        builtins.__import__ = without_switch
