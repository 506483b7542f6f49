"""The tier's change. Source: S19-S24; D12."""

from __future__ import annotations

from handlers.kit import grammar, replies
from handlers.kit.acting import context_of, insider, number, opener, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash, Submission
from handlers.kit.ports import Acts
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer, Correct
from protocols.kernel.context import Context
from protocols.kernel.refusals import OldButton
from protocols.opening.events import Opening
from protocols.scales import Impact, Tier
from protocols.ticket import Ticket
from protocols.tiers.events import AnswerLowering, ChangeTier
from protocols.tiers.state import Tiers
from protocols.words.masking import masked_and_cut
from templates.kit import render
from templates.kit.render import Json
from templates.tiers.words import TIER_AGREE, TIER_KEEP, TIER_OPEN, VIEW_CHANGE_TIER

_REASON_MAX = 300
"""How many characters the field *Reason* holds; the template says so."""
_TIERS = {str(int(tier)): tier for tier in Tier}


def tier_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Change the tier*."""
    return _form(ticket)


def _form(ticket: Ticket, chosen: Tier | None = None, reason: str = "") -> Json:
    found = ticket.of(Opening).impacts | ticket.of(Tiers).impacts_found
    facts = {
        "chosen": int(chosen) if chosen is not None else 0,
        "impacts": tuple(i.value for i in found if ticket.tier is i.tier is Tier.SYSTEMIC),
        "reason": reason,
        "ref": ticket.reference,
        "tier": int(ticket.tier),
    }
    return render.view("change_tier", facts)


def change_tier(desk: Acts, submission: Submission) -> Answer:
    """Raise the tier, or lower it where that is allowed.

    Raises:
        Correct: Tier 4 is chosen without its criterion, or a criterion of it with another tier.
    """
    view = submission.view
    chosen, ticked = view.text("tier"), view.several("impacts")
    if chosen not in _TIERS:
        raise OldButton(reference=submission.reference)
    tier = _TIERS[chosen]
    if "impacts" in view.blocks:
        _need_criteria(tier, ticked, need_ticket(desk, submission.reference))
    impacts = frozenset(Impact(each) for each in ticked)
    command = ChangeTier(submission.reference, tier, view.text("reason"), impacts)
    return _changed(desk, submission, command)


def _need_criteria(tier: Tier, ticked: tuple[str, ...], ticket: Ticket) -> None:
    """A raise to Tier 4 says what it is for: a security matter takes another road. S18, D6."""
    if tier is Tier.SYSTEMIC and not ticked:
        raise Correct(impacts=render.line("error_tier_without_criterion", {}))
    if tier is not Tier.SYSTEMIC and ticked and ticket.tier is not Tier.SYSTEMIC:
        raise Correct(impacts=render.line("error_criterion_without_tier", {}))


def _changed(desk: Acts, gesture: Submission | Slash, command: ChangeTier) -> Answer:
    ticket = submit(desk, gesture, command).ticket
    asked = ticket.of(Tiers).waiting_lowering
    if asked is None or asked.after is not command.tier:
        return told(desk, gesture, ticket, "done_tier", tier=int(ticket.tier))
    due_at = asked.asked_at + context_of(desk, gesture, ticket).policy.lowering.answer_within
    names = ", ".join(who.name for who in asked.asked)
    facts = {"people": names, "at": due_at, "tier": int(ticket.tier)}
    return told(desk, gesture, ticket, "done_lowering_asked", **facts)


def agree(desk: Acts, press: Press) -> Answer:
    """Agree to a lower tier, as Legal or Security. Source: D12."""
    return _answered(desk, press, agree=True)


def keep(desk: Acts, press: Press) -> Answer:
    """Keep the tier as it is, as Legal or Security. Source: D12."""
    return _answered(desk, press, agree=False)


def _answered(desk: Acts, press: Press, *, agree: bool) -> Answer:
    reference = press.reference
    asked = number(press.part(1), reference)
    ticket = submit(desk, press, AnswerLowering(reference, asked, agree)).ticket
    lowering = ticket.of(Tiers).lowering(asked)
    asker = lowering.asked_by.name if lowering is not None else ""
    line = "done_tier" if agree else "done_lowering_kept"
    return told(desk, press, ticket, line, tier=int(ticket.tier), person=asker)


def type_tier(desk: Acts, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``tier N REASON``; without a tier or a reason the form opens.

    Tier 4 always opens the form, with what was typed in it: a typed line has no box for what the
    raise is for, and what once stood in a shared channel cannot be taken back. Source: D6, S18.
    """
    typed, _, reason = rest.strip().partition(" ")
    chosen = _TIERS.get(typed)
    if chosen is not None and chosen is not Tier.SYSTEMIC and reason.strip():
        command = ChangeTier(ticket.reference, chosen, reason.strip())
        return _changed(desk, slash, command)
    found, _ctx = insider(desk, slash, ticket.reference)
    readable = masked_and_cut(grammar.readable(reason), _REASON_MAX)
    return replies.show_view(desk, slash, _form(found, chosen, readable))


DOORS = Doors(
    presses={
        TIER_AGREE: agree,
        TIER_KEEP: keep,
        TIER_OPEN: opener(tier_form),
    },
    submissions={
        VIEW_CHANGE_TIER: change_tier,
    },
    ticket_verbs={
        "tier": type_tier,
    },
    bridge_verbs={
        "tier": type_tier,
    },
)
