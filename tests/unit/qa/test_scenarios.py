# SPDX-License-Identifier: AGPL-3.0-or-later
"""The catalogue is whole, says what it means, and makes the same cases for the same seeds."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest

from reviewer_app.contract.companies import LEGAL_FORMS, KrsRule
from reviewer_app.contract.customer import CompanyChange
from reviewer_app.contract.identifiers import parse_nip
from reviewer_app.contract.reasons import REASONS, ReasonKind
from reviewer_app.contract.states import CompanyState
from reviewer_app.qa.register_truth import KrsEntry
from reviewer_app.qa.scenarios import (
    LARGEST_SEED,
    SCENARIOS,
    Act,
    Decision,
    Paper,
    Scenario,
    ScenarioCase,
    SeedOutOfRangeError,
    SignedPaper,
    UnknownScenarioError,
    scenario,
)
from reviewer_app.qa.scenarios.expected import Expected
from reviewer_app.qa.specimens import authorization_of

EVERY = pytest.mark.parametrize("entry", SCENARIOS.values(), ids=SCENARIOS)


def ready(case: ScenarioCase) -> list[Paper]:
    """Give the papers that need no sheet."""
    return [paper for paper in case.papers if isinstance(paper, Paper)]


def files_of(case: ScenarioCase) -> Iterator[Paper]:
    """Give every file of a case and of those before it; an authorization is signed on a sheet made without a server."""
    sheet = authorization_of(case.company)
    for paper in case.papers:
        yield paper.sign(sheet) if isinstance(paper, SignedPaper) else paper
    for earlier in case.earlier:
        yield from files_of(earlier)


def test_every_rule_has_its_scenario() -> None:
    assert {entry.rule for entry in SCENARIOS.values()} >= set(range(1, 28))
    assert all(re.fullmatch(r"[a-z][a-z0-9_]+", name) for name in SCENARIOS)


@EVERY
def test_entry_says_what_it_means(entry: Scenario) -> None:
    for text in (entry.title, entry.explanation):
        assert text.pl
        assert text.en
        assert text.pl != text.en
    assert {finding.check for finding in entry.findings} <= {code.value for code in Expected}
    assert len({finding.check for finding in entry.findings}) == len(entry.findings)
    kinds = {REASONS[reason].kind for reason in entry.reasons}
    if entry.decision is Decision.REQUEST_CORRECTION:
        assert kinds
        assert ReasonKind.FINAL not in kinds
    elif entry.decision is Decision.REJECT:
        assert kinds
        assert ReasonKind.CORRECTION not in kinds
    else:
        assert not kinds


@EVERY
def test_same_seed_makes_the_same_case(entry: Scenario) -> None:
    first, again, other = entry.make(3), entry.make(3), entry.make(4)
    assert first.company == again.company
    assert first.registers == again.registers
    assert first.steps == again.steps
    assert first.people == again.people
    assert ready(first) == ready(again)
    assert first.company.nip != other.company.nip


@EVERY
def test_steps_name_what_the_case_has(entry: Scenario) -> None:
    case = entry.make(1)
    sheets = set()
    for step in case.steps:
        if step.act in {Act.DOWNLOAD_AUTHORIZATION, Act.DOWNLOAD_CHANGE_AUTHORIZATION}:
            sheets.add(step.arguments["sheet"])
        if "paper" in step.arguments:
            paper = case.paper(step.arguments["paper"])
            assert isinstance(paper, SignedPaper) == ("sheet" in step.arguments)
        if step.act is Act.CHANGE_COMPANY:
            CompanyChange.model_validate(step.arguments["fields"])
        if "sheet" in step.arguments:
            assert step.arguments["sheet"] in sheets
    used = {step.arguments["paper"] for step in case.steps if "paper" in step.arguments}
    assert used == {paper.name for paper in case.papers}


@EVERY
def test_company_has_a_krs_number_as_its_form_asks(entry: Scenario) -> None:
    case = entry.make(2)
    assert case.company.legal_form is entry.legal_form
    assert bool(case.company.krs) == (LEGAL_FORMS[entry.legal_form].krs is not KrsRule.ABSENT)
    answer = case.registers.krs.get(case.company.krs)
    assert bool(case.company.krs) == (answer is not None)
    if isinstance(answer, KrsEntry):
        assert answer.body["odpis"]["naglowekA"]["numerKRS"] == case.company.krs


def test_companies_of_a_seed_have_different_numbers() -> None:
    for seed in (0, 7):
        nips = [entry.make(seed).company.nip for entry in SCENARIOS.values()]
        assert len(set(nips)) == len(nips)
        assert all(parse_nip(nip).startswith("9990") for nip in nips)


def test_wrong_order_is_refused() -> None:
    with pytest.raises(UnknownScenarioError, match="no scenario called 'sole_rule'"):
        scenario("sole_rule")
    for seed in (-1, LARGEST_SEED + 1):
        with pytest.raises(SeedOutOfRangeError, match=str(LARGEST_SEED)):
            scenario("struck_off").make(seed)


def test_end_follows_the_decision() -> None:
    assert scenario("sole_rule_one_member").end_state is CompanyState.APPROVED
    assert scenario("struck_off").end_state is CompanyState.REJECTED
    assert scenario("value_limited_rule").end_state is CompanyState.PENDING_VERIFICATION
