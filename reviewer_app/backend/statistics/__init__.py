# SPDX-License-Identifier: AGPL-3.0-or-later
"""Counts, waits and outcomes over a period."""
