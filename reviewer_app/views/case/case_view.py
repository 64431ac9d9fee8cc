# SPDX-License-Identifier: AGPL-3.0-or-later
"""One case on one screen: declared data and documents, the viewer, the decision."""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial

from PySide6.QtCore import QByteArray, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence, QShortcut
from PySide6.QtWidgets import QApplication, QScrollArea, QSplitter, QStackedLayout, QStackedWidget, QWidget

from reviewer_app.contract.staff import CompanyDetail, MailPreview, StaffDocument
from reviewer_app.contract.states import DOCUMENT_KIND_TEXTS, Outcome
from reviewer_app.desk.drafts import DecisionDraft
from reviewer_app.desk.errors import NotFound, explain
from reviewer_app.desk.preferences import Preferences
from reviewer_app.models.case.case_model import CaseModel
from reviewer_app.models.case.declared import comparable, declared_values, general_findings
from reviewer_app.models.case.suspension_model import SuspensionModel
from reviewer_app.models.decision.decision_model import DecisionModel, Lock
from reviewer_app.models.decision.mine import draft_lines
from reviewer_app.models.document.geometry import Box
from reviewer_app.models.history.history_model import HistoryModel
from reviewer_app.models.texts import localized
from reviewer_app.views.case.declared_view import DeclaredView
from reviewer_app.views.case.document_list import DocumentList
from reviewer_app.views.case.evidence_view import EvidenceView
from reviewer_app.views.case.header import CaseHeader
from reviewer_app.views.case.suspension_bar import SuspensionBar
from reviewer_app.views.common.actions import DOCUMENTS, ActionId, Actions
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.focus import FocusBack
from reviewer_app.views.common.labels import label
from reviewer_app.views.common.messages import BusyLine, EmptyState
from reviewer_app.views.common.tokens import SPACE_2, SPACE_3, SPACE_4
from reviewer_app.views.common.view import View, column
from reviewer_app.views.decision.decision_panel import DecisionPanel
from reviewer_app.views.decision.preview_view import PreviewView
from reviewer_app.views.document.viewer import DocumentViewer, ViewerModels
from reviewer_app.views.history.history_view import HistoryView

LAYOUT_KEY = "case"
LAYOUT_VERSION = 1
FIRST_WIDTHS = (296, 706, 364)
LEAST_WIDTHS = (160, 180)
"""So narrow, the decision stands whole beside them on a screen of 1366 pixels at 200 %."""
LEAST_WIDTH_FOR_MAIL = 1100
"""In less, the mail that is to be sent takes the place of the decision: it has to be read as it will be seen."""
LONGEST_PAGE_LIST = 8
_BLANK, _NO_CASE, _CASE = range(3)


@dataclass(frozen=True)
class CaseModels:
    """The models that the case screen shows."""

    case: CaseModel
    viewed: ViewerModels
    decision: DecisionModel
    history: HistoryModel
    suspension: SuspensionModel


class CaseView(View):
    """``back`` and ``next_wanted`` lead away; ``told`` carries a short message for the window."""

    back = Signal()
    next_wanted = Signal()
    told = Signal(str)

    def __init__(
        self,
        models: CaseModels,
        preferences: Preferences,
        actions: Actions,
        *,
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent, role="surface")
        self.setObjectName("caseView")
        case, document, decision, history = models.case, models.viewed.document, models.decision, models.history
        self._case, self._document, self._decision, self._history = case, document, decision, history
        self._preferences = preferences
        self._outcome = Outcome.APPROVE
        self._wants_news = False
        self._previewed: DecisionDraft | None = None
        self._due: StaffDocument | None = None
        self._soon = QTimer(self, singleShot=True, interval=0)
        self.header = CaseHeader(case, actions)
        self.viewer = DocumentViewer(models.viewed, actions)
        self.panel = DecisionPanel(decision, actions)
        self.preview = PreviewView()
        self.documents = DocumentList()
        self.documents.setObjectName("documentList")
        self._declared = DeclaredView()
        self._history_view = HistoryView(history)
        self._suspension = SuspensionBar(models.suspension)
        self._declared_title = label("overline")
        self._documents_title = label("overline")
        self._busy = BusyLine()
        self._left = QScrollArea()
        self._splitter = QSplitter(Qt.Orientation.Horizontal)
        self._middle = QStackedWidget()
        self._right = QStackedWidget()
        self._stack = QStackedLayout()
        self._nothing = EmptyState("caseEmpty", "queue")
        self._why: BaseException | None = None
        self._build()
        self._evidence = EvidenceView(
            case=case,
            words=models.viewed.words,
            declared=self._declared,
            panel=self._left,
            viewer=self.viewer,
            actions=actions,
        )
        self._connect(actions)
        self.retranslate()

    def retranslate(self) -> None:
        self._declared_title.setText(self.tr("Declared data"))
        self._documents_title.setText(self.tr("Documents"))
        self._show_nothing()
        detail = self._case.detail
        if detail is not None:
            self._show_declared(detail)
        self._show_review()

    def show_case(self) -> None:
        """Show what the case's model holds."""
        case = self._case.case
        if case is None:
            return
        self._stack.setCurrentIndex(_CASE)
        lines = self._case.lines
        self._show_declared(case.detail)
        self.documents.show_lines(lines)
        if self._wants_news:
            self._wants_news = False
            fresh_line = next((line for line in lines if line.is_new), None)
            if fresh_line is not None:
                self._show_soon(fresh_line.current)
        shown = self._due or self._document.document
        with self.panel.once():
            self._decision.show(case)
            self._document.load_seen(tuple(line.current for line in lines))
            if shown is not None:
                fresh = next((item for item in case.detail.documents if item.id == shown.id), shown)
                self.panel.show_document(fresh)
                if self._due is None and not case.from_cache:
                    self._document.follow(fresh)
        self.documents.mark(shown)
        self._show_newer(shown)
        self._show_review()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() == Qt.Key.Key_Escape and self.window().isFullScreen():
            self._toggle_full_screen()
        else:
            super().keyPressEvent(event)

    def show_news(self) -> None:
        """Show the first document that its customer sent anew, once the case is read."""
        self._wants_news = True

    def add_context(self, above: QWidget, below: QWidget) -> None:
        """Put a widget above the declared data, and one below it."""
        self._left_rows.insertWidget(self._left_rows.indexOf(self._declared_title), above)
        self._left_rows.insertWidget(self._left_rows.count() - 1, below)

    def add_bar(self, widget: QWidget) -> None:
        """Put a line below the head of the case."""
        self._rows.insertWidget(1, widget)
        FocusBack(widget, self.viewer.area)

    def reset_layout(self) -> None:
        """Give the columns their first widths."""
        self._splitter.setSizes(list(FIRST_WIDTHS))
        self.header.decision.setChecked(True)

    def show_nothing(self) -> None:
        """Show that no case is free."""
        self._say_why(None)

    def show_opening(self) -> None:
        """Show the case in hand, or an empty page when there is none, until the one asked for comes."""
        self._stack.setCurrentIndex(_BLANK if self._case.case is None else _CASE)

    # --- inside

    def _show_declared(self, detail: CompanyDetail) -> None:
        numbers = {line.current.id: number for number, line in enumerate(self._case.lines, start=1)}
        self._declared.show_values(declared_values(detail), general_findings(detail), numbers)

    def _show_document_by_id(self, document_id: str) -> None:
        rows = (row.line.current for row in self.documents.rows)
        document = next((item for item in rows if item.id == document_id), None)
        if document is not None:
            self._show_document(document)

    def _build(self) -> None:
        # From the outside in: a widget is styled anew, with all in it, each time what holds it is put somewhere.
        outer = column(self)
        outer.addLayout(self._stack)  # first of all: a stack without a widget shows its first page as a window
        body = QWidget()
        for page in (QWidget(), self._nothing, body):  # in the order of their numbers
            self._stack.addWidget(page)
        layout = self._rows = column(body)
        layout.addWidget(self.header)
        layout.addWidget(self._suspension)
        layout.addWidget(self._busy)
        layout.addWidget(self._splitter, 1)
        self._build_columns()
        self.header.decision.setChecked(True)

    def _build_columns(self) -> None:
        for widget in (self._left, self._middle, self._right):
            self._splitter.addWidget(widget)
        self._middle.addWidget(self.viewer)
        self._middle.addWidget(self.preview)
        self._middle.setMinimumWidth(LEAST_WIDTHS[1])
        self._right.addWidget(self.panel)
        self._right.addWidget(self._history_view)
        self._build_left()
        self._splitter.setChildrenCollapsible(False)
        self._splitter.setHandleWidth(1)
        for place, stretch in enumerate((0, 1, 0)):
            self._splitter.setStretchFactor(place, stretch)
        kept = self._preferences.layout(LAYOUT_KEY, LAYOUT_VERSION)
        if kept is None or not self._splitter.restoreState(QByteArray.fromBase64(kept.encode())):
            self._splitter.setSizes(list(FIRST_WIDTHS))

    def _build_left(self) -> None:
        left = QWidget()
        scroll = self._left
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(left)
        scroll.setMinimumWidth(LEAST_WIDTHS[0])
        inside = self._left_rows = column(left, spacing=SPACE_2, margins=(SPACE_4, SPACE_3, SPACE_3, SPACE_4))
        inside.addWidget(self._documents_title)
        inside.addWidget(self.documents)
        inside.addSpacing(SPACE_2)
        inside.addWidget(self._declared_title)
        inside.addWidget(self._declared)
        inside.addStretch(1)

    def _connect(self, actions: Actions) -> None:
        FocusBack(self._suspension, self.viewer.area)
        self._history_view.left.connect(self.viewer.area.setFocus)
        self._soon.timeout.connect(self._show_due)
        self._case.changed.connect(self.show_case)
        self._case.opened.connect(self._other_case)
        self._case.claimed.connect(self.viewer.area.setFocus)
        self._case.opening.connect(self.show_opening)
        self._case.not_opened.connect(self._say_why)
        self._case.nothing_next.connect(self.show_nothing)
        self._case.busy_changed.connect(self._busy.set_busy)
        self.header.back.connect(self.back)
        self.header.next_wanted.connect(self.next_wanted)
        self.header.history_toggled.connect(self._toggle_history)
        self.header.suspension_wanted.connect(self._suspension.ask)
        self.header.decision_toggled.connect(self._show_right)
        self.documents.chosen.connect(self._show_document)
        self._evidence.document_wanted.connect(self._show_document_by_id)
        self._document.opening.connect(self._opening)
        self._document.seen_changed.connect(self._show_review)
        self.viewer.region_drawn.connect(self._region_drawn)
        self.viewer.newer_wanted.connect(self._show_document)
        self._decision.changed.connect(self._show_review)
        self._decision.changed.connect(self._leave_outdated_preview)
        self._decision.replaced.connect(self._show_review)
        self._decision.outdated.connect(self._outdated)
        self._decision.previewed.connect(self._show_preview)
        self._decision.unpreviewed.connect(self._show_without_mail)
        self._decision.decided.connect(self._leave_preview)
        self.panel.outcome_chosen.connect(self._preview)
        self.preview.confirmed.connect(self._decision.decide)
        self.preview.dismissed.connect(self._leave_preview)
        self._nothing.acted.connect(self.back)
        self._splitter.splitterMoved.connect(self._moved)
        self._connect_keys(actions)

    def _connect_keys(self, actions: Actions) -> None:
        for place, action in enumerate(DOCUMENTS):
            actions.on(action, partial(self._show_numbered, place))
        actions.on(ActionId.WRITE_NOTE, self._write_note)
        actions.on(ActionId.FULL_SCREEN, self._toggle_full_screen)
        actions.on(ActionId.NEXT_DOCUMENT, self._next_document)
        actions.on(ActionId.PREVIOUS_DOCUMENT, self._previous_document)
        escape = QShortcut(QKeySequence(Qt.Key.Key_Escape), self.preview)
        escape.setContext(Qt.ShortcutContext.WidgetWithChildrenShortcut)
        escape.activated.connect(self._leave_preview)

    def _say_why(self, error: BaseException | None) -> None:
        """Say that a case could not be opened; without an error, that none is free."""
        self._why = error
        self._stack.setCurrentIndex(_NO_CASE)
        self._show_nothing()

    def _show_nothing(self) -> None:
        if self._why is None:
            title, icon_name, tone = self.tr("No case is free"), "queue", Tone.MUTED
            words = self.tr(
                "Every waiting case is held by somebody, or none waits. A new one appears in the queue by itself."
            )
        else:
            title, icon_name, tone = self.tr("The case cannot be shown"), "warning", Tone.WARNING
            unknown = isinstance(self._why, NotFound)
            words = localized(explain(self._why).message)
            words = self.tr("There is no such case. Perhaps the link is not complete.") if unknown else words
        self._nothing.set_texts(title, words, self.tr("Back to the queue"), icon_name=icon_name, tone=tone)

    def _other_case(self) -> None:
        detail = self._case.detail
        if detail is None:
            return
        self.viewer.comparison.end()
        self._document.close()
        self._leave_preview()
        self._left.verticalScrollBar().setValue(0)
        self.panel.show_top()
        self._history.show(detail.id)
        self._due = None
        lines = self._case.lines
        if lines:
            self._show_soon(lines[0].current)
        else:
            self.panel.show_document(None)

    def _show_soon(self, document: StaffDocument) -> None:
        """Show a document once the rest of the case is drawn: both at once would hold up the hands twice as long."""
        self._due = document
        self._soon.start()
        self.viewer.area.setFocus()

    def _show_due(self) -> None:
        if self._due is not None:
            self._show_document(self._due)

    def _show_document(self, document: StaffDocument) -> None:
        self._due = None
        shown = self._document.document
        if shown is None or shown.id != document.id:
            self._document.show(document)
        self.viewer.area.setFocus()

    def _opening(self, document: StaffDocument) -> None:
        self.documents.mark(document)
        self.panel.show_document(document)
        self._show_newer(document)
        self.viewer.show_marks(self._decision.places(document.id))

    def _show_newer(self, shown: StaffDocument | None) -> None:
        lines = [row.line for row in self.documents.rows]
        line = next((item for item in lines if shown is not None and item.current.line == shown.line), None)
        self.viewer.comparison.offer(comparable(lines, shown))
        older = line is not None and shown is not None and line.current.id != shown.id
        self.viewer.show_newer(line.current if line is not None and older else None)

    def _step(self, step: int) -> None:
        shown = self._document.document
        rows = self.documents.rows
        place = next(
            (i for i, item in enumerate(rows) if shown is not None and item.line.current.line == shown.line), -1
        )
        if 0 <= place + step < len(rows):
            self._show_document(rows[place + step].line.current)

    def _show_numbered(self, place: int, _checked: bool = False) -> None:
        if place < len(self.documents.rows):
            self._show_document(self.documents.rows[place].line.current)

    def _write_note(self) -> None:
        self.header.history.setChecked(True)
        self._history_view.focus_note()

    def _next_document(self) -> None:
        self._step(1)

    def _previous_document(self) -> None:
        self._step(-1)

    def _show_review(self) -> None:
        for line in self.documents.rows:
            current = line.line.current
            verdict = self._decision.verdict_on(current.id).verdict
            line.show_review(verdict, current.pages - len(self._document.seen_pages(current.id)))
        shown = self._document.document
        if shown is not None:
            self.viewer.show_marks(self._decision.places(shown.id))

    def _region_drawn(self, page: int, box: Box) -> None:
        shown = self._document.document
        if shown is not None and self._decision.lock() is Lock.OPEN:
            self._decision.mark_place(shown.id, page, box)

    def _preview(self, outcome: Outcome) -> None:
        self._outcome = outcome
        self._decision.preview(outcome)

    def _show_preview(self, preview: MailPreview) -> None:
        unseen = self._unseen() if self._outcome is Outcome.APPROVE else ()
        self.preview.show_preview(self._outcome, preview, unseen, self._preferences.hold_seconds)
        self._ask_to_confirm()

    def _show_without_mail(self) -> None:
        """Let the person decide without the server, which alone writes the mail, from what they wrote."""
        draft = self._decision.draft
        if draft is not None:
            unseen = self._unseen() if self._outcome is Outcome.APPROVE else ()
            kinds = {document.id: document.kind for document in self._decision.current_documents()}
            self.preview.show_without_mail(self._outcome, draft_lines(draft, kinds), unseen)
            self._ask_to_confirm()

    def _ask_to_confirm(self) -> None:
        self._previewed = self._decision.draft
        self._middle.setCurrentWidget(self.preview)
        self._show_right()
        self.preview.setFocus()

    def _leave_outdated_preview(self) -> None:
        """A case that was only read again, as after a colleague's note, leaves the mail where it is."""
        if self._decision.draft != self._previewed or self._decision.lock() is not Lock.OPEN:
            self._leave_preview()

    def _leave_preview(self, *_act: object) -> None:
        if self._middle.currentWidget() is self.preview:
            focused = QApplication.focusWidget()
            looking = focused is None or self.preview.isAncestorOf(focused)
            self._middle.setCurrentWidget(self.viewer)
            self._show_right()
            if looking:  # who writes beside the mail goes on writing: on the pages each letter would be a key
                self.viewer.area.setFocus()

    def _unseen(self) -> tuple[str, ...]:
        found = []
        for document in self._decision.current_documents():
            missing = sorted(set(range(1, document.pages + 1)) - self._document.seen_pages(document.id))
            if missing:
                shown = ", ".join(str(page) for page in missing[:LONGEST_PAGE_LIST])
                more = "…" if len(missing) > LONGEST_PAGE_LIST else ""
                kind = localized(DOCUMENT_KIND_TEXTS[document.kind])
                found.append(self.tr("{document}, page {pages}").format(document=kind, pages=shown + more))
        return tuple(found)

    def _outdated(self) -> None:
        self.told.emit(
            self.tr("The customer changed this case while you worked on it. Your draft was kept; please check it.")
        )

    def _toggle_history(self, on: bool) -> None:
        self._right.setCurrentWidget(self._history_view if on else self.panel)
        if on:
            self._history.refresh()
            self.header.decision.setChecked(True)
        self._show_right()

    def _toggle_full_screen(self) -> None:
        """Give the whole screen to the document, or back to the case."""
        window = self.window()
        full = not window.isFullScreen()
        window.setWindowState(window.windowState() ^ Qt.WindowState.WindowFullScreen)
        for panel in (self.header, self._left):
            panel.setVisible(not full)
        self._show_right()
        self.viewer.area.setFocus()

    def _show_right(self) -> None:
        """Show the right column when it is wanted; a mail takes its place where there is no room for both."""
        mailed = self._middle.currentWidget() is self.preview and self._right.currentWidget() is self.panel
        crowded = mailed and self.width() < LEAST_WIDTH_FOR_MAIL
        self._right.setVisible(self.header.decision.isChecked() and not crowded and not self.window().isFullScreen())

    def _moved(self, _position: int, _index: int) -> None:
        state = bytes(self._splitter.saveState().toBase64().data()).decode("ascii")
        self._preferences.set_layout(LAYOUT_KEY, LAYOUT_VERSION, state)
