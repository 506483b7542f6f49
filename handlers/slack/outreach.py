"""The accounts of a Tier 4, and the words for all of them.

Source: S19-S24, S46-S52.
"""

from __future__ import annotations

from handlers.kit import replies
from handlers.kit.acting import context_of, insider, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Options, Press, Submission
from handlers.kit.journey import actor_of
from handlers.kit.ports import Acts, Answers, Glance
from handlers.kit.refusing import need_ticket
from handlers.kit.replies import Answer, Correct
from handlers.slack.account import found_accounts
from handlers.slack.updates import drafting
from handlers.slack.updates.drafts import open_draft
from handlers.slack.withdrawals import recall
from protocols.kernel.context import Context
from protocols.outreach.events import AddImpacted, CallImpacted
from protocols.outreach.state import Outreach
from protocols.people.directory import Directory
from protocols.relations.state import Relations
from protocols.rights.rules import may_read
from protocols.ticket import Ticket
from protocols.words.normal_form import normal
from templates.kit import render
from templates.kit.render import Json
from templates.notices.words import NO_FURTHER, NOTICE_CALLED
from templates.outreach.words import (
    OUTREACH_ACCOUNTS,
    OUTREACH_DRAFT,
    OUTREACH_RECALL,
    OUTREACH_SEARCH,
    VIEW_IMPACTED,
)


def impacted_form(ticket: Ticket, ctx: Context, proposed: tuple[str, ...] = ()) -> Json:
    """Return the form *Impacted accounts*, with names that may be added."""
    listed = ticket.of(Outreach).impacted
    known = (ctx.directory.account(key) for key in listed)
    facts = {
        "names": ", ".join(account.name for account in known if account is not None),
        "impacted_count": len(listed),
        "ref": ticket.reference,
        "proposed": "\n".join(proposed),
    }
    return render.view("impacted", facts)


def open_accounts(desk: Answers, press: Press) -> Answer:
    """Open *Impacted accounts*; of a problem, with the accounts of the tickets that have it."""
    ticket, ctx = insider(desk, press, press.reference)
    return replies.show_view(desk, press, impacted_form(ticket, ctx, with_problem(desk, press)))


def with_problem(desk: Answers, press: Press) -> tuple[str, ...]:
    """Return the accounts that have the same problem, and are not listed, to who may read them."""
    problem = need_ticket(desk, press.reference)
    listed = (*problem.of(Outreach).impacted, problem.account.key if problem.account else "")
    found: dict[str, str] = {}
    for other in problem.of(Relations).with_problem:
        there = desk.ticket(other)
        if there is None or there.account is None or there.account.key in listed:
            continue
        if may_read(there, context_of(desk, press, there)):
            found[there.account.key] = there.account.name
    return tuple(found.values())


def name_impacted(desk: Acts, submission: Submission) -> Answer:
    """Add accounts to the list: those that were picked, and those that were typed.

    Raises:
        Correct: The directory does not have one of them, or none was named; nothing is saved then.
    """
    _ticket, ctx = insider(desk, submission, submission.reference)
    picked, typed = submission.view.several("picked"), submission.view.text("accounts")
    keys = tuple(dict.fromkeys((*picked, *_keys(typed, ctx.directory))))
    if not keys:
        raise Correct(picked=render.line("error_required", {}))
    command = AddImpacted(submission.reference, keys)
    ticket = submit(desk, submission, command).ticket
    return told(desk, submission, ticket, "done_accounts", number=len(ticket.of(Outreach).impacted))


def _keys(words: str, directory: Directory) -> tuple[str, ...]:
    found: list[str] = []
    for line in filter(None, normal(words).split("\n")):
        known = directory.account(line) or directory.named(line)
        if known is None:
            raise Correct(accounts=render.line("error_unknown_account", {"found": line}))
        found.append(known.key)
    return tuple(dict.fromkeys(found))


def _search(desk: Glance, typed: Options) -> Answer:
    """Find accounts by what is typed; people outside find nothing."""
    return {"options": found_accounts(desk, typed)}


def called(desk: Acts, press: Press) -> Answer:
    """Say that an account of the list was told by phone. Source: D24."""
    command = CallImpacted(press.reference, press.part(1))
    ticket = submit(desk, press, command).ticket
    account = desk.context(actor_of(desk, press)).directory.account(press.part(1))
    name = account.name if account is not None else press.part(1)
    return told(desk, press, ticket, "done_impacted_called", name=name)


def open_outreach(desk: Answers, press: Press) -> Answer:
    """Open **Draft outreach**."""
    return open_draft(desk, press, drafting.OUTREACH)


def open_last(desk: Answers, press: Press) -> Answer:
    """Open **Draft outreach** with the words that tell the accounts that none follow. S23."""
    ticket, ctx = insider(desk, press, press.reference)
    typed = drafting.last_words(ticket, ctx)
    return replies.show_view(desk, press, drafting.drawn(drafting.OUTREACH, ticket, ctx, typed))


DOORS = Doors(
    presses={
        OUTREACH_ACCOUNTS: open_accounts,
        OUTREACH_DRAFT: open_outreach,
        OUTREACH_RECALL: recall,
        NOTICE_CALLED: called,
        NO_FURTHER: open_last,
    },
    submissions={
        VIEW_IMPACTED: name_impacted,
    },
    options={
        OUTREACH_SEARCH: _search,
    },
)
