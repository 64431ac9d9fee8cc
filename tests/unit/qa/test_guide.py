# SPDX-License-Identifier: AGPL-3.0-or-later
"""The page about the catalogue says what the catalogue says."""

from __future__ import annotations

from reviewer_app.qa.scenarios import SCENARIOS
from tools.make_qa_guide import GUIDE, guide


def test_page_is_not_stale() -> None:
    assert GUIDE.read_text(encoding="utf-8") == guide(), "run: python -m tools.make_qa_guide"


def test_page_has_every_scenario_with_its_decision() -> None:
    text = guide()
    for name, entry in SCENARIOS.items():
        assert f"### `{name}`" in text
        assert entry.explanation.en in text
