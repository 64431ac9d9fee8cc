# SPDX-License-Identifier: AGPL-3.0-or-later
"""Employees of companies in tests: invited, joined by their mail, signed in."""

from __future__ import annotations

from typing import Any

from tests.support.world import PASSWORD, Customer, World, expect

JOINING = {
    "first_name": "Ewa",
    "last_name": "Nowak",
    "phone": "+48 600 700 800",
    "position": "kupiec",
    "password": PASSWORD,
    "language": "pl",
    "terms_version": "1",
}


def person(email: str, **fields: Any) -> dict[str, Any]:
    """Give a person to invite."""
    return {"first_name": "Ewa", "last_name": "Nowak", "email": email, "position": "kupiec", **fields}


def invite(who: Customer, email: str, **fields: Any) -> Any:
    """Invite a person; gives the entry."""
    return expect(who.call("POST", "customer/company/employees", json=person(email, **fields)), 201)


def join(world: World, email: str, kind: str = "invitation") -> Customer:
    """Finish the registration of an invited person and sign them in."""
    token = world.link(kind, email)
    expect(world.client.post(f"/api/v1/customer/invitations/{token}", json=JOINING), 201)
    return sign_in(world, email)


def sign_in(world: World, email: str) -> Customer:
    """Sign a customer in."""
    answer = world.client.post("/api/v1/customer/sessions", json={"email": email, "password": PASSWORD})
    token = expect(answer, 201)["access_token"]
    return Customer(world.client, {"Authorization": f"Bearer {token}", "Accept-Language": "pl"}, email)


def employee(world: World, boss: Customer, email: str, *permissions: str, **fields: Any) -> tuple[Customer, str]:
    """Invite a person with permissions and have them join; gives the person and the id of their entry."""
    entry = invite(boss, email, permissions=list(permissions), **fields)
    return join(world, email), entry["id"]


def activated(world: World) -> Customer:
    """Give the administrator of a company that uses the portal in full."""
    jan = world.customer()
    company_id = jan.submitted()
    world.staff().approve(company_id)
    complete(world, jan)
    return jan


def complete(world: World, jan: Customer) -> None:
    """Have the administrator of an approved company finish by the link of their mail."""
    body = {"choice": "proceed", "owh_version": "1", "terms_version": "1"}
    token = world.link("approved", jan.email)
    expect(world.client.post(f"/api/v1/customer/completions/{token}", json=body), 200)


def me(who: Customer) -> Any:
    """Give where someone stands."""
    return expect(who.call("GET", "customer/me"), 200)


def people(who: Customer, **query: Any) -> list[Any]:
    """Give a page of the company's people."""
    items: list[Any] = expect(who.call("GET", "customer/company/employees", params=query), 200)["items"]
    return items
