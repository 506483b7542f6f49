"""What a change of one record has for another: a command, decided there in a change of its own.

A command changes one record. What it means for a second one is posted in the same transaction and
decided soon after; what is decided so posts nothing itself. Source: design, Records.
"""

from __future__ import annotations

from dataclasses import dataclass

from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.record import Record
from protocols.kernel.tables import Events, rules_of
from protocols.people.people import ENGINE, Actor


@dataclass(frozen=True, slots=True)
class Post:
    """A command for the record that it names, and who asks it."""

    command: Command
    actor: Actor = ENGINE


class PostsNothing(TypeError):
    """A rule posts on what a posted command decided: that would go on from record to record."""


def posts(events: Events, after: Record, ctx: Context) -> tuple[tuple[Post, ...], ...]:
    """Return what each of these events posts, in order."""
    rules = rules_of(type(after)).posts
    return tuple(
        tuple(post for rule in rules.get(type(event), ()) for post in rule(after, event, ctx))
        for event in events
    )
