"""This file owns what people at the account press in their shared channel. Source: S99, D7.

They are told as little as they need: that it was noted, and who has it.
"""

from __future__ import annotations

from handlers import replies
from handlers.acting import account_name, context_of, submit
from handlers.desk import Desk
from handlers.edge import Gesture, Press, Submission
from handlers.journey import actor_of
from handlers.refusing import need_ticket
from handlers.replies import NOTED, Answer
from protocols import commands as cmd
from protocols.people import Actor
from protocols.refusals import OurOwnPress
from protocols.ticket import Ticket
from templates import actions, render

_BLOCKED = "It blocks my business."


def solved(desk: Desk, press: Press) -> Answer:
    """Note that the account says it is solved."""
    command = cmd.AnswerSolved(press.reference, solved=True)
    ticket = submit(desk, press, command).ticket
    replies.tell(desk, press, render.line("thanks_solved", {"ref": ticket.reference}))
    return NOTED


def open_still_wrong(desk: Desk, press: Press) -> Answer:
    """Ask someone at the account what is still wrong."""
    ticket = need_ticket(desk, press.reference)
    _need_account(desk, press, ticket)
    view = render.view("still_wrong", {"ref": ticket.reference})
    return replies.show_view(desk, press, view)


def still_wrong(desk: Desk, submission: Submission) -> Answer:
    """Note that it is not solved, in the account's own words."""
    words = submission.view.text("still_wrong")
    command = cmd.AnswerSolved(submission.reference, solved=False, words=words)
    ticket = submit(desk, submission, command).ticket
    return replies.updated(replies.notice(_thanks(desk, submission, ticket), ticket.reference))


def blocked(desk: Desk, press: Press) -> Answer:
    """Keep **It blocks my business** as the account's word on the ticket."""
    ticket = need_ticket(desk, press.reference)
    actor = _need_account(desk, press, ticket)
    # Where the button stands in no message, the gesture itself is the identity.
    stamp = f"{press.message_ts or press.delivery}/blocked/{press.user_id}"
    command = cmd.RecordReply(press.reference, actor.who.name, _BLOCKED, press.channel_id, stamp)
    noted = submit(desk, press, command).ticket
    replies.tell(desk, press, _thanks(desk, press, noted))
    return NOTED


def _thanks(desk: Desk, gesture: Gesture, ticket: Ticket) -> str:
    contact = context_of(desk, gesture, ticket).public_name(ticket.poc) or "Your contact"
    return render.line("thanks_not_solved", {"contact": contact, "ref": ticket.reference})


def _need_account(desk: Desk, gesture: Gesture, ticket: Ticket) -> Actor:
    """Return who presses, for someone at the ticket's account.

    Raises:
        OurOwnPress: They are one of us, or of another account.
    """
    actor = actor_of(desk, gesture)
    if ticket.account is None or not actor.speaks_for(ticket.account.key):
        raise OurOwnPress(account=account_name(ticket))
    return actor


PRESSES = {
    actions.SOLVED_YES: solved,
    actions.SOLVED_NO: open_still_wrong,
    actions.ACCOUNT_BLOCKED: blocked,
}
SUBMISSIONS = {actions.VIEW_STILL_WRONG: still_wrong}
