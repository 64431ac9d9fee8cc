# SPDX-License-Identifier: AGPL-3.0-or-later
"""Pages of companies with more people than a list or a page has room for, and with people of one name."""

from __future__ import annotations

import re

import pytest

from reviewer_app.contract.customer_addresses import BookAddresses
from reviewer_app.contract.customer_team import Employee, Hierarchy, HierarchyNode
from reviewer_app.contract.permissions import Permission
from reviewer_app.contract.problems import ProblemCode
from tests.fakes.customer_api import FakeCustomerApi
from tests.fakes.customer_team import VIEWER, address, administrator, employee, employees, entry, node, people
from tests.unit.portal.conftest import Visitor

NEW, LIST = "/company/employees/new", "company/employees?limit=40"
TREE = "/company/hierarchy"
OLA = employee(2, "Ola", "Lis")
NAMESAKES = (employee(3, "Jan", "Kowalski"), employee(4, "Jan", "Kowalski"))


@pytest.fixture
def signed_in(visitor: Visitor, api: FakeCustomerApi) -> Visitor:
    api.answer("GET", "company/people", people(*NAMESAKES, total=1500))
    api.answer("GET", "company/people?q=Lis", people(OLA))
    visitor.sign_in()
    return visitor


def options(page: str, name: str) -> dict[str, str]:
    """Give what a list offers, by value."""
    chosen = re.search(rf'<select id="{name}".*?</select>', page, re.DOTALL)
    assert chosen
    found = re.findall(r'<option value="([^"]*)"[^>]*>([^<]*)<', chosen.group())
    return {value: text.strip() for value, text in found}


def hierarchy(*roots: HierarchyNode) -> Hierarchy:
    return Hierarchy(roots=roots, viewer=VIEWER)


def test_people_of_one_name_are_told_apart_wherever_one_is_chosen(signed_in: Visitor, api: FakeCustomerApi) -> None:
    jan = NAMESAKES[0]
    api.answer("GET", f"company/employees/{jan.id}/entry", entry(jan, [OLA], NAMESAKES[1:]))
    api.answer("GET", "company/hierarchy", hierarchy(*(node(person) for person in NAMESAKES)))
    api.answer("GET", LIST, employees(*NAMESAKES))
    for path, name in (
        (NEW, "superior_id"),
        (f"/company/employees/{jan.id}", "superior_id"),
        (f"/company/employees/{jan.id}", "reassign_to"),
        (TREE, "employee"),
        (TREE, "superior_id"),
    ):
        offered = options(signed_in.get(path).text, name)
        assert offered["e4"] == "Jan Kowalski · osoba4@firma.test", (path, name)
        assert len(set(offered.values())) == len(offered)
    for path in ("/company/permissions", TREE):
        signed_in.get(path)
        assert all(person.email in signed_in.page.text for person in NAMESAKES)


def test_who_is_not_listed_is_searched_and_what_was_typed_stays(signed_in: Visitor, api: FakeCustomerApi) -> None:
    signed_in.get(NEW)
    assert "Wyświetlono pierwsze 2 z 1500 osób" in signed_in.page.text
    typed = {"first_name": "Ewa", "email": "ewa@firma.test", "grant.OR": "yes", "find": "Lis", "found": ""}
    assert signed_in.post(NEW, {**typed, "refused": "{}"}).status_code == 200
    assert set(options(signed_in.page.html, "superior_id")) == {"", OLA.id}
    assert (signed_in.page.fields["first_name"], signed_in.page.fields["find"]) == ("Ewa", "Lis")
    assert "grant.OR" in signed_in.page.checked
    assert [request.method for request in api.requests[-2:]] == ["GET", "GET"]


def test_enter_in_a_search_sends_nobody_an_invitation(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "company/employees", OLA, status=201)
    signed_in.get(NEW)
    sent = {"email": "ewa@firma.test", "find": "Lis", "found": ""}
    assert signed_in.post(NEW, sent).status_code == 200
    assert signed_in.page.fields["found"] == "Lis"
    assert all(request.url.path.endswith("/people") for request in api.requests[-2:])
    assert signed_in.post(NEW, {**sent, "found": "Lis"}).status_code == 303


def test_who_was_chosen_stays_in_the_list_of_another_search(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "company/people?q=Lis&chosen=e3", people(NAMESAKES[0], OLA, total=1))
    signed_in.get(NEW)
    signed_in.post(NEW, {"superior_id": "e3", "find": "Lis", "found": "", "refused": "{}"})
    assert set(options(signed_in.page.html, "superior_id")) == {"", "e3", OLA.id}
    assert '<option value="e3" selected>' in signed_in.page.html


def test_removing_a_superior_keeps_its_question_open_while_somebody_is_looked_for(
    signed_in: Visitor, api: FakeCustomerApi
) -> None:
    jan = NAMESAKES[0]
    many = entry(jan, [OLA], NAMESAKES[1:])
    many = many.model_copy(update={"choices": many.choices.model_copy(update={"total": 900})})
    api.answer("GET", f"company/employees/{jan.id}/entry", many)
    api.answer("GET", f"company/employees/{jan.id}/entry?q=Lis", entry(jan, [OLA], [OLA]))
    path = f"/company/employees/{jan.id}"
    assert '<details class="fold" >' in signed_in.get(path).text
    signed_in.post(f"{path}/removal", {"find": "Lis", "found": "", "refused": "{}"})
    assert '<details class="fold" open>' in signed_in.page.html
    assert options(signed_in.page.html, "reassign_to").keys() >= {OLA.id, "top"}
    assert api.requests[-1].method == "GET"


def test_a_large_tree_is_drawn_a_page_at_a_time_with_those_above(signed_in: Visitor, api: FakeCustomerApi) -> None:
    heads = [employee(number, "Szef", f"Działu {number:02}") for number in range(2, 12)]
    crowd = [employee(at, "Bartłomiej-Krzysztof", f"Brzęczyszczykiewicz-{at}") for at in range(100, 1100)]
    groups = [
        node(head, *(node(person) for person in crowd[at * 100 : at * 100 + 100])) for at, head in enumerate(heads)
    ]
    api.answer("GET", "company/hierarchy", hierarchy(node(administrator(), *groups)))
    seen: set[str] = set()
    pages = 0
    following = TREE
    while following:
        answer = signed_in.get(following)
        assert len(answer.content) < 150_000
        listed = options(answer.text, "employee")
        assert not seen & listed.keys()
        seen |= listed.keys()
        # Whoever may be moved here has their superior among those offered: a list without them would say "nobody".
        superiors = set(re.findall(r'data-superior="([^"]+)"', answer.text))
        assert superiors <= options(answer.text, "superior_id").keys()
        assert superiors <= set(re.findall(r'data-person="([^"]+)"', answer.text))
        pages += 1
        following = next((one for one in signed_in.page.references if one.endswith(f"page={pages + 1}")), "")
    assert len(seen) == 1 + len(heads) + len(crowd)
    signed_in.get(f"{TREE}?q=brzeczyszczykiewicz-777")
    assert options(signed_in.page.html, "employee").keys() == {"e777"}
    assert set(re.findall(r'data-person="(e[^"]+)"', signed_in.page.html)) == {"e1", heads[6].id, "e777"}
    signed_in.get(f"{TREE}?q=nikogo")
    assert "Nikogo nie znaleziono" in signed_in.page.text
    for odd in ("0", "999999", "-1", "x", "٣"):
        assert signed_in.get(f"{TREE}?page={odd}").status_code == 200


def test_somebody_of_another_page_of_the_tree_is_found_as_superior(signed_in: Visitor, api: FakeCustomerApi) -> None:
    crowd = [employee(at, "Jan", f"Nowak-{at}") for at in range(300)]
    api.answer("GET", "company/hierarchy", hierarchy(*(node(person) for person in crowd)))
    api.answer("PUT", "company/employees/e5/superior", crowd[5])
    signed_in.get(TREE)
    assert "e299" not in options(signed_in.page.html, "superior_id")
    asked = {"employee": "e5", "find": "nowak-299", "found": "", "q": "", "page": "1"}
    assert signed_in.post(TREE, {**asked, "refused": "{}"}).status_code == 200
    assert "e299" in options(signed_in.page.html, "superior_id")
    assert '<option value="e5" data-superior="" selected>' in signed_in.page.html
    moved = signed_in.post(TREE, {**asked, "found": "nowak-299", "superior_id": "e299", "page": "1"})
    assert moved.headers["Location"] == f"{TREE}?page=1"


def _table(api: FakeCustomerApi, *shown: Employee) -> None:
    api.answer("GET", LIST, employees(*shown))


def test_another_language_keeps_the_ticks_that_were_not_saved(signed_in: Visitor, api: FakeCustomerApi) -> None:
    ewa, jan = employee(5, "Ewa", "Lis", Permission.OR), employee(6, "Jan", "Lis", Permission.FI)
    _table(api, ewa, jan)
    signed_in.get("/company/permissions")
    form = {name: value for name, value in signed_in.page.fields.items() if name.startswith(("was.", "may."))}
    assert '<button form="typed" formnovalidate name="refused"' in signed_in.page.html
    ticks = {"grant.e5.FI": "yes", "grant.e6.FI": "yes", "select.e6": "yes", "bulk_permission": "AD"}
    # Meanwhile somebody else gave Jan PRO: that stays, and is not taken back by what was on the page before.
    _table(api, ewa, jan.model_copy(update={"permissions": (Permission.FI, Permission.PRO)}))
    before = len(api.bodies)
    signed_in.post("/company/permissions?language=en", {**form, **ticks, "refused": "{}"})
    assert signed_in.page.language == "en"
    assert signed_in.page.checked == {"grant.e5.FI", "grant.e6.FI", "grant.e6.PRO", "select.e6"}
    assert '<option value="AD" selected>' in signed_in.page.html
    assert next(request.method for request in api.requests[before:]) == "GET"
    assert signed_in.page.fields["was.e6"] == "FI PRO"


def test_a_table_that_was_refused_keeps_its_ticks(signed_in: Visitor, api: FakeCustomerApi) -> None:
    _table(api, employee(5, "Ewa", "Lis", Permission.OR))
    signed_in.get("/company/permissions")
    form = {name: value for name, value in signed_in.page.fields.items() if name.startswith(("was.", "may."))}
    api.refuse("POST", "company/employees/permission-changes", ProblemCode.UNAVAILABLE)
    assert signed_in.post("/company/permissions", {**form, "grant.e5.PRO": "yes"}).status_code == 503
    assert signed_in.page.checked == {"grant.e5.PRO"}


def test_a_large_address_book_comes_in_pages_and_is_searched(signed_in: Visitor, api: FakeCustomerApi) -> None:
    items = [address(at, name=f"Magazyn {at:04}", city="Łódź" if at == 1999 else "Kraków") for at in range(1, 2001)]
    items[1] = items[1].model_copy(update={"duplicate_of": "a1500"})
    api.answer("GET", "company/addresses", BookAddresses(items=tuple(items), may_change=True, viewer=VIEWER))
    answer = signed_in.get("/company/addresses")
    assert len(answer.content) < 150_000
    assert "To samo miejsce co „Magazyn 1500”." in signed_in.page.text
    assert "/company/addresses?q=&page=2" in signed_in.page.references
    signed_in.get("/company/addresses?page=34")
    assert "Magazyn 2000" in signed_in.page.text
    assert "Magazyn 1980" not in signed_in.page.text
    signed_in.get("/company/addresses?q=lodz")
    assert "Magazyn 1999" in signed_in.page.text
    assert "Magazyn 2000" not in signed_in.page.text
    signed_in.get("/company/addresses?q=nic")
    assert "Nie znaleziono adresu" in signed_in.page.text
