# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import re

import pytest

from reviewer_app.resources import resource_path

_CSS = resource_path("portal", "static", "portal.css").read_text(encoding="utf-8")
_THEMES = [
    dict(re.findall(r"--([\w-]+): (#\w{6})", block)) for block in re.findall(r":root \{(.*?)\}", _CSS, re.DOTALL)
]
_GROUNDS = {
    "ink": ("surface", "canvas", "info-tint", "success-tint", "warning-tint", "danger-tint"),
    "muted": ("surface", "canvas", "info-tint"),
    "accent": ("surface", "canvas", "info-tint"),
    "success": ("surface", "success-tint"),
    "warning": ("surface", "warning-tint"),
    "danger": ("surface", "danger-tint"),
    "on-accent": ("accent", "accent-hover"),
}


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2 defines it."""
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


@pytest.mark.parametrize("theme", _THEMES, ids=["light", "dark"])
def test_every_text_can_be_read_on_its_grounds(theme: dict[str, str]) -> None:
    for text, grounds in _GROUNDS.items():
        for ground in grounds:
            low, high = sorted((_luminance(theme[text]), _luminance(theme[ground])))
            assert (high + 0.05) / (low + 0.05) >= 4.5, f"{text} on {ground}"


@pytest.mark.parametrize("theme", _THEMES, ids=["light", "dark"])
def test_boxes_are_seen_on_their_grounds_ticked_or_not(theme: dict[str, str]) -> None:
    drawn = (("line-strong", "surface"), ("accent", "surface"), ("accent", "info-tint"), ("muted", "surface"))
    for edge, ground in drawn:
        low, high = sorted((_luminance(theme[edge]), _luminance(theme[ground])))
        assert (high + 0.05) / (low + 0.05) >= 3, f"{edge} on {ground}"


def test_colours_stand_only_at_the_top_and_all_are_used() -> None:
    named = set(re.findall(r"--([\w-]+):", _CSS))
    assert set(re.findall(r"var\(--([\w-]+)\)", _CSS)) == named
    rules = _CSS[_CSS.index("*, *::before") :]
    assert re.findall(r"#[0-9a-f]{3,8}\b(?=[;, )])", rules) == []
    assert "http" not in rules
