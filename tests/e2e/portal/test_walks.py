# SPDX-License-Identifier: AGPL-3.0-or-later
"""The whole process S1–S24 in a real browser: in both languages, by keyboard alone, and without scripts."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from reviewer_app.contract.permissions import Permission
from reviewer_app.contract.text import Language
from tests.e2e.portal.hands import Keyboard, Mouse
from tests.e2e.portal.stage import Stage
from tests.e2e.portal.walks import Administrator, Walker

OpenWindow = Callable[..., BrowserContext]


@pytest.fixture
def window(browser: Browser) -> Iterator[OpenWindow]:
    """Open browser windows that know nothing of each other; they ask for a language as browsers do."""
    opened: list[BrowserContext] = []

    def open_window(language: Language, *, scripts: bool = True) -> BrowserContext:
        context = browser.new_context(locale=language, java_script_enabled=scripts, accept_downloads=True)
        context.set_default_timeout(30_000)
        opened.append(context)
        return context

    yield open_window
    for context in opened:
        context.close()


@pytest.mark.parametrize("language", list(Language))
def test_a_customer_walks_from_the_start_page_to_full_use(
    portal: Stage, window: OpenWindow, tmp_path: Path, language: Language
) -> None:
    mouse = Mouse(window(language).new_page(), language)
    walker = Administrator(mouse, portal, language, tmp_path, f"mysz-{language}")
    _main_road(walker)
    walker.add_address()
    ewa = walker.invite("Ewa", "Sowa")
    walker.invite("Ola", "Lis")
    theirs = Mouse(window(language).new_page(), language)
    walker.join(theirs, ewa)
    walker.use_area(theirs, "/areas/orders", open_to_them=False)
    walker.grant("Ewa Sowa", Permission.OR)
    walker.use_area(theirs, "/areas/orders", open_to_them=True)
    walker.use_area(theirs, "/areas/invoices", open_to_them=False)
    walker.put_below("Ola Lis", "Ewa Sowa")
    walker.hand_over("Ewa Sowa")
    walker.use_area(theirs, "/areas/invoices", open_to_them=True)


@pytest.mark.parametrize("language", list(Language))
def test_the_keyboard_alone_is_enough(portal: Stage, window: OpenWindow, tmp_path: Path, language: Language) -> None:
    keyboard = Keyboard(window(language).new_page(), language)
    walker = Administrator(keyboard, portal, language, tmp_path, f"klawiatura-{language}")
    _main_road(walker)
    walker.add_address()
    ewa = walker.invite("Ewa", "Sowa")
    walker.join(Keyboard(window(language).new_page(), language), ewa)
    walker.grant("Ewa Sowa", Permission.OR)
    walker.put_below("Ewa Sowa", "Żaneta Łącka")


def test_no_script_is_needed(portal: Stage, window: OpenWindow, tmp_path: Path) -> None:
    language = Language.ENGLISH
    mouse = Mouse(window(language, scripts=False).new_page(), language, scripts=False)
    walker = Administrator(mouse, portal, language, tmp_path, "bez-skryptu")
    _main_road(walker)
    walker.add_address()
    ewa = walker.invite("Ewa", "Sowa")
    walker.join(Mouse(window(language, scripts=False).new_page(), language, scripts=False), ewa)
    walker.grant("Ewa Sowa", Permission.OR, scripts=False)
    walker.put_below("Ewa Sowa", "Żaneta Łącka")


def _main_road(walker: Walker) -> None:
    walker.register()
    walker.activate_and_sign_in()
    walker.consent()
    walker.add_company()
    walker.authorize()
    walker.submit()
    walker.be_asked_to_correct()
    walker.be_accepted()
    walker.finish()
