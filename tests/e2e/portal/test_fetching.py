# SPDX-License-Identifier: AGPL-3.0-or-later
"""A customer fills in a company from the registers in a real browser, with and without scripts."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, expect

from tests.e2e.portal.stage import Stage
from tests.fakes.registers import NIP


@pytest.mark.parametrize("scripts", [True, False])
def test_a_company_is_fetched_corrected_and_saved(portal: Stage, browser: Browser, scripts: bool) -> None:
    jan = portal.world.customer()
    context = browser.new_context(java_script_enabled=scripts, locale="pl-PL")
    token = jan.headers["Authorization"].removeprefix("Bearer ")
    address = portal.url.replace("http:", "https:", 1)
    context.add_cookies([{"name": "__Host-session", "value": token, "url": address, "secure": True}])
    page = context.new_page()
    page.goto(f"{portal.url}/company/new")
    page.get_by_label("Miejscowość").fill("Kraków")
    page.get_by_label("NIP").fill(NIP)
    page.get_by_role("button", name="Pobierz dane").click()
    expect(page.get_by_role("status").filter(has_text="Znaleźliśmy dane tej firmy")).to_be_visible()
    expect(page.get_by_label("Nazwa firmy")).to_have_value("ŻÓŁW I SYN SPÓŁKA Z OGRANICZONĄ ODPOWIEDZIALNOŚCIĄ")
    expect(page.get_by_label("Miejscowość")).to_have_value("Kraków")
    expect(page.get_by_label("Ulica")).to_have_value("")
    page.get_by_role("button", name="Użyj tego adresu").click()
    expect(page.get_by_label("Miejscowość")).to_have_value("Bielsko-Biała")
    page.get_by_label("Nazwa firmy").fill("Żółw i Syn sp. z o.o.")
    page.get_by_label("Numer lokalu").press("Enter")
    page.wait_for_url("**/company/documents")
    company = jan.company()
    assert (company["name"], company["krs"], company["legal_form"]) == ("Żółw i Syn sp. z o.o.", "0009990001", "sp_zoo")
    assert company["seat"]["postal_code"] == "31-444"
    context.close()
