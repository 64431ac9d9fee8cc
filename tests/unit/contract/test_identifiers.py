# SPDX-License-Identifier: AGPL-3.0-or-later
"""Identifiers: what people type, what is stored, what is refused."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from reviewer_app.contract.formats import format_bank_account, format_nip, mask_pesel
from reviewer_app.contract.identifiers import (
    PARSERS,
    IdentifierError,
    parse_bank_account,
    parse_krs,
    parse_nip,
    parse_pesel,
    parse_postal_code,
    parse_regon,
)
from tests.support.numbers import ACCOUNTS, NIPS, PESELS, REGONS


@pytest.mark.parametrize("nip", NIPS)
def test_a_valid_nip_is_stored_as_ten_digits_however_it_was_typed(nip: str) -> None:
    typed = [nip, f"PL{nip}", f"pl {nip}", format_nip(nip), f" {nip[:3]} {nip[3:6]} {nip[6:8]} {nip[8:]} "]
    assert {parse_nip(each) for each in typed} == {nip}


@pytest.mark.parametrize("nip", NIPS)
def test_any_single_wrong_digit_of_a_nip_is_noticed(nip: str) -> None:
    for place in range(10):
        for digit in set("0123456789") - {nip[place]}:
            with pytest.raises(IdentifierError) as refused:
                parse_nip(nip[:place] + digit + nip[place + 1 :])
            assert refused.value.code in {"wrong_checksum", "not_assignable"}


@pytest.mark.parametrize("typed", ["0000000000", "1111111111", "111-111-11-11", "PL0000000000"])
def test_a_nip_of_one_repeated_digit_is_refused_though_its_checksum_holds(typed: str) -> None:
    with pytest.raises(IdentifierError) as refused:
        parse_nip(typed)
    assert refused.value.code == "not_assignable"


@pytest.mark.parametrize(
    ("typed", "code"), [("", "not_digits"), ("99900O0184", "not_digits"), ("999000018", "wrong_length")]
)
def test_a_nip_says_what_is_wrong_with_it(typed: str, code: str) -> None:
    with pytest.raises(IdentifierError) as refused:
        parse_nip(typed)
    assert refused.value.code == code
    assert "NIP" in refused.value.text.pl
    assert "NIP" in refused.value.text.en


@pytest.mark.parametrize("typed", ["٩٩٩٠٠٠٠١٨٤", "９９９００００１８４", "999000018४"])
def test_digits_of_other_scripts_are_not_digits_of_a_nip(typed: str) -> None:
    with pytest.raises(IdentifierError):
        parse_nip(typed)


@pytest.mark.parametrize("regon", REGONS)
def test_a_regon_padded_by_a_register_is_the_short_one(regon: str) -> None:
    assert parse_regon(regon) == regon
    assert parse_regon(regon + "00000") == regon


def test_a_long_regon_is_kept_and_checked() -> None:
    assert parse_regon("99000021700010") == "99000021700010"
    with pytest.raises(IdentifierError) as refused:
        parse_regon("99000021700011")
    assert refused.value.code == "wrong_checksum"


def test_a_regon_of_zeros_is_refused() -> None:
    with pytest.raises(IdentifierError) as refused:
        parse_regon("000000000")
    assert refused.value.code == "not_assignable"


@given(st.integers(min_value=1, max_value=999_999_999))
def test_a_short_krs_is_refused_and_never_padded(number: int) -> None:
    with pytest.raises(IdentifierError) as refused:
        parse_krs(str(number))
    assert refused.value.code == "wrong_length"


def test_a_krs_keeps_its_leading_zeros() -> None:
    assert parse_krs("0009990001") == "0009990001"
    assert parse_krs("000 999 0001") == "0009990001"


@pytest.mark.parametrize("typed", ["0000000000", "KRS0009990001", "00099900011"])
def test_a_wrong_krs_is_refused(typed: str) -> None:
    with pytest.raises(IdentifierError):
        parse_krs(typed)


@pytest.mark.parametrize("account", ACCOUNTS)
def test_a_bank_account_may_be_typed_as_iban_and_in_groups(account: str) -> None:
    assert {parse_bank_account(each) for each in (account, f"PL{account}", format_bank_account(account))} == {account}


@given(st.sampled_from(ACCOUNTS), st.integers(0, 25), st.integers(1, 9))
def test_any_single_wrong_digit_of_a_bank_account_is_noticed(account: str, place: int, step: int) -> None:
    digit = str((int(account[place]) + step) % 10)
    with pytest.raises(IdentifierError):
        parse_bank_account(account[:place] + digit + account[place + 1 :])


@pytest.mark.parametrize("pesel", PESELS)
def test_a_pesel_is_checked_and_shown_masked(pesel: str) -> None:
    assert parse_pesel(pesel) == pesel
    assert mask_pesel(pesel) == pesel[:2] + "*********"


@pytest.mark.parametrize("typed", ["00-838", "00838", " 00 838 ", "00–838"])
def test_a_postal_code_is_stored_with_its_dash(typed: str) -> None:
    assert parse_postal_code(typed) == "00-838"


@pytest.mark.parametrize("typed", ["", "0-0838", "008388", "ab-cde", "٠٠-٨٣٨"])
def test_a_wrong_postal_code_is_refused(typed: str) -> None:
    with pytest.raises(IdentifierError):
        parse_postal_code(typed)


@given(st.text(max_size=60), st.sampled_from(sorted(PARSERS)))
def test_no_text_at_all_makes_a_parser_fail_otherwise_than_by_refusing(typed: str, field: str) -> None:
    refusals: list[IdentifierError] = []
    try:
        stored = PARSERS[field](typed)
    except IdentifierError as refused:
        refusals.append(refused)
    else:
        assert PARSERS[field](stored) == stored
    assert all(refused.text.pl and refused.text.en for refused in refusals)
