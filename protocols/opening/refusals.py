"""Why another ticket of an account is refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class AlreadyOpen(Refusal):
    """The same person opened the same words for the same account a moment ago. Source: S178."""

    code = "already_open"


class SecondCritical(Refusal):
    """The account has a Tier 3 or 4 ticket since less than an hour. Source: D27."""

    code = "second_critical"
