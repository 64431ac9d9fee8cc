# SPDX-License-Identifier: AGPL-3.0-or-later
"""Refusals: raised by services as :class:`ProblemError`, answered as RFC 9457 problem details."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from pydantic import BaseModel
from starlette.responses import Response

from reviewer_app.contract.identifiers import IdentifierError
from reviewer_app.contract.messages import FieldError, Problem
from reviewer_app.contract.problems import FIELD_PROBLEMS, PROBLEMS, FieldCode, ProblemCode
from reviewer_app.contract.text import Language, Text

PROBLEM_TYPE = "application/problem+json"


class FieldProblem(NamedTuple):
    """What is wrong with one field, before the language of the answer is known. ``field`` is a dotted path."""

    field: str
    code: str
    text: Text

    def in_language(self, language: Language) -> FieldError:
        """Write the message in a language."""
        return FieldError(field=self.field, code=self.code, message=self.text.in_language(language))


def field_problem(field: str, code: FieldCode, **values: object) -> FieldProblem:
    """Make the problem of one field from the table of field codes; ``values`` fill its placeholders."""
    return FieldProblem(field, code.value, FIELD_PROBLEMS[code].format(**values))


def identifier_problem(field: str, error: IdentifierError) -> FieldProblem:
    """Make the problem of one field from a refused identifier."""
    return FieldProblem(field, error.code, error.text)


class ProblemError(Exception):
    """A refusal that the caller is told of.

    ``errors`` name the fields concerned. ``extensions`` become members of the answer and fill the message's
    placeholders; a :class:`Text` among them is written in the language of the request.
    """

    def __init__(
        self,
        code: ProblemCode,
        *,
        errors: Sequence[FieldError | FieldProblem] = (),
        headers: Mapping[str, str] | None = None,
        **extensions: Any,
    ) -> None:
        super().__init__(code.value)
        self.code = code
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.extensions = extensions

    @property
    def status(self) -> int:
        """Give the HTTP status of the answer."""
        return PROBLEMS[self.code].status

    def in_language(self, language: Language) -> Problem:
        """Write the problem in a language."""
        extensions = {name: _plain(value, language) for name, value in self.extensions.items()}
        text = PROBLEMS[self.code].text.in_language(language)
        errors = [error.in_language(language) if isinstance(error, FieldProblem) else error for error in self.errors]
        return Problem.model_validate(
            {
                **extensions,
                "title": text.format_map(_Known(extensions)),
                "status": self.status,
                "code": self.code.value,
                "errors": errors,
            }
        )


class _Known(dict[str, Any]):
    """Values of a message's placeholders; one that is not known stays as it is written."""

    def __missing__(self, key: str) -> str:
        return f"{{{key}}}"


def _plain(value: Any, language: Language) -> Any:
    if isinstance(value, Text):
        return value.in_language(language)
    if isinstance(value, BaseModel):
        return value.model_dump(mode="json")
    if isinstance(value, (list, tuple)):
        return [_plain(item, language) for item in value]
    return value


def problem_response(error: ProblemError, language: Language) -> Response:
    """Make the answer to a refused request."""
    return Response(
        error.in_language(language).model_dump_json(exclude_none=True),
        status_code=error.status,
        media_type=PROBLEM_TYPE,
        headers={**error.headers, "Content-Language": language.value, "Cache-Control": "no-store"},
    )


def problem_responses(*codes: ProblemCode) -> dict[int | str, dict[str, Any]]:
    """Describe in OpenAPI the problems that a call may answer with, for ``responses=`` of a route."""
    by_status: dict[int | str, list[str]] = {}
    for code in codes:
        by_status.setdefault(PROBLEMS[code].status, []).append(code.value)
    return {
        status: {
            "description": "Problem: " + ", ".join(f"`{code}`" for code in names),
            "content": {PROBLEM_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}},
        }
        for status, names in by_status.items()
    }
