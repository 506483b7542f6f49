"""How events change records: the table from an event's type to the slices that it changes."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import reduce
from inspect import signature
from typing import Any, ClassVar, Protocol, TypeAlias, TypeVar, get_type_hints

from protocols.kernel.event import Event
from protocols.kernel.record import Record

Change: TypeAlias = Callable[..., Any]
C = TypeVar("C", bound=Change)
R = TypeVar("R", bound=Record)


class Numbered(Protocol):
    """A frozen value that is told from others of its kind by a number."""

    __dataclass_fields__: ClassVar[dict[str, Any]]

    @property
    def number(self) -> int:
        """Return the number."""
        ...


T = TypeVar("T", bound=Numbered)

BEGINNINGS: dict[type[Event], type[Record]] = {}
"""Which kind of record an event begins."""
CHANGES: dict[type[Event], list[tuple[type[Any], Change, int]]] = {}
"""For each event the slices that it changes: the slice's class, the change, its arguments' count.

A change of one argument makes the slice from the event alone, one of two from the slice and the
event; the third is the record as it was before the event.
"""


class NotBegun(ValueError):
    """An event came for a record that no event has begun."""


def begins(event: type[Event], record: type[Record]) -> None:
    """Say that an event begins a record."""
    BEGINNINGS[event] = record


def on(*events: type[Event]) -> Callable[[C], C]:
    """Register a change of the slice that the function returns."""

    def register(change: C) -> C:
        kind = get_type_hints(change)["return"]
        for event in events:
            CHANGES.setdefault(event, []).append((kind, change, len(signature(change).parameters)))
        return change

    return register


def evolve(record: R | None, event: Event) -> R:
    """Return the record as it stands after one event.

    Raises:
        NotBegun: The first event of a record is none that begins one.
    """
    if record is None:
        begun = BEGINNINGS.get(type(event))
        if begun is None:
            raise NotBegun(type(event).__name__)
        return _changed(begun(), event)  # type: ignore[return-value]
    return _changed(record, event) if type(event) in CHANGES else record


def _changed(record: R, event: Event) -> R:
    made = []
    for kind, change, count in CHANGES.get(type(event), ()):
        if kind not in record.slices:
            continue
        if count == 1:
            made.append(change(event))
        elif count == 2:
            made.append(change(record.of(kind), event))
        else:
            made.append(change(record.of(kind), event, record))
    return record.having(*made)


def fold(events: Iterable[Event], record: R | None = None) -> R:
    """Return the record that a history makes.

    Raises:
        NotBegun: The history is empty, or its first event is none that begins a record.
    """
    folded: R | None = reduce(evolve, events, record)
    if folded is None:
        raise NotBegun("empty history")
    return folded


def numbered(items: tuple[T, ...], number: int, **changes: object) -> tuple[T, ...]:
    """Return the items with the one of this number changed."""
    return tuple(replace(one, **changes) if one.number == number else one for one in items)
