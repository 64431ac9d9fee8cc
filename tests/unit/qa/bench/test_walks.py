# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every scenario of the catalogue, made through the bench and taken to its expected end through the public API."""

from __future__ import annotations

import pytest

from reviewer_app.contract.states import CompanyState
from reviewer_app.qa.bench.walking import Walker, WalkFailedError
from reviewer_app.qa.scenarios import SCENARIOS, Decision
from tests.support.benches import RunningBench

SEED = 1


@pytest.fixture(scope="session")
def walker(bench: RunningBench) -> Walker:
    """One member of staff for all walks."""
    return Walker(bench.client)


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_scenario_comes_to_its_expected_end(walker: Walker, name: str) -> None:
    scenario = SCENARIOS[name]
    steps: list[str] = []
    walked = walker.walk(scenario, SEED, steps.append)
    assert (walked.made, walked.end) == (scenario.state, scenario.end_state)
    decided = scenario.state is CompanyState.PENDING_VERIFICATION and scenario.decision is not Decision.PERSON_DECIDES
    assert bool(walked.mail) == decided
    assert len(steps) >= 2


def test_a_walk_that_ends_elsewhere_is_told(bench: RunningBench, walker: Walker) -> None:
    scenario = SCENARIOS["sole_trader_owner_signs"]
    company_id = bench.make(scenario.name, 99)["company_id"]
    bench.act(company_id, "withdraw")
    with pytest.raises(WalkFailedError, match="made as awaiting_authorization"):
        walker.walk(scenario, 99)
