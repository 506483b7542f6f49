"""A queue offers *Take* to who may take, and to nobody else. Source: S9, S149."""

from __future__ import annotations

import pytest

from templates.queue.words import line
from tests.unit.templates.queues import ENTRIES, reader

FREE = next(each for each in ENTRIES if not each.owner)


@pytest.mark.parametrize(
    ("person", "offered"),
    [
        ("finance-one", True),
        ("csm-one", True),
        ("support-one", True),
        ("engineer-one", False),
        ("legal-one", False),
        ("sponsor-one", False),
    ],
)
def test_a_free_ticket_is_offered_to_its_team_and_the_front_line(
    person: str, *, offered: bool
) -> None:
    assert line(FREE, 1, reader(person)).can_take is offered
