"""What the finish shows beside the figures: what was nearly sent, what was read, and the hour."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Any

from drill.play.kept import Kept
from drill.play.lines import Lines
from drill.play.scenarios import Scenario
from drill.play.sight import Sight
from drill.walking import leaves

Wire = dict[str, Any]

SAID = {
    "acknowledged": "{customer} hears from us",
    "scope": "scope confirmed",
    "roles_taken": "roles taken",
    "call": "call running",
    "tier_4": "Tier 4",
    "outreach_released": "all accounts told",
    "holding": "holding line",
    "update_1": "first update",
    "asked_solved": "{customer} is asked",
    "confirmed": "{customer}: solved",
}
_TOKEN = re.compile(r"<[^<>|]*\|([^<>]*)>")
_UPDATE = re.compile(r"update \d+", re.IGNORECASE)


def nearly_sent(kept: Kept, lines: Lines) -> list[Wire]:
    """Return what was nearly sent, by whom, and why it was not."""
    almost = [
        {"who": name, "words": line.almost.words, "why": line.almost.why}
        for line, name in lines.said
        if line.almost is not None
    ]
    return [*almost, *kept.nearly]


def read_outside(sight: Sight) -> list[Wire]:
    """Return what the customer read in its channel, as plain words, oldest first."""
    return [
        {
            "minute": max(0, int((float(message["ts"]) - sight.opened_s) // 60)),
            "words": list(_plain(message)),
            "update": bool(_UPDATE.search(str(message.get("text", "")))),
        }
        for message in sight.outward()
        if message["channel"] == sight.channel
    ]


def _plain(message: Wire) -> Iterator[str]:
    sections = (b for b in leaves(message.get("blocks", [])) if b["type"] == "section")
    blocks = [section["text"]["text"] for section in sections]
    for text in blocks or [str(message.get("text", ""))]:
        for line in _TOKEN.sub(r"\1", text).split("\n"):
            plain = line.replace("*", "").replace("&gt;", "").replace("&amp;", "&").strip("> ")
            if plain:
                yield plain


def hour(sight: Sight, customer: str) -> list[Wire]:
    """Return the marks that count, each at its minute after the opening."""
    found = [
        {"says": says.format(customer=customer), "minute": _minutes(sight, mark)}
        for mark, says in SAID.items()
        if mark in sight.marks
    ]
    return sorted(found, key=lambda one: one["minute"])


def _minutes(sight: Sight, mark: str) -> int:
    at_s = datetime.fromisoformat(sight.marks[mark]).timestamp()
    return max(0, int((at_s - sight.opened_s) // 60))


def gone_wrong(scenario: Scenario, marks: Iterable[str]) -> list[str]:
    """Return what went wrong, in the scenario's words."""
    there = set(marks)
    return [one.say for one in scenario.wrong if one.mark in there]
