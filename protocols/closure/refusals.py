"""Why an end of a ticket is refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class OurOwnPress(Refusal):
    """Only someone at the account confirms. Source: D7."""

    code = "own_confirmation"


class CouldStandAnywhere(Refusal):
    """The words of a resolution have nothing of the ticket's own. Source: S98."""

    code = "could_stand_anywhere"


class NoSuchCause(Refusal):
    """The cause is none of the category's. Source: S101."""

    code = "no_such_cause"


class StillOwed(Refusal):
    """The ticket cannot close while something is owed."""

    code = "still_owed"


class AttemptsNeeded(Refusal):
    """Closing without confirmation needs recorded attempts on several days. Source: D7."""

    code = "attempts_needed"


class NotSilent(Refusal):
    """Nobody's silence has opened the ticket again. Source: D7."""

    code = "not_silent"


class OnlyACall(Refusal):
    """Nothing can be sent to the account: it is called. Source: D7."""

    code = "only_a_call"


class AskedToday(Refusal):
    """The account was asked on this day. Source: D7."""

    code = "asked_today"


class AsleepNow(Refusal):
    """It is not the account's day: an account is asked within it. Source: D45."""

    code = "asleep_now"
