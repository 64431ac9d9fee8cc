# SPDX-License-Identifier: AGPL-3.0-or-later
"""Calls about staff's sessions."""

from __future__ import annotations

from fastapi import APIRouter
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.kit.callers import CurrentStaff
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.problems import ProblemError, problem_responses
from reviewer_app.backend.kit.requests import Answer, Work
from reviewer_app.backend.staff.service import StaffSessions
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.staff import OwnPasswordRequest, RefreshRequest, StaffSession, StaffSignInRequest

_WRONG = problem_responses(ProblemCode.VALIDATION_FAILED, ProblemCode.MALFORMED_REQUEST)


class StaffEndpoints:
    """Routes of staff's sessions."""

    def __init__(self, database: Database, sessions: StaffSessions) -> None:
        self._database = database
        self._sessions = sessions

    def router(self) -> APIRouter:
        """List the routes."""
        router = APIRouter(prefix="/api/v1/staff", tags=["staff"])
        refusals = problem_responses(
            ProblemCode.INVALID_CREDENTIALS,
            ProblemCode.OTP_REQUIRED,
            ProblemCode.ACCOUNT_DISABLED,
            ProblemCode.TOO_MANY_ATTEMPTS,
        )
        tried = problem_responses(ProblemCode.TOO_MANY_ATTEMPTS)
        expired = problem_responses(ProblemCode.UNAUTHENTICATED, ProblemCode.SESSION_EXPIRED)
        router.post("/sessions", status_code=201, response_model=StaffSession, responses=_WRONG | refusals)(
            self.sign_in
        )
        router.post("/sessions/refresh", status_code=201, response_model=StaffSession, responses=_WRONG | expired)(
            self.refresh
        )
        router.delete("/sessions/current", status_code=204, responses=expired)(self.sign_out)
        router.put("/me/password", status_code=204, responses=_WRONG | expired | tried)(self.change_password)
        return router

    def sign_in(self, body: StaffSignInRequest, work: Work) -> Response:
        """Sign in with name and password, and a one-time code where one is due."""
        with self._database.read() as session:
            stored = self._sessions.known_hash(session, body.username)
        verified = stored if self._sessions.verify(stored, body.password) else None
        return work.write(lambda session: _made(self._sessions.sign_in(session, body, verified)), keyed=False)

    def refresh(self, body: RefreshRequest, work: Work) -> Response:
        """Exchange a refresh token for a new pair."""

        def act(session: Session) -> Answer | ProblemError:
            return _made(self._sessions.refresh(session, body.refresh_token))

        return work.write(act, keyed=False)

    def change_password(self, staff: CurrentStaff, body: OwnPasswordRequest, work: Work) -> Response:
        """Change the caller's own password; their other sessions end."""
        with self._database.read() as session:
            stored = self._sessions.own_hash(session, staff)
        verified = stored if self._sessions.verify(stored, body.current) else None
        return work.write(
            lambda session: self._sessions.change_password(session, staff, body.new, verified), keyed=False
        )

    def sign_out(self, staff: CurrentStaff, work: Work) -> Response:
        """End the session and all its tokens."""
        return work.write(lambda session: self._sessions.sign_out(session, staff))


def _made(result: StaffSession | ProblemError) -> Answer | ProblemError:
    return result if isinstance(result, ProblemError) else Answer(result, status=201)
