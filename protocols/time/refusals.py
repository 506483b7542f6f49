"""Why a calendar cannot answer; each says it in a sentence."""

from __future__ import annotations

from datetime import datetime


class CalendarRefused(ValueError):
    """A calendar cannot answer; the message says why."""


class NoWorkingTime(CalendarRefused):
    """The calendar has too little working time within its horizon to reach an end."""


class BeyondCalendar(CalendarRefused):
    """A day was asked for whose holidays the calendar does not know."""


class ClockStopped(CalendarRefused):
    """A clock is paused, so it has no due time; it has only time left.

    Attributes:
        since_at: when the pause began.
    """

    def __init__(self, since_at: datetime) -> None:
        super().__init__(f"The clock is stopped since {since_at:%Y-%m-%d %H:%M} UTC.")
        self.since_at = since_at
