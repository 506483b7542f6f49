"""This file owns the small values that templates are given beside plain words and instants."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class StepLine:
    """One step of a ladder as the card shows it.

    Attributes:
        kind: The step's key, as the rules name it: ``scope``, ``call_running`` ...
        state: ``owed``, ``done``, ``superseded``, ``waived``.
        opens_at: From when it may be done; None when it counts from the opening.
        due_at: When it is late.
        settled_at: When it was done, superseded or waived.
        by: Who did it, waived it, or owns it while it is owed; may be empty.
        note: A result ("412 payments, 1 account") or a reason; may be empty.
        minutes_late: By how many minutes it was done late.
    """

    kind: str
    state: str
    opens_at: datetime | None
    due_at: datetime | None
    settled_at: datetime | None = None
    by: str = ""
    note: str = ""
    minutes_late: int = 0


@dataclass(frozen=True, slots=True)
class SeatLine:
    """One person or vacancy among the card's fields.

    Attributes:
        role: ``contact``, ``at_account``, ``engineering-lead``, ``cs-manager``, ``investigator``,
            ``communicator``, ``scribe``, ``commander``, ``security``, ``legal``, ``compliance``,
            ``finance``, ``also_here``, ``status_page``.
        state: ``open``, ``holds`` (no mark, no time), ``told``, ``asked``, ``asked_again``,
            ``here``, ``on_it``, ``taken``, ``unanswered``.
        name: Who; empty while open.
        at: Since when.
        note: Words after it: a phone number, who did not answer.
    """

    role: str
    state: str
    name: str = ""
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class HoldLine:
    """One hold as the card shows it; ``kind`` is ``transaction``, ``disclosure``, ``retention``."""

    number: int
    kind: str
    state: str
    asked_by: str
    asked_at: datetime
    stopped_by: str = ""
    stopped_at: datetime | None = None
    cleared_by: str = ""
    cleared_at: datetime | None = None
    reason: str = ""
    phone: str = ""
    stopper: str = ""
    stopper_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class Told:
    """One line of what happened on opening.

    Attributes:
        what: ``account``, ``bridge``, ``sponsor``, ``vendor``, ``responders``, ``status``.
        state: ``done``, ``sending``, ``failed``, ``waiting`` (for a person's press).
        name: Who was told, or the channel's name for ``bridge``.
        at: When it was done.
        channel_id: The bridge's channel.
    """

    what: str
    state: str
    name: str = ""
    at: datetime | None = None
    channel_id: str = ""


@dataclass(frozen=True, slots=True)
class ClockLine:
    """One clock as ``why`` explains it.

    Attributes:
        name: "First reply", "Resolve".
        target: "4 h", "1 business day".
        rule: Which rule sets it: "Severity High (S109)".
        due_at: When it is due; None when it does not apply.
        breach_at: When it is breached, if that is another time than due.
        calendar: "Berlin desk, Mon-Fri 09:00-17:00 CET", or empty for day and night.
        note: "does not apply: ...", "done 14:02 UTC"; may be empty.
        binds: Whether it is the next that binds.
    """

    name: str
    target: str
    rule: str
    due_at: datetime | None
    breach_at: datetime | None = None
    calendar: str = ""
    note: str = ""
    binds: bool = False


@dataclass(frozen=True, slots=True)
class CertificateLine:
    """One numbered line of a certificate.

    Attributes:
        kind: The step's key, or ``hold`` with its history in ``note``.
        opens_at: Shown as "14:17:10 to ..." when it is a window.
        due_at: Planned by; None for lines without a plan.
        settled_at: Done at; None while owed.
        by: Who.
        outcome: ``on_time``, ``late``, ``owed``, ``waived``, ``superseded``.
        late_s: By how many seconds.
        link: The message's address; may be empty.
        note: "seen 14:31 · asked: no"; may be empty.
    """

    kind: str
    due_at: datetime | None
    outcome: str
    opens_at: datetime | None = None
    settled_at: datetime | None = None
    by: str = ""
    late_s: int = 0
    link: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class TimelineLine:
    """One entry of the timeline: when, and a sentence."""

    at: datetime
    sentence: str


@dataclass(frozen=True, slots=True)
class TimelineDay:
    """The entries of one UTC day."""

    at: datetime
    entries: tuple[TimelineLine, ...]


@dataclass(frozen=True, slots=True)
class OpenTicketLine:
    """A ticket that is open for the same account already."""

    ref: str
    tier: int
    summary: str
    age: str
    held_by: str


@dataclass(frozen=True, slots=True)
class NextChoice:
    """One offered time of the next update: a key (``in_60``), its minutes, its instant, why."""

    key: str
    span: str
    at: datetime
    note: str


@dataclass(frozen=True, slots=True)
class SentUpdate:
    """An update that the account has: its number, since when, and its words."""

    number: int
    at: datetime
    words: str


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a decision: its key and its words."""

    key: str
    words: str


@dataclass(frozen=True, slots=True)
class DecisionLine:
    """One decision asked of an executive, as card and certificate say it.

    Attributes:
        person: Who was asked.
        state: ``asked``, ``made``, ``lapsed``, ``withdrawn``.
        due_at: By when an answer is needed.
        at: When it was made, or when the default began to hold.
        answer: The answer, or the default that holds; why, when it was withdrawn.
    """

    person: str
    state: str
    due_at: datetime
    at: datetime | None = None
    answer: str = ""
