"""Who may ask at all: the checks that several rules share. Source: D29, S182."""

from __future__ import annotations

from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.refusals import NotAllowed, ReasonNeeded, WrongState
from protocols.kernel.tables import bars
from protocols.people.people import Staff, Who
from protocols.people.refusals import PersonUnknown
from protocols.rights import rules as rights
from protocols.rights.refusals import Confidential, NotMetYet, NotYours, Outside
from protocols.status import Status
from protocols.ticket import Ticket


@bars
def need_one_of_us(command: Command, _ticket: Ticket | None, ctx: Context) -> None:
    """Refuse everyone from outside but to answer for their account, and to be heard. D29, D32.

    Raises:
        Outside: The actor is a guest, a stranger, or of another team.
        NotMetYet: Slack has not said yet who the actor is.
    """
    if not command.FROM_OUTSIDE:
        need_staff(ctx)


def need_staff(ctx: Context) -> None:
    """Refuse everyone who is not one of us.

    Raises:
        Outside: The actor is a guest, a stranger, or of another team.
        NotMetYet: Slack has not said yet who the actor is.
    """
    if not rights.is_staff(ctx):
        raise Outside() if ctx.actor.is_met else NotMetYet()


def need_reader(ticket: Ticket, ctx: Context) -> None:
    """Refuse who may not read a confidential ticket; they hear whom to ask.

    Raises:
        Outside: The actor is not one of us.
        Confidential: A matter of security, or under a legal hold, and they are not on it.
    """
    need_staff(ctx)
    if not rights.may_read(ticket, ctx):
        raise Confidential(reference=ticket.reference, **_whom_to_ask(ticket, ctx))


def need_on_ticket(ticket: Ticket, ctx: Context) -> None:
    """Refuse our own people who are not on the ticket; a CS manager always is.

    Raises:
        Outside: The actor is not one of us.
        Confidential: They may not even read it.
        NotYours: The actor is not on the ticket.
    """
    need_reader(ticket, ctx)
    if not rights.may_act(ticket, ctx):
        raise NotYours(reference=ticket.reference, **_whom_to_ask(ticket, ctx))


def _whom_to_ask(ticket: Ticket, ctx: Context) -> dict[str, str]:
    poc = ticket.poc.name if ticket.poc is not None else "the CS manager on duty"
    return {"poc": poc, "manager": manager_name(ctx)}


def need_ours(person: Who, ctx: Context) -> Staff:
    """Return somebody to be asked or invited as one of us; refuse whom Slack does not know. D29.

    Raises:
        PersonUnknown: They cannot be reached, or are not of us.
    """
    if person.key in ctx.unreachable or (ctx.has_rota and not ctx.is_ours(person.key)):
        raise PersonUnknown(person=person.name)
    return Staff(person)


def need_status(ticket: Ticket, *statuses: Status) -> None:
    """Refuse what does not fit where the ticket stands.

    Raises:
        WrongState: The ticket's status is none of these.
    """
    if ticket.status not in statuses:
        raise WrongState(reference=ticket.reference, status=ticket.status.value)


def need_reason(reason: str) -> None:
    """Refuse an empty reason.

    Raises:
        ReasonNeeded: Nothing but blanks was given.
    """
    if not reason.strip():
        raise ReasonNeeded()


def need_duty(ctx: Context, *duties: str) -> None:
    """Refuse everyone without one of these duties; without a rota any member passes.

    Raises:
        NotAllowed: The actor holds none of the duties.
    """
    if ctx.has_rota and not ctx.actor.holds(*duties):
        raise NotAllowed(duties=" or ".join(duties), people=names_on_duty(ctx, *duties))


def names_on_duty(ctx: Context, *duties: str) -> str:
    """Return the names of those on duty, as a sentence lists them."""
    return ", ".join(who.name for who in ctx.on_duty(*duties)) or "nobody on duty now"


def manager_name(ctx: Context) -> str:
    """Return the CS manager on duty by name, for a sentence."""
    manager = ctx.first_on_duty("cs-manager")
    return manager.name if manager is not None else "a CS manager"
