# SPDX-License-Identifier: AGPL-3.0-or-later
"""The lock file says what pyproject.toml asks for, and nothing about where packages come from."""

from __future__ import annotations

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from tests.architecture import project

LOCK = (project.ROOT / "requirements.lock").read_text(encoding="utf-8")


def test_every_dependency_is_locked_within_its_bounds() -> None:
    table = tomllib.loads((project.ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    asked = [Requirement(line) for line in [*table["dependencies"], *table["optional-dependencies"]["dev"]]]
    locked = dict(re.findall(r"^([A-Za-z0-9][\w.-]*)==([^\s;]+)", LOCK, re.MULTILINE))
    stale = [
        str(wanted)
        for wanted in asked
        if not wanted.specifier.contains(locked.get(canonicalize_name(wanted.name), "0"))
    ]
    assert not stale, "run: python3 dev.py lock"


def test_every_locked_package_has_hashes() -> None:
    entries = re.findall(r"^([A-Za-z0-9][\w.-]*)==((?:.*\\\n)*.*)$", LOCK, re.MULTILINE)
    assert len(entries) > 50
    assert not [package for package, rest in entries if "--hash=sha256:" not in rest]


def test_lock_names_no_index() -> None:
    assert not re.findall(r"https?://|--index-url|--find-links|file:", LOCK)
