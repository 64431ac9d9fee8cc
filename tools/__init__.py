# SPDX-License-Identifier: AGPL-3.0-or-later
"""What developers use and users never see."""

from __future__ import annotations
