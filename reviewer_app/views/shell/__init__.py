# SPDX-License-Identifier: AGPL-3.0-or-later
"""The window around all screens: navigation, account, language, theme, messages."""
