# SPDX-License-Identifier: AGPL-3.0-or-later
"""Statistics of a period, as the server counted them, and as tables for export."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from functools import partial
from pathlib import Path

from PySide6.QtCore import QCoreApplication, QObject, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.contract.reasons import REASONS, ReasonCode
from reviewer_app.contract.staff import Statistics, WaitingAge
from reviewer_app.contract.states import OUTCOME_NAMES, Outcome
from reviewer_app.contract.working_time import polish_zone
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.exporting import Table, export
from reviewer_app.models.texts import localized, polish_time

translate = QCoreApplication.translate
PERIODS = (7, 30, 90)
"""Days by Poland's calendar, the present one the last."""


class DashboardModel(QObject):
    """Signals: ``changed`` when figures came or did not, ``exported`` (path), ``failed`` (error), ``busy_changed``.

    ``days`` is the period of the ``figures``, whatever was asked for since.
    """

    changed = Signal()
    exported = Signal(str)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self.days = PERIODS[1]
        self.figures: Statistics | None = None

    def load(self, days: int | None = None) -> None:
        """Read the figures of the last so many whole days, the present one included; by default of those shown."""
        wanted = days or self.days
        until = self._desk.now()
        first = polish_time(until).date() - timedelta(days=wanted - 1)
        since = datetime.combine(first, time(), polish_zone())
        self.busy_changed.emit(True)
        self._runner.run(
            partial(self._desk.cases.statistics, since=since, until=until),
            owner=self,
            on_success=partial(self._known, wanted),
            on_failure=self._not_known,
            key="statistics",
        )

    def forget(self) -> None:
        """Show nothing, as after signing out."""
        self.figures = None
        self.changed.emit()

    def export(self, path: str) -> None:
        """Write the figures into a file: ``.xlsx``, or CSV."""
        if self.figures is not None:
            self._runner.run(
                partial(export, Path(path), tables_of(self.figures)),
                owner=self,
                on_success=partial(self._exported, path),
                on_failure=self.failed.emit,
            )

    def _known(self, days: int, figures: Statistics) -> None:
        self.busy_changed.emit(False)
        self.days, self.figures = days, figures
        self.changed.emit()

    def _not_known(self, error: BaseException) -> None:
        self.busy_changed.emit(False)
        self.changed.emit()
        self.failed.emit(error)

    def _exported(self, path: str, _nothing: None) -> None:
        self.exported.emit(path)


def age_text(age: WaitingAge) -> str:
    """Name how long cases wait."""
    return {
        WaitingAge.UNDER_ONE: translate("dashboard", "under 1 working day"),
        WaitingAge.UNDER_TWO: translate("dashboard", "1 to 2 working days"),
        WaitingAge.UNDER_FIVE: translate("dashboard", "2 to 5 working days"),
        WaitingAge.OLDER: translate("dashboard", "5 working days or more"),
    }[age]


def tables_of(figures: Statistics) -> tuple[Table, ...]:
    """Write statistics as tables in the user's language."""
    count, outcomes = translate("dashboard", "Count"), list(Outcome)
    tables = [
        Table(
            translate("dashboard", "Summary"),
            (translate("dashboard", "Figure"), count),
            (
                (translate("dashboard", "Received"), figures.received),
                (translate("dashboard", "Decided"), figures.decided),
                (translate("dashboard", "Waiting now"), figures.waiting),
                (translate("dashboard", "Half decided within, hours"), _hours(figures.wait_p50_seconds)),
                (translate("dashboard", "Nine in ten decided within, hours"), _hours(figures.wait_p90_seconds)),
            ),
        ),
        Table(
            translate("dashboard", "By day"),
            (translate("dashboard", "Day"), translate("dashboard", "Received"), translate("dashboard", "Decided")),
            tuple((one.day, one.received, one.decided) for one in figures.days),
        ),
        Table(
            translate("dashboard", "Waiting"),
            (translate("dashboard", "Waiting"), count),
            tuple((age_text(age), number) for age, number in figures.ages.items()),
        ),
        Table(
            translate("dashboard", "Outcomes"),
            (translate("dashboard", "Outcome"), count),
            tuple((localized(OUTCOME_NAMES[outcome]), number) for outcome, number in figures.outcomes.items()),
        ),
        Table(
            translate("dashboard", "Reasons"),
            (translate("dashboard", "Reason"), count),
            tuple((localized(REASONS[code].label), number) for code, number in _by_count(figures)),
        ),
    ]
    if figures.persons:
        titles = (translate("dashboard", "Person"), translate("dashboard", "Decided"))
        tables.append(
            Table(
                translate("dashboard", "By person"),
                (*titles, *(localized(OUTCOME_NAMES[outcome]) for outcome in outcomes)),
                tuple(
                    (one.person.display_name, one.decided, *(one.outcomes.get(outcome, 0) for outcome in outcomes))
                    for one in figures.persons
                ),
            )
        )
    return tuple(tables)


def _by_count(figures: Statistics) -> list[tuple[ReasonCode, int]]:
    return sorted(figures.reasons.items(), key=_count, reverse=True)


def _count(item: tuple[object, int]) -> int:
    return item[1]


def _hours(seconds: float | None) -> float | None:
    return None if seconds is None else round(seconds / 3600, 1)
