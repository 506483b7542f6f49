"""Questions that reached the account stop the clocks, and its answer starts them. S83, S84."""

from __future__ import annotations

from datetime import datetime

from protocols.details.events import DetailsAnswered, DetailsAsked, DetailsNotNeeded, GoOn
from protocols.details.refusals import NothingAsked, TooManyQuestions
from protocols.details.state import Details, is_answer
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import bars, decides, follows
from protocols.replies.events import CustomerSaid, CustomerWrote
from protocols.replies.state import Heard
from protocols.rights.guards import need_on_ticket, need_reason
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind, DraftText, TextDelivered
from protocols.updates.state import Updates
from protocols.words.answers.meaning import Meaning, meaning_of
from protocols.words.lists import entries

MOST = 5
"""How many questions one message asks."""


@bars
def need_questions(command: Command, _ticket: Ticket | None, _ctx: Context) -> None:
    """Refuse to ask nothing, or too much.

    Raises:
        TooManyQuestions: There are none, or more than one message may ask.
    """
    if not isinstance(command, DraftText) or command.kind is not DraftKind.DETAILS:
        return
    if not 1 <= len(entries(dict(command.fields).get("questions", ""))) <= MOST:
        raise TooManyQuestions()


@decides(GoOn)
def go_on(ticket: Ticket, command: GoOn, ctx: Context) -> tuple[Event, ...]:
    """Decide that the ticket goes on without the account's answer.

    Raises:
        NothingAsked: The account owes none.
        ReasonNeeded: No reason was given.
    """
    need_on_ticket(ticket, ctx)
    asked = ticket.of(Details).asked
    if asked is None:
        raise NothingAsked(reference=ticket.reference)
    need_reason(command.reason)
    return (DetailsNotNeeded(ctx.now, ctx.by, asked.number, command.reason),)


@follows
def clocks_stop(
    _before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that the clocks wait since Slack or the mail server took our questions.

    What the account wrote before we heard that it has them answers them.
    """
    found: list[Event] = []
    for event in events:
        if not isinstance(event, TextDelivered) or not _may_wait(ticket):
            continue
        draft = ticket.of(Updates).draft(event.number)
        if draft is None or draft.kind is not DraftKind.DETAILS:
            continue
        count = len(entries(draft.field("questions")))
        found.append(DetailsAsked(ctx.now, ctx.by, draft.number, count, event.at))
        answered_at = _written_since(ticket, event.at)
        if answered_at is not None:
            found.append(DetailsAnswered(ctx.now, ctx.by, draft.number, answered_at))
    return tuple(found)


def _may_wait(ticket: Ticket) -> bool:
    return ticket.is_live and not ticket.tier.has_bridge


def _written_since(ticket: Ticket, at: datetime) -> datetime | None:
    """Return when the account first wrote more than thanks since an instant."""
    return next(
        (
            message.at
            for message in ticket.of(Heard).messages
            if message.at > at
            and not message.outside
            and meaning_of(message.text) is not Meaning.THANKS
        ),
        None,
    )


@follows
def clocks_start(
    _before: Ticket | None, events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return that the account answered: in its thread, or as one of us wrote down."""
    asked = ticket.of(Details).asked
    if asked is None:
        return ()
    answered_at = next((at for at in map(_answered_at, events) if at and at > asked.at), None)
    if answered_at is None:
        return ()
    return (DetailsAnswered(ctx.now, ctx.by, asked.number, answered_at),)


def _answered_at(event: Event) -> datetime | None:
    """Return when an event says that the account answered; thanks are no answer."""
    if isinstance(event, CustomerSaid):
        return event.at
    if not isinstance(event, CustomerWrote) or not is_answer(event):
        return None
    return event.written_at or event.at
