"""When a row of the policy holds, the next in line is asked, and a new target has passed.

Source: S65, S93, S97, S146; D45.
"""

from __future__ import annotations

from collections.abc import Iterator

from protocols.details.state import Details
from protocols.escalation.asking import asked_later, next_asked
from protocols.escalation.events import EscalationAsked, EscalationLate
from protocols.escalation.roads import leads
from protocols.escalation.rows import falling, is_desk
from protocols.escalation.state import Escalation
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint, NumberedPoint
from protocols.kernel.event import Event
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import dues_of, falls
from protocols.people.people import BOT, Staff
from protocols.policy.escalation import Trigger
from protocols.policy.policy import Policy
from protocols.routing.teams import slug
from protocols.scales import Severity
from protocols.targets.people import have_it
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar

_SPOKEN_FIRST = (Trigger.LATE, Trigger.LATE_AND_FREE)
"""Rows that follow from a breach; alone they fall a moment later, where nothing speaks of one."""


@dues_of
def rows_to_come(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield the instants from which rows hold."""
    for fallen in falling(ticket, policy, calendar):
        later = policy.lateness.grace if fallen.row.when in _SPOKEN_FIRST else None
        at = fallen.at if later is None else fallen.at + later
        yield DuePoint(f"escalate:{slug(fallen.key)}:{stamp(at)}", "escalate_row", at)


@falls("escalate_row")
def row_falls(ticket: Ticket, point: DuePoint, ctx: Context) -> tuple[Event, ...]:
    """Return nothing: every change of a ticket asks which rows hold by now, and this is one."""
    return ()


@dues_of
def untaken(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when the next in line is asked; once nobody further is left, again and again. S97.

    Who comes on duty hears it then, and not when one looks again.
    """
    raised = ticket.of(Escalation).now
    if raised is None or raised.taken_by is not None or not is_desk(ticket):
        return
    rule, key = policy.escalate, f"escalation:{raised.number}:untaken:{raised.turn + 1}"
    if raised.exhausted and raised.asked:
        at = calendar.due(raised.asked_at, rule.look_every)
    elif ticket.severity is Severity.CRITICAL:
        waited = rule.take_within_critical * 2 ** min(raised.turn, 8) if raised.exhausted else None
        at = raised.asked_at + min(waited or rule.take_within_critical, rule.look_at_least_every)
    else:
        at = calendar.due(raised.asked_at, rule.take_within)
    at = at if raised.look_at is None else min(at, raised.look_at)
    yield NumberedPoint(key, "escalation_untaken", at, raised.number)


@falls("escalation_untaken")
def ask_next(ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return who is asked next, and who is reminded."""
    raised = ticket.of(Escalation).now
    if raised is None or raised.taken_by is not None:
        return ()
    person = next_asked(ticket, raised.asked, ctx)
    reminded = _still_here(raised.asked[-1:] if person is not None else raised.asked, ctx)
    look_at = asked_later(ticket, raised.asked, ctx) if person is None else None
    return (
        EscalationAsked(ctx.now, ctx.by, raised.number, raised.turn + 1, person, reminded, look_at),
    )


def somebody_came(ticket: Ticket, ctx: Context) -> tuple[Event, ...]:
    """Return that who is on duty now is asked, where nobody was when it was asked last. S97."""
    raised = ticket.of(Escalation).now
    if raised is None or raised.taken_by is not None or not is_desk(ticket):
        return ()
    if raised.asked and not raised.exhausted:
        return ()
    person = next_asked(ticket, raised.asked, ctx)
    if person is None:
        return ()
    return (EscalationAsked(ctx.now, BOT, raised.number, raised.turn + 1, person),)


@dues_of
def target_passes(ticket: Ticket, policy: Policy, calendar: BusinessCalendar) -> Iterator[DuePoint]:
    """Yield when the time that stood on the escalation passes, and each business day from then on.

    It stands still while the account owes us an answer, and where the ticket's own clock speaks.
    """
    raised = ticket.of(Escalation).now
    if raised is None or not raised.is_new_target or not is_desk(ticket):
        return
    if raised.target_at is None or ticket.of(Details).waits:
        return
    at = raised.target_at
    if raised.late_at is not None:
        at = calendar.due(raised.late_at, policy.escalate.look_every)
    key = f"escalation:{raised.number}:late:{raised.late + 1}"
    yield NumberedPoint(key, "escalation_late", at, raised.number)


@falls("escalation_late")
def target_passed(ticket: Ticket, point: NumberedPoint, ctx: Context) -> tuple[Event, ...]:
    """Return that whoever leads it and whoever has the ticket hear that the time has passed."""
    raised = ticket.of(Escalation).now
    if raised is None:
        return ()
    told = dict.fromkeys((*have_it(ticket, ctx), *_still_here(leads(ticket), ctx)))
    turn = raised.late + 1
    return (EscalationLate(ctx.now, ctx.by, raised.number, turn, tuple(told)),)


def _still_here(people: tuple[Staff, ...], ctx: Context) -> tuple[Staff, ...]:
    return tuple(who for who in people if ctx.can_be_asked(who.key))
