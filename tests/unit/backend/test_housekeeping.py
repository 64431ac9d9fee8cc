# SPDX-License-Identifier: AGPL-3.0-or-later
"""What a server does by itself goes on when one act of it fails."""

from __future__ import annotations

import threading

from reviewer_app.backend.housekeeping import Housekeeper
from tests.support.world import World


def test_an_act_that_fails_keeps_neither_the_others_back_nor_its_next_time(world: World) -> None:
    tries: list[int] = []
    other, wake = threading.Event(), threading.Event()

    def fail() -> None:
        tries.append(len(tries))
        raise LookupError("unforeseen")

    housekeeper = Housekeeper(world.backend.parts.database, world.clock, {"failing": fail, "other": other.set}, wake)
    housekeeper.start()
    try:
        for _ in range(2):
            assert other.wait(10)
            other.clear()
            wake.set()
    finally:
        housekeeper.stop()
    assert len(tries) >= 2
