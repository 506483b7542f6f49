"""Why an acknowledgment is refused, or the word how a time counts."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class HasABridge(Refusal):
    """On Tier 3 and 4 the one contact of the bridge has it; nobody takes it by a press. S39."""

    code = "has_a_bridge"


class NoClockToSend(Refusal):
    """No time to resolve runs that the account could read without a release. Source: D15."""

    code = "no_clock_to_send"
