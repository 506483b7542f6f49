"""Why a message opens no ticket."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class AlreadyHeard(Refusal):
    """A ticket stands for it, or the same person's report was heard a moment ago. Source: M16."""

    code = "already_heard"
