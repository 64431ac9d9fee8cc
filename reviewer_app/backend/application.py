# SPDX-License-Identifier: AGPL-3.0-or-later
"""Wires the features of the backend into one application. Everything is handed over by constructor."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager, nullcontext
from dataclasses import dataclass
from typing import BinaryIO

from fastapi import APIRouter, FastAPI
from starlette.applications import Starlette
from starlette.types import ASGIApp, Receive, Scope, Send

from reviewer_app import __version__
from reviewer_app.backend.accounts.email_changes import EmailChanges
from reviewer_app.backend.accounts.email_endpoints import EmailChangeEndpoints
from reviewer_app.backend.accounts.endpoints import AccountEndpoints
from reviewer_app.backend.accounts.links import MailedLinks
from reviewer_app.backend.accounts.service import Accounts
from reviewer_app.backend.accounts.standing import describe
from reviewer_app.backend.addresses.endpoints import AddressEndpoints
from reviewer_app.backend.addresses.importing import AddressImport
from reviewer_app.backend.addresses.service import AddressBook
from reviewer_app.backend.administrators.changes import Administration
from reviewer_app.backend.administrators.endpoints import AdministratorEndpoints
from reviewer_app.backend.areas.endpoints import AreaEndpoints
from reviewer_app.backend.audit.endpoints import AuditEndpoints
from reviewer_app.backend.audit.service import History
from reviewer_app.backend.audit.signal import FeedSignal
from reviewer_app.backend.authorizations.endpoints import AuthorizationEndpoints
from reviewer_app.backend.cases.assignments import Assignments
from reviewer_app.backend.cases.bulk import BulkActs
from reviewer_app.backend.cases.desk_endpoints import DeskEndpoints
from reviewer_app.backend.cases.detail import CaseView
from reviewer_app.backend.cases.dossier_endpoints import DossierEndpoints
from reviewer_app.backend.cases.endpoints import CaseEndpoints
from reviewer_app.backend.cases.expiry import Expiry
from reviewer_app.backend.cases.print_endpoints import PrintEndpoints
from reviewer_app.backend.cases.rotation_endpoints import RotationEndpoints
from reviewer_app.backend.cases.service import Cases
from reviewer_app.backend.cases.views import Views
from reviewer_app.backend.cases.waking import Waking
from reviewer_app.backend.catalogue.endpoints import CatalogueEndpoints
from reviewer_app.backend.checks.endpoints import CheckEndpoints
from reviewer_app.backend.checks.job import DocumentChecks
from reviewer_app.backend.checks.runner import CheckRunner
from reviewer_app.backend.companies.declared import Declaration
from reviewer_app.backend.companies.endpoints import CompanyEndpoints
from reviewer_app.backend.companies.presentation import CustomerView
from reviewer_app.backend.companies.service import Companies
from reviewer_app.backend.completions.endpoints import CompletionEndpoints
from reviewer_app.backend.completions.service import Completions
from reviewer_app.backend.decisions.endpoints import DecisionEndpoints
from reviewer_app.backend.decisions.second_review import SecondReviews
from reviewer_app.backend.decisions.service import Decisions
from reviewer_app.backend.decisions.telling import Teller
from reviewer_app.backend.documents.endpoints import DocumentEndpoints
from reviewer_app.backend.documents.mark_endpoints import MarkedPageEndpoints
from reviewer_app.backend.documents.service import Documents, UploadLimits
from reviewer_app.backend.documents.storage import Storage
from reviewer_app.backend.employees.choosing import Choices
from reviewer_app.backend.employees.endpoints import EmployeeEndpoints
from reviewer_app.backend.employees.importing import EmployeeImport
from reviewer_app.backend.employees.invitation_endpoints import InvitationEndpoints
from reviewer_app.backend.employees.invitations import Invitations
from reviewer_app.backend.employees.management import Team
from reviewer_app.backend.employees.reading import PersonReader
from reviewer_app.backend.health import Figures, HealthEndpoints, Measured
from reviewer_app.backend.housekeeping import Housekeeper
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.contacts import ContactRules
from reviewer_app.backend.kit.context import Kit
from reviewer_app.backend.kit.database import Database
from reviewer_app.backend.kit.handlers import install_handlers
from reviewer_app.backend.kit.limits import BodyLimit, LastNet
from reviewer_app.backend.kit.openapi import describe_problems
from reviewer_app.backend.kit.passwords import Passwords
from reviewer_app.backend.kit.server_time import ServerTime
from reviewer_app.backend.kit.settings import Environment, Settings
from reviewer_app.backend.kit.well_formed import WellFormedAddresses
from reviewer_app.backend.kit.worker import Worker
from reviewer_app.backend.mail.rendering import MailRenderer
from reviewer_app.backend.mail.sender import MailSender
from reviewer_app.backend.mail.service import Mails
from reviewer_app.backend.mail.smtp import SmtpServer
from reviewer_app.backend.overview.endpoints import OverviewEndpoints
from reviewer_app.backend.registers.checking import RegisterChecks, RegisterRunner
from reviewer_app.backend.registers.endpoints import RegisterEndpoints
from reviewer_app.backend.registers.exchange import RegisterHttp, TransportMaker
from reviewer_app.backend.registers.prefill import Prefill
from reviewer_app.backend.registers.service import Pause, Registers
from reviewer_app.backend.reminders.service import Reminders
from reviewer_app.backend.staff.endpoints import StaffEndpoints
from reviewer_app.backend.staff.service import StaffSessions
from reviewer_app.backend.statistics.endpoints import StatisticsEndpoints
from reviewer_app.contract.edition import API_PREFIX
from reviewer_app.documents.service import DocumentService

_UPLOADS = "/company/documents"
_OWN = frozenset({"api", "healthz", "readyz", "metrics", "openapi.json", "qa"})
"""First segments of the addresses that are not the portal's; what of them has no route may still be."""


@dataclass(frozen=True)
class Parts:
    """What the backend stands on."""

    settings: Settings
    clock: Clock
    database: Database
    storage: Storage
    inspector: DocumentService
    register_transport: TransportMaker | None = None
    """Makes the transport by which a register is asked; None: the network."""
    pause: Pause = asyncio.sleep
    """How the backend waits, in seconds by the machine's clock, for a register that wants its questions apart."""
    bench: bool = False
    """Whether this is a test bench, which clients must show."""
    intake: Callable[[str, BinaryIO], BinaryIO] | None = None
    """What a test bench puts between an upload, named, and its inspection."""


class Backend:
    """The features of the backend, wired; what the server, the commands and the bench use of it."""

    def __init__(self, parts: Parts, signal: FeedSignal | None = None) -> None:
        """``signal``: of a backend beside which this one works in one process, so that its clients hear of acts here."""
        settings, clock = parts.settings, parts.clock
        self.parts = parts
        self.signal = signal or FeedSignal()
        self._housekeeping = threading.Event()
        self.history = History(clock, self.signal)
        self.mails = Mails(clock, MailRenderer(settings.public_url))
        self.contacts = ContactRules(reserved_domains=settings.environment is Environment.TEST)
        self.passwords = Passwords()
        links = MailedLinks(clock, self.mails)
        self.accounts = Accounts(
            clock=clock, contacts=self.contacts, passwords=self.passwords, history=self.history, links=links
        )
        self.staff_sessions = StaffSessions(clock, self.passwords, settings.staff_otp, self.history, bench=parts.bench)
        self.companies = Companies(clock, self.history, Declaration(self.contacts))
        self.email_changes = EmailChanges(
            clock=clock,
            contacts=self.contacts,
            passwords=self.passwords,
            history=self.history,
            links=links,
            companies=self.companies,
        )
        self._wire_companies()
        self._wire_casework()

    def _wire_companies(self) -> None:
        """What customers do: documents, people, addresses, the administrator, the finish."""
        settings, clock, parts = self.parts.settings, self.parts.clock, self.parts
        limits = UploadLimits(
            file_megabytes=settings.upload_max_mb,
            company_megabytes=settings.company_max_mb,
            pages=settings.upload_max_pages,
        )
        self.documents = Documents(clock, parts.storage, parts.inspector, limits, intake=parts.intake)
        self.invitations = Invitations(clock, self.companies, self.accounts, self.mails)
        self.person_reader = PersonReader(self.contacts)
        self.team = Team(clock, self.companies, self.invitations, self.person_reader)
        self.address_book = AddressBook(clock, self.companies, self.contacts)
        self.administration = Administration(
            clock=clock, companies=self.companies, accounts=self.accounts, people=self.team, mails=self.mails
        )
        http = RegisterHttp(transport=parts.register_transport)
        self.registers = Registers(
            database=parts.database, clock=clock, settings=settings, http=http, pause=parts.pause
        )
        self.register_checks = self._register_checks()
        self.completions = Completions(clock, self.companies, self.accounts, self.mails, self.contacts)
        self.email_changes.when_changed(self.completions.follow_address)

    def _wire_casework(self) -> None:
        """What staff do, and what the clock makes due."""
        settings, clock, parts = self.parts.settings, self.parts.clock, self.parts
        self.cases = Cases(
            clock=clock,
            companies=self.companies,
            accounts=self.accounts,
            mails=self.mails,
            lease_seconds=settings.claim_lease_seconds,
        )
        self.checks = DocumentChecks(
            clock=clock,
            database=parts.database,
            companies=self.companies,
            reader=self.documents.reader,
            extract_max_days=settings.extract_max_age_days,
        )
        self.second_reviews = SecondReviews(clock, settings.second_review)
        self.decisions = Decisions(
            clock=clock,
            cases=self.cases,
            companies=self.companies,
            teller=Teller(self.companies, self.completions, self.accounts, self.mails),
            second_reviews=self.second_reviews,
        )
        self.waking = Waking(clock, parts.database, self.companies)
        self.expiry = Expiry(clock, parts.database)
        self.reminders = Reminders(
            clock=clock,
            database=parts.database,
            companies=self.companies,
            accounts=self.accounts,
            completions=self.completions,
            invitations=self.invitations,
            mails=self.mails,
        )

    def _register_checks(self) -> RegisterChecks:
        checks = RegisterChecks(
            clock=self.parts.clock,
            database=self.parts.database,
            companies=self.companies,
            registers=self.registers,
        )
        self.companies.followers.append(checks.follow)
        return checks

    def clock_moved(self) -> None:
        """Have everything that waits for a moment look at the clock again."""
        for wake in (
            self._housekeeping.set,
            self.mails.wake.set,
            self.companies.checks_due.set,
            self.register_checks.due.set,
            self.signal.wake,
        ):
            wake()

    def customer_routers(self) -> list[APIRouter]:
        """List the routers of customers' calls."""
        database, companies, accounts = self.parts.database, self.companies, self.accounts
        view, choices = CustomerView(companies), Choices(self.team)
        return [
            # First, since an address is compared with route after route, and every page of the portal asks one of these.
            OverviewEndpoints(
                standing=lambda session, user_id: describe(session, accounts, companies, user_id),
                companies=companies,
                view=view,
                people=self.team,
                book=self.address_book,
                changes=self.administration,
                candidates=choices,
            ).router(),
            AccountEndpoints(database, accounts, companies).router(),
            EmailChangeEndpoints(database, self.email_changes).router(),
            CompanyEndpoints(
                companies=companies, changes=self.administration, view=view, accounts=accounts, mails=self.mails
            ).router(),
            DocumentEndpoints(database, self.documents, companies, view, accounts).router(),
            MarkedPageEndpoints(database, self.documents).router(),
            AuthorizationEndpoints(
                clock=self.parts.clock,
                database=database,
                companies=companies,
                view=view,
                accounts=accounts,
                documents=self.parts.inspector,
            ).router(),
            CompletionEndpoints(self.completions, view, accounts).router(),
            EmployeeEndpoints(self.team, EmployeeImport(self.team, self.person_reader), choices).router(),
            AddressEndpoints(self.address_book, AddressImport(self.address_book)).router(),
            AdministratorEndpoints(self.administration).router(),
            AreaEndpoints().router(),
            RegisterEndpoints(database, Prefill(self.parts.clock, self.registers, companies)).router(),
            InvitationEndpoints(database, self.invitations, accounts).router(),
        ]

    def staff_routers(self) -> list[APIRouter]:
        """List the routers of staff's calls."""
        view = CaseView(self.cases, self.accounts, self.second_reviews)
        return [
            StaffEndpoints(self.parts.database, self.staff_sessions).router(),
            AuditEndpoints(self.history, self.signal).router(),
            CaseEndpoints(self.cases, view, self.staff_sessions).router(),
            DeskEndpoints(
                cases=self.cases,
                view=view,
                views=Views(self.parts.clock),
                bulk=BulkActs(self.cases, Assignments(self.cases, self.companies), self.staff_sessions),
                people=self.staff_sessions,
            ).router(),
            PrintEndpoints(self.parts.clock, self.companies).router(),
            RotationEndpoints(self.companies).router(),
            DossierEndpoints(view, self.history, self.parts.inspector).router(),
            CheckEndpoints(self.companies, self.cases, self.checks, self.register_checks).router(),
            DecisionEndpoints(self.decisions).router(),
            CatalogueEndpoints().router(),
            StatisticsEndpoints(self.parts.clock).router(),
        ]

    def application(self, *, portal: Starlette | None = None) -> FastAPI:
        """Make the application; a portal answers whatever is not the API's.

        Its lifespan runs the mail sender, the checks of documents, the housekeeper, and the portal's own lifespan.
        """
        app = FastAPI(
            title="Reviewer",
            version=__version__,
            docs_url=None,
            redoc_url=None,
            lifespan=lambda _: self._running(portal),
            redirect_slashes=False,
        )
        app.state.kit = Kit(self.parts.database, self.parts.clock, self.accounts, self.staff_sessions)
        figures = Figures()
        for router in (
            *self.customer_routers(),
            *self.staff_routers(),
            HealthEndpoints(self.parts.database, self.parts.storage, figures, bench=self.parts.bench).router(),
        ):
            app.include_router(router)
        install_handlers(app)
        if portal:
            app.router.default = _beside_the_api(portal, app.router.default)
            app.add_middleware(_PortalFirst, portal=portal)
        describe_problems(app)
        app.add_middleware(BodyLimit, upload_path_end=_UPLOADS, upload_megabytes=self.parts.settings.upload_max_mb)
        app.add_middleware(WellFormedAddresses)
        app.add_middleware(LastNet)
        app.add_middleware(ServerTime, clock=self.parts.clock)
        app.add_middleware(Measured, figures=figures)
        return app

    @asynccontextmanager
    async def _running(self, portal: Starlette | None) -> AsyncIterator[None]:
        settings, database, clock = self.parts.settings, self.parts.database, self.parts.clock
        due = {
            "reminding customers": self.reminders.send_due,
            "taking cases off hold": self.waking.wake_due,
            "noticing claims that ran out": self.expiry.notice_due,
        }
        workers: list[Worker] = [
            Housekeeper(database, clock, due, self._housekeeping),
            CheckRunner(database, clock, self.companies, self.checks),
        ]
        if self.registers.asked:
            workers.append(RegisterRunner(self.register_checks))
        if settings.smtp_url:
            server = SmtpServer(settings.smtp_url, settings.mail_from)
            workers.append(MailSender(database, clock, server, self.mails.wake))
        for worker in workers:
            worker.start()
        try:
            async with portal.router.lifespan_context(portal) if portal else nullcontext():
                yield
        finally:
            self.signal.close()
            for worker in workers:
                worker.stop()


class _PortalFirst:
    """Gives the portal what begins like none of the server's own addresses, without comparing it with each of them."""

    def __init__(self, app: ASGIApp, *, portal: ASGIApp) -> None:
        self._app = app
        self._portal = portal

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass a request on."""
        ours = scope["type"] != "http" or scope["path"].partition("/")[2].partition("/")[0] in _OWN
        await (self._app if ours else self._portal)(scope, receive, send)


def _beside_the_api(portal: ASGIApp, not_found: ASGIApp) -> ASGIApp:
    """Give what has no route in the API to the portal, but for addresses under ``/api/``."""

    async def answer(scope: Scope, receive: Receive, send: Send) -> None:
        ours = scope["type"] != "http" or scope["path"].startswith(API_PREFIX)
        await (not_found if ours else portal)(scope, receive, send)

    return answer
