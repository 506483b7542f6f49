"""The Follow-up list: asking many accounts once more, and closing many small tickets. D7."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from handlers.kit import refusing, replies
from handlers.kit.acting import account_name, context_of, submit
from handlers.kit.doors import Doors
from handlers.kit.edge import Gesture, Press, Submission
from handlers.kit.journey import actor_of
from handlers.kit.ports import Acts, Answers, Glance
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer, Correct
from handlers.slack.queue import teams
from protocols.closure.events import AskAgain, CloseUnconfirmed
from protocols.closure.following_up import days_tried, need_closer
from protocols.closure.rules import owed
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.refusals import Refusal
from protocols.queue.pages import Wanted
from protocols.rights.guards import need_staff
from protocols.rights.rules import may_read
from protocols.ticket import Ticket
from templates.kit import render
from templates.queue.facts import PAGE_SIZE, FollowUpLine
from templates.queue.words import (
    FOLLOW_UP_ASK,
    FOLLOW_UP_CLOSE,
    VIEW_ASK_MANY,
    VIEW_CLOSE_MANY,
)

ALL_TEAMS = "all"
"""What buttons carry for every team."""


def followed(desk: Glance, team: str, ctx: Context) -> list[Ticket]:
    """Return the first tickets of the list that one may read."""
    page = desk.queue(Wanted(teams(ctx).get(team, ""), follow_up=True), limit=PAGE_SIZE)
    found = (need_ticket(desk, each.reference) for each in page.entries)
    return [each for each in found if may_read(each, ctx)]


def _line(ticket: Ticket, ctx: Context) -> FollowUpLine:
    days = days_tried(ticket, ctx.policy)
    tried = "1 day" if days == 1 else f"{days} days"
    label = f"{ticket.reference} · {account_name(ticket)} · tried on {tried}"
    return FollowUpLine(ticket.reference, label)


def _shown(desk: Answers, press: Press, view: str, chosen: Iterable[Ticket], left: int) -> Answer:
    ctx = desk.context(actor_of(desk, press))
    tickets = tuple(_line(ticket, ctx) for ticket in chosen)
    if not tickets:
        return replies.show_view(desk, press, replies.notice(render.line("follow_up_none", {})))
    facts: dict[str, object] = {
        "attempts_wanted": ctx.policy.resolution.attempts,
        "left": left,
        "team": press.reference or ALL_TEAMS,
        "tickets": tickets,
        "what": f"Follow-up, {teams(ctx).get(press.reference, 'all teams')}",
    }
    return replies.show_view(desk, press, render.view(view, facts))


def open_ask(desk: Answers, press: Press) -> Answer:
    """Open the form to ask many once more."""
    ctx = desk.context(actor_of(desk, press))
    need_staff(ctx)
    return _shown(desk, press, "ask_many", followed(desk, press.reference, ctx), 0)


def open_close(desk: Answers, press: Press) -> Answer:
    """Open the form to close many, with those that the one who presses may close."""
    ctx = desk.context(actor_of(desk, press))
    need_staff(ctx)
    found = followed(desk, press.reference, ctx)
    ready = [each for each in found if _may_close(each, context_of(desk, press, each))]
    return _shown(desk, press, "close_many", ready, len(found) - len(ready))


def _may_close(ticket: Ticket, ctx: Context) -> bool:
    try:
        need_closer(ticket, ctx)
    except Refusal:
        return False
    return not owed(ticket) and days_tried(ticket, ctx.policy) >= ctx.policy.resolution.attempts


def ask_many(desk: Acts, submission: Submission) -> Answer:
    """Have each account that was chosen asked once more."""
    return _each(desk, submission, AskAgain, "done_asked_again")


def close_many(desk: Acts, submission: Submission) -> Answer:
    """Close each ticket that was chosen, for one reason."""
    reason = submission.view.text("reason")
    if not reason.strip():
        raise Correct(reason=render.line("error_required", {}))
    return _each(desk, submission, lambda ref: CloseUnconfirmed(ref, reason), "done_closed_many")


def _each(
    desk: Acts, submission: Submission, command: Callable[[str], Command], line: str
) -> Answer:
    """Ask one thing of each, and say what came of it: a refusal of one stops no other."""
    chosen = submission.view.several("tickets")
    if not chosen:
        raise Correct(tickets=render.line("error_required", {}))
    done, refused = [], []
    for reference in chosen:
        try:
            submit(desk, submission, command(reference), part=reference)
        except Refusal as why:
            refused.append(_sentence(desk, submission, reference, why))
        else:
            done.append(reference)
    said = render.line(line, {"refs": ", ".join(done)})
    return replies.updated(replies.notice("\n".join((said, *refused))))


def _sentence(desk: Glance, gesture: Gesture, reference: str, why: Refusal) -> str:
    ticket = need_ticket(desk, reference)
    ctx = context_of(desk, gesture, ticket)
    account = account_name(ticket)
    return f"{reference}: {refusing.sentence(why, ctx, reference=reference, account=account)}"


DOORS = Doors(
    presses={
        FOLLOW_UP_ASK: open_ask,
        FOLLOW_UP_CLOSE: open_close,
    },
    submissions={
        VIEW_ASK_MANY: ask_many,
        VIEW_CLOSE_MANY: close_many,
    },
)
