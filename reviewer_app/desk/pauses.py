# SPDX-License-Identifier: AGPL-3.0-or-later
"""How long the streams of the desk rest before they try again, and when nothing is to be done. Light."""

from __future__ import annotations

IDLE_SECONDS = 60.0
_PAUSES_SECONDS = (0.5, 1.0, 2.0, 5.0, 10.0, 15.0, 30.0)


def pause_after(failures: int, *, longest: float = _PAUSES_SECONDS[-1]) -> float:
    """Give the seconds to rest after so many failures one after the other, the first being 1."""
    return min(longest, _PAUSES_SECONDS[min(failures, len(_PAUSES_SECONDS)) - 1])
