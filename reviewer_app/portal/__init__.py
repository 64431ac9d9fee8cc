# SPDX-License-Identifier: AGPL-3.0-or-later
"""The mock portal: customers' web pages. It speaks only HTTP to the API and holds no data of its own."""

from __future__ import annotations

from reviewer_app.portal.app import Portal, create_portal

__all__ = ["Portal", "create_portal"]
