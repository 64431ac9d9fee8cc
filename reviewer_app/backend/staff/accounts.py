# SPDX-License-Identifier: AGPL-3.0-or-later
"""Staff accounts as the command line keeps them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

import pyotp
from sqlalchemy.orm import Session

from reviewer_app.backend.audit.service import History
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import new_id
from reviewer_app.backend.kit.passwords import Passwords
from reviewer_app.backend.staff import repository
from reviewer_app.backend.staff.tables import StaffAccount
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.states import Actor
from reviewer_app.contract.text import Text

_ISSUER = "Reviewer"
_USERNAME = re.compile(r"[^\s\x00-\x1f\x7f-\x9f]{1,200}")
_DISPLAY_NAME = re.compile(r"[^\x00-\x1f\x7f-\x9f]{1,200}")
_WRONG_USERNAME = Text(
    "Nazwa użytkownika ma od 1 do 200 znaków, bez odstępów.", "A user name has 1 to 200 characters and no spaces."
)
_WRONG_DISPLAY_NAME = Text(
    "Imię i nazwisko to jeden wiersz, najwyżej 200 znaków.", "A display name is one line of at most 200 characters."
)


class StaffAccountError(Exception):
    """An account cannot be made or changed as asked; ``text`` says why."""

    def __init__(self, text: Text) -> None:
        super().__init__(text.en)
        self.text = text


class ListedAccount(NamedTuple):
    """One row of the list of accounts."""

    username: str
    display_name: str
    role: StaffRole
    otp: bool
    disabled: bool


class StaffAccounts:
    """Makes and changes staff accounts. Every act is in the history."""

    def __init__(self, clock: Clock, passwords: Passwords, history: History) -> None:
        self._clock = clock
        self._passwords = passwords
        self._history = history

    def add(self, session: Session, *, username: str, display_name: str, role: StaffRole, password: str) -> None:
        """Make an account. Raises StaffAccountError for a name in use or one that nobody could sign in with, or a weak password."""
        if not _USERNAME.fullmatch(username):
            raise StaffAccountError(_WRONG_USERNAME)
        if display_name and not _DISPLAY_NAME.fullmatch(display_name):
            raise StaffAccountError(_WRONG_DISPLAY_NAME)
        if repository.account_by_username(session, username.casefold()) is not None:
            raise StaffAccountError(Text(f"Konto {username} już istnieje.", f"There is an account {username} already."))
        session.add(
            StaffAccount(
                id=new_id(),
                username=username,
                username_folded=username.casefold(),
                display_name=display_name or username,
                role=role.value,
                password_hash=self._hash(username, password),
                otp_last_step=0,
                created_at=self._clock.now(),
            )
        )
        self._record(session, username, HistoryKind.STAFF_ACCOUNT_ADDED)

    def list(self, session: Session) -> Sequence[ListedAccount]:
        """List all accounts by name."""
        return [
            ListedAccount(
                row.username,
                row.display_name,
                StaffRole(row.role),
                row.otp_secret is not None,
                row.disabled_at is not None,
            )
            for row in repository.all_accounts(session)
        ]

    def disable(self, session: Session, username: str) -> str:
        """Disable an account and end its sessions; gives its id. Raises StaffAccountError for an unknown name.

        Who gives a case to the person waits until it is done, and it waits for who is giving one: look for the person's
        cases afterwards in the same transaction.
        """
        account = self._known(session, username)
        account.disabled_at = self._clock.now()
        repository.end_sign_ins(session, account.id, self._clock.now())
        self._record(session, account.username, HistoryKind.STAFF_ACCOUNT_DISABLED)
        return account.id

    def reset_password(self, session: Session, username: str, password: str) -> None:
        """Set a password, enable the account again and end its sessions. Raises StaffAccountError."""
        account = self._known(session, username)
        account.password_hash = self._hash(username, password)
        account.disabled_at = None
        repository.end_sign_ins(session, account.id, self._clock.now())
        self._record(session, account.username, HistoryKind.STAFF_PASSWORD_RESET)

    def reset_otp(self, session: Session, username: str) -> str:
        """Give the account a new secret for one-time codes; gives its provisioning URI. Raises StaffAccountError."""
        account = self._known(session, username)
        account.otp_secret = pyotp.random_base32()
        account.otp_last_step = 0
        repository.end_sign_ins(session, account.id, self._clock.now())
        self._record(session, account.username, HistoryKind.STAFF_OTP_RESET)
        return pyotp.TOTP(account.otp_secret).provisioning_uri(name=account.username, issuer_name=_ISSUER)

    def _known(self, session: Session, username: str) -> StaffAccount:
        session.flush()
        account = repository.locked_by_username(session, username.casefold())
        if account is None:
            raise StaffAccountError(Text(f"Nie ma konta {username}.", f"There is no account {username}."))
        return account

    def _hash(self, username: str, password: str) -> str:
        problem = self._passwords.problem(password, personal=(username,))
        if problem:
            raise StaffAccountError(problem.text)
        return self._passwords.hash(password)

    def _record(self, session: Session, username: str, kind: HistoryKind) -> None:
        self._history.record(
            session,
            company_id=None,
            actor=Actor.SYSTEM,
            actor_id=None,
            actor_name="",
            kind=kind,
            details={"username": username},
        )
