# SPDX-License-Identifier: AGPL-3.0-or-later
"""A customer at the portal, found by what they read on the page: roles, labels and texts, in Polish."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, expect

from reviewer_app.qa.synthetic_companies import SyntheticCompany

PASSWORD = "cztery-kasztany-za-oknem"
KIND_TITLES = {
    "registry_extract": "Odpis z KRS lub wydruk z CEIDG",
    "nip_confirmation": "Potwierdzenie nadania NIP",
    "regon_confirmation": "Potwierdzenie nadania REGON",
    "authorization": "Prześlij podpisany skan",
}


@dataclass
class Customer:
    """One person with a browser page. ``portal`` is the portal's address without a slash at the end."""

    page: Page
    portal: str
    company: SyntheticCompany
    email: str

    def register(self) -> None:
        """S1–S3: fill in the form; ends on the page that names the address the link went to."""
        page = self.page
        page.goto(f"{self.portal}/")
        page.get_by_role("main").get_by_role("link", name="Zarejestruj się").click()
        page.get_by_label("Imię").fill(self.company.administrator.first_name)
        page.get_by_label("Nazwisko").fill(self.company.administrator.last_name)
        page.get_by_label("E-mail").fill(self.email)
        page.get_by_label("Telefon").fill("+48 600 100 200")
        page.get_by_label("Stanowisko").fill(self.company.administrator_position)
        page.get_by_label("Hasło").fill(PASSWORD)
        page.get_by_role("checkbox", name="Akceptuję").check()
        page.get_by_role("button", name="Zarejestruj się").click()
        expect(page.get_by_role("heading", name="Sprawdź pocztę e-mail")).to_be_visible()
        expect(page.get_by_role("main")).to_contain_text(self.email)

    def activate(self, link: str) -> None:
        """S4: open the mailed link and confirm."""
        self.page.goto(link)
        self.page.get_by_role("button", name="Aktywuj konto").click()
        expect(self.page.get_by_role("heading", name="Zaloguj się")).to_be_visible()

    def sign_in(self) -> None:
        """S5: sign in on the page that activation led to; ends on the question of S6, asked at the first sign-in."""
        page = self.page
        page.goto(f"{self.portal}/sign-in")
        page.get_by_label("E-mail").fill(self.email)
        page.get_by_label("Hasło").fill(PASSWORD)
        page.get_by_role("main").get_by_role("button", name="Zaloguj się").click()
        expect(page.get_by_role("button", name="Zapisz i przejdź dalej")).to_be_visible()

    def consent(self) -> None:
        """S6: agree to e-mail only."""
        self.page.get_by_role("checkbox", name="E-mail").check()
        self.page.get_by_role("button", name="Zapisz i przejdź dalej").click()
        expect(self.page.get_by_role("link", name="DODAJ FIRMĘ")).to_be_visible()

    def add_company(self) -> None:
        """S7, S8: the company's data; numbers typed as people write them."""
        page, company = self.page, self.company
        page.get_by_role("link", name="DODAJ FIRMĘ").click()
        page.get_by_label("Forma prawna").select_option(company.legal_form.value)
        page.get_by_label("Nazwa firmy").fill(company.name)
        nip = company.nip
        page.get_by_label("NIP", exact=True).fill(f"PL {nip[:3]}-{nip[3:6]}-{nip[6:8]}-{nip[8:]}")
        page.get_by_label("REGON").fill(company.regon)
        page.get_by_label("KRS").fill(company.krs)
        page.get_by_label("Ulica").fill(f"ul. {company.seat.street}")
        page.get_by_label("Numer budynku").fill(company.seat.building)
        page.get_by_label("Numer lokalu").fill(company.seat.unit)
        page.get_by_label("Kod pocztowy").fill(company.seat.postal_code)
        page.get_by_label("Miejscowość").fill(company.seat.city)
        page.get_by_label("Telefon firmy").fill("22 100 20 30")
        page.get_by_label("E-mail firmy").fill(self.email)
        page.get_by_label("Rachunek bankowy").fill(company.bank_account)
        page.get_by_role("button", name="Zapisz i przejdź do dokumentów").click()
        expect(page.get_by_role("heading", name="Dokumenty", exact=True)).to_be_visible()

    def upload(self, kind: str, file: Path) -> None:
        """S8, S12: choose a file in the card of its kind; done when the page shows it as ready."""
        card = self.page.get_by_role("region", name=KIND_TITLES[kind])
        card.locator("input[type=file]").last.set_input_files(file)
        current = card.locator(".version.ready").filter(has_text=file.name)
        expect(current).to_be_visible(timeout=30_000)

    def download_authorization(self, folder: Path) -> Path:
        """S9, S10: the sheet made for this company; gives the PDF's path."""
        self.page.goto(f"{self.portal}/company/authorization")
        with self.page.expect_download() as downloading:
            self.page.get_by_role("button", name="Pobierz upoważnienie (PDF)").click()
        path = folder / downloading.value.suggested_filename
        downloading.value.save_as(path)
        return path

    def submit(self, button: str = "Wyślij do weryfikacji") -> None:
        """S12: send the case; ends on the status page that says who has it now."""
        self.page.goto(f"{self.portal}/company")
        self.page.get_by_role("button", name=button).click()
        expect(self.page.get_by_role("heading", name="Nic: sprawdzamy Twoje dokumenty")).to_be_visible()

    def read_correction(self, reason: str) -> None:
        """See on the status page what staff asked for."""
        self.page.goto(f"{self.portal}/company")
        expect(self.page.get_by_role("heading", name="Popraw to, co wskazano poniżej")).to_be_visible()
        expect(self.page.get_by_role("main")).to_contain_text(reason)

    def upload_again(self, file: Path) -> None:
        """Follow the faulty document's button and put the better scan in its place."""
        self.page.get_by_role("link", name="Prześlij ponownie").click()
        self.upload("authorization", file)

    def open_finishing_link(self, link: str) -> None:
        """S21: the page shows the data to check."""
        self.page.goto(link)
        expect(self.page.get_by_role("heading", name="Sprawdź dane adresowe")).to_be_visible()
        expect(self.page.get_by_role("main")).to_contain_text(self.company.seat.city)

    def accept_terms(self) -> None:
        """S21–S23: go on, accept both documents, agree to electronic invoices."""
        page = self.page
        page.get_by_role("radio", name="wykonaj poniższe operacje").check()
        page.get_by_role("checkbox", name="Akceptuję ogólne warunki handlowe (OWH)").check()
        page.get_by_role("checkbox", name="Akceptuję regulamin portalu").check()
        page.get_by_role("checkbox", name="Zgadzam się na faktury elektroniczne").check()
        page.get_by_label("E-mail do faktur").fill(self.email)

    def confirm(self) -> None:
        """S24: the company is active."""
        self.page.get_by_role("button", name="Potwierdź").click()
        expect(self.page.get_by_role("heading", name="Firma jest aktywna")).to_be_visible()

    def picture(self, path: Path) -> None:
        """Write a picture of the page as it stands; every act waits for its effect first.

        A browser cannot draw a page that it is just leaving: a picture taken right after a click fails now and then.
        """
        self.page.screenshot(path=path)

    def mail_picture(self, html: str, path: Path) -> None:
        """Write a picture of a mail's HTML, shown in a page of its own."""
        page = self.page.context.new_page()
        page.set_content(html)
        page.screenshot(path=path)
        page.close()
