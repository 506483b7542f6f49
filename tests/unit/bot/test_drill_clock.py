"""What the drill's clock is asked and cannot do is refused with a sentence, before it moves."""

from __future__ import annotations

from typing import cast

import pytest

from bot.clock import BusinessClock, MachineClock
from bot.engine.drill_clock import DrillClock, DrillRefused, Offset
from store.db import Database


@pytest.mark.parametrize(
    "wish",
    [
        {"advance_s": float("nan")},
        {"advance_s": float("inf")},
        {"advance_s": -1},
        {"advance_s": 10**400},
        {"to": "9999-12-31T23:59:59-23:00"},
        {"to": "0001-01-01T00:00:00+23:00"},
        {"to": "yesterday"},
        {"to": "0001-01-01T00:00:00Z"},
    ],
)
def test_what_is_no_instant_ahead_is_refused(wish: dict[str, object]) -> None:
    machine = MachineClock()
    clock = DrillClock(
        cast("Database", None),
        clock=BusinessClock(machine, lambda: 0.0),
        machine=machine,
        offset=cast("Offset", None),
        tick=lambda: 0,
        in_flight=lambda: 0,
        wake=lambda: None,
    )
    with pytest.raises(DrillRefused):
        clock.advance(wish)
