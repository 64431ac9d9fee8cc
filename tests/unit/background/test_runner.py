# SPDX-License-Identifier: AGPL-3.0-or-later
"""Background work: every answer arrives once, on the GUI thread, and only where somebody still waits for it."""

from __future__ import annotations

import gc
import threading
import weakref
from collections.abc import Callable, Iterator
from functools import partial

import pytest
import shiboken6
from PySide6.QtCore import QObject, QThread
from pytestqt.qtbot import QtBot

from reviewer_app.background.garbage import GarbageGuard
from reviewer_app.background.operation import Cancellation, OperationState
from reviewer_app.background.runner import Runner

PATIENCE_MS = 60_000


class Receiver(QObject):
    """Keeps what it is told, and on which thread."""

    def __init__(self) -> None:
        super().__init__()
        self.results: list[object] = []
        self.errors: list[BaseException] = []
        self.threads: set[QThread] = set()

    def take(self, result: object) -> None:
        self.results.append(result)
        self.threads.add(QThread.currentThread())

    def fail(self, error: BaseException) -> None:
        self.errors.append(error)
        self.threads.add(QThread.currentThread())


@pytest.fixture
def receiver(qtbot: QtBot) -> Receiver:
    return Receiver()


@pytest.fixture
def presented() -> list[BaseException]:
    return []


@pytest.fixture
def runner(qtbot: QtBot, presented: list[BaseException]) -> Iterator[Runner]:
    made = Runner(present_failure=presented.append)
    yield made
    assert made.close(30) == ()


def raising(error: BaseException) -> Callable[[], None]:
    def work() -> None:
        raise error

    return work


def test_five_thousand_results_arrive_once_each_on_the_gui_thread(
    qtbot: QtBot, runner: Runner, receiver: Receiver
) -> None:
    for number in range(5000):
        runner.run(partial(int, number), owner=receiver, on_success=receiver.take)
    qtbot.waitUntil(lambda: len(receiver.results) == 5000, timeout=PATIENCE_MS)
    assert sorted(map(str, receiver.results)) == sorted(map(str, range(5000)))
    assert receiver.threads == {receiver.thread()}
    assert runner.busy == 0


def test_a_stream_in_a_lane_tells_its_events_in_order_and_takes_a_thread_of_the_lane(
    qtbot: QtBot, runner: Runner, receiver: Receiver
) -> None:
    names: list[str] = []

    def tell(emit: Callable[[int], None], _cancellation: Cancellation) -> None:
        names.append(threading.current_thread().name)
        for number in range(100):
            emit(number)

    for _ in range(5):
        runner.stream(tell, owner=receiver, on_event=receiver.take, lane="files")
    qtbot.waitUntil(lambda: len(receiver.results) == 500, timeout=PATIENCE_MS)
    assert {name.rpartition("-")[0] for name in names} == {"reviewer files"}
    numbers = [int(str(number)) for number in receiver.results]
    assert sorted(numbers) == sorted(list(range(100)) * 5)


def test_work_runs_outside_the_gui_thread(qtbot: QtBot, runner: Runner, receiver: Receiver) -> None:
    runner.run(threading.get_ident, owner=receiver, on_success=receiver.take)
    qtbot.waitUntil(lambda: bool(receiver.results), timeout=PATIENCE_MS)
    assert receiver.results != [threading.get_ident()]


def test_an_error_is_shown_when_nobody_takes_it(
    qtbot: QtBot, runner: Runner, receiver: Receiver, presented: list[BaseException]
) -> None:
    error = OSError("no network")
    operation = runner.run(raising(error), owner=receiver, on_success=receiver.take)
    qtbot.waitUntil(lambda: operation.finished, timeout=PATIENCE_MS)
    assert presented == [error]
    assert operation.state is OperationState.FAILED
    assert receiver.results == []


def test_an_error_goes_to_whoever_asked_for_it(
    qtbot: QtBot, runner: Runner, receiver: Receiver, presented: list[BaseException]
) -> None:
    error = KeyError("gone")
    runner.run(raising(error), owner=receiver, on_failure=receiver.fail)
    qtbot.waitUntil(lambda: bool(receiver.errors), timeout=PATIENCE_MS)
    assert receiver.errors == [error]
    assert presented == []


def test_an_answer_for_a_deleted_owner_is_dropped(qtbot: QtBot, runner: Runner, receiver: Receiver) -> None:
    gate = threading.Event()
    owner = Receiver()
    kept = weakref.ref(owner)
    operation = runner.run(lambda: gate.wait(30), owner=owner, on_success=owner.take)
    del owner
    gc.collect()
    assert kept() is None, "a running operation must not keep its owner alive"
    gate.set()
    qtbot.waitUntil(lambda: operation.finished, timeout=PATIENCE_MS)


def test_an_answer_for_an_owner_that_qt_deleted_is_dropped(qtbot: QtBot, runner: Runner) -> None:
    gate = threading.Event()
    owner = Receiver()
    results = owner.results
    operation = runner.run(lambda: gate.wait(30), owner=owner, on_success=owner.take)
    shiboken6.delete(owner)
    gate.set()
    qtbot.waitUntil(lambda: operation.finished, timeout=PATIENCE_MS)
    assert results == []


def test_of_one_key_only_the_latest_answers(qtbot: QtBot, runner: Runner, receiver: Receiver) -> None:
    gate = threading.Event()
    older = runner.run(lambda: gate.wait(30) and "older", owner=receiver, on_success=receiver.take, key="search")
    newer = runner.run(lambda: gate.wait(30) and "newer", owner=receiver, on_success=receiver.take, key="search")
    gate.set()
    qtbot.waitUntil(lambda: newer.finished and older.wait_left(0), timeout=PATIENCE_MS)
    qtbot.waitUntil(lambda: runner.busy == 0, timeout=PATIENCE_MS)
    assert receiver.results == ["newer"]
    assert older.state is OperationState.CANCELLED


def test_two_owners_with_the_same_key_take_nothing_from_each_other(
    qtbot: QtBot, runner: Runner, receiver: Receiver
) -> None:
    gate, other = threading.Event(), Receiver()
    for owner in (receiver, other):
        runner.run(lambda: gate.wait(30) and "done", owner=owner, on_success=owner.take, key="search")
    runner.forget("search", owner=other)
    gate.set()
    qtbot.waitUntil(lambda: runner.busy == 0, timeout=PATIENCE_MS)
    assert (receiver.results, other.results) == (["done"], [])


def test_cancelled_stays_cancelled_even_with_the_answer_on_the_way(
    qtbot: QtBot, runner: Runner, receiver: Receiver
) -> None:
    operation = runner.run(lambda: "late", owner=receiver, on_success=receiver.take)
    assert operation.wait_left(30)
    operation.cancel()
    qtbot.waitUntil(lambda: runner.busy == 0, timeout=PATIENCE_MS)
    assert receiver.results == []
    assert operation.state is OperationState.CANCELLED


def test_what_is_forgotten_by_its_key_delivers_nothing(qtbot: QtBot, runner: Runner, receiver: Receiver) -> None:
    operation = runner.run(lambda: "late", owner=receiver, on_success=receiver.take, key="queue")
    kept = runner.run(lambda: "kept", owner=receiver, on_success=receiver.take, key="case")
    assert operation.wait_left(30)
    runner.forget("queue", owner=receiver)
    runner.forget("nothing", owner=receiver)
    qtbot.waitUntil(lambda: runner.busy == 0 and kept.finished, timeout=PATIENCE_MS)
    assert receiver.results == ["kept"]
    assert operation.state is OperationState.CANCELLED


def test_work_cancelled_before_it_began_is_not_begun(qtbot: QtBot, receiver: Receiver) -> None:
    runner = Runner(present_failure=receiver.fail, lanes={"calls": 1})
    gate, begun = threading.Event(), threading.Event()
    runner.run(lambda: gate.wait(30), owner=receiver)
    waiting = runner.run(begun.set, owner=receiver)
    waiting.cancel()
    gate.set()
    qtbot.waitUntil(lambda: runner.busy == 0, timeout=PATIENCE_MS)
    assert not begun.is_set()
    assert runner.close(30) == ()


def count_to(last: int, emit: Callable[[int], None], _cancellation: Cancellation) -> None:
    for number in range(last):
        emit(number)


def test_a_stream_delivers_its_events_in_order(qtbot: QtBot, runner: Runner, receiver: Receiver) -> None:
    operation = runner.stream(partial(count_to, 1000), owner=receiver, on_event=receiver.take)
    qtbot.waitUntil(lambda: operation.finished, timeout=PATIENCE_MS)
    assert receiver.results == list(range(1000))
    assert receiver.threads == {receiver.thread()}


def test_a_stream_ends_when_it_is_cancelled(qtbot: QtBot, runner: Runner, receiver: Receiver) -> None:
    def wait(emit: Callable[[str], None], cancellation: Cancellation) -> None:
        emit("waiting")
        cancellation.wait(60)

    operation = runner.stream(wait, owner=receiver, on_event=receiver.take)
    qtbot.waitUntil(lambda: receiver.results == ["waiting"], timeout=PATIENCE_MS)
    operation.cancel()
    assert operation.wait_left(30)
    qtbot.waitUntil(lambda: runner.busy == 0, timeout=PATIENCE_MS)


def test_closing_ends_all_threads_and_drops_all_answers(qtbot: QtBot, receiver: Receiver) -> None:
    runner = Runner(present_failure=receiver.fail)
    for number in range(200):
        runner.run(partial(int, number), owner=receiver, on_success=receiver.take)
    runner.stream(lambda _emit, cancellation: cancellation.wait(60), owner=receiver, on_event=receiver.take)
    assert runner.close(30) == ()
    assert runner.busy == 0
    after = runner.run(partial(int, 1), owner=receiver, on_success=receiver.take)
    assert after.state is OperationState.CANCELLED
    qtbot.wait(1)
    assert receiver.results == []


def test_closing_names_a_thread_that_does_not_end(qtbot: QtBot, receiver: Receiver) -> None:
    runner = Runner(present_failure=receiver.fail, lanes={"calls": 1})
    gate, begun = threading.Event(), threading.Event()

    def stuck() -> None:
        begun.set()
        gate.wait(60)

    runner.run(stuck, owner=receiver)
    assert begun.wait(30)
    assert runner.close(0.0) == ("reviewer calls-1",)
    gate.set()
    assert runner.close(30) == ()


def test_a_cancellation_wakes_whoever_waits_and_wakes_late_comers_at_once() -> None:
    cancellation = Cancellation()
    woken: list[str] = []
    cancellation.on_cancel(lambda: woken.append("first"))
    forget = cancellation.on_cancel(lambda: woken.append("forgotten"))
    forget()
    cancellation.cancel()
    cancellation.cancel()
    cancellation.on_cancel(lambda: woken.append("late"))
    assert woken == ["first", "late"]
    assert cancellation.wait(0)


def test_garbage_is_collected_on_the_gui_thread_only(qtbot: QtBot) -> None:
    class Ring:
        """Refers to itself, so that only a collection ends it."""

        def __init__(self, told: list[int]) -> None:
            self.me = self
            self._told = told

        def __del__(self) -> None:
            self._told.append(threading.get_ident())

    enabled = gc.isenabled()
    guard = GarbageGuard()
    told: list[int] = []
    try:
        assert not gc.isenabled()
        for _ in range(3000):
            Ring(told)
        qtbot.waitUntil(lambda: bool(told), timeout=PATIENCE_MS)
        assert set(told) == {threading.get_ident()}
    finally:
        guard.stop()
    assert gc.isenabled() == enabled


def test_what_the_start_made_is_not_looked_through_again_until_the_end(qtbot: QtBot) -> None:
    guard = GarbageGuard()
    try:
        guard.settle()
        assert gc.get_freeze_count() > 0
    finally:
        guard.stop()
    assert gc.get_freeze_count() == 0
