# SPDX-License-Identifier: AGPL-3.0-or-later
"""Staff sign in and stay signed in: access for 15 minutes, refresh tokens that are exchanged at each use."""

from __future__ import annotations

from datetime import datetime, timedelta

import pyotp
from sqlalchemy import Connection
from sqlalchemy.orm import Session

from reviewer_app.backend.audit.service import History
from reviewer_app.backend.kit.callers import Staff
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.database import new_id
from reviewer_app.backend.kit.passwords import Passwords
from reviewer_app.backend.kit.problems import ProblemError, field_problem
from reviewer_app.backend.kit.secret_tokens import new_token, token_digest
from reviewer_app.backend.kit.settings import StaffOtp
from reviewer_app.backend.kit.throttle import Throttle
from reviewer_app.backend.staff import repository
from reviewer_app.backend.staff.tables import StaffAccess, StaffAccount, StaffSignIn, StaffSpentRefresh
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.problems import FieldCode, ProblemCode
from reviewer_app.contract.staff import Assignee, StaffSession, StaffSignInRequest, StaffUser
from reviewer_app.contract.states import Actor

ACCESS_LIFETIME = timedelta(minutes=15)
REFRESH_LIFETIME = timedelta(hours=12)
REFRESH_GRACE = timedelta(seconds=30)
OTP_SECONDS = 30
_OTP_DRIFT = 1
"""Steps before and after the present one whose codes are accepted: clocks differ."""

_SIGN_IN = Throttle("staff-sign-in", free=5, first=timedelta(seconds=2), longest=timedelta(minutes=15))
_CHALLENGE = {"WWW-Authenticate": "Bearer"}


class StaffSessions:
    """Sign-in and sessions of staff."""

    def __init__(
        self, clock: Clock, passwords: Passwords, otp: StaffOtp, history: History, *, bench: bool = False
    ) -> None:
        """``bench`` is told to clients, which show it."""
        self._bench = bench
        self._clock = clock
        self._history = history
        self._passwords = passwords
        self._otp = otp

    def known_hash(self, session: Session, username: str) -> str | None:
        """Give the password hash to verify a sign-in against. Raises ProblemError ``too_many_attempts``."""
        _SIGN_IN.check(session, username.casefold(), self._clock.now())
        account = repository.account_by_username(session, username.casefold())
        return account.password_hash if account else None

    def verify(self, stored: str | None, password: str) -> bool:
        """Verify a password; call it outside the transaction, it takes its time."""
        return self._passwords.verify(stored, password)

    def sign_in(
        self, session: Session, request: StaffSignInRequest, verified_hash: str | None
    ) -> StaffSession | ProblemError:
        """Make a session. ``verified_hash`` is the hash that the password fitted, None when it did not."""
        subject, now = request.username.casefold(), self._clock.now()
        _SIGN_IN.check(session, subject, now)
        account = repository.account_by_username(session, subject)
        if account is None or verified_hash is None or account.password_hash != verified_hash:
            return self._failed(session, subject, now)
        if account.disabled_at is not None:
            return ProblemError(ProblemCode.ACCOUNT_DISABLED)
        if account.otp_secret or self._otp is StaffOtp.REQUIRED:
            if not request.otp:
                return ProblemError(ProblemCode.OTP_REQUIRED, headers=_CHALLENGE)
            if not self._use_otp(session, account, request.otp, now):
                return self._failed(session, subject, now)
        _SIGN_IN.clear(session, subject)
        return self._begin(session, account, now)

    def refresh(self, session: Session, token: str) -> StaffSession | ProblemError:
        """Exchange a refresh token. A spent one is answered once more within 30 seconds, then it ends the family."""
        now, digest = self._clock.now(), token_digest(token)
        sign_in = repository.locked_sign_in_of_refresh(session, digest)
        if sign_in is None:
            return ProblemError(ProblemCode.UNAUTHENTICATED, headers=_CHALLENGE)
        if sign_in.ended_at is not None or sign_in.refresh_expires_at <= now:
            return ProblemError(ProblemCode.SESSION_EXPIRED, headers=_CHALLENGE)
        account = session.get_one(StaffAccount, sign_in.account_id)
        spent = session.get(StaffSpentRefresh, digest)
        if account.disabled_at is not None or (spent and spent.spent_at + REFRESH_GRACE < now):
            repository.end_sign_in(session, sign_in.id, now)
            return ProblemError(ProblemCode.SESSION_EXPIRED, headers=_CHALLENGE)
        session.add(StaffSpentRefresh(digest=sign_in.refresh_digest, sign_in_id=sign_in.id, spent_at=now))
        refresh_token = new_token()
        sign_in.refresh_digest = token_digest(refresh_token)
        sign_in.refresh_expires_at = now + REFRESH_LIFETIME
        return self._answer(session, account, sign_in, refresh_token, now)

    def authenticate(self, connection: Connection, token: str) -> Staff:
        """Give the caller of an access token. Raises ProblemError."""
        found = repository.caller_of(connection, token_digest(token))
        if found is None:
            raise ProblemError(ProblemCode.UNAUTHENTICATED, headers=_CHALLENGE)
        if found.disabled_at is not None:
            raise ProblemError(ProblemCode.ACCOUNT_DISABLED)
        if found.ended_at is not None or found.expires_at <= self._clock.now():
            raise ProblemError(ProblemCode.SESSION_EXPIRED, headers=_CHALLENGE)
        return Staff(
            user_id=found.user_id,
            username=found.username,
            display_name=found.display_name,
            role=StaffRole(found.role),
            session_id=found.sign_in_id,
        )

    def sign_out(self, session: Session, staff: Staff) -> None:
        """End the session of the call and all its tokens."""
        repository.end_sign_in(session, staff.session_id, self._clock.now())

    def own_hash(self, session: Session, staff: Staff) -> str:
        """Give the password hash to verify against. Raises ProblemError ``too_many_attempts``."""
        _SIGN_IN.check(session, staff.username.casefold(), self._clock.now())
        return session.get_one(StaffAccount, staff.user_id).password_hash

    def change_password(
        self, session: Session, staff: Staff, new: str, verified_hash: str | None
    ) -> ProblemError | None:
        """Set the caller's own password and end their other sessions.

        A wrong present password (``verified_hash`` is not the account's) counts as a failed sign-in and is given back,
        so that the count stays. Raises ProblemError for a weak new password.
        """
        now, subject = self._clock.now(), staff.username.casefold()
        _SIGN_IN.check(session, subject, now)
        # Its row before its sign-ins, in the order of who closes an account, or the two could wait for each other.
        account = session.get_one(StaffAccount, staff.user_id, with_for_update=True)
        if verified_hash is None or account.password_hash != verified_hash:
            _SIGN_IN.count(session, subject, now)
            wrong = field_problem("current", FieldCode.WRONG_PASSWORD)
            return ProblemError(ProblemCode.VALIDATION_FAILED, errors=[wrong])
        weak = self._passwords.problem(new, field="new", personal=(staff.username,))
        if weak:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=[weak])
        account.password_hash = self._passwords.hash(new)
        repository.end_other_sign_ins(session, account.id, staff.session_id, now)
        _SIGN_IN.clear(session, subject)
        self._history.record(
            session,
            company_id=None,
            actor=Actor.STAFF,
            actor_id=account.id,
            actor_name=account.display_name,
            kind=HistoryKind.STAFF_PASSWORD_CHANGED,
            details={"username": account.username},
        )
        return None

    def people(self, session: Session) -> tuple[StaffUser, ...]:
        """List the members of staff whose accounts are open, by user name."""
        return tuple(_shown(one) for one in repository.all_accounts(session) if one.disabled_at is None)

    def kept_open(self, session: Session, account_id: str) -> StaffUser | None:
        """Give a member of staff whose account is open, and keep it from being closed until the transaction ends."""
        account = repository.kept_as_it_is(session, account_id)
        return None if account is None or account.disabled_at is not None else _shown(account)

    def person(self, session: Session, account_id: str) -> Assignee:
        """Give a member of staff as shown beside a case. Raises ProblemError ``not_found``."""
        account = session.get(StaffAccount, account_id)
        if account is None:
            raise ProblemError(ProblemCode.NOT_FOUND)
        return Assignee(id=account.id, username=account.username, display_name=account.display_name)

    def _failed(self, session: Session, subject: str, now: datetime) -> ProblemError:
        _SIGN_IN.count(session, subject, now)
        return ProblemError(ProblemCode.INVALID_CREDENTIALS, headers=_CHALLENGE)

    def _use_otp(self, session: Session, account: StaffAccount, code: str, now: datetime) -> bool:
        if account.otp_secret is None:
            return False
        totp = pyotp.TOTP(account.otp_secret, interval=OTP_SECONDS)
        present = int(now.timestamp()) // OTP_SECONDS
        for step in range(present - _OTP_DRIFT, present + _OTP_DRIFT + 1):
            if pyotp.utils.strings_equal(totp.generate_otp(step), code):
                return repository.use_otp_step(session, account.id, step)
        return False

    def _begin(self, session: Session, account: StaffAccount, now: datetime) -> StaffSession:
        refresh_token = new_token()
        sign_in = StaffSignIn(
            id=new_id(),
            account_id=account.id,
            created_at=now,
            refresh_digest=token_digest(refresh_token),
            refresh_expires_at=now + REFRESH_LIFETIME,
        )
        session.add(sign_in)
        session.flush()
        return self._answer(session, account, sign_in, refresh_token, now)

    def _answer(
        self, session: Session, account: StaffAccount, sign_in: StaffSignIn, refresh_token: str, now: datetime
    ) -> StaffSession:
        access_token = new_token()
        expires_at = now + ACCESS_LIFETIME
        session.add(StaffAccess(digest=token_digest(access_token), sign_in_id=sign_in.id, expires_at=expires_at))
        return StaffSession(
            access_token=access_token,
            refresh_token=refresh_token,
            expires_at=expires_at,
            user=_shown(account),
            bench=self._bench,
        )


def _shown(account: StaffAccount) -> StaffUser:
    return StaffUser(
        id=account.id, username=account.username, display_name=account.display_name, role=StaffRole(account.role)
    )


def purge(session: Session, now: datetime) -> None:
    """Forget tokens and sign-ins that ran out a day ago."""
    repository.purge(session, now - timedelta(days=1))
