# SPDX-License-Identifier: AGPL-3.0-or-later
"""Signing in and out, and choosing the server."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from reviewer_app.background.runner import Runner
from reviewer_app.desk.rows import SignedIn

if TYPE_CHECKING:
    from reviewer_app.desk.desk import Desk


class SessionModel(QObject):
    """State of the session. All signals come on the GUI thread.

    ``signed_in`` carries a ``SignedIn``; ``nobody`` says that a form is needed; ``failed`` and ``server_refused`` carry
    the error; ``server_accepted`` the address as kept.
    """

    signed_in = Signal(object)
    signed_out = Signal()
    nobody = Signal()
    otp_wanted = Signal()
    failed = Signal(object)
    server_accepted = Signal(str)
    server_refused = Signal(object)
    busy_changed = Signal(bool)

    def __init__(self, desk: Desk, runner: Runner, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._desk = desk
        self._runner = runner
        self.is_leaving = False
        """Whether the person is signing out: from the wish to the answer."""

    @property
    def current(self) -> SignedIn | None:
        """Who is signed in."""
        return self._desk.session.current

    @property
    def server_url(self) -> str | None:
        """The server's address, None before it was chosen."""
        return self._desk.session.server_url

    def use_server(self, url: str) -> None:
        """Check that a server answers at an address, and keep it."""
        self.busy_changed.emit(True)
        self._runner.run(
            partial(self._desk.session.use_server, url=url),
            owner=self,
            on_success=self._server_checked,
            on_failure=self._server_failed,
            key="session",
        )

    def resume(self) -> None:
        """Go on with the session kept from last time, if there is one."""
        self.busy_changed.emit(True)
        self._runner.run(
            self._desk.session.resume, owner=self, on_success=self._resumed, on_failure=self._failed, key="session"
        )

    def sign_in(self, username: str, password: str, otp: str | None = None, *, remember: bool = True) -> None:
        """Sign in; ``otp_wanted`` follows when the server asks for the second factor."""
        self.busy_changed.emit(True)
        self._runner.run(
            partial(self._desk.session.sign_in, username=username, password=password, otp=otp, remember=remember),
            owner=self,
            on_success=self._resumed,
            on_failure=self._failed,
            key="session",
        )

    def sign_out(self) -> None:
        """End the session."""
        self.is_leaving = True
        self.busy_changed.emit(True)
        self._runner.run(
            self._desk.session.sign_out, owner=self, on_success=self._left, on_failure=self._failed, key="session"
        )

    def _server_checked(self, url: str) -> None:
        self.busy_changed.emit(False)
        self.server_accepted.emit(url)

    def _server_failed(self, error: BaseException) -> None:
        self.busy_changed.emit(False)
        self.server_refused.emit(error)

    def _resumed(self, session: SignedIn | None) -> None:
        self.busy_changed.emit(False)
        if session is None:
            self.nobody.emit()
        else:
            self.signed_in.emit(session)

    def _left(self, _nothing: object) -> None:
        self.is_leaving = False
        self.busy_changed.emit(False)
        self.signed_out.emit()

    def _failed(self, error: BaseException) -> None:
        from reviewer_app.desk.errors import OtpRequired  # noqa: PLC0415 -- not needed for the first frame

        self.is_leaving = False
        self.busy_changed.emit(False)
        if isinstance(error, OtpRequired):
            self.otp_wanted.emit()
        else:
            self.failed.emit(error)
