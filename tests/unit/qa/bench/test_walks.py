# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every scenario of the catalogue, made through the bench and taken to its expected end through the public API."""

from __future__ import annotations

from typing import Any

import pytest

from reviewer_app.contract.checks import CheckCode
from reviewer_app.contract.staff import CheckStatus
from reviewer_app.contract.states import CompanyState
from reviewer_app.qa.bench.walking import Walker, WalkFailedError
from reviewer_app.qa.scenarios import SCENARIOS, Decision
from reviewer_app.qa.scenarios.expected import GIVEN_BY, Expected
from tests.support.benches import RunningBench
from tests.support.world import expect

SEED = 1
GRAVITY = (CheckStatus.OK, CheckStatus.UNKNOWN, CheckStatus.WARN, CheckStatus.FAIL)


@pytest.fixture(scope="session")
def walker(bench: RunningBench) -> Walker:
    """One member of staff for all walks."""
    return Walker(bench.client)


NOT_YET = {("civil_partnership", Expected.CEIDG)}
"""What has a check, but not for such a company: a partnership declares no NIP of its partners."""
WAITING = [name for name, scenario in SCENARIOS.items() if scenario.state is CompanyState.PENDING_VERIFICATION]


def tells(finding: Any, check: str) -> bool:
    """Whether a finding is one of those that tell a check of the catalogue."""
    given = GIVEN_BY.get(Expected(check))
    if given is None:
        return bool(finding["code"] == check)
    return (finding["code"], finding["field"] or "") in given


@pytest.mark.parametrize("name", WAITING)
def test_the_checks_find_what_the_catalogue_expects_and_raise_no_other_alarm(bench: RunningBench, name: str) -> None:
    scenario = SCENARIOS[name]
    company_id = bench.make(name, SEED)["company_id"]
    bench.checked(company_id)
    answer = bench.staff().call("GET", f"staff/companies/{company_id}/checks")
    found = expect(answer, 200)["items"]
    has_unread = any(one["code"] == CheckCode.DOCUMENT_TEXT for one in found)
    for wanted in scenario.findings:
        given = [CheckStatus(one["status"]) for one in found if tells(one, wanted.check)]
        if (name, wanted.check) in NOT_YET or (not given and wanted.check not in set(CheckCode)):
            continue
        allowed = {wanted.status} | ({CheckStatus.UNKNOWN} if has_unread else set())
        assert max(given, key=GRAVITY.index) in allowed, (wanted, found)
    raised = {wanted.check for wanted in scenario.findings if wanted.status is not CheckStatus.OK}
    alarms = [one for one in found if one["status"] in {CheckStatus.WARN, CheckStatus.FAIL}]
    assert [one for one in alarms if not any(tells(one, check) for check in raised)] == []


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
