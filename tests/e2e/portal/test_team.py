# SPDX-License-Identifier: AGPL-3.0-or-later
"""The tree of a company's people and the table of their permissions, moved and ticked in a real browser."""

from __future__ import annotations

import itertools

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from reviewer_app.contract.permissions import PERMISSION_TEXTS, Permission
from reviewer_app.contract.text import Language
from reviewer_app.qa.synthetic_numbers import nth_synthetic_nip
from tests.e2e.portal.cast import CONSENTS
from tests.e2e.portal.hands import Keyboard
from tests.e2e.portal.looks import DESKTOP, PHONE, Looker, looking
from tests.e2e.portal.stage import Stage
from tests.support.team import invite, people
from tests.support.world import Customer
from tests.support.world import expect as answered

_COMPANIES = itertools.count(70_000)


@pytest.fixture
def boss(portal: Stage, looker: Looker) -> Customer:
    """An administrator: Ewa Sowa is on the list, Ola Lis below her, and Iga Kot. Their browser is open."""
    boss = portal.world.customer()
    answered(boss.call("PUT", "customer/me/consents", json=CONSENTS), 200)
    number = next(_COMPANIES)
    portal.world.staff().approve(boss.submitted(nip=nth_synthetic_nip(number)))
    body = {"choice": "proceed", "owh_version": "1", "terms_version": "1"}
    token = portal.world.link("approved", boss.email)
    answered(portal.world.client.post(f"/api/v1/customer/completions/{token}", json=body), 200)
    ewa = invite(boss, f"ewa{number}@firma.test", first_name="Ewa", last_name="Sowa", permissions=["OR"])
    invite(boss, f"ola{number}@firma.test", first_name="Ola", last_name="Lis", superior_id=ewa["id"])
    invite(boss, f"iga{number}@firma.test", first_name="Iga", last_name="Kot")
    looker.become(boss, Language.ENGLISH)
    return boss


def superiors(boss: Customer) -> dict[str, str | None]:
    """Give the first name of each person's superior by their own."""
    everyone = people(boss)
    names = {one["id"]: one["first_name"] for one in everyone}
    return {one["first_name"]: names.get(one["superior_id"]) for one in everyone}


def granted(boss: Customer) -> dict[str, list[str]]:
    """Give each person's permissions by their first name, without the administrator."""
    return {one["first_name"]: one["permissions"] for one in people(boss) if not one["is_administrator"]}


def seat(page: Page, name: str) -> Locator:
    """Give what is dragged in the tree; its link leads to the person's entry."""
    return page.locator(".seat").filter(has=page.get_by_role("link", name=name))


def drag(page: Page, who: Locator, onto: Locator) -> None:
    """Drag by mouse, away from the middle: the link there is no part of the handle."""
    who.drag_to(onto, source_position={"x": 20, "y": 10}, target_position={"x": 30, "y": 12})


def told(page: Page, text: str) -> None:
    """Wait until the page says that something was done."""
    expect(page.get_by_role("status").filter(has_text=text)).to_be_visible()


def test_a_person_is_dragged_below_another_with_everyone_below_them(looker: Looker, boss: Customer) -> None:
    page = looker.page
    looker.open("/company/hierarchy")
    drag(page, seat(page, "Iga Kot"), seat(page, "Ola Lis"))
    told(page, "The place in the structure has been changed.")
    assert superiors(boss) == {"Jan": None, "Ewa": None, "Ola": "Ewa", "Iga": "Ola"}
    # The form beside the tree stands on Ewa Sowa now, and does not offer Ola Lis for her.
    drag(page, seat(page, "Jan Żółw"), seat(page, "Ola Lis"))
    expect(page.get_by_role("listitem").filter(has_text="Ola Lis").last.get_by_role("listitem")).to_have_count(2)
    assert superiors(boss) == {"Jan": "Ola", "Ewa": None, "Ola": "Ewa", "Iga": "Ola"}


def test_a_person_is_dragged_to_the_top_and_never_below_their_own_people(looker: Looker, boss: Customer) -> None:
    page = looker.page
    posted: list[str] = []
    page.on("request", lambda request: posted.append(request.post_data or "") if request.method == "POST" else None)
    looker.open("/company/hierarchy")
    drag(page, seat(page, "Ewa Sowa"), seat(page, "Ola Lis"))
    drag(page, seat(page, "Ola Lis"), page.get_by_text("Drop here to put at the top"))
    told(page, "The place in the structure has been changed.")
    assert superiors(boss) == {"Jan": None, "Ewa": None, "Ola": None, "Iga": None}
    assert len(posted) == 1


@pytest.mark.parametrize("language", list(Language))
def test_the_tree_is_moved_by_keys_and_offers_no_circle(looker: Looker, boss: Customer, language: Language) -> None:
    looker.become(boss, language)
    hands = Keyboard(looker.page, language)
    looker.open("/company/hierarchy")
    hands.choose("Employee", "Ewa Sowa")
    barred = looker.page.get_by_label(hands.say("Superior"), exact=True).locator("option:disabled")
    assert [text.strip("– ").split(" · ")[0] for text in barred.all_inner_texts()] == ["Ewa Sowa", "Ola Lis"]
    hands.choose("Superior", "Iga Kot")
    hands.press("button", "Move")
    told(looker.page, hands.say("The place in the structure has been changed."))
    assert superiors(boss) == {"Jan": None, "Ewa": "Iga", "Ola": "Ewa", "Iga": None}


def test_removing_a_superior_asks_first_where_their_people_go(looker: Looker, boss: Customer) -> None:
    page = looker.page
    looker.open("/company/hierarchy")
    page.get_by_role("link", name="Ewa Sowa").click()
    page.get_by_text("Remove from the company").click()
    expect(page.get_by_text("1 person is below this one")).to_be_visible()
    page.get_by_role("button", name="Remove", exact=True).click()
    asked = page.get_by_label("To whom do the people below go?")
    page.get_by_role("alert").get_by_role("link", name="To whom do the people below go?").click()
    expect(asked).to_be_focused()
    assert superiors(boss)["Ola"] == "Ewa"
    asked.select_option(value=asked.locator("option").filter(has_text="Iga Kot").get_attribute("value"))
    page.get_by_role("button", name="Remove", exact=True).click()
    told(page, "This person is no longer on the company's list.")
    assert superiors(boss) == {"Jan": None, "Ola": "Iga", "Iga": None}


def test_one_tick_is_taken_back_by_its_undo(looker: Looker, boss: Customer) -> None:
    page = looker.page
    looker.open("/company/permissions")
    box = page.get_by_role("checkbox", name="FI – Ewa Sowa")
    box.check()
    told(page, "Saved: Ewa Sowa now has FI.")
    assert granted(boss)["Ewa"] == ["OR", "FI"]
    page.get_by_role("button", name="Undo").click()
    told(page, "Saved: Ewa Sowa no longer has FI.")
    expect(box).not_to_be_checked()
    assert granted(boss)["Ewa"] == ["OR"]


@pytest.mark.parametrize("scripts", [True, False])
def test_a_selection_gets_a_permission_and_undo_spares_who_had_it_before(
    portal: Stage, looker: Looker, browser: Browser, boss: Customer, scripts: bool
) -> None:
    context = browser.new_context(java_script_enabled=scripts, storage_state=looker.page.context.storage_state())
    page = context.new_page()
    page.goto(f"{portal.url}/company/permissions")
    for name in ("Ewa Sowa", "Ola Lis"):
        page.get_by_role("checkbox", name=f"Select: {name}").check()
    page.get_by_label("Everyone selected:").select_option(value=Permission.OR)
    page.get_by_role("button", name="Give", exact=True).click()
    told(page, "Saved: 1 person now has OR.")
    expect(page.get_by_role("checkbox", name="OR – Ola Lis")).to_be_checked()
    assert granted(boss) == {"Ewa": ["OR"], "Ola": ["OR"], "Iga": []}
    page.get_by_role("button", name="Undo").click()
    told(page, "Saved: 1 person no longer has OR.")
    assert granted(boss) == {"Ewa": ["OR"], "Ola": [], "Iga": []}
    page.get_by_role("checkbox", name="Select: Ewa Sowa").check()
    page.get_by_label("Everyone selected:").select_option(value=Permission.OR)
    page.get_by_role("button", name="Take away", exact=True).click()
    told(page, "Saved: 1 person no longer has OR.")
    page.get_by_role("checkbox", name="Select: Iga Kot").check()
    page.get_by_label("Everyone selected:").select_option(value=Permission.OR)
    page.get_by_role("button", name="Take away", exact=True).click()
    told(page, "Nothing had to be changed.")
    assert granted(boss) == {"Ewa": [], "Ola": [], "Iga": []}
    context.close()


def test_a_superior_is_found_in_a_large_company_while_the_form_is_filled_in(looker: Looker, boss: Customer) -> None:
    rows = "\n".join(f"Jan;Kowalski;jan{number}@firma.test" for number in range(105))
    table = f"Imię;Nazwisko;E-mail\n{rows}\nZenon;Żuk;zenon@firma.test\n"
    answered(boss.call("POST", "customer/company/employees/import", json={"csv": table}), 200)
    page = looker.page
    looker.open("/company/employees/new")
    page.get_by_label("First name").fill("Iza")
    page.get_by_label("Find a person").press_sequentially("zuk zenon")
    expect(page.get_by_text("1 person found")).to_be_visible()
    superior = page.get_by_label("Superior optional", exact=True)
    expect(superior.get_by_role("option")).to_have_text(["Nobody: at the top", "Zenon Żuk · zenon@firma.test"])
    superior.select_option(index=1)
    # Enter looks for somebody else, and sends nobody an invitation; who was chosen stays.
    page.get_by_label("Find a person").fill("iga kot")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert len(people(boss, q="iza")) == 0
    expect(page.get_by_label("First name")).to_have_value("Iza")
    expect(superior.locator("option:checked")).to_have_text("Zenon Żuk · zenon@firma.test")
    page.get_by_label("Last name").fill("Nowa")
    page.get_by_label("E-mail").first.fill(f"iza{next(_COMPANIES)}@firma.test")
    page.get_by_role("button", name="Send the invitation").click()
    expect(page.get_by_role("heading", name="Employees")).to_be_visible()
    zenon, iza = people(boss, q="zenon")[0], people(boss, q="iza nowa")[0]
    assert iza["superior_id"] == zenon["id"]


def test_what_a_column_means_shows_to_mouse_keyboard_and_finger(
    portal: Stage, browser: Browser, looker: Looker, boss: Customer
) -> None:
    page = looker.page
    looker.open("/company/permissions")
    said = page.get_by_role("tooltip", name=PERMISSION_TEXTS[Permission.FI].en)
    column = page.get_by_role("button", name="FI", exact=True)
    expect(said).to_be_hidden()
    column.hover()
    expect(said).to_be_visible()
    page.keyboard.press("Escape")
    expect(said).to_be_hidden()
    page.mouse.move(0, 0)
    column.focus()
    expect(said).to_be_visible()
    with looking(browser, portal.url, has_touch=True, viewport=PHONE) as phone:
        phone.become(boss, Language.ENGLISH)
        phone.open("/company/permissions")
        phone.page.get_by_role("button", name="FI", exact=True).tap()
        expect(phone.page.get_by_role("tooltip", name=PERMISSION_TEXTS[Permission.FI].en)).to_be_visible()


def test_names_keep_their_place_however_deep_they_are_in_the_tree(looker: Looker, boss: Customer) -> None:
    above = None
    for level in range(16):
        above = invite(boss, f"{level}-{boss.email}", last_name="Brzęczyszczykiewicz", superior_id=above)["id"]
    for size, least in ((PHONE, 120), (DESKTOP, 250)):
        looker.page.set_viewport_size(size)
        looker.open("/company/hierarchy")
        boxes = [place.bounding_box() for place in looker.page.locator(".person").all()]
        widths = [box["width"] for box in boxes if box]
        assert len(widths) == 20
        assert min(widths) > least
    assert looker.page.locator(".face").last.inner_text() == "JŻ"
