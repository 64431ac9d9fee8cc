# SPDX-License-Identifier: AGPL-3.0-or-later
"""What the desktop relies on, call by call: it holds for the fake server as for the real one."""

from __future__ import annotations

import threading
import uuid
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from reviewer_app.contract.edition import API_EDITION
from reviewer_app.contract.permissions import StaffAct, StaffRole
from reviewer_app.contract.reasons import ReasonCode
from reviewer_app.contract.staff import (
    CompanyDetail,
    DecisionRequest,
    DocumentVerdict,
    HistoryEntry,
    HoldRequest,
    NoteRequest,
    ReasonGiven,
    ReopenRequest,
    RestorationRequest,
    SuspensionRequest,
)
from reviewer_app.contract.states import Actor, CompanyState, DocumentKind, DocumentState, Flag, Outcome, Verdict
from reviewer_app.gateway.documents import digest_of
from reviewer_app.gateway.errors import (
    ClaimedByOther,
    DamagedDownload,
    Interrupted,
    InvalidRequest,
    LeaseLost,
    NotFound,
    NotPossible,
    PermissionMissing,
    Refused,
    SessionExpired,
    StaleVersion,
    WrongCredentials,
)
from reviewer_app.gateway.gateway import Gateway
from reviewer_app.gateway.plain import Session
from tests.contract.conftest import Arena, Connect, unsigned
from tests.support.waiting import wait_until


def new_key() -> str:
    return str(uuid.uuid4())


@pytest.fixture
def anna(arena: Arena, connect: Connect) -> Gateway:
    return connect(arena.staff("anna"))


@pytest.fixture
def company_id(arena: Arena) -> str:
    return arena.submitted()


def approval(detail: CompanyDetail) -> DecisionRequest:
    return DecisionRequest(
        outcome=Outcome.APPROVE,
        documents=tuple(
            DocumentVerdict(document_id=item.id, verdict=Verdict.ACCEPTED) for item in detail.documents if item.current
        ),
        customer_note="Witamy.",
    )


def correction(detail: CompanyDetail) -> DecisionRequest:
    sheet = next(item for item in detail.documents if item.current and item.kind is DocumentKind.AUTHORIZATION)
    reason = ReasonGiven(code=ReasonCode.NOT_SIGNED, page=1, region=(0.1, 0.7, 0.5, 0.9))
    verdict = DocumentVerdict(document_id=sheet.id, verdict=Verdict.NEEDS_REPLACEMENT, reasons=(reason,))
    return DecisionRequest(outcome=Outcome.REQUEST_CORRECTION, documents=(verdict,))


class TestSessions:
    def test_the_server_is_known_by_its_sign_of_life(self, arena: Arena) -> None:
        gateway = unsigned(arena)
        sign = gateway.sessions.answers()
        assert sign is not None
        assert sign.edition == API_EDITION
        assert sign.version
        gateway.close()

    def test_a_wrong_password_is_refused_in_words(self, arena: Arena) -> None:
        gateway = unsigned(arena)
        with pytest.raises(WrongCredentials) as raised:
            gateway.sessions.sign_in(username=arena.staff("anna"), password="nie to hasło")
        assert raised.value.problem.title == "Wrong user name or password."
        gateway.close()

    def test_nothing_is_shown_before_signing_in(self, arena: Arena) -> None:
        gateway = unsigned(arena)
        with pytest.raises(SessionExpired):
            gateway.queue.companies()
        gateway.close()

    def test_a_kept_session_goes_on_and_its_old_token_ends(self, arena: Arena) -> None:
        heard: list[Session | None] = []
        first = unsigned(arena, heard)
        session = first.sessions.sign_in(username=arena.staff("anna"), password=arena.password)
        first.close()
        second = unsigned(arena, heard)
        second.sessions.adopt(user=session.user, refresh_token=session.refresh_token)
        assert second.queue.companies().items == ()
        latest = heard[-1]
        assert latest is not None
        assert latest.refresh_token != session.refresh_token
        second.close()

    def test_a_session_that_is_over_is_said_and_forgotten(self, arena: Arena) -> None:
        heard: list[Session | None] = []
        gateway = unsigned(arena, heard)
        gateway.sessions.sign_in(username=arena.staff("anna"), password=arena.password)
        arena.end_sessions()
        with pytest.raises(SessionExpired):
            gateway.queue.companies()
        assert heard[-1] is None
        assert gateway.sessions.user is None
        gateway.close()

    def test_signing_out_ends_the_session_on_the_server(self, arena: Arena) -> None:
        gateway = unsigned(arena)
        session = gateway.sessions.sign_in(username=arena.staff("anna"), password=arena.password)
        gateway.sessions.sign_out()
        gateway.sessions.adopt(user=session.user, refresh_token=session.refresh_token)
        with pytest.raises(SessionExpired):
            gateway.sessions.refresh()
        gateway.close()


class TestReading:
    def test_the_queue_is_found_by_name_and_number(self, arena: Arena, anna: Gateway, company_id: str) -> None:
        arena.submitted()
        items = anna.queue.companies(open_only=True).items
        assert len(items) == 2
        found = next(item for item in items if item.id == company_id)
        assert found.state is CompanyState.PENDING_VERIFICATION
        assert [item.id for item in anna.queue.companies(search=found.nip).items] == [company_id]
        assert len(anna.queue.companies(search="żółw").items) == 2
        assert anna.queue.companies(state=CompanyState.ACTIVE).items == ()

    def test_the_queue_comes_page_by_page(self, arena: Arena, anna: Gateway) -> None:
        expected = {arena.submitted() for _ in range(3)}
        first = anna.queue.companies(limit=2)
        second = anna.queue.companies(limit=2, cursor=first.next_cursor)
        assert first.next_cursor is not None
        assert second.next_cursor is None
        assert {item.id for item in (*first.items, *second.items)} == expected

    def test_a_case_is_shown_in_full(self, anna: Gateway, company_id: str) -> None:
        detail = anna.cases.company(company_id=company_id)
        assert detail.id == company_id
        assert {item.kind for item in detail.documents} == {
            DocumentKind.REGISTRY_EXTRACT,
            DocumentKind.AUTHORIZATION,
        }
        assert all(len(item.page_sizes) == item.pages for item in detail.documents)
        assert StaffAct.CLAIM in detail.allowed_actions
        assert not detail.lease_mine

    def test_what_is_not_there_is_not_found(self, anna: Gateway) -> None:
        with pytest.raises(NotFound):
            anna.cases.company(company_id="nie/ma")
        with pytest.raises(NotFound):
            anna.documents.words(document_id="nie-ma")

    def test_a_document_arrives_whole_and_goes_on_where_it_stopped(
        self, anna: Gateway, company_id: str, target: Path
    ) -> None:
        document = anna.cases.company(company_id=company_id).documents[0]
        seen: list[int] = []

        def fetch(sha256: str) -> None:
            anna.documents.content(
                document_id=document.id,
                sha256=sha256,
                size=document.size,
                target=target,
                progress=lambda done, _size: seen.append(done),
                stopped=lambda: False,
            )

        fetch(document.sha256)
        assert digest_of(target) == document.sha256
        whole = target.read_bytes()
        target.write_bytes(whole[: document.size // 2])
        fetch(document.sha256)
        assert target.read_bytes() == whole
        assert seen[-1] == document.size
        target.write_bytes(b"x" + whole[1 : document.size // 2])
        with pytest.raises(DamagedDownload):
            fetch(document.sha256)
        assert not target.exists()

    def test_words_come_by_page(self, anna: Gateway, company_id: str) -> None:
        document = anna.cases.company(company_id=company_id).documents[0]
        words = anna.documents.words(document_id=document.id)
        assert words.document_id == document.id
        assert [page.page for page in words.pages] == [1]
        (word, number) = words.pages[0].words
        assert number.text == "1"
        assert word.box[2] < number.box[0]

    def test_findings_are_those_of_the_case_and_point_at_its_documents(self, anna: Gateway, company_id: str) -> None:
        checks = anna.cases.checks(company_id=company_id)
        detail = anna.cases.company(company_id=company_id)
        assert [item.code for item in checks if item.field == "nip"]
        assert {item.document_id for item in checks} <= {None, *(item.id for item in detail.documents)}

    def test_catalogue_statistics_and_checks_can_be_read(self, anna: Gateway, company_id: str) -> None:
        assert anna.cases.catalogue().terms_version == "1"
        now = datetime.now(UTC)
        statistics = anna.cases.statistics(since=now - timedelta(days=3650), until=now + timedelta(days=3650))
        assert statistics.received == 1
        found = anna.acts.refresh_checks(company_id=company_id, key=new_key())
        assert {(check.code, check.status) for check in anna.cases.checks(company_id=company_id)} == {
            (check.code, check.status) for check in found
        }


class TestClaims:
    def test_a_case_has_one_holder(self, arena: Arena, anna: Gateway, connect: Connect, company_id: str) -> None:
        ewa = connect(arena.staff("ewa"))
        claim = anna.claims.claim(company_id=company_id, key=new_key())
        assert anna.cases.company(company_id=company_id).lease_mine
        with pytest.raises(ClaimedByOther) as raised:
            ewa.claims.claim(company_id=company_id, key=new_key())
        assert raised.value.holder.startswith("Anna")
        anna.claims.release(company_id=company_id, lease_token=claim.lease_token)
        ewa.claims.claim(company_id=company_id, key=new_key())

    def test_the_holders_second_claim_ends_the_first_token(self, anna: Gateway, company_id: str) -> None:
        first = anna.claims.claim(company_id=company_id, key=new_key())
        second = anna.claims.claim(company_id=company_id, key=new_key())
        with pytest.raises(LeaseLost):
            anna.claims.heartbeat(company_id=company_id, lease_token=first.lease_token, key=new_key())
        renewed = anna.claims.heartbeat(company_id=company_id, lease_token=second.lease_token, key=new_key())
        assert renewed.lease_token == second.lease_token

    def test_a_heartbeat_renews_even_a_lease_that_ran_out(self, arena: Arena, anna: Gateway, company_id: str) -> None:
        claim = anna.claims.claim(company_id=company_id, key=new_key())
        arena.advance(timedelta(minutes=16))
        renewed = anna.claims.heartbeat(company_id=company_id, lease_token=claim.lease_token, key=new_key())
        assert renewed.expires_at > claim.expires_at

    def test_the_next_case_is_the_one_that_waited_longest(self, arena: Arena, anna: Gateway) -> None:
        assert anna.claims.claim_next(key=new_key()) is None
        first = arena.submitted()
        arena.advance(timedelta(seconds=2))
        arena.submitted()
        key = new_key()
        found = anna.claims.claim_next(key=key)
        assert found is not None
        assert found.company.id == first
        assert anna.claims.claim_next(key=key) == found

    def test_only_a_supervisor_takes_over(self, arena: Arena, anna: Gateway, connect: Connect, company_id: str) -> None:
        borys = connect(arena.staff("borys", StaffRole.SUPERVISOR))
        claim = borys.claims.claim(company_id=company_id, key=new_key())
        with pytest.raises(PermissionMissing):
            anna.claims.takeover(company_id=company_id, key=new_key())
        borys.claims.release(company_id=company_id, lease_token=claim.lease_token)
        mine = anna.claims.claim(company_id=company_id, key=new_key())
        borys.claims.takeover(company_id=company_id, key=new_key())
        with pytest.raises(ClaimedByOther):
            anna.claims.heartbeat(company_id=company_id, lease_token=mine.lease_token, key=new_key())


class TestActs:
    @pytest.fixture
    def lease(self, anna: Gateway, company_id: str) -> str:
        return anna.claims.claim(company_id=company_id, key=new_key()).lease_token

    def test_a_decision_happens_once_however_often_it_is_sent(self, anna: Gateway, company_id: str, lease: str) -> None:
        detail = anna.cases.company(company_id=company_id)
        key = new_key()
        first = anna.acts.decide(
            company_id=company_id, version=detail.version, lease_token=lease, decision=approval(detail), key=key
        )
        again = anna.acts.decide(
            company_id=company_id, version=detail.version, lease_token=None, decision=approval(detail), key=key
        )
        assert first == again
        assert first.state is CompanyState.APPROVED
        assert anna.cases.company(company_id=company_id).state is CompanyState.APPROVED
        with pytest.raises(Refused) as raised:
            anna.acts.decide(
                company_id=company_id, version=detail.version, lease_token=lease, decision=correction(detail), key=key
            )
        assert raised.value.code == "idempotency_key_reused"

    def test_a_correction_reaches_the_document(self, anna: Gateway, company_id: str, lease: str) -> None:
        detail = anna.cases.company(company_id=company_id)
        anna.acts.decide(
            company_id=company_id,
            version=detail.version,
            lease_token=lease,
            decision=correction(detail),
            key=new_key(),
        )
        after = anna.cases.company(company_id=company_id)
        assert after.state is CompanyState.CORRECTION_REQUESTED
        sheet = next(item for item in after.documents if item.kind is DocumentKind.AUTHORIZATION)
        assert sheet.state is DocumentState.NEEDS_REPLACEMENT
        assert [(item.code, item.page, item.region) for item in sheet.reasons] == [
            (ReasonCode.NOT_SIGNED, 1, (0.1, 0.7, 0.5, 0.9))
        ]

    def test_a_stale_version_is_refused(self, arena: Arena, anna: Gateway, company_id: str, lease: str) -> None:
        detail = anna.cases.company(company_id=company_id)
        arena.edit(company_id)
        with pytest.raises(StaleVersion):
            anna.acts.decide(
                company_id=company_id,
                version=detail.version,
                lease_token=lease,
                decision=approval(detail),
                key=new_key(),
            )

    def test_without_the_claim_nothing_is_decided(self, anna: Gateway, company_id: str) -> None:
        detail = anna.cases.company(company_id=company_id)
        with pytest.raises(LeaseLost):
            anna.acts.decide(
                company_id=company_id,
                version=detail.version,
                lease_token=None,
                decision=approval(detail),
                key=new_key(),
            )

    def test_an_approval_needs_every_document(self, anna: Gateway, company_id: str, lease: str) -> None:
        detail = anna.cases.company(company_id=company_id)
        some = approval(detail).model_copy(update={"documents": approval(detail).documents[:1]})
        with pytest.raises(InvalidRequest):
            anna.acts.decide(
                company_id=company_id, version=detail.version, lease_token=lease, decision=some, key=new_key()
            )

    def test_a_decided_case_is_not_claimed_again_but_by_reopening(
        self, arena: Arena, anna: Gateway, connect: Connect, company_id: str, lease: str
    ) -> None:
        borys = connect(arena.staff("borys", StaffRole.SUPERVISOR))
        detail = anna.cases.company(company_id=company_id)
        decided = anna.acts.decide(
            company_id=company_id, version=detail.version, lease_token=lease, decision=approval(detail), key=new_key()
        )
        with pytest.raises(NotPossible):
            anna.claims.claim(company_id=company_id, key=new_key())
        reason = ReopenRequest(reason="Pomyłka.")
        with pytest.raises(PermissionMissing):
            anna.acts.reopen(company_id=company_id, version=decided.version, request=reason, key=new_key())
        borys.acts.reopen(company_id=company_id, version=decided.version, request=reason, key=new_key())
        assert anna.cases.company(company_id=company_id).state is CompanyState.PENDING_VERIFICATION

    def test_only_a_supervisor_suspends_and_restores_and_each_only_once(
        self, arena: Arena, anna: Gateway, connect: Connect
    ) -> None:
        company_id, borys = arena.active(), connect(arena.staff("borys", StaffRole.SUPERVISOR))
        seen = borys.cases.company(company_id=company_id)
        assert StaffAct.SUSPEND in seen.allowed_actions
        assert StaffAct.SUSPEND not in anna.cases.company(company_id=company_id).allowed_actions
        why, back = SuspensionRequest(reason="Faktury."), RestorationRequest(reason="Zapłacono.")
        with pytest.raises(PermissionMissing):
            anna.acts.suspend(company_id=company_id, version=seen.version, request=why, key=new_key())
        with pytest.raises(NotPossible):
            borys.acts.restore(company_id=company_id, version=seen.version, request=back, key=new_key())
        with pytest.raises(StaleVersion):
            borys.acts.suspend(company_id=company_id, version=seen.version - 1, request=why, key=new_key())
        key = new_key()
        for _ in range(2):  # the same act sent again is done once
            borys.acts.suspend(company_id=company_id, version=seen.version, request=why, key=key)
        suspended = borys.cases.company(company_id=company_id)
        assert (suspended.state, suspended.version) == (CompanyState.SUSPENDED, seen.version + 1)
        assert StaffAct.RESTORE in suspended.allowed_actions
        borys.acts.restore(company_id=company_id, version=suspended.version, request=back, key=new_key())
        assert borys.cases.company(company_id=company_id).state is CompanyState.ACTIVE

    @pytest.mark.usefixtures("lease")
    def test_a_preview_changes_nothing(self, anna: Gateway, company_id: str) -> None:
        detail = anna.cases.company(company_id=company_id)
        request = approval(detail).model_copy(update={"customer_note": "Miłego dnia"})
        preview = anna.cases.mail_preview(company_id=company_id, decision=request)
        assert "Miłego dnia" in preview.text
        assert preview.language == "pl"
        assert anna.cases.company(company_id=company_id).state is CompanyState.PENDING_VERIFICATION

    def test_notes_and_holds_stand_in_the_history_and_a_hold_ends_the_claim(
        self, anna: Gateway, company_id: str, lease: str
    ) -> None:
        before = len(_acts_of_staff(anna, company_id))
        anna.acts.note(company_id=company_id, request=NoteRequest(text="Zadzwonić jutro"), key=new_key())
        version = anna.cases.company(company_id=company_id).version
        for request in (HoldRequest(reason="Czekamy"), HoldRequest()):
            anna.acts.hold(company_id=company_id, version=version, lease_token=lease, request=request, key=new_key())
            held = Flag.ON_HOLD in anna.cases.company(company_id=company_id).flags
            assert held == (request.reason is not None)
        history = anna.cases.history(company_id=company_id)
        assert len(_acts_of_staff(anna, company_id)) == before + 4  # putting a case aside ends the claim as well
        assert anna.cases.company(company_id=company_id).assignee is None
        told = [f"{entry.text} {entry.details}" for entry in history]
        assert any("Zadzwonić jutro" in entry for entry in told)


def _acts_of_staff(gateway: Gateway, company_id: str) -> list[HistoryEntry]:
    """Give what staff did; the server's own acts, such as checks, come in their own time."""
    return [entry for entry in gateway.cases.history(company_id=company_id) if entry.actor is Actor.STAFF]


class TestFeed:
    @pytest.fixture
    def line_watch(self, anna: Gateway) -> Iterator[list[object]]:
        """A watch that waits in a thread; what it got, or how it ended, is in the list."""
        got: list[object] = []
        line = anna.open_line()
        since = line.changes(since=None, wait_seconds=0).next

        def watch() -> None:
            try:
                got.append(line.changes(since=since, wait_seconds=25))
            except Interrupted as error:
                got.append(error)

        thread = threading.Thread(target=watch)
        thread.start()
        yield got
        line.close()
        thread.join(30)
        assert not thread.is_alive()
        assert got

    def test_a_change_ends_the_wait(self, anna: Gateway, company_id: str, line_watch: list[object]) -> None:
        anna.claims.claim(company_id=company_id, key=new_key())
        wait_until(lambda: bool(line_watch), what="the change")
        assert {item.company_id for item in getattr(line_watch[0], "items", ())} == {company_id}

    def test_a_wait_can_be_ended_from_another_thread(self, line_watch: list[object]) -> None:
        assert line_watch == []

    def test_other_calls_go_on_when_a_line_is_closed(self, anna: Gateway, company_id: str) -> None:
        line = anna.open_line()
        line.changes(since=None, wait_seconds=0)
        line.close()
        with pytest.raises(Interrupted):
            line.changes(since=None, wait_seconds=0)
        assert anna.cases.company(company_id=company_id).id == company_id
