# SPDX-License-Identifier: AGPL-3.0-or-later
"""The people of a company: list, invitations, permissions, tree of superiors (S14 to S18)."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest

from reviewer_app.contract.csv_text import decode_csv
from tests.support.numbers import NIPS
from tests.support.team import JOINING, employee, invite, join, me, people, person, sign_in
from tests.support.world import Customer, World, expect, key

EMPLOYEES = "customer/company/employees"


@pytest.fixture
def jan(world: World) -> Customer:
    """The administrator of a company that is registered."""
    customer = world.customer()
    customer.create()
    return customer


def permit(who: Customer, employee_id: str, *permissions: str) -> Any:
    return who.call("PUT", f"{EMPLOYEES}/{employee_id}/permissions", json={"permissions": permissions})


def place(who: Customer, employee_id: str, superior_id: str | None) -> Any:
    return who.call("PUT", f"{EMPLOYEES}/{employee_id}/superior", json={"superior_id": superior_id})


def history(world: World, company_id: str) -> list[str]:
    entries = expect(world.staff().call("GET", f"staff/companies/{company_id}/history"), 200)
    items = entries["items"] if isinstance(entries, dict) else entries
    return [entry["kind"] for entry in items]


def test_the_administrator_is_the_first_of_the_list_and_has_every_permission(jan: Customer) -> None:
    (first,) = people(jan)
    assert (first["email"], first["is_administrator"], first["state"]) == (jan.email, True, "active")
    assert first["permissions"] == ["BR", "US", "OR", "RM", "FI", "AD", "PRO"]
    assert (first["may_change"], first["may_grant"]) == (False, [])
    assert me(jan)["employee_id"] == first["id"]


def test_an_invited_person_joins_by_the_mail_and_gets_what_was_granted(world: World, jan: Customer) -> None:
    invited = invite(jan, "ewa@firma.test", permissions=["OR", "FI"])
    assert (invited["state"], invited["joined_at"]) == ("invited", None)
    mail = world.mails("invitation", "ewa@firma.test")[-1]
    assert "Jan Żółw zaprasza do konta firmy Żółw i Syn" in mail.text
    shown = expect(world.client.get(f"/api/v1/customer/invitations/{world.link('invitation', 'ewa@firma.test')}"), 200)
    assert (shown["email"], shown["account_exists"], shown["terms_version"]) == ("ewa@firma.test", False, "1")
    ewa = join(world, "ewa@firma.test")
    told = me(ewa)
    assert told["permissions"] == ["OR", "FI"]
    assert (told["is_administrator"], told["blocked"], told["company"]["name"]) == (
        False,
        False,
        "Żółw i Syn Sp. z o.o.",
    )
    entry = next(one for one in people(jan) if one["email"] == "ewa@firma.test")
    assert (entry["state"], entry["phone"]) == ("active", JOINING["phone"])
    assert {"employee_invited", "employee_joined"} <= set(history(world, jan.company()["id"]))


def test_a_link_of_an_invitation_works_once_and_seven_days(world: World, jan: Customer) -> None:
    invite(jan, "ewa@firma.test")
    token = world.link("invitation", "ewa@firma.test")
    path = f"/api/v1/customer/invitations/{token}"
    wrong = {**JOINING, "email": "inna@firma.test"}
    assert expect(world.client.post(path, json=wrong), 422)["errors"][0]["field"] == "email"
    expect(world.client.post(path, json={**JOINING, "password": "krótkie"}), 422, "validation_failed")
    world.clock.advance(timedelta(days=8))
    expect(world.client.get(path), 410, "link_expired")
    jan = sign_in(world, jan.email)
    employee_id = people(jan, q="ewa")[0]["id"]
    expect(jan.call("POST", f"{EMPLOYEES}/{employee_id}/invitation"), 202)
    join(world, "ewa@firma.test")
    expect(world.client.post(path, json=JOINING), 410)
    used = world.link("invitation", "ewa@firma.test")
    expect(world.client.post(f"/api/v1/customer/invitations/{used}", json=JOINING), 410, "link_used")
    expect(world.client.get("/api/v1/customer/invitations/nothing"), 404, "link_unknown")
    expect(jan.call("POST", f"{EMPLOYEES}/{employee_id}/invitation"), 409, "invalid_transition")


def test_a_lost_answer_to_a_joining_is_given_again(world: World, jan: Customer) -> None:
    invite(jan, "ewa@firma.test")
    path, once = f"/api/v1/customer/invitations/{world.link('invitation', 'ewa@firma.test')}", key()
    first = expect(world.client.post(path, json=JOINING, headers=once), 201)
    assert expect(world.client.post(path, json=JOINING, headers=once), 201) == first


def test_sending_again_ends_the_link_before_and_slows_down(world: World, jan: Customer) -> None:
    entry = invite(jan, "ewa@firma.test")
    first = world.link("invitation", "ewa@firma.test")
    path = f"{EMPLOYEES}/{entry['id']}/invitation"
    world.clock.advance(timedelta(seconds=1))
    for _ in range(3):
        expect(jan.call("POST", path), 202)
    assert "retry-after" in jan.call("POST", path).headers
    expect(world.client.get(f"/api/v1/customer/invitations/{first}"), 410, "link_expired")


def test_a_revoked_invitation_takes_the_entry_with_it(world: World, jan: Customer) -> None:
    entry = invite(jan, "ewa@firma.test")
    token = world.link("invitation", "ewa@firma.test")
    expect(jan.call("DELETE", f"{EMPLOYEES}/{entry['id']}/invitation"), 204)
    expect(world.client.post(f"/api/v1/customer/invitations/{token}", json=JOINING), 410, "link_expired")
    assert len(people(jan)) == 1
    invite(jan, "ewa@firma.test")


def test_nobody_learns_that_an_address_belongs_to_another_company(world: World, jan: Customer) -> None:
    other = world.customer("ola@inna.test")
    other.create(nip=NIPS[1])
    invited = invite(jan, "Ola@Inna.test")
    plain = invite(jan, "nikt@firma.test")
    assert invited.keys() == plain.keys()
    assert invited["state"] == plain["state"] == "invited"
    token = world.link("invitation_elsewhere", "Ola@inna.test")
    expect(world.client.post(f"/api/v1/customer/invitations/{token}", json=JOINING), 409, "account_exists")
    accept = f"customer/invitations/{token}/acceptance"
    expect(other.call("POST", accept), 409, "member_of_other_company")
    expect(jan.call("POST", accept), 404, "link_unknown")
    assert me(other)["company"]["name"] == "Żółw i Syn Sp. z o.o."
    expect(jan.call("POST", EMPLOYEES, json=person("NIKT@firma.test")), 422, "validation_failed")


def test_someone_with_an_account_accepts_signed_in(world: World, jan: Customer) -> None:
    ola = world.customer("ola@firma.test")
    invite(jan, "ola@firma.test", permissions=["AD"])
    token = world.link("invitation", "ola@firma.test")
    expect(ola.call("POST", f"customer/invitations/{token}/acceptance"), 204)
    assert me(ola)["permissions"] == ["AD"]
    expect(ola.call("POST", "customer/company", json={}), 422)
    expect(ola.call("GET", "customer/company"), 403, "not_administrator")


def test_an_account_never_activated_is_taken_over_by_who_holds_the_address(world: World, jan: Customer) -> None:
    stranger = {**JOINING, "email": "ewa@firma.test", "password": "Haslo-obcej-osoby-44"}
    expect(world.client.post("/api/v1/customer/registrations", json=stranger), 202)
    invite(jan, "ewa@firma.test")
    join(world, "ewa@firma.test")
    refused = {"email": "ewa@firma.test", "password": "Haslo-obcej-osoby-44"}
    expect(world.client.post("/api/v1/customer/sessions", json=refused), 401, "invalid_credentials")


def test_an_employee_cannot_add_a_company_of_their_own(world: World, jan: Customer) -> None:
    ewa, _ = employee(world, jan, "ewa@firma.test")
    body = {"name": "Druga Sp. z o.o.", "legal_form": "sp_zoo", "nip": NIPS[1], "krs": "0009990001"}
    expect(ewa.call("POST", "customer/company", json=body), 409, "company_exists")


def test_who_manages_accounts_grants_only_what_they_have(world: World, jan: Customer) -> None:
    ewa, ewa_id = employee(world, jan, "ewa@firma.test", "US", "OR")
    _, ola_id = employee(world, jan, "ola@firma.test", "FI")
    refused = expect(permit(ewa, ola_id, "FI", "PRO"), 403, "grant_not_allowed")
    assert refused["permissions"] == ["PRO"]
    expect(permit(ewa, ola_id, "OR"), 403, "grant_not_allowed")  # FI is not theirs to take
    assert expect(permit(ewa, ola_id, "FI", "OR", "US"), 200)["permissions"] == ["US", "OR", "FI"]
    expect(permit(ewa, ewa_id, "US", "OR", "FI"), 403, "grant_not_allowed")
    expect(permit(ewa, people(jan, q="jan")[0]["id"]), 403, "grant_not_allowed")
    expect(permit(jan, people(jan, q="jan")[0]["id"]), 403, "grant_not_allowed")
    expect(ewa.call("POST", EMPLOYEES, json=person("x@firma.test", permissions=["FI"])), 403, "grant_not_allowed")
    for path in (f"{EMPLOYEES}/{ewa_id}", f"{EMPLOYEES}/{people(jan, q='jan')[0]['id']}"):
        expect(ewa.call("PATCH", path, json={"blocked": True}), 403, "permission_missing")
        expect(ewa.call("DELETE", path), 403, "permission_missing")
    assert [one["may_grant"] for one in people(ewa, q="ola")] == [["US", "OR"]]


def test_permissions_of_several_change_together_or_not_at_all(world: World, jan: Customer) -> None:
    ids = [invite(jan, f"{name}@firma.test")["id"] for name in ("a", "b")]
    path = f"{EMPLOYEES}/permission-changes"
    first = {"employee_ids": ids[:1], "grant": ["OR", "FI"]}
    assert expect(jan.call("POST", path, json=first), 200)["changed"] == ids[:1]
    answer = expect(jan.call("POST", path, json={"employee_ids": ids, "grant": ["OR", "FI"]}), 200)
    assert [one["permissions"] for one in answer["items"]] == [["OR", "FI"]] * 2
    assert answer["changed"] == ids[1:]
    body = {"employee_ids": [*ids, people(jan, q="jan")[0]["id"]], "revoke": ["OR"]}
    expect(jan.call("POST", path, json=body), 403, "grant_not_allowed")
    assert [one["permissions"] for one in people(jan, permission="OR", state="invited")] == [["OR", "FI"]] * 2


def test_a_version_that_was_overtaken_is_refused_where_one_is_sent(world: World, jan: Customer) -> None:
    entry = invite(jan, "ewa@firma.test")
    path = f"{EMPLOYEES}/{entry['id']}/permissions"
    seen = {"If-Match": f'"{entry["version"]}"'}
    expect(jan.call("PUT", path, json={"permissions": ["OR"]}, headers=seen), 200)
    expect(jan.call("PUT", path, json={"permissions": ["FI"]}, headers=seen), 412, "stale_version")


def test_no_circle_of_superiors(world: World, jan: Customer) -> None:
    a, b, c = (invite(jan, f"{name}@firma.test")["id"] for name in "abc")
    expect(place(jan, b, a), 200)
    expect(place(jan, c, b), 200)
    for below in (a, b, c):
        expect(place(jan, a, below), 409, "hierarchy_cycle")
    boss = people(jan, q="jan")[0]["id"]
    expect(place(jan, a, boss), 200)
    (root,) = expect(jan.call("GET", "customer/company/hierarchy"), 200)["roots"]
    assert root["children"][0]["children"][0]["children"][0]["id"] == c
    expect(place(jan, c, "nobody"), 404, "not_found")


def test_no_circle_comes_of_two_moves_at_once(world: World, jan: Customer) -> None:
    a, b = (invite(jan, f"{name}@firma.test")["id"] for name in "ab")
    for _ in range(5):
        with ThreadPoolExecutor(2) as threads:
            answers = list(threads.map(lambda pair: place(jan, *pair), [(a, b), (b, a)]))
        assert sorted(answer.status_code for answer in answers) == [200, 409]
        for one in (a, b):
            expect(place(jan, one, None), 200)


def test_the_tree_has_a_depth_that_can_be_read(world: World, jan: Customer) -> None:
    above = people(jan)[0]["id"]
    for number in range(49):
        above = invite(jan, f"p{number}@firma.test", superior_id=above)["id"]
    body = person("last@firma.test", superior_id=above)
    expect(jan.call("POST", EMPLOYEES, json=body), 409, "hierarchy_too_deep")


def test_removing_a_superior_asks_where_their_people_go(world: World, jan: Customer) -> None:
    a, b, c = (invite(jan, f"{name}@firma.test", last_name=f"Nowak{name}")["id"] for name in "abc")
    expect(place(jan, b, a), 200)
    refused = expect(jan.call("DELETE", f"{EMPLOYEES}/{a}"), 409, "has_subordinates")
    assert refused["subordinates"] == [{"id": b, "name": "Ewa Nowakb"}]
    expect(jan.call("DELETE", f"{EMPLOYEES}/{a}", params={"reassign_to": b}), 409, "hierarchy_cycle")
    expect(jan.call("DELETE", f"{EMPLOYEES}/{a}", params={"reassign_to": "nobody"}), 404, "not_found")
    expect(jan.call("DELETE", f"{EMPLOYEES}/{a}", params={"reassign_to": c}), 204)
    assert next(one for one in people(jan) if one["id"] == b)["superior_id"] == c
    expect(jan.call("DELETE", f"{EMPLOYEES}/{c}", params={"reassign_to": "top"}), 204)
    assert {one["superior_id"] for one in people(jan)} == {None}


def test_a_removed_person_loses_access_and_may_join_another_company(world: World, jan: Customer) -> None:
    ewa, ewa_id = employee(world, jan, "ewa@firma.test", "US")
    expect(jan.call("DELETE", f"{EMPLOYEES}/{ewa_id}"), 204)
    expect(ewa.call("GET", EMPLOYEES), 404, "no_company")
    assert me(ewa)["company"] is None
    other = world.customer("ola@inna.test")
    other.create(nip=NIPS[1])
    invite(other, "ewa@firma.test")
    token = world.link("invitation", "ewa@firma.test")
    expect(ewa.call("POST", f"customer/invitations/{token}/acceptance"), 204)


def test_a_blocked_person_can_do_nothing_until_unblocked(world: World, jan: Customer) -> None:
    ewa, ewa_id = employee(world, jan, "ewa@firma.test", "US")
    expect(jan.call("PATCH", f"{EMPLOYEES}/{ewa_id}", json={"blocked": True}), 200)
    assert expect(ewa.call("GET", EMPLOYEES), 403, "company_blocked")["reason"] == "person_blocked"
    assert (me(ewa)["blocked"], me(ewa)["blocked_reason"]) == (True, "person_blocked")
    expect(jan.call("PATCH", f"{EMPLOYEES}/{ewa_id}", json={"blocked": False}), 200)
    expect(ewa.call("GET", EMPLOYEES), 200)


def test_own_data_stay_the_person_s_own(world: World, jan: Customer) -> None:
    ewa, ewa_id = employee(world, jan, "ewa@firma.test")
    answer = expect(jan.call("PATCH", f"{EMPLOYEES}/{ewa_id}", json={"first_name": "Anna"}), 422, "validation_failed")
    assert answer["errors"][0]["code"] == "own_data"
    expect(jan.call("PATCH", f"{EMPLOYEES}/{ewa_id}", json={"position": "kierownik"}), 200)
    expect(ewa.call("PATCH", "customer/me", json={"last_name": "Lis"}), 200)
    (entry,) = people(jan, q="lis ewa")
    assert entry["id"] == ewa_id


def test_strangers_ids_are_not_found(world: World, jan: Customer) -> None:
    other = world.customer()
    other.create(nip=NIPS[1])
    foreign = invite(other, "obcy@inna.test")["id"]
    own = invite(jan, "ewa@firma.test")["id"]
    calls = [
        jan.call("GET", f"{EMPLOYEES}/{foreign}"),
        jan.call("GET", f"{EMPLOYEES}/{foreign}/entry"),
        jan.call("PATCH", f"{EMPLOYEES}/{foreign}", json={"blocked": True}),
        jan.call("DELETE", f"{EMPLOYEES}/{foreign}"),
        permit(jan, foreign, "OR"),
        place(jan, foreign, own),
        place(jan, own, foreign),
        jan.call("POST", f"{EMPLOYEES}/{foreign}/invitation"),
        jan.call("DELETE", f"{EMPLOYEES}/{foreign}/invitation"),
        jan.call("POST", f"{EMPLOYEES}/permission-changes", json={"employee_ids": [foreign], "grant": ["OR"]}),
    ]
    for answer in calls:
        expect(answer, 404, "not_found")
    for path in ("people", f"employees/{own}/entry", "administrator"):
        answer = jan.call("GET", f"customer/company/{path}", params={"chosen": [foreign], "q": "obcy"})
        assert foreign not in answer.text, path


def test_the_list_is_paged_in_polish_order_and_searched_without_diacritics(world: World, jan: Customer) -> None:
    for number, name in enumerate(("Ćwik", "Cybis", "Dąb", "Żuk")):
        invite(jan, f"p{number}@firma.test", last_name=name)
    seen, cursor = [], None
    while True:
        page = expect(jan.call("GET", EMPLOYEES, params={"limit": 2} | ({"cursor": cursor} if cursor else {})), 200)
        seen += [one["last_name"] for one in page["items"]]
        cursor = page["next_cursor"]
        if cursor is None:
            break
    assert seen == ["Cybis", "Ćwik", "Dąb", "Żółw", "Żuk"]
    assert [one["last_name"] for one in people(jan, q="zuk")] == ["Żuk"]
    assert [one["last_name"] for one in people(jan, q="%")] == []


TABLE = """Imię;Nazwisko;E-mail;Stanowisko;E-mail przełożonego;Uprawnienia
Anna;Lis;anna@firma.test;kierownik;;US OR
Bartosz;Żuk;bartosz@firma.test;kupiec;anna@firma.test;OR
;Bezimienny;x@firma.test;;;
Celina;Dąb;anna@firma.test;;;
Dorota;Kot;zły adres;;;
Ewa;Kot;ewa@firma.test;;nikt@firma.test;
Filip;Kot;filip@firma.test;;;XX
"""


def test_people_come_from_a_spreadsheet_with_a_report_on_each_line(world: World, jan: Customer) -> None:
    text = decode_csv(TABLE.encode("cp1250"))
    looked = expect(jan.call("POST", f"{EMPLOYEES}/import", json={"csv": text, "check_only": True}), 200)
    assert (looked["added"], looked["refused"], len(people(jan))) == (0, 5, 1)
    report = expect(jan.call("POST", f"{EMPLOYEES}/import", json={"csv": text}), 200)
    told = [(line["line"], line["outcome"], [error["field"] for error in line["errors"]]) for line in report["lines"]]
    assert told == [
        (2, "added", []),
        (3, "added", []),
        (4, "refused", ["first_name"]),
        (5, "refused", ["email"]),
        (6, "refused", ["email"]),
        (7, "refused", ["superior_email"]),
        (8, "refused", ["permissions"]),
    ]
    anna, bartosz = people(jan, q="anna lis")[0], people(jan, q="bartosz")[0]
    assert (bartosz["superior_id"], anna["permissions"]) == (anna["id"], ["US", "OR"])
    assert len(world.mails("invitation")) == 2


@pytest.mark.parametrize(
    "table", ["a;b\n1;2\n", "Imię;Nazwisko\nA;B\n", "\n", "Imię;Nazwisko;E-mail\n" + "a;b;c\n" * 501]
)
def test_a_table_that_makes_no_sense_is_refused_whole(jan: Customer, table: str) -> None:
    answer = expect(jan.call("POST", f"{EMPLOYEES}/import", json={"csv": table}), 422, "validation_failed")
    assert answer["errors"][0]["field"] == "csv"


def test_a_cleared_company_lets_its_people_go(world: World) -> None:
    jan = world.customer()
    company_id = jan.submitted()
    ewa, _ = employee(world, jan, "ewa@firma.test", "OR")
    world.staff().approve(company_id)
    token = world.link("approved", jan.email)
    expect(world.client.post(f"/api/v1/customer/completions/{token}", json={"choice": "clear"}), 200)
    assert me(ewa)["company"] is None
    assert me(jan)["next_step"] in {"consents", "add_company"}
    jan.create()


def test_people_to_choose_from_are_few_and_searched_however_many_there_are(world: World, jan: Customer) -> None:
    ids = {name: invite(jan, f"{name}@firma.test", last_name=name.title())["id"] for name in ("lis", "sowa", "wilk")}
    ewa, _ = employee(world, jan, "ewa@firma.test", "US", "OR")

    def choose(**query: Any) -> Any:
        return expect(jan.call("GET", "customer/company/people", params=query), 200)

    def listed(**query: Any) -> list[str]:
        return [item["email"] for item in choose(**query)["items"]]

    assert choose()["total"] == 5
    assert listed(limit=2) == ["lis@firma.test", "ewa@firma.test"]
    assert choose(limit=2)["total"] == 5
    assert listed(q="wilk") == ["wilk@firma.test"]
    assert listed(q="wilk", chosen=[ids["lis"], "nobody"]) == ["lis@firma.test", "wilk@firma.test"]
    assert choose(q="wilk", chosen=[ids["lis"]])["total"] == 1
    assert listed(limit=1, chosen=[ids["lis"]]) == ["lis@firma.test"]
    assert choose()["viewer"] == {"is_administrator": True, "permissions": ["BR", "US", "OR", "RM", "FI", "AD", "PRO"]}
    seen = expect(ewa.call("GET", "customer/company/people"), 200)
    assert seen["viewer"] == {"is_administrator": False, "permissions": ["US", "OR"]}
    expect(jan.call("GET", "customer/company/people", params={"chosen": ["x" * 65]}), 422, "validation_failed")


def test_who_may_be_a_superior_is_neither_the_person_nor_anybody_below(jan: Customer) -> None:
    a, b, c, d = (invite(jan, f"{name}@firma.test", last_name=name)["id"] for name in "abcd")
    for below, above in ((b, a), (c, b)):
        expect(place(jan, below, above), 200)
    founder = me(jan)["employee_id"]

    def entry(employee_id: str, **query: Any) -> tuple[set[str], list[str]]:
        answer = expect(jan.call("GET", f"{EMPLOYEES}/{employee_id}/entry", params=query), 200)
        assert answer["employee"] == expect(jan.call("GET", f"{EMPLOYEES}/{employee_id}"), 200)
        return {one["id"] for one in answer["choices"]["items"]}, [one["id"] for one in answer["below"]["items"]]

    assert entry(a) == ({d, founder}, [b])
    assert entry(b) == ({a, d, founder}, [c])
    assert entry(c, q="nobody at all") == ({b}, [])
    assert entry(a, q="nobody at all", chosen=[c]) == (set(), [b])
    expect(jan.call("GET", f"{EMPLOYEES}/nobody/entry"), 404, "not_found")
