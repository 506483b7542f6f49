"""The list of subjects brings each event and command of theirs, whichever file it stands in."""

from __future__ import annotations

import pytest

from protocols.kernel.command import Command
from protocols.kernel.event import Event
from protocols.subjects import COMMANDS, EVENTS


def names(classes: object) -> list[str]:
    assert isinstance(classes, list | tuple)
    return [f"{one.__module__}.{one.__name__}" for one in classes]


@pytest.mark.parametrize(("base", "listed"), [(Event, EVENTS), (Command, COMMANDS)])
def test_whatever_a_subject_declares_is_listed_once(base: type, listed: tuple[type, ...]) -> None:
    declared = {each for each in names(base.__subclasses__()) if each.startswith("protocols.")}
    assert sorted(names(listed)) == sorted(declared)
