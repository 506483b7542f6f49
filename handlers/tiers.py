"""This file owns the tier's change, and the accounts of a Tier 4. Source: S19-S24; D12."""

from __future__ import annotations

from handlers import grammar, replies
from handlers.acting import context_of, insider, number, opener, submit, told
from handlers.desk import Desk
from handlers.edge import Press, Slash, Submission
from handlers.refusing import need_ticket
from handlers.replies import Answer, Correct
from protocols import commands as cmd
from protocols.context import Context
from protocols.directory import Directory
from protocols.masking import masked_and_cut
from protocols.normal_form import normal
from protocols.refusals import OldButton
from protocols.scales import Impact, Tier
from protocols.slices import Outreach, Tiers
from protocols.ticket import Ticket
from protocols.ticket_parts import Opening
from templates import actions, render
from templates.render import Json

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


def change_tier(desk: Desk, submission: Submission) -> Answer:
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
    command = cmd.ChangeTier(submission.reference, tier, view.text("reason"), impacts)
    return _changed(desk, submission, command)


def _need_criteria(tier: Tier, ticked: tuple[str, ...], ticket: Ticket) -> None:
    """A raise to Tier 4 says what it is for: a security matter takes another road. S18, D6."""
    if tier is Tier.SYSTEMIC and not ticked:
        raise Correct(impacts=render.line("error_tier_without_criterion", {}))
    if tier is not Tier.SYSTEMIC and ticked and ticket.tier is not Tier.SYSTEMIC:
        raise Correct(impacts=render.line("error_criterion_without_tier", {}))


def _changed(desk: Desk, gesture: Submission | Slash, command: cmd.ChangeTier) -> Answer:
    ticket = submit(desk, gesture, command).ticket
    asked = ticket.of(Tiers).waiting_lowering
    if asked is None or asked.after is not command.tier:
        return told(desk, gesture, ticket, "done_tier", tier=int(ticket.tier))
    due_at = asked.asked_at + context_of(desk, gesture, ticket).policy.lowering.answer_within
    names = ", ".join(who.name for who in asked.asked)
    facts = {"people": names, "at": due_at, "tier": int(ticket.tier)}
    return told(desk, gesture, ticket, "done_lowering_asked", **facts)


def agree(desk: Desk, press: Press) -> Answer:
    """Agree to a lower tier, as Legal or Security. Source: D12."""
    return _answered(desk, press, agree=True)


def keep(desk: Desk, press: Press) -> Answer:
    """Keep the tier as it is, as Legal or Security. Source: D12."""
    return _answered(desk, press, agree=False)


def _answered(desk: Desk, press: Press, *, agree: bool) -> Answer:
    reference = press.reference
    asked = number(press.part(1), reference)
    ticket = submit(desk, press, cmd.AnswerLowering(reference, asked, agree)).ticket
    lowering = ticket.of(Tiers).lowering(asked)
    asker = lowering.asked_by.name if lowering is not None else ""
    line = "done_tier" if agree else "done_lowering_kept"
    return told(desk, press, ticket, line, tier=int(ticket.tier), person=asker)


def type_tier(desk: Desk, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``tier N REASON``; without a tier or a reason the form opens.

    Tier 4 always opens the form, with what was typed in it: a typed line has no box for what the
    raise is for, and what once stood in a shared channel cannot be taken back. Source: D6, S18.
    """
    typed, _, reason = rest.strip().partition(" ")
    chosen = _TIERS.get(typed)
    if chosen is not None and chosen is not Tier.SYSTEMIC and reason.strip():
        command = cmd.ChangeTier(ticket.reference, chosen, reason.strip())
        return _changed(desk, slash, command)
    found, _ctx = insider(desk, slash, ticket.reference)
    readable = masked_and_cut(grammar.readable(reason), _REASON_MAX)
    return replies.show_view(desk, slash, _form(found, chosen, readable))


def impacted_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Impacted accounts*."""
    facts = {
        "accounts": "\n".join(ticket.of(Outreach).impacted),
        "impacted_count": len(ticket.of(Outreach).impacted),
        "ref": ticket.reference,
    }
    return render.view("impacted", facts)


def name_impacted(desk: Desk, submission: Submission) -> Answer:
    """Add accounts to the list, by key or by name.

    Raises:
        Correct: The directory does not have one of them; nothing is saved then.
    """
    _ticket, ctx = insider(desk, submission, submission.reference)
    keys = _keys(submission.view.text("accounts"), ctx.directory)
    command = cmd.AddImpacted(submission.reference, keys)
    ticket = submit(desk, submission, command).ticket
    return told(desk, submission, ticket, "done_accounts", number=len(ticket.of(Outreach).impacted))


def _keys(words: str, directory: Directory) -> tuple[str, ...]:
    names = {normal(account.name).casefold(): account.key for account in directory.accounts}
    found: list[str] = []
    for line in filter(None, normal(words).split("\n")):
        known = directory.account(line) or directory.account(names.get(line.casefold(), ""))
        if known is None:
            raise Correct(accounts=render.line("error_unknown_account", {"found": line}))
        found.append(known.key)
    return tuple(dict.fromkeys(found))


PRESSES = {
    actions.TIER_OPEN: opener(tier_form),
    actions.TIER_AGREE: agree,
    actions.TIER_KEEP: keep,
    actions.OUTREACH_ACCOUNTS: opener(impacted_form),
}
SUBMISSIONS = {
    actions.VIEW_CHANGE_TIER: change_tier,
    actions.VIEW_IMPACTED: name_impacted,
}
TICKET_VERBS = {"tier": type_tier}
BRIDGE_VERBS = {"tier": type_tier}
