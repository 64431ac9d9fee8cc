# SPDX-License-Identifier: AGPL-3.0-or-later
"""First start and sign-in: the server's address, then name and password, then the second factor when asked."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QScrollArea, QSizePolicy, QStackedLayout, QWidget

from reviewer_app.models.texts import localized
from reviewer_app.views.common.buttons import Button, CheckBox
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.fields import Field
from reviewer_app.views.common.labels import ElidedLabel, IconLabel, label
from reviewer_app.views.common.messages import BusyLine, MessageBar
from reviewer_app.views.common.tokens import SPACE_1, SPACE_2, SPACE_3, SPACE_4, SPACE_6, SPACE_8
from reviewer_app.views.common.view import View, column, row

if TYPE_CHECKING:
    from reviewer_app.models.session.session_model import SessionModel

CARD_WIDTH = 400


class SignInView(View):
    """The card in the middle of the window. Errors are said in the card, beside what was typed."""

    signed_in = Signal(object)

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__(parent, role="canvas")
        self.setObjectName("signInView")
        self._model: SessionModel | None = None
        self._title = label("title")
        self._lead = label("small", wrap=True)
        self._bar = MessageBar("signInMessage")
        self._bar.setProperty("inset", True)
        self._busy = BusyLine()
        self._pages = QStackedLayout()
        self.server = Field()
        self.username = Field()
        self.password = Field(password=True)
        self.otp = Field()
        self._remember = CheckBox()
        self._server_button = Button("primary")
        self._sign_in_button = Button("primary")
        self._server_name = ElidedLabel("small")
        self._change_server = Button("quiet", compact=True)
        self._build()
        self._name_objects()
        self._connect()
        self.retranslate()

    def retranslate(self) -> None:
        asking_server = self._pages.currentIndex() == 0
        self._title.setText(self.tr("Welcome to Reviewer") if asking_server else self.tr("Sign in"))
        self._lead.setText(
            self.tr("Enter the address of your company's Reviewer server. It is checked and remembered.")
            if asking_server
            else self.tr("With the account that your administrator gave you.")
        )
        self.server.set_label(self.tr("&Server address"))
        self.server.edit.setPlaceholderText("https://reviewer.example.com")
        self.username.set_label(self.tr("&User name"))
        self.password.set_label(self.tr("&Password"))
        self.otp.set_label(self.tr("One-time &code"))
        self.otp.edit.setPlaceholderText(self.tr("6 digits from your app"))
        self._remember.setText(self.tr("Keep me signed in on this computer"))
        self._server_button.setText(self.tr("Check and continue"))
        self._sign_in_button.setText(self.tr("Sign in"))
        self._change_server.setText(self.tr("Change"))

    def attach(self, model: SessionModel) -> None:
        """Give the view the session; from here on it can be used."""
        self._model = model
        model.busy_changed.connect(self._set_busy)
        model.otp_wanted.connect(self._ask_otp)
        model.failed.connect(self.show_failure)
        model.server_accepted.connect(self._server_accepted)
        model.server_refused.connect(self._server_refused)

    def ask_server(self, address: str = "") -> None:
        """Ask for the server's address."""
        self._bar.hide()
        self._pages.setCurrentIndex(0)
        self.server.edit.setText(address)
        self.retranslate()
        self.server.edit.setFocus()

    def ask_credentials(self, *, username: str = "") -> None:
        """Ask for name and password; what was typed before stays, but for the password."""
        self._pages.setCurrentIndex(1)
        if self._model is not None:
            self._server_name.setText(self._model.server_url or "")
        if username and not self.username.text():
            self.username.edit.setText(username)
        self.password.edit.clear()
        self.otp.edit.clear()
        self.otp.hide()
        self.retranslate()
        (self.password if self.username.text() else self.username).edit.setFocus()

    def show_notice(self, text: str) -> None:
        """Say why signing in is needed again."""
        self._bar.show_message(text, Tone.INFO, closable=False)

    def show_failure(self, error: BaseException) -> None:
        """Say why signing in did not work."""
        self._pages.setCurrentIndex(1)
        self._bar.show_message(_words(error), Tone.DANGER, closable=False)
        self.password.edit.setFocus()
        self.password.edit.selectAll()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            (self._check_server if self._pages.currentIndex() == 0 else self._sign_in)()
            return
        super().keyPressEvent(event)

    def _build(self) -> None:
        card = View(role="card")
        card.setFixedWidth(CARD_WIDTH)
        inside = column(card, spacing=SPACE_2, margins=(SPACE_8, SPACE_8, SPACE_8, SPACE_6))
        brand = row(spacing=SPACE_2)
        brand.addWidget(IconLabel("company", Tone.INFO, size=24))
        name = label("heading")
        name.setText("Reviewer")
        brand.addWidget(name)
        brand.addStretch(1)
        inside.addLayout(brand)
        inside.addSpacing(SPACE_3)
        for widget in (self._title, self._lead, self._busy, self._bar):
            inside.addWidget(widget)
        inside.addSpacing(SPACE_1)
        inside.addLayout(self._pages)
        self._pages.addWidget(self._server_page())
        self._pages.addWidget(self._account_page())
        self._pages.currentChanged.connect(self._fit_card)
        self._fit_card(0)
        ground = QWidget()
        layout = column(ground)
        layout.addStretch(2)
        middle = row()  # not an alignment: with one, the card's height is that for the width of the window
        middle.addStretch(1)
        middle.addWidget(card)
        middle.addStretch(1)
        layout.addLayout(middle)
        layout.addStretch(3)
        scroll = QScrollArea()  # where the window is lower than the card, as on an enlarged screen
        scroll.setWidgetResizable(True)
        scroll.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        scroll.setWidget(ground)
        column(self).addWidget(scroll)

    def _fit_card(self, shown: int) -> None:
        """Make the card as high as what it shows, not as the higher of its pages."""
        policy = QSizePolicy.Policy
        for place in range(self._pages.count()):
            page = self._pages.widget(place)
            if page is not None:
                page.setSizePolicy(policy.Preferred, policy.Preferred if place == shown else policy.Ignored)

    def _server_page(self) -> QWidget:
        page = QWidget()
        layout = column(page, spacing=SPACE_4)
        layout.addWidget(self.server)
        layout.addWidget(self._server_button)
        layout.addStretch(1)
        return page

    def _account_page(self) -> QWidget:
        page = QWidget()
        layout = column(page, spacing=SPACE_3)
        server = row(spacing=SPACE_2)
        server.addWidget(IconLabel("server"))
        server.addWidget(self._server_name, 1)
        server.addWidget(self._change_server)
        layout.addLayout(server)
        for widget in (self.username, self.password, self.otp, self._remember):
            layout.addWidget(widget)
        layout.addSpacing(SPACE_1)
        layout.addWidget(self._sign_in_button)
        self._remember.setChecked(True)
        self.otp.hide()
        return page

    def _name_objects(self) -> None:
        self.server.edit.setObjectName("serverAddress")
        self.username.edit.setObjectName("username")
        self.password.edit.setObjectName("password")
        self.otp.edit.setObjectName("otp")
        self._remember.setObjectName("remember")
        self._server_button.setObjectName("checkServer")
        self._sign_in_button.setObjectName("signIn")
        self._change_server.setObjectName("changeServer")

    def _connect(self) -> None:
        self._server_button.clicked.connect(self._check_server)
        self._sign_in_button.clicked.connect(self._sign_in)
        self._change_server.clicked.connect(self._ask_other_server)

    def _check_server(self) -> None:
        address = self.server.text().strip()
        if not address:
            self.server.show_error(self.tr("Enter the server's address."))
            self.server.edit.setFocus()
            return
        if self._model is not None:
            self._bar.hide()
            self._model.use_server(address)

    def _sign_in(self) -> None:
        if self._model is None:
            return
        missing = [
            (self.username, self.tr("Enter your user name.")),
            (self.password, self.tr("Enter your password.")),
        ]
        if not self.otp.isHidden():
            missing.append((self.otp, self.tr("Enter the one-time code.")))
        empty = [(field, words) for field, words in missing if not field.text().strip()]
        for field, words in empty:
            field.show_error(words)
        if empty:
            empty[0][0].edit.setFocus()
            return
        self._bar.hide()
        otp = self.otp.text().strip() or None
        self._model.sign_in(
            self.username.text().strip(), self.password.text(), otp, remember=self._remember.isChecked()
        )

    def _ask_otp(self) -> None:
        self._bar.show_message(self.tr("Enter the code from your authenticator app."), Tone.INFO, closable=False)
        self.otp.show()
        self.otp.edit.setFocus()

    def _ask_other_server(self) -> None:
        self.ask_server(self._server_name.text())

    def _server_accepted(self, _address: str) -> None:
        self.ask_credentials()

    def _server_refused(self, error: BaseException) -> None:
        self.server.show_error(_words(error))
        self.server.edit.setFocus()

    def _set_busy(self, busy: bool) -> None:
        self._busy.set_busy(busy)
        for widget in (self._server_button, self._sign_in_button, self._change_server):
            widget.setEnabled(not busy)


def _words(error: BaseException) -> str:
    from reviewer_app.desk.errors import explain  # noqa: PLC0415 -- not needed for the first frame

    return localized(explain(error).message)
