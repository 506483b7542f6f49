"""An account is asked for details, and its answer is waited for, or not. Source: S83, S84."""

from __future__ import annotations

from dataclasses import replace

from handlers.kit import replies
from handlers.kit.acting import account_name, context_of, insider, opener, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash, Submission
from handlers.kit.ports import Acts, Answers
from handlers.kit.replies import Answer
from handlers.slack.updates import drafting
from handlers.slack.updates.drafts import open_draft
from protocols.details.events import GoOn
from protocols.kernel.context import Context
from protocols.ticket import Ticket
from protocols.words.masking import masked_and_cut
from templates.details.facts import clock_facts
from templates.details.words import DETAILS_ASK, DETAILS_GO_ON, VIEW_GO_ON
from templates.kit import render
from templates.kit.render import Json


def open_ask(desk: Answers, press: Press) -> Answer:
    """Open **Ask for details**."""
    return open_draft(desk, press, drafting.DETAILS)


def type_ask(desk: Answers, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket ask``; words after it stand in the form."""
    found, ctx = insider(desk, slash, ticket.reference)
    typed = replace(
        drafting.blank(ctx), words={"questions": masked_and_cut(rest, drafting.TYPED_MAX)}
    )
    view = drafting.drawn(drafting.DETAILS, found, ctx, typed)
    return replies.show_view(desk, slash, view)


def go_on_form(ticket: Ticket, ctx: Context) -> Json:
    """Return the form **Go on without it**."""
    facts = {"account": account_name(ticket), "ref": ticket.reference}
    return render.view("go_on", {**facts, **clock_facts(ticket, ctx)})


def go_on(desk: Acts, submission: Submission) -> Answer:
    """Let the clocks run on without the account's answer."""
    command = GoOn(submission.reference, submission.view.text("reason"))
    ticket = submit(desk, submission, command).ticket
    clocks = clock_facts(ticket, context_of(desk, submission, ticket))
    return told(desk, submission, ticket, "done_gone_on", **clocks)


DOORS = Doors(
    presses={
        DETAILS_ASK: open_ask,
        DETAILS_GO_ON: opener(go_on_form),
    },
    submissions={
        VIEW_GO_ON: go_on,
    },
    ticket_verbs={
        "ask": type_ask,
    },
)
