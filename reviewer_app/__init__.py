# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reviewer: the desktop for verification staff and the server it works with."""

from __future__ import annotations

__version__ = "0.1.0"
