"""Why a complaint or a dispute is not put on record, or not taken off it."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class NotFlagged(Refusal):
    """The matter is none, or not any more."""

    code = "not_flagged"


class FlagStays(Refusal):
    """A complaint or a dispute is looked for where it was raised."""

    code = "flag_stays"


class FlaggedAlready(Refusal):
    """Somebody has said so already."""

    code = "flagged_already"
