# SPDX-License-Identifier: AGPL-3.0-or-later
"""The desk: signing in, the queue, claims, documents and the change feed, against a server on real sockets."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pymupdf
import pytest

from reviewer_app.contract.states import CompanyState, DocumentKind
from reviewer_app.desk.documents import PageView
from reviewer_app.desk.errors import (
    Blame,
    ClaimedByOther,
    DamagedDownload,
    DocumentError,
    Interrupted,
    NotSignedIn,
    Offline,
    ServerUnknown,
    SessionExpired,
    WrongCredentials,
    explain,
    is_silent,
)
from reviewer_app.desk.events import CasesChanged, ConnectionChanged, LeaseEnded, LeaseRenewed, SessionEnded
from reviewer_app.desk.preferences import DEFAULT_HOLD_SECONDS, Preferences
from reviewer_app.desk.rows import QueueQuery
from reviewer_app.desk.snapshot import load_snapshot
from reviewer_app.desk.told import Told
from reviewer_app.store.files import snapshot_path
from reviewer_app.store.vault import MemoryVault
from tests.fakes.gateway_http import CuttingProxy, HttpFake
from tests.fakes.gateway_memory import PASSWORD
from tests.fakes.gateway_server import FakeServer
from tests.support.desks import open_desk, streaming
from tests.support.waiting import wait_until
from tests.unit.desk.conftest import Office


class TestSessions:
    def test_the_next_start_goes_on_without_a_password(self, http: HttpFake, tmp_path: Path) -> None:
        vault = MemoryVault()
        with open_desk(tmp_path, http.url, vault=vault) as desk:
            first = desk.session.sign_in(username="anna", password=PASSWORD)
            assert desk.session.current == first
        with open_desk(tmp_path, http.url, vault=vault) as desk:
            assert desk.session.resume() == first
            assert desk.queue.load().rows == ()
            assert desk.preferences.last_username == "anna"

    def test_who_does_not_want_to_be_remembered_is_not(self, http: HttpFake, tmp_path: Path) -> None:
        vault = MemoryVault()
        with open_desk(tmp_path, http.url, vault=vault) as desk:
            desk.session.sign_in(username="anna", password=PASSWORD, remember=False)
        with open_desk(tmp_path, http.url, vault=vault) as desk:
            assert desk.session.resume() is None

    def test_a_session_that_the_server_ended_is_not_gone_on_with(
        self, server: FakeServer, http: HttpFake, tmp_path: Path
    ) -> None:
        vault = MemoryVault()
        with open_desk(tmp_path, http.url, vault=vault) as desk:
            desk.session.sign_in(username="anna", password=PASSWORD)
        server.end_sessions()
        with open_desk(tmp_path, http.url, vault=vault) as desk:
            assert desk.session.resume() is None
            assert vault.load(http.url) is None

    def test_without_a_connection_one_works_with_what_is_here(
        self, server: FakeServer, http: HttpFake, tmp_path: Path
    ) -> None:
        company_id = server.add_company("Żółw", "9990000184", {})
        vault = MemoryVault()
        with CuttingProxy(http.address) as proxy:
            with open_desk(tmp_path, proxy.url, vault=vault) as desk:
                user = desk.session.sign_in(username="anna", password=PASSWORD)
                desk.queue.load()
                desk.queue.keep()
                desk.cases.open(company_id=company_id)
            proxy.close()
            with open_desk(tmp_path, proxy.url, vault=vault) as desk:
                assert desk.session.resume() == user
                page = desk.queue.load()
                assert page.from_cache
                assert [row.name for row in page.rows] == ["Żółw"]
                case = desk.cases.open(company_id=company_id)
                assert case.from_cache
                assert case.detail.name == "Żółw"
                with pytest.raises(Offline):
                    desk.queue.load(query=QueueQuery(search="x"))
                with pytest.raises(Offline):
                    desk.cases.open(company_id="another")

    def test_signing_out_leaves_no_customers_data(self, office: Office) -> None:
        office.desk.queue.load()
        office.desk.queue.keep()
        office.desk.queue.load()
        office.desk.claims.claim(company_id=office.company_id)
        document = office.desk.cases.open(company_id=office.company_id).detail.documents[0]
        path = office.desk.documents.fetch(document=document)
        assert load_snapshot(snapshot_path(office.folder / "store")) is not None
        office.desk.session.sign_out()
        office.desk.queue.keep()
        assert not path.exists()
        assert load_snapshot(snapshot_path(office.folder / "store")) is None
        assert office.server.companies[office.company_id].held is None
        assert office.desk.session.current is None
        with pytest.raises(NotSignedIn):
            office.desk.queue.load()

    def test_a_document_that_comes_after_its_person_signed_out_is_not_kept(self, office: Office) -> None:
        document = office.desk.cases.open(company_id=office.company_id).detail.documents[0]

        def sign_out_at_the_end(done: int, size: int) -> None:
            if done == size and office.desk.session.current is not None:
                office.desk.session.sign_out()

        with pytest.raises(Interrupted):
            office.desk.documents.fetch(document=document, progress=sign_out_at_the_end)
        assert office.desk.kept_documents() == (0, 0)
        assert [path for path in (office.folder / "store").rglob(f"{document.sha256}*") if path.is_file()] == []

    def test_a_wrong_password_is_the_persons_turn(self, http: HttpFake, tmp_path: Path) -> None:
        with open_desk(tmp_path, http.url) as desk:
            with pytest.raises(WrongCredentials) as raised:
                desk.session.sign_in(username="anna", password="?")
            words = explain(raised.value)
            assert words.blame is Blame.PERSON
            assert words.message.en == "Wrong user name or password."
            assert desk.session.current is None

    def test_the_server_is_asked_for_and_kept(self, http: HttpFake, tmp_path: Path) -> None:
        with open_desk(tmp_path, None) as desk:
            assert desk.session.server_url is None
            assert desk.session.resume() is None
            with pytest.raises(ServerUnknown):
                desk.session.sign_in(username="anna", password=PASSWORD)
            assert desk.session.use_server(url=f" {http.url}/ ") == http.url
            desk.session.sign_in(username="anna", password=PASSWORD)
        assert Preferences(tmp_path / "preferences.json").server_url == http.url

    @pytest.mark.parametrize("address", ["", "https://", "ftp://x", "http://[", "http://a:b", "///"])
    def test_what_is_no_address_is_said_at_once(self, tmp_path: Path, address: str) -> None:
        with open_desk(tmp_path, None) as desk, pytest.raises(ServerUnknown):
            desk.session.use_server(url=address)


class TestQueue:
    def test_pages_follow_each_other_and_carry_what_is_on_its_way(self, office: Office) -> None:
        for number in range(3):
            office.server.add_company(f"Firma {number}", "9990000250", {})
        first = office.desk.queue.load(limit=2)
        second = office.desk.queue.load(cursor=first.next_cursor, limit=2)
        assert len(first.rows) == len(second.rows) == 2
        assert second.next_cursor is None
        act = office.desk.outbox.add_note(company_id=office.company_id, text="x")
        rows = {row.id: row for row in office.desk.queue.load().rows}
        assert rows[office.company_id].pending == (act,)
        assert rows[office.company_id].state is CompanyState.PENDING_VERIFICATION

    def test_the_last_queue_is_kept_for_the_next_start(self, office: Office) -> None:
        page = office.desk.queue.load()
        office.desk.queue.keep()
        kept = load_snapshot(snapshot_path(office.folder / "store"))
        assert kept is not None
        assert kept.rows == page.rows
        assert load_snapshot(snapshot_path(office.folder / "store"), scope="somebody@else") is None

    @pytest.mark.parametrize("content", [b"", b"[]", b"{}", b'{"format": 99}', b"\xff", b'{"format": 1, "scope": 1}'])
    def test_a_damaged_snapshot_is_as_none(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "queue.json"
        path.write_bytes(content)
        assert load_snapshot(path) is None


class TestClaims:
    def test_a_claim_is_kept_alive_and_its_loss_is_told(self, office: Office) -> None:
        lease = office.desk.claims.claim(company_id=office.company_id)
        assert office.desk.cases.open(company_id=office.company_id).lease == lease
        with streaming(office.desk.claims.keep) as stream:
            office.clock.shift = timedelta(minutes=10)
            office.desk.claims.wake()
            wait_until(lambda: bool(stream.of(LeaseRenewed)), what="the renewal")
            office.server.other_takes_over(office.company_id, "borys")
            office.clock.shift = timedelta(minutes=20)
            office.desk.claims.wake()
            wait_until(lambda: bool(stream.of(LeaseEnded)), what="the end of the claim")
        ended = stream.of(LeaseEnded)[0]
        assert ended.company_id == office.company_id
        assert "Borys" in ended.problem.message.en
        assert office.desk.claims.lease(company_id=office.company_id) is None

    def test_the_next_case_comes_with_its_claim(self, office: Office) -> None:
        case = office.desk.claims.claim_next()
        assert case is not None
        assert case.detail.id == office.company_id
        assert case.lease is not None
        assert office.desk.claims.claim_next() is None
        office.desk.claims.release(company_id=office.company_id)
        office.desk.claims.release(company_id=office.company_id)
        assert office.server.companies[office.company_id].held is None

    def test_a_case_of_another_names_its_holder(self, office: Office) -> None:
        office.server.other_takes_over(office.company_id, "borys")
        with pytest.raises(ClaimedByOther) as raised:
            office.desk.claims.claim(company_id=office.company_id)
        assert raised.value.holder == "Borys"

    def test_a_case_is_not_let_go_under_a_decision(self, office: Office) -> None:
        office.desk.claims.claim(company_id=office.company_id)
        office.desk.outbox.decide(draft=office.approval(), hold_seconds=60)
        office.desk.claims.release(company_id=office.company_id)
        assert office.server.companies[office.company_id].held is not None


class TestChanges:
    def test_what_others_do_is_told_without_asking(self, office: Office) -> None:
        with streaming(office.desk.changes.watch) as stream:
            wait_until(lambda: bool(stream.of(CasesChanged)), what="the beginning of the watch")
            assert stream.of(ConnectionChanged) == [ConnectionChanged(online=True)]
            assert stream.of(CasesChanged)[0].everything
            office.server.customer_edits(office.company_id)
            wait_until(lambda: len(stream.of(CasesChanged)) == 2, what="the change")
        assert stream.of(CasesChanged)[1].company_ids == {office.company_id}

    def test_a_lost_connection_is_told_and_so_is_its_return(self, office: Office, tmp_path: Path) -> None:
        with CuttingProxy(office.http.address) as proxy, open_desk(tmp_path / "second", proxy.url) as desk:
            desk.session.sign_in(username="anna", password=PASSWORD)
            with streaming(desk.changes.watch) as stream:
                wait_until(lambda: bool(stream.of(CasesChanged)), what="the beginning of the watch")
                proxy.pause()
                wait_until(lambda: len(stream.of(ConnectionChanged)) == 2, what="the loss")
                proxy.resume()
                wait_until(lambda: len(stream.of(ConnectionChanged)) == 3, what="the return")
        lost = stream.of(ConnectionChanged)[1]
        assert not lost.online
        assert lost.problem is not None
        assert lost.problem.blame is Blame.ENVIRONMENT
        assert stream.of(ConnectionChanged)[2].online

    def test_the_end_of_the_session_ends_the_watch(self, office: Office) -> None:
        office.server.end_sessions()
        with streaming(office.desk.changes.watch) as stream:
            assert stream.ended.wait(30)
        assert [event.problem.code for event in stream.of(SessionEnded)] == ["session_expired"]


class TestDocuments:
    @pytest.fixture
    def scan(self) -> bytes:
        with pymupdf.open() as document:
            document.new_page(width=300, height=400).insert_text((50, 50), "Umowa")
            document.new_page(width=300, height=400)
            content: bytes = document.tobytes()
        return content

    def test_a_document_is_fetched_once_drawn_and_read(self, office: Office, scan: bytes) -> None:
        office.server.add_document(office.company_id, DocumentKind.OTHER, scan)
        document = office.desk.cases.open(company_id=office.company_id).detail.documents[-1]
        progress: list[tuple[int, int]] = []
        opened = office.desk.documents.open(
            document=document, progress=lambda done, size: progress.append((done, size))
        )
        assert [(page.width, page.height) for page in opened.pages] == [(300, 400), (300, 400)]
        assert progress[-1] == (len(scan), len(scan))
        assert office.desk.documents.open(document=document) == opened
        assert office.server.calls.count(f"GET /api/v1/staff/documents/{document.id}/content") == 1
        pixels = office.desk.documents.render(document_id=document.id, page=1, zoom=2.0, rotation=90)
        assert (pixels.width, pixels.height) == (800, 600)
        pixels.release()
        text = office.desk.documents.text(document=document)
        assert [word.text for page in text.pages for word in page.words] == ["Umowa"]
        assert [hit.page for hit in text.index.find("umowa")] == [1]
        office.desk.documents.close(document_id=document.id)
        office.desk.documents.render(document_id=document.id, page=1, zoom=1.0).release()
        with pytest.raises(DocumentError):
            office.desk.documents.render(document_id="another", page=1, zoom=1.0)

    def test_how_a_page_was_turned_and_seen_is_remembered(self, office: Office) -> None:
        documents = office.desk.documents
        assert documents.page_view(document_id="d", page=1) == PageView()
        documents.remember_page_view(document_id="d", page=1, view=PageView(270, 1.25))
        assert documents.page_view(document_id="d", page=1) == PageView(270, 1.25)
        documents.mark_seen(document_id="d", page=2)
        assert documents.seen_pages(document_id="d") == {2}

    def test_a_file_that_is_no_document_is_said_in_words(self, office: Office) -> None:
        document = office.desk.cases.open(company_id=office.company_id).detail.documents[0]
        with pytest.raises(DocumentError) as raised:
            office.desk.documents.open(document=document)
        assert "new file" in explain(raised.value).message.en

    def test_a_document_with_another_digest_is_not_shown(self, office: Office) -> None:
        document = office.desk.cases.open(company_id=office.company_id).detail.documents[0]
        with pytest.raises(DamagedDownload):
            office.desk.documents.fetch(document=document.model_copy(update={"sha256": "0" * 64}))


class TestPreferences:
    def test_they_are_there_again_at_the_next_start(self, tmp_path: Path) -> None:
        path = tmp_path / "new" / "preferences.json"
        first = Preferences(path)
        assert (first.language, first.theme, first.hold_seconds) == ("pl", "system", DEFAULT_HOLD_SECONDS)
        first.set_language("en")
        first.set_theme("dark")
        first.set_hold_seconds(500)
        first.set_layout("queue", 2, "abc")
        second = Preferences(path)
        assert (second.language, second.theme, second.hold_seconds) == ("en", "dark", 120)
        assert second.layout("queue", 2) == "abc"
        assert second.layout("queue", 3) is None
        second.reset_layouts()
        assert Preferences(path).layout("queue", 2) is None

    @pytest.mark.parametrize(
        "content", [b"", b"[1]", b'{"language": 5, "theme": [], "hold_seconds": "x", "layouts": 3}', b"\xff\xfe"]
    )
    def test_a_damaged_file_gives_the_defaults(self, tmp_path: Path, content: bytes) -> None:
        path = tmp_path / "preferences.json"
        path.write_bytes(content)
        preferences = Preferences(path)
        assert (preferences.language, preferences.theme, preferences.hold_seconds) == ("pl", "system", 10)
        assert preferences.layout("queue", 1) is None
        preferences.set_theme("light")
        assert Preferences(path).theme == "light"


@pytest.mark.parametrize("content", [b"", b"[1]", b'{"anna": "far", "piotr": -1}', b"\xff"])
def test_a_damaged_file_of_places_is_as_none_and_is_written_anew(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "told.json"
    path.write_bytes(content)
    told = Told(path)
    assert (told.until("anna"), told.until("piotr")) == (None, None)
    told.keep("anna", 7)
    told.keep("piotr", 9)
    assert (Told(path).until("anna"), Told(path).until("piotr")) == (7, 9)


def test_an_error_that_nobody_expected_is_a_bug_without_details() -> None:
    words = explain(ZeroDivisionError("secret"))
    assert words.blame is Blame.BUG
    assert "secret" not in words.title.pl + words.message.pl
    assert is_silent(Interrupted())
    assert not is_silent(ZeroDivisionError())
    assert issubclass(SessionExpired, Exception)
