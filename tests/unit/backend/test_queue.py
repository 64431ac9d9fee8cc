# SPDX-License-Identifier: AGPL-3.0-or-later
"""The queue: its order, its pages, what it finds."""

from __future__ import annotations

from typing import Any

import pytest
from sqlalchemy import Engine, event, insert

from reviewer_app.backend.companies.search import polish_sort_key, tokens_of, words_of_query
from reviewer_app.backend.companies.tables import SearchToken
from reviewer_app.contract.messages import Listing
from reviewer_app.contract.staff import QueueItem, QueueSort
from tests.support.numbers import NIPS
from tests.support.world import World, expect

NAMES = ("Ćma S.A.", "Cedr Sp. z o.o.", "Żaba Sp. z o.o.", "Zorza Sp. z o.o.", "Źródło Sp. z o.o.", "Łąka Sp. z o.o.")


@pytest.fixture
def ids(world: World) -> list[str]:
    """Six companies; the first five were submitted, in this order."""
    found = []
    for number, (name, nip) in enumerate(zip(NAMES, NIPS, strict=False)):
        customer = world.customer(f"osoba{number}@dom.test")
        declared: dict[str, Any] = {
            "name": name,
            "nip": nip,
            "krs": f"000999000{number}",
            "email": f"biuro{number}@x.test",
        }
        sheet = number == 1  # its number is looked for
        found.append(customer.create(**declared)["id"] if number == 5 else customer.submitted(sheet=sheet, **declared))
    return found


def test_the_queue_gives_what_it_says_in_the_orders_it_names(world: World, ids: list[str]) -> None:
    anna = world.staff()
    answer = anna.call("GET", "staff/companies", params={"open": True})
    page = Listing[QueueItem].model_validate_json(expect(answer, 200) and answer.content)
    assert set(expect(answer, 200)["items"][0]) == set(QueueItem.model_fields)
    assert [item.id for item in page.items] == ids[:5]
    assert page.items[0].waiting_seconds >= page.items[-1].waiting_seconds
    assert [item["id"] for item in anna.queue(open=True, sort="-waiting")] == ids[4::-1]
    assert [item["id"] for item in anna.queue(open=False)] == [ids[5]]
    assert [item["id"] for item in anna.queue(state="collecting")] == [ids[5]]
    expected = ["Cedr", "Ćma", "Łąka", "Zorza", "Źródło", "Żaba"]
    assert [item["name"].split()[0] for item in anna.queue(sort="name")] == expected
    assert [item["name"].split()[0] for item in anna.queue(sort="-name")] == expected[::-1]
    assert [item["nip"] for item in anna.queue(sort="nip")] == list(NIPS[:6])
    assert anna.queue(sort="state")[0]["state"] == "collecting"


def test_pages_follow_each_other_in_every_order(world: World, ids: list[str]) -> None:
    anna = world.staff()
    for sort in QueueSort:
        whole = [item["id"] for item in anna.queue(sort=sort.value)]
        assert sorted(whole) == sorted(ids)
        walked: list[str] = []
        query: dict[str, Any] = {"sort": sort.value, "limit": 4}
        while "cursor" not in query or query["cursor"]:
            page = expect(anna.call("GET", "staff/companies", params=query), 200)
            walked += [item["id"] for item in page["items"]]
            query["cursor"] = page["next_cursor"]
        assert walked == whole
    cursor = expect(anna.call("GET", "staff/companies", params={"limit": 1}), 200)["next_cursor"]
    for wrong in ({"cursor": cursor, "sort": "name"}, {"cursor": "AAAA"}):
        expect(anna.call("GET", "staff/companies", params=wrong), 400, "malformed_request")
    expect(anna.call("GET", "staff/companies", params={"limit": 201}), 422, "validation_failed")
    unknown = expect(anna.call("GET", "staff/companies", params={"state": "zzz"}), 422, "validation_failed")
    assert [error["field"] for error in unknown["errors"]] == ["state"]


def test_companies_are_found_by_what_people_type(world: World, ids: list[str]) -> None:
    anna = world.staff()
    number = anna.detail(ids[1])["authorization_number"]
    queries = {
        "żaba": [ids[2]],
        "ZAB": [ids[2]],
        "zr": [ids[4]],
        "z": [ids[1], ids[2], ids[3], ids[4], ids[5]],
        "laka sp": [ids[5]],
        "cedr cma": [],
        "999-000-02-50": [ids[1]],
        "PL 999 000 02 50": [ids[1]],
        "0009990003": [ids[3]],
        "biuro4@x.test": [ids[4]],
        number: [ids[1]],
        "990000217": ids,
        "%": [],
        "osoba": [],
    }
    for text, expected in queries.items():
        assert sorted(item["id"] for item in anna.queue(q=text)) == sorted(expected), text


def test_words_that_many_companies_have_are_looked_for_together(world: World, ids: list[str]) -> None:
    """A word counts as common by its tokens: here many of one company's begin with it."""
    having = {"alfa": (ids[1], ids[2]), "beta": (ids[2], ids[3]), "gama": (ids[1],)}
    with world.backend.parts.database.write() as session:
        for word, companies in having.items():
            tokens = [{"token": f"{word}{number}", "company_id": one} for one in companies for number in range(2500)]
            session.execute(insert(SearchToken), tokens)
    anna = world.staff()
    for text, expected in {
        "alfa beta": [ids[2]],
        "alfa gama": [ids[1]],
        "beta gama": [],
        "alfa beta zab": [ids[2]],
    }.items():
        assert [item["id"] for item in anna.queue(q=text)] == expected, text


def test_a_page_of_the_queue_is_one_query(world: World, ids: list[str]) -> None:
    anna = world.staff()
    assert len(anna.queue()) == len(ids)
    statements: list[str] = []

    def note(*given: Any) -> None:
        statements.append(given[2])

    event.listen(Engine, "before_cursor_execute", note)
    try:
        anna.queue(open=True, sort="name", limit=3)
    finally:
        event.remove(Engine, "before_cursor_execute", note)
    from_companies = [statement for statement in statements if "FROM companies" in statement]
    assert len(from_companies) == 1
    assert "COUNT(" not in from_companies[0].upper()


@pytest.mark.parametrize(
    ("query", "words"),
    [
        ("  Żółw   i Syn ", ("zolw", "i", "syn")),
        ("PL 999-000-01-84", ("9990000184",)),
        ("Żółw 999 000", ("zolw", "999000")),
        ("jan@firma.test", ("janfirmatest",)),
        ("NIP: 999-000-01-84", ("9990000184",)),
        ("krs nr 0009990001", ("0009990001",)),
        ("REGON 990000217 Żółw", ("990000217", "zolw")),
        ("Nip Systemy", ("nip", "systemy")),
        ("...", ()),
    ],
)
def test_how_a_query_is_read(query: str, words: tuple[str, ...]) -> None:
    assert words_of_query(query) == words


def test_every_part_of_a_word_begins_a_token() -> None:
    assert tokens_of(["jan@firma.test"]) == {"janfirmatest", "firmatest", "test"}


def test_polish_words_are_in_polish_order() -> None:
    words = ["Aż", "Ącki", "Bąk", "Cz", "Ćma", "Łan", "Lot", "Zet", "Źrebak", "Żuk"]
    assert sorted(words, key=polish_sort_key) == [
        "Aż",
        "Ącki",
        "Bąk",
        "Cz",
        "Ćma",
        "Lot",
        "Łan",
        "Zet",
        "Źrebak",
        "Żuk",
    ]
