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
    INVITATION = "invitation"
    INVITATION_ELSEWHERE = "invitation_elsewhere"
    ADMINISTRATOR_CANDIDATE = "administrator_candidate"
    ADMINISTRATOR_CHANGED = "administrator_changed"
    ADMINISTRATOR_REFUSED = "administrator_refused"
    COMPANY_BLOCKED = "company_blocked"
    COMPANY_SUSPENDED = "company_suspended"
    COMPANY_RESTORED = "company_restored"
    REMINDER_AUTHORIZATION = "reminder_authorization"
    REMINDER_CORRECTION = "reminder_correction"
    REMINDER_FINISH = "reminder_finish"
    REMINDER_INVITATION = "reminder_invitation"
    EMAIL_CHANGE = "email_change"
    EMAIL_CHANGE_ASKED = "email_change_asked"
    EMAIL_CHANGE_TAKEN = "email_change_taken"
    EMAIL_CHANGED = "email_changed"


@dataclass(frozen=True, slots=True)
class MailDocument:
    """A document that a mail is about: its name and what is wrong with it, in the language of the mail."""

    name: str
    reasons: Sequence[str]


@dataclass(frozen=True, slots=True)
class MailFacts:
    """What a mail is filled with. ``token`` goes into the link, ``person`` is whom
    the mail is about where that is not its reader; ``reasons`` are about the company as a whole."""

    recipient: str
    language: Language
    first_name: str
    company_name: str = ""
    token: str = ""
    person: str = ""
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
    MailKind.INVITATION: MailWords(
        Text("Zaproszenie do firmy {company}", "Invitation to {company}"),
        Text(
            "{person} zaprasza do konta firmy {company} w portalu. Aby dokończyć rejestrację, prosimy otworzyć link:",
            "{person} invites you to the account of {company} in the portal. To finish your registration, please open "
            "this link:",
        ),
        Text("Przyjmij zaproszenie", "Accept the invitation"),
        "/invitations",
        Text(
            "Link działa jeden raz, przez 7 dni. Jeśli zaproszenie nie jest oczekiwane, prosimy je zignorować.",
            "The link works once, for 7 days. If you did not expect this invitation, please ignore it.",
        ),
    ),
    MailKind.INVITATION_ELSEWHERE: MailWords(
        Text("Zaproszenie do firmy {company}", "Invitation to {company}"),
        Text(
            "{person} zaprasza do konta firmy {company} w portalu, ale to konto należy już do innej firmy. Link pokaże "
            "zaproszenie:",
            "{person} invites you to the account of {company} in the portal, but your account belongs to another "
            "company already. This link shows the invitation:",
        ),
        Text("Zobacz zaproszenie", "See the invitation"),
        "/invitations",
        Text(
            "Jedno konto może należeć tylko do jednej firmy. Można poprosić o zaproszenie na inny adres e-mail albo "
            "najpierw opuścić dotychczasową firmę. Nadawca zaproszenia nie wie, że to konto istnieje.",
            "An account belongs to one company only. You can ask to be invited under another e-mail address, or leave "
            "your company first. Whoever invited you does not know of your account.",
        ),
    ),
    MailKind.ADMINISTRATOR_CANDIDATE: MailWords(
        Text("Zmiana administratora firmy {company}", "Change of the administrator of {company}"),
        Text(
            "zgłoszono zmianę administratora firmy {company}. Nowym administratorem ma zostać {person}. Stan sprawy "
            "widać tutaj:",
            "a change of the administrator of {company} was asked for. The new administrator is to be {person}. The "
            "state of the case is shown here:",
        ),
        Text("Zobacz stan sprawy", "See the state of the case"),
        "/company/administrator",
        Text(
            "Do czasu przyjęcia upoważnienia nic się nie zmienia.",
            "Nothing changes until the authorization has been accepted.",
        ),
    ),
    MailKind.ADMINISTRATOR_CHANGED: MailWords(
        Text("Nowy administrator firmy {company}", "New administrator of {company}"),
        Text(
            "przyjęliśmy upoważnienie. Administratorem firmy {company} jest teraz {person}. Konto firmy:",
            "we have accepted the authorization. The administrator of {company} is now {person}. The company's account:",
        ),
        Text("Przejdź do konta firmy", "Go to the company's account"),
        "/company",
        Text(
            "Administrator firmy może być tylko jeden: poprzedni nie ma już tych uprawnień.",
            "A company has exactly one administrator: the previous one no longer has these rights.",
        ),
    ),
    MailKind.ADMINISTRATOR_REFUSED: MailWords(
        Text("Zmiana administratora firmy {company}: odmowa", "Change of the administrator of {company}: refused"),
        Text(
            "sprawdziliśmy upoważnienie. Niestety {person} nie może zostać administratorem firmy {company}.",
            "we have checked the authorization. Unfortunately {person} cannot become the administrator of {company}.",
        ),
        None,
        "",
        Text(
            "W administracji firmy nic się nie zmieniło.",
            "Nothing has changed in the company's administration.",
        ),
    ),
    MailKind.COMPANY_BLOCKED: MailWords(
        Text("Firma {company} jest zablokowana", "{company} is blocked"),
        Text(
            "firma {company} nie ma administratora. Do czasu wyznaczenia nowego konto firmy jest zablokowane i nikt "
            "nie może wykonywać żadnych czynności. Nowego administratora można zgłosić tutaj:",
            "{company} has no administrator. Until a new one is appointed the company's account is blocked and nobody "
            "can do anything. A new administrator can be named here:",
        ),
        Text("Zgłoś administratora", "Name an administrator"),
        "/company/administrator",
        Text(
            "Dane firmy nie zostały usunięte. Upoważnienie podpisuje właściciel firmy.",
            "No data of the company was deleted. The authorization is signed by the company's owner.",
        ),
    ),
    MailKind.COMPANY_SUSPENDED: MailWords(
        Text("Firma {company} została zawieszona", "{company} has been suspended"),
        Text(
            "zawiesiliśmy konto firmy {company}. Do czasu przywrócenia nikt nie może wykonywać w niej żadnych "
            "czynności. Stan konta widać tutaj:",
            "we have suspended the account of {company}. Until it is restored nobody can do anything in it. The state "
            "of the account is shown here:",
        ),
        Text("Zobacz stan konta", "See the state of the account"),
        "/company/menu",
        Text(
            "Dane firmy nie zostały usunięte. W razie pytań prosimy zwrócić się do swojego opiekuna handlowego.",
            "No data of the company was deleted. If you have questions, please contact your account manager.",
        ),
    ),
    MailKind.COMPANY_RESTORED: MailWords(
        Text("Firma {company} znów działa", "{company} is active again"),
        Text(
            "przywróciliśmy konto firmy {company}. Wszystko działa tak jak przedtem:",
            "we have restored the account of {company}. Everything works as before:",
        ),
        Text("Przejdź do konta firmy", "Go to the company's account"),
        "/company/menu",
        Text("Nic więcej nie trzeba robić.", "There is nothing else to do."),
    ),
    MailKind.REMINDER_AUTHORIZATION: MailWords(
        Text("Przypomnienie: upoważnienie firmy {company}", "Reminder: the authorization of {company}"),
        Text(
            "rejestracja firmy {company} czeka na podpisane upoważnienie i przekazanie zgłoszenia. Dokończyć można "
            "tutaj:",
            "the registration of {company} is waiting for the signed authorization and its submission. You can go on "
            "here:",
        ),
        Text("Przejdź do zgłoszenia", "Go to the submission"),
        "/company",
        Text(
            "Upoważnienie podpisuje właściciel firmy lub osoby, które ją reprezentują. Jeśli rejestracja nie jest już "
            "potrzebna, nic nie trzeba robić.",
            "The authorization is signed by the company's owner or its representatives. If you no longer need the "
            "registration, there is nothing to do.",
        ),
    ),
    MailKind.REMINDER_CORRECTION: MailWords(
        Text("Przypomnienie: poprawki zgłoszenia firmy {company}", "Reminder: corrections for {company}"),
        Text(
            "zgłoszenie firmy {company} czeka na poprawki opisane niżej. Poprawić je można tutaj:",
            "the submission of {company} is waiting for the corrections described below. You can make them here:",
        ),
        Text("Popraw zgłoszenie", "Correct the submission"),
        "/company",
        Text(
            "Po poprawieniu prosimy przekazać zgłoszenie ponownie. Dokumentów nie przyjmujemy e-mailem ani na papierze.",
            "After the corrections, please submit again. We do not take documents by e-mail or on paper.",
        ),
    ),
    MailKind.REMINDER_FINISH: MailWords(
        Text("Przypomnienie: dokończ rejestrację firmy {company}", "Reminder: finish the registration of {company}"),
        Text(
            "firma {company} została zaakceptowana, ale rejestracja nie jest jeszcze dokończona. Aby ją dokończyć, "
            "prosimy otworzyć link:",
            "{company} has been approved, but its registration is not finished yet. To finish it, please open this "
            "link:",
        ),
        Text("Dokończ rejestrację", "Finish the registration"),
        "/finish",
        Text(
            "Ten link zastępuje poprzedni i jest przeznaczony tylko dla administratora firmy.",
            "This link replaces the one before and is meant for the company's administrator only.",
        ),
    ),
    MailKind.REMINDER_INVITATION: MailWords(
        Text("Przypomnienie: zaproszenie do firmy {company}", "Reminder: invitation to {company}"),
        Text(
            "zaproszenie do konta firmy {company} w portalu wciąż czeka. Aby dokończyć rejestrację, prosimy otworzyć "
            "link:",
            "your invitation to the account of {company} in the portal is still open. To finish your registration, "
            "please open this link:",
        ),
        Text("Przyjmij zaproszenie", "Accept the invitation"),
        "/invitations",
        Text(
            "Ten link zastępuje poprzedni i działa jeden raz, przez 7 dni. Jeśli zaproszenie nie jest oczekiwane, "
            "prosimy je zignorować: więcej przypomnień nie będzie.",
            "This link replaces the one before and works once, for 7 days. If you did not expect this invitation, "
            "please ignore it: there will be no more reminders.",
        ),
    ),
    MailKind.EMAIL_CHANGE: MailWords(
        Text("Potwierdź nowy adres e-mail", "Confirm your new e-mail address"),
        Text(
            "aby używać tego adresu e-mail do swojego konta, prosimy otworzyć link:",
            "to use this e-mail address for your account, please open this link:",
        ),
        Text("Potwierdź adres", "Confirm the address"),
        "/change-email",
        Text(
            "Link działa jeden raz, przez 24 godziny. Jeśli to nie Państwa prośba, prosimy zignorować tę wiadomość.",
            "The link works once, for 24 hours. If you did not ask for it, please ignore this message.",
        ),
    ),
    MailKind.EMAIL_CHANGE_TAKEN: MailWords(
        Text("Ten adres e-mail ma już konto", "This e-mail address has an account already"),
        Text(
            "ktoś chciał używać tego adresu e-mail do innego konta, ale ten adres ma już własne konto. Nic się nie "
            "zmieniło. Zalogować się można tutaj:",
            "someone wanted to use this e-mail address for another account, but it has an account of its own. Nothing "
            "has changed. You can sign in here:",
        ),
        Text("Zaloguj się", "Sign in"),
        "/sign-in",
        Text(
            "Jeden adres może należeć tylko do jednego konta. Jeśli to nie Państwa prośba, nic nie trzeba robić.",
            "An address belongs to one account only. If you did not ask for this, there is nothing to do.",
        ),
    ),
    MailKind.EMAIL_CHANGED: MailWords(
        Text("Adres e-mail konta został zmieniony", "Your account's e-mail address has been changed"),
        Text(
            "nowy adres e-mail konta został potwierdzony i od teraz to nim trzeba się logować. Ten adres nie należy "
            "już do konta. Strona logowania:",
            "the new e-mail address of your account has been confirmed; from now on you sign in with it. This address "
            "no longer belongs to the account. The sign-in page:",
        ),
        Text("Zaloguj się", "Sign in"),
        "/sign-in",
        Text(
            "Wszystkie urządzenia zostały wylogowane. Jeśli to nie Państwa zmiana, prosimy od razu napisać do swojego "
            "opiekuna handlowego.",
            "All devices have been signed out. If you did not make this change, please contact your account manager "
            "at once.",
        ),
    ),
    MailKind.EMAIL_CHANGE_ASKED: MailWords(
        Text("Prośba o zmianę adresu e-mail konta", "A change of your account's e-mail address was asked for"),
        Text(
            "ktoś, kto zna hasło, poprosił o zmianę adresu e-mail tego konta. Jeśli to nie Państwo, prosimy od razu "
            "ustawić nowe hasło:",
            "someone who knows the password asked to change the e-mail address of this account. If it was not you, "
            "please set a new password at once:",
        ),
        Text("Ustaw nowe hasło", "Set a new password"),
        "/forgotten-password",
        Text(
            "Adres zmieni się dopiero po potwierdzeniu nowego.",
            "The address changes only when the new one has been confirmed.",
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
