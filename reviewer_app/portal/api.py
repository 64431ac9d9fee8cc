# SPDX-License-Identifier: AGPL-3.0-or-later
"""The portal's only way to the data: HTTP calls of ``/api/v1/customer``."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterable, AsyncIterator, Callable, Mapping
from contextlib import asynccontextmanager
from typing import Any, NamedTuple, TypeVar

import httpx
from pydantic import ValidationError

from reviewer_app.contract.messages import Message, Problem

_log = logging.getLogger(__name__)

Answer = TypeVar("Answer", bound=Message)

_TIMEOUT = httpx.Timeout(60.0, connect=5.0, pool=15.0)
"""Seconds. Reading is long because an upload is answered after its inspection."""

_LIMITS = httpx.Limits(max_connections=100, max_keepalive_connections=20)

FilePart = tuple[str, Any, str]
"""Name, open binary file and media type of an uploaded file."""


class Caller(NamedTuple):
    """On whose behalf a call is made: the language of messages and the bearer token, None for a visitor."""

    language: str
    token: str | None = None


class ApiProblem(Exception):
    """The API refused a call. ``problem`` is its answer in the caller's language."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


class ApiUnreachable(Exception):
    """No answer came, or none that can be understood; whether the call took effect is not known."""


class CustomerApi:
    """One shared HTTP client for all pages; open it for the life of the program."""

    def __init__(self, *, api_url: Callable[[], str], http_transport: httpx.AsyncBaseTransport | None) -> None:
        self._api_url = api_url
        # The transport alone, without the client around it: redirects, cookies and authentication of its own, which
        # these calls have no use for, took a fifth of a page.
        self._transport = http_transport or httpx.AsyncHTTPTransport(limits=_LIMITS, retries=1, trust_env=False)

    async def close(self) -> None:
        """Close the connections."""
        await self._transport.aclose()

    async def get(self, caller: Caller, path: str, answer: type[Answer]) -> Answer:
        """Read ``path``. Raises :class:`ApiProblem` or :class:`ApiUnreachable`, like all calls here."""
        return _parsed(await self._send(caller, "GET", path), answer)

    async def send(
        self,
        caller: Caller,
        method: str,
        path: str,
        *,
        body: Mapping[str, object] | None = None,
        key: str | None = None,
        version: int | None = None,
    ) -> httpx.Response:
        """Change something. ``key`` is the Idempotency-Key, ``version`` the one that the change was made on."""
        headers = _change_headers(key, version)
        return await self._send(caller, method, path, headers=headers, json=body)

    async def post(
        self, caller: Caller, path: str, answer: type[Answer], *, body: Mapping[str, object], key: str
    ) -> Answer:
        """Create something and give the answer."""
        return _parsed(await self.send(caller, "POST", path, body=body, key=key), answer)

    async def upload(self, caller: Caller, *, fields: Mapping[str, str], file: FilePart, key: str) -> None:
        """Send one document from an open file, read piece by piece."""
        await self._send(
            caller,
            "POST",
            "company/documents",
            headers=_change_headers(key, None),
            data=dict(fields),
            files={"file": file},
        )

    async def relay_upload(
        self, caller: Caller, *, body: AsyncIterable[bytes], headers: Mapping[str, str], key: str
    ) -> httpx.Response:
        """Pass a multipart body through as it comes; ``headers`` give its type and length."""
        return await self._send(
            caller,
            "POST",
            "company/documents",
            headers={**headers, **_change_headers(key, None)},
            content=body,
        )

    @asynccontextmanager
    async def stream(self, caller: Caller, path: str) -> AsyncIterator[httpx.Response]:
        """Read a file piece by piece."""
        headers = {**_headers(caller), "Accept-Encoding": "identity"}
        try:
            response = await self._transport.handle_async_request(self._request("GET", path, headers))
        except httpx.HTTPError as error:
            raise _unreachable("GET", error) from error
        try:
            if response.is_error:
                await response.aread()
                raise _problem_of(response)
            yield response
        finally:
            await response.aclose()

    async def _send(
        self, caller: Caller, method: str, path: str, *, headers: Mapping[str, str] | None = None, **content: Any
    ) -> httpx.Response:
        request = self._request(method, path, {**_headers(caller), **(headers or {})}, **content)
        try:
            response = await self._transport.handle_async_request(request)
            try:
                await response.aread()
            finally:
                await response.aclose()
        except httpx.HTTPError as error:
            raise _unreachable(method, error) from error
        if response.is_error:
            raise _problem_of(response)
        return response

    def _request(self, method: str, path: str, headers: Mapping[str, str], **content: Any) -> httpx.Request:
        url = f"{self._api_url().rstrip('/')}/api/v1/customer/{path}"
        return httpx.Request(method, url, headers=headers, extensions={"timeout": _TIMEOUT.as_dict()}, **content)


def _headers(caller: Caller) -> dict[str, str]:
    headers = {"Accept-Language": caller.language, "Accept": "application/json"}
    if caller.token:
        headers["Authorization"] = f"Bearer {caller.token}"
    return headers


def _change_headers(key: str | None, version: int | None) -> dict[str, str]:
    headers = {}
    if key:
        headers["Idempotency-Key"] = key
    if version is not None:
        headers["If-Match"] = f'"{version}"'
    return headers


def _unreachable(method: str, error: httpx.HTTPError) -> ApiUnreachable:
    # The path may hold the token of a mailed link, so it stays out of the log.
    _log.warning("the API did not answer a %s: %s", method, type(error).__name__)
    return ApiUnreachable(str(error))


def _problem_of(response: httpx.Response) -> ApiProblem | ApiUnreachable:
    try:
        return ApiProblem(Problem.model_validate_json(response.content))
    except ValidationError:
        _log.warning("the API answered %d without problem details", response.status_code)
        return ApiUnreachable(f"HTTP {response.status_code}")


def _parsed(response: httpx.Response, answer: type[Answer]) -> Answer:
    try:
        return answer.model_validate_json(response.content)
    except ValidationError as error:
        _log.warning("the API's answer is no %s: %d errors", answer.__name__, error.error_count())
        raise ApiUnreachable(answer.__name__) from error
