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
