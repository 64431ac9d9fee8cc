# SPDX-License-Identifier: AGPL-3.0-or-later
"""The panel where a case is decided: the document in front, the company, notes, and the outcome."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from functools import partial

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPlainTextEdit, QScrollArea, QWidget

from reviewer_app.contract.reasons import ReasonCode, reasons_for_company, reasons_for_document
from reviewer_app.contract.staff import StaffDocument
from reviewer_app.contract.states import DOCUMENT_KIND_TEXTS, Outcome, Verdict
from reviewer_app.desk.rows import ActKind, ActState, PendingAct
from reviewer_app.models.decision.decision_model import DecisionModel, Lock
from reviewer_app.models.texts import localized
from reviewer_app.views.common.actions import REASONS, ActionId, Actions
from reviewer_app.views.common.buttons import Button
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.labels import ElidedLabel, label
from reviewer_app.views.common.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4
from reviewer_app.views.common.view import View, column, row
from reviewer_app.views.decision.reason_list import ReasonList

_VERDICTS: tuple[tuple[Verdict, ActionId, Tone], ...] = (
    (Verdict.ACCEPTED, ActionId.ACCEPT_DOCUMENT, Tone.SUCCESS),
    (Verdict.NEEDS_REPLACEMENT, ActionId.REPLACE_DOCUMENT, Tone.WARNING),
    (Verdict.REFUSED, ActionId.REFUSE_DOCUMENT, Tone.DANGER),
)
_OUTCOMES: tuple[tuple[Outcome, ActionId, str, str], ...] = (
    (Outcome.APPROVE, ActionId.APPROVE, "primary", "check"),
    (Outcome.REQUEST_CORRECTION, ActionId.REQUEST_CORRECTION, "", "replace"),
    (Outcome.REJECT, ActionId.REJECT, "danger", "refuse"),
)
NOTE_HEIGHT = 60
PANEL_WIDTH = 340


class DecisionPanel(View):
    """``outcome_chosen`` carries the outcome that the user wants to see the mail of, ``undo_wanted`` the id of a decision that
    is to be taken back, ``hinted`` why a key does nothing.
    """

    outcome_chosen = Signal(object)
    undo_wanted = Signal(str)
    hinted = Signal(str)

    def __init__(self, model: DecisionModel, actions: Actions, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="surface")
        self.setObjectName("decisionPanel")
        self.setMinimumWidth(PANEL_WIDTH)
        self._model = model
        self._actions = actions
        self._document: StaffDocument | None = None
        self._locked = label("small", wrap=True)
        self._locked.setObjectName("decisionLocked")
        self._under_way: PendingAct | None = None
        self._undo = Button(compact=True)
        self._undo.setObjectName("undoDecision")
        self._document_title = label("overline")
        self._document_name = ElidedLabel("strong")
        self._verdicts: dict[Verdict, Button] = {}
        self._reasons = ReasonList()
        self._reasons.setObjectName("documentReasons")
        self._company_toggle = Button("quiet", "chevron-right", compact=True)
        self._company_toggle.setObjectName("toggleCompanyReasons")
        self._company_reasons = ReasonList()
        self._company_reasons.setObjectName("companyReasons")
        self._customer_name = label("overline")
        self._customer = self._note_field("customerNote")
        self._internal_name = label("overline")
        self._internal = self._note_field("internalNote")
        self._outcomes: dict[Outcome, Button] = {}
        self._waits = False
        self._second = label("caption", wrap=True)
        self._second.setObjectName("secondReview")
        self._why = label("caption", wrap=True)
        self._why.setObjectName("whyNot")
        self._body = QWidget()
        self._scroll = QScrollArea()
        self._notice = QWidget()
        self._build()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        names = {
            Verdict.ACCEPTED: self.tr("Accept"),
            Verdict.NEEDS_REPLACEMENT: self.tr("Replace"),
            Verdict.REFUSED: self.tr("Refuse", "the document"),
        }
        for verdict, action, _tone in _VERDICTS:
            self._verdicts[verdict].setText(names[verdict])
            self._verdicts[verdict].setToolTip(self._actions.with_keys(self._actions[action].text(), action))
        outcomes = {
            Outcome.APPROVE: self.tr("Approve"),
            Outcome.REQUEST_CORRECTION: self.tr("Ask for correction"),
            Outcome.REJECT: self.tr("Refuse", "the company"),
        }
        for outcome, button in self._outcomes.items():
            button.setText(outcomes[outcome])
        self._company_toggle.setText(self.tr("Reasons about the company or its data"))
        self._customer_name.setText(self.tr("Note to the customer"))
        self._customer.setPlaceholderText(self.tr("Goes into the mail, in the customer's language"))
        self._customer.setAccessibleName(self._customer_name.text())
        self._internal_name.setText(self.tr("Internal note"))
        self._internal.setPlaceholderText(self.tr("Stays with us"))
        self._internal.setAccessibleName(self._internal_name.text())
        self._document_title.setText(self.tr("This document"))
        self._undo.setText(self.tr("Undo"))
        self._undo.setToolTip(self._actions.with_keys(self._undo.text(), ActionId.UNDO_DECISION))
        self.show_draft()

    def show_under_way(self, acts: Sequence[PendingAct]) -> None:
        """Take in what the person did on the case and the server does not know yet."""
        decision = next((act for act in acts if act.kind is ActKind.DECISION), None)
        if decision != self._under_way:
            self._under_way = decision
            self.show_draft()

    def show_top(self) -> None:
        """Scroll to the beginning, as for another case."""
        self._scroll.verticalScrollBar().setValue(0)

    def show_document(self, document: StaffDocument | None) -> None:
        """Take the document in the viewer as the one that is judged."""
        if document is not self._document:
            self._document = document
            self.show_draft()

    @contextmanager
    def once(self) -> Iterator[None]:
        """Show the draft at the end of the block, and not again and again while the block changes it."""
        self._waits = True
        try:
            yield
        finally:
            self._waits = False
            self.show_draft()

    def show_draft(self) -> None:
        """Show what the draft holds, and which outcomes are possible."""
        if self._waits:
            return
        draft = self._model.draft
        editable = self._model.lock() is Lock.OPEN
        self._body.setEnabled(editable)
        self._scroll.setVisible(self._model.lock() not in (Lock.UNDER_WAY, Lock.NOT_ARRIVED))
        self._notice.setVisible(not editable)
        self._locked.setText(self._why_locked())
        decision = self._under_way
        self._undo.setVisible(decision is not None and decision.can_be_undone)
        self._show_document()
        if draft is not None and draft.reasons:
            self._company_toggle.setChecked(True)
        self._company_reasons.show_given(draft.reasons if draft else ())
        self._put_text(self._customer, draft.customer_note if draft else "")
        self._put_text(self._internal, draft.internal_note if draft else "")
        self._show_outcomes(editable)

    def choose(self, outcome: Outcome) -> None:
        """Choose an outcome, as its button does."""
        if self._outcomes[outcome].isEnabled():
            self.outcome_chosen.emit(outcome)
        elif self._is_open():
            self.hinted.emit("\n".join(self._model.problems(outcome)))

    def _take_back(self) -> None:
        if self._under_way is not None:
            self.undo_wanted.emit(self._under_way.id)

    def _on_its_way(self) -> str:
        decision = self._under_way
        if decision is None or not decision.can_be_undone:
            return self.tr("Your decision is on its way.")
        if decision.state is ActState.HELD:
            return self.tr("Your decision is on its way. You can take it back until the countdown ends.")
        return self.tr("Your decision waits on this computer for the server. Until it leaves you can take it back.")

    def _why_locked(self) -> str:
        if self._model.draft is None:
            return ""
        told = {
            Lock.UNDER_WAY: self._on_its_way(),
            Lock.NOT_ARRIVED: self.tr(
                "Your decision was not taken. Compare it with the case as it is now (above); your text is kept."
            ),
            Lock.NOT_WAITING: self.tr("This case does not wait for a decision now."),
            Lock.HELD_BY_OTHER: self.tr("A colleague holds this case and decides it."),
        }
        lock = self._model.lock()
        if lock in told:
            return told[lock]
        if self._model.draft.documents:
            return self.tr("Claim the case to go on with your draft.")
        return self.tr("Claim the case to decide it.")

    def _show_document(self) -> None:
        document = self._document
        current = document is not None and document.id in {item.id for item in self._model.current_documents()}
        self._document_name.setText(localized(DOCUMENT_KIND_TEXTS[document.kind]) if document else "")
        given = self._model.verdict_on(document.id) if document is not None else None
        for verdict, button in self._verdicts.items():
            button.setEnabled(current)
            button.setChecked(given is not None and given.verdict is verdict)
        if document is not None and current and given is not None and given.verdict is not Verdict.ACCEPTED:
            self._reasons.show_reasons(reasons_for_document(document.kind))
            self._reasons.show_given(given.reasons)
            self._reasons.show()
        else:
            self._reasons.hide()

    def _show_outcomes(self, editable: bool) -> None:
        reasons: dict[str, list[str]] = {}
        for outcome, action, _variant, _icon in _OUTCOMES:
            problems = self._model.problems(outcome) if editable else ()
            button = self._outcomes[outcome]
            button.setEnabled(editable and not problems)
            words = self._actions.with_keys(self._actions[action].text(), action)
            button.setToolTip("\n".join(problems) if problems else words)
            if problems:
                reasons.setdefault(problems[0], []).append(button.text())
        everything = len(self._outcomes)
        lines = [why if len(names) == everything else f"{', '.join(names)}: {why}" for why, names in reasons.items()]
        second = self._model.second_review if editable else ""
        self._second.setText(second)
        self._second.setVisible(bool(second))
        self._why.setText("\n".join(lines))
        self._why.setVisible(bool(lines))

    def _note_field(self, name: str) -> QPlainTextEdit:
        field = QPlainTextEdit()
        field.setObjectName(name)
        field.setFixedHeight(NOTE_HEIGHT)
        field.setTabChangesFocus(True)
        return field

    def _put_text(self, field: QPlainTextEdit, text: str) -> None:
        if field.toPlainText() != text:
            field.blockSignals(True)
            field.setPlainText(text)
            field.blockSignals(False)

    def _build(self) -> None:
        inside = column(self._body, spacing=SPACE_2, margins=(SPACE_4, SPACE_3, SPACE_4, SPACE_3))
        inside.addWidget(self._document_title)
        inside.addWidget(self._document_name)
        segments = row(spacing=SPACE_1)
        for verdict, _action, tone in _VERDICTS:
            button = Button("segment")
            button.setCheckable(True)
            button.setProperty("tone", tone.value)
            button.setObjectName(f"verdict_{verdict.value}")
            self._verdicts[verdict] = button
            segments.addWidget(button, 1)
        inside.addLayout(segments)
        inside.addWidget(self._reasons)
        inside.addSpacing(SPACE_2)
        inside.addWidget(self._company_toggle, 0, Qt.AlignmentFlag.AlignLeft)
        inside.addWidget(self._company_reasons)
        for name, field in ((self._customer_name, self._customer), (self._internal_name, self._internal)):
            name.setBuddy(field)
            inside.addWidget(name)
            inside.addWidget(field)
        inside.addStretch(1)
        self._company_toggle.setCheckable(True)
        self._company_reasons.hide()
        scroll = self._scroll
        scroll.setWidgetResizable(True)
        scroll.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(self._body)
        layout = column(self)
        notice = row(self._notice, margins=(SPACE_4, SPACE_3, SPACE_4, 0))
        notice.addWidget(self._locked, 1)
        notice.addWidget(self._undo, 0, Qt.AlignmentFlag.AlignTop)
        layout.addWidget(self._notice)
        layout.addWidget(scroll, 100)
        layout.addStretch(1)
        layout.addWidget(self._footer())

    def _footer(self) -> View:
        footer = View(role="footer")
        inside = column(footer, spacing=SPACE_2, margins=(SPACE_4, SPACE_3, SPACE_4, SPACE_3))
        inside.addWidget(self._second)
        inside.addWidget(self._why)
        second = row(spacing=SPACE_2)
        for outcome, _action, variant, icon_name in _OUTCOMES:
            button = Button(variant, icon_name)
            button.setObjectName(f"outcome_{outcome.value}")
            self._outcomes[outcome] = button
        inside.addWidget(self._outcomes[Outcome.APPROVE])
        second.addWidget(self._outcomes[Outcome.REQUEST_CORRECTION], 3)
        second.addWidget(self._outcomes[Outcome.REJECT], 2)
        inside.addLayout(second)
        return footer

    def _connect(self) -> None:
        self._model.changed.connect(self.show_draft)
        self._model.replaced.connect(self.show_draft)
        self._undo.clicked.connect(self._take_back)
        for verdict, slot in (
            (Verdict.ACCEPTED, self._accept),
            (Verdict.NEEDS_REPLACEMENT, self._replace),
            (Verdict.REFUSED, self._refuse),
        ):
            self._verdicts[verdict].clicked.connect(slot)
            action = next(name for item, name, _tone in _VERDICTS if item is verdict)
            self._actions.on(action, slot)
        self._actions.on(ActionId.ACCEPT_ALL, self._accept_all)
        for outcome, choose in (
            (Outcome.APPROVE, self._choose_approve),
            (Outcome.REQUEST_CORRECTION, self._choose_correction),
            (Outcome.REJECT, self._choose_reject),
        ):
            self._outcomes[outcome].clicked.connect(choose)
            self._actions.on(next(name for item, name, _v, _i in _OUTCOMES if item is outcome), choose)
        for place, action in enumerate(REASONS):
            self._actions.on(action, partial(self._toggle_reason_at, place))
        self._actions.on(ActionId.CUSTOMER_NOTE, self._customer.setFocus)
        self._actions.on(ActionId.COMPANY_REASONS, self._company_toggle.click)
        self._reasons.toggled.connect(self._toggle_reason)
        self._reasons.noted.connect(self._note_reason)
        self._company_reasons.toggled.connect(self._model.toggle_company_reason)
        self._company_reasons.noted.connect(self._model.set_company_reason_note)
        self._company_toggle.toggled.connect(self._show_company_reasons)
        self._customer.textChanged.connect(self._write_notes)
        self._internal.textChanged.connect(self._write_notes)

    def _accept(self) -> None:
        self._judge(Verdict.ACCEPTED)

    def _replace(self) -> None:
        self._judge(Verdict.NEEDS_REPLACEMENT)

    def _refuse(self) -> None:
        self._judge(Verdict.REFUSED)

    def _judge(self, verdict: Verdict) -> None:
        document = self._document
        if not self._is_open() or document is None:
            return
        if document.id in {item.id for item in self._model.current_documents()}:
            self._model.set_verdict(document.id, verdict)

    def _accept_all(self) -> None:
        if self._is_open():
            self._model.accept_all()

    def _is_open(self) -> bool:
        """Say whether the person may decide now; a key that does nothing says why."""
        open_now = self._model.lock() is Lock.OPEN
        if not open_now and self._model.draft is not None:
            self.hinted.emit(self._why_locked())
        return open_now

    def _choose_approve(self) -> None:
        self.choose(Outcome.APPROVE)

    def _choose_correction(self) -> None:
        self.choose(Outcome.REQUEST_CORRECTION)

    def _choose_reject(self) -> None:
        self.choose(Outcome.REJECT)

    def _toggle_reason_at(self, place: int, _checked: bool = False) -> None:
        if self._reasons.isVisibleTo(self):
            self._reasons.click(place)

    def _toggle_reason(self, code: ReasonCode) -> None:
        if self._document is not None:
            self._model.toggle_reason(self._document.id, code)

    def _note_reason(self, code: ReasonCode, note: str) -> None:
        if self._document is not None:
            self._model.set_reason_note(self._document.id, code, note)

    def _show_company_reasons(self, on: bool) -> None:
        if on:
            draft = self._model.draft
            self._company_reasons.show_reasons(reasons_for_company())
            self._company_reasons.show_given(draft.reasons if draft else ())
        self._company_reasons.setVisible(on)
        self._company_toggle.set_icon_name("chevron-down" if on else "chevron-right")

    def _write_notes(self) -> None:
        self._model.set_notes(customer=self._customer.toPlainText(), internal=self._internal.toPlainText())
