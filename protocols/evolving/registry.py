"""The table from an event's type to the change it makes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from protocols import events as ev
from protocols.people import Who
from protocols.ticket import Ticket

E = TypeVar("E", bound=ev.Event)
Evolver = Callable[[Ticket, Any], Ticket]
EVOLVERS: dict[type[ev.Event], Evolver] = {}


def on(event_type: type[E]) -> Callable[[Callable[[Ticket, E], Ticket]], Evolver]:
    """Register the change that one type of event makes."""

    def register(function: Callable[[Ticket, E], Ticket]) -> Evolver:
        EVOLVERS[event_type] = function
        return function

    return register


def with_person(people: tuple[Who, ...], person: Who) -> tuple[Who, ...]:
    """Return the people with one more, unless they are among them."""
    return people if any(who.key == person.key for who in people) else (*people, person)
