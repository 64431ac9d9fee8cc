# SPDX-License-Identifier: AGPL-3.0-or-later
"""Register checks of a case that waits for staff: asked in the background, never holding up who submits or decides.

A run is a row until it is done, so a restart loses none. It comes up when a case is submitted, when declared data that the
registers know changes while it waits, and when staff ask again. What was not answered is not asked again by itself.
A run that fails is tried again later and later, and a finding says so and when.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import logging
import threading
from datetime import timedelta

import anyio
from sqlalchemy.orm import Session

from reviewer_app.backend.checks.service import CaseFacts, Result, put
from reviewer_app.backend.companies.service import SYSTEM, Companies, Company, case_facts, count_checks
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database, after_commit
from reviewer_app.backend.kit.worker import Worker
from reviewer_app.backend.registers import repository
from reviewer_app.backend.registers.budget import Purpose
from reviewer_app.backend.registers.judging import Answers, judged
from reviewer_app.backend.registers.repository import TakenRun
from reviewer_app.backend.registers.service import Asking, Registers
from reviewer_app.contract.checks import CheckCode, CheckSource
from reviewer_app.contract.companies import LEGAL_FORMS, KrsRule, LegalForm
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.messages import rfc3339
from reviewer_app.contract.register_names import Register
from reviewer_app.contract.staff import CheckStatus
from reviewer_app.contract.states import CompanyState

_logger = logging.getLogger(__name__)
_HELD_FOR = timedelta(minutes=3)
_FIRST_DELAY = timedelta(minutes=1)
_LONGEST_DELAY = timedelta(hours=6)
_MOST_DOUBLINGS = 20
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
        self._asking: tuple[asyncio.AbstractEventLoop, anyio.CancelScope] | None = None

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
        while not self._interrupted and (run := self._take()) is not None:
            self._attempt(run)
            done += 1
        return done

    def interrupt(self) -> None:
        """Wait for no register any more, from any thread: the run in hand is given back, due at once."""
        with self._lock:
            self._interrupted = True
            if self._asking is not None:
                loop, scope = self._asking
                loop.call_soon_threadsafe(scope.cancel)

    def _take(self) -> TakenRun | None:
        now = self._clock.now()
        with self._database.write() as session:
            return repository.take_run(session, now, until=now + _HELD_FOR)

    def _attempt(self, run: TakenRun) -> None:
        try:
            self._check(run)
        except Exception as error:  # noqa: BLE001 - whatever fails here fails at once again, for this case alone
            self._put_off(run, error)

    def _check(self, run: TakenRun) -> None:
        with self._database.read() as session:
            facts = case_facts(session, self._companies.by_id(session, run.company_id))
        answers = asyncio.run(self._interruptible(facts))
        with self._database.write() as session:
            if answers is None:
                repository.give_run_back(session, run, self._clock.now())
            else:
                self._write(session, self._companies.by_id(session, run.company_id, lock=True), run, facts, answers)

    def _put_off(self, run: TakenRun, error: Exception) -> None:
        """Try a run again later, twice as late each time, and tell staff."""
        delay = min(_FIRST_DELAY * 2 ** min(run.attempts - 1, _MOST_DOUBLINGS), _LONGEST_DELAY)
        _logger.warning(
            "the registers could not be asked about a case, next try in %s: %s", delay, type(error).__name__
        )
        now = self._clock.now()
        with self._database.write() as session:
            company = self._companies.by_id(session, run.company_id, lock=True)
            if not repository.put_run_off(session, run, now + delay):
                return
            failed = Result(CheckCode.REGISTERS_FAILED, CheckStatus.UNKNOWN, details={"moment": rfc3339(now + delay)})
            put(session, company.id, CheckSource.REGISTERS, [failed], now=now)
            count_checks(session, company)

    async def _interruptible(self, facts: CaseFacts) -> Answers | None:
        """Ask the registers; None when that was interrupted.

        A scope and not the task is cancelled: it lets a thread that has a transaction open come to its end first, so
        that nobody uses the database any more when the worker has stopped.
        """
        with anyio.CancelScope() as scope:
            with self._lock:
                if self._interrupted:
                    return None
                self._asking = (asyncio.get_running_loop(), scope)
            try:
                return await self._answers(facts)
            finally:
                with self._lock:
                    self._asking = None
        return None

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

    def _write(self, session: Session, company: Company, run: TakenRun, asked: CaseFacts, answers: Answers) -> None:
        """Judge the case as it was asked about; when it changed meanwhile, the change has asked for a run of its own."""
        now = self._clock.now()
        if _digest(case_facts(session, company)) != _digest(asked):
            return
        results = list(judged(asked, answers))
        put(session, company.id, CheckSource.REGISTERS, results, now=now)
        repository.settle_run(session, run)
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
