"""Small plain facts of a rehearsal: how a scenario is shown, what a form holds, when it starts."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from drill.play.scenarios import Scenario

Wire = dict[str, Any]

OPENING_HOUR = (14, 2)
DAY_STARTS, DAY_ENDS = 13, 19
WEEKEND = 5
BETWEEN_RUNS = timedelta(minutes=61)


def scenario_wire(scenario: Scenario) -> Wire:
    """Return what the page shows of a scenario."""
    return {
        "key": scenario.key,
        "name": scenario.name,
        "story": scenario.story,
        "first": scenario.first,
        "you": scenario.you,
        "outside": scenario.outside,
        "channel": scenario.channel,
        "personas": list(scenario.personas),
    }


def sections(view: Wire) -> list[str]:
    """Return what a form says between its fields."""
    return [str(b["text"]["text"]) for b in view["blocks"] if b["type"] == "section"]


def texts(view: Wire) -> list[str]:
    """Return what was typed into a form."""
    held = [e for block in view["state"]["values"].values() for e in block.values()]
    return [str(e["value"]) for e in held if e.get("type") == "plain_text_input" and e["value"]]


def opening_time(now: datetime) -> datetime:
    """Return the instant a rehearsal starts at: soon on a working afternoon, else the next one.

    The hour between keeps a second run's ticket from looking like the first one opened twice.
    """
    now = now.astimezone(UTC)
    if now.weekday() < WEEKEND and DAY_STARTS <= now.hour < DAY_ENDS and _was_moved(now):
        return now + BETWEEN_RUNS
    hour, minute = OPENING_HOUR
    at = now.replace(hour=hour, minute=minute, second=0, microsecond=0)
    while at < now or at.weekday() >= WEEKEND:
        at += timedelta(days=1)
    return at


def _was_moved(now: datetime) -> bool:
    """A clock past the usual opening minute stays where it is; one before it moves on."""
    return (now.hour, now.minute) >= OPENING_HOUR
