"""What the local Slack saw: when each bridge had its first message, and when all was set up."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bench.processes import Running, ask

LATENCY_S = 0.12
TOUCH_S = 0.002
SET_UP = frozenset(
    {
        "bookmarks.add",
        "bookmarks.list",
        "conversations.create",
        "conversations.invite",
        "conversations.setTopic",
        "pins.add",
    }
)
_REFERENCE = re.compile(rb"BW-[0-9]+")
Wire = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Opened:
    """One declare, as Slack saw what came of it.

    Attributes:
        first_s: When the first message stood in the bridge, in seconds since the epoch.
        first_levels: How many calls in a row it took, one after the other.
        set_up_s: When the last call of the set-up had its effect.
        set_up_levels: The same count for it.
        calls: How many calls the set-up was.
    """

    first_s: float
    first_levels: int
    set_up_s: float
    set_up_levels: int
    calls: int


def calls_since(slack: Running, seen: int) -> list[Wire]:
    """Return the calls that Slack has taken from this number on."""
    found: list[Wire] = ask(f"{slack.url}/drill/log?since={seen}")["calls"]
    return found


def reference_in(answer: bytes) -> str:
    """Return the ticket that an acknowledgment names."""
    found = _REFERENCE.search(answer)
    if found is None:
        raise ValueError(f"No ticket was opened: {answer[:300]!r}")
    return found.group().decode()


def bridges(calls: Sequence[Wire]) -> dict[str, list[Wire]]:
    """Return each ticket's set-up calls by reference, in the order of their effects."""
    named: dict[str, str] = {}
    found: dict[str, list[Wire]] = {}
    for call in calls:
        if call["method"] == "conversations.create" and call["answer"].get("ok"):
            channel = call["answer"]["channel"]
            reference = "-".join(channel["name"].split("-")[:2]).upper()
            named[channel["id"]] = reference
            found[reference] = [call]
        else:
            args = call["args"]
            reference = named.get(str(args.get("channel") or args.get("channel_id")), "")
            if reference and _belongs(call):
                found[reference].append(call)
    return found


def opened(bridge: Sequence[Wire], acknowledged: Wire | None) -> Opened:
    """Return when a ticket's bridge was ready, and after how many calls in a row."""
    every = sorted([*bridge, *([acknowledged] if acknowledged else [])], key=_end)
    levels: dict[int, int] = {}
    for call in every:
        before = [levels[each["n"]] for each in every if _precedes(each, call, levels)]
        levels[call["n"]] = 1 + max(before, default=0)
    first = next(call for call in bridge if call["method"] == "chat.postMessage")
    return Opened(
        first_s=_end(first),
        first_levels=levels[first["n"]],
        set_up_s=max(_end(call) for call in every),
        set_up_levels=max(levels.values()),
        calls=len(every),
    )


def acknowledgments(calls: Sequence[Wire], channels: Mapping[str, str]) -> dict[str, Wire]:
    """Return the first post in each of these shared channels, by reference."""
    found: dict[str, Wire] = {}
    for call in calls:
        reference = channels.get(str(call["args"].get("channel")), "")
        if reference and call["method"] == "chat.postMessage" and call["applied"]:
            found.setdefault(reference, call)
    return found


def _belongs(call: Wire) -> bool:
    """Say whether a call in the bridge is part of its set-up: the card is its first message."""
    return call["applied"] and (call["method"] in SET_UP or call["method"] == "chat.postMessage")


def _end(call: Wire) -> float:
    return float(call["at_s"])


def _precedes(earlier: Wire, later: Wire, levels: Mapping[int, int]) -> bool:
    begun_s = _end(later) - LATENCY_S
    return earlier["n"] in levels and _end(earlier) <= begun_s + TOUCH_S
