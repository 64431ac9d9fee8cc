# SPDX-License-Identifier: AGPL-3.0-or-later
"""Shapes that calls of both customers and staff share. Times are RFC 3339 UTC, ids are opaque strings.

Validators of answers are built when a shape is first used: a program that starts pays only for those that it needs.
"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Generic, TypeVar

from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from reviewer_app.contract.reasons import ReasonCode

Item = TypeVar("Item")

ONE_LINE = r"^[^\x00-\x1f\x7f-\x9f]*$"
"""Pattern of a text in one line: no control characters, which databases, logs and mails take badly."""
SEVERAL_LINES = r"^[^\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]*$"
"""Pattern of a longer text: line ends and tabs, but no other control characters."""


class Message(BaseModel):
    """Base of all answers: immutable; unknown fields of a newer server are passed over."""

    model_config = ConfigDict(frozen=True, extra="ignore", defer_build=True)


class Request(BaseModel):
    """Base of all requests: unknown fields are refused, so that a misspelt one is never silently lost.

    Their validators are built at once: FastAPI warns in the middle of a request about a body whose are not.
    """

    model_config = ConfigDict(frozen=True, extra="forbid")


class FieldError(Message):
    """What is wrong with one field of a request; ``field`` is a dotted path such as ``seat.postal_code``."""

    field: str
    code: str
    message: str


class Problem(Message):
    """RFC 9457 problem details. Extension members are kept in ``model_extra``."""

    model_config = ConfigDict(frozen=True, extra="allow", defer_build=True)

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    instance: str | None = None
    code: str
    errors: tuple[FieldError, ...] = ()

    def extension(self, name: str) -> Any:
        """Give an extension member, or None when the problem has none of that name."""
        return (self.model_extra or {}).get(name)


class Listing(Message, Generic[Item]):
    """One page of a list; ``next_cursor`` is None on the last page."""

    items: tuple[Item, ...]
    next_cursor: str | None = None


def _ordered_box(box: tuple[float, float, float, float]) -> tuple[float, float, float, float]:
    x0, y0, x1, y1 = box
    if not (x0 < x1 and y0 < y1):
        raise ValueError("a box is [x0, y0, x1, y1] with x0 < x1 and y0 < y1")
    return box


_Fraction = Annotated[float, Field(ge=0, le=1, allow_inf_nan=False)]
Box = Annotated[tuple[_Fraction, _Fraction, _Fraction, _Fraction], AfterValidator(_ordered_box)]
"""A rectangle as fractions of the unrotated page, origin top left: [x0, y0, x1, y1]."""

Utc = AwareDatetime


class GivenReason(Message):
    """A reason as the customer and staff see it after a decision, with its text in the language of the request."""

    code: ReasonCode
    text: str
    note: str | None = None
    field: str | None = None
    page: int | None = None
    region: Box | None = None


class Address(Message):
    """A postal address as stored."""

    street: str = ""
    building: str
    unit: str = ""
    postal_code: str
    city: str
    country: str = "PL"

    def one_line(self) -> str:
        """Write the address in one line, as it stands on an envelope."""
        number = f"{self.building}/{self.unit}" if self.unit else self.building
        street = f"{self.street} {number}".strip()
        return f"{street}, {self.postal_code} {self.city}"


def rfc3339(moment: datetime) -> str:
    """Write a moment as the API does: UTC, with ``Z``."""
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
