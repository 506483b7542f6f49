"""What events of decisions change."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from protocols import events as ev
from protocols.evolving.registry import on
from protocols.ticket import Decision, DecisionState, Ticket


@on(ev.DecisionAsked)
def _asked(ticket: Ticket, event: ev.DecisionAsked) -> Ticket:
    asked = Decision(
        number=event.number,
        asked_of=event.person,
        asked_by=event.by,
        asked_at=event.at,
        question=event.question,
        options=event.options,
        due_at=event.due_at,
        default=event.default,
    )
    return replace(ticket, decisions=(*ticket.decisions, asked))


def _settled(ticket: Ticket, number: int, **changes: Any) -> Ticket:
    decisions = tuple(replace(d, **changes) if d.number == number else d for d in ticket.decisions)
    return replace(ticket, decisions=decisions)


@on(ev.DecisionMade)
def _made(ticket: Ticket, event: ev.DecisionMade) -> Ticket:
    return _settled(
        ticket,
        event.number,
        state=DecisionState.MADE,
        answer=event.answer,
        settled_at=event.at,
    )


@on(ev.DecisionLapsed)
def _lapsed(ticket: Ticket, event: ev.DecisionLapsed) -> Ticket:
    return _settled(
        ticket,
        event.number,
        state=DecisionState.LAPSED,
        answer=event.default,
        settled_at=event.at,
    )


@on(ev.DecisionWithdrawn)
def _withdrawn(ticket: Ticket, event: ev.DecisionWithdrawn) -> Ticket:
    return _settled(
        ticket,
        event.number,
        state=DecisionState.WITHDRAWN,
        settled_at=event.at,
        why=event.why,
    )
