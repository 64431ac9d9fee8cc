# SPDX-License-Identifier: AGPL-3.0-or-later
"""Where the desktop keeps its files."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import QStandardPaths


@dataclass(frozen=True, slots=True)
class AppPaths:
    """Paths below one folder; by default the one that the system gives to the user's programs."""

    root: Path

    @classmethod
    def of_user(cls) -> AppPaths:
        """Give the paths of the user who runs the program."""
        data = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.GenericDataLocation)
        return cls(Path(data) / "Reviewer")

    @property
    def preferences(self) -> Path:
        """The person's settings."""
        return self.root / "preferences.json"

    @property
    def store(self) -> Path:
        """Database, documents and the last queue."""
        return self.root / "store"

    @property
    def logs(self) -> Path:
        """The log and its older parts."""
        return self.root / "logs"

    @property
    def reports(self) -> Path:
        """Reports of errors in the program, beside the log: both are what to send along."""
        return self.logs / "reports"
