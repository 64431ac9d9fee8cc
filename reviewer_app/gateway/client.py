# SPDX-License-Identifier: AGPL-3.0-or-later
"""Typed calls over a transport: language, tokens, safe retries, problems turned into errors.

Light: pydantic is loaded by the first answer that is read with it.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, TypeVar

from reviewer_app.gateway.connection_errors import Untrusted
from reviewer_app.gateway.errors import (
    KeyInProgress,
    Offline,
    Refused,
    SessionExpired,
    TryLater,
    UnexpectedAnswer,
    refusal_of,
)
from reviewer_app.gateway.plain import Misread
from reviewer_app.gateway.tokens import TokenKeeper
from reviewer_app.gateway.transport import Answer, Transport

if TYPE_CHECKING:
    from pydantic import BaseModel

Result = TypeVar("Result")

STAFF = "/api/v1/staff"
BACKOFF_SECONDS = (0.2, 0.8)
LONGEST_RETRY_AFTER_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Call:
    """One request, apart from where and as whom it is sent. A ``body`` of bytes is JSON already.

    ``version`` becomes ``If-Match``, ``key`` the ``Idempotency-Key``, ``lease`` the ``Lease-Token``. A call is tried
    again after a cut connection only when that is safe: a GET, or one with a key.
    """

    method: str
    path: str
    query: Mapping[str, str | None] | None = None
    body: BaseModel | bytes | None = None
    version: int | None = None
    key: str | None = None
    lease: str | None = None
    signed_in: bool = True
    receive_seconds: float | None = None
    retried: bool = True

    @property
    def repeatable(self) -> bool:
        """Whether sending it twice has the effect of once."""
        return self.retried and (self.method == "GET" or self.key is not None)

    def headers(self) -> dict[str, str]:
        """Give the headers that belong to this call alone."""
        headers = {"Accept": "application/json"}
        if self.body is not None:
            headers["Content-Type"] = "application/json"
        if self.version is not None:
            headers["If-Match"] = f'"{self.version}"'
        if self.key is not None:
            headers["Idempotency-Key"] = self.key
        if self.lease is not None:
            headers["Lease-Token"] = self.lease
        return headers

    def written_query(self) -> dict[str, str]:
        """Give the parameters that have a value."""
        return {name: value for name, value in (self.query or {}).items() if value is not None}

    def written_body(self) -> bytes | None:
        """Give the body as JSON in UTF-8; absent values are left out, so the same call always has the same body."""
        if self.body is None or isinstance(self.body, bytes):
            return self.body
        return self.body.model_dump_json(exclude_none=True).encode()


class Client:
    """Carries calls out. Thread-safe. ``language`` gives the language of the server's messages at each call."""

    def __init__(self, transport: Transport, tokens: TokenKeeper, language: Callable[[], str]) -> None:
        self.transport = transport
        self.tokens = tokens
        self._language = language

    def over(self, transport: Transport) -> Client:
        """Give a client with the same tokens over another transport."""
        return Client(transport, self.tokens, self._language)

    def ask(self, call: Call, kind: type[Result]) -> Result:
        """Carry a call out and read the answer as ``kind``. Raises GatewayError."""
        return self.read(self.send(call), kind, call)

    def ask_plainly(self, call: Call, reader: Callable[[bytes], Result]) -> Result:
        """Carry a call out and read the answer by a reader of its own. Raises GatewayError."""
        answer = self.send(call)
        try:
            return reader(answer.body)
        except Misread as error:
            raise UnexpectedAnswer(f"{call.method} {call.path}", f"fields: {error}") from None

    def send(self, call: Call) -> Answer:
        """Carry a call out, with retries where safe and one refresh of the session. Raises GatewayError."""
        if not call.signed_in:
            return self._insist(call, None)
        access = self.tokens.access() or self.tokens.renewed("")
        try:
            return self._insist(call, access)
        except SessionExpired:
            return self._insist(call, self.tokens.renewed(access))

    def headers(self, call: Call, access: str | None) -> dict[str, str]:
        """Give all headers of a call."""
        headers = call.headers()
        headers["Accept-Language"] = self._language()
        if access is not None:
            headers["Authorization"] = f"Bearer {access}"
        return headers

    def read(self, answer: Answer, kind: type[Result], call: Call) -> Result:
        """Read the body of an answer. Raises UnexpectedAnswer, naming the place but never the content."""
        from pydantic import TypeAdapter, ValidationError  # noqa: PLC0415 -- the queue is read without it

        try:
            return TypeAdapter(kind).validate_json(answer.body)
        except ValidationError as error:
            places = ", ".join(".".join(str(part) for part in item["loc"]) for item in error.errors()[:3])
            raise UnexpectedAnswer(f"{call.method} {call.path}", f"fields: {places}") from None

    def _insist(self, call: Call, access: str | None) -> Answer:
        reached = False
        pauses = iter(BACKOFF_SECONDS)
        while True:
            try:
                return self._once(call, access)
            except (Offline, TryLater, KeyInProgress) as error:
                reached = reached or not isinstance(error, Offline) or error.reached
                if isinstance(error, Offline):
                    error.reached = reached  # what the tries before it may have done counts too
                pause = next(pauses, None)
                if pause is None or not _worth_another_try(call, error):
                    raise
                self.transport.pause(_pause_for(error, pause))

    def _once(self, call: Call, access: str | None) -> Answer:
        answer = self.transport.exchange(
            call.method,
            call.path,
            headers=self.headers(call, access),
            query=call.written_query(),
            body=call.written_body(),
            receive_seconds=call.receive_seconds,
        )
        if 200 <= answer.status < 300:
            return answer
        raise refusal_in(answer, f"{call.method} {call.path}")


def refusal_in(answer: Answer, operation: str) -> Refused | UnexpectedAnswer:
    """Turn an answer that is no success into its error."""
    from pydantic import ValidationError  # noqa: PLC0415 -- a start that goes well has no problem to read

    from reviewer_app.contract.messages import Problem  # noqa: PLC0415 -- as above

    if answer.headers.get("content-type", "").partition(";")[0].strip() == "application/problem+json":
        try:
            problem = Problem.model_validate_json(answer.body)
        except ValidationError:
            return UnexpectedAnswer(operation, f"status {answer.status}, a problem that cannot be read")
        return refusal_of(problem, _retry_after(answer))
    if answer.status in {502, 503, 504}:
        # A proxy before the server answers in a format of its own; to the person that is a server that is busy.
        problem = Problem(title="Service unavailable", status=answer.status, code="unavailable")
        return refusal_of(problem.model_copy(update={"status": 503}), _retry_after(answer))
    return UnexpectedAnswer(operation, f"status {answer.status}")


def _retry_after(answer: Answer) -> float | None:
    value = answer.headers.get("retry-after", "")
    return float(value) if value.isdigit() else None


def _worth_another_try(call: Call, error: Exception) -> bool:
    if isinstance(error, Untrusted) or not call.repeatable:
        return False
    if isinstance(error, TryLater):
        return error.retry_after is None or error.retry_after <= LONGEST_RETRY_AFTER_SECONDS
    return True


def _pause_for(error: Exception, pause: float) -> float:
    if isinstance(error, TryLater) and error.retry_after is not None:
        return error.retry_after
    return pause * random.uniform(0.75, 1.25)  # noqa: S311 -- spreads retries, protects nothing


def without_retries(call: Call) -> Call:
    """Give the call to be sent once only; whoever sends it has a loop of its own."""
    return replace(call, retried=False)


def text_of(value: Any) -> str | None:
    """Write a query parameter; None stays away."""
    if value is None:
        return None
    return str(value).lower() if isinstance(value, bool) else str(value)
