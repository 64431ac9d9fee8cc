# SPDX-License-Identifier: AGPL-3.0-or-later
"""Types of columns that several features have."""

from __future__ import annotations

from sqlalchemy import String

BYTEWISE = String(500).with_variant(String(500, collation="C"), "postgresql")
"""Text compared byte by byte on both engines, so that ranges and keysets mean the same on both."""
