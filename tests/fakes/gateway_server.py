# SPDX-License-Identifier: AGPL-3.0-or-later
"""The staff API in memory, for the desktop's tests: the same answers as the server, without its database.

`FakeServer.handle` takes a request and gives an answer; `tests.fakes.gateway_http` puts it behind real sockets. The suite in `tests/contract` runs against it and against the real server.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import timedelta
from functools import partial

from pydantic import BaseModel

from reviewer_app import __version__
from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.edition import API_EDITION, PRODUCT
from reviewer_app.contract.messages import Address, Listing
from reviewer_app.contract.permissions import ROLE_ACTS, StaffAct, StaffRole
from reviewer_app.contract.problems import PROBLEMS, ProblemCode
from reviewer_app.contract.staff import (
    Catalogue,
    Changes,
    CheckCounts,
    CheckFinding,
    Claim,
    CompanyDetail,
    Decision,
    DecisionRequest,
    HistoryEntry,
    HoldRequest,
    MailPreview,
    NextCase,
    NoteRequest,
    QueueItem,
    RefreshRequest,
    ReopenRequest,
    StaffSession,
    StaffSignInRequest,
    StaffUser,
    Statistics,
)
from reviewer_app.contract.states import (
    ACT_OF_OUTCOME,
    Act,
    Actor,
    CaseKind,
    CompanyState,
    Flag,
    Outcome,
    Verdict,
    target_of,
)
from tests.fakes.gateway_memory import (
    LEASE,
    PASSWORD,
    PREFIX,
    Asked,
    Company,
    FakeMemory,
    Held,
    Refusal,
    Reply,
    assignee_of,
    judged,
    nip_is_valid,
)

Handler = Callable[..., BaseModel | Reply | None]


class FakeServer(FakeMemory):
    """Answers staff's calls. Thread-safe."""

    def __init__(self) -> None:
        super().__init__()
        self.sign: dict[str, object] = {"status": "ok", "product": PRODUCT, "api": API_EDITION, "version": __version__}
        self._routes = self._table()

    # --- answering

    def handle(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Reply:
        """Answer one request; header names in lower case."""
        with self._lock:
            self.calls.append(f"{method} {path}")
        if path == "/healthz":
            return Reply(200, {"content-type": "application/json"}, json.dumps(self.sign).encode())
        try:
            return self._answer(method, path, query, headers, body)
        except Refusal as refusal:
            return self._problem(refusal, headers.get("accept-language", "pl"))

    def _answer(
        self, method: str, path: str, query: Mapping[str, str], headers: Mapping[str, str], body: bytes
    ) -> Reply:
        match, pattern, handler = self._route(method, path)
        if handler in {self._sign_in, self._renew}:
            return self._written(handler(Asked(_NOBODY, headers, query, body)), 201)
        user = self._caller(headers)
        asked = Asked(user, headers, query, body)
        if handler == self._feed:
            return self._written(self._feed(asked), 200)
        with self._lock:
            if method != "POST" or pattern.endswith("mail-preview"):
                return self._written(handler(asked, *match.groups()), 200)
            return self._once(asked, path, lambda: handler(asked, *match.groups()), pattern.endswith("decisions"))

    def _route(self, method: str, path: str) -> tuple[re.Match[str], str, Handler]:
        for known, pattern, handler in self._routes:
            match = re.fullmatch(PREFIX + pattern, path)
            if match and method == known:
                return match, pattern, handler
        raise Refusal(ProblemCode.NOT_FOUND)

    def _once(self, asked: Asked, path: str, act: Callable[[], BaseModel | Reply | None], created: bool) -> Reply:
        key = asked.headers.get("idempotency-key")
        if key is None:
            raise Refusal(ProblemCode.IDEMPOTENCY_KEY_MISSING)
        digest = json.dumps(json.loads(asked.body or b"null"), sort_keys=True)
        place = (asked.user.id, path, key)
        if place in self._done:
            known, reply = self._done[place]
            if known != digest:
                raise Refusal(ProblemCode.IDEMPOTENCY_KEY_REUSED)
            return reply
        try:
            reply = self._written(act(), 201 if created else 200)
        except Refusal as refusal:
            reply = self._problem(refusal, asked.headers.get("accept-language", "pl"))
        if reply.status not in {400, 401, 428}:
            self._done[place] = (digest, reply)
        return reply

    def _table(self) -> list[tuple[str, str, Handler]]:
        company, document = "/companies/([^/]+)", "/documents/([^/]+)"
        return [
            ("POST", "/sessions", self._sign_in),
            ("POST", "/sessions/refresh", self._renew),
            ("DELETE", "/sessions/current", self._sign_out),
            ("GET", "/companies", self._queue),
            ("POST", "/companies/next", self._claim_next),
            ("GET", company, self._show),
            ("POST", f"{company}/claim", self._claim),
            ("DELETE", f"{company}/claim", self._release),
            ("POST", f"{company}/claim/heartbeat", self._heartbeat),
            ("POST", f"{company}/claim/takeover", self._take_over),
            ("POST", f"{company}/decisions", self._decide),
            ("POST", f"{company}/mail-preview", self._preview),
            ("GET", f"{company}/history", self._history),
            ("POST", f"{company}/notes", self._note),
            ("POST", f"{company}/hold", self._hold),
            ("POST", f"{company}/reopen", partial(self._move, act=Act.REOPEN, told="reopened")),
            ("POST", f"{company}/suspend", partial(self._move, act=Act.SUSPEND, told="suspended")),
            ("POST", f"{company}/restore", partial(self._move, act=Act.RESTORE, told="restored")),
            ("GET", f"{company}/checks", self._checks),
            ("POST", f"{company}/checks/refresh", self._checks),
            ("GET", f"{document}/content", self._bytes),
            ("GET", f"{document}/words", self._words),
            *self._of_pages(document),
            ("GET", f"{company}/(?:submissions|sightings)", self._beside),
            ("GET", "/people", self._people),
            ("GET", "/changes", self._feed),
            ("GET", "/catalogue", self._catalogue),
            ("GET", "/statistics", self._statistics),
        ]

    # --- sessions

    def _sign_in(self, asked: Asked) -> StaffSession:
        request = asked.read(StaffSignInRequest)
        user = self._users.get(request.username)
        if user is None or request.password != PASSWORD:
            raise Refusal(ProblemCode.INVALID_CREDENTIALS)
        return self._session(user)

    def _renew(self, asked: Asked) -> StaffSession:
        with self._lock:
            user = self._refresh.pop(asked.read(RefreshRequest).refresh_token, None)
        if user is None:
            raise Refusal(ProblemCode.SESSION_EXPIRED)
        return self._session(user)

    def _session(self, user: StaffUser) -> StaffSession:
        with self._lock:
            access, refresh = self._new("access"), self._new("refresh")
            self._tokens[access] = user
            self._refresh[refresh] = user
        return StaffSession(
            access_token=access, refresh_token=refresh, expires_at=self.now() + timedelta(minutes=15), user=user
        )

    def _sign_out(self, asked: Asked) -> None:
        self._tokens = {token: user for token, user in self._tokens.items() if user != asked.user}
        self._refresh = {token: user for token, user in self._refresh.items() if user != asked.user}

    def _caller(self, headers: Mapping[str, str]) -> StaffUser:
        token = headers.get("authorization", "").removeprefix("Bearer ")
        if not token:
            raise Refusal(ProblemCode.UNAUTHENTICATED)
        with self._lock:
            user = self._tokens.get(token)
        if user is None:
            raise Refusal(ProblemCode.SESSION_EXPIRED)
        return user

    # --- reading

    def _queue(self, asked: Asked) -> Listing[QueueItem]:
        query = asked.query
        found = sorted(self.companies.values(), key=lambda item: (item.submitted_at, item.id))
        if query.get("open"):
            found = [item for item in found if item.state is CompanyState.PENDING_VERIFICATION]
        if "state" in query:
            found = [item for item in found if item.state == query["state"]]
        if text := query.get("q", "").lower():
            found = [item for item in found if text in item.name.lower() or text in item.nip]
        if query.get("sort") == "-name":
            found.sort(key=lambda item: item.name, reverse=True)
        start, limit = int(query.get("cursor", 0)), int(query.get("limit", 50))
        more = len(found) > start + limit
        items = tuple(self._item(item) for item in found[start : start + limit])
        return Listing[QueueItem](items=items, next_cursor=str(start + limit) if more else None)

    def _item(self, company: Company) -> QueueItem:
        held = self._holder(company)
        return QueueItem(
            id=company.id,
            name=company.name,
            nip=company.nip,
            legal_form=LegalForm.SP_ZOO,
            state=company.state,
            version=company.version,
            round=company.round,
            case_kind=CaseKind.REGISTRATION,
            submitted_at=company.submitted_at,
            waiting_seconds=0,
            working_seconds=0,
            assignee=assignee_of(held.user) if held else None,
            lease_expires_at=held.expires_at if held else None,
            flags=company.flags,
            checks=CheckCounts(),
            news=(),
            looked=True,
            assignment=None,
        )

    def _show(self, asked: Asked, company_id: str) -> CompanyDetail:
        company = self._company(company_id)
        held = self._holder(company)
        moves = (StaffAct.SUSPEND, StaffAct.RESTORE, StaffAct.REOPEN)
        never = {act for act in moves if target_of(company.state, Act(act.value)) is None}
        allowed = tuple(act for act in StaffAct if act in ROLE_ACTS[asked.user.role] - never)
        return CompanyDetail(
            id=company.id,
            state=company.state,
            version=company.version,
            round=company.round,
            case_kind=CaseKind.REGISTRATION,
            name=company.name,
            legal_form=LegalForm.SP_ZOO,
            nip=company.nip,
            regon="990000217",
            krs="0009990001",
            seat=Address(street="ul. Próbna", building="1", postal_code="00-001", city="Warszawa"),
            phone="+48220000000",
            email="biuro@firma.test",
            bank_account=None,
            administrator=None,
            authorization_number="U-1",
            documents=tuple(company.documents),
            checks=(nip_is_valid(self.now()),),
            flags=company.flags,
            allowed_actions=allowed,
            blocked_actions=(),
            assignee=assignee_of(held.user) if held else None,
            lease_expires_at=held.expires_at if held else None,
            lease_mine=held is not None and held.user == asked.user,
            created_at=company.submitted_at,
            submitted_at=company.submitted_at,
            waiting_seconds=0,
        )

    def _history(self, _asked: Asked, company_id: str) -> Listing[HistoryEntry]:
        return Listing[HistoryEntry](items=tuple(self._company(company_id).history))

    def _checks(self, asked: Asked, company_id: str) -> Listing[CheckFinding]:
        return Listing[CheckFinding](items=self._show(asked, company_id).checks)

    def _bytes(self, asked: Asked, document_id: str) -> Reply:
        if document_id not in self._content:
            raise Refusal(ProblemCode.NOT_FOUND)
        content = self._content[document_id]
        headers = {"content-type": "application/pdf", "accept-ranges": "bytes"}
        match = re.fullmatch(r"bytes=(\d+)-", asked.headers.get("range", ""))
        if match is None:
            return Reply(200, headers, content)
        begin = int(match[1])
        return Reply(
            206, {**headers, "content-range": f"bytes {begin}-{len(content) - 1}/{len(content)}"}, content[begin:]
        )

    def _feed(self, asked: Asked) -> Changes:
        since = int(asked.query["since"]) if "since" in asked.query else None
        with self._changed:
            if since is None:
                return Changes(items=(), next=len(self._changes))
            self._changed.wait_for(
                lambda: len(self._changes) > since or self.stopped.is_set(), float(asked.query.get("wait", 0))
            )
            return Changes(items=tuple(self._changes[since:]), next=len(self._changes))

    def _catalogue(self, _asked: Asked) -> Catalogue:
        return Catalogue(
            states=(),
            document_states=(),
            document_kinds=(),
            legal_forms=(),
            permissions=(),
            flags=(),
            outcomes=(),
            reasons=(),
            terms_version="1",
            owh_version="1",
            wording_version="1",
        )

    def _statistics(self, _asked: Asked) -> Statistics:
        return Statistics(
            received=len(self.companies),
            decided=len(self.decisions),
            waiting=len(self.companies) - len(self.decisions),
            wait_p50_seconds=None,
            wait_p90_seconds=None,
            outcomes={},
            reasons={},
            persons=(),
        )

    # --- acting

    def _claim_next(self, asked: Asked) -> NextCase | None:
        free = [
            item
            for item in self.companies.values()
            if item.state is CompanyState.PENDING_VERIFICATION and self._holder(item) is None
        ]
        if not free:
            return None
        company = min(free, key=lambda item: (item.submitted_at, item.id))
        claim = self._claim(asked, company.id)
        return NextCase(
            company=self._show(asked, company.id), lease_token=claim.lease_token, expires_at=claim.expires_at
        )

    def _claim(self, asked: Asked, company_id: str) -> Claim:
        company = self._company(company_id)
        if company.state is not CompanyState.PENDING_VERIFICATION:
            raise Refusal(ProblemCode.INVALID_TRANSITION)
        self._refuse_others(company, asked.user)
        return self._give(company, asked.user, "case.claimed")

    def _take_over(self, asked: Asked, company_id: str) -> Claim:
        if StaffAct.TAKE_OVER not in ROLE_ACTS[asked.user.role]:
            raise Refusal(ProblemCode.PERMISSION_MISSING)
        return self._give(self._company(company_id), asked.user, "case.taken_over")

    def _give(self, company: Company, user: StaffUser, kind: str) -> Claim:
        company.held = Held(user, self._new("lease"), self.now() + LEASE)
        self._note_change(company, kind, user.display_name, Actor.STAFF)
        return Claim(lease_token=company.held.token, expires_at=company.held.expires_at)

    def _heartbeat(self, asked: Asked, company_id: str) -> Claim:
        company = self._company(company_id)
        held = self._leased(company, asked, renewing=True)
        company.held = replace(held, expires_at=self.now() + LEASE)
        return Claim(lease_token=held.token, expires_at=company.held.expires_at)

    def _release(self, asked: Asked, company_id: str) -> None:
        company = self._company(company_id)
        self._leased(company, asked)
        company.held = None
        self._note_change(company, "case.released", asked.user.display_name, Actor.STAFF)

    def _decide(self, asked: Asked, company_id: str) -> Decision:
        company = self._company(company_id)
        request: DecisionRequest = asked.read(DecisionRequest)
        self._check_version(company, asked)
        target = target_of(company.state, ACT_OF_OUTCOME[request.outcome])
        if target is None:
            raise Refusal(ProblemCode.INVALID_TRANSITION)
        self._leased(company, asked, request.lease_token)
        self._check_decision(company, request)
        company.state, company.held = target, None
        company.version += 1
        company.documents = [judged(item, request) for item in company.documents]
        self.decisions.append((company_id, request.outcome))
        self._note_change(company, f"case.{request.outcome}", asked.user.display_name, Actor.STAFF)
        return Decision(
            id=f"x{next(self._numbers)}",
            company_id=company_id,
            outcome=request.outcome,
            state=target,
            version=company.version,
            round=company.round,
            decided_at=self.now(),
            decided_by=assignee_of(asked.user),
        )

    def _check_decision(self, company: Company, request: DecisionRequest) -> None:
        judged = {verdict.document_id: verdict for verdict in request.documents}
        current = {item.id for item in company.documents if item.current}
        if set(judged) - current:
            raise Refusal(ProblemCode.DOCUMENT_NOT_CURRENT)
        if request.outcome is Outcome.APPROVE:
            if any(item not in judged or judged[item].verdict is not Verdict.ACCEPTED for item in current):
                raise Refusal(ProblemCode.VERDICTS_MISSING)
        elif not request.reasons and not any(verdict.reasons for verdict in request.documents):
            raise Refusal(ProblemCode.REASON_REQUIRED)

    def _preview(self, asked: Asked, company_id: str) -> MailPreview:
        company = self._company(company_id)
        request: DecisionRequest = asked.read(DecisionRequest)
        text = f"{company.name}: {request.outcome}\n{request.customer_note or ''}"
        return MailPreview(
            subject=company.name, text=text, html=f"<p>{text}</p>", language="pl", recipient="biuro@firma.test"
        )

    def _note(self, asked: Asked, company_id: str) -> None:
        company = self._company(company_id)
        request: NoteRequest = asked.read(NoteRequest)
        self.notes.append((company_id, request.text))
        self._note_change(company, "case.note", asked.user.display_name, Actor.STAFF, text=request.text)

    def _hold(self, asked: Asked, company_id: str) -> CompanyDetail:
        company = self._company(company_id)
        request: HoldRequest = asked.read(HoldRequest)
        self._check_version(company, asked)
        self._refuse_others(company, asked.user)
        company.flags = (Flag.ON_HOLD,) if request.reason else ()
        if request.reason and self._holder(company) is not None:
            company.held = None
            self._note_change(company, "case.claim_ended", asked.user.display_name, Actor.STAFF)
        self._note_change(company, "case.held", asked.user.display_name, Actor.STAFF)
        return self._show(asked, company_id)

    def _move(self, asked: Asked, company_id: str, act: Act, told: str) -> CompanyDetail:
        company = self._company(company_id)
        asked.read(ReopenRequest)  # the bodies of all three acts are alike
        if StaffAct(act.value) not in ROLE_ACTS[asked.user.role]:
            raise Refusal(ProblemCode.PERMISSION_MISSING)
        self._check_version(company, asked)
        target = target_of(company.state, act)
        if target is None:
            raise Refusal(ProblemCode.INVALID_TRANSITION)
        company.state = target
        company.version += 1
        self._note_change(company, f"case.{told}", asked.user.display_name, Actor.STAFF)
        return self._show(asked, company_id)

    # --- inside

    def _leased(self, company: Company, asked: Asked, token: str | None = None, *, renewing: bool = False) -> Held:
        self._refuse_others(company, asked.user)
        held = company.held
        token = token or asked.headers.get("lease-token")
        if held is None or (self._holder(company) is None and not renewing):
            raise Refusal(ProblemCode.CLAIM_REQUIRED)
        if held.token != token:
            raise Refusal(ProblemCode.LEASE_LOST)
        return held

    def _check_version(self, company: Company, asked: Asked) -> None:
        wanted = asked.headers.get("if-match")
        if wanted is None:
            raise Refusal(ProblemCode.VERSION_REQUIRED)
        if wanted.strip('"') != str(company.version):
            raise Refusal(ProblemCode.STALE_VERSION)

    def _written(self, result: BaseModel | Reply | None, status: int) -> Reply:
        if isinstance(result, Reply):
            return result
        if result is None:
            return Reply(204, {}, b"")
        return Reply(status, {"content-type": "application/json"}, result.model_dump_json().encode())

    def _problem(self, refusal: Refusal, language: str) -> Reply:
        kind = PROBLEMS[refusal.code]
        given = {name: str(value) for name, value in refusal.extensions.items()}
        title = kind.text.in_language(language).format(**given) if given else kind.text.in_language(language)
        content = {"type": "about:blank", "title": title, "status": kind.status, "code": refusal.code, **given}
        headers = {"content-type": "application/problem+json"}
        return Reply(kind.status, headers, json.dumps(content, ensure_ascii=False).encode())


_NOBODY = StaffUser(id="", username="", display_name="", role=StaffRole.AUDITOR)
