# SPDX-License-Identifier: AGPL-3.0-or-later
"""The thread that runs the checks of documents that are due. It holds up no request, and a restart loses nothing.

A run is a row until it is done. Taking one moves its due time on, so that of several server processes one does it; if
that one dies, the run comes up again. A run that fails is tried again later and later, and in the end written with
what could not be read as unknown.
"""

from __future__ import annotations

import logging
from datetime import datetime, timedelta

from sqlalchemy.exc import SQLAlchemyError

from reviewer_app.backend.checks import repository
from reviewer_app.backend.checks.job import DocumentChecks
from reviewer_app.backend.companies.service import Companies
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.problems import ProblemError
from reviewer_app.backend.kit.worker import Worker
from reviewer_app.documents.errors import DocumentError, WorkerPoolClosed

_logger = logging.getLogger(__name__)
_HELD_FOR = timedelta(minutes=3)
"""How long a run is left to who took it, counted anew before each document; longer than any call of a worker."""
_FIRST_DELAY = timedelta(seconds=5)
_LONGEST_DELAY = timedelta(minutes=10)
_ATTEMPTS = 5
_POLL_SECONDS = 1.0


class _TakenOverError(Exception):
    """The run was asked for anew, or another process has it by now."""


class _Held:
    """A run in hand: its due time says whether it still is."""

    def __init__(self, database: Database, clock: Clock, company_id: str, attempts: int, until: datetime) -> None:
        self.company_id = company_id
        self.attempts = attempts
        self.until = until
        self._database = database
        self._clock = clock

    def go_on(self) -> None:
        """Keep it for longer when half of the time is over. Raises :class:`_TakenOverError`."""
        now = self._clock.now()
        if self.until - now > _HELD_FOR / 2:
            return
        until = now + _HELD_FOR
        with self._database.write() as session:
            if not repository.hold(session, self.company_id, seen=self.until, until=until, begin=False):
                raise _TakenOverError
        self.until = until


class CheckRunner(Worker):
    """Runs what is due until it is stopped."""

    def __init__(self, database: Database, clock: Clock, companies: Companies, checks: DocumentChecks) -> None:
        super().__init__("document-checks", wake=companies.checks_due, pause_seconds=_POLL_SECONDS)
        self._database = database
        self._clock = clock
        self._companies = companies
        self._checks = checks

    def do_round(self) -> None:
        """Run everything that is due now."""
        self.run_due()

    def run_due(self) -> int:
        """Run everything that is due now, in the thread that calls; gives how many runs that were."""
        done = 0
        while not self.is_stopping and (run := self._take()) is not None:
            self._attempt(run)
            done += 1
        return done

    def _take(self) -> _Held | None:
        now = self._clock.now()
        with self._database.read() as session:
            first = repository.first_due(session, now)
        if first is None or first.due_at is None:
            return None
        until = now + _HELD_FOR
        with self._database.write() as session:
            taken = repository.hold(session, first.company_id, seen=first.due_at, until=until, begin=True)
        return (
            _Held(self._database, self._clock, first.company_id, first.attempts + 1, until) if taken else self._take()
        )

    def _attempt(self, run: _Held) -> None:
        try:
            documents = self._checks.documents(run.company_id)
            patient = run.attempts < _ATTEMPTS
            readings = self._checks.read(documents, background=True, patient=patient, before_each=run.go_on)
            with self._database.write() as session:
                company = self._companies.by_id(session, run.company_id, lock=True)
                present = repository.run_of(session, run.company_id)
                if present is not None and present.due_at == run.until:
                    self._checks.write(session, company, readings)
        except WorkerPoolClosed:  # the server stops: the run is for the next one
            self._move(run, self._clock.now())
        except (_TakenOverError, ProblemError):
            return
        except (DocumentError, OSError, SQLAlchemyError) as error:
            self._put_off(run, error)

    def _put_off(self, run: _Held, error: Exception) -> None:
        delay = min(_FIRST_DELAY * 2 ** (run.attempts - 1), _LONGEST_DELAY)
        _logger.warning("the documents of a case could not be checked, next try in %s: %s", delay, type(error).__name__)
        self._move(run, self._clock.now() + delay)

    def _move(self, run: _Held, due_at: datetime) -> None:
        with self._database.write() as session:
            repository.hold(session, run.company_id, seen=run.until, until=due_at, begin=False)
