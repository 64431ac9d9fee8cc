# SPDX-License-Identifier: AGPL-3.0-or-later
"""One question over HTTP: limited in time and size as a whole, and never led elsewhere."""

from __future__ import annotations

import asyncio
import json
import logging
import ssl
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any, Literal
from urllib.parse import urlsplit

import httpx

from reviewer_app.contract.registers import LookupOutcome, Register

_logger = logging.getLogger(__name__)
_MOST_BYTES = 4 * 1024 * 1024
_SECONDS = 8.0

TransportMaker = Callable[[], httpx.AsyncBaseTransport]
"""Makes the transport of one question; the seam at which tests and the bench may stand in."""


@dataclass(frozen=True, slots=True)
class Question:
    """What is asked. ``operation`` names the kind of question and ``subject`` whom it is about, for the evidence."""

    register: Register
    operation: str
    subject: str
    url: str
    method: Literal["GET", "POST"] = "GET"
    headers: Mapping[str, str] | None = None
    body: Mapping[str, str] | None = None


@dataclass(frozen=True, slots=True)
class Exchange:
    """What came back: ``failure`` says why there is no usable answer, else ``status`` and ``content`` are the answer.

    ``content`` is the JSON of the body, None for an empty one.
    """

    status: int | None
    content: Any = None
    failure: LookupOutcome | None = None


class RegisterHttp:
    """Asks questions. ``seconds`` limits a whole exchange, from the name look-up to the last byte."""

    def __init__(self, *, transport: TransportMaker | None = None, seconds: float = _SECONDS) -> None:
        # The client's own log has whole addresses, and those name whom was asked about.
        logging.getLogger("httpx").setLevel(logging.WARNING)
        self._transport = transport
        self._seconds = seconds

    async def ask(self, question: Question) -> Exchange:
        """Ask once; a failure is an outcome, never an exception."""
        try:
            async with asyncio.timeout(self._seconds):
                exchange = await self._exchange(question)
        except (TimeoutError, httpx.TransportError, httpx.InvalidURL, OSError) as error:
            _logger.warning("%s does not answer: %s", question.register.value, type(error).__name__)
            return Exchange(None, failure=LookupOutcome.UNAVAILABLE)
        if exchange.failure is not None:
            _logger.warning("%s answered %s: %s", question.register.value, exchange.status, exchange.failure.value)
        return exchange

    async def _exchange(self, question: Question) -> Exchange:
        headers = {"Accept": "application/json", "Accept-Encoding": "identity", **(question.headers or {})}
        transport = self._transport() if self._transport else None
        verify = self._tls if transport is None else True
        async with (
            httpx.AsyncClient(
                transport=transport, verify=verify, timeout=self._seconds, follow_redirects=False
            ) as client,
            client.stream(question.method, question.url, headers=headers, json=question.body) as response,
        ):
            if response.is_redirect or "content-encoding" in response.headers:
                return Exchange(response.status_code, failure=LookupOutcome.UNREADABLE)
            body = bytearray()
            async for piece in response.aiter_raw():
                body += piece
                if len(body) > _MOST_BYTES:
                    return Exchange(response.status_code, failure=LookupOutcome.UNREADABLE)
        return _understood(response.status_code, bytes(body))

    @cached_property
    def _tls(self) -> ssl.SSLContext:
        return httpx.create_ssl_context()


def _understood(status: int, body: bytes) -> Exchange:
    """Read the body as JSON. An answer that is none comes from something else than the register."""
    if not body.strip():
        return Exchange(status)
    try:
        content = json.loads(body, parse_constant=_refuse)
        # A half of a surrogate pair cannot be encoded, and PostgreSQL keeps no NUL.
        if b"\\u0000" in json.dumps(content, ensure_ascii=False).encode():
            raise ValueError("NUL")
    except (ValueError, RecursionError):
        return Exchange(status, failure=_of_status(status) or LookupOutcome.UNREADABLE)
    return Exchange(status, content)


def _refuse(constant: str) -> float:
    """Take NaN and the infinities for what they are: no JSON, and nothing that a database keeps."""
    raise ValueError(constant)


def _of_status(status: int) -> LookupOutcome | None:
    if status == 429:
        return LookupOutcome.LIMITED
    if status in {400, 401, 403}:
        return LookupOutcome.REFUSED
    return LookupOutcome.UNAVAILABLE if status >= 500 else None


def failed(exchange: Exchange) -> LookupOutcome | None:
    """Say why an exchange is no answer, None when it is one (2xx, or a 404 that the register itself wrote)."""
    if exchange.failure is not None:
        return exchange.failure
    status = exchange.status or 0
    known = _of_status(status)
    if known is not None:
        return known
    return None if 200 <= status < 300 or status == 404 else LookupOutcome.UNREADABLE


def joined(base: str, prefix: str, path: str) -> str:
    """Put an address together; ``base`` may be the host alone or end with the register's own ``prefix``."""
    trimmed = base.rstrip("/")
    return f"{trimmed}{path}" if urlsplit(trimmed).path.endswith(prefix) else f"{trimmed}{prefix}{path}"
