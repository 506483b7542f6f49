"""The clocks of Tier 1 and 2: when they speak, to whom, and what stops them. D2, D8, D26, D33."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from protocols.clock.events import FallDue
from protocols.closure.events import Reopen, Resolve
from protocols.engineering.events import EngineerAsked, RecordEngineeringTicket
from protocols.fixed_texts.events import FixedTextSent
from protocols.fixed_texts.rules import ACKNOWLEDGED
from protocols.investigation.events import RecordFinding
from protocols.kernel.changing import fold
from protocols.kernel.command import Command
from protocols.kernel.effects import Dm
from protocols.kernel.refusals import AlreadyDone, NotAllowed
from protocols.ladder.measures import met
from protocols.opening.events import TicketOpened
from protocols.people.people import ENGINE
from protocols.replies.events import RecordCall
from protocols.rights.refusals import Outside
from protocols.scales import Impact, NoticedBy, Severity, Tier
from protocols.targets.events import (
    Acknowledge,
    LeftOpen,
    StartTriage,
    TakeUpTargets,
    TargetBreached,
    TargetNeared,
    TargetsTakenUp,
)
from protocols.targets.refusals import HasABridge
from protocols.tiers.events import ChangeTier
from protocols.time.targets import Measure
from tests.kit.rules_incident import REF, Incident, customer, instant, who

BLOCKED = frozenset({Impact.PAYMENTS_BLOCKED})


def tier_1(**changes: Any) -> Incident:
    form: dict[str, Any] = {
        "impacts": frozenset(),
        "signal": None,
        "severity": Severity.MEDIUM,
        **changes,
    }
    return Incident.open(**form)


def tier_2(**changes: Any) -> Incident:
    return tier_1(**{"impacts": BLOCKED, "severity": Severity.HIGH, **changes})


def spoken(incident: Incident) -> list[tuple[str, str, str]]:
    """Return when each clock spoke, what of it, and whom it told."""
    return [
        (
            f"{event.at:%a %H:%M}",
            f"{event.measure} {getattr(event, 'mark', 'breach')}",
            ", ".join(each.key for each in event.told),
        )
        for event in incident.history
        if isinstance(event, TargetNeared | TargetBreached)
    ]


def test_a_tier_2_that_nobody_touches_speaks_before_and_at_each_breach() -> None:
    both = "csm-one, cs-manager-one"
    assert spoken(tier_2().until("18:30")) == [
        ("Mon 14:47", "ACKNOWLEDGE 75", ""),
        ("Mon 14:56", "ACKNOWLEDGE 90", "csm-one"),
        ("Mon 15:02", "ACKNOWLEDGE breach", both),
        ("Mon 17:02", "REPLY 75", ""),
        ("Mon 17:02", "TRIAGE 75", ""),
        ("Mon 17:38", "REPLY 90", "csm-one"),
        ("Mon 17:38", "TRIAGE 90", "csm-one"),
        ("Mon 18:02", "REPLY breach", both),
        ("Mon 18:02", "TRIAGE breach", both),
    ]


def test_a_tier_1_speaks_in_business_hours() -> None:
    assert spoken(tier_1().until("18:30"))[:3] == [
        ("Mon 17:02", "REPLY 75", ""),
        ("Mon 17:38", "REPLY 90", "csm-one"),
        ("Mon 18:02", "REPLY breach", "csm-one, cs-manager-one"),
    ]


def test_a_range_is_marked_at_its_lower_figure() -> None:
    incident = tier_1().by("csm-one", Acknowledge(REF)).until("15:00", 25)
    marked = next(event for event in incident.events(TargetNeared) if event.mark == "due")
    assert (marked.measure, marked.told) == ("RESOLVE", ())


def test_a_fold_of_several_clocks_tells_each_person_once() -> None:
    incident = tier_2().until("18:01")
    both = [FallDue(REF, point) for point in incident.dues() if "breach" in point.kind]
    incident.at("18:02")._apply_all(both, replace(incident.ctx, actor=ENGINE))
    told = [effect.to for effect in incident.last_effects if effect.template == "target_breached"]
    assert len(both) == 2
    assert told == [Dm(who("csm-one")), Dm(who("cs-manager-one"))]


@pytest.mark.parametrize(
    "answer",
    [Acknowledge(REF), RecordCall(REF, "They know that we have it.")],
    ids=["acknowledged", "called"],
)
def test_a_persons_act_meets_the_reply_and_its_clock_is_silent(answer: Command) -> None:
    incident = tier_2().at("14:20").by("csm-one", answer)
    assert met(incident.ticket)[Measure.ACKNOWLEDGE] == instant("14:20")
    assert met(incident.ticket)[Measure.REPLY] == instant("14:20")
    said = {what for _, what, _ in spoken(incident.until("18:30"))}
    assert not any(what.startswith(("ACKNOWLEDGE", "REPLY")) for what in said)


def test_the_bots_own_receipt_meets_nothing() -> None:
    incident = tier_2()
    sent = [event.name for event in incident.events(FixedTextSent)]
    assert sent == ["acknowledgment"]
    incident.delivered()
    assert Measure.REPLY not in met(incident.ticket)
    assert Measure.ACKNOWLEDGE not in met(incident.ticket)


def test_who_acknowledges_has_it_and_the_account_reads_who() -> None:
    incident = tier_2().at("14:20").by("csm-two", Acknowledge(REF))
    assert incident.ticket.poc == who("csm-two")
    assert [e.name for e in incident.events(FixedTextSent)] == ["acknowledgment", ACKNOWLEDGED]


def test_an_account_that_reported_nothing_reads_nothing() -> None:
    incident = tier_2(noticed_by=NoticedBy.US).by("csm-one", Acknowledge(REF))
    assert incident.events(FixedTextSent) == []


def test_an_account_that_was_called_reads_no_second_word() -> None:
    incident = tier_2().by("csm-one", RecordCall(REF, "Told by phone."), Acknowledge(REF))
    assert [e.name for e in incident.events(FixedTextSent)] == ["acknowledgment"]


def test_who_may_acknowledge() -> None:
    incident = tier_2(by="csm-two", poc="csm-two")
    assert isinstance(incident.refused("finance-one", Acknowledge(REF)), NotAllowed)
    assert isinstance(incident.refused(customer(), Acknowledge(REF)), Outside)
    incident.by("support-two", Acknowledge(REF))
    assert isinstance(incident.refused("csm-one", Acknowledge(REF)), AlreadyDone)


def test_a_bridge_has_its_contact_and_nobody_takes_it_by_a_press() -> None:
    assert isinstance(Incident.open().refused("csm-one", Acknowledge(REF)), HasABridge)


def test_triage_is_met_by_a_press_or_by_what_was_found() -> None:
    pressed = tier_2().at("14:30").by("engineer-one", StartTriage(REF))
    assert met(pressed.ticket)[Measure.TRIAGE] == instant("14:30")
    found = tier_2().at("14:40").by("csm-one", RecordFinding(REF, "raw", "batch 7 is missing"))
    assert met(found.ticket)[Measure.TRIAGE] == instant("14:40")
    assert isinstance(found.refused("csm-one", StartTriage(REF)), AlreadyDone)


def test_where_nobody_can_be_reached_those_on_duty_are_told_at_the_last_threshold() -> None:
    incident = tier_2(poc="csm-one")
    incident.ctx = replace(incident.ctx, unreachable=frozenset({"csm-one"}))
    assert spoken(incident.until("15:02")) == [
        ("Mon 14:47", "ACKNOWLEDGE 75", ""),
        ("Mon 14:56", "ACKNOWLEDGE 90", "csm-two"),
        ("Mon 15:02", "ACKNOWLEDGE breach", "csm-two, cs-manager-one"),
    ]


def test_what_was_met_stays_met_over_a_raise_and_a_reopening() -> None:
    incident = tier_1().at("14:20").by("csm-one", Acknowledge(REF)).at("15:00")
    incident.by("csm-one", ChangeTier(REF, Tier.ELEVATED, "payments wait"))
    assert met(incident.ticket)[Measure.ACKNOWLEDGE] == instant("14:20")
    done = Resolve(REF, "The run was started.", "See the run of today.")
    incident.at("15:10").by("csm-one", done, Reopen(REF, "it came again"))
    assert met(incident.ticket)[Measure.RESOLVE] == instant("15:10")


def test_a_raise_adds_what_the_higher_tier_owes_counted_from_it() -> None:
    incident = tier_1().at("15:00").by("csm-one", ChangeTier(REF, Tier.ELEVATED, "payments wait"))
    assert incident.due_at("target_breach") == instant("16:00")


def test_an_open_ticket_on_which_no_clock_runs_is_looked_at_each_business_day() -> None:
    incident = tier_2().by("csm-one", Acknowledge(REF), StartTriage(REF)).until("20:00", 30)
    looks = incident.events(LeftOpen)
    assert len(looks) >= 2
    assert {each.key for each in looks[0].told} == {"csm-one", "cs-manager-one"}
    assert incident.dues()


def older(incident: Incident) -> Incident:
    """Return the incident as an earlier release opened it: nobody looked after its clocks."""
    first, *rest = incident.history
    assert isinstance(first, TicketOpened)
    before = [event for event in rest if not isinstance(event, EngineerAsked)]
    incident._ticket = fold([replace(first, watched=False), *before])
    return incident


def test_an_older_ticket_is_taken_up_at_its_next_change_and_the_past_is_not_told() -> None:
    incident = older(tier_2())
    assert incident.dues() == ()
    incident.at("16:00").by("csm-one", RecordFinding(REF, "raw", "batch 7"))
    assert len(incident.events(TargetsTakenUp)) == 1
    assert spoken(incident.until("18:30")) == [
        ("Mon 17:02", "REPLY 75", ""),
        ("Mon 17:38", "REPLY 90", "csm-one"),
        ("Mon 18:02", "REPLY breach", "csm-one, cs-manager-one"),
    ]


def test_an_older_ticket_of_tier_2_has_engineering_asked_once_its_clocks_are_taken_up() -> None:
    incident = older(tier_2()).at("16:00").by(ENGINE, TakeUpTargets(REF))
    assert [each.template for each in incident.last_effects] == ["engineer_ask"]
    assert "engineer_silent" in {point.kind for point in incident.dues()}


def test_an_older_ticket_of_which_engineering_has_a_ticket_asks_nobody() -> None:
    incident = older(tier_2())
    address = "https://engineering.example/browse/E-7"
    incident.by("csm-one", RecordEngineeringTicket(REF, address))
    assert len(incident.events(TargetsTakenUp)) == 1
    assert [e for e in incident.last_effects if e.template == "engineer_ask"] == []


def test_an_older_ticket_with_all_behind_it_has_a_look_to_come_and_nobody_is_paged() -> None:
    incident = older(tier_1()).at("16:00", 30).by(ENGINE, TakeUpTargets(REF))
    assert {point.kind for point in incident.dues()} == {"left_open", "escalate_row"}
    assert incident.last_effects == ()
    assert incident.dues()[0].at - incident.now <= timedelta(days=1)
    incident.by(ENGINE, TakeUpTargets(REF))
    assert len(incident.events(TargetsTakenUp)) == 1
