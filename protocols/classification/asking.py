"""Who is asked which tier it is, and who next: nobody's silence makes it Tier 1. Source: D44.

With words of the signal matrix the CSM on duty is asked at once, the next on duty after five
minutes, the CS manager after ten, and whoever is there again and again from then on, at the longer
gap that the policy names. Without them a person has half an hour of desk time, then the next.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from protocols.classification.events import ClassificationAsked
from protocols.classification.state import Classification
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_of, falls, follows
from protocols.opening.events import Opening, TicketOpened
from protocols.opening.matrix_words import HeardWords, heard_words
from protocols.people.people import Staff
from protocols.policy.policy import Policy
from protocols.replies.events import CustomerWrote, WordsAltered
from protocols.replies.state import Heard
from protocols.scales import Tier
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar

_BEFORE_THE_MANAGER = 2
"""How many on duty are asked before the CS manager is."""
_FIRST_MOMENT = timedelta(seconds=1)


@follows
def asked_first(
    before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that somebody is asked: at the opening, or as soon as grave words are heard."""
    if not _is_owed(ticket):
        return ()
    heard = _heard(events, ticket)
    state = ticket.of(Classification)
    if heard is not None and not state.is_urgent:
        return (_ask(ticket, heard, ctx),)
    is_new = before is None and not state.count
    return (_ask(ticket, None, ctx),) if is_new and ctx.calendar.is_open(ctx.now) else ()


def _is_owed(ticket: Ticket) -> bool:
    return ticket.is_live and ticket.of(Classification).is_owed


def _heard(events: tuple[Event, ...], ticket: Ticket) -> HeardWords | None:
    """Return the grave words among what has just been heard, or says so since it was edited."""
    texts = [
        f"{event.opening.summary}\n{event.opening.description}"
        for event in events
        if isinstance(event, TicketOpened)
    ]
    texts += [e.text for e in events if isinstance(e, CustomerWrote) and not e.outside]
    texts += [e.text for e in events if isinstance(e, WordsAltered) and _is_theirs(e, ticket)]
    return next(filter(None, map(heard_words, texts)), None)


def _is_theirs(event: WordsAltered, ticket: Ticket) -> bool:
    message = ticket.of(Heard).message(event.message_ts)
    return message is not None and not message.outside


def _ask(ticket: Ticket, heard: HeardWords | None, ctx: Context) -> ClassificationAsked:
    state = ticket.of(Classification)
    signal, words, to = state.signal, "", next_asked(ticket, ctx)
    if heard is not None:
        # Whoever was asked before is asked anew: this is another matter.
        signal, words, to = heard.signal, heard.words, _csm(ticket, ctx)[:1] or to
    return ClassificationAsked(ctx.now, ctx.by, state.count + 1, to, signal, words)


def is_another_matter(ticket: Ticket, text: str) -> bool:
    """Say whether words beside a ticket are grave, and the ticket is routine and was not. D44."""
    if not ticket.is_classified or ticket.tier is not Tier.ROUTINE or heard_words(text) is None:
        return False
    opening = ticket.of(Opening)
    is_grave = heard_words(f"{opening.summary}\n{opening.description}") is not None
    return not (is_grave or ticket.of(Classification).is_urgent)


def next_asked(ticket: Ticket, ctx: Context) -> tuple[Staff, ...]:
    """Return who is asked next: another CSM on duty, then the CS manager, then all there are."""
    state = ticket.of(Classification)
    csm = _csm(ticket, ctx)
    others = [who for who in csm if not state.was_asked(who.key)]
    if others and state.rung < _BEFORE_THE_MANAGER:
        return (others[0],)
    managers = ctx.on_duty("cs-manager")
    above = [who for who in managers if not state.was_asked(who.key)]
    if above:
        return (above[0],)
    return tuple(dict.fromkeys((*managers, *csm))) or ctx.on_duty("escalation-manager", "support")


def _csm(ticket: Ticket, ctx: Context) -> tuple[Staff, ...]:
    """Return the CSMs on duty, the account's own before the others."""
    own = ticket.account.csm if ticket.account is not None else None
    return tuple(sorted(ctx.on_duty("csm"), key=lambda who: who.key != own))


@dues_of
def next_is_asked(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when the next is asked, for as long as nobody has said the tier."""
    if _is_owed(ticket):
        state = ticket.of(Classification)
        at = asked_again_at(ticket, policy, calendar)
        yield DuePoint(f"classify:{state.count}", "classify_unanswered", at)


def asked_again_at(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> datetime:
    """Return when the next is asked: what nobody was asked yet is asked when the desk opens."""
    state = ticket.of(Classification)
    asked_at = state.asked_at
    if asked_at is None:
        return calendar.add(ticket.opened_at, _FIRST_MOMENT)
    if state.is_urgent:
        rule, all_asked = policy.classify, state.rung > _BEFORE_THE_MANAGER
        return asked_at + (rule.urgent_again if all_asked else rule.urgent_next)
    return calendar.due(asked_at, policy.classify.routine_next)


@falls("classify_unanswered")
def unanswered(ticket: Ticket, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that the next is asked."""
    return (_ask(ticket, None, ctx),) if _is_owed(ticket) else ()
