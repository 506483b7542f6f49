"""**Acknowledge** and **Triage started**, pressed and typed; what show and why say of them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest

from protocols.opening.events import OpenTicket
from protocols.scales import Category, Impact, NoticedBy, Severity
from protocols.targets.state import TargetWatch
from tests.unit.handlers.slack_side import Slack, words
from tests.unit.handlers.telling_desk import TellingDesk

REF = "BW-1001"


class Ticket2:
    """A Tier 2 of Acme, opened by its CSM."""

    def __init__(self) -> None:
        self.desk = TellingDesk()
        opened = OpenTicket(
            reference=REF,
            team_id="T0VENDOR",
            summary="The run of 23 Nov waits",
            account_key="acme",
            noticed_by=NoticedBy.ACCOUNT,
            severity=Severity.HIGH,
            category=Category.TECHNICAL_PRODUCT,
            impacts=frozenset({Impact.PAYMENTS_BLOCKED}),
        )
        self.desk.submit(opened, self.desk.actor("T0VENDOR", "U0CSMONE"))
        self.slack = Slack(self.desk)

    @property
    def watch(self) -> TargetWatch:
        return self.desk.tickets[REF].of(TargetWatch)

    def said(self) -> list[str]:
        return [words(given).strip() for _, given in self.desk.interactive.calls]


@pytest.fixture
def ticket() -> Ticket2:
    return Ticket2()


def test_a_press_takes_it_and_says_that_the_account_is_told(ticket: Ticket2) -> None:
    ticket.slack.press("csm-one", "ticket.acknowledge", REF)
    assert ticket.watch.acknowledged_by is not None
    assert ticket.said() == [
        f"You have {REF} now, and that is on record. Acme is told that you have it."
    ]
    assert any("CSM One has your ticket" in out for out in ticket.desk.outward())


def test_a_second_press_names_who_has_it(ticket: Ticket2) -> None:
    ticket.slack.press("csm-one", "ticket.acknowledge", REF)
    ticket.slack.press("csm-two", "ticket.acknowledge", REF, ts="1.2")
    assert ticket.said()[-1].startswith("That is done already, by CSM One.")


def test_it_can_be_typed(ticket: Ticket2) -> None:
    assert (
        "You have BW-1001 now"
        in ticket.slack.slash("csm-two", "/ticket", f"acknowledge {REF}").text
    )
    assert "has started" in ticket.slack.slash("csm-two", "/ticket", f"triage {REF}").text
    assert ticket.watch.triage_at is not None


def test_show_has_the_buttons_until_they_are_pressed(ticket: Ticket2) -> None:
    before = str(ticket.slack.slash("csm-one", "/ticket", f"show {REF}"))
    assert "ticket.acknowledge" in before
    assert "not acknowledged yet" in before
    ticket.slack.press("csm-one", "ticket.acknowledge", REF)
    after = str(ticket.slack.slash("csm-one", "/ticket", f"show {REF}"))
    assert "ticket.acknowledge" not in after
    assert "acknowledged" in after


def test_why_and_show_say_what_is_late_and_what_was_met_late(ticket: Ticket2) -> None:
    ticket.desk.pass_time(REF, timedelta(minutes=90))
    assert "LATE: acknowledged by a person" in str(
        ticket.slack.slash("csm-one", "/ticket", f"show {REF}")
    )
    assert "LATE" in str(ticket.slack.slash("csm-one", "/ticket", f"why {REF}"))
    ticket.slack.press("csm-one", "ticket.acknowledge", REF)
    assert "UTC>, late" in str(ticket.slack.slash("csm-one", "/ticket", f"why {REF}"))


def test_the_owner_is_told_before_the_breach_and_the_manager_at_it(ticket: Ticket2) -> None:
    ticket.desk.pass_time(REF, timedelta(minutes=61))
    told = [
        (effect.template, str(row.payload["channel"]))
        for effect, row in ticket.desk.told
        if effect.template in ("target_near", "target_breached")
    ]
    assert told == [
        ("target_near", "{'$dm': 'csm-one'}"),
        ("target_breached", "{'$dm': 'csm-one'}"),
        ("target_breached", "{'$dm': 'cs-manager-one'}"),
    ]


def test_why_names_no_rule_that_does_not_apply_and_writes_every_time_alike(ticket: Ticket2) -> None:
    ticket.slack.press("csm-one", "ticket.acknowledge", REF)
    said = str(ticket.slack.slash("csm-one", "/ticket", f"why {REF}"))
    assert "does not apply" not in said
    body = said.partition("All clocks")[2].partition("Policy of")[0]
    assert " UTC" not in re.sub(r"<!date[^>]*>", "", body)
