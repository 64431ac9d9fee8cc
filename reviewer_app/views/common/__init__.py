# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tokens, theme, icons and the small widgets that all screens are made of."""
