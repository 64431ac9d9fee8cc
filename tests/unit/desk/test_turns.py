# SPDX-License-Identifier: AGPL-3.0-or-later
"""Turned pages: at the server for everybody, here at once, and told later when the server was away."""

from __future__ import annotations

from pathlib import Path

from reviewer_app.contract.staff import StaffDocument
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.events import CasesChanged
from reviewer_app.store.vault import MemoryVault
from tests.fakes.gateway_http import Cut, CuttingProxy
from tests.fakes.gateway_memory import MOST_PAGES, PASSWORD
from tests.support.desks import open_desk, streaming
from tests.support.waiting import wait_until
from tests.unit.desk.conftest import Office


def first_document(desk: Desk, company_id: str) -> StaffDocument:
    return desk.cases.open(company_id=company_id).detail.documents[0]


def known_to_the_server(office: Office) -> list[tuple[int, int]]:
    document = office.server.companies[office.company_id].documents[0]
    return [(one.page, one.degrees) for one in document.rotations]


def told(office: Office, desk: Desk, turns: list[tuple[int, int]]) -> None:
    """Let a desk tell what it keeps until the server knows these turns."""
    with streaming(desk.sharing.run):
        wait_until(lambda: known_to_the_server(office) == turns, what=f"the server knowing {turns}")


def test_a_turn_is_here_at_once_and_at_the_server_for_a_colleague(office: Office, tmp_path: Path) -> None:
    document = first_document(office.desk, office.company_id)
    assert office.desk.turns.of(document=document) == {}
    office.desk.turns.turn(document_id=document.id, page=1, degrees=270)
    assert office.desk.turns.of(document=document) == {1: 270}
    told(office, office.desk, [(1, 270)])
    with open_desk(tmp_path / "second", office.http.url) as colleague:
        colleague.session.sign_in(username="borys", password=PASSWORD)
        theirs = first_document(colleague, office.company_id)
        assert colleague.turns.of(document=theirs) == {1: 270}
        colleague.turns.turn(document_id=theirs.id, page=1, degrees=0)
        told(office, colleague, [(1, 0)])
    again = first_document(office.desk, office.company_id)
    assert office.desk.turns.of(document=again) == {1: 0}, "the server's word goes before what is remembered here"


def test_turns_made_without_the_server_are_told_when_it_is_back(office: Office, tmp_path: Path) -> None:
    with CuttingProxy(office.http.address) as proxy, open_desk(tmp_path / "second", proxy.url) as desk:
        desk.session.sign_in(username="anna", password=PASSWORD)
        document = first_document(desk, office.company_id)
        with streaming(desk.changes.watch) as stream, streaming(desk.sharing.run):
            desk.turns.turn(document_id=document.id, page=1, degrees=180)
            wait_until(lambda: known_to_the_server(office) == [(1, 180)], what="the first turn is told")
            wait_until(lambda: bool(stream.of(CasesChanged)), what="the beginning of the watch")
            proxy.pause()
            for degrees in (270, 90):
                desk.turns.turn(document_id=document.id, page=1, degrees=degrees)
            assert desk.turns.of(document=document) == {1: 90}, "the person's own turn stays on the screen"
            assert known_to_the_server(office) == [(1, 180)]
            proxy.resume()
            wait_until(lambda: known_to_the_server(office) == [(1, 90)], what="the last turn is told")


def test_a_turn_whose_call_failed_is_told_although_the_server_was_never_away(office: Office, tmp_path: Path) -> None:
    with CuttingProxy(office.http.address) as proxy, open_desk(tmp_path / "second", proxy.url) as desk:
        desk.session.sign_in(username="anna", password=PASSWORD)
        document = first_document(desk, office.company_id)
        with streaming(desk.sharing.run):
            for page in (1, 2):
                proxy.cut([Cut.BEFORE_REQUEST])
                desk.turns.turn(document_id=document.id, page=page, degrees=90)
                wait_until(lambda: proxy.left == 0, what="the call being cut off")
            wait_until(lambda: known_to_the_server(office) == [(1, 90), (2, 90)], what="both turns are told")


def test_a_turn_that_was_not_told_outlives_the_program(office: Office, tmp_path: Path) -> None:
    folder, vault = tmp_path / "second", MemoryVault()
    with CuttingProxy(office.http.address) as proxy:
        with open_desk(folder, proxy.url, vault=vault) as desk:
            desk.session.sign_in(username="anna", password=PASSWORD)
            document = first_document(desk, office.company_id)
            desk.turns.turn(document_id=document.id, page=1, degrees=90)
            desk.turns.turn(document_id=document.id, page=2, degrees=180)
            desk.turns.turn(document_id=document.id, page=1, degrees=270)
        assert known_to_the_server(office) == []
        with open_desk(folder, proxy.url, vault=vault) as desk:
            desk.session.resume()
            assert desk.turns.of(document=document) == {1: 270, 2: 180}, "the person's own turns are still theirs"
            told(office, desk, [(1, 270), (2, 180)])
        with open_desk(folder, proxy.url, vault=vault) as desk:
            desk.session.resume()
            calls = len(office.server.calls)
            desk.turns.turn(document_id=document.id, page=3, degrees=90)
            told(office, desk, [(1, 270), (2, 180), (3, 90)])
            assert len(office.server.calls) == calls + 1, "what was told is not told again"


def test_a_turn_waits_for_the_person_who_made_it(office: Office) -> None:
    desk = office.desk
    document = first_document(desk, office.company_id)
    desk.turns.turn(document_id=document.id, page=1, degrees=90)
    desk.session.sign_out()
    desk.session.sign_in(username="borys", password=PASSWORD)
    desk.turns.turn(document_id=document.id, page=2, degrees=180)
    told(office, desk, [(2, 180)])
    desk.session.sign_out()
    desk.session.sign_in(username="anna", password=PASSWORD)
    told(office, desk, [(2, 180), (1, 90)])


def test_a_turn_that_the_server_refuses_holds_up_no_other_and_is_not_told_again(office: Office) -> None:
    document = first_document(office.desk, office.company_id)
    for page in (MOST_PAGES + 1, 1):
        office.desk.turns.turn(document_id=document.id, page=page, degrees=90)
    told(office, office.desk, [(1, 90)])
    office.desk.turns.turn(document_id=document.id, page=2, degrees=90)
    told(office, office.desk, [(1, 90), (2, 90)])
    asked = [call for call in office.server.calls if call.endswith(f"pages/{MOST_PAGES + 1}/rotation")]
    assert len(asked) == 1
