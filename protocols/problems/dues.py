"""When a ticket says what became of it, and when people hear of all that a problem answers.

Nothing of it is ever silent: who has not got the words is named again until they have them, or
nothing is left to do. Source: D41; M10.
"""

from __future__ import annotations

from collections.abc import Iterator

from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.event import Event
from protocols.kernel.tables import dues_at_rest_too, dues_of, falls
from protocols.policy.policy import Policy
from protocols.problems.events import AnswerSaid, AnswersGone, AnswersReported, HowFar
from protocols.problems.rules import waiting
from protocols.problems.state import Problem, ProblemAnswer
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar


@dues_at_rest_too
def says(ticket: Ticket, _policy: Policy, _calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when the problem is to hear what became of this ticket: at once, merged or not."""
    answer = ticket.of(ProblemAnswer)
    if answer.at is not None and answer.said < answer.turn:
        yield DuePoint(f"answer_said:{answer.turn}", "answer_said", answer.at)


@falls("answer_said")
def said(ticket: Ticket, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that it hears it."""
    now = ticket.of(ProblemAnswer)
    told = (now.problem, now.number, now.stage, now.why, now.turn)
    return (AnswerSaid(ctx.now, ctx.by, *told),)


@dues_of
def reports(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when people hear how far the tickets are: soon, then daily while one is not told."""
    problem = ticket.of(Problem)
    if problem.gone_at is None or problem.complete:
        return
    if problem.reported_at is None or problem.reported_at < problem.gone_at:
        at = problem.gone_at + policy.relations.report_after
    else:
        at = calendar.due(problem.reported_at, policy.relations.ask_again)
    yield DuePoint(f"answers_report:{problem.reports}", "answers_report", at)


@falls("answers_report")
def report(ticket: Ticket, _point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return that people are told; who has said nothing is asked once more."""
    problem = ticket.of(Problem)
    silent = tuple(
        each.other
        for each in problem.answered
        if each.stage is HowFar.ASKED and each.number == problem.number
    )
    told = AnswersReported(ctx.now, ctx.by, is_complete(ticket))
    if not silent or ticket.is_live or problem.released_by is None:
        return (told,)
    again = AnswersGone(ctx.now, ctx.by, problem.number, silent, problem.released_by)
    return (again, told)


def is_complete(ticket: Ticket) -> bool:
    """Say whether every ticket has the words, or nothing is left to do for it."""
    problem = ticket.of(Problem)
    linked = () if ticket.is_live else waiting(ticket)
    mine = (each for each in problem.answered if each.number == problem.number)
    return not linked and not any(each.is_not_over for each in mine)
