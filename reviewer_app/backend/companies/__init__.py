# SPDX-License-Identifier: AGPL-3.0-or-later
"""Companies as their customers declare them, and what moves them from state to state."""
