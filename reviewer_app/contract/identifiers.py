# SPDX-License-Identifier: AGPL-3.0-or-later
"""Polish identifiers: what is accepted when typed, how it is stored, and what is refused with which code.

Each ``parse_*`` takes what a person typed and gives the compact form that is stored. It raises
:class:`IdentifierError` with a stable ``code`` and a message in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Callable

from stdnum import iban
from stdnum.exceptions import ValidationError
from stdnum.pl import nip as stdnum_nip
from stdnum.pl import pesel as stdnum_pesel
from stdnum.pl import regon as stdnum_regon

from reviewer_app.contract.text import Text

_SEPARATORS = re.compile(r"[\s\-\u00a0\u2010-\u2015]+")
_POSTAL_CODE = re.compile(r"(\d{2})[\s\-\u2010-\u2015]*(\d{3})", re.ASCII)
_DIGITS = re.compile(r"\d+", re.ASCII)
_NIP, _REGON, _KRS, _PESEL = (Text(name, name) for name in ("NIP", "REGON", "KRS", "PESEL"))
_ACCOUNT = Text("Numer rachunku", "Bank account number")


class IdentifierError(ValueError):
    """A number that cannot be accepted. ``code`` is stable, ``text`` is for the user."""

    def __init__(self, code: str, text: Text) -> None:
        super().__init__(text.en)
        self.code = code
        self.text = text


def _digits(typed: str, lengths: tuple[int, ...], name: Text, *, prefix: str = "") -> str:
    compact = _SEPARATORS.sub("", typed).upper()
    if prefix and compact.startswith(prefix):
        compact = compact[len(prefix) :]
    wanted = " / ".join(str(length) for length in lengths)
    if not _DIGITS.fullmatch(compact):
        raise IdentifierError(
            "not_digits",
            Text(
                f"{name.pl}: dozwolone są tylko cyfry, spacje i myślniki.",
                f"{name.en}: only digits, spaces and dashes are allowed.",
            ),
        )
    if len(compact) not in lengths:
        raise IdentifierError(
            "wrong_length",
            Text(
                f"{name.pl} ma mieć {wanted} cyfr, a podano {len(compact)}.",
                f"{name.en} has {wanted} digits, but {len(compact)} were given.",
            ),
        )
    return compact


def _checksum_error(name: Text) -> IdentifierError:
    return IdentifierError(
        "wrong_checksum",
        Text(
            f"{name.pl} jest błędny: nie zgadza się cyfra kontrolna. Prosimy sprawdzić, czy nie ma pomyłki.",
            f"{name.en} is wrong: the check digit does not match. Please look for a typing error.",
        ),
    )


def _refuse_repeated_digit(number: str, name: Text) -> None:
    if len(set(number)) == 1:
        raise IdentifierError(
            "not_assignable",
            Text(
                f"{name.pl} złożony z jednej cyfry nie istnieje.", f"A {name.en} of one repeated digit does not exist."
            ),
        )


def parse_nip(typed: str) -> str:
    """Give a NIP as 10 digits. Accepts the prefix ``PL``, spaces and dashes.

    Weights 6 5 7 2 3 4 5 6 7 modulo 11; 0000000000 and 1111111111 pass the sum and are refused all the same.
    """
    number = _digits(typed, (10,), _NIP, prefix="PL")
    _refuse_repeated_digit(number, _NIP)
    try:
        return str(stdnum_nip.validate(number))
    except ValidationError as error:
        raise _checksum_error(_NIP) from error


def parse_regon(typed: str) -> str:
    """Give a REGON as 9 or 14 digits. A REGON-9 that a register padded with five zeros is given as 9 digits."""
    number = _digits(typed, (9, 14), _REGON)
    if len(number) == 14 and number.endswith("00000"):
        number = number[:9]
    _refuse_repeated_digit(number, _REGON)
    try:
        return str(stdnum_regon.validate(number))
    except ValidationError as error:
        raise _checksum_error(_REGON) from error


def parse_krs(typed: str) -> str:
    """Give a KRS number as 10 digits. Leading zeros belong to it: a shorter one is refused, never padded."""
    compact = _SEPARATORS.sub("", typed)
    if _DIGITS.fullmatch(compact) and 0 < len(compact) < 10:
        raise IdentifierError(
            "wrong_length",
            Text(
                f"KRS ma mieć 10 cyfr razem z zerami na początku, a podano {len(compact)}.",
                f"A KRS number has 10 digits including leading zeros, but {len(compact)} were given.",
            ),
        )
    number = _digits(typed, (10,), _KRS)
    if number == "0000000000":
        _refuse_repeated_digit(number, _KRS)
    return number


def parse_pesel(typed: str) -> str:
    """Give a PESEL as 11 digits. Personal data: never log the result, show it only masked."""
    number = _digits(typed, (11,), _PESEL)
    try:
        return str(stdnum_pesel.validate(number))
    except ValidationError as error:
        raise _checksum_error(_PESEL) from error


def parse_bank_account(typed: str) -> str:
    """Give a Polish bank account as 26 digits (NRB). Accepts the prefix ``PL`` and spaces; checked modulo 97."""
    number = _digits(typed, (26,), _ACCOUNT, prefix="PL")
    try:
        iban.validate("PL" + number, check_country=False)
    except ValidationError as error:
        raise _checksum_error(_ACCOUNT) from error
    return number


def parse_postal_code(typed: str) -> str:
    """Give a Polish postal code as ``NN-NNN``. Accepts it without the dash, as some registers write it."""
    found = _POSTAL_CODE.fullmatch(typed.strip())
    if found is None:
        raise IdentifierError(
            "wrong_format",
            Text("Kod pocztowy ma mieć postać 00-000.", "A Polish postal code looks like 00-000."),
        )
    return f"{found[1]}-{found[2]}"


PARSERS: dict[str, Callable[[str], str]] = {
    "nip": parse_nip,
    "regon": parse_regon,
    "krs": parse_krs,
    "bank_account": parse_bank_account,
    "seat.postal_code": parse_postal_code,
}
"""The parser of each declared field that has one."""
