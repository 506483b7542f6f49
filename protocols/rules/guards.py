"""Who may ask at all: the checks that several rules share. Source: D29, S182."""

from __future__ import annotations

from protocols.context import Context
from protocols.people import Standing
from protocols.refusals import NotAllowed, NotYours, Outside, ReasonNeeded, WrongState
from protocols.ticket import HoldKind, Status, Ticket

SECOND_JUDGES = ("legal", "security")
REVIEWER_DUTIES = ("cs-manager", "legal", "compliance", "finance", "security")


def need_staff(ctx: Context) -> None:
    """Refuse everyone who is not one of us.

    Raises:
        Outside: The actor is a guest, a stranger, of another team, or unknown.
    """
    if ctx.actor.standing not in (Standing.MEMBER, Standing.MACHINE):
        raise Outside()


def need_on_ticket(ticket: Ticket, ctx: Context) -> None:
    """Refuse our own people who are not on the ticket; a CS manager always is.

    Raises:
        Outside: The actor is not one of us.
        NotYours: The actor is not on the ticket.
    """
    need_staff(ctx)
    if ctx.actor.standing is Standing.MACHINE or ticket.knows(ctx.by.key):
        return
    if not ctx.has_rota or ctx.actor.holds("cs-manager"):
        return
    poc = ticket.poc.name if ticket.poc is not None else "the CS manager on duty"
    raise NotYours(reference=ticket.reference, poc=poc, manager=manager_name(ctx))


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


def releasers(ticket: Ticket, ctx: Context, *, besides: frozenset[str]) -> tuple[str, ...]:
    """Return the keys of those who may release a text, best asked first.

    With a disclosure hold only Legal; else everyone on the ticket except the writer, the last
    editor and the investigator, the CS manager first. Source: D15, D22.
    """
    if ticket.holds_in_force(HoldKind.DISCLOSURE):
        legal = ctx.on_duty("legal")
        return tuple(who.key for who in legal if who.key not in besides)
    executives = {executive.who.key for executive in ticket.executives}
    on_ticket = [
        who.key for who in ticket.people if who.key not in besides and who.key not in executives
    ]
    managers = [who.key for who in ctx.on_duty("cs-manager") if who.key not in besides]
    return tuple(dict.fromkeys(managers + on_ticket))
