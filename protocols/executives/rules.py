"""Who outside the bridge is told, and what an executive presses.

Source: S15, S16; D11, D25.
"""

from __future__ import annotations

from protocols.account.events import AccountCard
from protocols.account.rules import executive_for
from protocols.executives.events import (
    AnswerQuestion,
    AskQuestion,
    BriefSeen,
    ExecutiveNotified,
    MarkSeen,
    NoExecutiveFound,
    QuestionAnswered,
    QuestionAsked,
    VendorTold,
)
from protocols.executives.state import Executive, Executives, Questions
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone, OldButton
from protocols.kernel.tables import decides
from protocols.people.people import Staff
from protocols.rights.guards import manager_name, need_on_ticket, need_reason
from protocols.rights.refusals import NotYours
from protocols.rights.roads import manager_of
from protocols.scales import Tier
from protocols.ticket import Ticket


def outside_the_bridge(account: AccountCard | None, tier: Tier, ctx: Context) -> list[Event]:
    """Return the notices to an executive and to the third party. Source: S15, S16; D40."""
    executive = executive_for(account, ctx)
    events: list[Event] = []
    if executive is None:
        events.append(NoExecutiveFound(ctx.now, ctx.by))
    else:
        events.append(ExecutiveNotified(ctx.now, ctx.by, executive))
    if account is None:
        return events
    if tier is Tier.CRITICAL and account.vendor_contact is not None:
        events.append(VendorTold(ctx.now, ctx.by, account.vendor_contact.email))
    return events


@decides(MarkSeen)
def mark_seen(ticket: Ticket, _command: MarkSeen, ctx: Context) -> tuple[Event, ...]:
    """Decide **Seen**: a fact of its own, never inferred. Source: D11."""
    executive = _told(ticket, ctx)
    if executive is None:
        raise NotYours(reference=ticket.reference, poc="", manager=manager_name(ctx))
    if executive.seen_at is not None:
        raise AlreadyDone(person=executive.who.name, done_at=executive.seen_at)
    return (BriefSeen(ctx.now, ctx.by, executive.who),)


@decides(AskQuestion)
def ask_question(ticket: Ticket, command: AskQuestion, ctx: Context) -> tuple[Event, ...]:
    """Decide **Ask a question**. Source: D11."""
    need_reason(command.text)
    executive = _told(ticket, ctx)
    if executive is None:
        need_on_ticket(ticket, ctx)
    asks = ctx.staff if executive is None else executive.who
    number = len(ticket.of(Questions).questions_asked) + 1
    due_at = ctx.now + ctx.policy.questions.answer_within
    whom = answerer(ticket, asks, ctx)
    return (QuestionAsked(ctx.now, ctx.by, asks, command.text, number, whom, due_at),)


def answerer(ticket: Ticket, asks: Staff, ctx: Context) -> Staff:
    """Return who is asked for an answer: the one contact, else the CS manager, else the opener."""
    found = (ticket.poc, manager_of(ticket, ctx), ticket.opener)
    named = [who for who in found if who is not None and not ctx.same(who.key, asks.key)]
    return named[0] if named else asks


@decides(AnswerQuestion)
def answer_question(ticket: Ticket, command: AnswerQuestion, ctx: Context) -> tuple[Event, ...]:
    """Decide the answer of somebody on the ticket; it is given once. Source: D11, D41.

    Raises:
        OldButton: There is no such question.
        AlreadyDone: It was answered; the refusal says by whom.
    """
    need_on_ticket(ticket, ctx)
    need_reason(command.text)
    asked = ticket.of(Questions).question(command.number)
    if asked is None:
        raise OldButton(reference=ticket.reference)
    if asked.answered_by is not None:
        raise AlreadyDone(reference=ticket.reference, person=asked.answered_by.name)
    return (QuestionAnswered(ctx.now, ctx.by, asked.number, command.text),)


def _told(ticket: Ticket, ctx: Context) -> Executive | None:
    """Return the actor as an executive who was told, under the key that the ticket has."""
    return next(
        (e for e in ticket.of(Executives).executives if ctx.same(e.who.key, ctx.by.key)), None
    )
