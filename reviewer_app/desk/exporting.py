# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables written to a file that other programs read: CSV and XLSX."""

from __future__ import annotations

import csv
import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from reviewer_app.store.errors import StoreUnwritable

_XLSX = {
    "in_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "default_date_format": "yyyy-mm-dd",
}
Cell = str | int | float | date | None


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its name, which is a sheet's name in XLSX, and its columns' titles."""

    name: str
    titles: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]


def export(path: Path, tables: Sequence[Table]) -> None:
    """Write tables: one sheet each into a file that ends in ``.xlsx``, below each other into any other, as CSV.

    CSV has a semicolon between cells, a comma in numbers and begins with a byte order mark, as spreadsheets with Polish
    settings expect: they read 2.5 as a day in May. A text that a spreadsheet would take for a formula gets an apostrophe. Raises StoreUnwritable.
    """
    try:
        if path.suffix.lower() == ".xlsx":
            _write_xlsx(path, tables)
        else:
            _write_csv(path, tables)
    except OSError as error:
        raise StoreUnwritable(path.parent, error.strerror or type(error).__name__) from error


def _write_csv(path: Path, tables: Sequence[Table]) -> None:
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        for place, table in enumerate(tables):
            if place:
                writer.writerow(())
            writer.writerow((table.name,))
            writer.writerow(table.titles)
            writer.writerows(tuple(_written(cell) for cell in row) for row in table.rows)


def _write_xlsx(path: Path, tables: Sequence[Table]) -> None:
    import xlsxwriter  # noqa: PLC0415 -- only when a file is wanted

    # The library turns an OSError of its file into an error of its own, so the file is opened here and after all is made.
    made = io.BytesIO()
    with xlsxwriter.Workbook(made, _XLSX) as book:
        bold = book.add_format({"bold": True})
        for table in tables:
            sheet = book.add_worksheet(table.name[:31])
            sheet.write_row(0, 0, table.titles, bold)
            for place, row in enumerate(table.rows, start=1):
                sheet.write_row(place, 0, row)
            sheet.autofit()
            sheet.freeze_panes(1, 0)
    path.write_bytes(made.getvalue())


def _written(cell: Cell) -> Cell:
    if isinstance(cell, float):
        return str(cell).replace(".", ",")
    return f"'{cell}" if isinstance(cell, str) and cell.startswith(("=", "+", "-", "@")) else cell
