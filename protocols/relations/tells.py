"""Who hears that a ticket goes on on another, or that it does not any more. S65, D8, D41."""

from __future__ import annotations

from collections.abc import Mapping

from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.relations.events import (
    HEAR,
    SOLVE,
    MergedOwedLate,
    MergeHeard,
    MergeUndone,
    Owed,
    SplitHeard,
    TicketMerged,
)
from protocols.targets.people import have_it
from protocols.ticket import Ticket


@tells(TicketMerged, MergeUndone)
def here(ticket: Ticket, event: TicketMerged | MergeUndone, ctx: Context) -> Effects:
    """Tell who has the ticket that it goes on on another, or by itself again."""
    is_merged = isinstance(event, TicketMerged)
    other = event.into if isinstance(event, TicketMerged) else event.out_of
    params = {"by": event.by.key, "other": other, "is_merged": "yes" if is_merged else ""}
    return _to_others(ticket, ctx, f"merged/{stamp(ctx.now)}", "merged_away", params)


@tells(MergeHeard)
def there(ticket: Ticket, event: MergeHeard, ctx: Context) -> Effects:
    """Tell who has the ticket that stands what it has to keep now."""
    params = {"by": event.by.key, "other": event.other, "is_merged": "yes", **_by_what(event.owed)}
    return _to_others(ticket, ctx, f"merged-here/{stamp(ctx.now)}", "merged_here", params)


@tells(SplitHeard)
def no_more(ticket: Ticket, event: SplitHeard, ctx: Context) -> Effects:
    """Tell who has the ticket that another one goes on by itself again."""
    params = {"by": event.by.key, "other": event.other, "is_merged": "", **_by_what(())}
    return _to_others(ticket, ctx, f"split-here/{stamp(ctx.now)}", "merged_here", params)


def _by_what(owed: tuple[Owed, ...]) -> dict[str, object]:
    by_what = {one.what: one.by_at.isoformat() for one in owed}
    return {what: by_what.get(what, "") for what in (HEAR, SOLVE)}


def _to_others(
    ticket: Ticket, ctx: Context, suffix: str, template: str, params: Mapping[str, object]
) -> Effects:
    """Return a message to who has the ticket, but to the one who has just done it."""
    people = (who for who in have_it(ticket, ctx) if not ctx.is_actor(who.key))
    return tuple(dm(ticket, f"{suffix}/{who.key}", who, template, params) for who in people)


@tells(MergedOwedLate)
def late(ticket: Ticket, event: MergedOwedLate, ctx: Context) -> Effects:
    """Tell who has the ticket, and the escalation manager, what is late of another one."""
    params = {"other": event.other, "what": event.what, "by_at": event.by_at.isoformat()}
    suffix = f"merged-late/{event.other}/{event.what}/{stamp(ctx.now)}"
    return tuple(
        dm(ticket, f"{suffix}/{who.key}", who, "merged_late", params) for who in event.told
    )
