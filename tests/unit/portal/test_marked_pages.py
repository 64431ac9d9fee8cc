# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import re

import pytest

from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import CompanyState, DocumentKind, DocumentState
from tests.fakes.customer_api import FakeCustomerApi, company, document, documents, not_signed
from tests.unit.portal.conftest import Visitor

PICTURE = "company/documents/d2/marked-pages/1"


@pytest.fixture
def corrected(visitor: Visitor, api: FakeCustomerApi) -> Visitor:
    """A customer whose authorization is to be corrected: twice on page 1, once on page 3, and once nowhere."""
    sign = not_signed()
    top = sign.model_copy(update={"region": (0.1, 0.1, 0.3, 0.2)})
    third = sign.model_copy(update={"page": 3})
    nowhere = sign.model_copy(update={"page": None, "region": None})
    wrong = document(
        DocumentKind.AUTHORIZATION, DocumentState.NEEDS_REPLACEMENT, 2, reasons=(sign, top, sign, third, nowhere)
    )
    api.answer("GET", "company", company(CompanyState.CORRECTION_REQUESTED, ("document:authorization",)))
    api.answer("GET", "company/documents", documents(wrong))
    visitor.sign_in()
    return visitor


@pytest.mark.parametrize("page", ["/company", "/company/documents", "/company/authorization"])
def test_each_marked_page_is_shown_once_with_its_places_in_words(corrected: Visitor, page: str) -> None:
    html = corrected.get(page).text
    pictures = re.findall(r'<img src="([^"]+/marked-pages/[^"]+)" loading="lazy" alt="([^"]+)">', html)
    assert pictures == [
        (f"/{PICTURE}", "Strona z zaznaczonym miejscem: strona 1, na dole po prawej; strona 1, u góry po lewej"),
        ("/company/documents/d2/marked-pages/3", "Strona z zaznaczonym miejscem: strona 3, na dole po prawej"),
    ]


def test_the_picture_passes_through_private_and_sandboxed(corrected: Visitor, api: FakeCustomerApi) -> None:
    api.answer_bytes("GET", PICTURE, b"\xff\xd8\xff picture", "image/jpeg")
    answer = corrected.get(f"/{PICTURE}")
    assert (answer.status_code, answer.content) == (200, b"\xff\xd8\xff picture")
    assert answer.headers["Content-Type"] == "image/jpeg"
    assert answer.headers["Cache-Control"] == "no-store"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_not_one_s_own_is_not_found(corrected: Visitor, api: FakeCustomerApi) -> None:
    api.refuse("GET", PICTURE, ProblemCode.NOT_FOUND)
    assert corrected.get(f"/{PICTURE}").status_code == 404
    assert corrected.get("/company/documents/d2/marked-pages/x").status_code == 404


def test_a_visitor_signs_in_first(visitor: Visitor) -> None:
    assert visitor.get(f"/{PICTURE}").headers["Location"].startswith("/sign-in")
