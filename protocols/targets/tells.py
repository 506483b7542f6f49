"""Who hears that a clock nears its breach or has passed it: once a change, each once. D8."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from protocols.escalation.roads import leads, read_of_it
from protocols.escalation.state import Escalation
from protocols.intake.state import HeardReport
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect, Surface
from protocols.kernel.event import Event
from protocols.kernel.roads import dm, dm_edit
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells, tells_last
from protocols.people.people import Staff
from protocols.replies.events import HELD, CustomerWrote, WordsCollected
from protocols.replies.in_a_row import AT_ONCE
from protocols.replies.reading import needs_a_person
from protocols.replies.tells import collected_params
from protocols.rights.roads import manager_of
from protocols.targets.blocking import WORDS
from protocols.targets.clocks import BREACH
from protocols.targets.events import (
    Acknowledged,
    BlockedNamed,
    BlockedUnanswered,
    BusinessBlocked,
    LeftOpen,
    TargetBreached,
    TargetNeared,
)
from protocols.targets.people import have_it
from protocols.ticket import Ticket
from protocols.tiers.state import Tiers

Spoken = TargetNeared | TargetBreached | LeftOpen
_GRAVEST = (TargetBreached, LeftOpen, TargetNeared)


@tells_last
def clocks_told(
    _before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context, _version: int
) -> Effects:
    """Tell each person once what the clocks of this change say, the gravest of it.

    Whom it escalates to reads it there.
    """
    asked = read_of_it(events, ticket)
    spoken = [event for event in events if isinstance(event, Spoken)]
    told: dict[Staff, Spoken] = {}
    for kind in _GRAVEST:
        for event in spoken:
            if isinstance(event, kind):
                for who in event.told:
                    if who.key not in asked:
                        told.setdefault(who, event)
    return tuple(_told(ticket, event, who, ctx) for who, event in told.items())


def _told(ticket: Ticket, event: Spoken, who: Staff, ctx: Context) -> Effect:
    suffix = f"clock/{who.key}/{stamp(ctx.now)}"
    unasked = not ticket.tier.has_bridge
    if isinstance(event, LeftOpen):
        return dm(ticket, f"{suffix}/open", who, "left_open", unasked=unasked)
    params = {"measure": event.measure, "breach_at": event.breach_at.isoformat()}
    if isinstance(event, TargetBreached):
        key = f"{suffix}/{event.measure}/{BREACH}"
        return dm(ticket, key, who, "target_breached", params, unasked=unasked)
    return dm(
        ticket,
        f"{suffix}/{event.measure}/{event.mark}",
        who,
        "target_near",
        params,
        surface=Surface.DROP_IF_STALE,
        stale_at=event.breach_at,
        unasked=unasked,
    )


@tells(Acknowledged)
def acknowledged(ticket: Ticket, event: Acknowledged, ctx: Context) -> Effects:
    """Take **Acknowledge** off the opener's message: somebody has it."""
    changes = ticket.of(Tiers).tier_changes
    if (changes[0].before if changes else ticket.tier).has_bridge or ticket.opener is None:
        return ()
    posted = f"{ticket.reference}/opened"
    key, slot = f"{posted}-acknowledged", f"{posted}-edit"
    return (dm_edit(ticket, posted, key, ticket.opener, "opened", slot=slot),)


@tells(BusinessBlocked)
def blocked(ticket: Ticket, event: BusinessBlocked, ctx: Context) -> Effects:
    """Tell who has the ticket, and the CS manager, that it blocks the account's business. D45.

    A manager whom the same press asks to lead it reads it there.
    """
    raised, manager = ticket.of(Escalation).now, manager_of(ticket, ctx)
    is_asked = raised is not None and raised.since_at == event.at and manager in raised.asked
    people = (*have_it(ticket, ctx), None if is_asked else manager)
    return _each(ticket, f"blocked/{stamp(event.at)}", people, "business_blocked")


@tells(BlockedNamed)
def blocked_named(ticket: Ticket, event: BlockedNamed, ctx: Context) -> Effects:
    """Tell who has the ticket what it blocks; who leads it hears it as a reason more. D45."""
    hear = ctx.all_keys(who.key for who in leads(ticket))
    people = (who for who in have_it(ticket, ctx) if who.key not in hear)
    return _each(ticket, f"blocked-what/{stamp(event.at)}", people, "blocked_named")


@tells(BlockedUnanswered)
def blocked_unanswered(ticket: Ticket, event: BlockedUnanswered, ctx: Context) -> Effects:
    """Tell the owner and the escalation manager that nobody has answered. Source: D45."""
    return _each(ticket, f"blocked-late/{stamp(event.at)}", event.told, "blocked_unanswered")


def _each(ticket: Ticket, suffix: str, people: Iterable[Staff | None], template: str) -> Effects:
    each = dict.fromkeys(who for who in people if who is not None)
    return tuple(dm(ticket, f"{suffix}/{who.key}", who, template) for who in each)


@tells(CustomerWrote)
def heard(ticket: Ticket, event: CustomerWrote, ctx: Context) -> Effects:
    """Give the account's words to who has a ticket without a bridge; with one it hears them. D19.

    What needs a person's reading goes to them as a question already, and so does what someone
    who does not stand for the account wrote.
    """
    is_asked = event.outside or needs_a_person(ticket, event)
    if ticket.tier.has_bridge or is_asked or event.text == WORDS or event.told == HELD:
        return ()
    params = {
        "author": event.author,
        "words": event.text,
        "link": event.link,
        "wrote_at": _wrote_at(ticket, event).isoformat(),
    }
    key, waits = f"heard/{event.channel_id}/{event.message_ts}", event.understood not in AT_ONCE
    return tuple(
        dm(ticket, f"{key}/{who.key}", who, "account_wrote", params, unasked=waits)
        for who in have_it(ticket, ctx)
    )


def _wrote_at(ticket: Ticket, event: CustomerWrote) -> datetime:
    """Return when it was written: a report may have been asked about, or read late, before."""
    report = ticket.of(HeardReport)
    is_it = report.message_ts == event.message_ts
    return event.written_at or (report.wrote_at if is_it else None) or event.at


@tells(WordsCollected)
def heard_in_a_row(ticket: Ticket, event: WordsCollected, ctx: Context) -> Effects:
    """Give what the account wrote in a row to who has a ticket without a bridge. Source: D8."""
    if ticket.tier.has_bridge:
        return ()
    key, params = f"heard-more/{stamp(event.at)}", collected_params(event)
    return tuple(
        dm(ticket, f"{key}/{who.key}", who, "words_collected", params, unasked=True)
        for who in have_it(ticket, ctx)
    )
