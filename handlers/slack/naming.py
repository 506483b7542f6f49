"""Setting the account of a ticket that was opened without one. Source: D41."""

from __future__ import annotations

from handlers.kit import grammar, replies
from handlers.kit.acting import insider, opener, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Options, Slash, Submission
from handlers.kit.ports import Acts, Glance
from handlers.kit.replies import Answer, Correct
from handlers.slack.account import found_accounts
from protocols.kernel.context import Context
from protocols.naming.events import SetAccount
from protocols.opening.events import Opening
from protocols.scales import NoticedBy
from protocols.ticket import Ticket
from protocols.words.normal_form import normal
from templates.kit import render
from templates.kit.render import Json
from templates.naming.words import ACCOUNT_SEARCH, ACCOUNT_SET, VIEW_SET_ACCOUNT


def account_form(ticket: Ticket, _ctx: Context) -> Json:
    """Return the form *Set the account*."""
    facts = {
        "contact": ticket.poc.name if ticket.poc is not None else "the contact",
        "executive": ticket.tier.has_bridge,
        "ref": ticket.reference,
        "tells_at_once": ticket.of(Opening).noticed_by is NoticedBy.ACCOUNT,
    }
    return render.view("set_account", facts)


def set_account(desk: Acts, submission: Submission) -> Answer:
    """Set it; what is owed to it begins now."""
    key = submission.view.text("account")
    if not key:
        raise Correct(account=render.line("error_required", {}))
    ticket = submit(desk, submission, SetAccount(submission.reference, key)).ticket
    return told(desk, submission, ticket, "done_account_set")


def type_account(desk: Acts, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket account REF NAME``: set it; without a name, or with a vague one, the form.

    A name is meant when one account alone is called so, or has it as its key.
    """
    found, ctx = insider(desk, slash, ticket.reference)
    wanted = normal(grammar.readable(rest)).casefold()
    meant = [
        account
        for account in ctx.directory.search_accounts(wanted)
        if wanted in (account.key.casefold(), normal(account.name).casefold())
    ]
    if len(meant) != 1:
        return replies.show_view(desk, slash, account_form(found, ctx))
    seen = submit(desk, slash, SetAccount(ticket.reference, meant[0].key))
    return told(desk, slash, seen.ticket, "done_account_set")


def _search(desk: Glance, typed: Options) -> Answer:
    """Find accounts by what is typed; people outside find nothing."""
    return {"options": found_accounts(desk, typed)}


DOORS = Doors(
    presses={
        ACCOUNT_SET: opener(account_form),
    },
    submissions={
        VIEW_SET_ACCOUNT: set_account,
    },
    options={
        ACCOUNT_SEARCH: _search,
    },
    ticket_verbs={
        "account": type_account,
    },
)
