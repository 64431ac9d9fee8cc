# SPDX-License-Identifier: AGPL-3.0-or-later
"""Who is signed in, on which server, and the own password."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QHideEvent
from PySide6.QtWidgets import QWidget

from reviewer_app.desk.errors import explain
from reviewer_app.models.settings.settings_model import SettingsModel
from reviewer_app.models.texts import localized
from reviewer_app.views.common.buttons import Button
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.fields import Field
from reviewer_app.views.common.labels import ElidedLabel
from reviewer_app.views.common.messages import MessageBar
from reviewer_app.views.settings.form import Line, Page

FIELD_WIDTH = 320


class AccountPage(Page):
    """``server_wanted`` asks for another server, which begins with signing out."""

    server_wanted = Signal()

    def __init__(self, model: SettingsModel, *, parent: QWidget | None = None) -> None:
        super().__init__("accountSettings", parent=parent)
        self._model = model
        self._person = ElidedLabel()
        self._server = ElidedLabel()
        self._server.setObjectName("settingServer")
        self._change_server = Button()
        self._change_server.setObjectName("settingChangeServer")
        self._bar = MessageBar("passwordMessage")
        self._bar.setProperty("inset", True)
        self._change = Button("primary")
        self._change.setObjectName("passwordChange")
        self._current = self._field("passwordCurrent")
        self._new = self._field("passwordNew")
        self._again = self._field("passwordAgain")
        self._shown = [Line(self._person, stretched=True), Line(self._server, stretched=True)]
        self._server_line = Line(self._change_server)
        for widget in (*self._shown, self._server_line, self._bar, self._current, self._new, self._again):
            self.lines.addWidget(widget)
        self.lines.addWidget(self._change, 0, Qt.AlignmentFlag.AlignLeft)
        self.lines.addStretch(1)
        self._change.clicked.connect(self._send)
        self._change_server.clicked.connect(self.server_wanted)
        model.password_changed.connect(self._done)
        model.password_refused.connect(self._refused)
        self.retranslate()

    def retranslate(self) -> None:
        self.title.setText(self.tr("Account and server"))
        self._shown[0].set_texts(self.tr("Signed in as"))
        self._shown[1].set_texts(self.tr("Server"))
        hint = self.tr("The address is checked before it is kept. Proxies and certificates are those of this computer.")
        self._server_line.set_texts("", hint)
        self._change_server.setText(self.tr("Another server…"))
        self._current.set_label(self.tr("Present password"))
        self._new.set_label(self.tr("New password"))
        self._again.set_label(self.tr("New password, once more"))
        self._change.setText(self.tr("Change the password"))
        self.show_values()

    def show_values(self) -> None:
        """Show who is signed in, and where."""
        self._person.setText(self._model.signed_in_as)
        self._server.setText(self._model.server_url)

    def hideEvent(self, event: QHideEvent) -> None:
        super().hideEvent(event)
        self._empty()  # whoever comes next finds nothing of it

    def _field(self, name: str) -> Field:
        made = Field(password=True)
        made.edit.returnPressed.connect(self._change.click)
        made.edit.setObjectName(name)
        made.setFixedWidth(FIELD_WIDTH)
        return made

    def _send(self) -> None:
        self._bar.hide()
        for field in (self._current, self._new, self._again):
            field.clear_error()
        if not self._current.text():
            self._current.show_error(self.tr("Enter your present password."))
        elif self._new.text() != self._again.text():
            self._again.show_error(self.tr("The two do not agree."))
        else:
            self._change.setEnabled(False)
            self._model.change_password(self._current.text(), self._new.text())

    def _empty(self) -> None:
        self._bar.hide()
        for field in (self._current, self._new, self._again):
            field.edit.clear()
            field.clear_error()

    def _done(self) -> None:
        self._change.setEnabled(True)
        self._empty()
        words = self.tr("Your password was changed. Your sessions on other computers have ended.")
        self._bar.show_message(words, Tone.SUCCESS)

    def _refused(self, error: BaseException) -> None:
        self._change.setEnabled(True)
        problem = getattr(error, "problem", None)
        fields = {"current": self._current, "new": self._new}
        told = False
        for wrong in getattr(problem, "errors", ()):
            if wrong.field in fields:
                fields[wrong.field].show_error(wrong.message)
                told = True
        if not told:
            self._bar.show_message(localized(explain(error).message), Tone.DANGER)
