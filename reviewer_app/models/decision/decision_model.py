# SPDX-License-Identifier: AGPL-3.0-or-later
"""A decision being made: verdicts, reasons and notes, saved as they are typed; what is missing; preview; sending."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from functools import partial

from PySide6.QtCore import QObject, QTimer, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.contract.permissions import StaffAct
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.staff import CompanyDetail, MailPreview, StaffDocument
from reviewer_app.contract.states import CURRENT_DOCUMENT_STATES, CompanyState, Outcome, Verdict
from reviewer_app.desk.cases import Case
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.drafting import draft_problems
from reviewer_app.desk.drafts import DecisionDraft, DraftCompanyReason, DraftReason, DraftVerdict, Region
from reviewer_app.desk.errors import Offline
from reviewer_app.desk.rows import ActKind, ActState, PendingAct
from reviewer_app.models.texts import localized

SAVE_PAUSE_MS = 300

ACT_OF_OUTCOME: dict[Outcome, StaffAct] = {
    Outcome.APPROVE: StaffAct.APPROVE,
    Outcome.REQUEST_CORRECTION: StaffAct.REQUEST_CORRECTION,
    Outcome.REJECT: StaffAct.REJECT,
}


class Lock(StrEnum):
    """Whether a case can be decided: it can, it is not claimed, a colleague holds it, it does not wait for staff, or a
    decision of the person is on its way.
    """

    OPEN = "open"
    NOT_CLAIMED = "not_claimed"
    HELD_BY_OTHER = "held_by_other"
    NOT_WAITING = "not_waiting"
    UNDER_WAY = "under_way"
    NOT_ARRIVED = "not_arrived"


class DecisionModel(QObject):
    """The draft of one case. Signals: ``changed`` after any change but typed notes, ``replaced`` when another draft came,
    ``outdated`` when the case moved on under the draft, ``previewed`` (MailPreview), ``unpreviewed``
    when the mail was asked for and the server is away, ``decided`` (PendingAct), ``failed`` (error), ``busy_changed``.
    """

    changed = Signal()
    replaced = Signal()
    outdated = Signal()
    previewed = Signal(object)
    unpreviewed = Signal()
    decided = Signal(object)
    failed = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self._case: Case | None = None
        self.second_review = ""
        """Why an approval would have to be confirmed by another person; empty when it would not."""
        self.draft: DecisionDraft | None = None
        """The decision so far; changed by the methods alone."""
        self._asked: DecisionDraft | None = None
        """What the mail was last asked for."""
        self._unsaved: DecisionDraft | None = None
        self._decided: PendingAct | None = None
        """The decision made here, as last heard of, until it has arrived or is taken back: a reading of the case that began
        before does not know of it."""
        self._places: dict[str, tuple[int, Region]] = {}
        self._save = QTimer(self)
        self._save.setSingleShot(True)
        self._save.setInterval(SAVE_PAUSE_MS)
        self._save.timeout.connect(self.save_now)

    # --- what it holds

    def current_documents(self) -> tuple[StaffDocument, ...]:
        """List the documents that a decision is about."""
        if self._case is None:
            return ()
        return tuple(
            item for item in self._case.detail.documents if item.current and item.state in CURRENT_DOCUMENT_STATES
        )

    def verdict_on(self, document_id: str) -> DraftVerdict:
        """Give what the person thinks of a document so far."""
        return self.draft.verdict_on(document_id) if self.draft else DraftVerdict(document_id)

    def problems(self, outcome: Outcome) -> tuple[str, ...]:
        """Say why this outcome is not possible now; empty when it is. In the user's language."""
        if self._case is None or self.draft is None:
            return ()
        detail = self._case.detail
        act = ACT_OF_OUTCOME[outcome]
        if act not in detail.allowed_actions and not self._case.from_cache:
            blocked = next((item.message for item in detail.blocked_actions if item.act is act), "")
            return (blocked,)
        found = draft_problems(replace(self.draft, outcome=outcome), detail)
        return tuple(dict.fromkeys(localized(problem.text) for problem in found))

    def lock(self) -> Lock:
        """Say whether the person may decide at all."""
        if self._case is None:
            return Lock.NOT_CLAIMED
        if not self._case.is_mine:
            return _why_not_mine(self._case.detail)
        decisions = [act.state for act in self._case.pending if act.kind is ActKind.DECISION]
        if any(state in (ActState.CONFLICT, ActState.FAILED) for state in decisions):
            return Lock.NOT_ARRIVED
        return Lock.UNDER_WAY if decisions else Lock.OPEN

    # --- what changes it

    def show(self, case: Case) -> None:
        """Take in the case: its draft when another case came, else the one being made goes on."""
        same = self._case is not None and self._case.detail.id == case.detail.id
        self._decided = self._decided if same else None
        self._case = self._with_decided(case)
        due = case.detail.second_review
        self.second_review = due.message if due is not None else ""
        if same and self.draft is not None:
            self._carry_over(case.detail)
            return
        self.save_now()
        self._places.clear()
        kept = case.draft or DecisionDraft(case.detail.id, case.detail.version)
        self.draft = _fitting(kept, case.detail)
        self.replaced.emit()
        self.changed.emit()
        if kept.version != case.detail.version and not kept.is_empty:
            self.outdated.emit()

    def restore(self, draft: DecisionDraft) -> None:
        """Take a draft back, as after undoing a decision."""
        if self._case is None or draft.company_id != self._case.detail.id:
            return
        self.draft = _fitting(draft, self._case.detail)
        self._decided = None
        self._case = replace(self._case, pending=())
        self.replaced.emit()
        self._changed()

    def follow(self, act: PendingAct) -> None:
        """Take in how far the decision has come."""
        if self._decided is not None and act.id == self._decided.id:
            self._decided = None if act.state in (ActState.DONE, ActState.WITHDRAWN) else act

    def close(self) -> None:
        """Show no decision."""
        self.save_now()
        self._case = self._decided = None
        self.draft = None
        self.replaced.emit()

    def set_verdict(self, document_id: str, verdict: Verdict | None) -> None:
        """Say what the person thinks of a document; the same verdict again takes it back."""
        if self.draft is None:
            return
        known = self.draft.verdict_on(document_id)
        chosen = None if known.verdict is verdict else verdict
        self._put(replace(known, verdict=chosen))

    def accept_all(self) -> None:
        """Accept every current document that has no other verdict yet."""
        for document in self.current_documents():
            if self.verdict_on(document.id).verdict is None:
                self.set_verdict(document.id, Verdict.ACCEPTED)

    def toggle_reason(self, document_id: str, code: ReasonCode) -> None:
        """Give a reason for a document, or take it back. A reason without a verdict means: needs replacement."""
        if self.draft is None:
            return
        known = self.draft.verdict_on(document_id)
        if any(reason.code is code for reason in known.reasons):
            self._put(replace(known, reasons=tuple(item for item in known.reasons if item.code is not code)))
            return
        page, region = self._places.pop(document_id, (None, None))
        reasons = (*known.reasons, DraftReason(code, page=page, region=region))
        verdict = Verdict.NEEDS_REPLACEMENT if known.verdict in (None, Verdict.ACCEPTED) else known.verdict
        self._put(replace(known, verdict=verdict, reasons=reasons))

    def set_reason_note(self, document_id: str, code: ReasonCode, note: str) -> None:
        """Write the text of a document's reason."""
        known = self.verdict_on(document_id)
        reasons = tuple(replace(item, note=note) if item.code is code else item for item in known.reasons)
        self._put(replace(known, reasons=reasons))

    def mark_place(self, document_id: str, page: int, region: Region) -> None:
        """Mark a place on a page: it goes to the latest reason without one, else to the next that is given."""
        known = self.verdict_on(document_id)
        without = [item.code for item in known.reasons if item.region is None]
        if not without:
            self._places[document_id] = (page, region)
            self.changed.emit()
            return
        reasons = tuple(
            replace(item, page=page, region=region) if item.code is without[-1] else item for item in known.reasons
        )
        self._put(replace(known, reasons=reasons))

    def places(self, document_id: str) -> list[tuple[int, Region]]:
        """List the marked places of a document."""
        marked = [
            (item.page, item.region)
            for item in self.verdict_on(document_id).reasons
            if item.page is not None and item.region is not None
        ]
        return [*marked, *([self._places[document_id]] if document_id in self._places else [])]

    def toggle_company_reason(self, code: ReasonCode) -> None:
        """Give a reason about the company or its data, or take it back."""
        if self.draft is None:
            return
        kept = tuple(item for item in self.draft.reasons if item.code is not code)
        if len(kept) == len(self.draft.reasons):
            kept = (*kept, DraftCompanyReason(code))
        self.draft = replace(self.draft, reasons=kept)
        self._changed()

    def set_company_reason_note(self, code: ReasonCode, note: str) -> None:
        """Write the text of a reason about the company."""
        if self.draft is not None:
            reasons = tuple(replace(item, note=note) if item.code is code else item for item in self.draft.reasons)
            self.draft = replace(self.draft, reasons=reasons)
            self._changed()

    def set_notes(self, *, customer: str, internal: str) -> None:
        """Write the note to the customer and the internal one."""
        if self.draft is not None:
            self.draft = replace(self.draft, customer_note=customer, internal_note=internal)
            self._changed()

    # --- what goes out

    def preview(self, outcome: Outcome) -> None:
        """Ask for the mail that the customer would get. It does not come when the draft is another one by then."""
        if self.draft is None:
            return
        self._asked = replace(self.draft, outcome=outcome)
        self.busy_changed.emit(True)
        self._runner.run(
            partial(self._desk.cases.preview_mail, draft=self._asked),
            owner=self,
            on_success=self._preview_known,
            on_failure=self._not_previewed,
            key="preview",
        )

    def decide(self, outcome: Outcome) -> None:
        """Write the decision into the outbox, where it is held for a moment before it leaves."""
        if self.draft is None:
            return
        self._save.stop()
        self._unsaved = None
        self.busy_changed.emit(True)
        self._runner.run(
            partial(self._desk.outbox.decide, draft=replace(self.draft, outcome=outcome)),
            owner=self,
            on_success=self._is_decided,
            on_failure=self._failed,
            key="decide",
            lane="drafts",  # after the last save: that would be a draft newer than the decision
        )

    def save_now(self) -> None:
        """Keep what was changed since the last time on disk at once."""
        self._save.stop()
        draft, self._unsaved = self._unsaved, None
        if draft is not None:
            self._runner.run(partial(self._desk.drafts.save, draft=draft), owner=self, lane="drafts")

    # --- inside

    def _put(self, verdict: DraftVerdict) -> None:
        if self.draft is not None:
            self.draft = self.draft.with_verdict(verdict)
            self._changed()

    def _changed(self) -> None:
        self._unsaved = self.draft
        self._save.start()
        self.changed.emit()

    def _carry_over(self, detail: CompanyDetail) -> None:
        if self.draft is not None and self.draft.version != detail.version:
            self.draft = _fitting(self.draft, detail)
            if not self.draft.is_empty:  # an empty one on the disk would stand before a decision that comes back
                self._unsaved = self.draft
                self._save.start()
            self.replaced.emit()
            if not self.draft.is_empty:
                self.outdated.emit()
        self.changed.emit()

    def _preview_known(self, preview: MailPreview) -> None:
        self.busy_changed.emit(False)
        if self._is_asked():
            self.previewed.emit(preview)

    def _not_previewed(self, error: BaseException) -> None:
        if not isinstance(error, Offline):
            self._failed(error)
            return
        self.busy_changed.emit(False)
        if self._is_asked():
            self.unpreviewed.emit()

    def _is_asked(self) -> bool:
        """Say whether the draft is still what the mail was asked for."""
        asked = self._asked
        return self.draft is not None and asked is not None and replace(self.draft, outcome=asked.outcome) == asked

    def _is_decided(self, act: PendingAct) -> None:
        self.busy_changed.emit(False)
        if self._case is not None and self._case.detail.id == act.company_id:
            self._decided = act
            self._case = self._with_decided(self._case)
            self.draft = DecisionDraft(act.company_id, self._case.detail.version)
            self.replaced.emit()
            self.changed.emit()
        self.decided.emit(act)

    def _with_decided(self, case: Case) -> Case:
        made = self._decided
        if made is None or any(act.id == made.id for act in case.pending):
            return case
        return replace(case, pending=(*case.pending, made))

    def _failed(self, error: BaseException) -> None:
        self.busy_changed.emit(False)
        self.failed.emit(error)


def _why_not_mine(detail: CompanyDetail) -> Lock:
    if detail.state is not CompanyState.PENDING_VERIFICATION:
        return Lock.NOT_WAITING
    held_by_other = detail.assignee is not None and not detail.lease_mine
    return Lock.HELD_BY_OTHER if held_by_other else Lock.NOT_CLAIMED


def _fitting(draft: DecisionDraft, detail: CompanyDetail) -> DecisionDraft:
    """Carry a draft over to the case as it stands: what was said about replaced documents is left out."""
    current = {item.id for item in detail.documents if item.current}
    documents = tuple(item for item in draft.documents if item.document_id in current)
    return replace(draft, version=detail.version, documents=documents)
