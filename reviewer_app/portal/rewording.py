# SPDX-License-Identifier: AGPL-3.0-or-later
"""A message that was said in one language, said in the other.

The API words its messages in the language of the request. A refused form that is shown in another language is not sent
again, since that might do what it asks for; its messages are found among the texts that they were made from.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache

from reviewer_app.contract.field_problems import FIELD_PROBLEMS
from reviewer_app.contract.identifiers import PARSERS, IdentifierError
from reviewer_app.contract.problems import PROBLEMS
from reviewer_app.contract.text import Language, Text
from reviewer_app.portal import texts

_PLACEHOLDER = re.compile(r"\\\{(\w+)\\\}")


def reworded(message: str, language: Language, *, field: str = "", value: str = "") -> str:
    """Give ``message`` in ``language``; one that was not made from a known text stays as it is.

    ``field`` and ``value`` are the form's, for a message about a number: those are made by its parser.
    """
    parser = PARSERS.get(field) or PARSERS.get(f"seat.{field}")
    if parser is not None and value:
        try:
            parser(value)
        except IdentifierError as error:
            if message in error.text:
                return error.text.in_language(language)
    for text, patterns in _known():
        for pattern in patterns:
            found = pattern.fullmatch(message)
            if found:
                return text.in_language(language).format(**found.groupdict())
    return message


@cache
def _known() -> tuple[tuple[Text, tuple[re.Pattern[str], ...]], ...]:
    return tuple((text, tuple(_pattern(source) for source in text)) for text in _texts())


def _texts() -> Iterator[Text]:
    yield from (kind.text for kind in PROBLEMS.values())
    yield from FIELD_PROBLEMS.values()
    yield from (found for found in vars(texts).values() if isinstance(found, Text))


def _pattern(source: str) -> re.Pattern[str]:
    return re.compile(_PLACEHOLDER.sub(r"(?P<\1>.+?)", re.escape(source)), re.DOTALL)
