"""The answer of who is asked to be the account's one contact, and what somebody leaves another.

Source: D14, D39, S39.
"""

from __future__ import annotations

from collections.abc import Iterable

from handlers.kit import grammar, replies
from handlers.kit.acting import person, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Gesture, Press, Slash, Submission
from handlers.kit.journey import actor_of, refusal
from handlers.kit.ports import Acts, Answers, Desk, Glance
from handlers.kit.replies import Answer
from protocols.contact.events import AnswerPoc, LeftTicket, ListShift, OfferPoc, TakeShift
from protocols.kernel.refusals import Refusal
from protocols.people.people import Who
from protocols.people.swapping import need_here
from protocols.queue.pages import Wanted
from protocols.rights.guards import need_staff
from templates.contact.facts import leaving
from templates.contact.words import (
    POC_ACCEPT,
    POC_DECLINE,
    SHIFT_ACCEPT,
    SHIFT_OPEN,
    VIEW_SHIFT,
)
from templates.kit import render
from templates.queue.words import latest

LEFT_MOST = 100
"""How many tickets go into one list: a button carries the names of all of them."""


def accept_contact(desk: Acts, press: Press) -> Answer:
    """Become the account's one contact."""
    seen = submit(desk, press, AnswerPoc(press.reference, accept=True))
    return told(desk, press, seen.ticket, "done_contact")


def decline_contact(desk: Acts, press: Press) -> Answer:
    """Leave the account with the contact it has."""
    seen = submit(desk, press, AnswerPoc(press.reference, accept=False))
    holder = seen.ticket.poc.name if seen.ticket.poc is not None else ""
    return told(desk, press, seen.ticket, "done_contact_declined", holder=holder)


def _mine(desk: Glance, gesture: Gesture) -> tuple[LeftTicket, ...]:
    """Return what whoever asks has, as it ranks, each with what is due next."""
    actor = actor_of(desk, gesture)
    need_staff(desk.context(actor))
    page = desk.queue(Wanted(owners=(actor.who.key,)), limit=LEFT_MOST)
    return tuple(
        LeftTicket(
            each.reference,
            each.account_name or "(no account yet)",
            latest(each.clock) if each.clock is not None else "",
            each.clock.breach_at if each.clock is not None else None,
        )
        for each in page.entries
    )


def _shift_form(desk: Answers, gesture: Press | Slash) -> Answer:
    left = _mine(desk, gesture)
    if not left:
        line = render.line("nothing_to_leave", {})
        if isinstance(gesture, Slash):
            return replies.said(line)
        return replies.say_and_note(desk, gesture, line)
    view = render.view("leave_shift", leaving(left, desk.now()))
    return replies.show_view(desk, gesture, view)


def open_shift(desk: Answers, press: Press) -> Answer:
    """Open **What I leave you**."""
    return _shift_form(desk, press)


def type_leave(desk: Desk, slash: Slash, _rest: str) -> Answer:
    """Answer ``/ticket leave``, with a person or without one."""
    named = grammar.first_person(slash.text)
    if not named:
        return _shift_form(desk, slash)
    return replies.said(_left(desk, slash, person(desk, named)))


def leave_shift(desk: Desk, submission: Submission) -> Answer:
    """Offer all of it to another."""
    line = _left(desk, submission, person(desk, submission.view.text("person")))
    return replies.updated(replies.notice(line))


def _left(desk: Desk, gesture: Slash | Submission, to: Who) -> str:
    """Offer each, give the list of what was offered, and return what came of it.

    What the rules refuse is named with its reason, and stays where it is.
    """
    need_here(to, desk.context(actor_of(desk, gesture)))
    offered: list[LeftTicket] = []
    refused: list[str] = []
    for each in _mine(desk, gesture):
        try:
            submit(desk, gesture, OfferPoc(each.reference, to, shift=True), each.reference)
        except Refusal as no:
            refused.append(_because(desk, gesture, each.reference, no))
        else:
            offered.append(each)
    if offered:
        submit(desk, gesture, ListShift(offered[0].reference, to, tuple(offered)), "list")
    facts = {"count": len(offered), "person": to.name, "refused": " ".join(refused)}
    return render.line("done_shift_left", facts)


def _because(desk: Glance, gesture: Gesture, reference: str, refused: Refusal) -> str:
    return f"{reference} ({refusal(desk, gesture, refused)})"


def accept_shift(desk: Acts, press: Press) -> Answer:
    """Accept all of a list; what another has by now, or is not offered any more, is named."""
    taken = 0
    refused: list[str] = []
    for reference in _listed(press):
        try:
            submit(desk, press, AnswerPoc(reference, accept=True), reference)
        except Refusal as no:
            refused.append(_because(desk, press, reference, no))
        else:
            taken += 1
    number = grammar.readable(press.part(1))
    if taken and number.isdigit():
        submit(desk, press, TakeShift(press.reference, int(number)), "list")
    facts = {"count": taken, "refused": " ".join(refused)}
    return replies.say_and_note(desk, press, render.line("done_shift_taken", facts))


def _listed(press: Press) -> Iterable[str]:
    return dict.fromkeys(part for part in press.value[2:] if grammar.is_reference(part))


DOORS = Doors(
    presses={
        POC_ACCEPT: accept_contact,
        POC_DECLINE: decline_contact,
        SHIFT_ACCEPT: accept_shift,
        SHIFT_OPEN: open_shift,
    },
    submissions={
        VIEW_SHIFT: leave_shift,
    },
    list_verbs={
        "leave": type_leave,
    },
)
