"""Resolved, confirmed, closed, or open again.

Source: S53, S98-S101; D7, D18, D30; words.md 2 and 3.5.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from protocols.closure.answering import ENDED, answered, may_confirm
from protocols.closure.causes import cause_of
from protocols.closure.events import (
    AnswerSolved,
    ClosedUnconfirmed,
    CloseUnconfirmed,
    RecordAnswer,
    Reopen,
    Resolve,
    TicketClosed,
    TicketResolved,
)
from protocols.closure.refusals import AttemptsNeeded, OurOwnPress, StillOwed
from protocols.closure.reopening import opened_again
from protocols.closure.specific import general_fields, need_specific
from protocols.closure.state import Closure
from protocols.closure.telling import words_of
from protocols.holds.events import HoldKind
from protocols.holds.state import Holds
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import ReasonNeeded, WrongState
from protocols.kernel.tables import bars, decides, follows
from protocols.ladder.events import Step, StepKind, StepsAdded, StepSettled, StepState
from protocols.ladder.rules import waive_rest
from protocols.ladder.state import Ladder
from protocols.people.people import Who
from protocols.promises.rules import default_next, keep_promise
from protocols.relations.state import Relations
from protocols.replies.state import Calls
from protocols.rights.guards import (
    need_duty,
    need_on_ticket,
    need_reason,
    need_status,
)
from protocols.rights.refusals import NotMetYet
from protocols.rights.rules import speaks_for
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind, DraftState, DraftText
from protocols.updates.rules import draft_text

ENDING = "resolved first"
UNSAID = "no time given"
"""When they said it, where one of ours wrote down no time: it is no less by phone."""
OWED_WORDS = {
    "rca": "the written analysis",
    "hold.transaction": "the hold on transactions is not cleared",
    "hold.disclosure": "the hold on the cause is not cleared",
    "answers": "the words for the accounts with the same problem are not released",
}
"""What stands between a ticket and its closure, in words."""


@decides(Resolve)
def resolve(ticket: Ticket, command: Resolve, ctx: Context) -> tuple[Event, ...]:
    """Decide that the ticket is resolved: the words for the account go into review.

    Steps of the investigation that are still owed are waived, with who resolved; the first
    update stays owed until the account has been told. With no account nobody is told, and
    nothing waits. Source: S53, S98.

    Raises:
        WordsRefused: A check stopped the words for the account.
        CouldStandAnywhere: They have nothing of the ticket's own, and nobody says why.
        NoSuchCause: The cause is none of its category.
    """
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.OPEN)
    need_reason(command.done)
    fields = (("done", command.done), ("check", command.check))
    words = DraftText(ticket.reference, DraftKind.RESOLUTION, fields, None, command.asked_reason)
    drafted = _put_in_review(ticket, words, ctx)
    need_specific(fields, command.asked_reason, ticket)
    events = resolved_now(ticket, ctx.by, ctx)
    return (*(_with_words(each, ticket, command, ctx) for each in events), *drafted)


def _with_words(event: Event, ticket: Ticket, command: Resolve, ctx: Context) -> Event:
    """Return a resolution with its cause, and with its words where no account reads them."""
    if not isinstance(event, TicketResolved):
        return event
    fields = (("done", command.done), ("check", command.check))
    said_right = command.asked_reason.strip() if general_fields(fields, ticket) else ""
    # What an account reads stands in the text that is released to it.
    done, check = ("", "") if has_readers(ticket) else (command.done, command.check)
    cause = cause_of(ticket, command.cause, ctx.policy)
    return replace(event, cause=cause, said_right=said_right, done=done, check=check)


@bars
def words_anew_are_specific(command: Command, ticket: Ticket | None, ctx: Context) -> None:
    """Ask about the words of a resolution that are written anew, too. Source: S98.

    Raises:
        CouldStandAnywhere: They have nothing of the ticket's own, and nobody says why.
    """
    if isinstance(command, DraftText) and command.kind is DraftKind.RESOLUTION and ticket:
        need_specific(command.fields, command.asked_reason, ticket)


def resolved_now(ticket: Ticket, by: Who, ctx: Context) -> tuple[Event, ...]:
    """Return that a ticket is resolved, whose steps that are still owed are waived. Source: S53."""
    rca_due_at, added = _analysis(ticket, ctx)
    kept = (StepKind.FIRST_UPDATE, StepKind.ACKNOWLEDGE, StepKind.RCA)
    waived = (
        StepSettled(ctx.now, by, step.kind, step.run, StepState.WAIVED, ENDING)
        for step in ticket.of(Ladder).steps
        if step.state is StepState.OWED and step.kind not in kept
    )
    return (TicketResolved(ctx.now, by, rca_due_at), *waived, *added)


def _analysis(ticket: Ticket, ctx: Context) -> tuple[datetime | None, tuple[Event, ...]]:
    """Return when the written analysis is due, and the step of one that is owed from now.

    One that is owed already keeps its date, whatever became of the tier. Source: S53, D33.
    """
    before = ticket.of(Closure).resolution
    if before is not None and before.owes_analysis:
        return before.rca_due_at, ()
    if not ticket.tier.has_bridge:
        return None, ()
    due_at = ctx.calendar.due(ctx.now, ctx.policy.rca.due)
    owed = Step(StepKind.RCA, ticket.of(Ladder).ladder_run, ctx.now, due_at)
    return due_at, (StepsAdded(ctx.now, ctx.by, (owed,)),)


def _put_in_review(ticket: Ticket, words: DraftText, ctx: Context) -> tuple[Event, ...]:
    """Return the draft of the words for accounts, written as of the resolution."""
    if not has_readers(ticket):
        return ()
    resolved = ticket.having(replace(ticket.head, status=Status.RESOLVED))
    return draft_text(resolved, words, ctx)


def has_readers(ticket: Ticket) -> bool:
    """Say whether any account reads how a ticket ends: its own, or others with its problem."""
    return ticket.account is not None or ticket.of(Relations).has_problem


@decides(AnswerSolved)
def answer(ticket: Ticket, command: AnswerSolved, ctx: Context) -> tuple[Event, ...]:
    """Decide what someone at the account pressed. Source: S99, D7.

    Raises:
        NotMetYet: Slack has not said yet who pressed.
        OurOwnPress: The one who pressed is one of us, or of another account.
        WrongState: Nobody was ever asked.
    """
    if not ctx.actor.is_met:
        raise NotMetYet()
    if not speaks_for(ticket, ctx):
        raise OurOwnPress(account=ticket.account.name if ticket.account else "the account")
    return answered(ticket, command.solved, ctx.by.name, "", command.words, ctx)


@decides(RecordAnswer)
def record_answer(ticket: Ticket, command: RecordAnswer, ctx: Context) -> tuple[Event, ...]:
    """Decide the account's answer by phone: who, when, their words. Source: D7.

    Raises:
        WrongState: It is said already, or was never asked; further words are kept as such.
    """
    need_on_ticket(ticket, ctx)
    if not (command.speaker.strip() and command.words.strip()):
        raise ReasonNeeded()
    if not (may_confirm(ticket) if command.solved else ticket.status in ENDED):
        raise WrongState(reference=ticket.reference, status=ticket.status.value)
    said_at = command.said_at.strip() or UNSAID
    return answered(ticket, command.solved, command.speaker, said_at, command.words, ctx)


@follows
def closed_when_nothing_owed(
    _before: Ticket | None, _events: tuple[Event, ...], ticket: Ticket, ctx: Context
) -> tuple[Event, ...]:
    """Return the closure of a confirmed ticket that owes nothing. Source: S101, M11.

    Where no account is named there is nobody who could confirm: a resolved one closes, too.
    """
    nobody_to_ask = ticket.status is Status.RESOLVED and ticket.account is None
    if owed(ticket) or not (ticket.status is Status.CONFIRMED or nobody_to_ask):
        return ()
    return (TicketClosed(ctx.now, ctx.by),)


def owed(ticket: Ticket) -> tuple[str, ...]:
    """Return what stands between a ticket and its closure, as machine-readable reasons."""
    reasons = []
    resolution = ticket.of(Closure).resolution
    if resolution is not None and resolution.owes_analysis:
        reasons.append("rca")
    kinds = (HoldKind.TRANSACTION, HoldKind.DISCLOSURE)
    reasons += [f"hold.{kind.value}" for kind in kinds if ticket.of(Holds).holds_in_force(kind)]
    if ticket.account is None and _waits_for_release(ticket):
        reasons.append("answers")
    return tuple(reasons)


def _waits_for_release(ticket: Ticket) -> bool:
    """Say whether words are not released yet that answer other accounts than its own."""
    words = words_of(ticket)
    unread = (DraftState.REVIEW, DraftState.SENT_BACK)
    return words is not None and words.state in unread and has_readers(ticket)


@decides(Reopen)
def reopen(ticket: Ticket, command: Reopen, ctx: Context) -> tuple[Event, ...]:
    """Decide that one of us opens a resolved ticket again. Source: S100."""
    need_on_ticket(ticket, ctx)
    need_status(ticket, Status.RESOLVED, Status.CONFIRMED, Status.CLOSED)
    need_reason(command.reason)
    back_at = default_next(ticket, ctx)
    return opened_again(ticket, command.reason, back_at, ctx)


@decides(CloseUnconfirmed)
def close_unconfirmed(ticket: Ticket, command: CloseUnconfirmed, ctx: Context) -> tuple[Event, ...]:
    """Decide the closure of a ticket that its account never confirmed. Source: D7.

    Raises:
        NotAllowed: The actor is no CS manager.
        WrongState: The ticket was never re-opened by silence, or is not open.
        AttemptsNeeded: Fewer attempts are on record, or all on one day.
        StillOwed: Something else is owed.
    """
    need_on_ticket(ticket, ctx)
    need_duty(ctx, "cs-manager")
    need_reason(command.reason)
    need_status(ticket, Status.OPEN)
    if not ticket.of(Closure).reopened:
        raise WrongState(reference=ticket.reference, status=ticket.status.value)
    zone = ZoneInfo(ctx.policy.calendar.zone)
    days = {called_at.astimezone(zone).date() for called_at in ticket.of(Calls).calls}
    wanted = ctx.policy.resolution.attempts
    if len(ticket.of(Calls).calls) < wanted or len(days) < wanted:
        raise AttemptsNeeded(
            reference=ticket.reference, attempts_wanted=wanted, attempts_found=len(days)
        )
    if owed(ticket):
        raise StillOwed(owed=", ".join(OWED_WORDS[reason] for reason in owed(ticket)))
    return (
        *waive_rest(ticket, "never confirmed", ctx),
        *keep_promise(ticket, ctx),
        ClosedUnconfirmed(ctx.now, ctx.by, command.reason, ticket.of(Calls).calls),
    )
