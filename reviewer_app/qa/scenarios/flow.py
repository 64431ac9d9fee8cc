# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scenarios about the course of a case: what happens between the first upload and full use."""

from __future__ import annotations

from reviewer_app.qa.scenarios.model import Scenario

FLOW_SCENARIOS: tuple[Scenario, ...] = ()
