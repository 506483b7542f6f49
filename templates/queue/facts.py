"""The facts of a queue's page and of App Home. Source: S89, S104; words, 6 and 7."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from protocols.queue.pages import PageChoice, QueueCounts
from templates.kit.values import Value

PAGE_SIZE = 10
ALL, RISEN, MINE, NOBODYS, ON = "all", "risen", "mine", "nobodys", "on"
UNCOVERED = "uncovered"
"""Whose owner is not here now: away, or off duty. Source: D39."""
SHOWN = {
    RISEN: "Close to breach",
    MINE: "Only mine",
    NOBODYS: "Nobody's",
    UNCOVERED: "Nobody covers",
    ALL: "Everyone's",
}
"""What may be shown of a queue, as its button says it."""
_KNOWN = {*SHOWN, ON}


def carried_choice(choice: PageChoice) -> str:
    """Return a choice as a button carries it."""
    return f"{choice.shows}|{choice.team}|{choice.offset}"


def chosen(parts: tuple[str, ...]) -> PageChoice:
    """Return what a button carries; of another release's button what is understood of it."""
    shows, team, offset = (*parts, "", "", "")[:3]
    at = int(offset) if offset.isascii() and offset.isdigit() else 0
    return PageChoice(shows if shows in _KNOWN else ALL, team, at)


@dataclass(frozen=True, slots=True)
class QueueButton(Value):
    """A button that leads to another page of a queue."""

    label: str
    name: str
    value: str


def buttons(choice: PageChoice, counts: QueueCounts) -> Iterator[QueueButton]:
    """Yield the ways on from a page: the next, the one before, and other tickets of the queue."""
    after, before = choice.offset + PAGE_SIZE, max(0, choice.offset - PAGE_SIZE)
    if after < counts.total:
        left = min(PAGE_SIZE, counts.total - after)
        yield _button(f"Next {left}", "next", PageChoice(choice.shows, choice.team, after))
    if choice.offset:
        yield _button("Back", "back", PageChoice(choice.shows, choice.team, before))
    for shows, label in SHOWN.items():
        if choice.shows not in (ON, shows):
            yield _button(label, shows, PageChoice(shows, choice.team))
    if choice.team:
        yield _button("All teams", "teams", PageChoice(choice.shows))


def _button(label: str, name: str, choice: PageChoice) -> QueueButton:
    return QueueButton(label, name, carried_choice(choice))
