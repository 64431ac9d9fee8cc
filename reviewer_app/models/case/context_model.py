# SPDX-License-Identifier: AGPL-3.0-or-later
"""A case beside its past and beside other companies; putting it on hold and escalating it."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from PySide6.QtCore import QCoreApplication, QObject, QTimer, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.contract.companies import FIELD_TEXTS, LEGAL_FORMS, LegalForm
from reviewer_app.contract.permissions import ROLE_ACTS, StaffAct
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.queue_work import (
    BulkOutcome,
    CaseContext,
    FieldChange,
    Sighting,
    SightingKind,
    StaffUser,
    can_be_given_cases,
)
from reviewer_app.desk.rows import PendingAct
from reviewer_app.models.beside import BESIDE_MS
from reviewer_app.models.texts import NOTHING, localized

translate = QCoreApplication.translate


class ContextModel(QObject):
    """Signals: ``changed``, ``acted`` (the PendingAct of a hold, or None), ``told`` (text), ``failed`` (error)."""

    changed = Signal()
    acted = Signal(object)
    told = Signal(str)
    failed = Signal(object)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self.context: CaseContext | None = None
        self.people: tuple[StaffUser, ...] = ()
        """Who works here, for who may give cases to others; known soon after the first case."""
        self._wanted = ""
        self._soon = QTimer(self, singleShot=True, interval=BESIDE_MS)
        self._soon.timeout.connect(self._read)

    def now(self) -> datetime:
        """Give the moment at the server."""
        return self._desk.now()

    def load(self, company_id: str) -> None:
        """Read what belongs to a case, soon."""
        self.turn_to(company_id)
        if not self._soon.isActive():
            self._soon.start()

    def turn_to(self, company_id: str) -> None:
        """Take away what was read of another case, and what is on its way."""
        if company_id != self._wanted:
            self._leave()
            self._wanted = company_id

    def _read(self) -> None:
        self._runner.run(
            partial(self._desk.queue_work.context, company_id=self._wanted),
            owner=self,
            on_success=self._known,
            on_failure=self._not_known,
            key="context",
        )
        current = self._desk.session.current
        if not self.people and current is not None and StaffAct.ASSIGN in ROLE_ACTS[current.role]:
            people = self._desk.queue_work.people
            self._runner.run(
                people, owner=self, on_success=self._people_known, on_failure=self._not_known, key="people"
            )

    def clear(self) -> None:
        """Show nothing, nor what is on its way."""
        self._runner.forget("people", owner=self)
        self.people = ()
        self._leave()

    def _leave(self) -> None:
        self._soon.stop()
        self._runner.forget("context", owner=self)
        self._wanted = ""
        if self.context is not None:
            self.context = None
            self.changed.emit()

    def hold(self, company_id: str, version: int, reason: str, until: datetime | None) -> None:
        """Put the case on hold; the act waits in the outbox while the server is away."""
        self._act(partial(self._desk.outbox.hold, company_id=company_id, version=version, reason=reason, until=until))

    def end_hold(self, company_id: str, version: int) -> None:
        """Take the case off hold."""
        self._act(partial(self._desk.outbox.release_hold, company_id=company_id, version=version))

    def escalate(self, company_id: str, reason: str | None) -> None:
        """Hand the case to the supervisors, or end that with no reason."""
        self._act(partial(self._desk.queue_work.escalate, company_id=company_id, reason=reason))

    def assign(self, company_id: str, version: int, person_id: str | None) -> None:
        """Give the case to a person to do, or to nobody."""
        work, companies = self._desk.queue_work, {company_id: version}
        call = (
            partial(work.unassign, companies=companies)
            if person_id is None
            else partial(work.assign, companies=companies, person_id=person_id)
        )
        self._runner.run(call, owner=self, on_success=self._assigned, on_failure=self.failed.emit)

    def _assigned(self, outcome: BulkOutcome) -> None:
        for why in outcome.refused.values():
            self.told.emit(why)
        self.acted.emit(None)

    def _people_known(self, people: tuple[StaffUser, ...]) -> None:
        self.people = tuple(person for person in people if can_be_given_cases(person))

    def _act(self, call: partial[PendingAct] | partial[None]) -> None:
        self._runner.run(call, owner=self, on_success=self.acted.emit, on_failure=self.failed.emit)

    def _known(self, context: CaseContext) -> None:
        self.context = context
        self.changed.emit()

    def _not_known(self, _error: BaseException) -> None:
        """Show what was known: these are hints, and the case itself says when the server is away."""


def change_texts(change: FieldChange) -> tuple[str, str, str]:
    """Write a changed field as its name, its value before, and its value now."""
    name = localized(FIELD_TEXTS[change.field]) if change.field in FIELD_TEXTS else change.field
    return name, _value(change.field, change.before), _value(change.field, change.after)


def sighting_text(sighting: Sighting) -> str:
    """Write what another company has in common."""
    return {
        SightingKind.FILE: translate("sightings", "Same file: {value}"),
        SightingKind.NUMBER: translate("sightings", "Same number: {value}"),
        SightingKind.SIGNATORY: translate("sightings", "Same person: {value}"),
        SightingKind.ADDRESS: translate("sightings", "Same address: {value}"),
        SightingKind.CONTACT: translate("sightings", "Same contact: {value}"),
        SightingKind.BANK_ACCOUNT: translate("sightings", "Same bank account: {value}"),
    }[sighting.kind].format(value=sighting.value)


def _value(field: str, value: str | None) -> str:
    if not value:
        return NOTHING
    form = next((one for one in LegalForm if one.value == value), None) if field == "legal_form" else None
    return localized(LEGAL_FORMS[form].name) if form is not None else value
