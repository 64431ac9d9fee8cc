# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a walk did: a line and a picture for each step, and a summary at the end."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path


@dataclass
class Report:
    """Collects the steps that really happened. ``folder`` gets the pictures, numbered in order."""

    folder: Path
    steps: list[str] = field(default_factory=list)
    _started: float = field(default_factory=time.monotonic)

    def __post_init__(self) -> None:
        self.folder.mkdir(parents=True, exist_ok=True)
        for old in self.folder.glob("*.png"):
            old.unlink()

    def step(self, text: str, picture: Callable[[Path], object]) -> None:
        """Note a step that has happened; ``picture`` writes a PNG to the path it is given.

        Raises RuntimeError when no picture came of it.
        """
        number = len(self.steps) + 1
        words = "".join(letter if letter.isalnum() else " " for letter in text.lower()).split()
        path = self.folder / f"{number:02d}-{'-'.join(words[:7])}.png"
        picture(path)
        if not path.is_file() or path.stat().st_size < 2000:
            raise RuntimeError(f"no picture of the step “{text}”")
        self.steps.append(text)
        print(f"  {number:2d}. {text}  ({time.monotonic() - self._started:.1f} s)", flush=True)

    def summary(self) -> str:
        """Say what was done and where the pictures are."""
        seconds = time.monotonic() - self._started
        return f"{len(self.steps)} steps done in {seconds:.0f} s; pictures in {self.folder}"
