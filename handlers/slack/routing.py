"""Another team, category, severity or tier, in one form. Source: S69, S82, S92; M26."""

from __future__ import annotations

from collections.abc import Collection
from enum import Enum
from typing import TypeVar

from handlers.kit import replies
from handlers.kit.acting import context_of, part, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash, Submission
from handlers.kit.ports import Acts, Answers, Desk
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer, Correct
from protocols.classification.events import Classify
from protocols.flags.events import ClearFlag, Flag, SetFlag
from protocols.flags.state import Flags
from protocols.kernel.context import Context
from protocols.kernel.refusals import OldButton
from protocols.routing.events import ChangeTicket
from protocols.routing.rules import need_sorter
from protocols.routing.teams import team_of
from protocols.scales import Category, Severity, Tier
from protocols.ticket import Ticket
from protocols.tiers.events import ChangeTier
from templates.kit import render
from templates.kit.render import Json
from templates.routing.facts import change_facts
from templates.routing.words import TICKET_CHANGE, VIEW_CHANGE_TICKET

E = TypeVar("E", bound=Enum)


def change_form(ticket: Ticket, ctx: Context) -> Json:
    """Return the form *Change the ticket*."""
    return render.view("change_ticket", change_facts(ticket, ctx))


def _open(desk: Answers, gesture: Press | Slash, reference: str) -> Answer:
    ticket = need_ticket(desk, reference)
    ctx = context_of(desk, gesture, ticket)
    need_sorter(ticket, ctx)
    return replies.show_view(desk, gesture, change_form(ticket, ctx))


def open_change(desk: Answers, press: Press) -> Answer:
    """Open the form."""
    return _open(desk, press, press.reference)


def type_change(desk: Desk, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/ticket change REF``."""
    return _open(desk, slash, ticket.reference)


def change(desk: Acts, submission: Submission) -> Answer:
    """Change what differs from what the form showed: first the tier, whose rules may say no.

    What a colleague changed meanwhile, and the form left alone, stays as they said.

    Raises:
        Correct: Another tier is chosen without a reason, or Tier 4, which has a form of its own.
    """
    ticket = need_ticket(desk, submission.reference)
    wanted, raised = _wanted(ticket, submission), _raised(ticket, submission)
    flags = _flags(ticket, submission)
    if raised is not None:
        ticket = submit(desk, submission, raised, part="tier").ticket
    for command in flags:
        part = f"flag-{command.flag.value}"
        ticket = submit(desk, submission, command, part=part).ticket
    if (raised is None and not flags) or wanted != ChangeTicket(ticket.reference):
        ticket = submit(desk, submission, wanted, part="ticket").ticket
    policy = context_of(desk, submission, ticket).policy
    facts = {
        "team": team_of(ticket, policy),
        "category": policy.title_of(ticket.category),
        "severity": ticket.severity.label,
        "tier": int(ticket.tier) if ticket.is_classified else 0,
    }
    return told(desk, submission, ticket, "done_changed", **facts)


def _shown(submission: Submission, index: int, now: str) -> str:
    """Return what the form showed; one of before said the team alone, and shows what is now."""
    return part(submission, index) or now


def _wanted(ticket: Ticket, submission: Submission) -> ChangeTicket:
    """Return what was chosen; what was left as the form showed it was not."""
    view = submission.view
    team, category = view.text("team"), view.text("category")
    severity = _member(Severity, view.text("severity"), ticket.reference)
    return ChangeTicket(
        ticket.reference,
        team if team != part(submission, 1) else None,
        Category(category) if category != _shown(submission, 2, str(ticket.category)) else None,
        severity if severity.value != _shown(submission, 3, ticket.severity.value) else None,
    )


def _raised(ticket: Ticket, submission: Submission) -> ChangeTier | Classify | None:
    tier, reason = submission.view.text("tier"), submission.view.text("reason")
    now = str(int(ticket.tier)) if ticket.is_classified else "0"
    if tier in (now, _shown(submission, 4, now)):
        return None
    if tier == str(int(Tier.SYSTEMIC)):
        raise Correct(tier=render.line("error_tier_four_elsewhere", {}))
    if tier not in map(str, map(int, Tier)):
        raise OldButton(reference=ticket.reference)
    if tier == str(int(Tier.ROUTINE)) and not ticket.is_classified:
        return Classify(ticket.reference, Tier.ROUTINE)
    if not reason.strip():
        raise Correct(reason=render.line("error_tier_needs_reason", {}))
    return ChangeTier(ticket.reference, Tier(int(tier)), reason)


def _flags(ticket: Ticket, submission: Submission) -> tuple[SetFlag | ClearFlag, ...]:
    """Return what the matter is now said to be beside its category, or not to be after all.

    Raises:
        Correct: No reason was given.
    """
    view = submission.view
    if "flags" not in view.blocks:
        return ()
    ticked, reason = view.several("flags"), view.text("reason")
    was = _flags_shown(ticket, submission)
    changed = [flag for flag in Flag if (flag.value in ticked) != (flag.value in was)]
    if changed and not reason.strip():
        raise Correct(reason=render.line("error_flag_needs_reason", {}))
    return tuple(
        (ClearFlag if flag.value in was else SetFlag)(ticket.reference, flag, reason)
        for flag in changed
    )


def _flags_shown(ticket: Ticket, submission: Submission) -> Collection[str]:
    if part(submission, 4):
        return part(submission, 5).split()
    return {one.flag.value for one in ticket.of(Flags).flagged}


def _member(scale: type[E], value: str, reference: str) -> E:
    found = next((one for one in scale if one.value == value), None)
    if found is None:
        raise OldButton(reference=reference)
    return found


DOORS = Doors(
    presses={
        TICKET_CHANGE: open_change,
    },
    submissions={
        VIEW_CHANGE_TICKET: change,
    },
    ticket_verbs={
        "change": type_change,
    },
)
