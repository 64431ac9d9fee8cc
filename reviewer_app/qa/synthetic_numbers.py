# SPDX-License-Identifier: AGPL-3.0-or-later
"""Numbers that pass every checksum and belong to nobody: they use prefixes that are never assigned."""

from __future__ import annotations

import random
from collections.abc import Sequence

NIP_PREFIX, REGON_PREFIX, KRS_PREFIX, BANK_CODE = "9990", "9900", "00099", "99990000"
NIPS = 90_000
"""How many that `nth_synthetic_nip` gives: of ten that differ in the ninth digit at least nine have a check digit."""
_NIP_WEIGHTS = (6, 5, 7, 2, 3, 4, 5, 6, 7)
_REGON_WEIGHTS = (8, 9, 2, 3, 4, 5, 6, 7)
_PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)
_COUNTRY_DIGITS = "252100"
_MONTH_OF_THE_23RD_CENTURY = 60


def synthetic_nip(source: random.Random) -> str:
    """Give a NIP of 10 digits."""
    while True:
        body = NIP_PREFIX + _digits(source, 5)
        check = _weighted(body, _NIP_WEIGHTS) % 11
        if check < 10:
            return f"{body}{check}"


def nth_synthetic_nip(number: int) -> str:
    """Give one NIP for each number from 0 to `NIPS` - 1, no two alike; larger numbers begin anew."""
    tens, place = divmod(number % NIPS, 9)
    bodies = [f"{NIP_PREFIX}{tens:04d}{digit}" for digit in range(10)]
    checks = [_weighted(body, _NIP_WEIGHTS) % 11 for body in bodies]
    return [f"{body}{check}" for body, check in zip(bodies, checks, strict=True) if check < 10][place]


def nth_synthetic_krs(number: int) -> str:
    """Give one KRS number for each number below 100,000, no two alike; larger numbers begin anew."""
    return f"{KRS_PREFIX}{number % 100_000:05d}"


def synthetic_regon(source: random.Random) -> str:
    """Give a REGON of 9 digits."""
    body = REGON_PREFIX + _digits(source, 4)
    return f"{body}{_weighted(body, _REGON_WEIGHTS) % 11 % 10}"


def synthetic_krs(source: random.Random) -> str:
    """Give a KRS number of 10 digits."""
    return KRS_PREFIX + _digits(source, 5)


def synthetic_bank_account(source: random.Random) -> str:
    """Give an account (NRB) of 26 digits."""
    body = BANK_CODE + _digits(source, 16)
    return f"{98 - int(body + _COUNTRY_DIGITS) % 97:02d}{body}"


def synthetic_pesel(source: random.Random, *, woman: bool) -> str:
    """Give a PESEL of somebody born in the 23rd century."""
    month = source.randint(1, 12) + _MONTH_OF_THE_23RD_CENTURY
    sex = source.choice("02468" if woman else "13579")
    body = f"{source.randint(0, 99):02d}{month:02d}{source.randint(1, 28):02d}{_digits(source, 3)}{sex}"
    return f"{body}{-_weighted(body, _PESEL_WEIGHTS) % 10}"


def _digits(source: random.Random, count: int) -> str:
    return "".join(str(source.randrange(10)) for _ in range(count))


def _weighted(digits: str, weights: Sequence[int]) -> int:
    return sum(int(digit) * weight for digit, weight in zip(digits, weights, strict=True))
