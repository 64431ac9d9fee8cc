# SPDX-License-Identifier: AGPL-3.0-or-later
"""Tables in a file: where it cannot be written, that is said."""

from __future__ import annotations

import re
import zipfile
from datetime import date
from pathlib import Path

import pytest

from reviewer_app.desk.exporting import Table, export
from reviewer_app.store.errors import StoreUnwritable

TABLES = (Table("Summary", ("Figure", "Count"), (("Received", 3),)),)


@pytest.mark.parametrize("name", ["figures.csv", "figures.xlsx"])
def test_a_place_that_cannot_be_written_is_said_so(tmp_path: Path, name: str) -> None:
    (tmp_path / name).mkdir()
    with pytest.raises(StoreUnwritable):
        export(tmp_path / name, TABLES)
    with pytest.raises(StoreUnwritable):
        export(tmp_path / "nowhere" / name, TABLES)


def test_a_workbook_is_written(tmp_path: Path) -> None:
    export(tmp_path / "figures.xlsx", TABLES)
    assert (tmp_path / "figures.xlsx").read_bytes().startswith(b"PK")


def test_numbers_and_days_are_what_spreadsheets_take_them_for(tmp_path: Path) -> None:
    tables = (Table("Waits", ("Day", "Hours", "Name"), ((date(2026, 11, 24), 2.5, "=1+1"),)),)
    export(tmp_path / "figures.csv", tables)
    assert (tmp_path / "figures.csv").read_text("utf-8-sig").splitlines()[-1] == "2026-11-24;2,5;'=1+1"
    export(tmp_path / "figures.xlsx", tables)
    with zipfile.ZipFile(tmp_path / "figures.xlsx") as book:
        cells = book.read("xl/worksheets/sheet1.xml").decode()
    assert re.findall(r'<c r="[AB]2"[^t>]*><v>([\d.]+)</v>', cells) == ["46350", "2.5"], "a day and a number, not texts"
