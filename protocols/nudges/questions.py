"""How the question whether a message is a report reaches its team, and each who is asked."""

from __future__ import annotations

from protocols.kernel.effects import Dm, Effect, Gateway, InsideAddress, Surface
from protocols.kernel.roads import URGENT_PEOPLE, dm_stream, result
from protocols.nudges.state import Nudge
from protocols.people.people import Staff
from protocols.triage.addresses import TeamChannel

ASKED = "asked"
"""With this the key of a message begins that asks."""


def team_key_of(nudge: Nudge) -> str:
    """Return the key of the question in the team's channel."""
    return f"{nudge.reference}/{ASKED}/team"


def to_team(nudge: Nudge, channel_id: str) -> Effect:
    """Return the question in the team's channel."""
    return _question(nudge, team_key_of(nudge), TeamChannel(channel_id), f"nudge/{channel_id}")


def to_person(nudge: Nudge, person: Staff) -> Effect:
    """Return the question to one of us."""
    key = f"{nudge.reference}/{ASKED}/{person.key}"
    return _question(nudge, key, Dm(person), dm_stream(nudge, person))


def _question(nudge: Nudge, key: str, to: InsideAddress, stream: str) -> Effect:
    return Effect(
        key=key,
        gateway=Gateway.SLACK,
        method="chat.postMessage",
        to=to,
        template="nudge",
        stream=stream,
        urgent=URGENT_PEOPLE,
    )


def edited(question: Effect, number: int) -> Effect:
    """Return the question as it stands now; it replaces any edit of before, until it ends."""
    where = {"ts": result(question.key, "ts")}
    if isinstance(question.to, Dm):
        where["channel"] = result(question.key, "channel")
    return Effect(
        key=f"{question.key}/edit/{number}",
        gateway=Gateway.SLACK,
        method="chat.update",
        to=question.to,
        template=question.template,
        arguments=where,
        stream=question.stream,
        surface=Surface.LATEST_ONLY,
        slot=f"{question.key}/edit",
        needs=(question.key,),
    )
