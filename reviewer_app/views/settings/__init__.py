# SPDX-License-Identifier: AGPL-3.0-or-later
"""The settings: one page for each matter."""
