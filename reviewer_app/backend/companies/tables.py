# SPDX-License-Identifier: AGPL-3.0-or-later
"""Companies: declared data, state, claim, and the keys by which the queue is sorted and searched."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, BigInteger, Computed, ForeignKey, Index, Integer, SmallInteger, String, text
from sqlalchemy.orm import Mapped, mapped_column, validates

from reviewer_app.backend.kit.columns import BYTEWISE
from reviewer_app.backend.kit.contacts import folded_email, phone_key
from reviewer_app.backend.kit.database import Base, UtcDateTime, new_id
from reviewer_app.backend.kit.folding import fold
from reviewer_app.contract.companies import LegalForm
from reviewer_app.contract.states import CaseKind, CompanyState

WAITS = "waiting_key <> 9223372036854775807"
"""Companies that wait for staff, whatever the kind of the case; written out so that partial indexes are used."""

TAKES_ITS_NIP = "state IN ('approved', 'active', 'suspended')"
"""Companies of which there may be only one with a NIP."""


_SORTED = (("form", "legal_form"), ("who", "who_key"), ("flags", "flags_rank"), ("checks", "checks_rank"))
_WHO_KEY = "CASE WHEN holder_key = '' THEN assigned_key ELSE holder_key END"
_FLAGS_RANK = (
    "CASE WHEN hold_reason IS NULL THEN 0 ELSE 1 END + CASE WHEN possible_duplicate THEN 2 ELSE 0 END"
    " + CASE WHEN first_approver_id IS NULL THEN 0 ELSE 4 END + CASE WHEN escalated THEN 8 ELSE 0 END"
)
_CHECKS_RANK = "checks_fail * 1000000 + checks_warn * 1000 + checks_unknown"


_NOT_WORD = re.compile(r"[^\w]+")
_BEFORE_UNIT = re.compile(r"/|\b(?:nr|m|lok|lokal|mieszkanie)\b")
_WORDS_OF_STREETS = {"ul": "", "ulica": "", "aleja": "al", "aleje": "al", "plac": "pl", "osiedle": "os"}


def seat_key_of(seat: dict[str, Any] | None) -> str:
    """Give the folded address by which companies at one place are found; empty without a place.

    It is postal code, street, building and unit; a place without streets has its name for a street. "ul. Prosta 1A m. 2"
    and "PROSTA 1 a / 2" are one place.
    """
    if not seat:
        return ""
    parts = {name: fold(str(seat.get(name) or "")) for name in ("postal_code", "street", "city", "building", "unit")}
    words = _NOT_WORD.sub(" ", parts["street"] or parts["city"]).split()
    street = " ".join(written for word in words if (written := _WORDS_OF_STREETS.get(word, word)))
    doors = (_NOT_WORD.sub("", door) for door in _BEFORE_UNIT.split(f"{parts['building']}/{parts['unit']}"))
    place = "/".join(door for door in doors if door)
    postal_code = _NOT_WORD.sub("", parts["postal_code"])
    return f"{postal_code}|{street}|{place}"[:500] if place else ""


class Company(Base):
    """One company.

    ``version`` grows with declared data, documents and state, never with claims, notes or flags. ``lease_digest`` is
    the SHA-256 of the fencing token; a lease whose end has passed holds nobody off, but its token may renew it while
    nobody else has taken the case. ``waiting_key`` orders by the time waited: microseconds of the submission since
    1970 while staff's answer is due, else the greatest number. ``state_rank`` is the state's place in the process.
    ``holder_key`` is the name of who holds it, until it is noticed that the lease's end has passed, and anew from its renewal;
    ``assigned_key`` is that of whose it is to do, both are empty when there is nobody;
    ``who_key`` is the first of the two that there is. ``flags_rank`` and ``checks_rank`` grow
    with what asks for attention, and the database keeps them.
    ``seat_key``, ``phone_key`` and ``email_key`` are address, phone and e-mail in the form in which they are compared.
    ``administrator_id`` is null when the company lost its administrator; ``staff_suspended`` says that staff suspended
    it, which a new administrator does not undo, ``suspension_reason`` why. ``customer_since`` is since when the
    customer has to act for the company to go on, null when they have not; ``reminders`` counts those sent since then.
    """

    __tablename__ = "companies"
    __table_args__ = (
        Index("ix_companies_waiting", "waiting_key", "id"),
        Index("ix_companies_state_waiting", "state", "waiting_key", "id"),
        Index("ix_companies_name", "name_key", "id"),
        Index("ix_companies_state_name", "state", "name_key", "id"),
        Index("ix_companies_nip", "nip", "id"),
        Index("ix_companies_state_nip", "state", "nip", "id"),
        Index("ix_companies_round", "round", "id"),
        Index("ix_companies_state_round", "state", "round", "id"),
        Index("ix_companies_rank", "state_rank", "id"),
        Index(
            "ix_companies_customer_since",
            "reminders",
            "customer_since",
            "id",
            sqlite_where=text("customer_since IS NOT NULL"),
            postgresql_where=text("customer_since IS NOT NULL"),
        ),
        Index("ix_companies_holder", "holder_id", "waiting_key", "id"),
        Index(
            "ix_companies_assigned",
            "assigned_id",
            "waiting_key",
            "id",
            sqlite_where=text("assigned_id IS NOT NULL"),
            postgresql_where=text("assigned_id IS NOT NULL"),
        ),
        Index(
            "uq_companies_nip_taken",
            "nip",
            unique=True,
            sqlite_where=text(TAKES_ITS_NIP),
            postgresql_where=text(TAKES_ITS_NIP),
        ),
        Index(
            "uq_companies_administrator",
            "administrator_id",
            unique=True,
            sqlite_where=text("state <> 'cleared'"),
            postgresql_where=text("state <> 'cleared'"),
        ),
        *(
            Index(f"ix_companies_waiting_{name}", column, "id", sqlite_where=text(WAITS), postgresql_where=text(WAITS))
            for name, column in (("name", "name_key"), ("nip", "nip"), ("round", "round"), *_SORTED)
        ),
        *(Index(f"ix_companies_{name}", column, "id") for name, column in _SORTED),
        *(
            Index(f"ix_companies_{name}", name, "created_at")
            for name in ("seat_key", "phone_key", "email_key", "bank_account", "regon", "krs")
        ),
        Index(
            "ix_companies_duplicates",
            "waiting_key",
            "id",
            sqlite_where=text("possible_duplicate = 1"),
            postgresql_where=text("possible_duplicate"),
        ),
        *(
            Index(
                f"ix_companies_{name}",
                "waiting_key",
                "id",
                sqlite_where=text(condition),
                postgresql_where=text(condition),
            )
            for name, condition in (
                ("held_back", "hold_reason IS NOT NULL"),
                ("second_review", "first_approver_id IS NOT NULL"),
            )
        ),
    )

    id: Mapped[str] = mapped_column(BYTEWISE, primary_key=True, default=new_id)
    administrator_id: Mapped[str | None] = mapped_column(String(64))
    state: Mapped[CompanyState] = mapped_column(String(40))
    state_rank: Mapped[int] = mapped_column(SmallInteger)
    version: Mapped[int] = mapped_column(Integer, default=1)
    round: Mapped[int] = mapped_column(Integer, default=0)
    staff_suspended: Mapped[bool] = mapped_column(default=False)
    suspension_reason: Mapped[str | None] = mapped_column(String(4000))
    customer_since: Mapped[datetime | None] = mapped_column(UtcDateTime)
    reminders: Mapped[int] = mapped_column(SmallInteger, default=0, server_default=text("0"))
    case_kind: Mapped[CaseKind] = mapped_column(String(40), default=CaseKind.REGISTRATION)

    name: Mapped[str] = mapped_column(String(500))
    name_key: Mapped[str] = mapped_column(BYTEWISE)
    legal_form: Mapped[LegalForm] = mapped_column(String(60))
    nip: Mapped[str] = mapped_column(BYTEWISE)
    regon: Mapped[str | None] = mapped_column(String(14))
    krs: Mapped[str | None] = mapped_column(String(10))
    seat: Mapped[dict[str, Any] | None] = mapped_column(JSON(none_as_null=True))
    seat_key: Mapped[str] = mapped_column(BYTEWISE, default="", server_default=text("''"))
    phone: Mapped[str | None] = mapped_column(String(40))
    phone_key: Mapped[str] = mapped_column(BYTEWISE, default="", server_default=text("''"))
    email: Mapped[str | None] = mapped_column(String(254))
    email_key: Mapped[str] = mapped_column(BYTEWISE, default="", server_default=text("''"))
    bank_account: Mapped[str | None] = mapped_column(String(26))
    authorization_number: Mapped[str | None] = mapped_column(String(40))

    created_at: Mapped[datetime] = mapped_column(UtcDateTime)
    submitted_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    decided_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    waiting_key: Mapped[int] = mapped_column(BigInteger)

    holder_id: Mapped[str | None] = mapped_column(String(64))
    holder_username: Mapped[str | None] = mapped_column(String(200))
    holder_name: Mapped[str | None] = mapped_column(String(200))
    holder_key: Mapped[str] = mapped_column(BYTEWISE, default="", server_default=text("''"))
    lease_digest: Mapped[str | None] = mapped_column(String(64))
    lease_expires_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    lease_ends_at: Mapped[datetime | None] = mapped_column(UtcDateTime)

    assigned_id: Mapped[str | None] = mapped_column(String(64))
    assigned_username: Mapped[str | None] = mapped_column(String(200))
    assigned_name: Mapped[str | None] = mapped_column(String(200))
    assigned_key: Mapped[str] = mapped_column(BYTEWISE, default="", server_default=text("''"))
    assigned_by: Mapped[str | None] = mapped_column(String(200))
    assigned_at: Mapped[datetime | None] = mapped_column(UtcDateTime)
    who_key: Mapped[str | None] = mapped_column(BYTEWISE, Computed(_WHO_KEY))

    hold_reason: Mapped[str | None] = mapped_column(String(4000))
    hold_until: Mapped[datetime | None] = mapped_column(UtcDateTime)
    escalated: Mapped[bool] = mapped_column(default=False)
    possible_duplicate: Mapped[bool] = mapped_column(default=False)
    first_approver_id: Mapped[str | None] = mapped_column(String(64))
    first_approver_username: Mapped[str | None] = mapped_column(String(200))
    first_approver_name: Mapped[str | None] = mapped_column(String(200))

    checks_ok: Mapped[int] = mapped_column(SmallInteger, default=0)
    checks_warn: Mapped[int] = mapped_column(SmallInteger, default=0)
    checks_fail: Mapped[int] = mapped_column(SmallInteger, default=0)
    checks_unknown: Mapped[int] = mapped_column(SmallInteger, default=0)
    flags_rank: Mapped[int | None] = mapped_column(Integer, Computed(_FLAGS_RANK))
    checks_rank: Mapped[int | None] = mapped_column(Integer, Computed(_CHECKS_RANK))

    @validates("seat")
    def _keep_seat_key(self, _name: str, seat: dict[str, Any] | None) -> dict[str, Any] | None:
        self.seat_key = seat_key_of(seat)
        return seat

    @validates("phone")
    def _keep_phone_key(self, _name: str, phone: str | None) -> str | None:
        self.phone_key = phone_key(phone)
        return phone

    @validates("email")
    def _keep_email_key(self, _name: str, email: str | None) -> str | None:
        self.email_key = folded_email(email or "")
        return email


class SubmittedData(Base):
    """What a company declared when it was handed to staff; ``declared`` has the fields' values as text."""

    __tablename__ = "company_submissions"

    company_id: Mapped[str] = mapped_column(BYTEWISE, ForeignKey("companies.id"), primary_key=True)
    at: Mapped[datetime] = mapped_column(UtcDateTime, primary_key=True)
    round: Mapped[int] = mapped_column(Integer)
    declared: Mapped[dict[str, str | None]] = mapped_column(JSON)


class SearchToken(Base):
    """One folded beginning under which a company is found."""

    __tablename__ = "company_search_tokens"
    __table_args__ = (Index("ix_company_search_tokens_words", "company_id", "token"),)

    token: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)
    company_id: Mapped[str] = mapped_column(BYTEWISE, ForeignKey("companies.id"), primary_key=True)


class NipLock(Base):
    """One row a NIP, written before companies of that NIP are compared, so that two of them never miss each other."""

    __tablename__ = "company_nips"

    nip: Mapped[str] = mapped_column(BYTEWISE, primary_key=True)
    declared: Mapped[int] = mapped_column(Integer, default=0)
