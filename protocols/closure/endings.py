"""What became of the question whether it is solved, and of one opened again. Source: D7, S99."""

from __future__ import annotations

from dataclasses import replace

from protocols.account.roads import is_partner
from protocols.closure.events import TicketReopened
from protocols.closure.state import Closure
from protocols.kernel.context import Context
from protocols.kernel.endings import AT_WORK, Became, Key, over
from protocols.kernel.tables import Events, ends
from protocols.replies.events import AccountCalled
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.tiers.state import Tiers
from protocols.updates.events import DraftKind
from protocols.updates.state import Updates


@ends("text")
def resolution(ticket: Ticket, key: Key, events: Events, ctx: Context) -> Became | None:
    """Return what the account answered to the words of a resolution, which stay as they are."""
    draft = ticket.of(Updates).draft(key.number())
    if draft is None or draft.kind is not DraftKind.RESOLUTION:
        return None
    return asked(ticket, key, events, ctx)


@ends("reminder")
def asked(ticket: Ticket, key: Key, events: Events, ctx: Context) -> Became | None:
    """Return what the account answered, or that the question is not asked any more."""
    if "call" in key:
        return called(events) or over(ticket.status, "words", alive=(Status.RESOLVED,))
    if ticket.status is Status.RESOLVED:
        return None
    resolution = ticket.of(Closure).resolution
    solved_at = resolution.confirmed_at if resolution is not None else None
    again = next((event for event in events if isinstance(event, TicketReopened)), None)
    if ticket.status is not Status.OPEN:
        word = "solved" if solved_at is not None else "closed"
        return _answered(ticket, word, solved_at)
    return _answered(ticket, "open_again", again.at if again is not None else None)


@ends("ask-again")
def asked_again(ticket: Ticket, key: Key, events: Events, ctx: Context) -> Became | None:
    """Return what the account answered once it was asked again, or that it is not asked any more.

    It is asked while the ticket is open, until it is thought solved anew. Source: D7.
    """
    if ticket.status is Status.OPEN:
        return None if ticket.of(Closure).awaits_answer else _answered(ticket, "open_again", None)
    if ticket.is_live:
        return _answered(ticket, "open_again", None)
    return asked(ticket, key, events, ctx)


def _answered(ticket: Ticket, word: str, at: object) -> Became:
    """Return what the account said; each turn of the closure is said anew where it stands. D41."""
    params, turn = {"answer": word, "answered_at": at}, str(ticket.of(Closure).reopened or "")
    turn = f"open-{turn}" if word == "open_again" else turn
    return Became(word, template="solved_answered", params=params, keeps=True, turn=turn)


@ends("ack")
def acknowledged(ticket: Ticket, key: Key, events: Events, ctx: Context) -> Became | None:
    """Return that it is closed, where the receipt has *It blocks my business*, and *Follow*.

    Both go with the end, and both come back when it is open again.
    """
    changes = ticket.of(Tiers).tier_changes
    had_bridge = (changes[0].before if changes else ticket.tier).has_bridge
    if had_bridge and not is_partner(ticket):
        return None
    ending = blocks_no_more(ticket, key, events, ctx)
    if ending is None or not ending.params.get("can_block"):
        return ending
    return replace(ending, params={**ending.params, "can_follow": True})


@ends("acknowledged")
def blocks_no_more(ticket: Ticket, key: Key, events: Events, ctx: Context) -> Became | None:
    """Return that a ticket is closed: it blocks nobody's business; open again, it may. D41."""
    if ticket.status is Status.CLOSED:
        return _unasked(asked(ticket, key, events, ctx))
    closure = ticket.of(Closure)
    confirmed = closure.resolution is not None and closure.resolution.confirmed_at is not None
    if not (confirmed or closure.closed_at) or ticket.status is not Status.OPEN:
        return None
    again = next((event.at for event in events if isinstance(event, TicketReopened)), None)
    ending = replace(_answered(ticket, "open_again", again), bare=True)
    return replace(ending, params={**ending.params, "can_block": True})


def _unasked(ending: Became | None) -> Became | None:
    """Return an ending of which a message says nothing that did not ask: its buttons go. S99."""
    return replace(ending, bare=ending.keeps) if ending is not None else None


@ends("confirmed")
def rated(ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return how the account rated it, or that it is open again and not to be rated. M18."""
    resolution = ticket.of(Closure).resolution
    if ticket.is_live:
        again = next((event for event in events if isinstance(event, TicketReopened)), None)
        return _answered(ticket, "open_again", again.at if again is not None else None)
    is_this = key[:1] == (str(ticket.of(Closure).reopened),)
    if resolution is None or not resolution.stars or not is_this:
        return None
    params = {"stars": resolution.stars}
    return Became("rated", template="rated", params=params, keeps=True)


def called(events: Events) -> Became | None:
    """Return who has called the account just now."""
    found = next((event for event in events if isinstance(event, AccountCalled)), None)
    return Became("called", "words", by=found.by, at=found.at) if found is not None else None


@ends("in-error")
def in_error(_ticket: Ticket, key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return who called an account that had to hear that a ticket was opened by mistake."""
    return called(events) if "call" in key else None


@ends("untold")
def untold(ticket: Ticket, _key: Key, events: Events, _ctx: Context) -> Became | None:
    """Return that the account has been told that it is resolved, or is not to be any more."""
    resolution = ticket.of(Closure).resolution
    if resolution is not None and resolution.told_at is not None:
        return Became("done", "words", at=resolution.told_at)
    return called(events) or over(ticket.status, "words", alive=(Status.RESOLVED,))


@ends("reopened")
def opened_again(ticket: Ticket, key: Key, events: Events, ctx: Context) -> Became | None:
    """Return that a ticket which was open again has ended, for those who were told so."""
    return over(ticket.status, "ticket", alive=AT_WORK) if len(key) > 1 else None
