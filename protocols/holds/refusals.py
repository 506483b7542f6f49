"""Why a hold is refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class HoldInForce(Refusal):
    """A hold placed after the approval wins. Source: M6."""

    code = "hold_in_force"


class ClearerIsPlacer(Refusal):
    """The one who placed a hold may not clear it. Source: S48, D17."""

    code = "same_person_hold"


class HasPassed(Refusal):
    """A hold is looked at again after it is placed, not before."""

    code = "hold_has_passed"
