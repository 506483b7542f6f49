"""The tables that subjects fill: what decides, follows, bars, falls due, is told, is posted.

A rule says by a mark what it is for. Each kind of record has a list of subjects, whose rules are
its own; the list gives the order in which several answer to one thing. ``arrange`` puts it in
force.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, TypeAlias, TypeVar

from protocols.kernel.command import Command
from protocols.kernel.effects import Effect
from protocols.kernel.event import Event
from protocols.kernel.record import Record

F = TypeVar("F", bound=Callable[..., Any])
Rule: TypeAlias = Callable[..., Any]
Events: TypeAlias = tuple[Event, ...]
Effects: TypeAlias = tuple[Effect, ...]


class TwoRules(TypeError):
    """Two rules claim the same thing."""


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one kind of record.

    Attributes:
        decides: (record, command, context) -> events: what a command decides.
        opens: (command, context) -> events: what a command that begins a record decides.
        falls: (record, due point, context) -> events: what a kind of due point decides.
        cleans: (command, context) -> (command, events): how a command is made fit to be kept.
        bars: (command, record, context): refuses another subject's command.
        knows: (record, context) -> context: what a record adds to what is known.
        follows: (before, events, after, context) -> events: what follows from a change.
        dues: (record, policy, calendar) -> due points.
        dues_at_rest: The same: those that are due on a record that rests, too.
        rests: (record) -> whether nothing else is due on it, because all of it is elsewhere.
        passed: (record) -> the keys of due points that have passed.
        tells: (record, event, context) -> effects: what the world is told of an event.
        posts: (record, event, context) -> posts: what an event has for other records.
        tells_first: (before, events, after, context, version) -> effects: what is told before what
            events tell.
        tells_last: The same: what is told once for a whole change.
        ends: (record, parts of a message's key, events, context) -> what became of its question.
        keeps: (effects, before, after) -> effects: which effects may be told at all.
    """

    decides: dict[type[Command], Rule] = field(default_factory=dict)
    opens: dict[type[Command], Rule] = field(default_factory=dict)
    falls: dict[str, Rule] = field(default_factory=dict)
    cleans: list[Rule] = field(default_factory=list)
    bars: list[Rule] = field(default_factory=list)
    knows: list[Rule] = field(default_factory=list)
    follows: list[Rule] = field(default_factory=list)
    dues: list[Rule] = field(default_factory=list)
    dues_at_rest: list[Rule] = field(default_factory=list)
    rests: list[Rule] = field(default_factory=list)
    passed: list[Rule] = field(default_factory=list)
    tells: dict[type[Event], list[Rule]] = field(default_factory=dict)
    posts: dict[type[Event], list[Rule]] = field(default_factory=dict)
    tells_first: list[Rule] = field(default_factory=list)
    tells_last: list[Rule] = field(default_factory=list)
    ends: dict[str, Rule] = field(default_factory=dict)
    keeps: list[Rule] = field(default_factory=list)

    def add(self, table: str, keys: tuple[Any, ...], rule: Rule) -> None:
        """Put one more rule into a table, under these keys.

        Raises:
            TwoRules: Another one has such a key already.
        """
        placed = getattr(self, table)
        if isinstance(placed, list):
            placed.append(rule)
            return
        for key in keys:
            if table in _MANY:
                placed.setdefault(key, []).append(rule)
            elif placed.setdefault(key, rule) is not rule:
                raise TwoRules(f"{key} is claimed by {placed[key]} and by {rule}")


_MANY = ("tells", "posts")
_MARKED: list[tuple[str, tuple[Any, ...], Rule]] = []
_RULES: dict[type[Record], Rules] = {}


def rules_of(record: type[Record]) -> Rules:
    """Return the rules of a kind of record.

    Raises:
        KeyError: No list of subjects is in force for it.
    """
    return _RULES[record]


def begun_by(command: type[Command]) -> type[Record] | None:
    """Return which kind of record a command begins, None when it begins none."""
    return next((kind for kind, rules in _RULES.items() if command in rules.opens), None)


def arrange(record: type[Record], packages: tuple[str, ...]) -> None:
    """Put the rules of these packages in force for a kind of record, in this order.

    Raises:
        TwoRules: Two of them claim the same thing.
    """
    rules = Rules()
    of_these = [marked for marked in _MARKED if _package(marked[2]) in packages]
    for table, keys, rule in sorted(of_these, key=lambda each: packages.index(_package(each[2]))):
        rules.add(table, keys, rule)
    _RULES[record] = rules


def _package(rule: Rule) -> str:
    return rule.__module__.rpartition(".")[0]


def _mark(table: str, *keys: Any) -> Callable[[F], F]:
    def mark(rule: F) -> F:
        _MARKED.append((table, keys, rule))
        return rule

    return mark


def decides(*commands: type[Command]) -> Callable[[F], F]:
    """Register what decides these commands."""
    return _mark("decides", *commands)


def opens(*commands: type[Command]) -> Callable[[F], F]:
    """Register what decides a command that begins a record."""
    return _mark("opens", *commands)


def falls(*kinds: str) -> Callable[[F], F]:
    """Register what decides these kinds of due points."""
    return _mark("falls", *kinds)


def ends(*names: str) -> Callable[[F], F]:
    """Register what says how the questions end whose messages' keys begin with these names."""
    return _mark("ends", *names)


def tells(*events: type[Event]) -> Callable[[F], F]:
    """Register what the world is told of these events."""
    return _mark("tells", *events)


def posts(*events: type[Event]) -> Callable[[F], F]:
    """Register what these events have for other records."""
    return _mark("posts", *events)


cleans = _mark("cleans")
bars = _mark("bars")
knows = _mark("knows")
follows = _mark("follows")
dues_of = _mark("dues")
dues_at_rest_too = _mark("dues_at_rest")
rests = _mark("rests")
passed_of = _mark("passed")
tells_first = _mark("tells_first")
tells_last = _mark("tells_last")
keeps = _mark("keeps")
