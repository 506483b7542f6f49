"""Small plain facts of a rehearsal: how a scenario is shown, what a form holds, when it starts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from drill.play.scenarios import Scenario

Wire = dict[str, Any]

OPENING_HOUR = (14, 2)
DAY_ENDS = 19
WEEKEND = 5
MONDAY = 0


def scenario_wire(scenario: Scenario) -> Wire:
    """Return what the page shows of a scenario."""
    return {
        "key": scenario.key,
        "name": scenario.name,
        "story": scenario.story,
        "first": scenario.first,
        "days": bool(scenario.past),
        "you": scenario.cast.you,
        "outside": scenario.cast.outside,
        "channel": scenario.world.shared,
        "customer": scenario.world.customer,
        "begins": scenario.world.begins or scenario.world.shared,
        "personas": list(scenario.cast.faces),
    }


def texts(view: Wire) -> list[str]:
    """Return what was typed into a form."""
    held = [e for block in view["state"]["values"].values() for e in block.values()]
    return [str(e["value"]) for e in held if e.get("type") == "plain_text_input" and e["value"]]


def opening_time(now: datetime, weekday: int | None = None) -> datetime:
    """Return the instant a rehearsal starts at: now on a working afternoon, else the next one.

    Where it begins on a day of the week, it is two minutes past the hour, with a morning's desk.
    """
    now = now.astimezone(UTC)
    hour, minute = OPENING_HOUR
    opening = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    if weekday is not None:
        opening += timedelta(days=(weekday - now.weekday()) % 7)
        return opening if opening >= now else opening + timedelta(days=7)
    if now.weekday() < WEEKEND and opening <= now and now.hour < DAY_ENDS:
        return now
    while opening < now or opening.weekday() >= WEEKEND:
        opening += timedelta(days=1)
    return opening
