# SPDX-License-Identifier: AGPL-3.0-or-later
"""Ask the registers: within their limits, outside of any transaction, with every answer kept as evidence."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Generic, TypeVar

from sqlalchemy.orm import Session
from starlette.concurrency import run_in_threadpool

from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database, new_id
from reviewer_app.backend.kit.settings import Settings
from reviewer_app.backend.registers import ceidg, krs, repository, vat, vies
from reviewer_app.backend.registers.budget import WARSAW, Purpose, block, let_through, purge_calls
from reviewer_app.backend.registers.exchange import Exchange, Question, RegisterHttp
from reviewer_app.backend.registers.reading import UnreadableAnswer
from reviewer_app.backend.registers.scrubbing import scrubbed_answer
from reviewer_app.backend.registers.tables import RegisterEvidence
from reviewer_app.contract.registers import LookupOutcome, Register

_logger = logging.getLogger(__name__)
_REUSED_FOR = timedelta(hours=6)
_UNUSED_KEPT = timedelta(days=30)
_LONGEST_REQUEST_ID = 100

Entry = TypeVar("Entry")
Pause = Callable[[float], Awaitable[None]]


@dataclass(frozen=True, slots=True)
class Asking:
    """On whose behalf the registers are asked: for what, for which company, and whether a recent answer will do."""

    purpose: Purpose
    company_id: str | None = None
    reuse: bool = False


@dataclass(frozen=True, slots=True)
class Lookup(Generic[Entry]):
    """One answer. ``entry`` is set when something was found; ``evidence_id`` leads to the whole answer."""

    register: Register
    operation: str
    outcome: LookupOutcome
    entry: Entry | None
    request_id: str | None
    asked_at: datetime
    evidence_id: str


@dataclass(frozen=True, slots=True)
class _Reader(Generic[Entry]):
    """How the answers to one kind of question are read."""

    outcome: Callable[[Exchange], LookupOutcome]
    request_id: Callable[[Any], str | None]
    entry: Callable[[Any, str], Entry]


_KRS = _Reader(krs.outcome, krs.request_id, krs.entry)
_VAT = _Reader(vat.outcome, vat.request_id, vat.subject)
_ACCOUNT = _Reader(vat.outcome, vat.request_id, vat.account_assigned)
_CEIDG = _Reader(ceidg.outcome, ceidg.request_id, ceidg.entry)
_VIES = _Reader(vies.outcome, vies.request_id, vies.answer)


class Registers:
    """The registers whose addresses are set. No method may be called within a transaction."""

    def __init__(
        self,
        *,
        database: Database,
        clock: Clock,
        settings: Settings,
        http: RegisterHttp,
        pause: Pause = asyncio.sleep,
    ) -> None:
        self._database = database
        self._clock = clock
        self._settings = settings
        self._http = http
        self._pause = pause

    @property
    def asked(self) -> tuple[Register, ...]:
        """List the registers whose addresses are set; CEIDG needs its token too."""
        settings = self._settings
        addresses = {
            Register.KRS: settings.krs_url,
            Register.VAT: settings.vat_url,
            Register.CEIDG: settings.ceidg_url if settings.ceidg_token else "",
            Register.VIES: settings.vies_url,
        }
        return tuple(register for register in Register if addresses[register])

    async def krs(self, number: str, asking: Asking) -> Lookup[krs.KrsEntry]:
        """Look an entity up by its KRS number: among companies, then among foundations and associations."""
        found = await self._ask(krs.question(self._settings.krs_url, number, krs.REGISTERS[0]), _KRS, number, asking)
        if found.outcome is not LookupOutcome.NOT_FOUND:
            return found
        return await self._ask(krs.question(self._settings.krs_url, number, krs.REGISTERS[1]), _KRS, number, asking)

    async def vat(self, nip: str, asking: Asking) -> Lookup[vat.VatSubject]:
        """Look a subject up on today's list of VAT payers."""
        return await self._ask(vat.search(self._settings.vat_url, nip, self._today()), _VAT, nip, asking)

    async def account(self, nip: str, account: str, asking: Asking) -> Lookup[bool]:
        """Ask whether an account is on the list for a NIP: the entry is True or False."""
        return await self._ask(vat.check(self._settings.vat_url, nip, account, self._today()), _ACCOUNT, nip, asking)

    async def ceidg(self, nip: str, asking: Asking) -> Lookup[ceidg.CeidgEntry]:
        """Look a sole trader up."""
        settings = self._settings
        return await self._ask(ceidg.question(settings.ceidg_url, settings.ceidg_token, nip), _CEIDG, nip, asking)

    async def vies(self, nip: str, asking: Asking) -> Lookup[vies.ViesAnswer]:
        """Ask whether a number is valid for trade within the EU."""
        return await self._ask(vies.question(self._settings.vies_url, nip), _VIES, nip, asking)

    async def _ask(self, question: Question, reader: _Reader[Entry], subject: str, asking: Asking) -> Lookup[Entry]:
        if asking.reuse:
            known = await run_in_threadpool(self._known, question)
            if known is not None:
                return self._lookup(known, question, reader, subject)
        wait = await run_in_threadpool(self._let_through, question, asking.purpose)
        if wait is None:
            exchange = Exchange(None, failure=LookupOutcome.LIMITED)
        else:
            if wait > timedelta(0):
                await self._pause(wait.total_seconds())
            exchange = await self._http.ask(question)
        kept = await run_in_threadpool(self._kept, question, reader, exchange, subject, asking)
        return self._lookup(kept, question, reader, subject)

    def _known(self, question: Question) -> RegisterEvidence | None:
        now = self._clock.now()
        with self._database.read() as session:
            return repository.newest_answer(
                session, question.register.value, question.operation, question.subject, since=now - _REUSED_FOR
            )

    def _let_through(self, question: Question, purpose: Purpose) -> timedelta | None:
        with self._database.write() as session:
            return let_through(session, question.register, question.operation, purpose, self._clock.now())

    def _kept(
        self, question: Question, reader: _Reader[Entry], exchange: Exchange, subject: str, asking: Asking
    ) -> RegisterEvidence:
        """Keep an answer as evidence, also one that refuses or that nobody can read."""
        answer = scrubbed_answer(exchange.content)
        outcome = reader.outcome(exchange)
        if outcome is LookupOutcome.FOUND:
            try:
                reader.entry(answer, subject)
            except UnreadableAnswer:
                _logger.warning("%s answered something that cannot be read", question.register.value)
                outcome = LookupOutcome.UNREADABLE
        now = self._clock.now()
        evidence = RegisterEvidence(
            id=new_id(),
            company_id=asking.company_id,
            register=question.register.value,
            operation=question.operation,
            subject=question.subject,
            outcome=outcome.value,
            status=exchange.status,
            request_id=(reader.request_id(answer) or "")[:_LONGEST_REQUEST_ID] or None,
            asked_at=now,
            answer=answer,
        )
        with self._database.write() as session:
            session.add(evidence)
            if exchange.status == 429:
                block(session, question.register, now)
        return evidence

    def _lookup(
        self, evidence: RegisterEvidence, question: Question, reader: _Reader[Entry], subject: str
    ) -> Lookup[Entry]:
        outcome = LookupOutcome(evidence.outcome)
        return Lookup(
            register=question.register,
            operation=question.operation,
            outcome=outcome,
            entry=reader.entry(evidence.answer, subject) if outcome is LookupOutcome.FOUND else None,
            request_id=evidence.request_id,
            asked_at=evidence.asked_at,
            evidence_id=evidence.id,
        )

    def _today(self) -> date:
        return self._clock.now().astimezone(WARSAW).date()


def waiting(session: Session, company_id: str) -> bool:
    """Say whether the registers are still to be asked about a company."""
    run = repository.run_of(session, company_id)
    return run is not None and run.due_at is not None


def purge(session: Session, now: datetime) -> None:
    """Forget counted questions, and answers fetched for a form that led to no company, after 30 days."""
    purge_calls(session, now)
    repository.purge_unused(session, now - _UNUSED_KEPT)
