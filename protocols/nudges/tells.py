"""Who reads the question whether a message is a report: its team's channel, or a person. M16."""

from __future__ import annotations

from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.event import Event
from protocols.kernel.tables import Effects, tells, tells_last
from protocols.nudges import questions
from protocols.nudges.events import NudgeAsked, NudgeHeardMore, NudgeNotShown, NudgeReworded
from protocols.nudges.state import Nudge, NudgeAsking


@tells(NudgeAsked)
def asked(nudge: Nudge, event: NudgeAsked, _ctx: Context) -> Effects:
    """Ask the team, and each in person."""
    team = (questions.to_team(nudge, event.team_channel),) if event.team_channel else ()
    return (*team, *(questions.to_person(nudge, who) for who in event.asked))


@tells(NudgeNotShown, NudgeHeardMore, NudgeReworded)
def asked_in_person(
    nudge: Nudge, event: NudgeNotShown | NudgeHeardMore | NudgeReworded, _ctx: Context
) -> Effects:
    """Ask these in person."""
    return tuple(questions.to_person(nudge, who) for who in event.asked)


@tells_last
def shown_anew(
    before: Nudge | None, events: tuple[Event, ...], after: Nudge, _ctx: Context, version: int
) -> Effects:
    """Show what was written since, while it is asked."""
    said = any(isinstance(event, NudgeHeardMore | NudgeReworded) for event in events)
    asking = after.of(NudgeAsking)
    if before is None or not said or asking.end is not None:
        return ()
    # Whoever is asked with this change reads it as it is.
    known = before.of(NudgeAsking).asked
    asked_by: list[Effect] = [questions.to_person(after, who) for who in known]
    if asking.team_channel:
        asked_by.append(questions.to_team(after, asking.team_channel))
    return tuple(questions.edited(question, version) for question in asked_by)
