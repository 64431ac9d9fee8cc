# SPDX-License-Identifier: AGPL-3.0-or-later
"""How pixels are shown to make a poor scan readable: brighter or darker, with more contrast, inverted."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtGui import QImage

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

STEP = 20
LIMIT = 100
_MIDDLE = 128
_CONTRAST_AT_LIMIT = 5.0


@dataclass(frozen=True)
class Look:
    """``brightness`` and ``contrast`` from -100 to 100, 0 as the paper is."""

    brightness: int = 0
    contrast: int = 0
    inverted: bool = False

    @property
    def is_plain(self) -> bool:
        """Whether pixels stay as they are."""
        return self == PLAIN

    def table(self) -> list[int]:
        """Give for each value of a colour, 0 to 255, the value that is shown."""
        factor = _CONTRAST_AT_LIMIT ** (self.contrast / LIMIT)
        shift = self.brightness / LIMIT * _MIDDLE
        values = [(value - _MIDDLE) * factor + _MIDDLE + shift for value in range(256)]
        shown = [min(255, max(0, round(value))) for value in values]
        return [255 - value for value in shown] if self.inverted else shown


PLAIN = Look()


class Looking(QObject):
    """The look in force. ``changed`` when pixels are to be drawn in another way."""

    changed = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._look = PLAIN

    @property
    def look(self) -> Look:
        """How pixels are shown."""
        return self._look

    def choose(self, look: Look) -> None:
        """Show them in another way."""
        if look != self._look:
            self._look = look
            self.changed.emit()


def with_look(image: QImage, look: Look) -> QImage:
    """Give an image (RGB32) as a look shows it. Any thread."""
    if look.is_plain:
        return image
    import numpy  # noqa: PLC0415 -- most cases need none

    table: npt.NDArray[np.uint8] = numpy.array(look.table(), numpy.uint8)
    changed = image.copy()
    pixels: npt.NDArray[np.uint8] = numpy.frombuffer(changed.bits(), numpy.uint8)
    pixels[:] = table[pixels]
    pixels[3::4] = 255
    return changed
