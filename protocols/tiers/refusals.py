"""Why a lower tier is refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class CannotLower(Refusal):
    """Lowering a tier needs a CS manager, and from 3 or 4 a second judge. Source: D12."""

    code = "lower_needs_manager"


class JudgeIsAsker(Refusal):
    """Who asked for a lower tier does not agree to it as well. Source: D12."""

    code = "judge_is_asker"


class LoweringWaits(Refusal):
    """The same lower tier is asked for and waits for an answer. Source: D12."""

    code = "lowering_waits"
