# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the rules of the process ask of the pages: finishing links, areas by permission, one administrator, tables."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, FilePayload, expect

from reviewer_app.contract.permissions import AREA_PERMISSIONS, Permission
from reviewer_app.contract.text import Language
from reviewer_app.documents.workers import WorkerPool
from tests.e2e.portal.cast import CONSENTS
from tests.e2e.portal.looks import Looker, looking
from tests.e2e.portal.stage import Stage, stage
from tests.support.team import activated, employee, people, sign_in
from tests.support.world import Customer
from tests.support.world import expect as answered


@pytest.fixture
def served(tmp_path: Path, pool: WorkerPool) -> Iterator[Stage]:
    """A portal of its own, whose clock a test may move."""
    with stage(tmp_path, pool) as served:
        yield served


@pytest.fixture
def looker(served: Stage, browser: Browser) -> Iterator[Looker]:
    """A browser window."""
    with looking(browser, served.url) as looker:
        yield looker


def approved(stage: Stage) -> Customer:
    """Give the administrator of a company that staff accepted."""
    person = stage.world.customer()
    answered(person.call("PUT", "customer/me/consents", json=CONSENTS), 200)
    stage.world.staff().approve(person.submitted())
    return person


def active(stage: Stage) -> Customer:
    """Give the administrator of a company that uses the portal in full."""
    boss = activated(stage.world)
    answered(boss.call("PUT", "customer/me/consents", json=CONSENTS), 200)
    return boss


def test_an_expired_link_is_renewed_from_the_account_and_clears_the_company_by_its_name(
    served: Stage, looker: Looker
) -> None:
    person = approved(served)
    first = served.world.link("approved", person.email)
    served.world.clock.advance(timedelta(days=8))
    looker.become(sign_in(served.world, person.email), Language.ENGLISH)
    page = looker.page
    looker.open(f"/finish/{first}")
    expect(page.get_by_role("heading", name="This link cannot be used")).to_be_visible()
    page.get_by_role("link", name="Go to the status").click()
    expect(page.get_by_role("main")).to_contain_text("The link has expired.")
    page.get_by_role("button", name="Send me the link again").click()
    expect(page.get_by_role("status").filter(has_text="A new link is on its way")).to_be_visible()
    expect(page.get_by_role("main")).to_contain_text("It works until")
    looker.open(f"/finish/{served.world.link('approved', person.email)}")
    page.get_by_role("radio", name="Clear the company").check()
    page.get_by_label("Company name").fill("Inna firma")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("alert")).to_contain_text("This is not the company's name.")
    page.get_by_label("Company name").fill("Żółw i Syn Sp. z o.o.")
    page.get_by_role("button", name="Confirm").click()
    expect(page.get_by_role("heading", name="The account has been cleared")).to_be_visible()
    page.get_by_role("link", name="Go to your account").click()
    expect(page.get_by_role("link", name="ADD COMPANY")).to_be_visible()


def test_each_area_opens_to_its_permission_alone(served: Stage, looker: Looker) -> None:
    boss = active(served)
    ewa, ewa_id = employee(served.world, boss, "ewa@firma.test")
    looker.become(ewa, Language.ENGLISH)
    closed = looker.page.get_by_role("heading", name="This area is closed to you")
    for held in (None, *Permission):
        body = {"permissions": [held] if held else []}
        answered(boss.call("PUT", f"customer/company/employees/{ewa_id}/permissions", json=body), 200)
        for name, needed in AREA_PERMISSIONS.items():
            looker.open(f"/areas/{name}")
            expect(closed, f"{name} with {held}").to_have_count(0 if needed is held else 1)


def test_who_is_not_the_administrator_reads_the_rule_instead_of_a_form(served: Stage, looker: Looker) -> None:
    boss = active(served)
    ewa, _ = employee(served.world, boss, "ewa@firma.test", *Permission)
    looker.become(ewa, Language.ENGLISH)
    looker.open("/company/administrator")
    main = looker.page.get_by_role("main")
    expect(main).to_contain_text("A company has exactly one administrator.")
    expect(looker.page.get_by_role("button", name="Start the change")).to_have_count(0)


def test_a_table_of_people_is_reported_line_by_line_and_taken_in(served: Stage, looker: Looker) -> None:
    boss = active(served)
    looker.become(boss, Language.ENGLISH)
    page = looker.page
    looker.open("/company/employees/import")
    table = "First name;Last name;E-mail;Permissions\nEwa;Sowa;ewa@firma.test;OR\nOla;;ola@firma.test;"
    file: FilePayload = {"name": "ludzie.csv", "mimeType": "text/csv", "buffer": table.encode()}
    page.get_by_label("CSV file").set_input_files(file)
    page.get_by_role("button", name="Check the table").click()
    report = page.get_by_role("region", name="What the check found")
    expect(report).to_contain_text("In order: 1, to correct: 1.")
    expect(report.get_by_role("listitem").filter(has_text="Line 3")).to_contain_text(
        "Last name: This field is required."
    )
    assert len(people(boss)) == 1
    page.get_by_role("button", name="Add the lines that are in order").click()
    expect(page.get_by_role("region", name="What was added")).to_contain_text("Added: 1, refused: 1.")
    assert {(one["first_name"], *one["permissions"]) for one in people(boss) if not one["is_administrator"]} == {
        ("Ewa", "OR")
    }
