# SPDX-License-Identifier: AGPL-3.0-or-later
"""The session's tokens. They are renewed once, however many calls find at the same time that the session is over."""

from __future__ import annotations

import threading
from collections.abc import Callable
from datetime import UTC, datetime

from reviewer_app.contract.problems import PROBLEMS, ProblemCode
from reviewer_app.gateway.errors import Refused, SessionExpired
from reviewer_app.gateway.plain import Session, User

Renew = Callable[[str], Session]
Listener = Callable[[Session | None], None]


class TokenKeeper:
    """Holds the tokens of one session. Thread-safe.

    ``renew`` exchanges a refresh token; ``listener`` hears of each new session and, with None, of its end.
    """

    def __init__(self, renew: Renew, listener: Listener, language: Callable[[], str]) -> None:
        self._renew = renew
        self._listener = listener
        self._language = language
        self._session: Session | None = None
        self._lock = threading.Lock()
        self._renewing = threading.Lock()

    @property
    def session(self) -> Session | None:
        """The session in force."""
        with self._lock:
            return self._session

    def set(self, session: Session | None) -> None:
        """Begin or end a session and tell the listener."""
        with self._lock:
            self._session = session
        self._listener(session)

    def adopt(self, user: User, refresh_token: str) -> None:
        """Go on with a session kept from earlier: its first call renews it. The listener is not told."""
        with self._lock:
            self._session = Session(
                access_token="", refresh_token=refresh_token, expires_at=datetime.min.replace(tzinfo=UTC), user=user
            )

    def access(self) -> str:
        """Give the access token, empty when it has to be renewed first. Raises SessionExpired when nobody is signed in."""
        session = self.session
        if session is None:
            raise self._expired()
        return session.access_token

    def renewed(self, refused: str) -> str:
        """Give an access token newer than the refused one, renewing the session if no other call did so already.

        Raises SessionExpired when the server does not renew it: the session is over then. Other errors leave it.
        """
        with self._renewing:
            session = self.session
            if session is None:
                raise self._expired()
            if session.access_token != refused:
                return session.access_token
            try:
                fresh = self._renew(session.refresh_token)
            except Refused as error:
                if error.problem.status in {400, 401, 403, 422}:
                    self.set(None)
                    raise self._expired() from error
                raise
            self.set(fresh)
            return fresh.access_token

    def _expired(self) -> SessionExpired:
        from reviewer_app.contract.messages import Problem  # noqa: PLC0415 -- loaded only when it goes wrong

        kind = PROBLEMS[ProblemCode.SESSION_EXPIRED]
        text = kind.text.in_language(self._language())
        return SessionExpired(Problem(title=text, detail=text, status=kind.status, code=ProblemCode.SESSION_EXPIRED))
