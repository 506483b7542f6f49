"""Why who may ask at all is refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class NotYours(Refusal):
    """Only people on the ticket may do this."""

    code = "not_yours"


class NotTaken(Refusal):
    """Nobody has taken the ticket: who asks may take it, and do this then. Source: D37; M26."""

    code = "not_taken"


class Confidential(Refusal):
    """Only those on the ticket, CS managers, Legal and Security read this ticket."""

    code = "confidential"


class Outside(Refusal):
    """The one who asks is not of our staff. Source: D29."""

    code = "outside"


class NotAsked(Refusal):
    """The actor answers a question that is not put to them any more. Source: D14."""

    code = "not_asked"


class NotMetYet(Refusal):
    """Slack has not said yet who asks; it is being asked. Source: D29, D41."""

    code = "not_met_yet"
