# SPDX-License-Identifier: AGPL-3.0-or-later
"""The main job from end to end on real parts: customer in a browser, staff at the desktop, mails over SMTP.

``python -m tests.e2e.walk [--output FOLDER]`` prints each step, saves a picture of each and ends with a summary. The exit
code is 0 only when every step really happened: each one waits for its effect and raises when it does not come.
"""

from __future__ import annotations

import argparse
import os
import shutil
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser
from PySide6.QtWidgets import QApplication

from reviewer_app.app.bootstrap import Options, build
from reviewer_app.app.paths import AppPaths
from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.reasons import REASONS, ReasonCode
from reviewer_app.qa.synthetic_companies import make_company
from reviewer_app.store.vault import MemoryVault
from tests.e2e.browser import chromium
from tests.e2e.customer import Customer
from tests.e2e.display import virtual_screen
from tests.e2e.mailbox import CaughtMail, Mailbox
from tests.e2e.papers import sign, write_registry_papers
from tests.e2e.report import Report
from tests.e2e.stack import STAFF_PASSWORD, Server
from tests.e2e.staff import Staff

CUSTOMER_NOTE = "Brakuje okrągłej pieczęci obok podpisu."
COMPANY_SEED = 7


@dataclass
class Walk:
    """Everything a walk needs. ``papers`` is the folder of the customer's files."""

    customer: Customer
    staff: Staff
    mailbox: Mailbox
    papers: Path
    report: Report
    mails: int = 0

    def mail(self) -> CaughtMail:
        """Wait for the customer's next mail while the desktop keeps working."""
        self.mails += 1
        arrived = self.customer.email
        self.staff.wait(f"mail {self.mails} to the customer", lambda: self.mailbox.count(arrived) >= self.mails)
        return self.mailbox.wait(arrived, count=self.mails)


def register(walk: Walk) -> None:
    """S1–S6: from the start page to a signed-in customer without a company."""
    customer, report = walk.customer, walk.report
    customer.register()
    report.step("Customer registers, the link is sent", customer.picture)
    mail = walk.mail()
    report.step(
        f"The activation mail arrives over SMTP: “{mail.subject}”", lambda path: customer.mail_picture(mail.html, path)
    )
    customer.activate(mail.link)
    report.step("Customer activates the account", customer.picture)
    customer.sign_in()
    report.step("Customer signs in and is asked for consents", customer.picture)
    customer.consent()
    report.step("Customer gives marketing consent by e-mail only", customer.picture)


def add_company(walk: Walk) -> Path:
    """S7–S12: from ADD COMPANY to the submission with an unstamped sheet; gives the empty sheet."""
    customer, report = walk.customer, walk.report
    customer.add_company()
    report.step("Customer adds the company", customer.picture)
    for kind, path in write_registry_papers(customer.company, walk.papers).items():
        customer.upload(kind, path)
    report.step("Customer uploads the extract and the confirmations", customer.picture)
    sheet = customer.download_authorization(walk.papers)
    report.step("Customer downloads the authorization", customer.picture)
    customer.upload("authorization", sign(customer.company, sheet, walk.papers / "upowaznienie.jpg", stamped=False))
    report.step("Customer uploads the signed scan", customer.picture)
    customer.submit()
    report.step("Customer submits the case", customer.picture)
    walk.mail()
    return sheet


def find_the_fault(walk: Walk) -> None:
    """S20, first round: staff find that the stamp is missing and ask for a correction."""
    staff, report, name = walk.staff, walk.report, walk.customer.company.name
    staff.open_case(name)
    report.step("Staff opens the case", staff.picture)
    staff.claim()
    report.step("Staff claims the case", staff.picture)
    for number in range(1, staff.documents() + 1):
        staff.look_at_document(number)
        report.step(f"Staff looks at all pages of document {number}", staff.picture)
    staff.ask_for_correction(staff.documents(), ReasonCode.STAMP_MISSING, CUSTOMER_NOTE)
    report.step("Staff asks for a correction and reads the mail before it goes", staff.picture)
    staff.confirm()
    report.step("Staff confirms, the decision can be undone for a while", staff.picture)


def correct(walk: Walk, sheet: Path) -> None:
    """The customer reads why, uploads a stamped scan and submits again."""
    customer, report = walk.customer, walk.report
    reason = REASONS[ReasonCode.STAMP_MISSING].customer.pl
    mail = walk.mail()
    for words in (reason, CUSTOMER_NOTE):
        assert words in " ".join(mail.text.split()), f"the mail does not say: {words}"
    report.step(
        f"The mail with the reason arrives: “{mail.subject}”", lambda path: customer.mail_picture(mail.html, path)
    )
    customer.read_correction(reason)
    report.step("Customer sees the reason at the document", customer.picture)
    customer.upload_again(sign(customer.company, sheet, walk.papers / "upowaznienie-2.pdf", stamped=True))
    report.step("Customer uploads the stamped sheet", customer.picture)
    customer.submit("Wyślij ponownie do weryfikacji")
    report.step("Customer submits again", customer.picture)
    walk.mail()


def approve(walk: Walk) -> None:
    """S20, second round: staff sees what is new and approves."""
    staff, report, name = walk.staff, walk.report, walk.customer.company.name
    staff.back_to_queue()
    staff.wait("round 2 in the queue", lambda: staff.waits_in_queue(name) and staff.round_in_queue(name) == "2")
    report.step("Staff sees round 2 in the queue", staff.picture)
    staff.open_case(name)
    staff.claim()
    for number in range(1, staff.documents() + 1):
        staff.look_at_document(number)
    report.step("Staff looks at the new version of the authorization", staff.picture)
    staff.approve()
    assert not staff.warns_of_unseen_pages(), "every page was looked at, and yet the window warns"
    report.step("Staff approves and reads the mail before it goes", staff.picture)
    staff.confirm()


def finish(walk: Walk) -> None:
    """S21–S24: the finishing link, the terms, electronic invoices, active."""
    customer, staff, report = walk.customer, walk.staff, walk.report
    mail = walk.mail()
    report.step(
        f"The mail with the finishing link arrives: “{mail.subject}”",
        lambda path: customer.mail_picture(mail.html, path),
    )
    customer.open_finishing_link(mail.link)
    report.step("Customer checks the address data", customer.picture)
    customer.accept_terms()
    report.step("Customer accepts OWH and regulations, and e-invoices", customer.picture)
    customer.confirm()
    report.step("Customer confirms, the company is active", customer.picture)
    staff.wait("the state “Aktywna” on the desktop", lambda: staff.state_shown() == "Aktywna")
    staff.show_history()
    report.step("Staff sees the active company and its whole history", staff.picture)


def run(walk: Walk) -> None:
    """Walk the whole road."""
    staff, report = walk.staff, walk.report
    register(walk)
    staff.sign_in("anna.lis", STAFF_PASSWORD)
    report.step("Staff signs in at the desktop", staff.picture)
    name = walk.customer.company.name
    assert not staff.waits_in_queue(name)
    sheet = add_company(walk)
    staff.wait("the case in the queue without a refresh", lambda: staff.waits_in_queue(name))
    report.step("The case appears in the queue without a refresh", staff.picture)
    find_the_fault(walk)
    correct(walk, sheet)
    approve(walk)
    finish(walk)


@contextmanager
def desktop(folder: Path, server_url: str) -> Iterator[Staff]:
    """Open the desktop's window in this process, with an empty data folder and nobody signed in."""
    qt = QApplication.instance() or QApplication([])
    assert isinstance(qt, QApplication)
    options = Options(paths=AppPaths(folder), server_url=server_url, language="pl", theme="light", vault=MemoryVault())
    application = build(qt, options)
    application.show()
    staff = Staff(application.main_window)
    try:
        yield staff
    finally:
        left = application.close()
        staff.turn(0.2)
    assert not left, f"threads of the desktop did not end: {left}"


def customer_page(browser: Browser, server: Server, downloads: Path) -> Customer:
    """Open a browser page as a Polish customer would have it."""
    page = browser.new_context(locale="pl-PL", viewport={"width": 1366, "height": 768}).new_page()
    page.set_default_timeout(20_000)
    company = make_company(COMPANY_SEED, legal_form=LegalForm.SP_ZOO, joint=False)
    downloads.mkdir()
    return Customer(page, server.url, company, company.administrator_email)


def screen(*, wanted: bool) -> ExitStack:
    """Give this process a screen: a virtual one where Xvfb exists and it is wanted, else what there is."""
    stack = ExitStack()
    if wanted and sys.platform != "win32":
        os.environ["DISPLAY"] = stack.enter_context(virtual_screen())
        os.environ["QT_QPA_PLATFORM"] = "xcb"
        os.environ.pop("WAYLAND_DISPLAY", None)
    else:
        stack.enter_context(nullcontext())
    return stack


def main(arguments: list[str] | None = None) -> int:
    """Run the walk; gives the exit code."""
    parser = argparse.ArgumentParser(prog="walk", description=__doc__)
    parser.add_argument("--output", type=Path, default=Path("build/demo"), help="folder for the pictures")
    parser.add_argument("--headless", action="store_true", help="use a virtual screen though there is a display")
    chosen = parser.parse_args(arguments)
    shutil.rmtree(chosen.output, ignore_errors=True)
    report = Report(chosen.output.resolve())
    print("One company goes the whole way, through the real parts:", flush=True)
    with ExitStack() as stack:
        folder = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="reviewer-walk-")))
        stack.enter_context(screen(wanted=True))
        mailbox = stack.enter_context(Mailbox())
        server = stack.enter_context(Server(folder / "server", mailbox.url))
        server.add_staff("anna.lis", "reviewer", "Anna Lis")
        browser = stack.enter_context(chromium())
        staff = stack.enter_context(desktop(folder / "desktop", server.url))
        customer = customer_page(browser, server, folder / "papers")
        walk = Walk(customer, staff, mailbox, folder / "papers", report)
        try:
            run(walk)
        except BaseException:
            customer.picture(report.folder / "failed-customer.png")
            staff.picture(report.folder / "failed-staff.png")
            print(server.output, file=sys.stderr)
            raise
    print(report.summary())
    return 0


if __name__ == "__main__":
    sys.exit(main())
