"""This file owns the tier's change, and the accounts of a Tier 4. Source: S19-S24; D12."""

from __future__ import annotations

from handlers import replies
from handlers.acting import insider, opener, submit, told
from handlers.desk import Desk
from handlers.edge import Slash, Submission
from handlers.replies import Answer, Correct
from protocols import commands as cmd
from protocols.context import Context
from protocols.directory import Directory
from protocols.refusals import OldButton
from protocols.scales import Tier
from protocols.ticket import Ticket
from templates import actions, render
from templates.render import Json

_TIERS = {str(int(tier)): tier for tier in Tier}


def tier_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Change the tier*."""
    return render.view("change_tier", {"ref": ticket.reference, "tier": int(ticket.tier)})


def change_tier(desk: Desk, submission: Submission) -> Answer:
    """Raise the tier, or lower it where that is allowed."""
    chosen = submission.view.text("tier")
    if chosen not in _TIERS:
        raise OldButton(reference=submission.reference)
    command = cmd.ChangeTier(submission.reference, _TIERS[chosen], submission.view.text("reason"))
    return _changed(desk, submission, command)


def _changed(desk: Desk, gesture: Submission | Slash, command: cmd.ChangeTier) -> Answer:
    ticket = submit(desk, gesture, command).ticket
    return told(desk, gesture, ticket, "done_tier", tier=int(ticket.tier))


def type_tier(desk: Desk, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``tier N REASON``; without a tier or a reason the form opens."""
    chosen, _, reason = rest.strip().partition(" ")
    if chosen in _TIERS and reason.strip():
        command = cmd.ChangeTier(ticket.reference, _TIERS[chosen], reason.strip())
        return _changed(desk, slash, command)
    found, ctx = insider(desk, slash, ticket.reference)
    return replies.show_view(desk, slash, tier_form(found, ctx))


def impacted_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Impacted accounts*."""
    facts = {
        "accounts": "\n".join(ticket.impacted),
        "impacted_count": len(ticket.impacted),
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
    return told(desk, submission, ticket, "done_accounts", number=len(ticket.impacted))


def _keys(words: str, directory: Directory) -> tuple[str, ...]:
    names = {account.name.casefold(): account.key for account in directory.accounts}
    found: list[str] = []
    for line in filter(None, (line.strip() for line in words.splitlines())):
        known = directory.account(line) or directory.account(names.get(line.casefold(), ""))
        if known is None:
            raise Correct(accounts=render.line("error_unknown_account", {"found": line}))
        found.append(known.key)
    return tuple(dict.fromkeys(found))


PRESSES = {
    actions.TIER_OPEN: opener(tier_form),
    actions.OUTREACH_ACCOUNTS: opener(impacted_form),
}
SUBMISSIONS = {
    actions.VIEW_CHANGE_TIER: change_tier,
    actions.VIEW_IMPACTED: name_impacted,
}
TICKET_VERBS = {"tier": type_tier}
BRIDGE_VERBS = {"tier": type_tier}
