# SPDX-License-Identifier: AGPL-3.0-or-later
"""Looks at pages in the browser: accessibility, layout, targets, focus, weight, and what they load from where."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import Browser, BrowserContext, Request, ViewportSize

from reviewer_app.contract.text import Language
from tests.support.world import Customer

DESKTOP: ViewportSize = {"width": 1366, "height": 768}
PHONE: ViewportSize = {"width": 360, "height": 740}

_FOLDER = Path(__file__).parent
_AXE = (_FOLDER / "axe" / "axe.min.js").read_text(encoding="utf-8")
_JUDGE = (_FOLDER / "judge.js").read_text(encoding="utf-8")
_WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
_OF_COLOURS = ["color-contrast", "link-in-text-block"]
"""Rules of axe-core whose answer depends on the scheme of colours; the rest of a page is the same in both."""
_RUN_AXE = """async (runOnly) => {
  const { violations } = await axe.run({ runOnly, resultTypes: ["violations"], preload: false });
  return violations.flatMap(({ id, help, nodes }) => nodes.map(({ target }) => `${id}: ${help}: ${target.join(" ")}`));
}"""


class Looker:
    """A browser window in which pages are judged; ``faults`` collects what was found, page by page."""

    def __init__(self, context: BrowserContext, url: str) -> None:
        self._context = context
        self._url = url
        self.page = context.new_page()
        self.faults: list[str] = []
        self.seen: set[str] = set()
        self.foreign: set[str] = set()
        self.failed: list[tuple[int, str]] = []
        context.on("request", self._requested)
        self.page.on("response", lambda answer: self._answered(answer.status, answer.url))
        self.page.on("pageerror", lambda error: self.faults.append(f"a script failed: {error}"))

    def become(self, person: Customer | None, language: Language) -> None:
        """Open pages as a person, or as a visitor, in a language."""
        self._context.clear_cookies()
        cookies = {"__Host-language": str(language)}
        if person is not None:
            cookies["__Host-session"] = person.headers["Authorization"].removeprefix("Bearer ")
        address = self._url.replace("http:", "https:", 1)
        for name, value in cookies.items():
            self._context.add_cookies([{"name": name, "value": value, "url": address, "secure": True}])

    def open(self, path: str) -> None:
        """Go to a page of the portal."""
        self.page.goto(path if path.startswith("http:") else self._url + path)

    def judge(self, told: str, *, full: bool = True, sizes: Sequence[ViewportSize] = (PHONE, DESKTOP)) -> None:
        """Judge the page as it stands, in each size of window; ``told`` names it in the faults.

        Without ``full`` only its layout and what was injected are looked at.
        """
        body = self.page.locator("body")
        self.seen.add(f"page {body.get_attribute('data-page')}")
        if reason := body.get_attribute("data-reason"):
            self.seen.add(f"reason {reason}")
        if full:
            self.page.evaluate(_AXE)
            # Focus is drawn for those who use the keyboard.
            self.page.keyboard.press("Tab")
        for size in sizes:
            self.page.set_viewport_size(size)
            found: list[str] = self.page.evaluate(_JUDGE, full)
            if full:
                found += self.page.evaluate(_RUN_AXE, _WCAG)
            self.faults += [f"{told}, {size['width']} px: {fault}" for fault in found]
        if full:
            self.page.emulate_media(color_scheme="dark")
            dark = self.page.evaluate(_RUN_AXE, _OF_COLOURS)
            self.faults += [f"{told}, dark: {fault}" for fault in dark]
            self.page.emulate_media(color_scheme="light")

    def _requested(self, request: Request) -> None:
        page, asked = urlsplit(request.frame.url), urlsplit(request.url)
        if not request.is_navigation_request() and asked.scheme != "data" and asked.netloc != page.netloc:
            self.foreign.add(request.url)

    def _answered(self, status: int, url: str) -> None:
        if status >= 500:
            self.failed.append((status, url))


@contextmanager
def looking(browser: Browser, url: str, **device: Any) -> Iterator[Looker]:
    """Open a window without memory of earlier ones; ``device`` says what Playwright is told of it."""
    # Colours that are still on their way to others would be judged in between.
    context = browser.new_context(reduced_motion="reduce", **device)
    try:
        yield Looker(context, url)
    finally:
        context.close()
