"""Why the words of a problem answer nobody now."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class NothingToAnswer(Refusal):
    """No ticket waits for the words of this problem, or none were released."""

    code = "nothing_to_answer"
