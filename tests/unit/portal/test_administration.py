# SPDX-License-Identifier: AGPL-3.0-or-later
from __future__ import annotations

import json
import re
from datetime import timedelta
from typing import Any

import pytest

from reviewer_app.contract.customer import BlockedReason, NextStep
from reviewer_app.contract.customer_addresses import AddressKind, AddressRequest, BookAddresses
from reviewer_app.contract.customer_administrators import (
    AdministratorChanges,
    EmailChange,
)
from reviewer_app.contract.customer_overview import (
    AddressesInNumbers,
    CompanyOverview,
    PeopleInNumbers,
)
from reviewer_app.contract.customer_team import (
    Area,
    EmployeeRequest,
    Hierarchy,
    ImportReport,
    LineOutcome,
    LineReport,
    PermissionChanges,
)
from reviewer_app.contract.messages import FieldError
from reviewer_app.contract.permissions import PERMISSION_TEXTS, Permission
from reviewer_app.contract.problems import ProblemCode
from reviewer_app.contract.states import CompanyState
from tests.fakes.customer_api import NOW, FakeCustomerApi, company, completion, me
from tests.fakes.customer_team import (
    VIEWER,
    address,
    administrator,
    employee,
    employees,
    entry,
    invitation,
    invited,
    node,
    people,
    permissions_changed,
    succession,
)
from tests.unit.portal.conftest import Visitor

PIOTR = employee(2, "Piotr", "Żuk", Permission.OR, superior_id="e1")
EWA = employee(3, "Ewa", "Lis", superior_id="e2")
LIST = "company/employees?limit=40"
ADMINISTRATOR = "company/administrator"
JAN = invited(4, "Jan", "Nowy", invitation_expires_at=NOW - timedelta(days=400))
PAGES = (
    "/company/menu",
    "/company/employees",
    "/company/employees/new",
    "/company/employees/e2",
    "/company/employees/import",
    "/company/addresses/import",
    "/company/permissions",
    "/company/addresses",
    "/company/addresses/new",
    "/company/addresses/a2",
    "/company/hierarchy",
    "/company/administrator",
    "/areas/orders",
)
OWN_PAGES = ("/account", "/account/email", "/consents")
MAILED = ("/invitations/t", "/finish/t")


def overview(state: CompanyState = CompanyState.ACTIVE, **changes: Any) -> CompanyOverview:
    values: dict[str, Any] = {
        "me": me(NextStep.NONE, state),
        "company": company(state),
        "people": PeopleInNumbers(total=4, waiting=0, expired=1, idle=1),
        "addresses": AddressesInNumbers(total=2, doubled=1),
        "changes": AdministratorChanges(items=(), may_request=True),
        **changes,
    }
    return CompanyOverview(**values)


@pytest.fixture
def signed_in(visitor: Visitor, api: FakeCustomerApi) -> Visitor:
    api.answer("GET", "me", me(NextStep.NONE, CompanyState.ACTIVE))
    api.answer("GET", "company", company(CompanyState.ACTIVE))
    api.answer("GET", LIST, employees(administrator(), PIOTR, EWA, JAN))
    api.answer("GET", "company/people", people(administrator(), PIOTR, EWA, JAN))
    api.answer("GET", "company/employees/e2", PIOTR)
    api.answer("GET", "company/employees/e2/entry", entry(PIOTR, [EWA], [administrator(), JAN]))
    twice = address(2, duplicate_of="a1")
    book = BookAddresses(items=(address(1), twice), may_change=True, viewer=VIEWER)
    api.answer("GET", "company/addresses", book)
    api.answer("GET", ADMINISTRATOR, succession(candidates=[PIOTR, EWA]))
    tree = (node(administrator(), node(PIOTR, node(EWA))),)
    api.answer("GET", "company/hierarchy", Hierarchy(roots=tree, viewer=VIEWER))
    api.answer("GET", "company/overview", overview())
    area = Area(area="orders", permission=Permission.OR, description="", company_name="Testowa", viewer=VIEWER)
    api.answer("GET", "areas/orders", area)
    api.answer("GET", "me/email-change", EmailChange(email="anna@firma.test"))
    api.answer("GET", "invitations/t", invitation())
    api.answer("GET", "completions/t", completion())
    visitor.sign_in()
    return visitor


@pytest.mark.parametrize("path", PAGES)
@pytest.mark.parametrize("language", ["pl", "en"])
def test_every_page_stands_alone_harmless_and_light(signed_in: Visitor, path: str, language: str) -> None:
    signed_in.get("/terms")
    signed_in.post("/language", {"language": language})
    answer = signed_in.get(path)
    assert answer.status_code == 200
    assert signed_in.page.language == language
    assert signed_in.page.inline == []
    assert all(found.startswith(("/", "#")) for found in signed_in.page.references)
    assert len(answer.content) < 150_000


@pytest.mark.parametrize("path", [*PAGES, *OWN_PAGES, *MAILED])
def test_every_page_asks_once(signed_in: Visitor, api: FakeCustomerApi, path: str) -> None:
    before = len(api.requests)
    assert signed_in.get(path).status_code == 200
    assert len(api.requests) == before + 1


@pytest.mark.parametrize("path", [*PAGES, *OWN_PAGES])
def test_nobody_comes_in_without_a_session(visitor: Visitor, path: str) -> None:
    assert visitor.get(path).headers["Location"] == f"/sign-in?next={path}"


def test_a_full_table_of_permissions_stays_light(signed_in: Visitor, api: FakeCustomerApi) -> None:
    many = tuple(employee(at, "Bartłomiej-Krzysztof", f"Brzęczyszczykiewicz-{at}") for at in range(40))
    api.answer("GET", LIST, employees(*many, next_cursor="next"))
    assert len(signed_in.get("/company/permissions").content) < 150_000
    assert "/company/permissions?q=&cursor=next" in signed_in.page.references


def test_the_menu_leads_everywhere_and_says_what_needs_attention(signed_in: Visitor) -> None:
    signed_in.get("/company/menu")
    assert {path for path in PAGES if path.count("/") == 2} <= {*signed_in.page.references, "/company/menu"}
    for said in (
        "Zaproszenia, które wygasły",
        "Pracownicy bez żadnego uprawnienia",
        "Adresy zapisane dwukrotnie",
    ):
        assert said in signed_in.page.text


def test_what_the_api_keeps_from_a_person_is_not_offered(signed_in: Visitor, api: FakeCustomerApi) -> None:
    worker = me(NextStep.NONE, CompanyState.ACTIVE)
    worker = worker.model_copy(update={"is_administrator": False, "permissions": (Permission.OR,)})
    api.answer("GET", "company/overview", overview(me=worker, company=None, people=None, changes=None))
    signed_in.get("/company/menu")
    assert "/company/addresses" in signed_in.page.references
    assert not {"/company/edit", "/company/employees", "/company/administrator"} & set(signed_in.page.references)


def _blocked(reason: BlockedReason, note: str | None = None) -> CompanyOverview:
    blocked = {"blocked": True, "blocked_reason": reason, "blocked_note": note, "is_administrator": False}
    standing = me(NextStep.NONE, CompanyState.SUSPENDED).model_copy(update=blocked)
    return overview(CompanyState.SUSPENDED, me=standing, company=None, people=None, addresses=None, changes=None)


def test_blocked_people_read_why(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "company/overview", _blocked(BlockedReason.NO_ADMINISTRATOR))
    signed_in.get("/company/menu")
    assert "Firma nie ma administratora, a bez niego nikt nie może w niej działać" in signed_in.page.text


def test_people_of_a_company_that_staff_suspended_read_the_reason(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "company/overview", _blocked(BlockedReason.COMPANY_SUSPENDED, "Faktury <b>\u202e"))
    signed_in.get("/company/menu")
    assert "Firma jest zawieszona." in signed_in.page.text
    assert "Faktury <b>" in signed_in.page.text  # as it was written, not as markup


def test_the_menu_of_a_person_without_a_company_is_their_home(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.refuse("GET", "company/overview", ProblemCode.NO_COMPANY)
    assert signed_in.get("/company/menu").headers["Location"] == "/home"


def test_an_area_says_which_permission_it_needs_and_who_grants_it(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.refuse("GET", "areas/orders", ProblemCode.PERMISSION_MISSING)
    assert signed_in.get("/areas/orders").status_code == 403
    assert f"OR – {PERMISSION_TEXTS[Permission.OR].pl}" in signed_in.page.text
    assert "Może je nadać administrator firmy" in signed_in.page.text
    assert signed_in.get("/areas/other").status_code == 404


def test_a_closed_page_says_who_opens_it_and_a_blocked_company_why(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.refuse("GET", LIST, ProblemCode.PERMISSION_MISSING)
    assert signed_in.get("/company/employees").status_code == 403
    assert "może też nadać Ci odpowiednie uprawnienie" in signed_in.page.text
    api.refuse("GET", "areas/orders", ProblemCode.COMPANY_BLOCKED, reason="not_active")
    assert signed_in.get("/areas/orders").status_code == 403
    assert "Firma nie jest jeszcze aktywna" in signed_in.page.text


def test_an_employee_s_home_is_the_menu(signed_in: Visitor, api: FakeCustomerApi) -> None:
    worker = me(NextStep.NONE, CompanyState.ACTIVE).model_copy(update={"is_administrator": False})
    api.answer("GET", "me", worker)
    assert signed_in.get("/home").headers["Location"] == "/company/menu"


def test_a_person_is_invited_with_their_place_and_permissions(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "company/employees", EWA, status=201)
    signed_in.get("/company/employees/new")
    typed = {"first_name": "Ewa", "last_name": "Lis", "email": "ewa@firma.test", "superior_id": "e2", "grant.OR": "yes"}
    assert signed_in.post("/company/employees/new", typed).headers["Location"] == "/company/employees"
    sent = EmployeeRequest.model_validate_json(api.bodies[-1])
    assert (sent.email, sent.superior_id, sent.permissions) == ("ewa@firma.test", "e2", (Permission.OR,))
    assert api.requests[-1].headers["Idempotency-Key"]
    signed_in.get("/company/employees")
    assert "ewa@firma.test" in signed_in.page.text


def test_a_refused_invitation_keeps_what_was_typed(signed_in: Visitor, api: FakeCustomerApi) -> None:
    wrong = {"email": ("already_listed", "Ta osoba jest już na liście.")}
    api.refuse("POST", "company/employees", ProblemCode.VALIDATION_FAILED, wrong)
    signed_in.get("/company/employees/new")
    typed = {"first_name": '"><b>Ewa', "email": "ewa@firma.test", "grant.OR": "yes"}
    assert signed_in.post("/company/employees/new", typed).status_code == 422
    assert signed_in.page.fields["first_name"] == '"><b>Ewa'
    assert "grant.OR" in signed_in.page.checked
    assert 'id="email-error"' in signed_in.page.html


def test_the_list_is_searched(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "company/employees?q=%C5%BBuk&state=active&limit=40", employees(PIOTR))
    signed_in.get("/company/employees?q=%C5%BBuk&state=active")
    assert "Piotr Żuk" in signed_in.page.text
    assert "Ewa Lis" not in signed_in.page.text


@pytest.mark.parametrize("path", ["/company/employees", "/company/permissions"])
def test_a_list_whose_address_was_cut_begins_at_its_first_page(
    signed_in: Visitor, api: FakeCustomerApi, path: str
) -> None:
    api.refuse("GET", "company/employees?q=lis&cursor=cut&limit=40", ProblemCode.MALFORMED_REQUEST)
    api.answer("GET", "company/employees?q=lis&limit=40", employees(EWA))
    assert signed_in.get(f"{path}?q=lis&cursor=cut").status_code == 200
    assert "Ewa Lis" in signed_in.page.text


@pytest.mark.parametrize(
    ("act", "values", "call"),
    [
        ("", {"position": "Szef", "version": "2"}, ("PATCH", "company/employees/e2", {"position": "Szef"})),
        ("/superior", {"superior_id": ""}, ("PUT", "company/employees/e2/superior", {"superior_id": None})),
        ("/invitation", {}, ("POST", "company/employees/e2/invitation", {})),
        ("/revocation", {}, ("DELETE", "company/employees/e2/invitation", None)),
        ("/block", {"blocked": "yes", "version": "2"}, ("PATCH", "company/employees/e2", {"blocked": True})),
        ("/removal", {"reassign_to": "top"}, ("DELETE", "company/employees/e2?reassign_to=top", None)),
    ],
)
def test_acts_on_a_person(
    signed_in: Visitor,
    api: FakeCustomerApi,
    act: str,
    values: dict[str, str],
    call: tuple[str, str, dict[str, object] | None],
) -> None:
    method, path, body = call
    api.answer(method, path, status=204)
    signed_in.get("/company/employees/e2")
    assert signed_in.post(f"/company/employees/e2{act}", values).status_code == 303
    sent = api.requests[-1]
    assert (sent.method, sent.url.path.removeprefix("/api/v1/customer/")) == (method, path.partition("?")[0])
    assert (json.loads(api.bodies[-1]) if api.bodies[-1] else None) == body
    assert sent.headers.get("If-Match") == ('"2"' if "version" in values else None)


def test_removing_a_superior_asks_where_the_people_go(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.refuse("DELETE", "company/employees/e2", ProblemCode.HAS_SUBORDINATES)
    signed_in.get("/company/employees/e2")
    assert "Komu mają podlegać jej podwładni?" in signed_in.page.text
    assert "1 osoba podlega tej osobie" in signed_in.page.text
    assert signed_in.post("/company/employees/e2/removal").status_code == 409
    assert 'id="reassign_to-error"' in signed_in.page.html


def test_the_columns_are_described_word_for_word(signed_in: Visitor) -> None:
    html = signed_in.get("/company/permissions").text
    for code, text in PERMISSION_TEXTS.items():
        assert f'aria-describedby="about-{code}"' in html
        assert f'id="about-{code}">{text.pl}' in html


def test_without_a_script_only_what_was_changed_is_sent(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "company/employees/permission-changes", permissions_changed())
    signed_in.get("/company/permissions")
    assert signed_in.page.checked >= {"grant.e2.OR"}
    shown = {name: value for name, value in signed_in.page.fields.items() if name.startswith(("was.", "may."))}
    ticked = {"grant.e2.FI": "yes", "grant.e3.OR": "yes"}
    assert signed_in.post("/company/permissions", {**shown, **ticked}).status_code == 303
    sent = [PermissionChanges.model_validate_json(body) for body in api.bodies[-2:]]
    assert [(item.employee_ids, item.grant, item.revoke) for item in sent] == [
        (("e2",), (Permission.FI,), (Permission.OR,)),
        (("e3",), (Permission.OR,), ()),
    ]


def test_one_tick_is_saved_at_once_and_can_be_undone(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "company/employees/permission-changes", permissions_changed())
    signed_in.get("/company/permissions")
    partial = {"HX-Request": "true"}
    tick = {"employee": "e2", "permission": "FI", "grant.e2.FI": "yes"}
    assert "Piotr Żuk ma teraz FI" in signed_in.post("/company/permissions/change", tick, partial).text
    undo = {name: signed_in.page.fields[name] for name in ("employee", "permission", "on")}
    answer = signed_in.post("/company/permissions/change", undo, partial)
    assert PermissionChanges.model_validate_json(api.bodies[-2]).revoke == (Permission.FI,)
    assert 'id="cell-e2-FI"' in answer.text


def test_a_tick_that_is_refused_goes_back_and_says_why(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.refuse("POST", "company/employees/permission-changes", ProblemCode.PERMISSION_MISSING)
    signed_in.get("/company/permissions")
    tick = {"employee": "e2", "permission": "OR"}
    answer = signed_in.post("/company/permissions/change", tick, {"HX-Request": "true"})
    assert answer.status_code == 200
    assert "Brak uprawnienia" in answer.text
    assert "grant.e2.OR" in signed_in.page.checked


def test_everyone_selected_gets_a_permission_and_undo_concerns_those_who_changed(
    signed_in: Visitor, api: FakeCustomerApi
) -> None:
    changes = "company/employees/permission-changes"
    api.answer("POST", changes, permissions_changed(PIOTR, EWA, changed=("e3",)))
    signed_in.get("/company/permissions")
    path, chosen = "/company/permissions/selection", {"bulk_permission": "AD", "act": "revoke"}
    assert signed_in.post(path, chosen).status_code == 422
    assert "Najpierw zaznacz osoby" in signed_in.page.text
    assert signed_in.post(path, {**chosen, "select.e2": "yes", "select.e3": "yes"}).status_code == 303
    sent = PermissionChanges.model_validate_json(api.bodies[-1])
    assert (sent.employee_ids, sent.grant, sent.revoke) == (("e2", "e3"), (), (Permission.AD,))
    signed_in.get("/company/permissions")
    assert "1 osoba nie ma już AD" in signed_in.page.text
    assert re.search(r'name="act" value="grant">\s*<input type="hidden" name="select.e3"', signed_in.page.html)
    signed_in.get("/company/permissions")
    assert "nie ma już" not in signed_in.page.text


def test_a_full_table_of_permissions_can_be_sent(signed_in: Visitor, api: FakeCustomerApi) -> None:
    many = tuple(employee(at, "Ewa", f"Lis {at}", *Permission) for at in range(40))
    api.answer("GET", LIST, employees(*many))
    api.answer("POST", "company/employees/permission-changes", permissions_changed())
    signed_in.get("/company/permissions")
    kept = {name: value for name, value in signed_in.page.fields.items() if name != "grant.e7.FI"}
    before = len(api.requests)
    assert signed_in.post("/company/permissions", kept).headers["Location"] == "/company/permissions"
    (body,) = [PermissionChanges.model_validate_json(body) for body in api.bodies[before:]]
    assert (body.employee_ids, body.revoke) == (("e7",), (Permission.FI,))


def test_an_address_is_added_changed_and_removed(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("POST", "company/addresses", address(3), status=201)
    signed_in.get("/company/addresses/new")
    typed = {"kind": "branch", "building": "5", "postal_code": "00-838", "city": "Warszawa", "is_default": "yes"}
    assert signed_in.post("/company/addresses/new", typed).status_code == 303
    sent = AddressRequest.model_validate_json(api.bodies[-1])
    assert (sent.kind, sent.city, sent.is_default) == (AddressKind.BRANCH, "Warszawa", True)
    api.answer("PATCH", "company/addresses/a2", address(2))
    api.answer("DELETE", "company/addresses/a2", status=204)
    for path in ("", "/default", "/removal"):
        signed_in.get("/company/addresses/a2")
        answer = signed_in.post(f"/company/addresses/a2{path}", {**typed, "version": signed_in.page.fields["version"]})
        assert answer.headers["Location"] == "/company/addresses"
        assert api.requests[-1].headers["If-Match"] == '"1"'
    signed_in.get("/company/addresses")
    assert "To samo miejsce co „Magazyn”" in signed_in.page.text


def test_a_wrong_postal_code_is_named_at_its_field(signed_in: Visitor, api: FakeCustomerApi) -> None:
    wrong = {"postal_code": ("wrong_format", "Kod pocztowy ma mieć postać 00-000.")}
    api.refuse("POST", "company/addresses", ProblemCode.VALIDATION_FAILED, wrong)
    signed_in.get("/company/addresses/new")
    assert signed_in.post("/company/addresses/new", {"postal_code": "838", "city": "Łódź"}).status_code == 422
    assert signed_in.page.fields["city"] == "Łódź"
    assert 'id="postal_code-error"' in signed_in.page.html


def test_the_tree_is_drawn_and_moved(signed_in: Visitor, api: FakeCustomerApi) -> None:
    api.answer("PUT", "company/employees/e3/superior", EWA)
    html = signed_in.get("/company/hierarchy").text
    assert html.index('data-person="e1"') < html.index('data-person="e2"') < html.index('data-person="e3"')
    assert 'data-superior="e2"' in html
    moved = signed_in.post("/company/hierarchy", {"employee": "e3", "superior_id": "e1"})
    assert moved.headers["Location"] == "/company/hierarchy"
    assert json.loads(api.bodies[-1]) == {"superior_id": "e1"}
    api.refuse("PUT", "company/employees/e1/superior", ProblemCode.HIERARCHY_CYCLE)
    assert signed_in.post("/company/hierarchy", {"employee": "e1", "superior_id": "e3"}).status_code == 409
    assert "koło przełożonych" in signed_in.page.text


def test_a_table_is_checked_line_by_line_before_it_is_taken_in(signed_in: Visitor, api: FakeCustomerApi) -> None:
    wrong = FieldError(field="email", code="wrong_format", message="Nieprawidłowy format.")
    report = ImportReport(
        added=0,
        refused=1,
        lines=(
            LineReport(line=2, outcome=LineOutcome.VALID),
            LineReport(line=3, outcome=LineOutcome.REFUSED, errors=(wrong,)),
        ),
    )
    api.answer("POST", "company/employees/import", report)
    signed_in.get("/company/employees/import")
    assert signed_in.post("/company/employees/import").status_code == 422
    table = "Imię;Nazwisko;E-mail\nŻaneta;Lis;z@firma.test\nJan;Nowy;nic".encode("cp1250")
    answer = signed_in.upload("/company/employees/import", {"act": "check"}, ("ludzie.csv", table))
    assert answer.status_code == 200
    sent = json.loads(api.bodies[-2])
    assert sent["check_only"] is True
    assert "Żaneta" in sent["csv"]
    assert "Wiersz 3 E-mail: Nieprawidłowy format." in signed_in.page.text
    assert "Żaneta" in answer.text
    signed_in.post("/company/employees/import", {"act": "import", "csv": sent["csv"]})
    assert json.loads(api.bodies[-2])["check_only"] is False


def test_the_invited_person_finishes_registration(visitor: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "invitations/t", invitation())
    api.refuse("POST", "invitations/t", ProblemCode.VALIDATION_FAILED, {"password": ("too_short", "Za krótkie.")})
    visitor.get("/invitations/t")
    assert visitor.page.fields["first_name"] == "Piotr"
    typed = {"first_name": "Piotr", "last_name": "Żuk", "phone": "600100200", "position": "Zakupy", "password": "x"}
    assert visitor.post("/invitations/t", typed).status_code == 422
    assert visitor.page.fields["phone"] == "600100200"
    assert visitor.page.fields["password"] == ""
    api.answer("POST", "invitations/t", status=201)
    accepted = {**typed, "terms_version": "yes", "terms_shown": "1"}
    assert visitor.post("/invitations/t", accepted).headers["Location"] == "/sign-in"
    assert json.loads(api.bodies[-1])["terms_version"] == "1"


def test_who_has_an_account_signs_in_and_accepts(visitor: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "invitations/t", invitation(account_exists=True))
    visitor.get("/invitations/t")
    assert "/sign-in?next=/invitations/t" in visitor.page.references
    visitor.sign_in()
    visitor.get("/invitations/t")
    api.answer("POST", "invitations/t/acceptance", status=204)
    assert visitor.post("/invitations/t/acceptance").headers["Location"] == "/home"


def test_an_invitation_that_does_not_work_leads_to_whoever_invited(visitor: Visitor, api: FakeCustomerApi) -> None:
    api.refuse("GET", "invitations/t", ProblemCode.LINK_UNKNOWN)
    assert visitor.get("/invitations/t").status_code == 404
    assert "Poproś osobę, która Cię zaprosiła, o nowe zaproszenie." in visitor.page.text
    assert "/company" not in visitor.page.references


def test_a_password_left_empty_is_named_beside_what_else_is_wrong(visitor: Visitor, api: FakeCustomerApi) -> None:
    api.answer("GET", "invitations/t", invitation())
    api.refuse("POST", "invitations/t", ProblemCode.VALIDATION_FAILED, {"phone": ("required", "Wymagane.")})
    visitor.get("/invitations/t")
    assert visitor.post("/invitations/t", {"phone": "", "password": ""}).status_code == 422
    assert {"#phone", "#password"} <= set(visitor.page.references)


def test_somebody_who_is_not_there_has_a_page_that_says_so(signed_in: Visitor) -> None:
    assert signed_in.get("/company/employees/nobody").status_code == 404
    assert "Nie ma takiej strony" in signed_in.page.text
