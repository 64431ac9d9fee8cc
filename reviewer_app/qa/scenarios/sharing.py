# SPDX-License-Identifier: AGPL-3.0-or-later
"""Makes cases by the thousand: papers are rendered once for some, and the others share them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from reviewer_app.qa.register_truth import DEFAULT_DAY, RegisterTruth
from reviewer_app.qa.scenarios.model import AnyPaper, Paper, Scenario, ScenarioCase, SignedPaper
from reviewer_app.qa.synthetic_companies import SyntheticCompany
from reviewer_app.qa.synthetic_numbers import NIPS, nth_synthetic_krs, nth_synthetic_nip

_POOL = 24
_FIRST_SHARED = NIPS // 2


class Share:
    """Keeps the rendered cases of ``pool`` seeds a scenario.

    A case of a higher seed is one of those with other numbers: declared data and registers say the new ones, the papers,
    the very same bytes, still show the old. Such cases fill a queue; they are not for judging papers.
    """

    def __init__(self, pool: int = _POOL) -> None:
        self._pool = pool
        self._rendered: dict[tuple[str, int, date], ScenarioCase] = {}

    def make(self, scenario: Scenario, seed: int, *, day: date = DEFAULT_DAY) -> ScenarioCase:
        """Make a case. Raises SeedOutOfRangeError."""
        place = (scenario.name, seed % self._pool, day)
        if place not in self._rendered:
            case = scenario.make(seed % self._pool, day=day)
            self._rendered[place] = replace(case, papers=tuple(_kept(paper) for paper in case.papers))
        case = self._rendered[place]
        return case if seed < self._pool else _renumbered(case, seed, _FIRST_SHARED + seed * 128 + scenario.slot)


def _kept(paper: AnyPaper) -> AnyPaper:
    """Let a sheet be signed once: who asks again gets the same file, whatever the sheet."""
    if isinstance(paper, Paper):
        return paper
    made: list[Paper] = []

    def sign(authorization: bytes) -> Paper:
        if not made:
            made.append(paper.sign(authorization))
        return made[0]

    return SignedPaper(paper.name, sign, paper.variant, paper.sheet, paper.kind)


def _renumbered(case: ScenarioCase, seed: int, number: int) -> ScenarioCase:
    company = case.company
    new = {company.nip: nth_synthetic_nip(number)}
    if company.krs:
        new[company.krs] = nth_synthetic_krs(number)
    truth = case.registers
    registers = RegisterTruth(
        _exchanged(truth.krs, new),
        _exchanged(truth.vat, new),
        _exchanged(truth.ceidg, new),
        _exchanged(truth.vies, new),
    )
    return replace(case, seed=seed, company=_with_numbers(company, seed, new), registers=registers)


def _with_numbers(company: SyntheticCompany, seed: int, new: Mapping[str, str]) -> SyntheticCompany:
    return replace(company, seed=seed, nip=new[company.nip], krs=new.get(company.krs, ""))


def _exchanged(value: Any, new: Mapping[str, str]) -> Any:
    """Put new numbers for old wherever they stand in a register's answer."""
    if isinstance(value, str) and type(value) is str:
        return new.get(value, value)
    if isinstance(value, Mapping):
        return {_exchanged(key, new): _exchanged(one, new) for key, one in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_exchanged(one, new) for one in value)
    if hasattr(value, "body"):
        return replace(value, body=_exchanged(value.body, new))
    return value
