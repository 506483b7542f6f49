"""An account that writes a number reads where such numbers belong, if there is a place. M14."""

from __future__ import annotations

from dataclasses import replace

from protocols.fixed_texts.events import FixedTextSent
from protocols.investigation.events import RecordFinding
from protocols.ladder.measures import met
from protocols.masked.events import NumberMasked
from protocols.people.people import BOT
from protocols.policy.policy import Policy
from protocols.replies.events import RecordReply
from protocols.scales import Impact
from protocols.time.targets import Measure
from tests.kit.rules_incident import REF, Incident, customer, policy

NUMBER = "Our account is DE89 3704 0044 0532 0130 00, please look."
LINK = "https://secure.vendor.example/in"


def linked(link: str = LINK) -> Policy:
    return replace(policy(), intake=replace(policy().intake, secure_link=link))


def incident(link: str = LINK) -> Incident:
    """Return a Tier 2 of Acme, under a policy that names a place for numbers, or none."""
    opened = Incident.open(impacts=frozenset({Impact.PAYMENTS_BLOCKED}), signal=None)
    opened.ctx = replace(opened.ctx, policy=linked(link))
    return opened


def writes(opened: Incident, text: str, ts: str = "1.1") -> Incident:
    return opened.by(customer(), RecordReply(REF, "AP Director One", text, "C0ACME0001", ts))


def said(opened: Incident) -> list[FixedTextSent]:
    return [event for event in opened.events(FixedTextSent) if event.name == "secure_link"]


def test_it_is_answered_with_the_link_and_the_number_is_not_kept() -> None:
    opened = writes(incident(), NUMBER)
    [sent] = said(opened)
    assert (sent.by, sent.key) == (BOT, f"{REF}/secure-link/1")
    [told] = opened.told("secure_link")
    assert "0532" not in str(told)
    assert opened.events(NumberMasked)


def test_it_is_said_once_a_day_and_then_again() -> None:
    opened = writes(writes(incident(), NUMBER), NUMBER, "1.2")
    assert len(said(opened)) == 1
    assert len(said(writes(opened.at("14:03", 24), NUMBER, "1.3"))) == 2


def test_without_such_a_place_nothing_is_said() -> None:
    assert said(writes(incident(""), NUMBER)) == []


def test_words_without_a_number_and_numbers_of_ours_bring_nothing() -> None:
    opened = writes(incident(), "The third batch waits now.")
    opened.by("csm-one", RecordFinding(REF, "fact", NUMBER))
    assert said(opened) == []


def test_it_meets_no_clock() -> None:
    opened = writes(incident(), NUMBER).delivered()
    assert Measure.REPLY not in met(opened.ticket)


def test_it_is_said_no_more_where_nothing_can_be_written() -> None:
    opened = Incident.nowhere(impacts=frozenset({Impact.PAYMENTS_BLOCKED}), signal=None)
    opened.ctx = replace(opened.ctx, policy=linked())
    assert said(writes(opened, NUMBER)) == []
