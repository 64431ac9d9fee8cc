# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a member of staff does at the desk: one keyword-only call per act. No Qt, no threads of its own.

This package holds no names of its own: import from the module named. Every call blocks, may be made from any thread
and raises the errors of `desk.errors`; the window makes it through `reviewer_app.background.runner.Runner`.
Modules marked *light* import neither pydantic nor SQLAlchemy nor requests: the first frame may use them.

`desk.desk.Desk` is handed to the main window when it is ready, and carries one object per concern::

    desk.session     `desk.session.Sessions`
        sign_in(*, username, password, otp=None, remember=True) -> SignedIn
        resume() -> SignedIn | None          # with the token kept from last time
        sign_out() -> None
        current -> SignedIn | None           # attribute, no call to the server
        use_server(*, url) -> str            # checks that a Reviewer server answers there, keeps the address
        server_url -> str | None
    desk.queue       `desk.queue.Queue`
        load(*, query=QueueQuery(), cursor=None, limit=200) -> QueuePage     # from the cache when offline
    desk.cases       `desk.cases.Cases`
        open(*, company_id) -> Case          # from the cache when offline; a Case carries detail, pending, draft, lease
        history(*, company_id) -> tuple[HistoryEntry, ...]
        checks(*, company_id) -> tuple[CheckFinding, ...] · refresh_checks(*, company_id) -> tuple[CheckFinding, ...]
        preview_mail(*, draft) -> MailPreview
        catalogue() -> Catalogue
        statistics(*, since, until) -> Statistics
    desk.queue_work  `desk.queue_work.QueueWork`
        views() · keep_view(*, name, shared, query) · forget_view(*, view_id) · people()
        claim(*, companies) · assign(*, companies, person_id) · unassign(*, companies) · hold(*, companies, reason, until) · end_hold(*, companies)
        release(*, companies)                # each -> BulkOutcome; companies: {id: version seen}
        look(*, company_id) · escalate(*, company_id, reason)
    desk.claims      `desk.claims.Claims`
        claim_next() -> Case | None · claim(*, company_id, although_assigned_to=None) -> Lease · take_over(*, company_id) -> Lease
        release(*, company_id) -> None · lease(*, company_id) -> Lease | None
        keep(emit, cancellation) -> None     # stream of LeaseRenewed | LeaseEnded
    desk.documents   `desk.documents.Documents`
        open(*, document, cancellation=None, progress=None, ahead=False) -> OpenedDocument      # document: contract StaffDocument
        render(*, document_id, page, zoom, rotation=0, clip=None, lane="page", priority=0, ahead=False) -> PagePixels
        words(*, document_id, page) -> PageWords
        close(*, document_id) -> None
        page_views(*, document_id) -> dict[int, PageView]      # by page
        page_view(*, document_id, page) -> PageView · remember_page_view(*, document_id, page, view) -> None
        seen_pages(*, document_id) -> frozenset[int] · mark_seen(*, document_id, page) -> None
    desk.turns       `desk.turns.Turns`
        of(*, document) -> dict[int, int]                      # degrees by page; asks no server
        turn(*, document_id, page, degrees) -> None            # here at once, for colleagues as soon as that can be
    desk.prints      `desk.printing.Prints`
        record(*, document_id, pages) -> PrintRecord                         # before anything is printed
        gave(*, print_id, pages) -> None                                     # as it goes on
        end(*, print_id, complete, pages) -> None                            # what became of it
    desk.sharing     `desk.sharing.Sharing`
        run(emit, cancellation) -> None                         # stream without events: tells turns and prints until they are told
    desk.drafts      `desk.drafting.Drafts`
        load(*, company_id) -> DecisionDraft | None · save(*, draft) -> None · discard(*, company_id) -> None
    desk.outbox      `desk.outbox.Outbox`
        decide(*, draft, hold_seconds=None) -> PendingAct       # writes one row, held; hold_seconds: the setting
        add_note(*, company_id, text) · hold(*, company_id, version, reason, until) · release_hold(*, company_id, version)
        reopen(*, company_id, version, reason)                  # each -> PendingAct
        undo(*, act_id) -> DecisionDraft | None                 # raises TooLateToUndo
        send_now(*, act_id) -> None · retry(*, act_id) -> PendingAct
        dismiss(*, act_id) -> DecisionDraft | None              # ends a conflict; the text goes back into the draft
        pending(*, company_id=None) -> tuple[PendingAct, ...]   # held, pending, sending, conflict, failed; oldest first
        run(emit, cancellation) -> None                         # stream of ActChanged: sends what is due, in order, once
    desk.changes     `desk.changes.ChangeWatch`
        watch(emit, cancellation) -> None                       # stream of CasesChanged | ConnectionChanged | SessionEnded
    desk.preferences `desk.preferences.Preferences` (light)     # language, theme, hold_seconds, layouts by key

Light modules with data for models and views:

    desk.rows        QueueRow, QueueQuery, QueuePage, SignedIn, PendingAct, ActKind, ActState
    desk.events      ActChanged, CasesChanged, ConnectionChanged, SessionEnded, LeaseRenewed, LeaseEnded
    desk.errors      explain(error) -> Explanation(title, message, code, blame); and the errors to catch: Offline, Refused,
                     StaleVersion, ClaimedByOther, LeaseLost, SessionExpired, NotFound, OtpRequired, InvalidDraft,
                     DraftProblem, TooLateToUndo, NotSignedIn, ServerUnknown, Interrupted
    desk.drafts      DecisionDraft, DraftVerdict, DraftReason, DraftCompanyReason (plain dataclasses)
    desk.snapshot    load_snapshot(path) -> QueuePage | None    # the last queue, for the first frame

The streams (`changes.watch`, `claims.keep`, `outbox.run`, `sharing.run`) are started by the main window after sign-in with
`Runner.stream` and ended with `Operation.cancel()` at sign-out; each ends within 100 ms of that.
"""
