"""Who hears how far the tickets are that the words of a problem answer. Source: S65, D41; M10."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.roads import dm
from protocols.kernel.tables import Effects, tells
from protocols.people.people import Staff
from protocols.problems.causes import wants_cause
from protocols.problems.endings import ANSWERS, CAUSE
from protocols.problems.events import (
    AnsweredHeard,
    AnswersReported,
    CauseAsked,
    HowFar,
    ProblemAnswered,
    ProblemNotAnswered,
)
from protocols.problems.state import Problem, ProblemAnswer
from protocols.targets.people import have_it
from protocols.ticket import Ticket
from protocols.updates.state import Updates


@tells(AnswersReported)
def reported(ticket: Ticket, _event: AnswersReported, ctx: Context) -> Effects:
    """List to whoever stands for the problem which accounts have its words, and which not yet."""
    suffix = f"{ANSWERS}/{ticket.of(Problem).reports}"
    return tuple(
        dm(ticket, f"{suffix}/{who.key}", who, "problem_report") for who in _people(ticket, ctx)
    )


@tells(AnsweredHeard)
def open_again(ticket: Ticket, event: AnsweredHeard, ctx: Context) -> Effects:
    """Tell them at once that an account says it is not solved: only its own is open again."""
    if event.stage is not HowFar.OPEN_AGAIN or event.why:
        return ()
    suffix = f"still-broken/{event.other}/{event.turn}"
    params = {"other": event.other}
    return tuple(
        dm(ticket, f"{suffix}/{who.key}", who, "problem_still", params)
        for who in _people(ticket, ctx)
    )


def _people(ticket: Ticket, ctx: Context) -> tuple[Staff, ...]:
    """Return who has the ticket, and who wrote the words."""
    draft = ticket.of(Updates).draft(ticket.of(Problem).number)
    wrote = (draft.written_by,) if draft is not None else ()
    return tuple({who.key: who for who in (*have_it(ticket, ctx), *wrote)}.values())


@tells(ProblemAnswered, ProblemNotAnswered)
def here(ticket: Ticket, event: ProblemAnswered | ProblemNotAnswered, ctx: Context) -> Effects:
    """Tell who has a ticket that the words of its problem resolve it, or do not, and why.

    Where it has no cause by that they are asked for it in the same message. Source: D7, S101.
    """
    why = event.why.value if isinstance(event, ProblemNotAnswered) else ""
    about = f"{CAUSE}/here" if wants_cause(ticket) else "by-problem"
    suffix = f"{about}/{ticket.of(ProblemAnswer).turn}"
    params = {"other": event.problem, "why": why}
    return tuple(
        dm(ticket, f"{suffix}/{who.key}", who, "problem_here", params)
        for who in have_it(ticket, ctx)
    )


@tells(CauseAsked)
def cause_asked(ticket: Ticket, event: CauseAsked, ctx: Context) -> Effects:
    """Ask who has a ticket that its problem resolved what it came from. Source: D7, S101."""
    return tuple(
        dm(ticket, f"{CAUSE}/{event.turn}/{who.key}", who, "cause_ask", unasked=True)
        for who in have_it(ticket, ctx)
    )
