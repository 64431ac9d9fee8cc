# SPDX-License-Identifier: AGPL-3.0-or-later
"""The language of a request: ``Accept-Language`` among Polish and English, Polish when it says neither."""

from __future__ import annotations

from typing import Annotated

from fastapi import Depends, Request

from reviewer_app.contract.accept_language import language_of_header
from reviewer_app.contract.text import Language


def language_of(request: Request) -> Language:
    """Choose the language of a request."""
    return language_of_header(request.headers.get("accept-language"))


async def _language(request: Request) -> Language:
    """Choose it on the loop: a plain function would wait for a thread of its own."""
    return language_of(request)


RequestLanguage = Annotated[Language, Depends(_language)]
"""Parameter of an endpoint: the language in which its answer is written."""
