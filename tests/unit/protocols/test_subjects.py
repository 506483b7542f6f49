"""The list of subjects brings each event and command of theirs, whichever file it stands in."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.subjects import COMMANDS, EVENTS


def below(base: type) -> Iterator[type]:
    """Yield every class of a kind, those of a kind of their own too."""
    found: list[type] = base.__subclasses__()
    for each in found:
        yield each
        yield from below(each)


def names(classes: object) -> list[str]:
    assert isinstance(classes, list | tuple)
    return [f"{one.__module__}.{one.__name__}" for one in classes]


@pytest.mark.parametrize(("base", "listed"), [(Event, EVENTS), (Command, COMMANDS)])
def test_whatever_a_subject_declares_is_listed_once(base: type, listed: tuple[type, ...]) -> None:
    declared = {each for each in names(list(below(base))) if each.startswith("protocols.")}
    assert sorted(names(listed)) == sorted(declared)
