# SPDX-License-Identifier: AGPL-3.0-or-later
"""The last look before a decision: the exact mail, what was not looked at, and the button that decides.

Without the server, which writes the mail, what it will be written from.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QTextBrowser, QWidget

from reviewer_app.contract.staff import MailPreview
from reviewer_app.contract.states import OUTCOME_NAMES, Outcome
from reviewer_app.models.decision.mail_paper import paper_html
from reviewer_app.models.texts import localized
from reviewer_app.views.common.buttons import Button
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.labels import Badge, ElidedLabel, IconLabel, label
from reviewer_app.views.common.tokens import SPACE_2, SPACE_3, SPACE_4, SPACE_6
from reviewer_app.views.common.view import View, column, row
from reviewer_app.views.common.wrapping import WrappingRow

LEAST_MAIL_HEIGHT = 160


class PreviewView(View):
    """``confirmed`` carries the outcome; ``dismissed`` leads back to the case, with everything as it was."""

    confirmed = Signal(object)
    dismissed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="canvas")
        self.setObjectName("previewView")
        self._outcome = Outcome.APPROVE
        self._preview: MailPreview | None = None
        self._waits = False
        """Whether something is shown that was not confirmed yet."""
        self._hold_seconds = 0
        self._title = label("title", wrap=True)
        self._lead = label("small", wrap=True)
        self._to_name = label("caption")
        self._to = ElidedLabel()
        self._to.setObjectName("mailRecipient")
        self._subject_name = label("caption")
        self._subject = label("strong", wrap=True)
        self._subject.setObjectName("mailSubject")
        self._language = Badge()
        self._html = QTextBrowser()
        self._html.setObjectName("mailPreview")
        self._html.setOpenLinks(False)
        self._html.setMinimumHeight(LEAST_MAIL_HEIGHT)
        self._html.setProperty("paper", True)
        self._warning_box = View(role="bar")
        self._warning_box.setProperty("tone", Tone.WARNING.value)
        self._warning = label(wrap=True)
        self._warning.setObjectName("unseenWarning")
        self._unseen: tuple[str, ...] = ()
        self._confirm = Button("primary", "send")
        self._confirm.setObjectName("confirmDecision")
        self._back = Button()
        self._back.setObjectName("backToCase")
        self._build()
        self._confirm.clicked.connect(self._accept)
        self._back.clicked.connect(self._reject)
        self.retranslate()

    def retranslate(self) -> None:
        self._title.setText(localized(OUTCOME_NAMES[self._outcome]))
        self._lead.setText(self._lead_words())
        self._to_name.setText(self.tr("To"))
        self._subject_name.setText(self.tr("Subject"))
        confirms = {
            Outcome.APPROVE: self.tr("Approve and send"),
            Outcome.REQUEST_CORRECTION: self.tr("Ask and send"),
            Outcome.REJECT: self.tr("Refuse and send"),
        }
        later = self.tr("Decide and send later")
        self._confirm.setText(confirms[self._outcome] if self._preview is not None else later)
        self._confirm.setToolTip(self.tr("Enter"))
        self._back.setText(self.tr("Back to the case"))
        self._back.setToolTip(self.tr("Esc"))
        self._html.setAccessibleName(self.tr("The mail") if self._preview is not None else self._title.text())
        if self._preview is not None:
            languages = {"pl": self.tr("in Polish"), "en": self.tr("in English")}
            self._language.show_text(languages[self._preview.language], Tone.INFO)
        self._show_unseen()

    def show_preview(self, outcome: Outcome, preview: MailPreview, unseen: tuple[str, ...], hold_seconds: int) -> None:
        """Show the mail of an outcome; ``unseen`` names pages that were not looked at."""
        self._preview = preview
        self._hold_seconds = hold_seconds
        self._to.setText(preview.recipient)
        self._subject.setText(preview.subject)
        self._html.setHtml(paper_html(preview.html))
        self._html.document().setDocumentMargin(0)
        self._begin(outcome, unseen)

    def show_without_mail(self, outcome: Outcome, written: list[str], unseen: tuple[str, ...]) -> None:
        """Show what the mail will be written from, while the server is away; ``written`` are lines."""
        self._preview = None
        self._html.setPlainText("\n".join(written))
        self._html.document().setDocumentMargin(SPACE_4)
        self._begin(outcome, unseen)

    def _begin(self, outcome: Outcome, unseen: tuple[str, ...]) -> None:
        self._outcome, self._unseen, self._waits = outcome, unseen, True
        for widget in (self._to_name, self._to, self._language, self._subject_name, self._subject):
            widget.setVisible(self._preview is not None)
        self.retranslate()
        self.setFocus()

    def _lead_words(self) -> str:
        if self._preview is None:
            return self.tr(
                "The server cannot be reached, so the mail cannot be shown. It will be written from this. The decision is"
                " kept and leaves when the server is back, unless the case has changed by then."
            )
        return self.tr(
            "This is the mail exactly as the customer gets it. It leaves after %n second(s); until then you can undo.",
            "",
            self._hold_seconds,
        )

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self._accept()
        elif event.key() == Qt.Key.Key_Escape:
            self._reject()
        else:
            super().keyPressEvent(event)

    def _show_unseen(self) -> None:
        self._warning_box.setVisible(bool(self._unseen))
        self._warning.setText(self.tr("Not looked at yet: {pages}").format(pages="; ".join(self._unseen)))

    def _build(self) -> None:
        self.setFocusProxy(self._html)  # arrows scroll the mail, Enter and Escape come through it
        warning = row(self._warning_box, spacing=SPACE_2, margins=(SPACE_3, SPACE_2, SPACE_3, SPACE_2))
        warning.addWidget(IconLabel("eye", Tone.WARNING))
        warning.addWidget(self._warning, 1)
        card = View(role="card")
        inside = column(card, spacing=SPACE_2, margins=(SPACE_4, SPACE_3, SPACE_4, SPACE_4))
        for name, value in ((self._to_name, self._to), (self._subject_name, self._subject)):
            name.setMinimumWidth(48)
            line = row(spacing=SPACE_3)
            several_lines = value is self._subject
            line.addWidget(name, 0, Qt.AlignmentFlag.AlignTop if several_lines else Qt.AlignmentFlag.AlignVCenter)
            line.addWidget(value, 1)
            if value is self._to:
                line.addWidget(self._language)
            inside.addLayout(line)
        inside.addWidget(self._html, 1)
        buttons = WrappingRow()
        buttons.add_gap()
        buttons.add(self._back)
        buttons.add(self._confirm)
        shown = QWidget()
        middle = column(shown, spacing=SPACE_3)
        for widget in (self._title, self._lead, self._warning_box):
            middle.addWidget(widget)
        middle.addWidget(card, 1)
        scroll = QScrollArea()  # where a mail has no room below its title, as on an enlarged screen
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(shown)
        frame = QWidget()
        frame.setMaximumWidth(860)
        inside = column(frame, spacing=SPACE_3, margins=(SPACE_6, SPACE_6, SPACE_6, SPACE_4))
        inside.addWidget(scroll, 1)
        inside.addLayout(buttons)
        layout = row(self)
        layout.addStretch(1)
        layout.addWidget(frame, 100)
        layout.addStretch(1)

    def _accept(self) -> None:
        if self._waits:
            self._waits = False
            self.confirmed.emit(self._outcome)

    def _reject(self) -> None:
        self.dismissed.emit()
