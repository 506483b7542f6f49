"""The timeline: which events are worth a line, and where a page of it begins.

Source: words, 7; S150, S160.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from zoneinfo import ZoneInfo

from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.ticket import Ticket
from templates.kit.links import Links
from templates.kit.scene import Facts, Scene
from templates.kit.sentences import is_decision, sentence
from templates.kit.values import Value


@dataclass(frozen=True, slots=True)
class TimelineLine(Value):
    """One entry of the timeline: when, and a sentence."""

    at: datetime
    sentence: str


@dataclass(frozen=True, slots=True)
class TimelineDay(Value):
    """The entries of one day of the reader's zone."""

    at: datetime
    entries: tuple[TimelineLine, ...]


PAGE_LINES = 30


def entries(
    ticket: Ticket, history: Sequence[Event], ctx: Context, *, only_decisions: bool = False
) -> list[TimelineLine]:
    """Return every entry of the timeline, oldest first."""
    scene = Scene(ticket, ctx, Links(), {})
    made = []
    for event in sorted(history, key=lambda event: event.at):
        if only_decisions and not is_decision(event):
            continue
        words = sentence(scene, event)
        if words:
            made.append(TimelineLine(event.at, words))
    return made


def timeline_facts(
    ticket: Ticket,
    history: Sequence[Event],
    page: int,
    only_decisions: bool,
    ctx: Context,
    links: Links | None = None,
    zone: str = "UTC",
) -> Facts:
    """Return the facts of ``timeline``: one page, newest last.

    Args:
        ticket: The ticket as it stands.
        history: Its events, as the journal keeps them.
        page: 1 for the newest page, 2 for the one before it.
        only_decisions: Whether to leave out everything that nobody decided.
        ctx: What is known now.
        links: Addresses, for the link to the page.
        zone: In which its days and times are written: the reader's own.
    """
    scene = Scene(ticket, ctx, links or Links(), {})
    found = entries(ticket, history, ctx, only_decisions=only_decisions)
    last = max(0, len(found) - PAGE_LINES * (max(1, page) - 1))
    first = max(0, last - PAGE_LINES)
    earlier = f"decisions|{page + 1}" if only_decisions else str(page + 1)
    return {
        **scene.common(),
        "days": _days(found[first:last], ZoneInfo(zone)),
        "zone": zone,
        "first": first + 1 if last else 0,
        "last": last,
        "total": len(found),
        "only_decisions": only_decisions,
        "earlier_page": earlier if first else "",
        "page_url": scene.links.page_url(ticket.reference, "timeline"),
    }


def _days(found: Sequence[TimelineLine], zone: ZoneInfo) -> tuple[TimelineDay, ...]:
    def midnight(line: TimelineLine) -> datetime:
        return line.at.astimezone(zone).replace(hour=0, minute=0, second=0, microsecond=0)

    return tuple(TimelineDay(day, tuple(group)) for day, group in groupby(found, key=midnight))
