# SPDX-License-Identifier: AGPL-3.0-or-later
"""One request, one transaction: what endpoints use to run a service's act and to answer.

The commit happens before the answer is made, never after it was sent.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import nullcontext, suppress
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Annotated

from fastapi import Depends, Request
from pydantic import BaseModel
from sqlalchemy.exc import OperationalError
from sqlalchemy.orm import Session
from starlette.responses import Response

from reviewer_app.backend.kit.context import Kit, kit_of
from reviewer_app.backend.kit.idempotency import (
    KEPT_REFUSALS,
    KeyUse,
    StoredAnswer,
    lock_key,
    scope_of,
    store_answer,
    stored_answer,
)
from reviewer_app.backend.kit.language import language_of
from reviewer_app.backend.kit.problems import ProblemError, problem_response
from reviewer_app.backend.kit.versions import SeenVersions, parse_if_match
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.text import Language

_MAX_KEY_LENGTH = 255
_ATTEMPTS = 4
_REPLAYED = "Idempotency-Replayed"
_RETRIED_SQLSTATES = frozenset({"40001", "40P01"})
"""Serialization failure and deadlock: PostgreSQL asks for the transaction to be run again."""


@dataclass(frozen=True)
class Answer:
    """What an act answers: a message or nothing, its status, and the version for ``ETag``."""

    body: BaseModel | None = None
    status: int = 200
    version: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)


Act = Callable[[Session], Answer | BaseModel | ProblemError | None]
"""What an endpoint hands to :class:`UnitOfWork`; a message alone means 200, None means 204.

A ProblemError that is raised undoes what the act did; one that is returned is answered just so, but what the act did
is kept (an attempt that counts).
"""


class _RefusedError(Exception):
    """An act that came with a key was refused; the transaction is undone before the refusal is kept."""

    def __init__(self, use: KeyUse, refusal: ProblemError) -> None:
        super().__init__(refusal.code.value)
        self.use = use
        self.refusal = refusal


class UnitOfWork:
    """Runs the act of one request in one transaction, with its idempotency key when one was sent."""

    def __init__(self, request: Request, kit: Kit, fingerprint: str) -> None:
        self._request = request
        self._kit = kit
        self._fingerprint = fingerprint
        self.language: Language = language_of(request)

    def read(self, act: Act) -> Response:
        """Answer from one snapshot of the database."""
        with self._kit.database.read() as session:
            return _response(self._stored(act(session)))

    def write(self, act: Act, *, content: str = "", keyed: bool = True) -> Response:
        """Run an act, commit, and answer; with a key that was seen before, give the first answer again.

        ``content`` is a digest of what came in parts (an upload's bytes), which the key covers beside a JSON body.
        ``keyed`` False passes over a key: answers that hold tokens are not kept.
        A raised refusal undoes what the act did. The act may be run again when the database asks for it (deadlock).
        """
        use = self._key_use(content) if keyed else None
        with self._kit.running.hold(use.scope) if use else nullcontext():
            return _response(self._attempts(act, use))

    def replay(self, *, content: str = "") -> Response | None:
        """Give the first answer to a key seen before, to spare costly work ahead of :meth:`write`."""
        use = self._key_use(content)
        if use is None:
            return None
        with self._kit.database.read() as session:
            stored = stored_answer(session, use, self._kit.clock.now())
        return _response(_marked_as_replayed(stored)) if stored else None

    def expected_version(self) -> SeenVersions:
        """Give what ``If-Match`` lists. Call it inside the act, so that a replay comes first.

        Raises ProblemError ``version_required`` (428) without the header, and for ``*``, which names no version:
        these acts are taken on what was seen.
        """
        seen = self.given_version()
        if seen is None:
            raise ProblemError(ProblemCode.VERSION_REQUIRED)
        return seen

    def given_version(self) -> SeenVersions | None:
        """Give what ``If-Match`` lists where the header is optional; None without it, and for ``*``."""
        lines = self._request.headers.getlist("if-match")
        return parse_if_match(lines) if lines else None

    def lease_token(self, in_body: str | None) -> str | None:
        """Give the lease token of the body, else of the header ``Lease-Token``."""
        return in_body or self._request.headers.get("lease-token")

    def _attempts(self, act: Act, use: KeyUse | None) -> StoredAnswer:
        for attempt in range(1, _ATTEMPTS + 1):
            try:
                return self._once(act, use)
            except _RefusedError as refused:
                return self._refused(refused.use, refused.refusal)
            except OperationalError as error:
                if getattr(error.orig, "sqlstate", None) not in _RETRIED_SQLSTATES or attempt == _ATTEMPTS:
                    raise
        raise AssertionError("the last attempt returns or raises")

    def _once(self, act: Act, use: KeyUse | None) -> StoredAnswer:
        with self._kit.database.write() as session:
            if use is None:
                return self._stored(act(session))
            lock_key(session, use.scope)
            now = self._kit.clock.now()
            known = stored_answer(session, use, now)
            if known is not None:
                return _marked_as_replayed(known)
            try:
                answer = self._stored(act(session))
            except ProblemError as error:
                raise _RefusedError(use, error) from error
            if answer.status < HTTPStatus.BAD_REQUEST or answer.status in KEPT_REFUSALS:
                store_answer(session, use, answer, now)
            return answer

    def _refused(self, use: KeyUse, refusal: ProblemError) -> StoredAnswer:
        """Keep a refusal, whose act was undone: a transaction of its own loses nothing, for there is nothing else in it.

        When another process has answered the key meanwhile, its answer is the first one.
        """
        if refusal.status not in KEPT_REFUSALS:
            raise refusal
        with self._kit.database.write() as session:
            lock_key(session, use.scope)
            now = self._kit.clock.now()
            known = stored_answer(session, use, now)
            if known is not None:
                return _marked_as_replayed(known)
            answer = self._stored(refusal)
            store_answer(session, use, answer, now)
            return answer

    def _stored(self, result: Answer | BaseModel | ProblemError | None) -> StoredAnswer:
        if isinstance(result, ProblemError):
            response = problem_response(result, self.language)
            return StoredAnswer(response.status_code, dict(response.headers), bytes(response.body))
        if result is None:
            return StoredAnswer(HTTPStatus.NO_CONTENT, {}, b"")
        answer = result if isinstance(result, Answer) else Answer(result)
        headers = dict(answer.headers)
        if answer.version is not None:
            headers["etag"] = f'"{answer.version}"'
        if answer.body is None:
            return StoredAnswer(answer.status, headers, b"")
        headers["content-type"] = "application/json"
        return StoredAnswer(answer.status, headers, answer.body.model_dump_json().encode())

    def _key_use(self, content: str) -> KeyUse | None:
        key = self._request.headers.get("idempotency-key")
        caller: str = getattr(self._request.state, "caller", "anyone")
        method, path = self._request.method, self._request.url.path
        if key is None:
            if method == "POST" and caller.startswith("staff:"):
                raise ProblemError(ProblemCode.IDEMPOTENCY_KEY_MISSING)
            return None
        if not 0 < len(key) <= _MAX_KEY_LENGTH:
            raise ProblemError(ProblemCode.MALFORMED_REQUEST)
        fingerprint = f"{key}\n{self._request.url.query}\n{self._fingerprint}\n{content}"
        return KeyUse(
            scope_of(caller=caller, method=method, path=path, key=key),
            hashlib.sha256(fingerprint.encode()).hexdigest(),
        )


def _marked_as_replayed(answer: StoredAnswer) -> StoredAnswer:
    return answer._replace(headers={**answer.headers, _REPLAYED: "true"})


def _response(answer: StoredAnswer) -> Response:
    headers = {"Cache-Control": "no-store", **answer.headers}
    return Response(answer.body or None, status_code=answer.status, headers=headers)


async def _fingerprint(request: Request) -> str:
    """Digest a JSON body, the same for the same content however it is spaced and ordered; "" for reads and uploads."""
    if request.method == "GET" or request.headers.get("content-type", "").startswith("multipart/"):
        return ""
    raw = await request.body()
    with suppress(ValueError):
        raw = json.dumps(json.loads(raw), sort_keys=True).encode()
    return hashlib.sha256(raw).hexdigest()


async def _unit_of_work(request: Request) -> UnitOfWork:
    """Make it on the loop: a plain function would wait for a thread of its own."""
    return UnitOfWork(request, kit_of(request), await _fingerprint(request))


Work = Annotated[UnitOfWork, Depends(_unit_of_work)]
"""Parameter of an endpoint, after the caller: the request's one transaction."""
