# SPDX-License-Identifier: AGPL-3.0-or-later
"""What requests are answered with may be away for a while: such an answer asks to come again."""

from __future__ import annotations


class AwayError(OSError):
    """Something outside this process does not answer. Nothing was lost; the same request may succeed later."""
