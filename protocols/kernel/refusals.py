"""The refusals that know no subject: each a class, a code, and the facts its sentence needs.

A subject's own stand in its ``refusals.py``. The sentences stand in its ``refusals.yaml`` in the
templates, keyed by code; a rule says which one, and with which facts, never the words.
Source: words.md section 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class Refusal(Exception):
    """Base of every refusal that a person is told about.

    Attributes:
        code: Its name for people and logs.
        is_newest: Whether its sentence says what became of the question; what the message that was
            pressed says of it may be older.
    """

    code: ClassVar[str] = "refused"
    is_newest: ClassVar[bool] = False

    def __init__(self, **facts: object) -> None:
        super().__init__(f"{self.code}: {facts}" if facts else self.code)
        self.facts: Mapping[str, object] = facts


class OldButton(Refusal):
    """The button belongs to an earlier state of the ticket."""

    code = "old_button"


class UnknownTicket(Refusal):
    """No ticket has this reference."""

    code = "unknown_ticket"
    is_newest = True


class BeingUpdated(Refusal):
    """A newer process wrote this record, and this one does not know all of it: hands off.

    Source: design, Versions.
    """

    code = "being_updated"
    is_newest = True


class WrongState(Refusal):
    """The ticket is past the point where this can be done."""

    code = "wrong_state"


class AlreadyDone(Refusal):
    """What was asked stands already; nothing more to do."""

    code = "already_done"


class ReasonNeeded(Refusal):
    """The change is recorded with a reason, and none was given."""

    code = "reason_needed"


class NotAllowed(Refusal):
    """Only holders of a certain duty may do this."""

    code = "not_allowed"
