"""This file owns the table of sentences: which event is said how on the timeline."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, TypeVar

from protocols import events as ev
from templates.presenters.scene import Scene

E = TypeVar("E", bound=ev.Event)
Sentence = Callable[[Scene, Any], str]
_SENTENCES: dict[type[ev.Event], Sentence] = {}


def sentence(scene: Scene, event: ev.Event) -> str:
    """Return what happened as one sentence, empty for what is not worth a line."""
    make = _SENTENCES.get(type(event))
    return "" if make is None else make(scene, event)


def has_sentence(event_type: type[ev.Event]) -> bool:
    """Say whether events of a type appear on the timeline."""
    return event_type in _SENTENCES


def says(event_type: type[E]) -> Callable[[Callable[[Scene, E], str]], Sentence]:
    """Register the function below as what is said of an event."""

    def register(function: Callable[[Scene, E], str]) -> Sentence:
        _SENTENCES[event_type] = function
        return function

    return register


def simply(event_type: type[E], make: Callable[[Scene, E], str]) -> None:
    """Register a short function as what is said of an event."""
    _SENTENCES[event_type] = make
