# SPDX-License-Identifier: AGPL-3.0-or-later
"""Takes out of a register's answer what is kept nowhere: PESELs, and people's names that the answer does not mask.

The court register masks people in its fields (initial and stars at full length), but its free texts may name them in
full. A free text keeps the words of the law and of registers; every other word is masked as the register itself would.
The VAT list names representatives in full: they are masked the same way. Names of firms, addresses, and the owner in
CEIDG, which is the subject itself, stay.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_PESEL = re.compile(r"(?<!\d)\d{11}(?!\d)")
_WORD = re.compile(r"[^\W\d_]{2,}", re.UNICODE)
_STRUCTURED_WORDS = """
rodzaj rejestr numerKRS dataCzasOdpisu stanZDnia dataRejestracjiWKRS dataOstatniegoWpisu
sygnaturaAktSprawyDotyczacejOstatniegoWpisu oznaczenieSaduDokonujacegoOstatniegoWpisu formaPrawna regon nip
nazwa kraj wojewodztwo powiat gmina miejscowosc ulica nrDomu nrLokalu kodPocztowy poczta
adresPocztyElektronicznej adresStronyInternetowej nazwaOrganu funkcjaWOrganie rodzajProkury krs
wysokoscKapitaluZakladowego wartosc waluta kodDzial siedziba name statusVat krsNumber residenceAddress
workingAddress registrationLegalDate registrationDenialDate startDate removalDate restorationDate requestId
requestDateTime accountAssigned code id link ulica budynek lokal miasto kod terc simc ulic
dataRozpoczecia dataZawieszenia dataWykreslenia status address requestDate requestIdentifier countryCode
vatNumber userError error
"""
_STRUCTURED = frozenset(_STRUCTURED_WORDS.split())
"""Fields that hold names of firms, places, kinds, numbers and dates: never free text nor a person of the court register."""
_PEOPLE = frozenset(
    [
        "nazwiskoICzlon",
        "nazwiskoIICzlon",
        "nazwiskoCzlonDrugi",
        "imie",
        "nazwisko",
        "imieDrugie",
        "imieTrzecie",
        "imieIDrugie",
        "firstName",
        "lastName",
        "companyName",
    ]
)
_PEOPLE_LISTS = frozenset(["representatives", "authorizedClerks", "partners"])
_OWNER = "wlasciciel"
_NUMBERS_OF_PEOPLE = frozenset(["pesel"])
_LAW_WORDS = """
albo ale bez bądź być celu chyba czy czym czynności czynnościach członek członka członkami członkiem członkom
członkowi członkowie członków dla do dokumentów dokonywania działający działają działająca działalność dwa dwaj
dwie dwoje dwóch dwoma dyrektor dyrektora dyrektorów dyrektorzy firmy gdy inne innego innych innym ich imieniu
jako jeden jednego jednej jednoosobowego jednoosobowo jednoosobowy jednoosobowym jest jeśli jeżeli jego jej
jednym każdego każdy każda kilku komplementariusz komplementariusza komplementariusze komplementariuszy kwoty
kwotę kwocie liczy likwidator likwidatora likwidatorzy likwidatorów likwidacja likwidacji lub ma maja mają
majątkowych mogą może na nad natomiast nie niż o obaj oboje od odrębnie oddziału oddział oraz osoba osobowego
osobowy osób oświadczeń oświadczenia pełnomocnik pełnomocnika pełnomocników po podpisywania podpisów podpisy pod
ponad powołania powołany powyżej poniżej prawo praw prezes prezesa prezesem przekraczającej przekracza przez
przy przypadku prokurent prokurenta prokurentem prokurenci prokurentów prokura prokury rada rady reprezentacja
reprezentacji reprezentant reprezentowania reprezentować reprezentuje reprezentują samodzielna samodzielnie
samoistna samoistny sekretarz sekretarza się składa składania skład skarbnik skarbnika skarbnikiem spółka spółki
spółkę sprawie sprawach spraw statut statutu statutem stowarzyszenia stowarzyszenie umowa umowy upoważniona
upoważnieni upoważniony upoważnione upoważnionych uprawniona uprawnieni uprawniony uprawnionych uprawnione
ustanowiono ustanowiony ustawy uchwała uchwały w we wartości wice wiceprezes wiceprezesa wieloosobowego
wieloosobowy wieloosobowym więcej wobec wraz współdziałanie współdziałają wspólnie wspólnik wspólnika wspólnicy
wspólników wszyscy wszystkich wymagana wymagane wymagany z za zaciągania zakresie zarząd zarządem zarządu
zarządzie zastępca zastępcy zawieszony zawieszeniu ze zł złotych zobowiązania zobowiązań zwykłego łącznie łączna
łączny trzech trzej trzy czterech fundacja fundacji fundator fundatora organ organu walne walnego zgromadzenie
zgromadzenia kapitał kapitału zakładowy zakładowego udział udziały udziałów akcje akcji nominalna nominalnej
wysokość wysokości euro pln zarządca zarządcy syndyk syndyka postępowanie postępowania upadłość upadłości
upadłościowe restrukturyzacja restrukturyzacji restrukturyzacyjne sąd sądu sądowy rejonowy rejonowego okręgowy
okręgowego wydział wydziału gospodarczy gospodarczego postanowienie postanowieniem postanowienia dnia data dniu
rozwiązanie rozwiązania otwarcie otwarcia sygnatura akt rejestr rejestru krajowy krajowego krs pesel nip regon
wierzyciel wierzyciela dłużnik dłużnika kwota należność należności zaległość zaległości podatek podatku składki
ubezpieczenie ubezpieczenia egzekucja egzekucji umorzono umorzenia wykreślono wpis wpisu wpisano numer nr pan
pana panu pani panią tak wieloosobowej zgodnie roku
"""
_LAW = frozenset(_LAW_WORDS.split())
"""Words that a free text keeps: of the law, of company agreements, of the register itself."""


def scrubbed_answer(content: Any) -> Any:
    """Give an answer (parsed JSON) as it may be kept. The shape stays, so that it can be read like the original."""
    return _scrubbed(content, "", within="")


def _scrubbed(value: Any, key: str, *, within: str) -> Any:
    """``key`` is the field that holds the value, ``within`` the object that holds the field."""
    if isinstance(value, Mapping):
        return {name: _scrubbed(inner, str(name), within=_object(key, within)) for name, inner in value.items()}
    if isinstance(value, list):
        return [_scrubbed(inner, key, within=within) for inner in value]
    if isinstance(value, (int, float)) and not isinstance(value, bool):
        return _masked_word(str(value)) if _PESEL.fullmatch(str(value)) else value
    return _scrubbed_text(value, key, within) if isinstance(value, str) else value


def _object(key: str, within: str) -> str:
    """Name the object that a field holds; what is inside of a list of people is a person."""
    return within if within in _PEOPLE_LISTS else key


def _scrubbed_text(text: str, key: str, within: str) -> str:
    if key in _NUMBERS_OF_PEOPLE:
        return _masked_word(text)
    if key in _PEOPLE and within != _OWNER:
        return " ".join(_masked_word(word) for word in text.split())
    plain = _PESEL.sub(lambda found: _masked_word(found[0]), text)
    if key in _STRUCTURED or key in _PEOPLE:
        return plain
    return _WORD.sub(lambda found: found[0] if found[0].lower() in _LAW else _masked_word(found[0]), plain)


def _masked_word(word: str) -> str:
    """Mask a word as the court register does: its first character and stars at full length."""
    return word[:1] + "*" * (len(word) - 1)
