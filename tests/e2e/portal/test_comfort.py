# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pages do beyond the main road: drafts, languages, passwords, and words before an act."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from reviewer_app.contract.text import Language
from reviewer_app.portal.catalogue import load_translations
from tests.e2e.portal.looks import Looker, looking
from tests.e2e.portal.stage import Stage
from tests.support.numbers import NIPS
from tests.support.world import PASSWORD, Customer
from tests.support.world import expect as answered


def test_a_draft_survives_leaving_the_page_and_goes_once_it_is_saved(looker: Looker, person: Customer) -> None:
    looker.become(person, Language.ENGLISH)
    page = looker.page
    looker.open("/company/new")
    page.get_by_label("Company name").fill("Żółw i Syn <b> Sp. z o.o.")
    page.get_by_label("Legal form").select_option(value="sp_zoo")
    expect(page.get_by_text("Draft kept in this browser at")).to_be_visible()
    looker.open("/home")
    looker.open("/company/new")
    expect(page.get_by_label("Company name")).to_have_value("Żółw i Syn <b> Sp. z o.o.")
    expect(page.get_by_text("What you typed and did not save has been brought back")).to_be_visible()
    page.get_by_role("button", name="Discard the draft").click()
    expect(page.get_by_label("Company name")).to_have_value("")
    looker.open("/company/new")
    expect(page.get_by_label("Company name")).to_have_value("")
    page.get_by_label("Company name").fill("Żółw")
    expect(page.get_by_text("Draft kept in this browser at")).to_be_visible()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Register your company and start buying")
    assert page.evaluate("Object.keys(localStorage).filter((name) => name.startsWith('draft:'))") == []


def test_what_is_said_of_a_number_does_not_move_the_button_under_the_mouse(looker: Looker, person: Customer) -> None:
    looker.become(person, Language.ENGLISH)
    page = looker.page
    looker.open("/company/new")
    account, save = page.get_by_label("Bank account"), page.get_by_role("button", name="Save and go on to documents")
    account.scroll_into_view_if_needed()
    account.press_sequentially("PL61")
    place = save.bounding_box()
    assert place is not None
    page.mouse.move(place["x"] + place["width"] / 2, place["y"] + place["height"] / 2)
    page.mouse.down()
    expect(page.locator("[id$=-check]").filter(has_text="digits")).to_be_visible()
    expect(page.get_by_text("Draft kept in this browser at")).to_be_visible()
    assert save.bounding_box() == place
    page.mouse.up()
    expect(page.get_by_role("alert")).to_be_visible()


def test_saving_says_first_what_it_does_to_a_case_that_is_being_checked(
    looker: Looker, portal: Stage, person: Customer
) -> None:
    person.submitted(sheet=True, nip=NIPS[3])
    looker.become(person, Language.ENGLISH)
    page = looker.page
    looker.open("/company/edit")
    page.get_by_label("Company phone").fill("+48 22 765 43 21")
    page.get_by_role("button", name="Save the changes").click()
    expect(page.get_by_role("status").filter(has_text="The changes have been saved.")).to_be_visible()
    assert person.company()["state"] == "pending_verification"
    looker.open("/company/edit")
    page.get_by_label("Company name").fill("Żółw i Córka Sp. z o.o.")
    page.get_by_role("button", name="Save the changes").click()
    expect(page.get_by_role("heading", name="What saving does")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("We stop checking the case.")
    assert person.company()["state"] == "pending_verification"
    looker.judge("what saving does")
    page.get_by_role("button", name="Back to the form").click()
    expect(page.get_by_label("Company name")).to_have_value("Żółw i Córka Sp. z o.o.")
    page.get_by_role("button", name="Save the changes").click()
    page.get_by_role("button", name="Save and sign a new authorization").click()
    expect(page.get_by_role("heading", name="Download, sign and upload the authorization")).to_be_visible()
    assert (person.company()["state"], person.company()["name"]) == (
        "awaiting_authorization",
        "Żółw i Córka Sp. z o.o.",
    )
    assert looker.faults == []


def test_another_language_keeps_what_was_typed_and_says_the_errors_anew(looker: Looker) -> None:
    looker.become(None, Language.POLISH)
    page = looker.page
    looker.open("/register")
    page.get_by_label("Imię").fill("Ewa")
    page.get_by_label("Hasło").fill("krótkie")
    page.get_by_role("button", name="EN", exact=True).click()
    expect(page.get_by_label("First name")).to_have_value("Ewa")
    expect(page.get_by_role("alert")).to_have_count(0)
    page.get_by_label("Phone").fill("12")
    page.get_by_label("Password").fill("short")
    page.get_by_role("main").get_by_role("button", name="Register").click()
    expect(page.get_by_role("alert")).to_contain_text("This field is required.")
    page.get_by_label("Last name").fill("Łącka")
    page.get_by_role("button", name="PL", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("To pole jest wymagane.")
    expect(page.get_by_label("Imię")).to_have_value("Ewa")
    expect(page.get_by_label("Nazwisko")).to_have_value("Łącka")


def test_a_password_says_how_strong_it_is_while_it_is_typed(looker: Looker) -> None:
    looker.become(None, Language.ENGLISH)
    looker.open("/register")
    field, main = looker.page.get_by_label("Password"), looker.page.get_by_role("main")
    for typed, said in (
        ("abc", "at least 12 characters"),
        ("password1234", "too common"),
        ("sosna i buk", "at least 12 characters"),
        ("sosna i buki", "A good password."),
        ("sosna i buk nad jeziorem", "A strong password."),
    ):
        field.fill(typed)
        expect(main).to_contain_text(said)


def test_who_leaves_a_company_says_that_they_know_what_it_does(looker: Looker, portal: Stage, person: Customer) -> None:
    portal.world.staff().approve(person.submitted(nip=NIPS[6]))
    body = {"choice": "proceed", "owh_version": "1", "terms_version": "1"}
    token = portal.world.link("approved", person.email)
    answered(portal.world.client.post(f"/api/v1/customer/completions/{token}", json=body), 200)
    looker.become(person, Language.ENGLISH)
    page = looker.page
    looker.open("/company/administrator")
    page.get_by_text("Leave the company").first.click()
    page.get_by_role("button", name="Leave the company").click()
    expect(page.get_by_role("alert")).to_be_visible()
    page.get_by_role("checkbox", name="I know that this blocks the company").check()
    page.get_by_role("button", name="Leave the company").click()
    expect(page.get_by_role("heading", name="Your account has no company yet")).to_be_visible()


def test_signing_out_everywhere_ends_the_other_browser_s_session(
    portal: Stage, browser: Browser, looker: Looker, person: Customer
) -> None:
    looker.become(person, Language.ENGLISH)
    with looking(browser, portal.url) as other:
        other.become(None, Language.ENGLISH)
        other.open("/sign-in")
        other.page.get_by_label("E-mail").fill(person.email)
        other.page.get_by_label("Password").fill(PASSWORD)
        other.page.get_by_role("main").get_by_role("button", name="Sign in").click()
        expect(other.page.get_by_role("heading", name="Your account has no company yet")).to_be_visible()
        looker.open("/account")
        looker.page.get_by_role("button", name="Sign out everywhere").click()
        expect(looker.page.get_by_role("status")).to_contain_text("You have been signed out on every device.")
        other.open("/home")
        expect(other.page.get_by_role("heading", name="Sign in")).to_be_visible()


@pytest.mark.parametrize(("language", "scripts"), [("pl", True), ("en", True), ("pl", False)])
def test_a_file_is_chosen_by_a_control_in_the_page_s_language(
    browser: Browser, portal: Stage, language: str, scripts: bool, tmp_path: Path
) -> None:
    person = portal.world.customer()
    person.create(nip=NIPS[5])
    say = load_translations(Language(language)).gettext
    table = tmp_path / "adresy.csv"
    table.write_text("x", encoding="utf-8")
    with looking(browser, portal.url, java_script_enabled=scripts) as looker:
        looker.become(person, Language(language))
        looker.open("/company/addresses/import")
        control, field = looker.page.get_by_text(say("Choose a file")), looker.page.get_by_label(say("CSV file"))
        box = control.bounding_box()
        assert box is not None
        assert box["height"] >= 44
        assert field.evaluate("(it) => getComputedStyle(it).color") == "rgba(0, 0, 0, 0)"
        assert field.evaluate("(it) => getComputedStyle(it, '::file-selector-button').display") == "none"
        field.focus()
        assert field.evaluate("(it) => getComputedStyle(it.parentElement).outlineStyle") == "solid"
        with looker.page.expect_file_chooser() as choosing:
            control.click()
        choosing.value.set_files(table)
        assert field.evaluate("(it) => getComputedStyle(it).color") != "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_boxes_are_drawn_in_the_colours_of_the_theme(
    browser: Browser, portal: Stage, person: Customer, scheme: str
) -> None:
    with looking(browser, portal.url, color_scheme=scheme) as looker:
        looker.become(person, Language.ENGLISH)
        looker.open("/consents")
        box = looker.page.get_by_role("checkbox", name="Phone")
        drawn = """(it, names) => {
          const style = getComputedStyle(it), probe = document.body.appendChild(document.createElement("p"));
          const is = (name) => { probe.style.color = `var(--${name})`; return getComputedStyle(probe).color; };
          return [style.borderColor === is(names[0]), style.backgroundColor === is(names[1]), it.getBoundingClientRect().width];
        }"""
        assert box.evaluate(drawn, ["line-strong", "surface"]) == [True, True, 24]
        box.check()
        looker.page.mouse.move(0, 0)
        assert box.evaluate(drawn, ["accent", "accent"]) == [True, True, 24]
