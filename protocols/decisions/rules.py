"""Decisions asked of an executive: asked, decided once, or settled by the clock.

That the brief was sent, that it was seen, that a decision was asked and that it was made are
separate facts; reaching the executive means asked. Source: S15, S60, S160, S173; D11.
"""

from __future__ import annotations

from protocols.decisions.events import (
    AskDecision,
    Decide,
    DecisionAsked,
    DecisionLapsed,
    DecisionMade,
    DecisionWithdrawn,
)
from protocols.decisions.refusals import (
    AlreadyDecided,
    AnswerByPast,
    AnswersUnclear,
    NoExecutive,
    QuestionIncomplete,
    TierTooLow,
    TooLateToDecide,
)
from protocols.decisions.state import Decision, Decisions, DecisionState
from protocols.executives.state import Executives
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone, NotAllowed, OldButton
from protocols.kernel.tables import decides, follows
from protocols.people.people import Role, Staff
from protocols.rights.guards import names_on_duty, need_on_ticket, need_staff, need_status
from protocols.roles.state import Roles
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.words.normal_form import normal

LEAST_ANSWERS = 2
MOST_ANSWERS = 4
LONGEST_ANSWER = 30
"""Characters of a button that Slack shows: nobody answers for words that they cannot read."""


NO_LONGER_HIGH = "its tier was lowered"
OVER = {
    Status.RESOLVED: "it is resolved",
    Status.CONFIRMED: "it is resolved",
    Status.CLOSED: "it is closed",
    Status.OPENED_IN_ERROR: "it was opened by mistake",
}
"""Why no decision is needed any more."""


def need_asker(ticket: Ticket, ctx: Context) -> Staff:
    """Return the executive whom the actor may ask, the one who was told of the ticket.

    Raises:
        NotYours: The actor is not on the ticket.
        NotAllowed: The actor is neither a CS manager nor the ticket's incident commander.
        WrongState: The ticket is not open.
        TierTooLow: The ticket is Tier 1 or 2.
        NoExecutive: No executive was told of the ticket.
    """
    need_on_ticket(ticket, ctx)
    seat = ticket.of(Roles).seat(Role.COMMANDER)
    commander = seat.holder if seat is not None else None
    commands = commander is not None and ctx.same(commander.key, ctx.by.key)
    if ctx.has_rota and not commands and not ctx.actor.holds("cs-manager"):
        first = [commander.name] if commander is not None else []
        people = ", ".join((*first, names_on_duty(ctx, "cs-manager")))
        raise NotAllowed(duties="a CS manager or the incident commander", people=people)
    need_status(ticket, Status.OPEN)
    if not ticket.tier.has_bridge:
        raise TierTooLow(reference=ticket.reference, tier=int(ticket.tier))
    if not ticket.of(Executives).executives:
        account = ticket.account.name if ticket.account is not None else ""
        raise NoExecutive(account=account)
    return ticket.of(Executives).executives[-1].who


@decides(AskDecision)
def ask(ticket: Ticket, command: AskDecision, ctx: Context) -> tuple[Event, ...]:
    """Decide that the executive is asked: the question, its answers, the time, the default.

    Raises:
        QuestionIncomplete: The question or the default is empty.
        AnswersUnclear: The answers are too few, too many, too long, or two are the same.
        AnswerByPast: The time for an answer is not in the future.
        AlreadyDone: The same question waits for an answer.
    """
    executive = need_asker(ticket, ctx)
    question, default = command.question.strip(), command.default.strip()
    if not (question and default):
        raise QuestionIncomplete()
    options = _answers(command.options)
    if command.due_at <= ctx.now:
        raise AnswerByPast()
    for other in ticket.of(Decisions).open_decisions:
        if normal(other.question).casefold() == normal(question).casefold():
            raise AlreadyDone(person=other.asked_by.name, done_at=other.asked_at)
    number = len(ticket.of(Decisions).decisions) + 1
    asked = DecisionAsked(
        ctx.now, ctx.by, number, executive, question, options, command.due_at, default
    )
    return (asked,)


def _answers(options: tuple[str, ...]) -> tuple[str, ...]:
    """Return the answers as they stand on buttons: each on one line, none the same as another.

    They are in normal form, so that no two only differ in what nobody sees.
    """
    made = tuple(" ".join(normal(option).split()) for option in options)
    named = {option.casefold() for option in made}
    fits = all(0 < len(option) <= LONGEST_ANSWER for option in made)
    if not (fits and len(named) == len(made) and LEAST_ANSWERS <= len(made) <= MOST_ANSWERS):
        raise AnswersUnclear()
    return made


@decides(Decide)
def make(ticket: Ticket, command: Decide, ctx: Context) -> tuple[Event, ...]:
    """Decide an executive's press on one of the answers: theirs alone, and once.

    From the due time on the default holds, whether or not the clock has said so yet: everybody
    was told that time.

    Raises:
        NotAllowed: The actor is not the one who was asked.
        AlreadyDecided: It is decided.
        TooLateToDecide: The time for an answer has passed.
        OldButton: There is no such decision or answer, or it was withdrawn.
    """
    need_staff(ctx)
    decision = ticket.of(Decisions).decision(command.number)
    if decision is None or not 1 <= command.option <= len(decision.options):
        raise OldButton(reference=ticket.reference)
    if not ctx.same(decision.asked_of.key, ctx.by.key):
        raise NotAllowed(duties="the one who was asked", people=decision.asked_of.name)
    _need_open(ticket, decision, ctx)
    answer = decision.options[command.option - 1]
    return (DecisionMade(ctx.now, ctx.by, decision.number, command.option, answer),)


def _need_open(ticket: Ticket, decision: Decision, ctx: Context) -> None:
    if decision.state is DecisionState.MADE:
        raise AlreadyDecided(answer=decision.answer, decided_at=decision.settled_at or ctx.now)
    if decision.state is DecisionState.WITHDRAWN:
        raise OldButton(reference=ticket.reference)
    if decision.state is DecisionState.LAPSED or ctx.now >= decision.due_at:
        raise TooLateToDecide(
            answer=decision.default, person=decision.asked_by.name, ended_at=decision.due_at
        )


def lapse(ticket: Ticket, number: int, ctx: Context) -> tuple[Event, ...]:
    """Return that the default holds, when nobody has decided by the due time. Source: D11."""
    decision = ticket.of(Decisions).decision(number)
    if decision is None or decision.state is not DecisionState.ASKED:
        return ()
    return (DecisionLapsed(ctx.now, ctx.by, number, decision.default),)


@follows
def withdrawn(
    _before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return the end of every open decision of a ticket that needs none any more.

    A ticket that is resolved, closed, opened by mistake or lowered below Tier 3 asks nothing of
    an executive; the default does not take effect either. A raise to Tier 4 changes nothing: what
    was asked stays asked.
    """
    why = OVER.get(ticket.status, "" if ticket.tier.has_bridge else NO_LONGER_HIGH)
    if not why:
        return ()
    return tuple(
        DecisionWithdrawn(ctx.now, ctx.by, decision.number, why)
        for decision in ticket.of(Decisions).open_decisions
    )
