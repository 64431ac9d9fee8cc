# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the pages do beyond the main road: drafts, languages, passwords, and words before an act."""

from __future__ import annotations

from playwright.sync_api import Browser, expect

from reviewer_app.contract.text import Language
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
