# SPDX-License-Identifier: AGPL-3.0-or-later
"""What each mail says: subject, words around the link, and the facts of the case that it carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from reviewer_app.contract.text import Language, Text


class MailKind(StrEnum):
    """The mails that the server sends."""

    ACTIVATION = "activation"
    ALREADY_REGISTERED = "already_registered"
    PASSWORD_RESET = "password_reset"
    SUBMISSION_RECEIVED = "submission_received"
    CORRECTION_REQUESTED = "correction_requested"
    REJECTED = "rejected"
    APPROVED = "approved"


@dataclass(frozen=True, slots=True)
class MailDocument:
    """A document that a mail is about: its name and what is wrong with it, in the language of the mail."""

    name: str
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class MailFacts:
    """What a mail is filled with. ``token`` goes into the link; ``reasons`` are about the company as a whole."""

    recipient: str
    language: Language
    first_name: str
    company_name: str = ""
    token: str = ""
    documents: Sequence[MailDocument] = ()
    reasons: Sequence[str] = ()
    customer_note: str = ""


class MailWords(NamedTuple):
    """The fixed words of one kind of mail. ``path`` is the portal's page; a token is added when the mail has one."""

    subject: Text
    lead: Text
    action: Text | None
    path: str
    after: Text


MAIL_WORDS: dict[MailKind, MailWords] = {
    MailKind.ACTIVATION: MailWords(
        Text("Aktywuj swoje konto", "Activate your account"),
        Text(
            "dziękujemy za rejestrację. Aby aktywować konto, prosimy otworzyć link:",
            "thank you for registering. To activate your account, please open this link:",
        ),
        Text("Aktywuj konto", "Activate the account"),
        "/activate",
        Text(
            "Link działa jeden raz, przez 24 godziny. Jeśli to nie Państwo zakładali konto, prosimy zignorować tę wiadomość.",
            "The link works once, for 24 hours. If you did not register, please ignore this message.",
        ),
    ),
    MailKind.ALREADY_REGISTERED: MailWords(
        Text("To konto już istnieje", "You have an account already"),
        Text(
            "ktoś próbował założyć konto z tym adresem e-mail, ale konto już istnieje. Można się zalogować:",
            "someone tried to register with this e-mail address, but you have an account already. You can sign in:",
        ),
        Text("Zaloguj się", "Sign in"),
        "/sign-in",
        Text(
            "Jeśli hasło wyleciało z pamięci, na stronie logowania można ustawić nowe.",
            "If you have forgotten your password, you can set a new one on the sign-in page.",
        ),
    ),
    MailKind.PASSWORD_RESET: MailWords(
        Text("Ustaw nowe hasło", "Set a new password"),
        Text(
            "otrzymaliśmy prośbę o nowe hasło. Aby je ustawić, prosimy otworzyć link:",
            "we were asked for a new password. To set one, please open this link:",
        ),
        Text("Ustaw nowe hasło", "Set a new password"),
        "/reset-password",
        Text(
            "Link działa jeden raz, przez 30 minut. Jeśli to nie Państwa prośba, nic nie trzeba robić: hasło się nie zmieniło.",
            "The link works once, for 30 minutes. If you did not ask for it, do nothing: your password is unchanged.",
        ),
    ),
    MailKind.SUBMISSION_RECEIVED: MailWords(
        Text("Zgłoszenie przyjęte: {company}", "Submission received: {company}"),
        Text(
            "otrzymaliśmy dokumenty firmy {company} i sprawdzamy je. O wyniku napiszemy. Stan sprawy widać tutaj:",
            "we have received the documents of {company} and are checking them. We will write with the result. "
            "The state of the case is shown here:",
        ),
        Text("Zobacz stan sprawy", "See the state of the case"),
        "/company",
        Text("Do czasu decyzji nic nie trzeba robić.", "There is nothing to do until then."),
    ),
    MailKind.CORRECTION_REQUESTED: MailWords(
        Text("Prosimy o poprawę: {company}", "A correction is needed: {company}"),
        Text(
            "sprawdziliśmy dokumenty firmy {company}. Zanim będziemy mogli ją zaakceptować, prosimy o poprawki opisane niżej. Poprawić zgłoszenie można tutaj:",
            "we have checked the documents of {company}. Before we can accept it, please make the corrections described below. You can make them here:",
        ),
        Text("Popraw zgłoszenie", "Correct the submission"),
        "/company",
        Text(
            "Po poprawieniu prosimy przekazać zgłoszenie ponownie. Dokumentów nie przyjmujemy e-mailem ani na papierze.",
            "After the corrections, please submit again. We do not take documents by e-mail or on paper.",
        ),
    ),
    MailKind.REJECTED: MailWords(
        Text("Decyzja w sprawie firmy {company}", "Decision about {company}"),
        Text(
            "sprawdziliśmy zgłoszenie firmy {company}. Niestety nie możemy jej zaakceptować.",
            "we have checked the submission of {company}. Unfortunately we cannot accept it.",
        ),
        None,
        "",
        Text(
            "W razie pytań prosimy odpowiedzieć swojemu opiekunowi handlowemu.",
            "If you have questions, please contact your account manager.",
        ),
    ),
    MailKind.APPROVED: MailWords(
        Text("Firma zaakceptowana: {company}", "Company approved: {company}"),
        Text(
            "firma {company} została zaakceptowana. Aby dokończyć rejestrację, prosimy otworzyć link, sprawdzić dane i zaakceptować warunki:",
            "{company} has been approved. To finish the registration, please open this link, check the data and accept the terms:",
        ),
        Text("Dokończ rejestrację", "Finish the registration"),
        "/finish",
        Text(
            "Link jest przeznaczony tylko dla administratora firmy. Nowy można zamówić w portalu.",
            "The link is meant for the company's administrator only. A new one can be ordered in the portal.",
        ),
    ),
}

GREETING = Text("Dzień dobry, {name},", "Dear {name},")
DOCUMENT_HEADING = Text("Dokument: {name}", "Document: {name}")
COMPANY_HEADING = Text("Dane firmy", "Company data")
REASONS_HEADING = Text("Powody", "Reasons")
NOTE_HEADING = Text("Wiadomość od osoby sprawdzającej", "Message from the reviewer")
CLOSING = Text("Pozdrawiamy,\nZespół weryfikacji", "Kind regards,\nThe verification team")
FOOTER = Text(
    "Wiadomość wysłana automatycznie. Prosimy na nią nie odpowiadać.",
    "This message was sent automatically. Please do not reply to it.",
)
COPY_LINK = Text(
    "Jeśli przycisk nie działa, prosimy skopiować adres:", "If the button does not work, please copy the address:"
)
