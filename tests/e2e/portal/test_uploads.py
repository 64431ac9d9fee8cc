# SPDX-License-Identifier: AGPL-3.0-or-later
"""Documents on their way: dropped, chosen or photographed, each with its progress, cancelled, refused and replaced."""

from __future__ import annotations

import itertools
import re

import pymupdf
from playwright.sync_api import Browser, FilePayload, Page, expect

from reviewer_app.contract.text import Language
from reviewer_app.qa.synthetic_numbers import nth_synthetic_nip
from tests.e2e.portal.looks import PHONE, Looker, looking
from tests.e2e.portal.stage import Stage
from tests.support.world import Customer, pdf

_COMPANIES = itertools.count(71_000)


def test_files_are_dropped_looked_at_and_replaced(looker: Looker, person: Customer) -> None:
    person.create(nip=nth_synthetic_nip(next(_COMPANIES)))
    looker.become(person, Language.ENGLISH)
    page = looker.page
    looker.open("/company/documents")
    card = page.get_by_role("region", name="KRS extract or CEIDG printout")
    _drop(page, "registry_extract", {"jeden.pdf": pdf("Jeden", 2), "dwa.pdf": pdf("Dwa")})
    for name in ("jeden.pdf", "dwa.pdf"):
        expect(card.get_by_role("link", name=name)).to_be_visible(timeout=30_000)
    first = card.get_by_role("listitem").or_(card.locator("div")).filter(has_text="jeden.pdf").last
    card.get_by_text("Preview").first.click()
    picture = card.get_by_role("img", name=re.compile(r"^Page 1 of ")).first
    expect(picture).to_be_visible()
    page.wait_for_function("(image) => image.complete && image.naturalWidth > 300", arg=picture.element_handle())
    assert first.count() == 1
    card.get_by_text("Replace", exact=True).first.click()
    card.get_by_label("New version of this file").first.set_input_files(
        {"name": "trzy.pdf", "mimeType": "application/pdf", "buffer": pdf("Trzy")}
    )
    expect(card.get_by_role("link", name="trzy.pdf")).to_be_visible(timeout=30_000)
    expect(card.get_by_text("1 earlier version")).to_be_visible()


def test_each_file_shows_how_far_it_is_and_can_be_cancelled_by_itself(looker: Looker, person: Customer) -> None:
    person.create(nip=nth_synthetic_nip(next(_COMPANIES)))
    looker.become(person, Language.ENGLISH)
    page = looker.page
    looker.open("/company/documents")
    # A slow line: a megabyte in twenty seconds.
    line = page.context.new_cdp_session(page)
    slow = {"offline": False, "latency": 0, "downloadThroughput": -1, "uploadThroughput": 50_000}
    line.send("Network.enable")
    line.send("Network.emulateNetworkConditions", slow)
    card = page.get_by_role("region", name="KRS extract or CEIDG printout")
    large = pdf() + b"\n" * 900_000
    card.get_by_label("Choose files").set_input_files(
        [
            file(name, content)
            for name, content in (("duzy.pdf", large), ("zbedny.pdf", pdf("Zbędny")), ("maly.pdf", pdf("Mały")))
        ]
    )
    rows = {name: card.get_by_role("listitem").filter(has_text=name) for name in ("duzy.pdf", "zbedny.pdf", "maly.pdf")}
    for name, row in rows.items():
        expect(row.get_by_role("progressbar", name=name)).to_be_visible()
    bar = rows["duzy.pdf"].get_by_role("progressbar").element_handle()
    page.wait_for_function("(bar) => bar.value > 5 && bar.value < 100", arg=bar)
    expect(rows["maly.pdf"]).to_contain_text("Waiting…")
    rows["zbedny.pdf"].get_by_role("button", name="Cancel").click()
    expect(rows["zbedny.pdf"]).to_have_count(0)
    rows["duzy.pdf"].get_by_role("button", name="Cancel").click()
    expect(card.get_by_role("link", name="maly.pdf")).to_be_visible(timeout=30_000)
    assert [one["file_name"] for one in person.documents()] == ["maly.pdf"]


def test_a_file_that_is_refused_says_why_beside_those_that_are_taken(looker: Looker, person: Customer) -> None:
    person.create(nip=nth_synthetic_nip(next(_COMPANIES)))
    looker.become(person, Language.ENGLISH)
    looker.open("/company/documents")
    card = looker.page.get_by_role("region", name="KRS extract or CEIDG printout")
    sent = (("puste.pdf", b""), ("tekst.pdf", b"to nie jest PDF"), ("odpis.pdf", pdf("Odpis")))
    card.get_by_label("Choose files").set_input_files([file(name, content) for name, content in sent])
    expect(card.get_by_role("link", name="odpis.pdf")).to_be_visible(timeout=30_000)
    expect(card.get_by_role("listitem").filter(has_text="puste.pdf")).to_contain_text("The file is empty.")
    wrong = card.get_by_role("listitem").filter(has_text="tekst.pdf")
    expect(wrong.get_by_role("progressbar")).to_have_count(0)
    wrong.get_by_role("button", name="Dismiss").click()
    expect(wrong).to_have_count(0)
    assert [one["file_name"] for one in person.documents()] == ["odpis.pdf"]


def test_a_telephone_offers_its_camera(portal: Stage, browser: Browser, person: Customer) -> None:
    person.create(nip=nth_synthetic_nip(next(_COMPANIES)))
    with looking(browser, portal.url, viewport=PHONE, has_touch=True, is_mobile=True) as looker:
        looker.become(person, Language.ENGLISH)
        looker.open("/company/documents")
        card = looker.page.get_by_role("region", name="KRS extract or CEIDG printout")
        camera = card.get_by_label("Take a photo")
        assert (camera.get_attribute("capture"), camera.get_attribute("accept")) == ("environment", "image/*")
        with looker.page.expect_file_chooser() as choosing:
            card.get_by_text("Take a photo").tap()
        choosing.value.set_files({"name": "image.jpg", "mimeType": "image/jpeg", "buffer": photograph()})
        expect(card.get_by_role("link", name="image.jpg")).to_be_visible(timeout=30_000)
        looker.judge("after a photograph", sizes=[PHONE])
        assert looker.faults == []
    assert [one["file_name"] for one in person.documents()] == ["image.jpg"]


def test_a_desktop_offers_no_camera(looker: Looker, person: Customer) -> None:
    person.create(nip=nth_synthetic_nip(next(_COMPANIES)))
    looker.become(person, Language.ENGLISH)
    looker.open("/company/documents")
    card = looker.page.get_by_role("region", name="KRS extract or CEIDG printout")
    expect(card.get_by_label("Choose files")).to_be_visible()
    expect(card.get_by_text("Take a photo")).to_be_hidden()


def file(name: str, content: bytes) -> FilePayload:
    """Give a file as a person chooses it."""
    return {"name": name, "mimeType": "application/pdf", "buffer": content}


def photograph() -> bytes:
    """Make a page as a camera gives it."""
    with pymupdf.open(stream=pdf("Zdjęcie")) as document:
        content: bytes = document[0].get_pixmap(dpi=150).tobytes("jpeg")
    return content


def _drop(page: Page, kind: str, files: dict[str, bytes]) -> None:
    """Drop files onto the zone of a kind, as a person drags them from a folder."""
    given = page.evaluate_handle(
        """(files) => {
          const data = new DataTransfer();
          for (const [name, bytes] of Object.entries(files)) {
            data.items.add(new File([Uint8Array.from(bytes)], name, { type: "application/pdf" }));
          }
          return data;
        }""",
        {name: list(content) for name, content in files.items()},
    )
    page.dispatch_event(f"#{kind} form[data-upload] >> nth=-1", "drop", {"dataTransfer": given})
