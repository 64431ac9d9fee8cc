# SPDX-License-Identifier: AGPL-3.0-or-later
"""Companies as staff see them: queue, detail, claims, hold, reopening, notes."""
