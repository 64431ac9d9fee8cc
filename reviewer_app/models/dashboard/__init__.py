# SPDX-License-Identifier: AGPL-3.0-or-later
"""Figures of the desk as a whole."""
