# SPDX-License-Identifier: AGPL-3.0-or-later
"""Acts of the person: held, undone, sent once however often the line is cut, and kept when refused."""

from __future__ import annotations

import contextlib
import sqlite3
import tempfile
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from reviewer_app.contract.permissions import StaffRole
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.states import CompanyState, DocumentKind, Outcome, Verdict
from reviewer_app.desk.desk import Desk
from reviewer_app.desk.drafts import DecisionDraft, DraftCompanyReason, DraftReason, DraftVerdict
from reviewer_app.desk.errors import DecisionUnderWay, InvalidDraft, TooLateToUndo
from reviewer_app.desk.events import ActChanged
from reviewer_app.desk.rows import ActKind, ActState, PendingAct
from tests.fakes.gateway_http import Cut, CuttingProxy, HttpFake
from tests.fakes.gateway_memory import PASSWORD
from tests.fakes.gateway_server import FakeServer
from tests.support.desks import Streamed, open_desk, streaming
from tests.support.waiting import wait_until
from tests.unit.desk.conftest import Office


def last(stream: Streamed, act: PendingAct) -> ActState | None:
    states = [event.act.state for event in stream.of(ActChanged) if event.act.id == act.id]
    return states[-1] if states else None


def settle(office: Office, act: PendingAct, state: ActState) -> PendingAct:
    """Send what is due until the act is in a state; gives it as it is then."""
    with streaming(office.desk.outbox.run) as stream:
        wait_until(lambda: last(stream, act) is state, what=f"{act.kind} becoming {state}")
    settled: list[PendingAct] = [event.act for event in stream.of(ActChanged) if event.act.id == act.id]
    return settled[-1]


def test_a_decision_is_sent_when_its_time_is_over_and_not_before(office: Office) -> None:
    office.desk.claims.claim(company_id=office.company_id)
    act = office.desk.outbox.decide(draft=office.approval(), hold_seconds=60)
    assert act.state is ActState.HELD
    with streaming(office.desk.outbox.run) as stream:
        note = office.desk.outbox.add_note(company_id="another", text="unknown company")
        wait_until(lambda: last(stream, note) is ActState.FAILED, what="the note being refused")
        assert last(stream, act) is None
        assert office.server.decisions == []
        office.clock.shift = timedelta(seconds=61)
        office.desk.outbox.wake()
        wait_until(lambda: last(stream, act) is ActState.DONE, what="the decision arriving")
    assert office.server.decisions == [(office.company_id, Outcome.APPROVE)]
    assert office.desk.outbox.pending(company_id=office.company_id) == ()
    assert office.desk.claims.lease(company_id=office.company_id) is None


def test_a_held_decision_is_undone_with_all_its_text(office: Office) -> None:
    draft = office.approval()
    office.desk.drafts.save(draft=draft)
    act = office.desk.outbox.decide(draft=draft, hold_seconds=60)
    assert office.desk.drafts.load(company_id=office.company_id) is None
    assert office.desk.queue.load().rows[0].pending == (act,)
    assert office.desk.outbox.undo(act_id=act.id) == draft
    assert office.desk.drafts.load(company_id=office.company_id) == draft
    assert office.desk.outbox.pending() == ()
    with pytest.raises(TooLateToUndo):
        office.desk.outbox.undo(act_id=act.id)


def test_an_empty_draft_does_not_take_the_place_of_a_decision_that_comes_back(office: Office) -> None:
    draft = office.approval()
    act = office.desk.outbox.decide(draft=draft, hold_seconds=60)
    office.desk.drafts.save(draft=DecisionDraft(draft.company_id, draft.version + 1))
    assert office.desk.outbox.undo(act_id=act.id) == draft
    assert office.desk.drafts.load(company_id=office.company_id) == draft


def test_a_decision_need_not_be_held(office: Office) -> None:
    office.desk.claims.claim(company_id=office.company_id)
    act = office.desk.outbox.decide(draft=office.approval(), hold_seconds=60)
    office.desk.outbox.send_now(act_id=act.id)
    settle(office, act, ActState.DONE)
    with pytest.raises(TooLateToUndo):
        office.desk.outbox.undo(act_id=act.id)
    with pytest.raises(TooLateToUndo):
        office.desk.outbox.retry(act_id=act.id)


def test_one_decision_at_a_time_on_a_case(office: Office) -> None:
    office.desk.outbox.decide(draft=office.approval(), hold_seconds=60)
    with pytest.raises(DecisionUnderWay):
        office.desk.outbox.decide(draft=office.approval(), hold_seconds=60)


def test_a_stale_version_is_a_conflict_that_keeps_the_text(office: Office) -> None:
    draft = office.approval()
    office.desk.claims.claim(company_id=office.company_id)
    office.server.customer_edits(office.company_id)
    act = settle(office, office.desk.outbox.decide(draft=draft, hold_seconds=0), ActState.CONFLICT)
    assert act.problem_code == "stale_version"
    assert act.problem is not None
    assert "changed" in act.problem.en
    assert office.server.decisions == []
    assert office.desk.cases.open(company_id=office.company_id).pending == (act,)
    assert office.desk.outbox.dismiss(act_id=act.id) == draft
    assert office.desk.drafts.load(company_id=office.company_id) == draft
    again = office.approval()
    settle(office, office.desk.outbox.decide(draft=again, hold_seconds=0), ActState.DONE)
    assert office.server.decisions == [(office.company_id, Outcome.APPROVE)]


def test_a_case_taken_over_meanwhile_is_a_conflict_that_names_the_holder(office: Office) -> None:
    office.desk.claims.claim(company_id=office.company_id)
    office.server.other_takes_over(office.company_id, "borys")
    act = settle(office, office.desk.outbox.decide(draft=office.approval(), hold_seconds=0), ActState.CONFLICT)
    assert act.problem_code == "claimed_by_other"
    assert act.problem is not None
    assert "Borys" in act.problem.en


def test_a_lost_claim_can_be_taken_again_and_the_decision_retried(office: Office) -> None:
    act = settle(office, office.desk.outbox.decide(draft=office.approval(), hold_seconds=0), ActState.CONFLICT)
    assert act.problem_code == "claim_required"
    office.desk.claims.claim(company_id=office.company_id)
    settle(office, office.desk.outbox.retry(act_id=act.id), ActState.DONE)
    assert office.server.decisions == [(office.company_id, Outcome.APPROVE)]


def test_notes_holds_and_reopening_go_the_same_way(office: Office) -> None:
    outbox = office.desk.outbox
    version = office.server.companies[office.company_id].version
    note = outbox.add_note(company_id=office.company_id, text="  zadzwonić do klienta  ")
    hold = outbox.hold(company_id=office.company_id, version=version, reason="czekamy na bank", until=None)
    back = outbox.release_hold(company_id=office.company_id, version=version)
    settle(office, back, ActState.DONE)
    assert (note.kind, hold.kind) == (ActKind.NOTE, ActKind.HOLD)
    assert office.server.notes == [(office.company_id, "zadzwonić do klienta")]
    assert office.server.companies[office.company_id].flags == ()
    reopened = settle(
        office, outbox.reopen(company_id=office.company_id, version=version, reason="pomyłka"), ActState.FAILED
    )
    assert reopened.problem_code == "permission_missing"


def test_suspending_and_restoring_a_company_wait_for_the_server_like_every_act(office: Office) -> None:
    outbox, company = office.desk.outbox, office.server.companies[office.company_id]
    company.state = CompanyState.ACTIVE
    version = company.version
    refused = outbox.suspend(company_id=office.company_id, version=version, reason="Faktury nieopłacone.")
    assert settle(office, refused, ActState.FAILED).problem_code == "permission_missing"
    assert company.state is CompanyState.ACTIVE
    office.server.change_role("anna", StaffRole.SUPERVISOR)
    settle(office, outbox.suspend(company_id=office.company_id, version=version, reason="x"), ActState.DONE)
    stale = outbox.restore(company_id=office.company_id, version=version, reason="Zapłacono.")
    assert settle(office, stale, ActState.CONFLICT).problem_code == "stale_version"
    settle(office, outbox.restore(company_id=office.company_id, version=version + 1, reason="x"), ActState.DONE)
    assert (company.state, company.version) == (CompanyState.ACTIVE, version + 2)
    with pytest.raises(InvalidDraft):
        outbox.suspend(company_id=office.company_id, version=version, reason=" ")


@pytest.mark.parametrize("text", ["", "   ", "x" * 4001])
def test_a_text_that_the_server_would_refuse_is_refused_at_once(office: Office, text: str) -> None:
    with pytest.raises(InvalidDraft):
        office.desk.outbox.add_note(company_id=office.company_id, text=text)
    assert office.desk.outbox.pending() == ()


def test_a_draft_says_everything_that_it_lacks(office: Office) -> None:
    office.desk.cases.open(company_id=office.company_id)
    first, second = (item.id for item in office.server.companies[office.company_id].documents)
    version = office.server.companies[office.company_id].version
    accepted = DraftVerdict(first, Verdict.ACCEPTED)

    def codes(draft: DecisionDraft) -> list[tuple[str, str | None]]:
        with pytest.raises(InvalidDraft) as raised:
            office.desk.outbox.decide(draft=draft)
        return [(problem.code, problem.document_id) for problem in raised.value.problems]

    assert codes(DecisionDraft(office.company_id, version)) == [("outcome_missing", None)]
    assert codes(DecisionDraft(office.company_id, version, Outcome.APPROVE, (accepted,))) == [
        ("verdicts_missing", second)
    ]
    wanting = DraftVerdict(second, Verdict.NEEDS_REPLACEMENT)
    assert codes(DecisionDraft(office.company_id, version, Outcome.REQUEST_CORRECTION, (accepted, wanting))) == [
        ("reason_required", second),
        ("reason_required", None),
    ]
    unexplained = DraftVerdict(second, Verdict.NEEDS_REPLACEMENT, (DraftReason(ReasonCode.OTHER),))
    assert codes(DecisionDraft(office.company_id, version, Outcome.REQUEST_CORRECTION, (unexplained,))) == [
        ("note_required", second)
    ]
    mild = (DraftCompanyReason(ReasonCode.ADDRESS_MISMATCH, field="seat"),)
    assert codes(DecisionDraft(office.company_id, version, Outcome.REJECT, reasons=mild)) == [("reason_required", None)]
    long = DecisionDraft(office.company_id, version, Outcome.REJECT, reasons=mild, customer_note="x" * 5000)
    assert ("too_long", None) in codes(long)


def test_a_correction_reaches_the_server_with_page_and_region(office: Office) -> None:
    office.desk.claims.claim(company_id=office.company_id)
    company = office.server.companies[office.company_id]
    sheet = next(item for item in company.documents if item.kind is DocumentKind.AUTHORIZATION)
    reason = DraftReason(ReasonCode.NOT_SIGNED, page=1, region=(0.1, 0.7, 0.5, 0.9))
    draft = DecisionDraft(
        office.company_id,
        company.version,
        Outcome.REQUEST_CORRECTION,
        (DraftVerdict(sheet.id, Verdict.NEEDS_REPLACEMENT, (reason,)),),
    )
    preview = office.desk.cases.preview_mail(draft=draft)
    assert "Żółw" in preview.text
    settle(office, office.desk.outbox.decide(draft=draft, hold_seconds=0), ActState.DONE)
    assert company.state is CompanyState.CORRECTION_REQUESTED
    given = next(item for item in company.documents if item.id == sheet.id).reasons
    assert [(item.code, item.page, item.region) for item in given] == [("not_signed", 1, (0.1, 0.7, 0.5, 0.9))]


def test_without_a_connection_acts_wait_and_can_still_be_undone(tmp_path: Path) -> None:
    server = FakeServer()
    server.add_user("anna")
    with HttpFake(server) as http, CuttingProxy(http.address) as proxy, open_desk(tmp_path, proxy.url) as desk:
        desk.session.sign_in(username="anna", password=PASSWORD)
        proxy.close()
        act = desk.outbox.add_note(company_id="c", text="czeka")
        with streaming(desk.outbox.run) as stream:
            wait_until(lambda: len(stream.of(ActChanged)) >= 2, what="a try to send")
            assert [event.act.state for event in stream.of(ActChanged)[:2]] == [ActState.SENDING, ActState.PENDING]
        assert [waiting.id for waiting in desk.outbox.pending()] == [act.id]
        assert desk.outbox.undo(act_id=act.id) is None
        assert desk.outbox.pending() == ()


def all_sent(desk: Desk) -> bool:
    desk.outbox.wake()  # does not wait for the next try to be due
    return not desk.outbox.pending()


@given(cuts=st.lists(st.sampled_from(Cut), max_size=4), acts=st.integers(1, 3))
@example(cuts=[Cut.BEFORE_ANSWER], acts=1)
@example(cuts=[Cut.INSIDE_ANSWER, Cut.BEFORE_ANSWER, Cut.BEFORE_REQUEST], acts=2)
@settings(max_examples=25)
def test_however_the_line_is_cut_each_act_happens_once_and_in_order(cuts: list[Cut], acts: int) -> None:
    server = FakeServer()
    server.add_user("anna", StaffRole.SUPERVISOR)
    company_id = server.add_company("Firma", "9990000250", {DocumentKind.AUTHORIZATION: b"sheet"})
    texts = [f"notatka {number}" for number in range(acts)]
    with (
        tempfile.TemporaryDirectory() as folder,
        HttpFake(server) as http,
        CuttingProxy(http.address) as proxy,
        open_desk(Path(folder), proxy.url) as desk,
    ):
        desk.session.sign_in(username="anna", password=PASSWORD)
        desk.claims.claim(company_id=company_id)
        detail = desk.cases.open(company_id=company_id).detail
        verdicts = tuple(DraftVerdict(item.id, Verdict.ACCEPTED) for item in detail.documents)
        for text in texts:
            desk.outbox.add_note(company_id=company_id, text=text)
        desk.outbox.decide(draft=DecisionDraft(company_id, detail.version, Outcome.APPROVE, verdicts), hold_seconds=0)
        proxy.cut(cuts)
        with streaming(desk.outbox.run):
            wait_until(lambda: all_sent(desk), what="everything being sent")
    assert server.notes == [(company_id, text) for text in texts]
    assert server.decisions == [(company_id, Outcome.APPROVE)]


def test_an_act_that_was_being_sent_when_the_program_ended_happens_once(tmp_path: Path) -> None:
    server = FakeServer()
    server.add_user("anna")
    company_id = server.add_company("Firma", "9990000250", {})
    with HttpFake(server) as http, CuttingProxy(http.address) as proxy:
        with open_desk(tmp_path, proxy.url) as desk:
            desk.session.sign_in(username="anna", password=PASSWORD)
            desk.outbox.add_note(company_id=company_id, text="raz")
            proxy.cut([Cut.BEFORE_ANSWER])
            with streaming(desk.outbox.run):
                wait_until(lambda: bool(server.notes) and proxy.left == 0, what="the note arriving")
        with open_desk(tmp_path, proxy.url) as desk:
            desk.session.sign_in(username="anna", password=PASSWORD)
            with streaming(desk.outbox.run):
                wait_until(lambda: all_sent(desk), what="the note being confirmed")
    assert server.notes == [(company_id, "raz")]


def test_an_act_that_another_version_wrote_holds_up_none_behind_it(office: Office) -> None:
    strange = office.desk.outbox.add_note(company_id=office.company_id, text="first")
    fine = office.desk.outbox.add_note(company_id=office.company_id, text="second")
    file = office.folder / "store" / "reviewer.sqlite"
    with contextlib.closing(sqlite3.connect(file)) as connection, connection:
        connection.execute("UPDATE outbox SET payload = ? WHERE id = ?", ('{"words": 1}', strange.id))
    with streaming(office.desk.outbox.run) as stream:
        wait_until(lambda: last(stream, fine) is ActState.DONE, what="the note behind arriving")
    assert last(stream, strange) is ActState.FAILED
    (left,) = office.desk.outbox.pending()
    assert left.problem_code == "unreadable_act"
