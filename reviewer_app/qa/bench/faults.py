# SPDX-License-Identifier: AGPL-3.0-or-later
"""Faults by path: a layer around the whole server that delays, fails, cuts or slows answers. The bench itself never fails."""

from __future__ import annotations

import asyncio
import json
import random
from collections.abc import Callable, Sequence
from string import Formatter

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from reviewer_app.contract.accept_language import language_of_header
from reviewer_app.contract.bench import BENCH_PREFIX, BenchProblemCode, BenchRefusal, FaultRule
from reviewer_app.contract.edition import API_PREFIX
from reviewer_app.contract.problems import PROBLEMS, ProblemCode

_CODES = {
    401: ProblemCode.UNAUTHENTICATED,
    409: ProblemCode.INVALID_TRANSITION,
    413: ProblemCode.FILE_TOO_LARGE,
    429: ProblemCode.TOO_MANY_ATTEMPTS,
    500: ProblemCode.INTERNAL_ERROR,
    503: ProblemCode.UNAVAILABLE,
}
FailurePage = Callable[[int], ASGIApp]
"""Makes an application that answers with the page for a failure of this status."""

_RETRIED = frozenset({429, 503})
_SLICES_A_SECOND = 10
_PROMISED_BYTES = 1000
"""A cut answer promises so many more than come, so that every client notices."""


def is_bench(path: str) -> bool:
    """Say whether an address is the bench's own."""
    return path == BENCH_PREFIX or path.startswith(f"{BENCH_PREFIX}/")


class Faults:
    """The rules in force. They are asked for each request, so a change counts at once."""

    def __init__(self) -> None:
        self._rules: tuple[FaultRule, ...] = ()
        self._luck = random.Random()  # noqa: S311  # which requests fail, nothing secret

    @property
    def rules(self) -> tuple[FaultRule, ...]:
        """Give the rules in force."""
        return self._rules

    def replace(self, rules: Sequence[FaultRule]) -> None:
        """Put rules in force in place of those before. Raises BenchRefusal ``faults_lock_out`` for the bench's paths."""
        for rule in rules:
            for pattern in rule.paths:
                if is_bench(pattern.split("*", 1)[0]):
                    raise BenchRefusal(BenchProblemCode.FAULTS_LOCK_OUT, field="paths", path=pattern)
        self._rules = tuple(rules)

    def rule_for(self, path: str) -> FaultRule | None:
        """Give the first rule that touches a path; the bench's own paths are touched by none."""
        if is_bench(path):
            return None
        return next((rule for rule in self._rules if rule.touches(path)), None)

    def strikes(self, rule: FaultRule) -> bool:
        """Say whether this request is one of those that fail."""
        return (rule.status is not None or rule.cut is not None) and self._luck.random() < rule.error_rate


class FaultLayer:
    """Lets an application's requests go wrong as the rules say."""

    def __init__(self, app: ASGIApp, faults: Faults, page: FailurePage | None) -> None:
        """``page`` makes what a browser gets for a failed page; without it everybody gets what programs get."""
        self._app = app
        self._faults = faults
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on, or have it fail."""
        rule = self._faults.rule_for(scope["path"]) if scope["type"] == "http" else None
        if rule is None:
            await self._app(scope, receive, send)
            return
        await asyncio.sleep(rule.latency_ms / 1000)
        if self._faults.strikes(rule):
            await self._fail(rule, scope, receive, send)
            return
        await self._app(scope, receive, _slowly(send, rule.bytes_per_second) if rule.bytes_per_second else send)

    async def _fail(self, rule: FaultRule, scope: Scope, receive: Receive, send: Send) -> None:
        if rule.cut == "after":
            await self._app(scope, receive, _nowhere)
        if rule.cut:
            await _cut(send)
        elif rule.status is not None and self._page and _wants_page(scope):
            await self._page(rule.status)(scope, receive, _retried(rule.status, send))
        elif rule.status is not None:
            await _refuse(rule.status, scope, send)


async def _nowhere(message: Message) -> None:
    """Lose an answer."""
    del message


async def _cut(send: Send) -> None:
    """Begin an answer and never end it; the server then closes the connection."""
    headers = [(b"content-type", b"application/octet-stream"), (b"content-length", str(_PROMISED_BYTES).encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b"\x00", "more_body": True})


def _retried(status: int, send: Send) -> Send:
    """Say with the head of an answer when to try again, where that helps."""

    async def said(message: Message) -> None:
        if message["type"] == "http.response.start" and status in _RETRIED:
            message = {**message, "headers": [*message["headers"], (b"retry-after", b"2")]}
        await send(message)

    return said


def _header(scope: Scope, wanted: bytes) -> str | None:
    return next((value.decode("latin-1") for name, value in scope["headers"] if name.lower() == wanted), None)


def _wants_page(scope: Scope) -> bool:
    """Say whether a person looks at the answer: browsers ask so for pages, not for what pages load."""
    return "text/html" in (_header(scope, b"accept") or "") and not scope["path"].startswith(API_PREFIX)


async def _refuse(status: int, scope: Scope, send: Send) -> None:
    code = _CODES[status]
    language = language_of_header(_header(scope, b"accept-language"))
    text = PROBLEMS[code].text.in_language(language)
    title = text.format_map({name: "…" for _, name, _, _ in Formatter().parse(text) if name})
    body = json.dumps({"type": "about:blank", "title": title, "status": status, "code": code.value, "fault": True})
    headers = [(b"content-type", b"application/problem+json"), (b"cache-control", b"no-store")]
    await _retried(status, send)({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode()})


def _slowly(send: Send, bytes_per_second: int) -> Send:
    """Let bodies trickle."""
    slice_size = max(bytes_per_second // _SLICES_A_SECOND, 1)

    async def trickle(message: Message) -> None:
        if message["type"] != "http.response.body" or not message.get("body"):
            await send(message)
            return
        body, more = message["body"], message.get("more_body", False)
        for start in range(0, len(body), slice_size):
            part = body[start : start + slice_size]
            await asyncio.sleep(len(part) / bytes_per_second)
            last = start + slice_size >= len(body)
            await send({"type": "http.response.body", "body": part, "more_body": more or not last})

    return trickle
