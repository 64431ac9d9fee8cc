# SPDX-License-Identifier: AGPL-3.0-or-later
"""What is read beside a case waits until the case itself can be looked at: all threads share one processor's worth of Python."""

BESIDE_MS = 120
"""So long after a case came its first page is on the screen as a rule."""
