# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scenarios about the papers themselves: how they were made, captured, damaged or tampered with."""

from __future__ import annotations

from reviewer_app.qa.scenarios.model import Scenario

DOCUMENT_SCENARIOS: tuple[Scenario, ...] = ()
