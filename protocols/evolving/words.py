"""What events of texts, promises, tiers and executives change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from protocols import events as ev
from protocols.evolving.registry import on
from protocols.people import Role
from protocols.scales import Tier
from protocols.ticket import (
    Draft,
    DraftState,
    Executive,
    FixedText,
    Promise,
    Question,
    Ticket,
    TierChange,
)


@on(ev.TextDrafted)
def _drafted(ticket: Ticket, event: ev.TextDrafted) -> Ticket:
    draft = Draft(
        number=event.number,
        kind=event.kind,
        fields=event.fields,
        text_hash=event.text_hash,
        written_by=event.by,
        edited_by=event.by,
        review_since=event.at,
        next_at=event.next_at,
        asked_reason=event.asked_reason,
        corrects=event.corrects,
    )
    return replace(ticket, drafts=(*ticket.drafts, draft))


def _drafts(ticket: Ticket, number: int, **changes: Any) -> Ticket:
    drafts = tuple(replace(d, **changes) if d.number == number else d for d in ticket.drafts)
    return replace(ticket, drafts=drafts)


@on(ev.TextEdited)
def _edited(ticket: Ticket, event: ev.TextEdited) -> Ticket:
    return _drafts(
        ticket,
        event.number,
        fields=event.fields,
        text_hash=event.text_hash,
        edited_by=event.by,
        review_since=event.at,
        next_at=event.next_at,
        asked_reason=event.asked_reason,
        state=DraftState.REVIEW,
        suggested_by=None,
        suggested=(),
        sent_back_why="",
        hands=event.hands,
        proposers=(),
        sent_back_by=None,
    )


@on(ev.WordsSuggested)
def _suggested(ticket: Ticket, event: ev.WordsSuggested) -> Ticket:
    return _drafts(
        ticket,
        event.number,
        suggested_by=event.by,
        suggested=event.fields,
        proposers=event.proposers,
    )


@on(ev.TextSentBack)
def _sent_back(ticket: Ticket, event: ev.TextSentBack) -> Ticket:
    return _drafts(
        ticket,
        event.number,
        state=DraftState.SENT_BACK,
        sent_back_why=event.why,
        sent_back_by=event.reviewer,
    )


@on(ev.TextReleased)
def _released(ticket: Ticket, event: ev.TextReleased) -> Ticket:
    return _drafts(
        ticket,
        event.number,
        state=DraftState.RELEASED,
        released_by=event.by,
        released_at=event.at,
        update_number=event.update_number,
    )


@on(ev.PageAsked)
def _page_asked(ticket: Ticket, event: ev.PageAsked) -> Ticket:
    return _drafts(ticket, event.number, poster=event.person)


@on(ev.TextDelivered)
def _delivered(ticket: Ticket, event: ev.TextDelivered) -> Ticket:
    return _drafts(
        replace(ticket, thread_ts=event.thread_ts or ticket.thread_ts),
        event.number,
        state=DraftState.DELIVERED,
        delivered_at=event.at,
        link=event.link,
    )


@on(ev.FixedTextSent)
def _fixed_sent(ticket: Ticket, event: ev.FixedTextSent) -> Ticket:
    text = FixedText(event.name, event.by, event.at, event.key)
    return replace(ticket, fixed_texts=(*ticket.fixed_texts, text))


@on(ev.FixedTextTaken)
def _fixed_taken(ticket: Ticket, event: ev.FixedTextTaken) -> Ticket:
    texts = tuple(
        replace(text, taken_at=event.at, link=event.link) if text.key == event.key else text
        for text in ticket.fixed_texts
    )
    return replace(ticket, fixed_texts=texts, thread_ts=event.thread_ts or ticket.thread_ts)


@on(ev.PromiseMade)
def _promise_made(ticket: Ticket, event: ev.PromiseMade) -> Ticket:
    promise = Promise(event.number, event.promised_at, event.at)
    return replace(ticket, promises=(*ticket.promises, promise))


def _promises(ticket: Ticket, number: int, **changes: Any) -> Ticket:
    promises = tuple(replace(p, **changes) if p.number == number else p for p in ticket.promises)
    return replace(ticket, promises=promises)


@on(ev.PromiseKept)
def _promise_kept(ticket: Ticket, event: ev.PromiseKept) -> Ticket:
    return _promises(ticket, event.number, kept_at=event.at)


@on(ev.PromiseLapsed)
def _promise_lapsed(ticket: Ticket, event: ev.PromiseLapsed) -> Ticket:
    return _promises(ticket, event.number, lapsed=True)


@on(ev.TierChanged)
def _tier_changed(ticket: Ticket, event: ev.TierChanged) -> Ticket:
    change = TierChange(event.before, event.after, event.by, event.at, event.reason)
    kept = ticket.seats
    if event.after < Tier.SYSTEMIC:
        kept = tuple(seat for seat in ticket.seats if seat.role is not Role.COMMANDER)
    return replace(
        ticket, tier=event.after, tier_changes=(*ticket.tier_changes, change), seats=kept
    )


@on(ev.ImpactsFound)
def _impacts_found(ticket: Ticket, event: ev.ImpactsFound) -> Ticket:
    return replace(ticket, impacts_found=ticket.impacts_found | event.impacts)


@on(ev.RouteChanged)
def _route_changed(ticket: Ticket, event: ev.RouteChanged) -> Ticket:
    """The thread that was begun stays known: what the account writes there is still heard."""
    thread_channel = ticket.route.channel_id or ticket.thread_channel
    return replace(
        ticket, route=event.route, thread_channel=thread_channel, route_changed_at=event.at
    )


@on(ev.ImpactedNamed)
def _impacted(ticket: Ticket, event: ev.ImpactedNamed) -> Ticket:
    new = tuple(key for key in event.accounts if key not in ticket.impacted)
    return replace(ticket, impacted=ticket.impacted + new)


@on(ev.NoteAdded)
def _note_added(ticket: Ticket, event: ev.NoteAdded) -> Ticket:
    return replace(ticket, notes_count=ticket.notes_count + 1)


@on(ev.ExecutiveNotified)
def _executive_notified(ticket: Ticket, event: ev.ExecutiveNotified) -> Ticket:
    told = Executive(event.person, event.at)
    return replace(ticket, executives=(*ticket.executives, told))


def _executives(ticket: Ticket, person: str, **changes: Any) -> Ticket:
    executives = tuple(
        replace(e, **changes) if e.who.key == person else e for e in ticket.executives
    )
    return replace(ticket, executives=executives)


@on(ev.ExecutiveReached)
def _executive_reached(ticket: Ticket, event: ev.ExecutiveReached) -> Ticket:
    return _executives(ticket, event.person.key, taken_at=event.at)


@on(ev.BriefSeen)
def _brief_seen(ticket: Ticket, event: ev.BriefSeen) -> Ticket:
    return _executives(ticket, event.person.key, seen_at=event.at)


@on(ev.QuestionAsked)
def _question(ticket: Ticket, event: ev.QuestionAsked) -> Ticket:
    question = Question(event.text, event.person, event.at)
    executives = tuple(
        replace(e, questions=(*e.questions, question)) if e.who.key == event.person.key else e
        for e in ticket.executives
    )
    return replace(ticket, executives=executives)
