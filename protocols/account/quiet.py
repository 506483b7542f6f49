"""When an account may be reminded: on weekdays, within hours of its own day. Source: D45."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from protocols.policy.policy import Policy
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar, Window

_AN_HOUR = 60


def awake_at(ticket: Ticket, at: datetime, policy: Policy, calendar: BusinessCalendar) -> datetime:
    """Return the instant itself when the account may be reminded then, else its next morning."""
    quiet = policy.quiet
    day = (Window(quiet.account_from * _AN_HOUR, quiet.account_until * _AN_HOUR),)
    zone = ticket.account.zone if ticket.account is not None else calendar.zone
    return replace(calendar, zone=zone, week=(day,) * 5 + ((),) * 2).next_opening(at)
