# SPDX-License-Identifier: AGPL-3.0-or-later
"""Reason codes of decisions: what each applies to, whether it is final, and what the customer reads."""

from __future__ import annotations

from enum import StrEnum
from typing import NamedTuple

from reviewer_app.contract.states import DocumentKind, Outcome
from reviewer_app.contract.text import Text


class ReasonCode(StrEnum):
    """Why a document or a company was not accepted."""

    NOT_READABLE = "not_readable"
    PAGES_MISSING = "pages_missing"
    WRONG_DOCUMENT_TYPE = "wrong_document_type"
    CORRUPT_OR_PASSWORD_PROTECTED = "corrupt_or_password_protected"
    EXTRACT_TOO_OLD = "extract_too_old"
    REGISTER_CHANGED_SINCE = "register_changed_since"
    NAME_MISMATCH = "name_mismatch"
    NUMBER_MISMATCH = "number_mismatch"
    ADDRESS_MISMATCH = "address_mismatch"
    NOT_SIGNED = "not_signed"
    STAMP_MISSING = "stamp_missing"
    SECOND_SIGNATURE_MISSING = "second_signature_missing"
    SIGNATORY_NOT_AUTHORIZED = "signatory_not_authorized"
    SIGNATORY_SUSPENDED = "signatory_suspended"
    DATE_MISSING_OR_FUTURE = "date_missing_or_future"
    WRONG_FORM_VERSION = "wrong_form_version"
    SIGNATURE_INVALID = "signature_invalid"
    ADMINISTRATOR_MISMATCH = "administrator_mismatch"
    NOT_A_PERSON = "not_a_person"
    BANK_ACCOUNT_NOT_LISTED = "bank_account_not_listed"
    VAT_STATUS_NOT_ACCEPTED = "vat_status_not_accepted"
    ENTITY_STRUCK_OFF = "entity_struck_off"
    ENTITY_IN_BANKRUPTCY = "entity_in_bankruptcy"
    MANIPULATION_SUSPECTED = "manipulation_suspected"
    DUPLICATE_COMPANY = "duplicate_company"
    NOT_AN_ENTREPRENEUR = "not_an_entrepreneur"
    SANCTIONS_HIT = "sanctions_hit"
    OTHER = "other"


class ReasonKind(StrEnum):
    """Whether the customer can do something about a reason."""

    CORRECTION = "correction"
    FINAL = "final"
    EITHER = "either"


class Reason(NamedTuple):
    """One reason code.

    ``documents`` are the kinds that it can be given for, ``fields`` the declared fields; a reason with neither
    is about the company as a whole. ``label`` is for staff, ``customer`` is what the customer reads and does.
    """

    code: ReasonCode
    kind: ReasonKind
    documents: frozenset[DocumentKind]
    fields: frozenset[str]
    label: Text
    customer: Text
    internal: Text
    note_required: bool = False


_ANY_DOCUMENT = frozenset(DocumentKind)
_EXTRACT = frozenset({DocumentKind.REGISTRY_EXTRACT})
_SHEET = frozenset({DocumentKind.AUTHORIZATION})
_NUMBERED = frozenset({DocumentKind.REGISTRY_EXTRACT, DocumentKind.NIP_CONFIRMATION, DocumentKind.REGON_CONFIRMATION})
_NONE: frozenset[DocumentKind] = frozenset()
_NO_FIELD: frozenset[str] = frozenset()
_CORRECTION, _FINAL = ReasonKind.CORRECTION, ReasonKind.FINAL

REASONS: dict[ReasonCode, Reason] = {
    reason.code: reason
    for reason in (
        Reason(
            ReasonCode.NOT_READABLE,
            _CORRECTION,
            _ANY_DOCUMENT,
            _NO_FIELD,
            Text("Nieczytelny", "Not readable"),
            Text(
                "Dokument jest nieczytelny. Prosimy o wyraźny skan w pełnym formacie strony, co najmniej 200 dpi.",
                "The document cannot be read. Please upload a sharp scan of the full page, at least 200 dpi.",
            ),
            Text("Rozmyty, za ciemny albo zbyt mała rozdzielczość.", "Blurred, too dark, or too low a resolution."),
        ),
        Reason(
            ReasonCode.PAGES_MISSING,
            _CORRECTION,
            _ANY_DOCUMENT,
            _NO_FIELD,
            Text("Brakuje stron", "Pages missing"),
            Text(
                "W dokumencie brakuje stron. Prosimy o przesłanie wszystkich stron w jednym pliku.",
                "Pages are missing. Please upload all pages in one file.",
            ),
            Text(
                "Porównaj stopkę „Strona x z y” z liczbą stron.",
                "Compare the footer “Strona x z y” with the number of pages.",
            ),
        ),
        Reason(
            ReasonCode.WRONG_DOCUMENT_TYPE,
            _CORRECTION,
            _ANY_DOCUMENT,
            _NO_FIELD,
            Text("Inny dokument niż wymagany", "Wrong document type"),
            Text(
                "Przesłany plik jest innym dokumentem niż wymagany. Prosimy o właściwy dokument.",
                "The file is a different document from the one asked for. Please upload the right one.",
            ),
            Text("Dokument nie jest tym, czym nazwał go klient.", "The document is not what the customer said it was."),
        ),
        Reason(
            ReasonCode.CORRUPT_OR_PASSWORD_PROTECTED,
            _CORRECTION,
            _ANY_DOCUMENT,
            _NO_FIELD,
            Text("Uszkodzony lub z hasłem", "Damaged or password-protected"),
            Text(
                "Pliku nie można otworzyć: jest uszkodzony albo chroniony hasłem. Prosimy o plik bez hasła.",
                "The file cannot be opened: it is damaged or password-protected. Please upload it without a password.",
            ),
            Text("Plik otwiera się z błędami lub częściowo.", "The file opens with errors or in part."),
        ),
        Reason(
            ReasonCode.EXTRACT_TOO_OLD,
            _CORRECTION,
            _EXTRACT,
            _NO_FIELD,
            Text("Odpis nieaktualny", "Extract too old"),
            Text(
                "Odpis z rejestru jest zbyt stary. Prosimy o aktualny, nie starszy niż 3 miesiące.",
                "The registry extract is too old. Please upload one not older than 3 months.",
            ),
            Text(
                "Data „Stan na dzień” przekracza dopuszczalny wiek.",
                "The date “Stan na dzień” exceeds the allowed age.",
            ),
        ),
        Reason(
            ReasonCode.REGISTER_CHANGED_SINCE,
            _CORRECTION,
            _EXTRACT,
            _NO_FIELD,
            Text("Wpis po dacie odpisu", "Register changed since"),
            Text(
                "Po dacie odpisu w rejestrze dokonano nowego wpisu. Prosimy o odpis uwzględniający ten wpis.",
                "The register has a newer entry than the extract. Please upload an extract that includes it.",
            ),
            Text(
                "Ostatni wpis w rejestrze jest nowszy niż odpis.",
                "The register's last entry is newer than the extract.",
            ),
        ),
        Reason(
            ReasonCode.NAME_MISMATCH,
            _CORRECTION,
            _NUMBERED,
            frozenset({"name"}),
            Text("Niezgodna nazwa", "Name differs"),
            Text(
                "Nazwa firmy w formularzu różni się od nazwy w dokumencie. Prosimy o poprawienie danych lub dokumentu.",
                "The company name in the form differs from the document. Please correct the data or the document.",
            ),
            Text("Nazwa z formularza nie odpowiada rejestrowi.", "The declared name does not match the register."),
        ),
        Reason(
            ReasonCode.NUMBER_MISMATCH,
            _CORRECTION,
            _NUMBERED,
            frozenset({"nip", "regon", "krs"}),
            Text("Niezgodny numer", "Number differs"),
            Text(
                "Numer NIP, REGON lub KRS w formularzu różni się od numeru w dokumencie. Prosimy o sprawdzenie i poprawienie.",
                "A NIP, REGON or KRS number in the form differs from the document. Please check and correct it.",
            ),
            Text("Porównaj cyfra po cyfrze.", "Compare digit by digit."),
        ),
        Reason(
            ReasonCode.ADDRESS_MISMATCH,
            _CORRECTION,
            _NUMBERED,
            frozenset({"seat"}),
            Text("Niezgodny adres", "Address differs"),
            Text(
                "Adres siedziby w formularzu różni się od adresu w dokumencie. Prosimy o poprawienie danych lub aktualny odpis.",
                "The seat address in the form differs from the document. Please correct the data or upload a current extract.",
            ),
            Text("Adres siedziby nie odpowiada rejestrowi.", "The seat address does not match the register."),
        ),
        Reason(
            ReasonCode.NOT_SIGNED,
            _CORRECTION,
            _SHEET,
            _NO_FIELD,
            Text("Brak podpisu", "Not signed"),
            Text(
                "Upoważnienie nie jest podpisane. Prosimy o podpis osoby uprawnionej do reprezentowania firmy.",
                "The authorization is not signed. Please have it signed by a person entitled to represent the company.",
            ),
            Text("Pole podpisu jest puste.", "The signature field is empty."),
        ),
        Reason(
            ReasonCode.STAMP_MISSING,
            _CORRECTION,
            _SHEET,
            _NO_FIELD,
            Text("Brak pieczęci", "Stamp missing"),
            Text(
                "Na upoważnieniu brakuje pieczęci firmy. Prosimy o ostemplowanie dokumentu i ponowne przesłanie skanu.",
                "The company stamp is missing from the authorization. Please stamp it and upload the scan again.",
            ),
            Text("Pole pieczęci jest puste.", "The stamp field is empty."),
        ),
        Reason(
            ReasonCode.SECOND_SIGNATURE_MISSING,
            _CORRECTION,
            _SHEET,
            _NO_FIELD,
            Text("Brak drugiego podpisu", "Second signature missing"),
            Text(
                "Zgodnie ze sposobem reprezentacji wymagany jest podpis dwóch osób. Prosimy o uzupełnienie drugiego podpisu.",
                "The rule of representation asks for two signatures. Please add the second one.",
            ),
            Text("Reprezentacja łączna, podpisała jedna osoba.", "Joint representation, but one person signed."),
        ),
        Reason(
            ReasonCode.SIGNATORY_NOT_AUTHORIZED,
            _CORRECTION,
            _SHEET,
            _NO_FIELD,
            Text("Podpisał nieuprawniony", "Signatory not authorized"),
            Text(
                "Osoba, która podpisała upoważnienie, nie figuruje w rejestrze jako uprawniona do reprezentacji. Prosimy o podpis osoby uprawnionej albo dokument potwierdzający powołanie.",
                "The person who signed is not on the register as a representative. Please have an entitled person sign, or upload the document of appointment.",
            ),
            Text(
                "Wpis członka zarządu jest deklaratoryjny: może istnieć uchwała.",
                "A board entry is declaratory: there may be a resolution.",
            ),
        ),
        Reason(
            ReasonCode.SIGNATORY_SUSPENDED,
            _CORRECTION,
            _SHEET,
            _NO_FIELD,
            Text("Podpisał zawieszony", "Signatory suspended"),
            Text(
                "Osoba, która podpisała upoważnienie, jest według rejestru zawieszona w czynnościach. Prosimy o podpis innej uprawnionej osoby.",
                "The register says that the signatory is suspended. Please have another entitled person sign.",
            ),
            Text("Rubryka „czy zawieszona w czynnościach”: tak.", "The register's suspension field says yes."),
        ),
        Reason(
            ReasonCode.DATE_MISSING_OR_FUTURE,
            _CORRECTION,
            _SHEET,
            _NO_FIELD,
            Text("Brak daty lub data przyszła", "Date missing or in the future"),
            Text(
                "Na upoważnieniu brakuje daty albo data jest późniejsza niż dzisiejsza. Prosimy o poprawienie daty.",
                "The authorization has no date, or a date in the future. Please correct it.",
            ),
            Text("Pole „miejscowość i data”.", "The field “place and date”."),
        ),
        Reason(
            ReasonCode.WRONG_FORM_VERSION,
            _CORRECTION,
            _SHEET,
            _NO_FIELD,
            Text("Nieaktualny druk", "Wrong form version"),
            Text(
                "Przesłane upoważnienie pochodzi sprzed zmiany danych. Prosimy pobrać aktualny druk, podpisać i przesłać ponownie.",
                "The authorization was made before the data changed. Please download the current form, sign it and upload it again.",
            ),
            Text("Numer na druku nie jest aktualnym numerem.", "The number on the sheet is not the current one."),
        ),
        Reason(
            ReasonCode.SIGNATURE_INVALID,
            _CORRECTION,
            _SHEET,
            _NO_FIELD,
            Text("Nieważny podpis elektroniczny", "Invalid electronic signature"),
            Text(
                "Podpisu elektronicznego nie można potwierdzić. Prosimy o ponowne podpisanie niezmienionego dokumentu.",
                "The electronic signature cannot be confirmed. Please sign the unchanged document again.",
            ),
            Text(
                "Dokument zmieniony po podpisaniu lub podpis niezaufany.",
                "Changed after signing, or an untrusted signature.",
            ),
        ),
        Reason(
            ReasonCode.ADMINISTRATOR_MISMATCH,
            _CORRECTION,
            _SHEET,
            frozenset({"administrator"}),
            Text("Inny administrator", "Administrator differs"),
            Text(
                "Osoba wskazana w upoważnieniu nie jest administratorem zgłoszonym w portalu. Prosimy o poprawienie danych lub upoważnienia.",
                "The person named in the authorization is not the administrator given in the portal. Please correct one of them.",
            ),
            Text("Porównaj imię i nazwisko na druku i w danych.", "Compare the names on the sheet and in the data."),
        ),
        Reason(
            ReasonCode.NOT_A_PERSON,
            _CORRECTION,
            _NONE,
            frozenset({"administrator"}),
            Text("Administrator nie jest osobą", "Administrator is not a person"),
            Text(
                "Administratorem musi być osoba, a nie dział lub nazwa. Prosimy podać imię i nazwisko.",
                "The administrator has to be a person, not a department. Please give a first and last name.",
            ),
            Text("Wpisano np. „Dział zakupów”.", "For example “Purchasing department”."),
        ),
        Reason(
            ReasonCode.BANK_ACCOUNT_NOT_LISTED,
            _CORRECTION,
            _NONE,
            frozenset({"bank_account"}),
            Text("Rachunek spoza wykazu", "Bank account not listed"),
            Text(
                "Podanego rachunku nie ma w wykazie podatników VAT. Prosimy o inny rachunek lub zgłoszenie rachunku w urzędzie.",
                "The bank account is not on the list of VAT taxpayers. Please give another one, or report it to the tax office.",
            ),
            Text("Biała lista: rachunek nieprzypisany.", "White list: account not assigned."),
        ),
        Reason(
            ReasonCode.VAT_STATUS_NOT_ACCEPTED,
            _CORRECTION,
            _NONE,
            frozenset({"nip"}),
            Text("Status VAT", "VAT status not accepted"),
            Text(
                "Status VAT firmy nie pozwala na aktywację. Prosimy o wyjaśnienie lub dokument potwierdzający rejestrację.",
                "The company's VAT status does not allow activation. Please explain it or upload a proof of registration.",
            ),
            Text("Status inny niż „Czynny”.", "A status other than “Czynny”."),
        ),
        Reason(
            ReasonCode.ENTITY_STRUCK_OFF,
            _FINAL,
            _NONE,
            _NO_FIELD,
            Text("Wykreślona z rejestru", "Struck off the register"),
            Text(
                "Firma została wykreślona z rejestru.",
                "The company has been struck off the register.",
            ),
            Text("KRS: 204, CEIDG: WYKRESLONY.", "KRS: 204, CEIDG: WYKRESLONY."),
        ),
        Reason(
            ReasonCode.ENTITY_IN_BANKRUPTCY,
            _FINAL,
            _NONE,
            _NO_FIELD,
            Text("Upadłość", "Bankruptcy"),
            Text(
                "Wobec firmy toczy się postępowanie upadłościowe.",
                "The company is in bankruptcy proceedings.",
            ),
            Text("Dział 6 odpisu lub dopisek w nazwie.", "Section 6 of the extract, or an addition to the name."),
        ),
        Reason(
            ReasonCode.MANIPULATION_SUSPECTED,
            _FINAL,
            _NONE,
            _NO_FIELD,
            Text("Podejrzenie manipulacji", "Manipulation suspected"),
            Text(
                "Nie możemy zaakceptować przesłanych dokumentów.",
                "We cannot accept the documents that were sent.",
            ),
            Text(
                "Klient nie widzi szczegółów; opisz je w notatce wewnętrznej.",
                "The customer sees no details; put them into the internal note.",
            ),
        ),
        Reason(
            ReasonCode.DUPLICATE_COMPANY,
            _FINAL,
            _NONE,
            _NO_FIELD,
            Text("Firma już istnieje", "Company exists already"),
            Text(
                "Firma o tym numerze NIP jest już zarejestrowana. Prosimy o kontakt z jej administratorem.",
                "A company with this NIP is registered already. Please contact its administrator.",
            ),
            Text("Ten sam NIP w firmie zaakceptowanej lub aktywnej.", "The same NIP in a company approved or active."),
        ),
        Reason(
            ReasonCode.NOT_AN_ENTREPRENEUR,
            _FINAL,
            _NONE,
            _NO_FIELD,
            Text("Nie jest przedsiębiorcą", "Not an entrepreneur"),
            Text(
                "Współpracujemy wyłącznie z przedsiębiorcami.",
                "We work with businesses only.",
            ),
            Text("Brak działalności gospodarczej.", "No business activity."),
        ),
        Reason(
            ReasonCode.SANCTIONS_HIT,
            _FINAL,
            _NONE,
            _NO_FIELD,
            Text("Lista sankcyjna", "Sanctions list"),
            Text(
                "Nie możemy nawiązać współpracy z firmą.",
                "We cannot enter into business with the company.",
            ),
            Text(
                "Klient nie widzi szczegółów; zgłoś zgodnie z procedurą.",
                "The customer sees no details; report by the procedure.",
            ),
        ),
        Reason(
            ReasonCode.OTHER,
            ReasonKind.EITHER,
            _ANY_DOCUMENT,
            _NO_FIELD,
            Text("Inny powód", "Other reason"),
            Text("Inny powód: {note}", "Another reason: {note}"),
            Text("Opis jest obowiązkowy.", "The text is mandatory."),
            note_required=True,
        ),
    )
}


def allowed_for_outcome(code: ReasonCode, outcome: Outcome) -> bool:
    """Say whether a reason may carry an outcome: corrections need a retryable reason, refusals accept any."""
    if outcome is Outcome.APPROVE:
        return False
    return outcome is Outcome.REJECT or REASONS[code].kind is not ReasonKind.FINAL


def carries_outcome(code: ReasonCode, outcome: Outcome) -> bool:
    """Say whether a reason alone justifies an outcome: a refusal needs one final reason or ``other``."""
    if outcome is Outcome.REJECT:
        return REASONS[code].kind is not ReasonKind.CORRECTION
    return allowed_for_outcome(code, outcome)


def reasons_for_document(kind: DocumentKind) -> tuple[Reason, ...]:
    """List the reasons that can be given for a document of this kind, in the order of the table."""
    return tuple(reason for reason in REASONS.values() if kind in reason.documents)


def reasons_for_company() -> tuple[Reason, ...]:
    """List the reasons about declared data or the company as a whole, in the order of the table."""
    return tuple(r for r in REASONS.values() if r.fields or not r.documents or r.code is ReasonCode.OTHER)
