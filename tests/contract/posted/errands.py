"""Errands as a kind of record that the engine knows, and the note that gives one, in force."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import datetime

from bot.engine import kinds
from bot.engine.facts import Facts as Known
from bot.engine.kinds import Beginning
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.gather import load
from protocols.kernel.tables import rules_of
from protocols.people.people import Actor
from protocols.ticket import Ticket
from protocols.timeline.events import NoteAdded
from store.db import Connection
from store.write import records
from templates.kit.links import Links
from templates.kit.scene import Facts
from tests.contract.posted.errand.events import Errand
from tests.contract.posted.errand.rules import given_by_note

PACKAGES = ("protocols.clock", "tests.contract.posted.errand")


def _begin(
    _conn: Connection, facts: Known, command: Command, actor: Actor, now: datetime
) -> Beginning:
    return Beginning(command, facts.context(now, actor, facts.policy))


def _context(
    conn: Connection, facts: Known, errand: Errand, actor: Actor, now: datetime, _asked: object
) -> Context:
    return facts.context(now, actor, facts.policy_of(conn, errand.policy_version))


def _wordless(
    template: str, params: Mapping[str, object], record: Errand, ctx: Context, links: Links
) -> tuple[str, Facts]:
    del template, params, record, ctx, links
    raise NotImplementedError("An errand's words stand in its effects.")


load(Errand, PACKAGES)
_EVENTS, _NEWER = kinds.known(Errand, PACKAGES)
ERRANDS = kinds.add(
    kinds.RecordKind(
        name="errand",
        record=Errand,
        events=_EVENTS,
        newer=_NEWER,
        shelf=records.OTHERS,
        is_numbered=False,
        row=kinds.plain_row("errand"),
        begin=_begin,
        context=_context,
        rendering=_wordless,
        held_back=kinds.nothing_held_back,
        leaving=kinds.everything_leaves,
    ),
    PACKAGES,
)


@contextmanager
def in_force() -> Iterator[None]:
    """Have notes give errands."""
    posts = rules_of(Ticket).posts.setdefault(NoteAdded, [])
    posts.append(given_by_note)
    try:
        yield
    finally:
        posts.remove(given_by_note)
