"""Twenty lines of an account in a minute are one line to its contact; all are on record. D8."""

from __future__ import annotations

from datetime import timedelta

import pytest

from protocols.bridge.addresses import Bridge
from protocols.closure.events import MarkOpenedInError
from protocols.kernel.effects import Dm
from protocols.replies.events import CustomerWrote, RecordReply, WordsCollected
from protocols.scales import Severity
from tests.kit.rules_incident import REF, Incident, customer


def tier_1() -> Incident:
    return Incident.open(impacts=frozenset(), signal=None, severity=Severity.MEDIUM)


def writes(incident: Incident, *lines: str, apart_s: int = 3) -> Incident:
    for line in lines:
        incident.at(incident.now + timedelta(seconds=apart_s))
        stamp = f"{int(incident.now.timestamp())}.0"
        incident.by(customer(), RecordReply(REF, "AP Director One", line, "C1", stamp))
    return incident


TWENTY = tuple(f"and number {line} as well" for line in range(1, 21))


def test_of_twenty_lines_in_a_minute_the_contact_reads_the_first_and_then_one_message() -> None:
    incident = writes(tier_1(), *TWENTY)
    assert len(incident.told("account_wrote")) == 1
    assert incident.told("words_collected") == []
    incident.until(incident.now + timedelta(minutes=30))
    [told] = incident.told("words_collected")
    assert isinstance(told.to, Dm)
    assert (told.to.person.key, told.params["count"]) == ("csm-one", 19)


def test_of_a_row_that_says_the_same_of_the_ticket_the_contact_reads_the_first_at_once() -> None:
    incident = writes(tier_1(), *(f"Deal {number} is missing." for number in range(20)))
    assert len(incident.told("account_wrote")) == 1


def test_every_line_is_on_record_when_it_comes() -> None:
    said = [event.text for event in writes(tier_1(), *TWENTY).events(CustomerWrote)]
    assert said == list(TWENTY)


def test_lines_that_are_half_an_hour_apart_are_each_told_at_once() -> None:
    incident = writes(tier_1(), "one", "two", "three", apart_s=1801)
    assert len(incident.told("account_wrote")) == 3
    assert incident.events(WordsCollected) == []


def test_in_a_bridge_a_row_is_collected_for_a_minute() -> None:
    incident = writes(Incident.open().staffed(), *TWENTY, apart_s=2)
    assert len(incident.told("reply_line")) == 1
    incident.until(incident.now + timedelta(minutes=1))
    [told] = incident.told("words_collected")
    assert isinstance(told.to, Bridge)
    assert told.params["count"] == 19


@pytest.mark.parametrize("more", [1, 2])
def test_what_is_written_after_a_message_of_a_row_begins_another(more: int) -> None:
    incident = writes(tier_1(), "one", "two")
    for row in range(more):
        incident.until(incident.now + timedelta(minutes=30))
        writes(incident, f"again {row}")
    incident.until(incident.now + timedelta(minutes=31))
    assert [event.count for event in incident.events(WordsCollected)] == [1] * (more + 1)


def test_a_row_is_told_although_the_ticket_ended_meanwhile() -> None:
    incident = writes(tier_1(), "one", "two")
    incident.by("cs-manager-one", MarkOpenedInError(REF, "not_a_problem", "a test"))
    incident.until(incident.now + timedelta(minutes=31))
    assert len(incident.told("words_collected")) == 1
