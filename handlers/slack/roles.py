"""The seats: take, accept, decline, hand over. Source: D14."""

from __future__ import annotations

from handlers.kit import grammar, replies
from handlers.kit.acting import account_name, insider, part, person, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press, Slash, Submission
from handlers.kit.journey import actor_of
from handlers.kit.ports import Acts, Answers
from handlers.kit.replies import Answer
from protocols.contact.events import OfferPoc
from protocols.kernel.refusals import OldButton
from protocols.people.people import Role, Who
from protocols.roles.events import AssignRole, DeclineRole, TakeRole
from protocols.roles.state import Roles
from protocols.ticket import Ticket
from templates.contact.words import HAND_OVER_OPEN, VIEW_HAND_OVER
from templates.kit import render
from templates.kit.render import Json
from templates.roles.words import ROLE_ACCEPT, ROLE_DECLINE, ROLE_TAKE

CONTACT = "contact"
"""The one contact is handed over like a role, by another rule. Source: S39."""


def role_named(word: str) -> Role | None:
    """Return the role that a word names, None when it names none."""
    return next((role for role in Role if word.casefold() in (role.value, role.label)), None)


def _role(word: str, reference: str) -> Role:
    found = role_named(word)
    if found is None:
        raise OldButton(reference=reference)
    return found


def take(desk: Acts, press: Press) -> Answer:
    """Take a vacant role, or accept the one that is asked."""
    role = _role(press.part(1) or press.version, press.reference)
    seen = submit(desk, press, TakeRole(press.reference, role))
    return told(desk, press, seen.ticket, "done_role", role=role.label)


def decline(desk: Acts, press: Press) -> Answer:
    """Say that another should be asked."""
    role = _role(press.part(1) or press.version, press.reference)
    seen = submit(desk, press, DeclineRole(press.reference, role))
    return told(desk, press, seen.ticket, "done_declined", asked=_asked_now(seen.ticket, role))


def open_hand_over(desk: Answers, press: Press) -> Answer:
    """Open **Hand over**, for the role on the button or one to choose."""
    ticket, _ctx = insider(desk, press, press.reference)
    return replies.show_view(desk, press, hand_over_form(ticket, press.part(1)))


def hand_over_form(ticket: Ticket, role: str) -> Json:
    """Return the form **Hand over**; without a role it asks which, where there are several."""
    any_role = "" if ticket.tier.has_bridge else CONTACT
    named = role if role == CONTACT or role_named(role) else any_role
    facts = {
        "account": account_name(ticket),
        "choose_role": not named,
        "holder": _holder(ticket, named or CONTACT),
        "ref": ticket.reference,
        "role": named or CONTACT,
        "tier": int(ticket.tier),
    }
    return render.view("hand_over", facts)


def _holder(ticket: Ticket, role: str) -> str:
    if role == CONTACT:
        return ticket.poc.name if ticket.poc is not None else ""
    found = role_named(role)
    seat = ticket.of(Roles).seat(found) if found is not None else None
    return seat.holder.name if seat is not None and seat.holder is not None else ""


def hand_over(desk: Acts, submission: Submission) -> Answer:
    """Ask another to take a role over; the holder keeps it until they accept."""
    role = submission.view.text("role") or part(submission, 1)
    to = person(desk, submission.view.text("person"))
    reason = submission.view.text("reason")
    return _ask(desk, submission, _asking(submission.reference, role, to, reason), to)


def _asking(reference: str, role: str, to: Who, reason: str) -> OfferPoc | AssignRole:
    if role == CONTACT:
        return OfferPoc(reference, to)
    return AssignRole(reference, _role(role, reference), to, reason)


def _ask(
    desk: Acts, gesture: Submission | Slash, command: OfferPoc | AssignRole, to: Who
) -> Answer:
    ticket = submit(desk, gesture, command).ticket
    role = command.role.value if isinstance(command, AssignRole) else CONTACT
    holder = _holder(ticket, role)
    if to == actor_of(desk, gesture).who and holder == to.name:
        return told(desk, gesture, ticket, "done_role", role=role)
    return told(desk, gesture, ticket, "done_handed_over", person=to.name, holder=holder)


def by_command(desk: Acts, slash: Slash, ticket: Ticket, rest: str) -> Answer:
    """Answer ``/bridge role ROLE @person``; a role alone is taken by the one who types.

    Words that name no role, or the contact without a person, open the form.
    """
    words = rest.split()
    name = words[0].casefold() if words else ""
    role = role_named(name)
    if (role is None and name != CONTACT) or (name == CONTACT and len(words) == 1):
        found, _ctx = insider(desk, slash, ticket.reference)
        return replies.show_view(desk, slash, hand_over_form(found, name))
    if role is not None and len(words) == 1:
        seen = submit(desk, slash, TakeRole(ticket.reference, role))
        return told(desk, slash, seen.ticket, "done_role", role=role.label)
    to = person(desk, grammar.person_id(words[1]))
    reason = grammar.readable(" ".join(words[2:]))
    return _ask(desk, slash, _asking(ticket.reference, name, to, reason), to)


def assign(desk: Acts, slash: Slash, ticket: Ticket, _rest: str) -> Answer:
    """Answer ``/ticket assign REF @person``: they are asked; without a person the form opens."""
    named = grammar.first_person(slash.text)
    if not named:
        found, _ctx = insider(desk, slash, ticket.reference)
        return replies.show_view(desk, slash, hand_over_form(found, CONTACT))
    to = person(desk, named)
    return _ask(desk, slash, OfferPoc(ticket.reference, to), to)


def _asked_now(ticket: Ticket, role: Role) -> str:
    """Return who is asked for a role now; empty when nobody is."""
    seat = ticket.of(Roles).seat(role)
    return seat.asked.name if seat is not None and seat.asked is not None else ""


DOORS = Doors(
    presses={
        ROLE_TAKE: take,
        ROLE_ACCEPT: take,
        ROLE_DECLINE: decline,
        HAND_OVER_OPEN: open_hand_over,
    },
    submissions={
        VIEW_HAND_OVER: hand_over,
    },
    ticket_verbs={"assign": assign},
    bridge_verbs={
        "role": by_command,
    },
)
