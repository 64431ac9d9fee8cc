# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a customer does with their own account."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Select, select
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.orm import Session

from reviewer_app.backend.accounts import repository
from reviewer_app.backend.accounts.links import MailedLinks
from reviewer_app.backend.accounts.tables import CustomerSession, MarketingConsent, User
from reviewer_app.backend.accounts.terms import load_terms
from reviewer_app.backend.audit.service import History
from reviewer_app.backend.kit.callers import Customer
from reviewer_app.backend.kit.clock import Clock
from reviewer_app.backend.kit.contacts import ContactRules, folded_email
from reviewer_app.backend.kit.database import new_id
from reviewer_app.backend.kit.passwords import Passwords
from reviewer_app.backend.kit.problems import FieldProblem, ProblemError, field_problem, identifier_problem
from reviewer_app.backend.kit.secret_tokens import new_token, token_digest
from reviewer_app.backend.kit.throttle import Throttle
from reviewer_app.contract.customer import (
    Channels,
    Consents,
    ConsentsRequest,
    CustomerUser,
    MeChange,
    RegistrationRequest,
    Terms,
)
from reviewer_app.contract.customer import CustomerSession as SessionAnswer
from reviewer_app.contract.customer_administrators import ConsentsHistory
from reviewer_app.contract.history import HistoryKind
from reviewer_app.contract.identifiers import IdentifierError
from reviewer_app.contract.problems import FieldCode, ProblemCode
from reviewer_app.contract.states import Actor
from reviewer_app.contract.terms import TERMS_VERSION, WORDING_VERSION
from reviewer_app.contract.text import Language

SESSION_LIFETIME = timedelta(hours=12)
SIGN_IN = Throttle("customer-sign-in", free=5, first=timedelta(seconds=2), longest=timedelta(minutes=15))
"""Wrong passwords of an account, wherever they are tried."""
_CHALLENGE = {"WWW-Authenticate": "Bearer"}


class Registrant(NamedTuple):
    """A checked registration, its password hashed, ready to be stored."""

    values: dict[str, str]


class Accounts:
    """Customers' accounts."""

    def __init__(
        self, *, clock: Clock, contacts: ContactRules, passwords: Passwords, history: History, links: MailedLinks
    ) -> None:
        self._clock = clock
        self._contacts = contacts
        self._passwords = passwords
        self._history = history
        self._links = links

    def checked(self, request: RegistrationRequest, *, hashed: str = "") -> Registrant:
        """Check a registration and hash its password, unless ``hashed``; call it outside the transaction.

        Raises ProblemError ``validation_failed`` with every field that is wrong.
        """
        problems: list[FieldProblem] = []
        values = {"language": request.language.value, "terms_version": request.terms_version}
        for field in ("first_name", "last_name", "email", "phone", "position"):
            values[field] = self._read(field, getattr(request, field), problems)
        wrong = self._passwords.problem(request.password, personal=(request.email,))
        if wrong:
            problems.append(wrong)
        if request.terms_version != TERMS_VERSION:
            problems.append(field_problem("terms_version", FieldCode.OUTDATED_VERSION))
        if problems:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=problems)
        values["email_folded"] = folded_email(values["email"])
        values["password_hash"] = hashed or self._passwords.hash(request.password)
        return Registrant(values)

    def register(self, session: Session, registrant: Registrant) -> None:
        """Make the account and mail its activation link; an address that has one gets a mail that says so."""
        made = self._added(session, registrant, activated_at=None)
        if made is not None:
            self._links.send_activation(session, made)
            return
        known = repository.user_by_email(session, registrant.values["email_folded"])
        if known is not None:
            self._links.tell_already_registered(session, known)

    def add_active(self, session: Session, registrant: Registrant) -> CustomerUser | None:
        """Make an account that is active without a mail, for seeding; None when its address is in use."""
        made = self._added(session, registrant, activated_at=self._clock.now())
        return shown_user(made) if made else None

    def add_invited(self, session: Session, registrant: Registrant) -> CustomerUser:
        """Make the account of a person who came by a mailed link, which proves the address.

        An account that was never activated proves nothing: it is taken over, password and all. Raises ProblemError
        ``account_exists`` for an active one.
        """
        made = self._added(session, registrant, activated_at=self._clock.now())
        if made is None:
            made = repository.user_by_email(session, registrant.values["email_folded"])
            if made is None or made.activated_at is not None:
                raise ProblemError(ProblemCode.ACCOUNT_EXISTS)
            for name, value in registrant.values.items():
                setattr(made, name, value)
            made.activated_at = self._clock.now()
        return shown_user(made)

    def active_by_email(self, session: Session, email: str) -> CustomerUser | None:
        """Give the active account of an address. Who asks must not learn from it whether one exists."""
        user = repository.user_by_email(session, folded_email(email))
        return shown_user(user) if user is not None and user.activated_at is not None else None

    def activate(self, session: Session, token: str) -> None:
        """Activate the account of a mailed link. Raises ProblemError ``link_unknown``, ``_used``, ``_expired``."""
        user = session.get_one(User, self._links.use_activation(session, token))
        user.activated_at = self._clock.now()
        self._record(session, user, HistoryKind.ACCOUNT_ACTIVATED)

    def resend_activation(self, session: Session, email: str) -> None:
        """Mail a new activation link, if the account waits for one. Raises ProblemError ``too_many_attempts``."""
        self._links.resend_activation(session, repository.user_by_email(session, folded_email(email)), email)

    def ask_password_reset(self, session: Session, email: str) -> None:
        """Mail a link for a new password, if there is an account. Raises ProblemError ``too_many_attempts``."""
        self._links.send_password_reset(session, repository.user_by_email(session, folded_email(email)), email)

    def new_password_hash(self, password: str) -> str:
        """Check and hash a new password; call it outside the transaction. Raises ProblemError."""
        wrong = self._passwords.problem(password)
        if wrong:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=[wrong])
        return self._passwords.hash(password)

    def reset_password(self, session: Session, token: str, password_hash: str) -> None:
        """Set a new password by a mailed link; it ends all sign-ins and, as the address is proven, activates."""
        user = session.get_one(User, self._links.use_password_reset(session, token))
        user.password_hash = password_hash
        user.activated_at = user.activated_at or self._clock.now()
        repository.end_sessions(session, user.id, self._clock.now())
        self._links.cancel_email_change(session, user.id)  # whoever asked for it may have known the old password
        SIGN_IN.clear(session, user.email_folded)
        self._record(session, user, HistoryKind.PASSWORD_CHANGED)

    def known_hash(self, session: Session, email: str) -> str | None:
        """Give the password hash to verify a sign-in against. Raises ProblemError ``too_many_attempts``."""
        folded = folded_email(email)
        SIGN_IN.check(session, folded, self._clock.now())
        user = repository.user_by_email(session, folded)
        return user.password_hash if user else None

    def verify(self, stored: str | None, password: str) -> bool:
        """Verify a password; call it outside the transaction, it takes its time."""
        return self._passwords.verify(stored, password)

    def sign_in(self, session: Session, email: str, verified_hash: str | None) -> SessionAnswer | ProblemError:
        """Make a session; ``verified_hash`` is the hash that the password fitted, None when it did not.

        A failed try is counted; a right password on an account that is not active is not a failed try.
        """
        folded, now = folded_email(email), self._clock.now()
        SIGN_IN.check(session, folded, now)
        user = repository.user_by_email(session, folded)
        if user is None or verified_hash is None or user.password_hash != verified_hash:
            SIGN_IN.count(session, folded, now)
            return ProblemError(ProblemCode.INVALID_CREDENTIALS, headers=_CHALLENGE)
        if user.activated_at is None:
            return ProblemError(ProblemCode.NOT_ACTIVATED)
        SIGN_IN.clear(session, folded)
        token = new_token()
        row = CustomerSession(
            id=new_id(),
            user_id=user.id,
            token_digest=token_digest(token),
            created_at=now,
            expires_at=now + SESSION_LIFETIME,
        )
        session.add(row)
        return SessionAnswer(access_token=token, expires_at=row.expires_at, user=shown_user(user))

    def authenticate(self, connection: Connection, token: str) -> Customer:
        """Give the caller of an access token. Raises ProblemError ``unauthenticated`` or ``session_expired``."""
        row = repository.session_by_digest(connection, token_digest(token))
        if row is None:
            raise ProblemError(ProblemCode.UNAUTHENTICATED, headers=_CHALLENGE)
        if row.ended_at is not None or row.expires_at <= self._clock.now():
            raise ProblemError(ProblemCode.SESSION_EXPIRED, headers=_CHALLENGE)
        return Customer(user_id=row.user_id, session_id=row.session_id)

    def sign_out(self, session: Session, customer: Customer) -> None:
        """End the session of the call."""
        repository.end_session(session, customer.session_id, self._clock.now())

    def user(self, session: Session, user_id: str) -> CustomerUser:
        """Give a customer's own data. Raises ProblemError ``not_found``."""
        row = repository.user_by_id(session, user_id)
        if row is None:
            raise ProblemError(ProblemCode.NOT_FOUND)
        return shown_user(row)

    def change(self, session: Session, user_id: str, change: MeChange) -> frozenset[str]:
        """Change own data; gives the names of the fields that are different now. Raises ProblemError."""
        user = session.get_one(User, user_id)
        problems: list[FieldProblem] = []
        changed = set()
        for field in change.model_fields_set:
            given = getattr(change, field)
            if given is None:
                problems.append(field_problem(field, FieldCode.REQUIRED))
                continue
            value = self._read(field, given, problems)
            if value != getattr(user, field):
                setattr(user, field, value)
                changed.add(field)
        if problems:
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=problems)
        return frozenset(changed)

    def record_consents(self, session: Session, user_id: str, request: ConsentsRequest) -> Consents:
        """Record consents with their wording. Raises ProblemError when the wording shown is not the one in force."""
        if request.wording_version != WORDING_VERSION:
            problem = field_problem("wording_version", FieldCode.OUTDATED_VERSION)
            raise ProblemError(ProblemCode.VALIDATION_FAILED, errors=[problem])
        row = MarketingConsent(
            id=new_id(),
            user_id=user_id,
            recorded_at=self._clock.now(),
            wording_version=request.wording_version,
            **request.channels.model_dump(),
        )
        session.add(row)
        return _shown_consents(row)

    def user_and_consents(self, session: Session, user_id: str) -> tuple[CustomerUser, Consents | None]:
        """Give a customer's own data and the consents in force, None when they were not asked yet.

        Raises ProblemError ``not_found``.
        """
        found = repository.user_and_consent(session, user_id)
        if found is None:
            raise ProblemError(ProblemCode.NOT_FOUND)
        user, consent = found
        return shown_user(user), _shown_consents(consent) if consent else None

    def sign_out_everywhere(self, session: Session, customer: Customer) -> None:
        """End all of the customer's sessions, this one included."""
        repository.end_sessions(session, customer.user_id, self._clock.now())

    def _added(self, session: Session, registrant: Registrant, *, activated_at: datetime | None) -> User | None:
        insert = sqlite.insert if session.get_bind().dialect.name == "sqlite" else postgresql.insert
        row = {**registrant.values, "id": new_id(), "created_at": self._clock.now(), "activated_at": activated_at}
        user = session.scalar(insert(User).values(row).on_conflict_do_nothing().returning(User))
        if user is not None:
            self._record(session, user, HistoryKind.ACCOUNT_REGISTERED)
        return user

    def _read(self, field: str, typed: str, problems: list[FieldProblem]) -> str:
        readers = {
            "first_name": self._contacts.person_name,
            "last_name": self._contacts.person_name,
            "email": self._contacts.email,
            "phone": self._contacts.phone,
        }
        try:
            return readers[field](typed) if field in readers else str(typed)
        except IdentifierError as error:
            problems.append(identifier_problem(field, error))
            return ""

    def _record(self, session: Session, user: User, kind: HistoryKind) -> None:
        self._history.record(
            session,
            company_id=None,
            actor=Actor.CUSTOMER,
            actor_id=user.id,
            actor_name=f"{user.first_name} {user.last_name}",
            kind=kind,
        )


def consents_history(session: Session, user_id: str, language: Language) -> ConsentsHistory:
    """Give all consents of a customer as given, newest first, and the wording in force."""
    rows = repository.consents_of(session, user_id)
    return ConsentsHistory(items=tuple(_shown_consents(row) for row in rows), wording=terms_in_force(language).consent)


def terms_in_force(language: Language) -> Terms:
    """Give the texts that customers accept or are told."""
    return load_terms(language)


def purge(session: Session, now: datetime) -> None:
    """Forget sign-ins that expired 30 days ago."""
    repository.purge_sessions(session, now - timedelta(days=30))


def shown_user(user: User) -> CustomerUser:
    """Give a customer's data as they are shown."""
    return CustomerUser(
        id=user.id,
        first_name=user.first_name,
        last_name=user.last_name,
        email=user.email,
        phone=user.phone,
        position=user.position,
        language=Language(user.language),
    )


def _shown_consents(row: MarketingConsent) -> Consents:
    return Consents(
        channels=Channels(email=row.email, phone=row.phone, sms=row.sms),
        wording_version=row.wording_version,
        recorded_at=row.recorded_at,
    )


class Person(NamedTuple):
    """How a person is recognized among others: the name to show, and name, e-mail and phone as they are compared."""

    name: str
    name_key: str
    email: str
    email_folded: str
    phone: str
    phone_key: str


def person_of(session: Session, user_id: str) -> Person | None:
    """Give how the person of an account is recognized."""
    user = session.get(User, user_id)
    if user is None:
        return None
    name = f"{user.first_name} {user.last_name}"
    return Person(name, user.name_key, user.email, user.email_folded, user.phone, user.phone_key)


def accounts_named(name_key: str) -> Select[str]:
    """Choose the ids of the accounts of people with a name."""
    return select(User.id).where(User.name_key == name_key)


def accounts_with_email(email_folded: str) -> Select[str]:
    """Choose the id of the account with an e-mail address."""
    return select(User.id).where(User.email_folded == email_folded)


def accounts_with_phone(key: str) -> Select[str]:
    """Choose the ids of the accounts with a phone number."""
    return select(User.id).where(User.phone_key == key)
