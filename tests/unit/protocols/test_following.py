"""Whoever follows a ticket hears once that it escalates, an account's manager unasked. S166."""

from __future__ import annotations

import pytest

from protocols.escalation.events import Escalate
from protocols.following.events import FollowTicket, UnfollowTicket
from protocols.following.rules import followers
from protocols.holds.events import HoldKind, PlaceHold
from protocols.kernel.effects import OutsideAddress
from protocols.kernel.refusals import AlreadyDone
from protocols.rights.refusals import Confidential
from protocols.targets.events import Acknowledge
from tests.kit.rules_incident import REF, Incident
from tests.unit.protocols.test_relations import LOW

ESCALATE = Escalate(REF, "They go live tomorrow.")


def low(account: str = "acme") -> Incident:
    return Incident.open(**{**LOW, "reference": REF, "account_key": account})


def heard(incident: Incident) -> list[object]:
    return [e.params["person"] for e in incident.last_effects if e.template == "followed"]


def test_who_follows_it_hears_that_it_escalates_once_and_nobody_outside_does() -> None:
    incident = low().by("support-two", FollowTicket(REF)).by("csm-one", ESCALATE)
    assert heard(incident).count("support-two") == 1
    assert not [e for e in incident.last_effects
                if e.template == "followed" and isinstance(e.to, OutsideAddress)]  # fmt: skip


def test_the_accounts_manager_hears_without_asking_unless_they_have_it() -> None:
    assert heard(low().by("csm-one", ESCALATE)) == []
    taken = low().by("csm-two", Acknowledge(REF))
    assert taken.ticket.poc is not None
    given = [who.key for who in followers(taken.ticket, taken.ctx)]
    assert given == ["csm-one"]
    heard_of = heard(taken.by("csm-two", ESCALATE))
    has_it = taken.ticket.poc.key
    assert heard_of == ([] if has_it == "csm-one" else ["csm-one"])


def test_who_follows_it_no_more_hears_nothing_the_accounts_manager_neither() -> None:
    incident = low().by("support-two", FollowTicket(REF), UnfollowTicket(REF))
    incident.by("csm-one", UnfollowTicket(REF))
    assert heard(incident.by("csm-two", ESCALATE)) == []
    assert followers(incident.ticket, incident.ctx) == ()


def test_it_is_followed_and_left_once() -> None:
    incident = low().by("support-two", FollowTicket(REF))
    assert isinstance(incident.refused("support-two", FollowTicket(REF)), AlreadyDone)
    incident.by("support-two", UnfollowTicket(REF))
    assert isinstance(incident.refused("support-two", UnfollowTicket(REF)), AlreadyDone)


@pytest.mark.parametrize("when", ["before", "after"])
def test_a_follower_hears_nothing_of_what_they_may_not_read(when: str) -> None:
    incident = low()
    hold = PlaceHold(REF, HoldKind.DISCLOSURE, "a letter came")
    if when == "before":
        incident.by("csm-one", hold)
        assert isinstance(incident.refused("support-two", FollowTicket(REF)), Confidential)
        return
    incident.by("support-two", FollowTicket(REF)).by("csm-one", hold)
    assert "support-two" not in heard(incident.by("csm-one", ESCALATE))
