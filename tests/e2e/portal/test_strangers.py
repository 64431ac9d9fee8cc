# SPDX-License-Identifier: AGPL-3.0-or-later
"""What belongs to another company is not there: every address with an id answers 404 to a stranger, and changes nothing.

Complete by construction: the addresses are the portal's own routes.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import httpx
import pytest
from starlette.routing import Route

from reviewer_app.documents.workers import WorkerPool
from reviewer_app.portal import create_portal
from tests.e2e.portal.cast import CHANGES, Cast
from tests.e2e.portal.stage import Stage, stage
from tests.support.world import Customer, expect


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory, pool: WorkerPool) -> Iterator[Stage]:
    """A portal of its own, so that what the companies have can be compared before and after."""
    folder: Path = tmp_path_factory.mktemp("strangers")
    with stage(folder, pool) as served:
        yield served


def _own_ids(cast: Cast) -> dict[str, str]:
    """Give an id of each kind that belongs to the boss's company, by the path before it."""
    document = cast.boss.documents()[0]["id"]
    (change,) = expect(cast.changing_boss.call("GET", CHANGES), 200)["items"]
    return {
        "/company/employees/{id}": cast.ewa_id,
        "/company/addresses/{id}": cast.book_entry,
        "/company/documents/{id}": document,
        "/company/administrator/{id}": change["id"],
    }


def _addresses(url: str, ids: dict[str, str]) -> Iterator[tuple[str, str]]:
    routes = [route for route in create_portal(api_url=url, public_url=url).routes if isinstance(route, Route)]
    for route in routes:
        if "{id}" not in route.path:
            continue
        beginning = route.path[: route.path.index("{id}") + 4]
        path = re.sub(r"{page:int}", "1", route.path.replace("{id}", ids[beginning]))
        for method in sorted((route.methods or set()) & {"GET", "POST"}):
            yield method, path


def _browser(stage: Stage, who: Customer) -> httpx.Client:
    token = who.headers["Authorization"].removeprefix("Bearer ")
    return httpx.Client(
        base_url=stage.url, headers={"Cookie": f"__Host-session={token}; __Host-visitor={'x' * 43}"}, timeout=60
    )


def test_what_belongs_to_another_company_is_not_there(served: Stage) -> None:
    cast = Cast(served.world, name="obcy")
    ids = _own_ids(cast)
    before = [expect(cast.boss.call("GET", f"customer/company/{what}"), 200) for what in ("employees", "addresses")]
    with _browser(served, cast.lone_boss) as stranger:
        token = re.search(r'name="form_token" value="(\w+)"', stranger.get("/company/menu").text)
        assert token is not None
        person = {"first_name": "Obcy", "last_name": "Obcy", "phone": "600 100 200", "blocked": "yes"}
        place = {"kind": "branch", "street": "Obca", "building": "1", "postal_code": "00-001", "city": "Obce"}
        form = {"form_token": token[1], "version": "1", **person, **place}
        tried = 0
        for method, path in _addresses(served.url, ids):
            answer = stranger.request(method, path, data=form if method == "POST" else None)
            assert answer.status_code == 404, f"{method} {path}: {answer.status_code}"
            tried += 1
    assert tried > 10
    after = [expect(cast.boss.call("GET", f"customer/company/{what}"), 200) for what in ("employees", "addresses")]
    assert after == before


def test_each_wrong_sign_in_makes_the_next_one_wait_longer_and_the_page_says_how_long(served: Stage) -> None:
    person = served.world.customer("zgadywany@firma.test")
    waits: list[int] = []
    with httpx.Client(
        base_url=served.url, headers={"Cookie": f"__Host-visitor={'y' * 43}; __Host-language=en"}
    ) as guesser:
        token = re.search(r'name="form_token" value="(\w+)"', guesser.get("/sign-in").text)
        assert token is not None
        for _ in range(12):
            form = {"form_token": token[1], "email": person.email, "password": "zgaduj-zgadula-12"}
            answer = guesser.post("/sign-in", data=form)
            assert answer.status_code in {401, 429}
            told = re.search(r"Please try again in (\d+) s\.", answer.text)
            if told:
                waits.append(int(told[1]))
                served.world.clock.advance(timedelta(seconds=int(told[1]) + 1))
    assert len(waits) >= 2
    assert waits == sorted(waits)
    assert waits[-1] > waits[0]
