# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the bench does: make cases of scenarios, act on companies, move the clock, empty itself."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import date
from zoneinfo import ZoneInfo

from reviewer_app.contract.bench import (
    BENCH_PASSWORD,
    BenchAction,
    BenchCase,
    BenchCases,
    BenchClockRequest,
    BenchClockState,
    BenchEvent,
    BenchLogin,
    BenchPaper,
    BenchProblemCode,
    BenchRefusal,
    Expectation,
    ExpectedFinding,
    KnownCase,
)
from reviewer_app.contract.states import CompanyState
from reviewer_app.contract.text import Language, Text
from reviewer_app.qa.bench.actions import Actor, possible_actions
from reviewer_app.qa.bench.parts import BenchParts
from reviewer_app.qa.bench.playing import StepFailedError, play
from reviewer_app.qa.scenarios import DECISION_TEXTS, SCENARIOS, Scenario, UnknownScenarioError, scenario

_ZONE = ZoneInfo("Europe/Warsaw")


class Workshop:
    """The acts of the bench. Papers are made one after the other: PyMuPDF takes one thread at a time."""

    def __init__(self, parts: BenchParts, making: threading.Lock) -> None:
        """``making`` is held by whoever makes papers."""
        self.parts = parts
        self._making = making
        self._at_reset: list[Callable[[], None]] = []

    def when_reset(self, act: Callable[[], None]) -> None:
        """Have ``act`` run at each reset."""
        self._at_reset.append(act)

    def catalogue(self) -> tuple[Expectation, ...]:
        """Give all scenarios with what is right in them."""
        return tuple(expected(one) for one in SCENARIOS.values())

    def today(self) -> date:
        """Give the day of the bench in Poland."""
        return self.parts.clock.now().astimezone(_ZONE).date()

    def make(self, name: str, seed: int) -> BenchCase:
        """Make the case of a scenario, or give the one that is there. Raises BenchRefusal ``unknown_scenario``."""
        wanted = known_scenario(name)
        with self._making:
            there = self.parts.floor.made(name, seed)
            if there is not None:
                return self._shown(there)
            day = self.today()
            self.parts.floor.forget_limits()  # one case about limits must not spoil the next one until midnight
            try:
                company_id = play(wanted.make(seed, day=day), self.parts.floor, day)
            except StepFailedError as error:
                reason = Text(str(error), str(error))
                raise BenchRefusal(BenchProblemCode.ACTION_NOT_POSSIBLE, action=name, reason=reason) from error
        return self._shown(self.parts.floor.case(company_id), made=True)

    def case(self, company_id: str) -> BenchCase:
        """Give a company. Raises BenchRefusal ``not_found``."""
        return self._shown(self.parts.floor.case(company_id))

    def cases(self, *, limit: int, text: str = "") -> BenchCases:
        """List companies, newest first."""
        found, total = self.parts.floor.cases(limit=limit, text=text)
        return BenchCases(items=tuple(self._shown(one) for one in found), total=total)

    def act(self, company_id: str, action: str) -> BenchCase:
        """Do one of the actions. Raises BenchRefusal ``not_found``, ``action_not_possible``."""
        known = self.parts.floor.case(company_id)
        if action not in set(BenchAction):
            names = ", ".join(BenchAction)
            reason = Text(f"nie ma takiej; są: {names}", f"there is none of that name; there are: {names}")
            raise BenchRefusal(BenchProblemCode.ACTION_NOT_POSSIBLE, field="action", action=action, reason=reason)
        with self._making:
            Actor(self.parts.floor, known, self.today()).do(BenchAction(action))
        return self.case(company_id)

    def expectation(self, company_id: str) -> Expectation:
        """Say what is right for a company that the bench made. Raises BenchRefusal ``not_found`` for any other."""
        known = self.parts.floor.case(company_id)
        if not known.scenario or known.part or known.scenario not in SCENARIOS:
            raise BenchRefusal(BenchProblemCode.NOT_FOUND)
        return expected(SCENARIOS[known.scenario])

    def papers(self, company_id: str) -> tuple[BenchPaper, ...]:
        """Give the documents that the bench uploaded for a company, each with its truth. Raises BenchRefusal ``not_found``."""
        self.parts.floor.case(company_id)
        return tuple(self.parts.floor.papers(company_id))

    def events(self, company_id: str, language: Language) -> tuple[BenchEvent, ...]:
        """Tell what happened to a company."""
        return tuple(self.parts.floor.events(company_id, language))

    def export(self, company_id: str) -> bytes:
        """Pack a case."""
        return self.parts.porter.export(company_id)

    def bring(self, packed: bytes) -> BenchCase:
        """Bring in a packed case."""
        return self.case(self.parts.porter.bring(packed).company_id)

    def move_clock(self, request: BenchClockRequest) -> BenchClockState:
        """Move the clock.

        Raises BenchRefusal ``clock_backwards``, ``clock_too_far``, or ``validation_failed`` unless one way is given.
        """
        if (request.now is None) == (request.shift_seconds is None):
            raise BenchRefusal(BenchProblemCode.VALIDATION_FAILED, field="shift_seconds")
        if request.now is not None:
            return self.parts.clock.move_to(request.now)
        return self.parts.clock.shift(request.shift_seconds or 0)

    def reset(self, seed: int, names: Sequence[str] | None) -> BenchCases:
        """Empty the bench and make the cases of scenarios anew; without names those of which there are cases now.

        Raises BenchRefusal ``unknown_scenario`` before anything is taken away.
        """
        wanted = list(dict.fromkeys(names if names is not None else self.parts.floor.scenarios()))
        for name in wanted:
            known_scenario(name)
        with self._making:
            self.parts.porter.empty()
            for act in self._at_reset:
                act()
        made = [self.make(name, seed) for name in wanted]
        return BenchCases(items=tuple(made), total=len(made))

    def _shown(self, known: KnownCase, *, made: bool = False) -> BenchCase:
        return BenchCase(
            company_id=known.company_id,
            scenario=known.scenario,
            seed=known.seed,
            name=known.name,
            nip=known.nip,
            state=CompanyState(known.state),
            made_at=known.made_at,
            customer=BenchLogin(name=known.email, password=BENCH_PASSWORD if known.scenario else ""),
            desktop=f"reviewer://company/{known.company_id}",
            actions=tuple(action.value for action in possible_actions(known)),
            made=made,
        )


def known_scenario(name: str) -> Scenario:
    """Give a scenario. Raises BenchRefusal ``unknown_scenario``."""
    try:
        return scenario(name)
    except UnknownScenarioError as error:
        raise BenchRefusal(BenchProblemCode.UNKNOWN_SCENARIO, field="scenario", scenario=name) from error


def expected(one: Scenario) -> Expectation:
    """Write a scenario as the API gives it."""
    decision = DECISION_TEXTS[one.decision]
    return Expectation(
        scenario=one.name,
        group=one.group.value,
        title_pl=one.title.pl,
        title_en=one.title.en,
        explanation_pl=one.explanation.pl,
        explanation_en=one.explanation.en,
        decision=one.decision.value,
        decision_pl=decision.pl,
        decision_en=decision.en,
        reasons=tuple(code.value for code in one.reasons),
        findings=tuple(ExpectedFinding(check=str(found.check), status=found.status.value) for found in one.findings),
        state=one.state,
        end_state=one.end_state,
    )


__all__ = ["Workshop", "expected", "known_scenario"]
