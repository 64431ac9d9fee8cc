# SPDX-License-Identifier: AGPL-3.0-or-later
"""Acts of the person: each is written down first, and leaves from there. Nothing is sent twice, nothing is lost."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from pydantic import BaseModel, ValidationError

from reviewer_app.contract.staff import (
    CompanyDetail,
    HoldRequest,
    NoteRequest,
    ReopenRequest,
    RestorationRequest,
    SuspensionRequest,
)
from reviewer_app.contract.text import Text
from reviewer_app.desk.acts import pending_act, read_draft, written_draft
from reviewer_app.desk.clock import Clock
from reviewer_app.desk.drafting import LONGEST_NOTE, Drafts, request_of
from reviewer_app.desk.drafts import DecisionDraft
from reviewer_app.desk.errors import DecisionUnderWay, DraftProblem, InvalidDraft, TooLateToUndo
from reviewer_app.desk.events import ActChanged, Cancellation
from reviewer_app.desk.pauses import IDLE_SECONDS, pause_after
from reviewer_app.desk.preferences import LONGEST_HOLD_SECONDS, Preferences
from reviewer_app.desk.rows import ActKind, ActState, PendingAct
from reviewer_app.desk.sending import Courier, Sent
from reviewer_app.desk.session import Sessions
from reviewer_app.store.errors import WrongState
from reviewer_app.store.records import OutboxRecord
from reviewer_app.store.store import Store

LONGEST_HOLD = timedelta(seconds=LONGEST_HOLD_SECONDS)

_WAITS_FOR_PERSON = frozenset({ActState.CONFLICT, ActState.FAILED})
_EMPTY_TEXT = Text("Wpisz tekst.", "Write a text.")
_LONG_TEXT = Text("Tekst jest za długi: najwyżej {limit} znaków.", "The text is too long: at most {limit} characters.")

Emit = Callable[[ActChanged], None]


class Outbox:
    """Acts of the person who is signed in."""

    def __init__(
        self, *, store: Store, sessions: Sessions, drafts: Drafts, preferences: Preferences, clock: Clock
    ) -> None:
        self._store = store
        self._sessions = sessions
        self._drafts = drafts
        self._preferences = preferences
        self._clock = clock
        self._wake = threading.Event()
        self._running = threading.Lock()

    def decide(self, *, draft: DecisionDraft, hold_seconds: int | None = None) -> PendingAct:
        """Decide a case as drafted. The act is held for ``hold_seconds`` (None: the setting), until then it can be undone.

        The draft is over with this; undoing gives it back. Raises InvalidDraft, DecisionUnderWay.
        """
        request = request_of(draft, self._known(draft.company_id))
        seconds = self._preferences.hold_seconds if hold_seconds is None else hold_seconds
        record = self._record(
            ActKind.DECISION, draft.company_id, request, version=draft.version, held=timedelta(seconds=seconds)
        )
        act = self._add(record, draft=written_draft(draft), alone=True)
        self._drafts.discard(company_id=draft.company_id)
        return act

    def add_note(self, *, company_id: str, text: str) -> PendingAct:
        """Write an internal note. Raises InvalidDraft when it is empty or too long."""
        return self._add(self._record(ActKind.NOTE, company_id, NoteRequest(text=_checked(text, "text"))))

    def hold(self, *, company_id: str, version: int, reason: str, until: datetime | None) -> PendingAct:
        """Put a case aside, with a reason, until a moment (UTC) or without an end. Raises InvalidDraft."""
        request = HoldRequest(reason=_checked(reason, "reason"), until=until)
        return self._add(self._record(ActKind.HOLD, company_id, request, version=version))

    def release_hold(self, *, company_id: str, version: int) -> PendingAct:
        """Take a case back that was put aside."""
        return self._add(self._record(ActKind.HOLD, company_id, HoldRequest(), version=version))

    def reopen(self, *, company_id: str, version: int, reason: str) -> PendingAct:
        """Open a decided case again. Raises InvalidDraft."""
        request = ReopenRequest(reason=_checked(reason, "reason"))
        return self._add(self._record(ActKind.REOPEN, company_id, request, version=version))

    def suspend(self, *, company_id: str, version: int, reason: str) -> PendingAct:
        """Suspend an active company; its people read the reason. Raises InvalidDraft."""
        request = SuspensionRequest(reason=_checked(reason, "reason"))
        return self._add(self._record(ActKind.SUSPEND, company_id, request, version=version))

    def restore(self, *, company_id: str, version: int, reason: str) -> PendingAct:
        """End a suspension by staff; the company's administrator reads the reason. Raises InvalidDraft."""
        request = RestorationRequest(reason=_checked(reason, "reason"))
        return self._add(self._record(ActKind.RESTORE, company_id, request, version=version))

    def undo(self, *, act_id: str) -> DecisionDraft | None:
        """Take an act back that has not been sent; gives what it was drafted from, which is the draft again.

        Raises TooLateToUndo once it was sent, or may have been.
        """
        try:
            record = self._store.outbox.move(
                act_id, ActState.WITHDRAWN, sources=frozenset({ActState.HELD, ActState.PENDING}), untried=True
            )
        except WrongState:
            raise TooLateToUndo from None
        self._wake.set()
        return self._give_back(record)

    def send_now(self, *, act_id: str) -> None:
        """Do not hold an act any longer; does nothing to one that is not held."""
        try:
            self._store.outbox.move(act_id, ActState.PENDING, held_until=None)
        except WrongState:
            return
        self._wake.set()

    def retry(self, *, act_id: str, version: int | None = None) -> PendingAct:
        """Send an act again that the server refused, with a new key: the refusal said that it had no effect.

        ``version`` is that of the case as the person has seen it since; None: the one that the act was made on. Raises TooLateToUndo when the act is not waiting for the person.
        """
        try:
            seen: dict[str, Any] = {} if version is None else {"version": version}
            record = self._store.outbox.move(
                act_id,
                ActState.PENDING,
                sources=_WAITS_FOR_PERSON,
                key=str(uuid.uuid4()),
                attempts=0,
                problem=None,
                **seen,
            )
        except WrongState:
            raise TooLateToUndo from None
        self._wake.set()
        return pending_act(record)

    def dismiss(self, *, act_id: str) -> DecisionDraft | None:
        """End an act that the server refused; gives what it was drafted from, which is the draft again.

        Raises TooLateToUndo when the act is not waiting for the person.
        """
        try:
            record = self._store.outbox.move(act_id, ActState.WITHDRAWN, sources=_WAITS_FOR_PERSON)
        except WrongState:
            raise TooLateToUndo from None
        return self._give_back(record)

    def pending(self, *, company_id: str | None = None) -> tuple[PendingAct, ...]:
        """Give the acts that are not over, oldest first."""
        records = self._store.outbox.open(scope=self._sessions.scope, company_id=company_id)
        return tuple(pending_act(record) for record in records)

    def wake(self) -> None:
        """Look at the outbox now, for instance since the server can be reached again."""
        self._wake.set()

    def run(self, emit: Emit, cancellation: Cancellation) -> None:
        """Send what is due, in order, until cancelled. Only one of these runs at a time."""
        scope = self._sessions.scope
        with self._running, self._sessions.gateway.open_line() as line:
            self._store.outbox.recover()
            forget_close = cancellation.on_cancel(line.close)
            forget_wake = cancellation.on_cancel(self._wake.set)
            try:
                self._send_until_cancelled(
                    Courier(store=self._store, line=line, scope=scope), scope, emit, cancellation
                )
            finally:
                forget_wake()
                forget_close()

    def _send_until_cancelled(self, courier: Courier, scope: str, emit: Emit, cancellation: Cancellation) -> None:
        failures = 0
        while True:
            # Cleared before the look at the cancellation: whoever cancels sets that first and this second.
            self._wake.clear()
            if cancellation.cancelled:
                return
            result = self._send_due(courier, scope, emit, cancellation)
            if result is Sent.SESSION_OVER:
                return
            failures = failures + 1 if result is Sent.LATER else 0
            self._wake.wait(self._pause(scope, failures))

    def _send_due(self, courier: Courier, scope: str, emit: Emit, cancellation: Cancellation) -> Sent:
        while not cancellation.cancelled:
            record = self._store.outbox.take_due(scope=scope, now=self._clock.now(), longest_hold=LONGEST_HOLD)
            if record is None:
                return Sent.SETTLED
            emit(ActChanged(pending_act(record)))
            try:
                result, after = courier.send(record)
            except BaseException:
                self._store.outbox.recover()
                raise
            emit(ActChanged(pending_act(after)))
            if result is not Sent.SETTLED:
                return result
        return Sent.SETTLED

    def _pause(self, scope: str, failures: int) -> float:
        held = self._store.outbox.next_held(scope=scope)
        pause = pause_after(failures) if failures else IDLE_SECONDS
        if held is None or failures:
            return pause
        return max(0.0, min(pause, (held - self._clock.now()).total_seconds()))

    def _record(
        self,
        kind: ActKind,
        company_id: str,
        request: BaseModel,
        *,
        version: int | None = None,
        held: timedelta | None = None,
    ) -> OutboxRecord:
        now = self._clock.now()
        return OutboxRecord(
            id=str(uuid.uuid4()),
            scope=self._sessions.scope,
            company_id=company_id,
            kind=kind,
            state=ActState.HELD if held else ActState.PENDING,
            key=str(uuid.uuid4()),
            version=version,
            payload=request.model_dump_json(exclude_none=True),
            draft=None,
            created_at=now,
            held_until=now + min(held, LONGEST_HOLD) if held else None,
        )

    def _add(self, record: OutboxRecord, *, draft: str | None = None, alone: bool = False) -> PendingAct:
        drafted = replace(record, draft=draft)
        if not self._store.outbox.add(drafted, alone=alone):
            raise DecisionUnderWay
        self._wake.set()
        return pending_act(drafted)

    def _give_back(self, record: OutboxRecord) -> DecisionDraft | None:
        if record.draft is None:
            return None
        draft = read_draft(record.draft)
        newer = self._drafts.load(company_id=record.company_id)
        if newer is not None and not newer.is_empty:
            return newer
        self._drafts.save(draft=draft)
        return draft

    def _known(self, company_id: str) -> CompanyDetail | None:
        kept = self._store.cases.get(scope=self._sessions.scope, company_id=company_id)
        if kept is None:
            return None
        try:
            return CompanyDetail.model_validate_json(kept.body)
        except ValidationError:
            return None


def _checked(text: str, field: str) -> str:
    stripped = text.strip()
    if not stripped:
        raise InvalidDraft((DraftProblem("required", _EMPTY_TEXT, field=field),))
    if len(stripped) > LONGEST_NOTE:
        raise InvalidDraft((DraftProblem("too_long", _LONG_TEXT.format(limit=LONGEST_NOTE), field=field),))
    return stripped
