# SPDX-License-Identifier: AGPL-3.0-or-later
"""A real Chromium, driven by its own protocol; the system's program, never one that a library downloads."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, expect, sync_playwright

from tools.dev.system import find_browser

_QUIET = (
    *("--disable-gpu", "--disable-quic", "--no-first-run", "--disable-sync"),
    *("--disable-background-networking", "--disable-component-update"),
)

_PATIENCE_MS = 30_000  # what is expected comes; on a busy machine not within the five seconds of Playwright


@contextmanager
def chromium(*more: str) -> Iterator[Browser]:
    """Start Chromium without a window, with ``more`` arguments. As root it runs without its sandbox, since it would not start otherwise.

    Raises FileNotFoundError that says how to install one.
    """
    program = find_browser()
    if program is None:
        raise FileNotFoundError("no Chromium found: apt-get install chromium, or install Chrome or Edge")
    expect.set_options(timeout=_PATIENCE_MS)
    arguments = [*_QUIET, *more]
    if hasattr(os, "geteuid") and os.geteuid() == 0:
        arguments.append("--no-sandbox")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=arguments, headless=True)
        try:
            yield browser
        finally:
            browser.close()
