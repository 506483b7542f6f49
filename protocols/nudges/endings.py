"""What became of the question whether a message is a report. Source: M16."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.endings import Became, Key
from protocols.kernel.tables import Events, ends
from protocols.nudges.questions import ASKED
from protocols.nudges.state import Nudge, NudgeAsking


@ends(ASKED)
def asked(nudge: Nudge, key: Key, _events: Events, _ctx: Context) -> Became | None:
    """Return who has answered, that it opened, or that it is not asked any more."""
    asking = nudge.of(NudgeAsking)
    if asking.end is None or len(key) > 1:
        return None
    return Became(
        asking.end.value,
        by=asking.ended_by,
        at=asking.ended_at,
        template="nudge_settled",
        turn=asking.ticket,
    )
