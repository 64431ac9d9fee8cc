# SPDX-License-Identifier: AGPL-3.0-or-later
"""Scenarios about what registers say and who may sign: those that every rule has to be tried on."""

from __future__ import annotations

from reviewer_app.qa.scenarios.model import Scenario
from reviewer_app.qa.scenarios.register_answers import ENTRY_SCENARIOS
from reviewer_app.qa.scenarios.representation import REPRESENTATION_SCENARIOS

REGISTER_SCENARIOS: tuple[Scenario, ...] = (*REPRESENTATION_SCENARIOS, *ENTRY_SCENARIOS)
