"""An account of Tier 1 or 2 is answered by a form. Source: D15, D43, D45."""

from __future__ import annotations

from dataclasses import replace

from handlers.kit import replies
from handlers.kit.acting import insider
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash
from handlers.kit.ports import Answers
from handlers.kit.replies import NOTED, Answer
from handlers.slack.updates import drafting
from handlers.slack.updates.drafts import open_draft
from protocols.kernel.refusals import OldButton
from protocols.ticket import Ticket
from protocols.words.masking import masked_and_cut
from templates.answers.words import ANSWER_OPEN, ANSWER_PREVIEW, VIEW_WRITE_ANSWER


def open_answer(desk: Answers, press: Press) -> Answer:
    """Open **Answer**."""
    return open_draft(desk, press, drafting.ANSWER)


def type_answer(desk: Answers, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/ticket answer``; words after it stand in the form."""
    found, ctx = insider(desk, slash, ticket.reference)
    typed = replace(drafting.blank(ctx), words={"answer": masked_and_cut(rest, drafting.TYPED_MAX)})
    view = drafting.drawn(drafting.ANSWER, found, ctx, typed)
    return replies.show_view(desk, slash, view)


def preview(desk: Answers, press: Press) -> Answer:
    """Show in the form what the account will read, and what stands against it."""
    view = press.view
    if view is None or view.callback_id != VIEW_WRITE_ANSWER:
        raise OldButton(reference=press.reference)
    ticket, ctx = insider(desk, press, view.reference)
    typed = drafting.stopped(drafting.of_view(view), ticket, ctx)
    again = drafting.drawn(drafting.ANSWER, ticket, ctx, typed)
    desk.interactive.update_view(view.id, again, view_hash=view.hash)
    return NOTED


DOORS = Doors(
    presses={
        ANSWER_OPEN: open_answer,
        ANSWER_PREVIEW: preview,
    },
    ticket_verbs={
        "answer": type_answer,
    },
)
