# SPDX-License-Identifier: AGPL-3.0-or-later
"""The outbox's rows: no move but those of the table, in order per company, one winner of two."""

from __future__ import annotations

import tempfile
import threading
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import Bundle, RuleBasedStateMachine, consumes, invariant, rule

from reviewer_app.store.act_states import ACT_TRANSITIONS, OPEN_ACT_STATES, ActKind, ActState
from reviewer_app.store.errors import WrongState
from reviewer_app.store.records import OutboxRecord
from reviewer_app.store.store import Store

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
SCOPE = "u1@server"
HOLD = timedelta(seconds=10)
LONGEST = timedelta(seconds=120)


def record(
    number: int, company: str = "c", *, held: datetime | None = None, kind: ActKind = ActKind.NOTE
) -> OutboxRecord:
    return OutboxRecord(
        id=f"a{number}",
        scope=SCOPE,
        company_id=company,
        kind=kind,
        state=ActState.HELD if held else ActState.PENDING,
        key=f"k{number}",
        version=1,
        payload="{}",
        draft=None,
        created_at=NOW,
        held_until=held,
    )


def take(store: Store, now: datetime = NOW) -> str | None:
    taken = store.outbox.take_due(scope=SCOPE, now=now, longest_hold=LONGEST)
    return taken.id if taken else None


def test_acts_on_one_company_wait_for_each_other_and_not_for_others(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.outbox.add(record(1, "first", held=NOW + HOLD))
    store.outbox.add(record(2, "first"))
    store.outbox.add(record(3, "second"))
    assert take(store) == "a3"
    assert take(store) is None
    assert take(store, NOW + HOLD) == "a1"
    assert take(store, NOW + HOLD) is None
    store.outbox.move("a1", ActState.CONFLICT, problem="{}")
    assert take(store, NOW + HOLD) == "a2"
    store.close()


def test_a_clock_turned_back_does_not_hold_an_act_for_ever(tmp_path: Path) -> None:
    store = Store(tmp_path)
    store.outbox.add(record(1, held=NOW + HOLD))
    assert take(store, NOW - timedelta(days=1)) == "a1"
    store.close()


def test_one_decision_at_a_time(tmp_path: Path) -> None:
    store = Store(tmp_path)
    assert store.outbox.add(record(1, kind=ActKind.DECISION), alone=True)
    assert not store.outbox.add(record(2, kind=ActKind.DECISION), alone=True)
    store.outbox.move("a1", ActState.WITHDRAWN)
    assert store.outbox.add(record(3, kind=ActKind.DECISION), alone=True)
    store.close()


def test_of_undoing_and_sending_one_wins(tmp_path: Path) -> None:
    store = Store(tmp_path)
    for number in range(25):
        store.outbox.add(record(number, f"c{number}"))
        start = threading.Barrier(2)
        outcomes: list[str] = []

        def undo(act_id: str = f"a{number}", start: threading.Barrier = start, outcomes: list[str] = outcomes) -> None:
            start.wait()
            try:
                store.outbox.move(act_id, ActState.WITHDRAWN, untried=True)
                outcomes.append("undone")
            except WrongState:
                pass

        def send(start: threading.Barrier = start, outcomes: list[str] = outcomes) -> None:
            start.wait()
            if take(store) is not None:
                outcomes.append("sent")

        threads = [threading.Thread(target=undo), threading.Thread(target=send)]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(outcomes) == 1
    store.close()


def test_an_unknown_act_cannot_move(tmp_path: Path) -> None:
    store = Store(tmp_path)
    with pytest.raises(WrongState):
        store.outbox.move("nobody", ActState.DONE)
    assert store.outbox.get("nobody") is None
    store.close()


class OutboxMachine(RuleBasedStateMachine):
    """Moves acts about at random, restarts in between, and compares with a model of the table."""

    acts = Bundle("acts")

    def __init__(self) -> None:
        super().__init__()
        self._folder = tempfile.TemporaryDirectory()
        self._store = Store(Path(self._folder.name))
        self._model: dict[str, ActState] = {}

    @rule(target=acts, held=st.booleans(), company=st.sampled_from("ab"))
    def add(self, held: bool, company: str) -> str:
        made = record(len(self._model), company, held=NOW + HOLD if held else None)
        self._store.outbox.add(made)
        self._model[made.id] = made.state
        return made.id

    @rule(act=acts, wanted=st.sampled_from(ActState))
    def move(self, act: str, wanted: ActState) -> None:
        if wanted in ACT_TRANSITIONS[self._model[act]]:
            assert self._store.outbox.move(act, wanted).state is wanted
            self._model[act] = wanted
        else:
            with pytest.raises(WrongState):
                self._store.outbox.move(act, wanted)

    @rule(late=st.booleans())
    def take(self, late: bool) -> None:
        taken = take(self._store, NOW + HOLD if late else NOW)
        if taken is not None:
            assert self._model[taken] in {ActState.PENDING, ActState.HELD}
            assert late or self._model[taken] is ActState.PENDING
            self._model[taken] = ActState.SENDING

    @rule()
    def restart(self) -> None:
        self._store.close()
        self._store = Store(Path(self._folder.name))
        self._store.outbox.recover()
        for act, state in self._model.items():
            if state is ActState.SENDING:
                self._model[act] = ActState.PENDING

    @rule(act=consumes(acts))
    def forget(self, act: str) -> None:
        """Leave an act alone from now on."""

    @invariant()
    def nothing_is_lost(self) -> None:
        kept = {item.id: item.state for item in self._store.outbox.open(scope=SCOPE)}
        assert kept == {act: state for act, state in self._model.items() if state in OPEN_ACT_STATES}

    def teardown(self) -> None:
        self._store.close()
        self._folder.cleanup()


OutboxMachine.TestCase.settings = settings(max_examples=20, stateful_step_count=25)
test_outbox_machine = OutboxMachine.TestCase
