"""The judge: what does not hold after a history, from the record and from what reached whom."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from tests.histories import delivered, hearing, live, owed, record, twice, unread
from tests.histories.finding import Finding
from tests.histories.hearing import Heard
from tests.histories.history import History
from tests.histories.marks import marks_in
from tests.histories.moves import EDIT, SAY, Move
from tests.histories.persons import MAIL_OF, OUTSIDERS, STRANGERS_INSIDE, VOICES
from tests.histories.stepping import STARTS_AT

_UNANSWERED = ("did not answer", "trouble connecting", "failed with the error")
"""What Slack itself tells people because the program failed them."""


def judged(history: History) -> list[Finding]:
    """Return everything that does not hold, each kind once."""
    return list({found.code: found for found in _all(history)}.values())


def _all(history: History) -> Iterator[Finding]:
    chains = record.chains(history.machine)
    taken = hearing.heard(history.place.slack, _shared(history), history.place.shared_until)
    yield from _faults(history)
    yield from unread.unread(taken, chains, _typed(history), _strangers(history), _own(history))
    yield from _written_to(history, taken)
    yield from twice.twice(taken)
    yield from owed.owed(chains)
    yield from delivered.delivered(chains, taken)
    yield from live.live(history.machine, [chain.reference for chain in chains])


def _faults(history: History) -> Iterator[Finding]:
    for line in history.faults:
        yield Finding("fault", line[:300])
    for move, came in history.made:
        if any(word in came for word in _UNANSWERED) and not history.machine.deaths:
            yield Finding(f"failed: {move.label}", came)


def _shared(history: History) -> dict[str, datetime]:
    """Return since when each channel is read by people outside; theirs with the desk from ever."""
    directs = dict.fromkeys(_directs(history), STARTS_AT)
    return {**history.place.shared_from_start, **history.place.shared_since, **directs}


def _directs(history: History) -> list[str]:
    """Return the ways to write to people who are not of us: by their id, by the channel's."""
    strangers = _strangers(history)
    channels = history.place.slack.world.channels.values()
    own = [c.id for c in channels if c.kind == "im" and strangers & c.members.keys()]
    return [*strangers, *own]


def _written_to(history: History, taken: list[Heard]) -> Iterator[Finding]:
    """Outside people are never sent direct messages. Source: D24."""
    directs = _directs(history)
    for each in taken:
        if each.place in directs and each.is_new:
            yield Finding("a stranger is written to", f"{each.key} went to a stranger directly.")


def _strangers(history: History) -> frozenset[str]:
    users = history.place.slack.world
    return frozenset(users.person(who).id for who in (*OUTSIDERS, *STRANGERS_INSIDE[1:]))


def _typed(history: History) -> dict[str, Move]:
    return {
        mark: move for move in history.moves for mark in marks_in(f"{move.value} {move.entries}")
    }


def _own(history: History) -> dict[str, tuple[str, ...]]:
    """Return how the places of an account end, by each mark its people wrote in its channel."""
    world = history.place.slack.world
    return {
        mark: (world.channel_named(move.where).id, MAIL_OF[move.where])
        for move in history.moves
        if move.kind in (SAY, EDIT) and move.who in VOICES.get(move.where, ())
        for mark in marks_in(move.value)
    }
