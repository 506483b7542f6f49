"""The one door of the rules: ``decide(record, command, context) -> events``, or a refusal."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain

from protocols.kernel.changing import fold
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.record import Record
from protocols.kernel.refusals import UnknownTicket
from protocols.kernel.tables import Events, Rule, Rules, begun_by, rules_of

MOST_ROUNDS = 5
"""How often consequences may have consequences of their own."""


class NeverSettled(RuntimeError):
    """The consequences of a change went on for ever."""


def decide(record: Record | None, command: Command, ctx: Context) -> Events:
    """Return what happens when a command is asked of a record, with all its consequences.

    Returns:
        Events in order; empty when the command states what is so already.

    Raises:
        Refusal: The rule says no; the class says why.
    """
    kind = begun_by(type(command)) if record is None else type(record)
    if kind is None:
        raise UnknownTicket(reference=command.reference)
    rules = rules_of(kind)
    for bar in rules.bars:
        bar(command, record, ctx)
    found: Events = ()
    for clean in rules.cleans:
        command, more = clean(command, ctx)
        found += more
    if record is None:
        return _all(None, (*rules.opens[type(command)](command, ctx), *found), ctx)
    for know in rules.knows:
        ctx = know(record, ctx)
    events = _rule(rules, record, command)(record, command, ctx)
    return _all(record, (*events, *found), ctx) if events else ()


def _rule(rules: Rules, record: Record, command: Command) -> Rule:
    """Return what decides a command, of this kind of record alone."""
    found = rules.decides.get(type(command))
    if found is None:
        raise UnknownTicket(reference=record.reference, asked=type(command).__name__)
    return found


def _all(before: Record | None, events: Events, ctx: Context) -> Events:
    return tuple(chain.from_iterable(rounds(before, events, ctx)))


def rounds(before: Record | None, events: Events, ctx: Context) -> Iterator[Events]:
    """Yield the events, then what follows from them, then what follows from that.

    Whoever brought something there, the same follows from it.

    Raises:
        NeverSettled: There is no end to it.
    """
    after: Record = fold(events, before)
    follows = rules_of(type(after)).follows
    for _ in range(MOST_ROUNDS):
        yield events
        events = tuple(more for rule in follows for more in rule(before, events, after, ctx))
        if not events:
            return
        after = fold(events, after)
    raise NeverSettled(", ".join(type(event).__name__ for event in events))
