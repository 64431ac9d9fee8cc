# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables that customers send as CSV: read as spreadsheets of Poland write them, by commas, semicolons or tabs."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping
from typing import NamedTuple

from reviewer_app.contract.field_problems import FieldCode
from reviewer_app.contract.identifiers import IdentifierError
from reviewer_app.contract.text import Text

MOST_LINES = 500
_DELIMITERS = ";,\t"
_NO_TITLES = Text("Brakuje wiersza z nazwami kolumn.", "The line of column names is missing.")
_UNKNOWN = Text("Nieznane nazwy kolumn: {names}.", "Unknown column names: {names}.")
_MISSING = Text("Brakuje kolumn: {names}.", "Columns are missing: {names}.")
_TOO_MANY = Text("Plik może mieć najwyżej {limit} wierszy.", "The file may have at most {limit} lines.")
_NOT_READABLE = Text("Tego pliku nie można odczytać jako CSV.", "This file cannot be read as CSV.")


class CsvLine(NamedTuple):
    """One line of a table: its number, from 1 with the line of names, and its values by the columns' codes."""

    number: int
    values: dict[str, str]


def decode_csv(content: bytes) -> str:
    """Give the text of an uploaded file: UTF-8, UTF-16 with its mark, or else Windows-1250, which Excel writes."""
    if content.startswith((b"\xff\xfe", b"\xfe\xff")):
        return content.decode("utf-16", errors="replace")
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return content.decode("cp1250", errors="replace")


def read_csv(text: str, columns: Mapping[str, Text], *, required: frozenset[str]) -> list[CsvLine]:
    """Give the lines of a table; empty ones are passed over.

    Args:
        text: the table. Columns stand in any order and are named by code or by title in either language.
        columns: titles by code.
        required: codes of columns that have to be there.

    Raises:
        IdentifierError: what is wrong with the table as a whole.
    """
    titles, *body = _rows(text.lstrip("\ufeff"))
    names = [_code(title, columns) for title in titles]
    unknown = [title for title, name in zip(titles, names, strict=True) if name is None]
    if unknown:
        raise IdentifierError(FieldCode.UNKNOWN_COLUMN.value, _UNKNOWN.format(names=", ".join(unknown)))
    missing = sorted(required - {name for name in names if name})
    if missing:
        raise IdentifierError(FieldCode.REQUIRED.value, _MISSING.format(names=", ".join(missing)))
    lines = [CsvLine(number, _values(names, row)) for number, row in enumerate(body, start=2) if any(row)]
    if len(lines) > MOST_LINES:
        raise IdentifierError(FieldCode.TOO_LONG.value, _TOO_MANY.format(limit=MOST_LINES))
    return lines


def _rows(text: str) -> list[list[str]]:
    first = text.partition("\n")[0]
    delimiter = max(_DELIMITERS, key=first.count)
    try:
        rows = [[cell.strip() for cell in row] for row in csv.reader(io.StringIO(text), delimiter=delimiter)]
    except csv.Error as error:
        raise IdentifierError(FieldCode.WRONG_FORMAT.value, _NOT_READABLE) from error
    if not rows or not any(rows[0]):
        raise IdentifierError(FieldCode.REQUIRED.value, _NO_TITLES)
    return rows


def _code(title: str, columns: Mapping[str, Text]) -> str | None:
    wanted = title.casefold()
    known = ((code, {code, text.pl.casefold(), text.en.casefold()}) for code, text in columns.items())
    return next((code for code, titles in known if wanted in titles), None)


def _values(names: list[str | None], row: list[str]) -> dict[str, str]:
    """Give the cells that are filled; those beyond the columns stand together under an empty name."""
    values = {name: cell for name, cell in zip(names, row, strict=False) if name and cell}
    beyond = " ".join(cell for cell in row[len(names) :] if cell)
    return values | ({"": beyond} if beyond else {})
