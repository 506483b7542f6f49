"""Why a swap of a duty, or a person named is refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class PersonUnknown(Refusal):
    """The person named is not one the desk can ask."""

    code = "person_unknown"


class DutyUnknown(Refusal):
    """No duty has the name that was typed. Source: D14."""

    code = "duty_unknown"


class SwapTime(Refusal):
    """A swap ends in the future, and not further away than it may last. Source: D14."""

    code = "swap_time"


class PersonAway(Refusal):
    """The person named is away. Source: M23."""

    code = "person_away"


class NotAway(Refusal):
    """Somebody comes back who was not away. Source: M23."""

    code = "not_away"


class AwayTime(Refusal):
    """An absence ends in the future. Source: M23."""

    code = "away_time"
