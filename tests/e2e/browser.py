# SPDX-License-Identifier: AGPL-3.0-or-later
"""A real Chromium, driven by its own protocol; the system's program, never one that a library downloads."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome", "msedge")
_WINDOWS_PLACES = (
    r"Google\Chrome\Application\chrome.exe",
    r"Chromium\Application\chrome.exe",
    r"Microsoft\Edge\Application\msedge.exe",
)
_QUIET = (
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)


def find_chromium() -> Path:
    """Find a Chromium. Raises FileNotFoundError that says how to install one."""
    for name in _NAMES:
        if found := shutil.which(name):
            return Path(found)
    for variable in ("ProgramFiles", "ProgramFiles(x86)", "LocalAppData"):
        for place in _WINDOWS_PLACES:
            if (path := Path(os.environ.get(variable, "")) / place).is_file():
                return path
    raise FileNotFoundError("no Chromium found: apt-get install chromium, or install Chrome or Edge")


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start Chromium without a window. As root it runs without its sandbox, since it would not start otherwise."""
    arguments = list(_QUIET)
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_chromium(), args=arguments, headless=True)
        try:
            yield browser
        finally:
            browser.close()
