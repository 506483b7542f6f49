"""Whom words mention: Slack says an id in a message, and records and colleagues read names.

In a command Slack says the name as well, in one word, as commands are read.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Protocol, TypeVar

from handlers.kit.edge import Gesture, MessageShortcut, SlackEvent
from protocols.people.people import Who

_PERSON = re.compile(r"<@([A-Z0-9]+)(?:\|[^<>]*)?>")
_NOT_IN_NAMES = re.compile(r"[<>|&]")
_NESTED = ("message", "previous_message")
G = TypeVar("G", bound=Gesture)


class Names(Protocol):
    """Knows who of us somebody in Slack is."""

    def who(self, user_id: str) -> Who | None:
        """Return the person behind a Slack user id, None when we do not know them."""
        ...


def named(desk: Names, gesture: G) -> G:
    """Return a gesture in whose words each of us who is mentioned stands by name."""
    changes = _changes(desk, gesture)
    return replace(gesture, **changes) if changes else gesture


def _changes(desk: Names, gesture: Gesture) -> dict[str, Any]:
    if isinstance(gesture, SlackEvent):
        return {"text": _words(desk, gesture.text), "fields": _texts(desk, gesture.fields)}
    if isinstance(gesture, MessageShortcut):
        return {"text": _words(desk, gesture.text)}
    return {}


def _texts(desk: Names, fields: Mapping[str, Any]) -> Mapping[str, Any]:
    found = dict(fields)
    for key in _NESTED:
        inner = found.get(key)
        if isinstance(inner, Mapping) and isinstance(inner.get("text"), str):
            found[key] = {**inner, "text": _words(desk, inner["text"])}
    return found


def _words(desk: Names, text: str) -> str:
    return _PERSON.sub(lambda mention: _by_name(desk, mention), text) if "<@" in text else text


def _by_name(desk: Names, mention: re.Match[str]) -> str:
    who = desk.who(mention[1])
    return mention[0] if who is None else f"<@{mention[1]}|{_NOT_IN_NAMES.sub('', who.name)}>"
