"""The rehearsal *Platform outage*, walked to its end as the coach says."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import Any

import pytest

from drill.gestures import Gestures
from drill.play.coach import coach_wire
from drill.play.rehearsal import Rehearsal
from protocols.notices.events import Reach
from protocols.outreach.state import OutreachTold
from tests.kit.journey import FUNDS, PROCESSOR, REPORTED, SHARED, Journey, journey
from tests.kit.waiting import until

Wire = dict[str, Any]
LISTED = ("elm", "fern", "grove", "hazel", "iris", "juniper", "kelp", "lotus")
LOOKS = 60
THE_END = 99
AHEAD_S = 60


class Walk:
    """A rehearsal beside a desk: what its page shows and asks, without the page."""

    def __init__(self, desk: Journey) -> None:
        self.desk = desk
        self.rehearsal = Rehearsal(desk.slack.space, Gestures(desk.slack.space))
        desk.slack.run(self.rehearsal.start("platform_outage"))

    @property
    def coach(self) -> Wire:
        """What the coach says now."""
        return self.desk.slack.ask(self._said)

    def _said(self) -> Wire:
        self.rehearsal.look()
        assert self.rehearsal.scenario is not None
        return coach_wire(self.rehearsal.scenario, self.rehearsal.sight)

    def is_at(self, number: int) -> bool:
        """Say whether the coach is at a step, or past it."""
        return int(self.coach["n"]) >= number

    def goes_on_until(self, number: int) -> None:
        """Walk on in time, as *Run* does, until the coach is at a step."""
        for _ in range(LOOKS):
            if self.is_at(number) or not self.coach["who"]:
                return
            self.desk.slack.run(self.rehearsal.go({"advance_s": AHEAD_S}))
            self.desk.settle()
        raise AssertionError(f"the coach says {self.coach}")

    def types_for(self, who: str, label: str) -> None:
        """Open a form from the card, have the coach type it, and submit it."""
        self.rehearsal.viewer = self.desk.person(who).user.id
        self.desk.opens(who, label)
        until(lambda: self.coach["offer"], what=f"the coach types {label}: {self.coach}")
        self.desk.slack.run(self.rehearsal.offer())
        shown = self.desk.person(who).view.wire
        form = self.desk.submits(who)
        assert not form.errors, form.errors
        self.desk.slack.ask(
            partial(self.rehearsal.noticed, {"do": "submit", "as": who}, {"sent": True}, shown)
        )
        self.desk.closes_all(who)


@pytest.fixture
def walk(migrated_sqlite_url: str) -> Iterator[Walk]:
    with journey(migrated_sqlite_url, BRIDGEWATCH_DRILL="1") as desk:
        yield Walk(desk)


def opens_a_ticket(desk: Journey) -> None:
    said = desk.person("csm-one").messages("acme-support")[-1]
    outcome = desk.person("csm-one").shortcut(
        "Open ticket from message", on=said, channel="acme-support"
    )
    assert outcome.failure == "", outcome
    desk.sees(lambda: desk.person("csm-one").has_view, "the form")
    form = desk.person("csm-one").view
    desk.fills(form, impact_money=[FUNDS], confirmed=REPORTED)
    form.submit()
    desk.settle()
    desk.closes_all("csm-one")


def test_the_rehearsal_of_a_platform_outage_comes_to_its_end(walk: Walk) -> None:
    desk = walk.desk
    opens_a_ticket(desk)
    until(lambda: walk.is_at(2), what="the ticket")
    walk.types_for("csm-one", "Scope confirmed")
    walk.goes_on_until(5)
    walk.types_for("engineering-lead-one", "Add accounts")
    walk.types_for("csm-two", "Draft outreach")
    desk.press("engineering-lead-one", "Release")
    desk.settle()
    until(lambda: walk.is_at(8), what=f"the outreach: {walk.coach}")
    assert desk.ticket.of(OutreachTold).at(Reach.TOLD) == LISTED
    walk.types_for("csm-two", "Draft update")
    desk.press("cs-manager-one", "Release")
    until(lambda: walk.is_at(9), what=f"the update: {walk.coach}")
    walk.types_for("csm-one", "Resolve")
    walk.goes_on_until(THE_END)
    assert not walk.coach["who"], walk.coach
    assert_told_what_is_so(walk)


def assert_told_what_is_so(walk: Walk) -> None:
    """Check what everybody was told of the outage, and what is owed still."""
    desk = walk.desk
    for name in LISTED:
        [notice] = desk.hears(f"controller.one@{name}.example", "Service notice BW-1001")
        assert "Acme" not in notice
    desk.hears(SHARED, "We have your report.", "Update 1", "Please check", "BW-1001 is closed.")
    desk.hears(PROCESSOR, "priority matter")
    card = desk.card()
    assert "8 of 8 told" in card
    assert "They were promised the next words by" in card
    shown = desk.types("csm-one", "/ticket", "show BW-1001")
    assert "8 of 8 told" in shown
    assert "*Told the account:* the resolution" in shown
    score = desk.slack.run(walk.rehearsal.score())
    assert score is not None
    assert (score["late"], score["inside"], score["past_review"]) == ([], [], [])
    assert score["releases"] == 3
    desk.walk(minutes=25)
    assert any("the service notice promised 8 accounts" in words.lower()
               for words in desk.told("cs-manager-one"))  # fmt: skip
