# SPDX-License-Identifier: AGPL-3.0-or-later
"""Requests refuse what no field may hold."""

from __future__ import annotations

import pytest
from pydantic import ValidationError

from reviewer_app.contract.customer import CompanyRequest
from reviewer_app.contract.messages import Box
from reviewer_app.contract.staff import NoteRequest, ReasonGiven


@pytest.mark.parametrize("wrong", ["Fir\x00ma", "Fir\nma", "Fir\x1bma", "Fir\x7fma", "Fir\x85ma"])
def test_a_name_holds_no_control_characters(wrong: str) -> None:
    with pytest.raises(ValidationError) as refused:
        CompanyRequest.model_validate({"name": wrong, "legal_form": "sp_zoo", "nip": "9990000184"})
    assert refused.value.errors()[0]["loc"] == ("name",)


@pytest.mark.parametrize("name", ["Zażółć Gęślą Jaźń", "<b>&amp;</b>", "公司 🏢", "\u202eodwrotnie", "O'Hara & „Syn”"])
def test_a_name_may_hold_any_letters(name: str) -> None:
    request = CompanyRequest.model_validate({"name": name, "legal_form": "sp_zoo", "nip": "9990000184"})
    assert request.name == name


def test_a_note_has_lines_but_no_other_control_characters() -> None:
    assert NoteRequest(text="pierwsza\n\tdruga\r\n").text == "pierwsza\n\tdruga"
    with pytest.raises(ValidationError):
        NoteRequest(text="dzwonek\x07")


@pytest.mark.parametrize(
    "box", [(0.5, 0.1, 0.4, 0.2), (0.1, 0.1, 0.1, 0.2), (-0.1, 0, 1, 1), (0, 0, 1.1, 1), (0, 0, float("nan"), 1)]
)
def test_a_region_is_a_rectangle_on_the_page(box: Box) -> None:
    with pytest.raises(ValidationError):
        ReasonGiven.model_validate({"code": "not_readable", "page": 1, "region": box})


def test_a_misspelt_field_is_refused_and_not_lost() -> None:
    with pytest.raises(ValidationError) as refused:
        CompanyRequest.model_validate({"name": "A", "legal_form": "sp_zoo", "nip": "9990000184", "regom": "990000217"})
    assert refused.value.errors()[0]["type"] == "extra_forbidden"
