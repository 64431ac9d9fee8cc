# SPDX-License-Identifier: AGPL-3.0-or-later
"""The catalogue of scenarios: every kind of case that staff will meet, ready to be made in a test bench.

    SCENARIOS: Mapping[str, Scenario]             by name, in the order of the page and of the documentation
    scenario(name) -> Scenario                    raises UnknownScenarioError
    scenario(name).make(seed, day=…) -> ScenarioCase    raises SeedOutOfRangeError; the same bytes for the same seed and day

A `Scenario` says what the case is and what is right about it: name, group, title, explanation (`contract.text.Text`),
legal_form, decision, reasons (`contract.reasons`), findings (check code and status), state (where its steps leave the
company), end_state (where the right decision takes it), rule.

A `ScenarioCase` is everything that a case needs:

    company     SyntheticCompany as the customer declares it, with its administrator
    papers      Paper (ready bytes) and SignedPaper: `paper.sign(pdf of the server's sheet) -> Paper`
    registers   RegisterTruth: what the KRS, VAT list, CEIDG and VIES say, by number; or an `Outage`
    steps       what customer, staff and clock do, in order, until the company is in `Scenario.state`
    earlier     cases of other companies that have to be made before
    people      employees whom steps name

A `Step` is an act with its arguments (see `Act`); `refused` is the problem code with which the server must refuse it.
Steps name papers and sheets: `DOWNLOAD_AUTHORIZATION {"sheet": "sheet", "variant": "not_registered"}`, then
`UPLOAD {"paper": "authorization", "sheet": "sheet"}` signs that sheet with the paper of that name and uploads it.
Each `Paper` carries its `DocumentTruth` (`qa.truth`).

    Share().make(scenario(name), seed, day=…)     by the thousand: rendered papers are shared, numbers are not
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from types import MappingProxyType

from reviewer_app.qa.scenarios.documents import DOCUMENT_SCENARIOS
from reviewer_app.qa.scenarios.flow import FLOW_SCENARIOS
from reviewer_app.qa.scenarios.model import (
    DECISION_TEXTS,
    GROUP_TITLES,
    LARGEST_SEED,
    Act,
    AnyPaper,
    CaseOrder,
    Decision,
    Finding,
    Group,
    Paper,
    Scenario,
    ScenarioCase,
    SeedOutOfRangeError,
    SignedPaper,
    Step,
    UnknownScenarioError,
)
from reviewer_app.qa.scenarios.register import REGISTER_SCENARIOS
from reviewer_app.qa.scenarios.sharing import Share

SCENARIOS: Mapping[str, Scenario] = MappingProxyType(
    {
        one.name: replace(one, slot=slot)
        for slot, one in enumerate((*REGISTER_SCENARIOS, *DOCUMENT_SCENARIOS, *FLOW_SCENARIOS))
    }
)


def scenario(name: str) -> Scenario:
    """Give a scenario by its name. Raises UnknownScenarioError."""
    try:
        return SCENARIOS[name]
    except KeyError:
        raise UnknownScenarioError(name) from None


__all__ = [
    "DECISION_TEXTS", "GROUP_TITLES", "LARGEST_SEED", "SCENARIOS", "Act", "AnyPaper", "CaseOrder", "Decision", "Finding",
    "Group", "Paper", "Scenario", "ScenarioCase", "SeedOutOfRangeError", "Share", "SignedPaper", "Step", "UnknownScenarioError",
    "scenario",
]  # fmt: skip
