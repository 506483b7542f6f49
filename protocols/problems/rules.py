"""The released resolution of a problem goes to every ticket that it was written for.

It is posted to each, which decides by itself, and says what became of it. Words to more than one
account always have a second person: whoever released them, or presses for those linked since.
Source: S23, S67; D22, D45; M10.
"""

from __future__ import annotations

from protocols.closure.events import Resolve
from protocols.closure.state import Closure
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.posting import Post
from protocols.kernel.tables import Events, bars, decides, follows, posts
from protocols.people.people import Staff
from protocols.problems.events import (
    AnsweredHeard,
    AnswerRest,
    AnswersGone,
    AnswersPlanned,
    HearAnswered,
    HowFar,
    ProblemText,
    TakeAnswer,
)
from protocols.problems.refusals import NothingToAnswer
from protocols.problems.state import Answered, Problem
from protocols.relations.state import Relations
from protocols.rights.guards import need_on_ticket
from protocols.rights.rules import may_release
from protocols.ticket import Ticket
from protocols.updates import hands
from protocols.updates.checking import names_any_account, refuse_findings
from protocols.updates.events import DraftKind, DraftText, TextDrafted, TextEdited, TextReleased
from protocols.updates.refusals import SecondPersonNeeded
from protocols.updates.released import RELEASED
from protocols.updates.state import Draft, Updates


@bars
def names_no_account(command: Command, ticket: Ticket | None, ctx: Context) -> None:
    """Refuse words for many accounts that name one of them, its own too. Source: D43, D45.

    Raises:
        WordsRefused: They do.
    """
    if ticket is None or not ticket.of(Relations).has_problem:
        return
    found = names_any_account(_words(command), ctx)
    if found:
        refuse_findings(found)


def _words(command: Command) -> tuple[tuple[str, str], ...]:
    if isinstance(command, Resolve):
        return (("done", command.done), ("check", command.check))
    is_end = isinstance(command, DraftText) and command.kind is DraftKind.RESOLUTION
    return command.fields if is_end and isinstance(command, DraftText) else ()


@follows
def planned(
    _before: Ticket | None, events: Events, ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return for which tickets words are that were just written: those linked as of now."""
    problem, to = ticket.of(Problem), ticket.of(Relations).with_problem
    for event in events:
        if not isinstance(event, TextDrafted | TextEdited):
            continue
        draft = ticket.of(Updates).draft(event.number)
        if draft is None or draft.kind is not DraftKind.RESOLUTION:
            continue
        if (to or problem.planned) and (problem.number, problem.planned) != (draft.number, to):
            return (AnswersPlanned(ctx.now, ctx.by, draft.number, to),)
    return ()


@follows
def gone(_before: Ticket | None, events: Events, ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return to which tickets words go that were just released by a second person."""
    problem = ticket.of(Problem)
    is_released = any(
        isinstance(event, TextReleased) and event.number == problem.number and not event.alone
        for event in events
    )
    to = tuple(other for other in waiting(ticket) if other in problem.planned)
    return (AnswersGone(ctx.now, ctx.by, problem.number, to, Staff(ctx.by)),) if (
        is_released and to
    ) else ()  # fmt: skip


def waiting(ticket: Ticket) -> tuple[str, ...]:
    """Return the linked tickets that the words have not gone to, or did not answer."""
    problem = ticket.of(Problem)
    return tuple(
        other for other in ticket.of(Relations).with_problem if may_be_asked(problem.of(other))
    )


def may_be_asked(answered: Answered | None) -> bool:
    """Say whether words may go to a ticket: they never did, or something stood against it."""
    if answered is None:
        return True
    return answered.stage is HowFar.NOT_ANSWERED and answered.is_not_over


def words_of(ticket: Ticket) -> Draft | None:
    """Return the released words that answer others, None while there are none."""
    draft = ticket.of(Updates).draft(ticket.of(Problem).number) or _newest(ticket)
    return draft if draft is not None and draft.state in RELEASED else None


def _newest(ticket: Ticket) -> Draft | None:
    """Return the newest words of a resolution: they were written before anything was linked."""
    drafts = (d for d in reversed(ticket.of(Updates).drafts) if d.kind is DraftKind.RESOLUTION)
    return next(drafts, None)


@decides(AnswerRest)
def answer_rest(ticket: Ticket, _command: AnswerRest, ctx: Context) -> tuple[Event, ...]:
    """Decide that released words go to who was not answered, and to who was linked since.

    Raises:
        NothingToAnswer: No words are released, the ticket is open again, or nobody waits.
        SecondPersonNeeded: Tickets were linked since, and the actor has a hand in the words.
    """
    need_on_ticket(ticket, ctx)
    draft, to = words_of(ticket), waiting(ticket)
    if draft is None or ticket.is_live or not to:
        raise NothingToAnswer(reference=ticket.reference)
    released = ticket.of(Problem).released_by
    if may_release(ticket, draft.kind, ctx, besides=hands.barred(ticket, draft, ctx)):
        released = Staff(ctx.by)
    else:
        planned_for = ticket.of(Problem).planned
        to = tuple(other for other in to if other in planned_for)
    if released is None or not to:
        asked = ", ".join(ctx.who(key).name for key in hands.asked_about(ticket, draft, ctx)[:4])
        raise SecondPersonNeeded(people=asked, role="")
    return (AnswersGone(ctx.now, ctx.by, draft.number, to, released),)


@posts(AnswersGone)
def to_each(ticket: Ticket, event: AnswersGone, _ctx: Context) -> tuple[Post, ...]:
    """Post the words to each ticket."""
    draft = ticket.of(Updates).draft(event.number)
    if draft is None:
        return ()
    resolution = ticket.of(Closure).resolution
    cause = resolution.cause if resolution is not None else ""
    text = ProblemText(draft.number, draft.fields, draft.written_by, event.released_by, cause)
    return tuple(Post(TakeAnswer(other, ticket.reference, text)) for other in event.to)


@decides(HearAnswered)
def hear(ticket: Ticket, command: HearAnswered, ctx: Context) -> tuple[Event, ...]:
    """Decide that a ticket says how far it is; what it said before is passed over."""
    problem = ticket.of(Problem)
    before = next((each for each in problem.answered if each.other == command.other), None)
    if before is None or command.turn <= before.turn or command.number < before.number:
        return ()
    said = (command.other, command.number, command.stage, command.why, command.turn)
    return (AnsweredHeard(ctx.now, ctx.by, *said),)
