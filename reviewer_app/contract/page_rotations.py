# SPDX-License-Identifier: AGPL-3.0-or-later
"""How staff turn the pages of documents, for all of them."""

from __future__ import annotations

from typing import Literal

from reviewer_app.contract.messages import Message, Request

Degrees = Literal[0, 90, 180, 270]


class PageRotation(Message):
    """How staff turned a page for all of them: ``degrees`` clockwise, over what its file says. Pages count from 1."""

    page: int
    degrees: Degrees


class RotationRequest(Request):
    """Turns a page to so many degrees, clockwise, over what its file says."""

    degrees: Degrees
