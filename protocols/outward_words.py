"""What an outward text is for, where it stands, and why a released one did not leave."""

from __future__ import annotations

from enum import StrEnum


class DraftKind(StrEnum):
    """What an outward text is for. Source: D15."""

    UPDATE = "update"
    CORRECTION = "correction"
    RESOLUTION = "resolution"
    OUTREACH = "outreach"
    STATUS_PAGE = "status_page"
    DISREGARD = "disregard"


class Withdrawal(StrEnum):
    """Why words that had been released did not leave. Source: D24; T14."""

    RECALLED = "recalled"
    LEGAL_HOLD = "legal_hold"
    CHECKS = "checks"
    OPENED_IN_ERROR = "opened_in_error"
    CLOSED = "closed"
    MOVED_ON = "moved_on"
    ROAD = "road"
    CHANNEL = "channel"
    NOTHING_THERE = "nothing_there"
    OUTDATED = "outdated"


class DraftState(StrEnum):
    """Where an outward text stands."""

    REVIEW = "review"
    SENT_BACK = "sent_back"
    RELEASED = "released"
    DELIVERED = "delivered"
