"""What events of words that did not leave change. Source: D24; T14."""

from __future__ import annotations

from dataclasses import replace

from protocols import events as ev
from protocols.evolving.registry import on
from protocols.ticket import Draft, DraftKind, DraftState, Promise, Ticket, Withdrawal

OVER = (Withdrawal.CLOSED, Withdrawal.MOVED_ON, Withdrawal.NOTHING_THERE)
"""Reasons that end the words: nobody is asked to release them again."""


def _drafts(ticket: Ticket, changed: Draft) -> Ticket:
    drafts = tuple(changed if d.number == changed.number else d for d in ticket.drafts)
    return replace(ticket, drafts=drafts)


@on(ev.TextRecalled)
def _recalled(ticket: Ticket, event: ev.TextRecalled) -> Ticket:
    draft = ticket.draft(event.number)
    if draft is None:
        return ticket
    return _drafts(ticket, replace(draft, recalled_at=event.at, recalled_by=event.by))


@on(ev.TextWithdrawn)
def _withdrawn(ticket: Ticket, event: ev.TextWithdrawn) -> Ticket:
    draft = ticket.draft(event.number)
    if draft is None:
        return _fixed_withdrawn(ticket, event)
    over = event.why in OVER and draft.kind is not DraftKind.UPDATE
    back = replace(
        draft,
        state=DraftState.SENT_BACK if over else DraftState.REVIEW,
        review_since=event.at,
        released_by=None,
        released_at=None,
        update_number=None,
        poster=None,
        recalled_at=None,
        recalled_by=None,
        withdrawn=draft.withdrawn + 1,
        withdrawn_why=event.why.value,
    )
    return _drafts(ticket, back)


def _fixed_withdrawn(ticket: Ticket, event: ev.TextWithdrawn) -> Ticket:
    text = next((text for text in ticket.fixed_texts if text.key == event.key), None)
    if text is None:
        return ticket
    texts = tuple(
        replace(one, withdrawn_at=event.at) if one.key == event.key else one
        for one in ticket.fixed_texts
    )
    promises = ticket.promises
    if text.name == "no_change":
        promises = tuple(_as_before(promise, text.sent_at == promise.made_at,
                                    text.sent_at == promise.kept_at)
                         for promise in promises)  # fmt: skip
    return replace(ticket, fixed_texts=texts, promises=promises)


def _as_before(promise: Promise, made: bool, kept: bool) -> Promise:
    """What *no change* promised was never heard, so the promise before it binds again."""
    if made:
        return replace(promise, lapsed=True)
    return replace(promise, kept_at=None) if kept else promise


@on(ev.RoadLost)
def _road_lost(ticket: Ticket, event: ev.RoadLost) -> Ticket:
    thread_channel = ticket.route.channel_id or ticket.thread_channel
    return replace(
        ticket, route=event.route, thread_channel=thread_channel, route_changed_at=event.at
    )


@on(ev.TextRerouted)
def _rerouted(ticket: Ticket, event: ev.TextRerouted) -> Ticket:
    return replace(ticket, rerouted=(*ticket.rerouted, event.key))


@on(ev.DeliveryBuried)
def _buried(ticket: Ticket, event: ev.DeliveryBuried) -> Ticket:
    unreached = ticket.unreached
    if event.person:
        unreached = (*unreached, (event.key, event.person))
    return replace(ticket, dead=(*ticket.dead, event.key), unreached=unreached)


@on(ev.DeliveryRevived)
def _revived(ticket: Ticket, event: ev.DeliveryRevived) -> Ticket:
    told = ticket.dead[: ticket.dead_when_called]
    return replace(
        ticket,
        dead=tuple(key for key in ticket.dead if key != event.key),
        dead_when_called=len([key for key in told if key != event.key]),
        unreached=tuple(pair for pair in ticket.unreached if pair[0] != event.key),
    )
