"""Why a message opens no ticket."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class AlreadyHeard(Refusal):
    """The same person's report was heard a moment ago. Source: M16."""

    code = "already_heard"
