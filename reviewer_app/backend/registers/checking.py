# SPDX-License-Identifier: AGPL-3.0-or-later
"""Register checks of a case that waits for staff: asked in the background, never holding up who submits or decides.

A run is a row until it is done, so a restart loses none. It comes up when a case is submitted, when declared data that the
registers know changes while it waits, and when staff ask again. What was not answered is not asked again by itself.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import threading
from datetime import timedelta
from typing import Any

from sqlalchemy.orm import Session

from reviewer_app.backend.checks.service import CaseFacts, Result, put
from reviewer_app.backend.companies.service import SYSTEM, Companies, Company, case_facts, count_checks
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database, after_commit
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.backend.kit.worker import Worker
from reviewer_app.backend.registers import repository
from reviewer_app.backend.registers.budget import WARSAW, Purpose
from reviewer_app.backend.registers.judging import Answers, judged
from reviewer_app.backend.registers.service import Asking, Registers
from reviewer_app.contract.checks import CheckCode, CheckSource
from reviewer_app.contract.companies import LEGAL_FORMS, KrsRule, LegalForm
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.register_names import Register
from reviewer_app.contract.staff import CheckStatus
from reviewer_app.contract.states import CompanyState

_logger = logging.getLogger(__name__)
_HELD_FOR = timedelta(minutes=3)
_FIRST_DELAY = timedelta(seconds=30)
_LONGEST_DELAY = timedelta(hours=2)
_POLL_SECONDS = 2.0


class RegisterChecks:
    """Asks the registers about cases and writes what they say as findings. Thread-safe."""

    def __init__(self, *, clock: Clock, database: Database, companies: Companies, registers: Registers) -> None:
        self._clock = clock
        self._database = database
        self._companies = companies
        self._registers = registers
        self.due = threading.Event()
        self._lock = threading.Lock()
        self._interrupted = False
        self._failures: dict[str, int] = {}
        self._asking: tuple[asyncio.AbstractEventLoop, asyncio.Task[Any]] | None = None

    def follow(self, session: Session, company: Company) -> None:
        """Have a waiting case checked when it is new, or its declared data is other than at the last run."""
        if not self._registers.asked or company.state != CompanyState.PENDING_VERIFICATION:
            return
        run, now = repository.run_of(session, company.id), self._clock.now()
        digest = _digest(case_facts(session, company))
        if run is None or run.facts != digest:
            waiting = Result(CheckCode.REGISTERS_ASKED, CheckStatus.UNKNOWN)
            put(session, company.id, CheckSource.REGISTERS, [waiting], now=now)
            self._ask(session, company, digest)

    def ask_again(self, session: Session, company: Company) -> None:
        """Have the registers asked anew; what they said before stands until they answer."""
        if self._registers.asked:
            self._ask(session, company, _digest(case_facts(session, company)))

    def _ask(self, session: Session, company: Company, facts: str) -> None:
        repository.ask_for_run(session, company.id, facts, self._clock.now())
        after_commit(session, "registers", self.due.set)

    def run_due(self) -> int:
        """Do every run that is due, in the thread that calls; gives how many those were. Ends when interrupted."""
        done = 0
        while not self._interrupted and (company_id := self._take()) is not None:
            self._check(company_id)
            done += 1
        return done

    def interrupt(self) -> None:
        """Wait for no register any more, from any thread: the run in hand is given back, due at once."""
        with self._lock:
            self._interrupted = True
            if self._asking is not None:
                loop, task = self._asking
                loop.call_soon_threadsafe(task.cancel)

    def _take(self) -> str | None:
        now = self._clock.now()
        with self._database.write() as session:
            return repository.take_run(session, now, until=now + _HELD_FOR)

    def _check(self, company_id: str) -> None:
        try:
            with self._database.read() as session:
                facts = case_facts(session, self._companies.by_id(session, company_id))
            answers = self._asked(facts)
            if answers is None:
                self._give_back(company_id)
                return
            with self._database.write() as session:
                self._write(session, self._companies.by_id(session, company_id, lock=True), facts, answers)
        except ProblemError:
            return
        except Exception as error:  # noqa: BLE001 - whatever it is, this case comes up again later and the others go on
            self._put_off(company_id, error)
        else:
            self._failures.pop(company_id, None)

    def _put_off(self, company_id: str, error: Exception) -> None:
        """Try again later and later, and have staff read when."""
        failures = self._failures[company_id] = self._failures.get(company_id, 0) + 1
        now = self._clock.now()
        again = now + min(_FIRST_DELAY * 2 ** (failures - 1), _LONGEST_DELAY)
        _logger.error("the registers could not be asked about a case: %s", type(error).__name__)
        with self._database.write() as session:
            repository.put_run_off(session, company_id, again)
            company = self._companies.by_id(session, company_id, lock=True)
            details = {"again": f"{again.astimezone(WARSAW):%d.%m.%Y %H:%M}"}
            failed = Result(CheckCode.REGISTERS_ASKED, CheckStatus.WARN, details=details)
            put(session, company_id, CheckSource.REGISTERS, [failed], now=now)
            count_checks(session, company)

    def _asked(self, facts: CaseFacts) -> Answers | None:
        """Ask the registers; None when that was interrupted."""
        try:
            return asyncio.run(self._interruptible(facts))
        except asyncio.CancelledError:
            return None

    async def _interruptible(self, facts: CaseFacts) -> Answers | None:
        task = asyncio.current_task()
        with self._lock:
            if self._interrupted or task is None:
                return None
            self._asking = (asyncio.get_running_loop(), task)
        try:
            return await self._answers(facts)
        finally:
            with self._lock:
                self._asking = None

    def _give_back(self, company_id: str) -> None:
        """Let the run come up again at once."""
        with self._database.write() as session:
            repository.put_run_off(session, company_id, self._clock.now())

    async def _answers(self, facts: CaseFacts) -> Answers:
        """Ask what applies to the case, one register after the other."""
        registers, on = self._registers, set(self._registers.asked)
        asking = Asking(Purpose.CHECK, company_id=facts.company_id)
        has_court_number = facts.krs is not None and LEGAL_FORMS[facts.legal_form].krs is not KrsRule.ABSENT
        court = (
            await registers.krs(facts.krs, asking) if Register.KRS in on and facts.krs and has_court_number else None
        )
        sole = facts.legal_form is LegalForm.SOLE_PROPRIETORSHIP
        trader = await registers.ceidg(facts.nip, asking) if Register.CEIDG in on and sole else None
        listed = await registers.vat(facts.nip, asking) if Register.VAT in on else None
        account = None
        if listed is not None and facts.bank_account:
            named = listed.entry is not None and facts.bank_account in listed.entry.accounts
            account = None if named else await registers.account(facts.nip, facts.bank_account, asking)
        valid = await registers.vies(facts.nip, asking) if Register.VIES in on else None
        return Answers(krs=court, ceidg=trader, vat=listed, account=account, vies=valid)

    def _write(self, session: Session, company: Company, asked: CaseFacts, answers: Answers) -> None:
        """Judge the case as it was asked about; when it changed meanwhile, the change has asked for a run of its own."""
        now, digest = self._clock.now(), _digest(asked)
        if _digest(case_facts(session, company)) != digest:
            return
        results = list(judged(asked, answers))
        put(session, company.id, CheckSource.REGISTERS, results, now=now)
        repository.settle_run(session, company.id, digest)
        count_checks(session, company)
        counted = {status.value: str(sum(one.status is status for one in results)) for status in CheckStatus}
        self._companies.record(session, company, SYSTEM, HistoryKind.REGISTERS_CHECKED, counted)


class RegisterRunner(Worker):
    """The thread that does the runs that are due."""

    def __init__(self, checks: RegisterChecks) -> None:
        super().__init__("register-checks", wake=checks.due, pause_seconds=_POLL_SECONDS)
        self._checks = checks

    def do_round(self) -> None:
        """Do every run that is due."""
        self._checks.run_due()

    def stop(self) -> None:
        """End the thread without waiting for a register; a run in hand is for the next one."""
        self._checks.interrupt()
        super().stop()


def _digest(facts: CaseFacts) -> str:
    """Give a digest of the declared data that the registers know."""
    seat = facts.seat
    parts = (seat.street, seat.building, seat.unit, seat.postal_code, seat.city) if seat else ()
    known = [facts.name, facts.legal_form.value, facts.nip, facts.regon, facts.krs, facts.bank_account, *parts]
    return hashlib.sha256(json.dumps(known).encode()).hexdigest()
