"""Whether the account was told of a resolution, and what stands in between.

Resolved, told and asked are three facts. Source: S98, S99; D41.
"""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from protocols.account.events import RouteKind
from protocols.account.outbound import is_dead
from protocols.account.state import Road
from protocols.closure.state import Closure
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind, DraftState
from protocols.updates.state import Draft, Updates


class Telling(StrEnum):
    """Where the words of a resolution stand."""

    NOBODY = "nobody"
    IN_REVIEW = "in_review"
    BACK = "back"
    LEAVING = "leaving"
    BY_PHONE = "by_phone"
    TOLD = "told"


def words_of(ticket: Ticket) -> Draft | None:
    """Return the newest words of the resolution that stands, None when there are none."""
    resolution = ticket.of(Closure).resolution
    kind = DraftKind.RESOLUTION
    drafts = [d for d in ticket.of(Updates).drafts if d.kind is kind]
    alive = [d for d in drafts if d.state is not DraftState.OVER]
    return alive[-1] if alive and resolution is not None else None


def what_was_done(ticket: Ticket) -> tuple[str, str]:
    """Return what was done and how to check it, as it is documented; empty before. Source: S101."""
    resolution, draft = ticket.of(Closure).resolution, words_of(ticket)
    if draft is not None:
        said = dict(draft.fields)
        return said.get("done", ""), said.get("check", "")
    return ("", "") if resolution is None else (resolution.done, resolution.check)


def telling(ticket: Ticket) -> Telling:
    """Return where the words of the resolution stand."""
    resolution, draft = ticket.of(Closure).resolution, words_of(ticket)
    if ticket.account is None or resolution is None:
        return Telling.NOBODY
    if resolution.told_at is not None:
        return Telling.TOLD
    if draft is None or draft.state is DraftState.SENT_BACK:
        return Telling.BACK
    if draft.state is DraftState.REVIEW:
        return Telling.IN_REVIEW
    by_phone = ticket.of(Road).route.kind is RouteKind.NONE or is_dead(ticket, draft)
    return Telling.BY_PHONE if by_phone else Telling.LEAVING


def untold_since(ticket: Ticket) -> datetime | None:
    """Return since when the account waits for a person to tell it; None while none has to."""
    resolution, draft = ticket.of(Closure).resolution, words_of(ticket)
    if ticket.status is not Status.RESOLVED or resolution is None:
        return None
    if telling(ticket) not in (Telling.BACK, Telling.BY_PHONE):
        return None
    released_at = draft.released_at if draft is not None else None
    # Words that were taken back on their road are in review since then.
    waits_at = draft.review_since if draft is not None else None
    instants = (resolution.at, resolution.words_back_at, released_at, waits_at)
    return max(at for at in instants if at is not None)
