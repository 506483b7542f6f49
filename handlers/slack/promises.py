"""The choice of the next update's time in a form. Source: S49, S52; D10.

What the form shows is what is promised: the choices count from the minute at which the form was
opened, which the form keeps, not from the minute of its submission.
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from handlers.kit.edge import View
from handlers.kit.replies import Correct
from protocols.kernel.context import Context
from protocols.scales import Tier
from protocols.ticket import Ticket
from templates.kit import render
from templates.updates.facts import NextChoice

OTHER = "other"
NONE = "none"
"""The choice that no further notice comes, where many accounts have one."""
_PREFIX = "in_"
_NOTES = {
    0: "Usual for Tier {tier}",
    -1: "While things move fast",
    1: "Later than usual",
}
_LAST = "When nothing can change sooner"


def opened_at(ctx: Context) -> datetime:
    """Return the minute from which the choices count."""
    return ctx.now.replace(second=0, microsecond=0)


def usual(ticket: Ticket, ctx: Context) -> timedelta:
    """Return the usual time to the next update. Source: D10."""
    update = ctx.policy.update
    return update.tier4 if ticket.tier is Tier.SYSTEMIC else update.tier3


def choices(ticket: Ticket, ctx: Context, base: datetime) -> tuple[NextChoice, ...]:
    """Return the offered times, the usual one first."""
    first = usual(ticket, ctx)
    offered = sorted({first, *ctx.policy.update.choices}, key=lambda span: (span != first, span))
    latest = max(offered)
    return tuple(
        NextChoice(
            key(span),
            words(span),
            base + span,
            _LAST if first < span == latest else _note(span, first, ticket),
        )
        for span in offered
    )


def _note(span: timedelta, first: timedelta, ticket: Ticket) -> str:
    side = (span > first) - (span < first)
    return _NOTES[side].format(tier=int(ticket.tier))


def key(span: timedelta) -> str:
    """Return the name of a choice."""
    return f"{_PREFIX}{int(span.total_seconds()) // 60}"


def words(span: timedelta) -> str:
    """Return a choice's distance as the form says it: ``60 minutes``, ``2 hours``."""
    minutes = int(span.total_seconds()) // 60
    if minutes > 60 and minutes % 60 == 0:
        return f"{minutes // 60} hours"
    return f"{minutes} minutes"


def promised(view: View, base: datetime) -> datetime | None:
    """Return the instant that a submitted form promises; None where it says that none follows.

    Raises:
        Correct: No time is chosen.
    """
    chosen = view.text("next")
    if chosen == NONE:
        return None
    if chosen == OTHER:
        stamp = view.text("next_at")
        if stamp.isascii() and stamp.isdigit():
            return datetime.fromtimestamp(int(stamp), UTC)
        raise missing(view)
    minutes = chosen.removeprefix(_PREFIX)
    if not (minutes.isascii() and minutes.isdigit()):
        raise missing(view)
    return base + timedelta(minutes=int(minutes))


def missing(view: View) -> Correct:
    """Return what is said where no time is chosen."""
    return Correct(**{_field(view): render.line("error_next_missing", {})})


def past(view: View) -> Correct:
    """Return what is said of a time that is not in the future."""
    return Correct(**{_field(view): render.line("error_next_past", {})})


def _field(view: View) -> str:
    return "next_at" if "next_at" in view.blocks else "next"
