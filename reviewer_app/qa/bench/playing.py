# SPDX-License-Identifier: AGPL-3.0-or-later
"""Plays the steps of a scenario's case at a desk: what customer, staff and time do until the case is there."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, timedelta
from typing import Any

from reviewer_app.contract.bench import BENCH_PASSWORD, BenchProblemCode, BenchRefusal, BenchTruth, CaseStart
from reviewer_app.contract.customer import CompanyRequest, RegistrationRequest, SeatRequest
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.states import DocumentKind, Outcome, Verdict
from reviewer_app.contract.terms import TERMS_VERSION
from reviewer_app.documents.authorization_sheet import Variant
from reviewer_app.qa.bench.parts import Desk, Floor, Judged
from reviewer_app.qa.register_truth import RegisterTruth
from reviewer_app.qa.scenarios import Act, AnyPaper, Paper, ScenarioCase, SignedPaper, Step
from reviewer_app.qa.synthetic_companies import SyntheticCompany, SyntheticPerson
from reviewer_app.qa.truth import DocumentTruth

_BETWEEN = timedelta(minutes=4)
"""Passes between two steps of a case."""

DOMAIN = "qa.test"


class StepFailedError(Exception):
    """A step did not do what the scenario says; the text says which and why."""


def play(case: ScenarioCase, floor: Floor, day: date) -> str:
    """Make a case as of a day, and before it the companies that have to be there. Gives the id of its company.

    Raises:
        StepFailedError: the server did not answer a step as the scenario says.
    """
    for number, earlier in enumerate(case.earlier, start=1):
        _Play(earlier, floor, _start(case, earlier, day, number)).run()
    return _Play(case, floor, _start(case, case, day, 0)).run()


class _Play:
    def __init__(self, case: ScenarioCase, floor: Floor, start: CaseStart) -> None:
        self._case = case
        self._floor = floor
        self._start = start
        self._desk: Desk = floor.begin(start)
        self._company_id = ""
        self._sheets: dict[str, bytes] = {}
        self._email = email_of(start)

    def run(self) -> str:
        for step in self._case.steps:
            self._desk.pass_time(_BETWEEN)
            refused = ""
            try:
                self._do(step)
            except BenchRefusal as refusal:
                if refusal.code is not BenchProblemCode.ACTION_NOT_POSSIBLE:
                    raise
                refused = refusal.problem
                if refused != step.refused:
                    raise StepFailedError(
                        f"{self._case.scenario}: {step.act}: {refusal.in_language('en')}"
                    ) from refusal
            if refused != step.refused:
                raise StepFailedError(f"{self._case.scenario}: {step.act} should be refused with {step.refused}")
        return self._company_id

    def _do(self, step: Step) -> None:
        acts: Mapping[Act, Callable[[Mapping[str, Any]], None]] = {
            Act.REGISTER: self._register,
            Act.DECLARE: self._declare,
            Act.UPLOAD: self._upload,
            Act.DOWNLOAD_AUTHORIZATION: self._download,
            Act.CHANGE_COMPANY: lambda given: self._desk.change_company(**given["fields"]),
            Act.SUBMIT: lambda _: self._desk.submit(),
            Act.WITHDRAW: lambda _: self._desk.withdraw(),
            Act.FINISH: lambda given: self._desk.finish(given["choice"]),
            Act.NEW_COMPLETION_LINK: lambda _: self._desk.new_link(),
            Act.INVITE: self._invite,
            Act.PROPOSE_ADMINISTRATOR: lambda given: self._desk.propose_administrator(self._address(given["person"])),
            Act.DOWNLOAD_CHANGE_AUTHORIZATION: self._download,
            Act.UPLOAD_CHANGE_AUTHORIZATION: self._upload,
            Act.SUBMIT_CHANGE: lambda _: self._desk.submit(),
            Act.DECIDE: self._decide,
            Act.SHIFT_CLOCK: lambda given: self._desk.pass_time(timedelta(seconds=given["seconds"])),
        }
        acts[step.act](step.arguments)

    def _register(self, _: Mapping[str, Any]) -> None:
        request = registration(self._case.administrator, self._case.company, self._email)
        self._desk.register(request, self._floor.password_hash)

    def _declare(self, _: Mapping[str, Any]) -> None:
        noted = self._floor.noting(self._start, self._email, numbers_of(self._case.registers))
        self._company_id = self._desk.declare(declaration(self._case.company), noted)

    def _download(self, given: Mapping[str, Any]) -> None:
        variant = Variant(given.get("variant", Variant.NOT_REGISTERED.value))
        self._sheets[given["sheet"]] = self._desk.sheet(variant)

    def _upload(self, given: Mapping[str, Any]) -> None:
        paper = self._paper(self._case.paper(given["paper"]), given.get("sheet"))
        self._desk.upload(paper.kind, paper.file_name, paper.data, given_truth(paper.truth))

    def _paper(self, paper: AnyPaper, sheet: str | None) -> Paper:
        return paper.sign(self._sheets[sheet or paper.sheet]) if isinstance(paper, SignedPaper) else paper

    def _invite(self, given: Mapping[str, Any]) -> None:
        person = self._case.people[given["person"]]
        request = registration(person, self._case.company, self._address(given["person"]))
        self._desk.invite(request, self._floor.password_hash)

    def _address(self, person: str) -> str:
        return f"{person.replace('_', '-')}.{self._email}"

    def _decide(self, given: Mapping[str, Any]) -> None:
        reasons = [ReasonCode(code) for code in given.get("reasons", ())]
        self._desk.decide(self._company_id, Outcome(given["outcome"]), judged(given.get("verdicts", {})), reasons)


def given_truth(truth: DocumentTruth) -> BenchTruth:
    """Write the truth of a paper as the bench keeps and gives it."""
    return BenchTruth.model_validate(truth.to_json())


def judged(given: Mapping[str, Any]) -> Judged:
    """Read verdicts by the kind of document: ``{"authorization": {"verdict": …, "reasons": […]}}``."""
    return {
        DocumentKind(kind): (Verdict(one["verdict"]), tuple(ReasonCode(code) for code in one.get("reasons", ())))
        for kind, one in given.items()
    }


def email_of(start: CaseStart) -> str:
    """Give the address of a case's customer: it says which case it is and can be typed."""
    part = f".{start.part}" if start.part else ""
    return f"{start.scenario.replace('_', '-')}-{start.seed}{part}@{DOMAIN}"


def registration(person: SyntheticPerson, company: SyntheticCompany, email: str) -> RegistrationRequest:
    """Write what a person types to register."""
    return RegistrationRequest(
        first_name=person.first_name,
        last_name=person.last_name,
        email=email,
        phone=company.phone,
        position=company.administrator_position,
        password=BENCH_PASSWORD,
        terms_version=TERMS_VERSION,
    )


def declaration(company: SyntheticCompany) -> CompanyRequest:
    """Write what the customer types about the company."""
    seat = company.seat
    return CompanyRequest(
        name=company.name,
        legal_form=company.legal_form,
        nip=company.nip,
        regon=company.regon,
        krs=company.krs or None,
        seat=SeatRequest(
            street=seat.street, building=seat.building, unit=seat.unit, postal_code=seat.postal_code, city=seat.city
        ),
        phone=company.phone,
        email=company.email,
        bank_account=company.bank_account,
    )


def numbers_of(truth: RegisterTruth) -> list[str]:
    """List the numbers under which registers know a case."""
    return sorted({*truth.krs, *truth.vat, *truth.ceidg, *truth.vies})


def _start(whole: ScenarioCase, part: ScenarioCase, day: date, number: int) -> CaseStart:
    later = timedelta(0) if number == 0 else _duration(whole)
    return CaseStart(whole.scenario, whole.seed, number, day, _duration(part) + later)


def _duration(case: ScenarioCase) -> timedelta:
    shifts = sum(step.arguments["seconds"] for step in case.steps if step.act is Act.SHIFT_CLOCK)
    return timedelta(seconds=shifts) + _BETWEEN * (len(case.steps) + 1)
