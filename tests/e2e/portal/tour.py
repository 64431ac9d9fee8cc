# SPDX-License-Identifier: AGPL-3.0-or-later
"""Every page of the portal in every situation, as a list of stops."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.e2e.portal.cast import Cast
from tests.fakes.registers import NIP
from tests.support.world import Customer, World, expect

Act = Callable[[Page], None]
AREAS = ("branch", "users", "orders", "service", "invoices", "addresses", "projects")


@dataclass(frozen=True)
class Stop:
    """A page that somebody opens, and what they do there before it is looked at. ``None`` is a visitor."""

    who: Customer | None
    path: str
    act: Act | None = None
    told: str = ""

    @property
    def name(self) -> str:
        """How faults name it."""
        return f"{self.path} {self.told}".strip()


@dataclass(frozen=True)
class Links:
    """Tokens of mailed links in the states that they can be in."""

    unused: str
    used: str
    reset: str
    invitation: str
    invitation_of_known: str
    finishing: str
    inactive: str


def links(world: World, cast: Cast) -> Links:
    """Have mails sent; gives what their links carry. ``inactive`` is the address of an account that waits."""
    inactive = cast.address()
    person = {"first_name": "Jan", "last_name": "Żółw", "phone": "+48 600 100 200", "position": "prezes"}
    body = {**person, "email": inactive, "password": "Wierzba-nad-stawem-71", "language": "pl", "terms_version": "1"}
    expect(world.client.post("/api/v1/customer/registrations", json=body), 202)
    forgetful = world.customer(cast.address()).email
    expect(world.client.post("/api/v1/customer/password-resets", json={"email": forgetful}), 202)
    known = {"first_name": "Jan", "last_name": "Żółw", "email": cast.without_company.email}
    expect(cast.boss.call("POST", "customer/company/employees", json=known), 201)
    return Links(
        unused=world.link("activation", inactive),
        used=world.link("activation", cast.boss.email),
        reset=world.link("password_reset", forgetful),
        invitation=world.link("invitation", cast.invited["email"]),
        invitation_of_known=world.link("invitation", cast.without_company.email),
        finishing=world.link("approved", cast.approved.email),
        inactive=inactive,
    )


def stops(cast: Cast, mailed: Links) -> Iterator[Stop]:
    """Give every stop; those of one person stand together."""
    yield from _visitor(mailed)
    yield from _newcomers(cast, mailed)
    yield from _road(cast)
    yield from _company(cast)
    yield from _closed(cast)


def _visitor(mailed: Links) -> Iterator[Stop]:
    for path in ("/", "/register", "/register/sent", "/sign-in", "/forgotten-password", "/activation/resend"):
        yield Stop(None, path)
    for path in ("/terms", "/owh", "/privacy", "/nowhere", "/finished/active", "/finished/cleared"):
        yield Stop(None, path)
    yield Stop(None, f"/activate/{mailed.unused}")
    yield Stop(None, f"/activate/{mailed.used}", _press, "used")
    yield Stop(None, f"/reset-password/{mailed.reset}")
    yield Stop(None, "/reset-password/nothing", _new_password, "unknown")
    yield Stop(None, f"/invitations/{mailed.invitation}")
    yield Stop(None, f"/invitations/{mailed.invitation_of_known}", told="known")
    yield Stop(None, "/invitations/nothing", told="unknown")
    yield Stop(None, f"/finish/{mailed.finishing}")
    yield Stop(None, f"/finish/{mailed.finishing}", _proceed, "without terms")
    yield Stop(None, f"/finish/{mailed.finishing}", _clear, "wrong name")
    yield Stop(None, "/sign-in", _sign_in_as(mailed.inactive), "inactive")
    yield Stop(None, "/change-email/nothing")
    yield Stop(None, "/change-email/nothing", _press, "unknown")
    yield Stop(None, "/language", told="not by its form")


def _newcomers(cast: Cast, mailed: Links) -> Iterator[Stop]:
    yield Stop(cast.newcomer, "/consents", told="first time")
    for path in ("/home", "/consents", "/company/new", "/company/new/lookup", "/company/new/take", "/account"):
        yield Stop(cast.without_company, path)
    yield Stop(cast.without_company, "/account/email")
    for name, nip in (("found", NIP), ("not found", "9990000250"), ("wrong", "9990000185")):
        yield Stop(cast.without_company, "/company/new", _fetch(nip), name)
    yield Stop(cast.without_company, "/company/new", _take, "taken over")
    yield Stop(cast.without_company, "/account/email", _ask_for_another_address, "asked")
    yield Stop(cast.without_company, f"/invitations/{mailed.invitation_of_known}", told="signed in")


def _road(cast: Cast) -> Iterator[Stop]:
    for who in (cast.collecting, cast.awaiting, cast.correction):
        for path in ("/company", "/company/documents", "/company/authorization", "/company/menu", "/company/edit"):
            yield Stop(who, path)
    for who in (cast.ready, cast.pending, cast.rejected, cast.approved, cast.cleared):
        yield Stop(who, "/company")
    for path in ("/company/documents", "/company/menu", "/company/edit"):
        yield Stop(cast.pending, path)
    yield Stop(cast.pending, "/company/edit", _rename, "before it is saved")
    yield Stop(cast.approved, "/company/documents")


def _company(cast: Cast) -> Iterator[Stop]:
    boss = cast.boss
    for path in ("", "/menu", "/employees", "/employees/new", "/employees/import", "/permissions", "/hierarchy"):
        yield Stop(boss, f"/company{path}")
    for path in ("/employees?q=zzzz", "/permissions?q=zzzz"):
        yield Stop(boss, f"/company{path}", told="nobody")
    for employee_id in (cast.ewa_id, cast.blocked_id, cast.invited["id"], "me"):
        found = boss_id(boss) if employee_id == "me" else employee_id
        yield Stop(boss, f"/company/employees/{found}")
    yield Stop(boss, f"/company/employees/{cast.ewa_id}", _open_folds, "unfolded")
    for path in ("", "/new", "/import", f"/{cast.book_entry}"):
        yield Stop(boss, f"/company/addresses{path}")
    yield Stop(
        boss, "/company/employees/import", _table("Imię;Nazwisko;E-mail\nEwa;;nic\nEwa;Lis;e.lis@firma.test"), "report"
    )
    yield Stop(boss, "/company/permissions", _grant, "saved")
    yield Stop(boss, "/company/employees/nobody", told="unknown")
    yield Stop(boss, f"/company/employees?q={'x' * 201}", told="a search longer than any name")
    for area in AREAS:
        yield Stop(boss, f"/areas/{area}")
    for path in ("/company/addresses", "/company/administrator", "/company/menu"):
        yield Stop(cast.lone_boss, path)
    yield Stop(cast.changing_boss, "/company/administrator", told="under way")


def _closed(cast: Cast) -> Iterator[Stop]:
    for path in (
        "/company/menu",
        "/company/employees",
        "/company/permissions",
        "/company/addresses",
        "/areas/invoices",
    ):
        yield Stop(cast.ewa, path, told="by an employee")
    for path in ("/company/menu", "/company", "/company/employees/new", "/company/addresses", "/company/administrator"):
        yield Stop(cast.ola, path, told="by an employee with little")
    for area in AREAS:
        yield Stop(cast.ola, f"/areas/{area}", told="by an employee with little")
    for path in ("/company/menu", "/areas/invoices", "/company/employees"):
        yield Stop(cast.blocked, path, told="by a blocked employee")
    for path in ("/company", "/company/menu", "/areas/orders"):
        yield Stop(cast.suspended, path, told="suspended")
    for path in ("/company/menu", "/areas/orders", "/company/administrator", "/company"):
        yield Stop(cast.left_behind, path, told="without an administrator")


def boss_id(boss: Customer) -> str:
    """Give the entry of an administrator in the list of employees."""
    return str(expect(boss.call("GET", "customer/me"), 200)["employee_id"])


def _press(page: Page) -> None:
    page.get_by_role("main").get_by_role("button").first.click()
    page.wait_for_load_state()


def _open_folds(page: Page) -> None:
    for fold in page.get_by_role("group").all():
        fold.locator("summary").click()


def _sign_in_as(address: str) -> Act:
    def act(page: Page) -> None:
        page.locator("#email").fill(address)
        page.locator("#password").fill("Wierzba-nad-stawem-71")
        _press(page)

    return act


def _fetch(nip: str) -> Act:
    def act(page: Page) -> None:
        page.locator("#nip").fill(nip)
        page.locator("#name").fill("Inna nazwa")
        with page.expect_navigation():
            page.locator("#lookup").get_by_role("button").click()

    return act


def _take(page: Page) -> None:
    _fetch(NIP)(page)
    with page.expect_navigation():
        page.locator("button[name=take]").first.click()


def _ask_for_another_address(page: Page) -> None:
    page.locator("#email").fill("inny@firma.test")
    page.locator("#password").fill("Wierzba-nad-stawem-71")
    with page.expect_navigation():
        page.locator("main form").last.get_by_role("button").click()


def _new_password(page: Page) -> None:
    page.locator("#password").fill("Wierzba-nad-stawem-72")
    _press(page)


def _proceed(page: Page) -> None:
    page.get_by_role("radio").first.check()
    page.locator("#einvoice").check()
    page.locator("#einvoice-email").fill("nic")
    _press(page)


def _clear(page: Page) -> None:
    page.get_by_role("radio").last.check()
    page.locator("#confirm_name").fill("Inna firma")
    _press(page)


def _rename(page: Page) -> None:
    page.locator("#name").fill("Inna Sp. z o.o.")
    page.locator("form.company-form").get_by_role("button").last.click()
    page.get_by_role("main").get_by_role("definition").first.wait_for()


def _table(csv: str) -> Act:
    def act(page: Page) -> None:
        page.locator("#csv").fill(csv)
        page.get_by_role("main").get_by_role("button").last.click()
        page.get_by_role("main").get_by_role("listitem").first.wait_for()

    return act


def _grant(page: Page) -> None:
    box = page.get_by_role("row").filter(has_text="kupiec").first.get_by_role("checkbox").nth(3)
    box.click()
    page.locator("#undo").wait_for()
