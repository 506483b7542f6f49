"""Who does what is folded on the card only where nobody is asked for anything. M27."""

from __future__ import annotations

from dataclasses import replace

import pytest

from templates.roles.seats import SeatLine, are_settled

SETTLED = (
    SeatLine("contact", "holds", "CSM One"),
    SeatLine("engineering-lead", "here", "Engineering Lead One"),
    SeatLine("scribe", "taken", "Support One"),
)


def test_people_who_are_there_are_settled() -> None:
    assert are_settled(SETTLED)


@pytest.mark.parametrize("state", ["open", "asked", "asked_again", "told", "unanswered"])
def test_one_who_is_missing_or_asked_keeps_all_in_sight(state: str) -> None:
    assert not are_settled((*SETTLED, SeatLine("scribe", state, "Support One")))


def test_an_offer_of_the_one_contact_keeps_all_in_sight() -> None:
    asked = replace(SETTLED[0], note="CSM Two is asked to take over")
    assert not are_settled((asked, *SETTLED[1:]))
