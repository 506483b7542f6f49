"""What people do while a release is rolled out: whichever process gets it knows what to do.

Proves: F26, F05.
"""

from __future__ import annotations

from datetime import timedelta

import pytest

from protocols.status import Status
from tests.kit.journey import KNOWN, SHARED, STARTS_AT
from tests.rolling.gestures import InTurn
from tests.rolling.two import Two

A_WEEK_LATER = STARTS_AT + timedelta(days=7)
pytestmark = [pytest.mark.slow, pytest.mark.crash, pytest.mark.full, pytest.mark.postgres]


@pytest.mark.parametrize("first", [0, 1], ids=["older-begins", "newer-begins"])
def test_an_incident_goes_from_its_opening_to_its_end_by_gestures_at_both(
    on_a_monday: Two, first: int
) -> None:
    two = on_a_monday
    desk = InTurn(two, first)
    desk.opened()
    desk.takes_up()
    desk.press("cs-manager-one", "Call started")
    desk.walk_to(desk.ticket.opened_at + timedelta(minutes=40))
    desk.drafts()
    desk.press("cs-manager-one", "Release")
    done = {"done": "The second copies were returned.", "how_to_check": "Look at your statement."}
    desk.form("engineering-lead-one", "Resolve", **done)
    desk.press("cs-manager-one", "Release")
    desk.press("ap-director-one", "Yes, it is solved", SHARED)
    desk.walk_to(A_WEEK_LATER)
    desk.form("csm-one", "It is delivered", None, stands="in the records, RCA-77")
    assert "chain intact" in desk.types("csm-one", "/bridge", "certificate")
    desk.walk(days=3)
    assert desk.status() is Status.CLOSED
    assert any(KNOWN in heard.words for _, heard in desk.outside())
    assert two.slack.notices == []
    assert two.wrongs(two.older, two.newer) == []
