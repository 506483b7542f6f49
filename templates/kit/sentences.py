"""The table of sentences: which event is said how on the timeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from protocols.kernel.event import Event
from templates.kit.scene import Scene

E = TypeVar("E", bound=Event)
Sentence = Callable[[Scene, Any], str]
_SENTENCES: dict[type[Event], Sentence] = {}
SILENT: set[type[Event]] = set()
"""Events that other entries say already."""
_DECIDED: set[type[Event]] = set()


def is_decision(event: Event) -> bool:
    """Say whether somebody decided it, as against what happened or was asked."""
    return type(event) in _DECIDED


def sentence(scene: Scene, event: Event) -> str:
    """Return what happened as one sentence, empty for what is not worth a line."""
    make = _SENTENCES.get(type(event))
    return "" if make is None else make(scene, event)


def has_sentence(event_type: type[Event]) -> bool:
    """Say whether events of a type appear on the timeline."""
    return event_type in _SENTENCES


def says(
    event_type: type[E], *, decided: bool = False
) -> Callable[[Callable[[Scene, E], str]], Sentence]:
    """Register the function below as what is said of an event."""

    def register(function: Callable[[Scene, E], str]) -> Sentence:
        simply(event_type, function, decided=decided)
        return function

    return register


def simply(event_type: type[E], make: Callable[[Scene, E], str], *, decided: bool = False) -> None:
    """Register a short function as what is said of an event."""
    _SENTENCES[event_type] = make
    if decided:
        _DECIDED.add(event_type)


def silent(*event_types: type[Event]) -> None:
    """Register events that are worth no line, because other entries say them."""
    SILENT.update(event_types)
