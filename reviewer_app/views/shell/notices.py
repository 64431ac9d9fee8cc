# SPDX-License-Identifier: AGPL-3.0-or-later
"""The window's message bars: one message at a time, and what its one action leads to."""

from __future__ import annotations

from typing import TYPE_CHECKING

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from reviewer_app.models.session.notices_model import ANSWERED, ASSIGNED, MENTIONED
from reviewer_app.models.texts import localized
from reviewer_app.views.common.colours import Tone
from reviewer_app.views.common.messages import MessageBar

if TYPE_CHECKING:
    from reviewer_app.desk.events import ConnectionChanged


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


class Notices(MessageBar):
    """Says what happened. ``case_wanted`` carries the case that the user wants to see and the kind of
    notice that told of it (of `models.session.notices_model`), ``leaving_confirmed`` that they
    sign out although something is unsent.
    """

    case_wanted = Signal(str, str)
    leaving_confirmed = Signal()

    def __init__(self, *, parent: QWidget | None = None) -> None:
        super().__init__("messageBar", parent=parent)
        self._about = ""
        self._offers_case = ""
        self._offline = False
        self._asks_to_leave = False
        self.acted.connect(self._follow)
        self.closed.connect(self.clear)

    @property
    def asks_to_leave(self) -> bool:
        """Whether the bar asks if the user really wants to sign out."""
        return self._asks_to_leave and not self.isHidden()

    def tell(self, text: str, *, about: str = "") -> None:
        """Say a text; ``about`` is the case that it is about: it goes away when that case is left."""
        self.clear()
        self._about = about
        self.show_message(text, Tone.INFO)

    def tell_notice(self, kind: str, company_id: str, name: str, by: str) -> None:
        """Say what is meant for the person about a case, and offer to show it."""
        self.clear()
        self._about, self._offers_case = company_id, kind
        words, action = {
            ANSWERED: (
                self.tr("The customer answered: {name}. The case waits for you again."),
                self.tr("Show what is new"),
            ),
            MENTIONED: (self.tr("{by} names you in a note: {name}."), self.tr("Show the notes")),
            ASSIGNED: (self.tr("{by} gave you a case: {name}."), self.tr("Show the case")),
        }[kind]
        self.show_message(words.format(name=name, by=by), Tone.INFO, action=action)

    def tell_failure(self, error: BaseException) -> None:
        """Say what went wrong and what to do."""
        from reviewer_app.desk.errors import Offline, explain  # noqa: PLC0415 -- not needed for the first frame

        self.clear()
        self._offline = isinstance(error, Offline)
        words = explain(error)
        self.show_message(f"{localized(words.title)}. {localized(words.message)}", Tone.DANGER)

    def ask_to_leave(self, unsent: int) -> None:
        """Ask whether to sign out although acts are unsent."""
        self.clear()
        self._asks_to_leave = True
        words = self.tr(
            "%n act(s) have not been sent yet. They stay on this computer until you sign in again.", "", unsent
        )
        self.show_message(words, Tone.WARNING, action=self.tr("Sign out anyway"))

    def came_online(self) -> None:
        """Take away what only said that the server was not there."""
        if self._offline:
            self.clear()

    def left_case(self, company_id: str) -> None:
        """Take away what was said about a case that is not in front any more."""
        if company_id and self._about == company_id:
            self.clear()

    def answer_settled(self, company_id: str) -> None:
        """Take away that a customer answered, once the case does not wait any more."""
        if self._offers_case == ANSWERED and self._about == company_id:
            self.clear()

    def clear(self) -> None:
        """Say nothing."""
        self._about, self._offers_case, self._offline, self._asks_to_leave = "", "", False, False
        self.hide()

    def _follow(self) -> None:
        about, offers_case, asks_to_leave = self._about, self._offers_case, self._asks_to_leave
        self.clear()
        if offers_case:
            self.case_wanted.emit(about, offers_case)
        elif asks_to_leave:
            self.leaving_confirmed.emit()
