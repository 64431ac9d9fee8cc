# SPDX-License-Identifier: AGPL-3.0-or-later
"""Prints: whatever becomes of the program, the server learns how each of them ended."""

from __future__ import annotations

from pathlib import Path

import pytest

from reviewer_app.contract.printing import PrintOutcome
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.errors import NotFound, Offline
from reviewer_app.store.vault import MemoryVault
from tests.fakes.gateway_http import Cut, CuttingProxy
from tests.fakes.gateway_memory import PASSWORD
from tests.support.desks import open_desk, streaming
from tests.support.waiting import wait_until
from tests.unit.desk.conftest import Office


def begin(desk: Desk, company_id: str) -> str:
    """Record that three pages of a company's first document are printed; gives the id of the print."""
    document = desk.cases.open(company_id=company_id).detail.documents[0]
    return desk.prints.record(document_id=document.id, pages=(1, 2, 3)).print_id


def outcomes(office: Office) -> list[PrintOutcome | None]:
    """Give what the server knows of all prints, None of those that run."""
    return list(office.server.print_outcomes.values())


def told(office: Office, desk: Desk, print_id: str, outcome: PrintOutcome) -> None:
    """Let a desk tell what it keeps until the server knows what became of a print."""
    with streaming(desk.sharing.run):
        wait_until(lambda: office.server.print_outcomes[print_id] is not None, what="the end being told")
    assert office.server.print_outcomes[print_id] == outcome


def test_a_print_that_the_program_left_unfinished_is_told_as_broken_off_at_the_next_start(
    office: Office, tmp_path: Path
) -> None:
    folder, vault = tmp_path / "second", MemoryVault()
    with open_desk(folder, office.http.url, vault=vault) as desk:
        desk.session.sign_in(username="anna", password=PASSWORD)
        first, second = begin(desk, office.company_id), begin(desk, office.company_id)
        desk.prints.gave(print_id=second, pages=(1, 2))
    with open_desk(folder, office.http.url, vault=vault) as desk:
        desk.session.resume()
        third = begin(desk, office.company_id)
        told(office, desk, first, PrintOutcome(complete=False))
        told(office, desk, second, PrintOutcome(complete=False, pages=(1, 2)))
        assert office.server.print_outcomes[third] is None, "it is still being printed"


def test_a_print_ends_as_that_of_who_began_it(office: Office) -> None:
    desk = office.desk
    first = begin(desk, office.company_id)
    desk.session.sign_out()
    desk.session.sign_in(username="borys", password=PASSWORD)
    desk.prints.end(print_id=first, complete=True, pages=(1, 2, 3))
    second = begin(desk, office.company_id)
    desk.prints.end(print_id=second, complete=False, pages=())
    told(office, desk, second, PrintOutcome(complete=False))
    assert office.server.print_outcomes[first] is None
    desk.session.sign_out()
    desk.session.sign_in(username="anna", password=PASSWORD)
    told(office, desk, first, PrintOutcome(complete=True, pages=(1, 2, 3)))


@pytest.mark.parametrize("cut", [Cut.BEFORE_ANSWER, Cut.BEFORE_REQUEST])
def test_a_print_whose_beginning_got_no_answer_is_told_as_broken_off(office: Office, tmp_path: Path, cut: Cut) -> None:
    with CuttingProxy(office.http.address) as proxy, open_desk(tmp_path / "second", proxy.url) as desk:
        desk.session.sign_in(username="anna", password=PASSWORD)
        document = desk.cases.open(company_id=office.company_id).detail.documents[0]
        proxy.cut([cut] * 3)
        with pytest.raises(Offline):
            desk.prints.record(document_id=document.id, pages=(1, 2))
        with streaming(desk.sharing.run):
            wait_until(lambda: outcomes(office) not in ([], [None]), what="the end being told")
        assert outcomes(office) == [PrintOutcome(complete=False)], "asked for again it is the same print"


def test_a_print_that_the_server_refused_or_never_heard_of_is_no_print(office: Office, tmp_path: Path) -> None:
    with CuttingProxy(office.http.address) as proxy, open_desk(tmp_path / "second", proxy.url) as desk:
        desk.session.sign_in(username="anna", password=PASSWORD)
        with pytest.raises(NotFound):
            desk.prints.record(document_id="unknown", pages=(1,))
        proxy.close()
        with pytest.raises(Offline):
            desk.prints.record(document_id="unknown", pages=(1,))
        assert desk.prints.untold(desk.session.scope) == []


def test_an_end_whose_call_failed_is_told_although_the_server_was_never_away(office: Office, tmp_path: Path) -> None:
    with CuttingProxy(office.http.address) as proxy, open_desk(tmp_path / "second", proxy.url) as desk:
        desk.session.sign_in(username="anna", password=PASSWORD)
        print_id = begin(desk, office.company_id)
        proxy.cut([Cut.REFUSE] * 4)  # a call with its repeats, and one more
        desk.prints.end(print_id=print_id, complete=True, pages=(1, 2, 3))
        told(office, desk, print_id, PrintOutcome(complete=True, pages=(1, 2, 3)))
