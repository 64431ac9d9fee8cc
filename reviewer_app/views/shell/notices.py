# SPDX-License-Identifier: AGPL-3.0-or-later
"""The window's message bars: one message at a time, and what its one action leads to."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer_app.models.session.notices_model import ANSWERED, ASSIGNED, MENTIONED
from reviewer_app.models.texts import localized
from reviewer_app.views.common.buttons import SelectButton
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.messages import MessageBar

if TYPE_CHECKING:
    from reviewer_app.desk.events import ConnectionChanged
    from reviewer_app.models.decision.outbox_model import OutboxModel
    from reviewer_app.views.shell.workplace import Workplace


class OfflineBar(MessageBar):
    """Stands calmly across the window as long as the server cannot be reached."""

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("offlineBar", parent=parent)

    def tell(self, event: ConnectionChanged) -> None:
        """Say that the connection is lost; where somebody has to act (a certificate, a proxy), say that too."""
        words = self.tr(
            "The server cannot be reached. You see the saved copy; what you do is kept and sent when it is back."
        )
        if event.problem is not None and event.problem.code != "Offline":
            words = f"{words}\n{localized(event.problem.message)}"
        self.show_message(words, Tone.WARNING, closable=False)


class _Told(NamedTuple):
    """A notice as it came: ``by`` is empty for what a customer did."""

    kind: str
    company_id: str
    name: str
    by: str


class Notices(MessageBar):
    """Says what happened. ``case_wanted`` carries the case that the user wants to see and the kind of
    notice that told of it (of `models.session.notices_model`), ``leaving_confirmed`` that they
    sign out although something is unsent.

    What is meant for the person stays until they have seen it: the newest is shown, and with several a list of all.
    Other messages stand before them for as long as they are to be said.
    """

    case_wanted = Signal(str, str)
    leaving_confirmed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        self._told: list[_Told] = []
        super().__init__("messageBar", parent=parent)
        self._user_id = ""
        self._about = ""
        self._shown: _Told | None = None
        self._offline = False
        self._asks_to_leave = False
        self._list = SelectButton()
        self._list.setObjectName("messageList")
        self._list.menu().aboutToShow.connect(self._fill_list)
        self._list.hide()
        self.add_button(self._list)
        self.acted.connect(self._follow)
        self.closed.connect(self._close_shown)

    def retranslate(self) -> None:
        super().retranslate()
        if self._told and not self.isHidden():
            self._say_notice()

    @property
    def asks_to_leave(self) -> bool:
        """Whether the bar asks if the user really wants to sign out."""
        return self._asks_to_leave and not self.isHidden()

    def follow(self, workplace: Workplace) -> None:
        """Tell what is meant for the person, until it is seen; ask about unsent acts until they are sent."""
        workplace.notices.noticed.connect(self.tell_notice)
        workplace.answers.settled.connect(self.answer_settled)
        workplace.case_opened.connect(self.opened_case)
        workplace.acts_changed.connect(partial(self._acts_changed, workplace.outbox))

    def tell(self, text: str, *, about: str = "") -> None:
        """Say a text; ``about`` is the case that it is about: it goes away when that case is left."""
        self._set_aside()
        self._about = about
        self.show_message(text, Tone.INFO)

    def tell_notice(self, kind: str, company_id: str, name: str, by: str) -> None:
        """Say what is meant for the person about a case, and offer to show it."""
        notice = _Told(kind, company_id, name, by)
        self._told = [*(one for one in self._told if one != notice), notice]
        self._say_notice()

    def tell_failure(self, error: BaseException) -> None:
        """Say what went wrong and what to do."""
        from reviewer_app.desk.errors import Offline, explain  # noqa: PLC0415 -- not needed for the first frame

        self._set_aside()
        self._offline = isinstance(error, Offline)
        words = explain(error)
        self.show_message(f"{localized(words.title)}. {localized(words.message)}", Tone.DANGER)

    def ask_to_leave(self, unsent: int) -> None:
        """Ask whether to sign out although acts are unsent."""
        self._set_aside()
        self._asks_to_leave = True
        words = self.tr(
            "%n act(s) have not been sent yet. They stay on this computer until you sign in again.", "", unsent
        )
        self.show_message(words, Tone.WARNING, action=self.tr("Sign out anyway"))

    def came_online(self) -> None:
        """Take away what only said that the server was not there."""
        if self._offline:
            self.go_on()

    def left_case(self, company_id: str) -> None:
        """Take away what was said about a case that is not in front any more."""
        if company_id:
            self._drop(one for one in self._told if one.company_id == company_id)
            if self._about == company_id:
                self.go_on()

    def opened_case(self, company_id: str) -> None:
        """Take away what only leads to a case, once that is open; where its notes stand is still told."""
        self._drop(one for one in self._told if one.company_id == company_id and one.kind != MENTIONED)

    def answer_settled(self, company_id: str) -> None:
        """Take away that a customer answered, once the case does not wait any more."""
        self.followed(company_id, ANSWERED)

    def followed(self, company_id: str, kind: str) -> None:
        """Take away what the person went after already."""
        self._drop(one for one in self._told if (one.company_id, one.kind) == (company_id, kind))

    def begin(self, user_id: str) -> None:
        """Take in who is signed in now; what was meant for the same person before their session ended stays."""
        if user_id != self._user_id:
            self._told.clear()
        self._user_id = user_id
        self.go_on()

    def clear(self) -> None:
        """Say nothing and forget what was meant for the person, as at the end of their session."""
        self._told.clear()
        self.go_on()

    def _acts_changed(self, outbox: OutboxModel) -> None:
        if self.asks_to_leave and not outbox.waiting:
            self.go_on()

    def _say_notice(self) -> None:
        self._set_aside()
        told = self._shown = self._told[-1]
        words, action = self._words(told)
        self.show_message(words, Tone.INFO, action=action)
        self._list.setText(self.tr("%n message(s)", "", len(self._told)))
        self._list.setVisible(len(self._told) > 1)

    def _words(self, told: _Told) -> tuple[str, str]:
        words, action = {
            ANSWERED: (
                self.tr("The customer answered: {name}. The case waits for you again."),
                self.tr("Show what is new"),
            ),
            MENTIONED: (self.tr("{by} names you in a note: {name}."), self.tr("Show the notes")),
            ASSIGNED: (self.tr("{by} gave you a case: {name}."), self.tr("Show the case")),
        }[told.kind]
        return words.format(name=told.name, by=told.by), action

    def _fill_list(self) -> None:
        menu = self._list.menu()
        menu.clear()
        for told in reversed(self._told):
            action = menu.addAction(self._words(told)[0].replace("&", "&&"))
            action.triggered.connect(partial(self._lead, told))
        menu.addSeparator()
        menu.addAction(self.tr("Close all messages")).triggered.connect(self.clear)

    def _lead(self, told: _Told, _checked: bool = False) -> None:
        self._drop([told])
        self.case_wanted.emit(told.company_id, told.kind)

    def _drop(self, gone: Iterable[_Told]) -> None:
        """Take notices away; when the one that is shown is among them, show the next."""
        dropped = set(gone)
        self._told = [one for one in self._told if one not in dropped]
        if self._shown is not None and dropped:
            self.go_on()

    def _set_aside(self) -> None:
        """Make room for another message; what is meant for the person comes back after it."""
        self._about, self._shown, self._offline, self._asks_to_leave = "", None, False, False
        self._list.hide()

    def go_on(self) -> None:
        """Show what is still meant for the person, or nothing."""
        self._set_aside()
        if self._told:
            self._say_notice()
        else:
            self.hide()

    def _close_shown(self) -> None:
        if self._shown is not None:
            self._told.remove(self._shown)
        self.go_on()

    def _follow(self) -> None:
        if self._shown is not None:
            self._lead(self._shown)
        elif self._asks_to_leave:
            self.clear()
            self.leaving_confirmed.emit()
