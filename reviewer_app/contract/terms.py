# SPDX-License-Identifier: AGPL-3.0-or-later
"""Versions in force of the texts that customers accept. A new wording gets a new version."""

from __future__ import annotations

TERMS_VERSION = "1"
OWH_VERSION = "1"
WORDING_VERSION = "1"
PRIVACY_VERSION = "1"
