"""What reports would have opened by themselves, of accounts where our people are asked. M16."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import datetime, timedelta

from bot.engine import nudges
from bot.engine.facts import Facts
from protocols.counts import counted
from protocols.intake.modes import Intake, intake_of
from protocols.nudges.state import Nudge, NudgeAsking, NudgeEnd
from store.db import Database
from store.read.nudges import first_at

SPAN = timedelta(days=14)
_ENDS = {
    NudgeEnd.OPENS: "opened by one of us",
    NudgeEnd.OVERTAKEN: "opened from the message",
    NudgeEnd.LAPSED: "opened because nobody answered",
    NudgeEnd.DECLINED: "no report, as one of us said",
    NudgeEnd.WITHDRAWN: "deleted by whoever wrote it",
}


def asked_first(database: Database, facts: Facts, now: datetime) -> Iterator[str]:
    """Yield, once an account has been asked about for 14 days, what *on* would have opened."""
    since = now - SPAN
    for account in facts.directory.accounts:
        if not account.active or intake_of(account) is not Intake.NUDGE:
            continue
        with database.read() as conn:
            first = first_at(conn, account.key)
            found = nudges.asked_since(conn, account.key, since)
        if first is not None and first <= since and found:
            yield (
                f"{account.name} is asked about first (intake: nudge). In the last "
                f"{SPAN.days} days *on* would have opened {counted(len(found), 'ticket')}: "
                f"{_became(found)}."
            )


def _became(found: tuple[Nudge, ...]) -> str:
    ends = Counter(nudge.of(NudgeAsking).end for nudge in found)
    beside = sum(bool(nudge.of(NudgeAsking).beside) for nudge in found)
    ends[NudgeEnd.LAPSED] -= beside
    said = [f"{ends[end]} {words}" for end, words in _ENDS.items() if ends[end]]
    said += [f"{beside} went on an open ticket"] if beside else []
    waiting = [f"{ends[None]} not answered yet"] if ends[None] else []
    return ", ".join([*said, *waiting])
