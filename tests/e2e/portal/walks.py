# SPDX-License-Identifier: AGPL-3.0-or-later
"""The steps of the registration process as a customer walks them. Each ends when the page says that it is done."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from reviewer_app.contract.companies import LEGAL_FORMS, LegalForm
from reviewer_app.contract.permissions import Permission
from reviewer_app.contract.states import DOCUMENT_KIND_TEXTS, DocumentKind
from reviewer_app.contract.text import Language
from reviewer_app.qa.synthetic_numbers import synthetic_bank_account, synthetic_krs, synthetic_nip, synthetic_regon
from tests.e2e.portal.hands import Hands
from tests.e2e.portal.stage import Stage
from tests.support.world import expect as answered
from tests.support.world import pdf

PASSWORD = "cztery-kasztany-za-oknem"


@dataclass
class Walker:
    """A customer on the way from the start page to full use. ``papers`` is the folder of their files."""

    hands: Hands
    stage: Stage
    language: Language
    papers: Path
    name: str

    @property
    def page(self) -> Page:
        """The browser's page."""
        return self.hands.page

    @property
    def email(self) -> str:
        """The customer's address."""
        return f"{self.name}@firma.test"

    def see(self, heading: str) -> None:
        """Wait until a heading stands on the page."""
        expect(self.page.get_by_role("heading", name=self.hands.say(heading))).to_be_visible()

    def told(self, text: str) -> None:
        """Wait until the page says that something was done."""
        expect(self.page.get_by_role("status").filter(has_text=self.hands.say(text))).to_be_visible()

    def go(self, path: str) -> None:
        """Open an address, as by a bookmark or a mailed link."""
        self.page.goto(self.stage.url + path)

    def mailed(self, kind: str, path: str, to: str = "") -> str:
        """Give the path of the link in the newest mail of a kind."""
        return f"{path}/{self.stage.world.link(kind, to or self.email)}"

    def register(self) -> None:
        """S1–S3."""
        hands = self.hands
        self.go("/")
        hands.press("link", "Register")
        self.see("Registration")
        hands.fill("First name", "Żaneta")
        hands.fill("Last name", "Łącka")
        hands.fill("E-mail", self.email)
        hands.fill("Phone", "+48 600 100 200")
        hands.fill("Position", "prezeska")
        hands.fill("Password", PASSWORD)
        hands.tick("checkbox", "I accept the")
        hands.press("button", "Register")
        self.see("Check your e-mail")
        expect(self.page.get_by_role("main")).to_contain_text(self.email)

    def activate_and_sign_in(self) -> None:
        """S4, S5."""
        self.go(self.mailed("activation", "/activate"))
        self.hands.press("button", "Activate the account")
        self.told("Your account is active. You can sign in now.")
        self.hands.fill("E-mail", self.email)
        self.hands.fill("Password", PASSWORD)
        self.hands.press("button", "Sign in")

    def consent(self) -> None:
        """S6."""
        expect(self.page.get_by_role("group", name=self.hands.say("I agree to be contacted by"))).to_be_visible()
        self.hands.tick("checkbox", "E-mail")
        self.hands.press("button", "Save and go on")

    def add_company(self) -> None:
        """S7–S9."""
        hands, source = self.hands, random.Random(self.name)
        self.see("Your account has no company yet")
        hands.press("link", "ADD COMPANY")
        self.see("Add company")
        hands.choose("Legal form", LEGAL_FORMS[LegalForm.SP_ZOO].name.in_language(self.language))
        hands.fill("Company name", "Łącka i Wspólnicy Sp. z o.o.")
        nip = synthetic_nip(source)
        hands.fill("NIP", f"PL {nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}")
        hands.fill("REGON", synthetic_regon(source))
        hands.fill("KRS", synthetic_krs(source))
        hands.fill("Street", "ul. Długa")
        hands.fill("Building number", "7")
        hands.fill("Postal code", "00-001")
        hands.fill("City", "Warszawa")
        hands.fill("Company phone", "22 100 20 30")
        hands.fill("Company e-mail", self.email)
        hands.fill("Bank account", synthetic_bank_account(source))
        hands.press("button", "Save and go on to documents")
        self.see("Documents")
        self.give(DocumentKind.REGISTRY_EXTRACT, "odpis.pdf")

    def give(self, kind: DocumentKind, name: str, title: str = "") -> None:
        """S8, S12: upload a file; done when it stands there as checked."""
        file = self.papers / name
        file.write_bytes(pdf(name))
        region = self.hands.say(title) if title else DOCUMENT_KIND_TEXTS[kind].in_language(self.language)
        card = self.page.get_by_role("region", name=region)
        self.hands.give(card, file)
        expect(card.get_by_role("link", name=name)).to_be_visible(timeout=30_000)

    def authorize(self) -> None:
        """S10–S12: both variants of the sheet, then the signed scan."""
        hands = self.hands
        self.go("/company")
        self.see("Download, sign and upload the authorization")
        hands.press("link", "Go to the authorization")
        self.see("Download the sheet")
        for variant in ("Yes, the administrator is on the register", "No, the administrator is an employee"):
            hands.tick("radio", variant)
            sheet = Path(hands.download("Download the authorization (PDF)").path())
            assert sheet.read_bytes().startswith(b"%PDF-")
        self.give(DocumentKind.AUTHORIZATION, "skan.pdf", "Upload the signed scan")

    def submit(self, button: str = "Send for verification") -> None:
        """S12: hand the case to staff."""
        self.go("/company")
        self.hands.press("button", button)
        self.see("Nothing: we are checking your documents")

    def be_asked_to_correct(self) -> None:
        """S20: staff find the scan unreadable; the customer reads why and replaces it."""
        anna = self.stage.world.staff()
        case = self.case()
        answered(anna.decide(case, anna.correction(case, anna.claim(case))), 201)
        self.go("/company")
        self.see("Correct what is named below and send the case again")
        self.hands.press("link", "Upload again")
        self.give(DocumentKind.AUTHORIZATION, "skan-2.pdf", "Upload the signed scan")
        self.submit("Send again for verification")

    def be_accepted(self) -> None:
        """S20: staff accept."""
        self.stage.world.staff().approve(self.case())

    def finish(self) -> None:
        """S21–S24: check the address data, go on, accept both terms, take electronic invoices."""
        hands = self.hands
        self.go(self.mailed("approved", "/finish"))
        self.see("Check the address data")
        expect(self.page.get_by_role("main")).to_contain_text("ul. Długa 7, 00-001 Warszawa")
        hands.tick("radio", "perform the operations below…")
        hands.tick("checkbox", "I accept the general terms of trade (OWH)")
        hands.tick("checkbox", "I accept the regulations of the portal")
        hands.tick("checkbox", "I agree to electronic invoices")
        hands.fill("E-mail for invoices", self.email)
        hands.press("button", "Confirm")
        self.see("The company is active")

    def case(self) -> str:
        """Give the id of the company's case, as staff find it."""
        found = self.stage.world.staff().queue(open=True, q="Łącka")
        (case,) = [item["id"] for item in found if item["name"] == "Łącka i Wspólnicy Sp. z o.o."]
        return str(case)


class Administrator(Walker):
    """A customer whose company is there, with what only its administrator does."""

    def add_address(self) -> None:
        """S13."""
        hands = self.hands
        self._menu("Address book")
        hands.press("link", "Add an address")
        hands.fill("Name", "Magazyn główny")
        hands.fill("Street", "ul. Krótka")
        hands.fill("Building number", "12")
        hands.fill("Postal code", "30-001")
        hands.fill("City", "Kraków")
        hands.press("button", "Save the address")
        self.told("The address has been added.")
        expect(self.page.get_by_role("main")).to_contain_text("Magazyn główny")

    def invite(self, first_name: str, last_name: str) -> str:
        """S14, S15: enter an employee; gives their address."""
        hands, address = self.hands, f"{first_name.lower()}.{self.name}@firma.test"
        self._menu("Employees")
        hands.press("link", "Invite a person")
        hands.fill("First name", first_name)
        hands.fill("Last name", last_name)
        hands.fill("E-mail", address)
        hands.press("button", "Send the invitation")
        expect(self.page.get_by_role("link", name=f"{first_name} {last_name}")).to_be_visible()
        return address

    def join(self, hands: Hands, address: str) -> None:
        """S16: the employee follows the mail, finishes registration and signs in, in a browser of their own."""
        joining = Walker(hands, self.stage, self.language, self.papers, self.name)
        joining.go(self.mailed("invitation", "/invitations", address))
        hands.fill("Phone", "+48 600 300 400")
        hands.fill("Position", "kupiec")
        hands.fill("Password", PASSWORD)
        hands.tick("checkbox", "I accept the")
        hands.press("button", "Finish registration")
        joining.told("Your account is ready. You can sign in now.")
        hands.fill("E-mail", address)
        hands.fill("Password", PASSWORD)
        hands.press("button", "Sign in")
        hands.press("button", "Save and go on")
        joining.see("Areas of the portal")

    def grant(self, person: str, permission: Permission, *, scripts: bool = True) -> None:
        """S17: tick a cell of the table, whose column says what it means."""
        self._menu("Permissions")
        column = self.page.get_by_role("columnheader", name=permission)
        expect(column.get_by_role("button")).to_be_visible()
        self.hands.tick("checkbox", f"{permission} – {person}")
        if scripts:
            expect(self.page.get_by_role("button", name=self.hands.say("Undo"))).to_be_visible()
        else:
            self.hands.press("button", "Save the table")
            self.told("The permissions have been saved.")

    def put_below(self, person: str, superior: str) -> None:
        """S18: move a person in the tree."""
        self._menu("Hierarchy")
        self.hands.choose("Employee", person)
        self.hands.choose("Superior", superior)
        self.hands.press("button", "Move")
        self.told("The place in the structure has been changed.")
        tree = self.page.get_by_role("region", name=self.hands.say("Tree"))
        expect(tree.get_by_role("listitem").filter(has_text=superior).get_by_role("listitem")).to_contain_text(person)

    def use_area(self, hands: Hands, path: str, *, open_to_them: bool) -> None:
        """S24: go into an area, or read who may open it."""
        hands.page.goto(f"{self.stage.url}{path}")
        closed = hands.page.get_by_role("heading", name=hands.say("This area is closed to you"))
        expect(closed).to_have_count(0 if open_to_them else 1)

    def hand_over(self, person: str) -> None:
        """R3–R6: another administrator by a new authorization, verified by staff."""
        hands = self.hands
        self._menu("Administrator")
        hands.choose("New administrator", person)
        hands.press("button", "Start the change")
        self.told("The change has been started. The next step is the authorization.")
        expect(self.page.get_by_role("heading", name=person)).to_be_visible()
        with self.page.expect_download():
            hands.press("link", "Download: the administrator is an employee")
        file = self.papers / "nowe.pdf"
        file.write_bytes(pdf("nowe"))
        self.page.get_by_label(hands.say("Signed scan")).set_input_files(file)
        hands.press("button", "Upload the signed scan")
        hands.press("button", "Send for verification")
        expect(self.page.get_by_role("main")).to_contain_text(
            hands.say("We are checking the authorization. Until we accept it the present administrator keeps the role.")
        )
        self.be_accepted()
        self.go("/company/menu")
        expect(self.page.get_by_role("link", name=re.compile(hands.say("Company data")))).to_have_count(0)

    def _menu(self, tile: str) -> None:
        self.go("/company/menu")
        self.hands.press("link", tile, more=True)
