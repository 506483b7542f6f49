"""The tables that subjects fill: what decides, follows, bars, falls due, is told, is posted.

A rule says by a mark what it is for. The list of the subjects gives the order in which several
answer to one thing; ``arrange`` puts it in force.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, TypeAlias, TypeVar

from protocols.kernel.command import Command
from protocols.kernel.effects import Effect
from protocols.kernel.event import Event

F = TypeVar("F", bound=Callable[..., Any])
Events: TypeAlias = tuple[Event, ...]
Effects: TypeAlias = tuple[Effect, ...]

DECIDES: dict[type[Command], Callable[..., Events]] = {}
"""(record, command, context) -> events: what a command decides."""
OPENS: dict[type[Command], Callable[..., Events]] = {}
"""(command, context) -> events: what a command that begins a record decides."""
FALLS: dict[str, Callable[..., Events]] = {}
"""(record, due point, context) -> events: what a kind of due point decides."""
CLEANS: list[Callable[..., Any]] = []
"""(command, context) -> (command, events): how a command is made fit to be kept."""
BARS: list[Callable[..., None]] = []
"""(command, record, context): refuses another subject's command."""
KNOWS: list[Callable[..., Any]] = []
"""(record, context) -> context: what a record adds to what is known."""
FOLLOWS: list[Callable[..., Events]] = []
"""(before, events, after, context) -> events: what follows from a change."""
DUES: list[Callable[..., Any]] = []
"""(record, policy, calendar) -> due points."""
PASSED: list[Callable[..., frozenset[str]]] = []
"""(record) -> the keys of due points that have passed."""
TELLS: dict[type[Event], list[Callable[..., Effects]]] = {}
"""(record, event, context) -> effects: what the world is told of an event."""
POSTS: dict[type[Event], list[Callable[..., Any]]] = {}
"""(record, event, context) -> posts: what an event has for other records."""
TELLS_FIRST: list[Callable[..., Effects]] = []
"""(before, events, after, context, version) -> effects: what is told before what events tell."""
TELLS_LAST: list[Callable[..., Effects]] = []
"""(before, events, after, context, version) -> effects: what is told once for a whole change."""
ENDS: dict[str, Callable[..., Any]] = {}
"""(record, parts of a message's key, events, context) -> what became of its question, or None."""
KEEPS: list[Callable[..., Any]] = []
"""(effects, before, after) -> effects: which effects may be told at all."""

_LISTS: tuple[list[Callable[..., Any]], ...] = (
    CLEANS, BARS, KNOWS, FOLLOWS, DUES, PASSED, TELLS_FIRST, TELLS_LAST, KEEPS,
)  # fmt: skip


class TwoRules(TypeError):
    """Two rules claim the same thing."""


def _once(table: dict[Any, Any], keys: Iterable[Any]) -> Callable[[F], F]:
    def register(rule: F) -> F:
        for key in keys:
            if key in table:
                raise TwoRules(f"{key} is claimed by {table[key]} and by {rule}")
            table[key] = rule
        return rule

    return register


def _of(table: dict[Any, list[Any]], keys: Iterable[Any]) -> Callable[[F], F]:
    def register(rule: F) -> F:
        for key in keys:
            table.setdefault(key, []).append(rule)
        return rule

    return register


def _beside(table: list[Callable[..., Any]]) -> Callable[[F], F]:
    def register(rule: F) -> F:
        table.append(rule)
        return rule

    return register


def decides(*commands: type[Command]) -> Callable[[F], F]:
    """Register what decides these commands."""
    return _once(DECIDES, commands)


def opens(*commands: type[Command]) -> Callable[[F], F]:
    """Register what decides a command that begins a record."""
    return _once(OPENS, commands)


def falls(*kinds: str) -> Callable[[F], F]:
    """Register what decides these kinds of due points."""
    return _once(FALLS, kinds)


def ends(*names: str) -> Callable[[F], F]:
    """Register what says how the questions end whose messages' keys begin with these names."""
    return _once(ENDS, names)


def tells(*events: type[Event]) -> Callable[[F], F]:
    """Register what the world is told of these events."""
    return _of(TELLS, events)


def posts(*events: type[Event]) -> Callable[[F], F]:
    """Register what these events have for other records."""
    return _of(POSTS, events)


cleans = _beside(CLEANS)
bars = _beside(BARS)
knows = _beside(KNOWS)
follows = _beside(FOLLOWS)
dues_of = _beside(DUES)
passed_of = _beside(PASSED)
tells_first = _beside(TELLS_FIRST)
tells_last = _beside(TELLS_LAST)
keeps = _beside(KEEPS)


def arrange(packages: tuple[str, ...]) -> None:
    """Put the rules into the order of the subjects' packages."""

    def place(rule: Callable[..., Any]) -> int:
        return packages.index(rule.__module__.rpartition(".")[0])

    for table in (*_LISTS, *TELLS.values(), *POSTS.values()):
        table.sort(key=place)
