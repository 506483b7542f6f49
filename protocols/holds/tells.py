"""What our own people are told of holds: the bridge each word, and whoever can stop payments.

Source: S48; D14, D17; M6; words.md 4.3, 4.7.
"""

from __future__ import annotations

from protocols.bridge.roads import bridge_post
from protocols.holds.events import (
    HoldAsked,
    HoldCleared,
    HoldKind,
    HoldStands,
    HoldStopped,
    StopAsked,
    StopLapsed,
    StopRotaExhausted,
)
from protocols.holds.rules import CLEARING_DUTIES
from protocols.holds.state import Hold, Holds
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.event import Event
from protocols.kernel.roads import dm, dm_edit, page
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.people.people import Staff
from protocols.rights.roads import to_manager
from protocols.ticket import Ticket

WORDS: dict[type[Event], str] = {
    HoldAsked: "asked",
    HoldStopped: "stopped",
    HoldCleared: "cleared",
}


@tells(HoldAsked, HoldStopped, HoldCleared)
def hold(ticket: Ticket, event: HoldAsked | HoldStopped | HoldCleared, ctx: Context) -> Effects:
    """Tell the bridge each of a hold's words, and whoever was asked to stop that it is settled.

    What nobody has to carry out stands as soon as it is asked for: that is one word, not two.
    """
    found, word = _hold(ticket, event.number), WORDS[type(event)]
    if word == "asked" and found.kind is not HoldKind.TRANSACTION:
        return ()
    edits = tuple(_settled(ticket, found, ctx.who(key), word) for key in found.tried)
    if word == "asked" or found.kind is not HoldKind.TRANSACTION:
        edits = ()
    if word == "cleared" and found.stopped_at is None and found.stopper is not None:
        # Who may be about to stop payments reads an edit too late.
        suffix = f"stop-over/{found.number}/{found.stopper.key}"
        edits = (*edits, dm(ticket, suffix, found.stopper, "stop_settled", {"hold": found.number}))
    if not ticket.tier.has_bridge:
        return edits
    params = {"hold": found.number, "word": word, "by": event.by.key}
    return (bridge_post(ticket, f"hold/{found.number}/{word}", "hold_line", params), *edits)


def _hold(ticket: Ticket, number: int) -> Hold:
    return next(h for h in ticket.of(Holds).holds if h.number == number)


def _suffix(found: Hold, person: str) -> str:
    return f"stop/{found.number}/{person}"


def _settled(ticket: Ticket, found: Hold, person: Staff, word: str) -> Effect:
    """Return the silent edit of a question to stop payments: nothing is to be pressed any more."""
    posted = f"{ticket.reference}/{_suffix(found, person.key)}"
    key, params, slot = f"{posted}-edit/{word}", {"hold": found.number}, f"{posted}-edit"
    return dm_edit(ticket, posted, key, person, "stop_settled", params, slot=slot)


@tells(StopAsked)
def stop_asked(ticket: Ticket, event: StopAsked, ctx: Context) -> Effects:
    """Ask whoever can stop payments at once, and wake them where there is a pager. S48, D17."""
    person = event.person
    suffix = _suffix(_hold(ticket, event.number), person.key)
    asked = dm(ticket, suffix, person, "stop_ask", {"hold": event.number})
    return (asked, page(ticket, suffix, person, "page_stop", hold=event.number))


@tells(StopLapsed)
def stop_lapsed(ticket: Ticket, event: StopLapsed, ctx: Context) -> Effects:
    """Tell the CS manager who was silent and who is asked now. Source: D14."""
    asked = _hold(ticket, event.number).stopper
    if asked is None:
        return ()
    params = {"hold": event.number, "silent": event.person.key, "asked": asked.key}
    suffix = f"stop-lapsed/{event.number}/{stamp(event.at)}"
    return to_manager(ticket, ctx, suffix, "stop_unanswered", params)


@tells(StopRotaExhausted)
def stop_rota_exhausted(ticket: Ticket, event: StopRotaExhausted, ctx: Context) -> Effects:
    """Ask the CS manager to call, with nobody further to ask. Source: D14, D17."""
    suffix = f"stop-rota-end/{event.number}/{stamp(event.at)}"
    return to_manager(ticket, ctx, suffix, "stop_rota_end", {"hold": event.number})


@tells(HoldStands)
def stands(ticket: Ticket, event: HoldStands, ctx: Context) -> Effects:
    """Ask those who may clear a hold, and tell who placed it and who has the ticket. D17, D41."""
    found = _hold(ticket, event.number)
    placer = ctx.directory.person(ctx.key_of(found.asked_by.key))
    asked = [*ctx.on_duty(*CLEARING_DUTIES[found.kind]), ticket.poc]
    asked += [Staff(found.asked_by)] if placer is not None else []
    people = {who.key: who for who in asked if who is not None}
    suffix, params = f"hold-still/{found.number}/{found.looked}", {"hold": found.number}
    return tuple(
        dm(ticket, f"{suffix}/{key}", who, "hold_still", params) for key, who in people.items()
    )
