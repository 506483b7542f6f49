"""Why a recall is refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class AlreadyWithThem(Refusal):
    """Words that have left cannot be recalled. Source: D24."""

    code = "already_with_them"


class NothingToRecall(Refusal):
    """No released text is on its way. Source: D24."""

    code = "nothing_to_recall"
