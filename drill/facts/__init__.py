"""What Slack publishes about its methods and events: tiers, scopes, arguments."""

from __future__ import annotations

import json
from dataclasses import dataclass
from importlib import resources


@dataclass(frozen=True, slots=True)
class Method:
    """The published facts of one Web API method."""

    name: str
    tier: int
    scopes: tuple[str, ...]
    arguments: frozenset[str]
    required: tuple[str, ...]
    takes_json: bool


def _load(name: str) -> dict[str, dict[str, list[str]]]:
    text = resources.files("drill.facts").joinpath(name).read_text(encoding="utf-8")
    loaded: dict[str, dict[str, list[str]]] = json.loads(text)
    return loaded


def methods() -> dict[str, Method]:
    """Return every method that Slack has and the drill knows of, by name."""
    known: dict[str, Method] = {}
    for name, fact in _load("methods.json").items():
        known[name] = Method(
            name=name,
            tier=int(str(fact["tier"])),
            scopes=tuple(fact["scopes"]),
            arguments=frozenset(fact["args"]),
            required=tuple(fact["required"]),
            takes_json=bool(fact["json"]),
        )
    return known


def event_scopes() -> dict[str, tuple[str, ...]]:
    """Return the scopes of which an event subscription needs one, by event name."""
    return {name: tuple(scopes) for name, scopes in _load("events.json").items()}
