# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a form shows: the values kept, the errors at their fields, and the key that makes sending twice harmless."""

from __future__ import annotations

import json
import uuid
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace

from starlette.datastructures import FormData
from starlette.requests import Request
from starlette.types import Message

from reviewer_app.contract.messages import Problem
from reviewer_app.contract.problems import FIELD_PROBLEMS, FieldCode, ProblemCode
from reviewer_app.contract.text import Language, Text
from reviewer_app.portal.api import ApiProblem, ApiUnreachable
from reviewer_app.portal.rewording import reworded
from reviewer_app.portal.texts import ACCEPTANCE_REQUIRED, ALREADY_SENT, FORM_OUTDATED, SESSION_ENDED, UNREACHABLE
from reviewer_app.portal.visits import Visit, header_safe

FORM_BYTES = 256 * 1024
FORM_FIELDS = 1000
"""Most fields of one form: a page of the permission table has eleven for each of its people."""
UPLOAD_BYTES = 100 * 1024 * 1024
"""Most that one form, or one form with files, may send. The API has the limit of each file."""

SOUGHT, LISTED = "find", "found"
"""Fields of a form that lets a person be looked for: what is looked for, and for what the people on it were found."""

_NOT_CARRIED = frozenset({"form_token", "refused", "password"})
_ACCEPTANCES = frozenset({"terms_version", "owh_version"})
_SESSION_CODES = frozenset({ProblemCode.UNAUTHENTICATED, ProblemCode.SESSION_EXPIRED})


class FormTooLarge(Exception):
    """A form sent more than it may."""


def new_key() -> str:
    """Make a key that names one sending of one form."""
    return str(uuid.uuid4())


@dataclass(frozen=True)
class FormState:
    """A form as it is shown: empty, filled with stored values, or refused with what was typed."""

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    message: str | None = None
    code: str | None = None
    key: str = field(default_factory=new_key)
    status: int = 200
    again: str = ""
    """Where the switch to another language sends a form that was filled in by an act and not refused."""

    @property
    def session_ended(self) -> bool:
        """Whether the person has to sign in before sending again."""
        return self.code in _SESSION_CODES

    @property
    def refused(self) -> str:
        """What was said about the form, as the switch to another language carries it."""
        said = {"message": self.message, "code": self.code, "status": self.status, "errors": dict(self.errors)}
        return json.dumps(said, ensure_ascii=False)

    @property
    def carried(self) -> dict[str, str]:
        """What was typed, as the switch to another language carries it: all but secrets."""
        return {name: value for name, value in self.values.items() if name not in _NOT_CARRIED}

    def with_errors(self, errors: Mapping[str, str], message: str, status: int = 422) -> FormState:
        """Give the form with errors found here, beside those found before."""
        found = _in_order(self.values, {**self.errors, **errors})
        return replace(self, errors=found, message=self.message or message, status=status)


@asynccontextmanager
async def read_form(request: Request, limit: int = FORM_BYTES) -> AsyncIterator[FormData]:
    """Read a form of at most ``limit`` bytes; larger files lie on disk. Raises :class:`FormTooLarge`."""
    seen = 0

    async def receive() -> Message:
        nonlocal seen
        message = await request.receive()
        seen += len(message.get("body", b""))
        if seen > limit:
            raise FormTooLarge
        return message

    async with Request(request.scope, receive).form(max_fields=FORM_FIELDS) as form:
        yield form


def text_values(form: FormData) -> dict[str, str]:
    """Take the text fields of a form; a request key that no page of ours made is replaced."""
    values = {name: value for name, value in form.multi_items() if isinstance(value, str)}
    if "request_key" in values and header_safe(values["request_key"]) is None:
        values["request_key"] = new_key()
    return values


async def read_values(request: Request) -> dict[str, str]:
    """Read the text fields of a form. They are kept beside the request, for a page that says what went wrong."""
    async with read_form(request) as form:
        values = text_values(form)
    request.state.kept = values
    return values


async def attempt(visit: Visit, values: Mapping[str, str], act: Callable[[], Awaitable[object]]) -> FormState | None:
    """Do what a form asks for. Gives None when it was done, else the form to show again with what was typed.

    Nothing is done for a form that came back for another language, nor for one that looks for other people to choose
    from than it was shown with: Enter in a search sends the whole form where there is no script.
    """
    if "refused" in values or values.get(SOUGHT, "") != values.get(LISTED, ""):
        return shown_again(visit, values)
    kept = FormState(values=values, key=values.get("request_key") or new_key())
    if not visit.accepts(values.get("form_token", "")):
        return replace(kept, message=FORM_OUTDATED.in_language(visit.language), status=403)
    try:
        await act()
    except ApiUnreachable:
        # The same key goes out again, so that what did arrive is not done twice.
        return replace(kept, message=UNREACHABLE.in_language(visit.language), status=503)
    except ApiProblem as error:
        return _refused(kept, error.problem, visit.language)
    return None


def shown_again(visit: Visit, values: Mapping[str, str]) -> FormState:
    """Give a form that came back for another language or other people to choose from: what was said is reworded."""
    kept = {name: value for name, value in values.items() if name != "refused"}
    form = FormState(values=kept, key=kept.get("request_key") or new_key())
    try:
        said = json.loads(values.get("refused", "{}"))
    except ValueError:
        return form
    match said:
        case {"message": str(message), "code": str() | None as code, "status": int(status), "errors": dict(errors)}:
            told = {
                str(name): reworded(str(error), visit.language, field=str(name), value=kept.get(str(name), ""))
                for name, error in errors.items()
            }
            status = status if 400 <= status < 600 else 200
            return replace(form, errors=told, message=reworded(message, visit.language), code=code, status=status)
    return form


def _refused(form: FormState, problem: Problem, language: Language) -> FormState:
    errors: dict[str, str] = {}
    for error in problem.errors:
        message = error.message
        if not form.values.get(error.field, "-").strip():
            message = FIELD_PROBLEMS[FieldCode.REQUIRED].in_language(language)
        if error.field in _ACCEPTANCES and error.code != FieldCode.OUTDATED_VERSION:
            message = ACCEPTANCE_REQUIRED.in_language(language)
        errors.setdefault(error.field, message)
    unknown = problem.status >= 500 or problem.code == ProblemCode.IDEMPOTENCY_IN_PROGRESS
    return replace(
        form,
        errors=_in_order(form.values, errors),
        message=_message(problem).in_language(language),
        code=problem.code,
        key=form.key if unknown else new_key(),
        status=problem.status,
    )


def _in_order(values: Mapping[str, str], errors: Mapping[str, str]) -> dict[str, str]:
    """Put errors in the order of the fields on the page.

    A browser sends nothing for a box that is not ticked; before those of acceptances stands which version was shown.
    """
    places = {name.replace("_shown", "_version"): at for at, name in enumerate(values)}
    return dict(sorted(errors.items(), key=lambda error: places.get(error[0], len(places))))


def left_empty(values: Mapping[str, str], language: Language, *names: str) -> dict[str, str]:
    """Say for each of these fields that was left empty that it is required."""
    said = FIELD_PROBLEMS[FieldCode.REQUIRED].in_language(language)
    return {name: said for name in names if not values.get(name, "").strip()}


def _message(problem: Problem) -> Text:
    if problem.code in _SESSION_CODES:
        return SESSION_ENDED
    if problem.code == ProblemCode.IDEMPOTENCY_KEY_REUSED:
        return ALREADY_SENT
    text = problem.detail or problem.title
    return Text(text, text)
