# SPDX-License-Identifier: AGPL-3.0-or-later
"""The customer sees where on a page staff marked what is wrong, and nobody else does."""

from __future__ import annotations

import io

import httpx
from PIL import Image

from tests.support.team import employee
from tests.support.world import Customer, World, expect


def marked(world: World, who: Customer) -> str:
    """Have staff ask for a new authorization with a place marked; gives the id of the version."""
    company_id = who.submitted()
    anna = world.staff()
    expect(anna.decide(company_id, anna.correction(company_id, anna.claim(company_id))), 201)
    return str(next(one["id"] for one in who.documents() if one["kind"] == "authorization"))


def picture(who: Customer, document_id: str, page: int = 1, known: str = "") -> httpx.Response:
    path = f"customer/company/documents/{document_id}/marked-pages/{page}"
    return who.call("GET", path, headers={"If-None-Match": known} if known else {})


def test_the_page_comes_with_its_place_framed(world: World) -> None:
    jan = world.customer()
    document_id = marked(world, jan)
    answer = picture(jan, document_id)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "image/jpeg")
    shown = Image.open(io.BytesIO(answer.content)).convert("RGB")
    width, height = shown.size
    # the frame stands just outside of [0.1, 0.1, 0.4, 0.2]
    red, green, blue = shown.getpixel((round(0.1 * width) - 9, round(0.15 * height)))  # type: ignore[misc]  # an RGB picture
    assert red > 140
    assert max(green, blue) < 100


def test_the_picture_is_private_and_not_sent_twice(world: World) -> None:
    jan = world.customer()
    document_id = marked(world, jan)
    answer = picture(jan, document_id)
    content = jan.call("GET", f"customer/company/documents/{document_id}/content")
    for name in ("x-content-type-options", "content-security-policy", "cache-control"):
        assert answer.headers[name] == content.headers[name]
    assert picture(jan, document_id, known=answer.headers["etag"]).status_code == 304
    assert picture(jan, document_id).content == answer.content


def test_a_page_without_a_mark_is_not_found(world: World) -> None:
    jan = world.customer()
    document_id = marked(world, jan)
    expect(picture(jan, document_id, 2), 404, "not_found")
    extract = next(one["id"] for one in jan.documents() if one["kind"] == "registry_extract")
    expect(picture(jan, extract), 404, "not_found")
    expect(picture(jan, "nothing"), 404, "not_found")


def test_strangers_and_employees_see_nothing(world: World) -> None:
    jan = world.customer()
    document_id = marked(world, jan)
    stranger = world.customer()
    stranger.create(nip="9990000250")
    expect(picture(stranger, document_id), 404, "not_found")
    buyer, _ = employee(world, stranger, "ewa@firma.test")
    expect(picture(buyer, document_id), 403, "not_administrator")


def test_an_earlier_version_keeps_its_marks(world: World) -> None:
    jan = world.customer()
    document_id = marked(world, jan)
    expect(jan.upload("authorization"), 201)
    assert picture(jan, document_id).status_code == 200
