# SPDX-License-Identifier: AGPL-3.0-or-later
"""Times on the screen are Poland's, wherever the computer stands; how long a case waits is always told."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime

import pytest
from PySide6.QtCore import QLocale

from reviewer_app.models.texts import moment_hint, moment_text, waiting_text

WINTER = datetime(2026, 1, 15, 12, 30, tzinfo=UTC)
SUMMER = datetime(2026, 7, 15, 22, 30, tzinfo=UTC)
without_zones = pytest.mark.skipif(not hasattr(time, "tzset"), reason="this system has one zone for all programs")


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    before = QLocale()
    QLocale.setDefault(QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom))
    yield
    QLocale.setDefault(before)


@contextmanager
def computer_in(zone: str) -> Iterator[None]:
    """Put the computer somewhere, as the system's setting does."""
    before = os.environ.get("TZ")
    os.environ["TZ"] = zone
    time.tzset()
    try:
        yield
    finally:
        os.environ.pop("TZ") if before is None else os.environ.update(TZ=before)
        time.tzset()


@without_zones
@pytest.mark.parametrize("zone", ["Europe/Warsaw", "UTC", "America/New_York", "Pacific/Auckland"])
def test_moments_are_written_by_polish_clocks(zone: str) -> None:
    with computer_in(zone):
        assert moment_text(WINTER) == "15 Jan 2026 13:30"
        assert moment_text(SUMMER) == "16 Jul 2026 00:30"


@without_zones
def test_the_tooltip_tells_the_zone_only_where_the_computer_has_another() -> None:
    with computer_in("Europe/Warsaw"):
        assert moment_hint(WINTER) == ""
    with computer_in("America/New_York"):
        said = "Polish time (Europe/Warsaw). On this computer it is 07:30."
        assert moment_hint(WINTER) == f"15 Jan 2026 13:30\n{said}"
        assert moment_hint(None) == ""


@pytest.mark.parametrize(
    ("working", "waits", "waiting", "text"),
    [
        (0, False, 0, "—"),
        (0, True, 0, "just now"),
        (40, True, 40, "just now"),
        (0, True, 9000, "0 h"),
        (61, True, 61, "1 min"),
        (3 * 3600 + 60, True, 90_000, "3 h 1 min"),
        (9 * 3600, True, 90_000, "1 d 1 h"),
    ],
)
def test_how_long_a_case_waits_is_always_told(working: int, waits: bool, waiting: int, text: str) -> None:
    assert waiting_text(working, waits=waits, waiting_seconds=waiting) == text
