"""What of Tier 1 and 2 is escalated, to whom, who leads it, and what the account reads. D45."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import yaml

from bot.files.policy import DEFAULT_POLICY
from protocols.closure.events import AnswerSolved, Reopen, Resolve
from protocols.escalation.events import (
    EndEscalation,
    Escalate,
    Escalated,
    EscalationAsked,
    EscalationLate,
    EscalationReason,
    TakeEscalation,
)
from protocols.escalation.refusals import (
    HasItsPeople,
    NobodyHasIt,
    NotEscalated,
    NotToBeAskedFor,
)
from protocols.escalation.rows import falling, is_nobodys
from protocols.escalation.state import Escalation
from protocols.fixed_texts.events import FixedTextSent
from protocols.kernel.effects import Dm
from protocols.kernel.refusals import AlreadyDone, NotAllowed, ReasonNeeded
from protocols.losses.events import TakeStock
from protocols.people.directory import Directory
from protocols.people.duties import Hours
from protocols.people.people import BOT, ENGINE
from protocols.people.swaps import Swap
from protocols.policy.escalation import ROWS, Trigger
from protocols.policy.policy import Policy
from protocols.policy.sections import EntryRefused
from protocols.replies.events import RecordCall, RecordWords
from protocols.routing.events import ChangeTicket
from protocols.scales import Category, ProgramLevel, Severity
from protocols.stage import Stage, stage_of
from protocols.targets.events import Acknowledge, SayBlocked, TargetBreached
from protocols.targets.sending import clock_told
from protocols.time.durations import parse_duration
from templates.clock.facts import why_facts
from templates.escalation.facts import escalate_facts
from templates.kit import render
from templates.kit.presenting import facts_of
from tests.kit.rules_incident import REF, Incident, actor, customer, instant, people, policy, who
from tests.unit.presenters.walking import LINKS

BIRCH = customer("birch")
MANAGER = Dm(who("cs-manager-one"))


def partner(severity: Severity = Severity.HIGH, **form: Any) -> Incident:
    """Return a partner's ticket of Tier 1 that a colleague opened and nobody has taken."""
    values = {"category": Category.TRAINING_CERTIFICATION, "severity": severity, **form}
    return Incident.open(
        by="csm-two", account_key="birch", channel=None, impacts=frozenset(), signal=None, **values
    )


def to(incident: Incident, template: str) -> list[object]:
    return [effect.to for effect in incident.told(template)]


def why(incident: Incident) -> list[str]:
    return [event.why for event in incident.events(Escalated)]


def with_section(name: str, entries: object) -> Policy:
    """Return the policy with one section that is a desk's own."""
    known = yaml.safe_load(DEFAULT_POLICY.read_text(encoding="utf-8"))
    return Policy.from_mapping({**known, name: entries})


def with_rows(*rows: dict[str, Any]) -> Policy:
    return with_section("escalate", {"rows": list(rows)})


@pytest.mark.parametrize(
    ("severity", "at", "row"),
    [
        (Severity.CRITICAL, "14:17", "Severity Critical, and nobody has it"),
        (Severity.HIGH, "15:02", "Severity High, and nobody has it"),
    ],
)
def test_what_nobody_takes_is_escalated_by_its_severity(
    severity: Severity, at: str, row: str
) -> None:
    incident = partner(severity)
    assert incident.due_at("escalate_row") == instant(at)
    incident.until(at)
    assert why(incident) == [row]
    assert to(incident, "escalation") == [MANAGER]


def test_what_somebody_has_taken_is_not() -> None:
    incident = partner(Severity.CRITICAL).by("csm-two", Acknowledge(REF)).until("14:30")
    assert why(incident) == []


def test_given_to_another_team_it_is_nobodys_again_and_has_its_time_anew() -> None:
    incident = partner(Severity.CRITICAL).until("14:17").by("cs-manager-one", TakeEscalation(REF))
    incident.at("14:30").by("cs-manager-one", EndEscalation(REF, "It is sorted."))
    incident.at("14:40").by("csm-two", ChangeTicket(REF, team="Legal and Compliance"))
    assert is_nobodys(incident.ticket)
    incident.until("14:55")
    assert why(incident) == ["Severity Critical, and nobody has it"] * 2


def test_the_breach_of_the_resolution_escalates_in_the_change_that_tells_it() -> None:
    incident = partner().by("csm-two", Acknowledge(REF)).until("22:00")
    breach = incident.events(TargetBreached)[0]
    assert breach.measure == "RESOLVE"
    (escalated,) = incident.events(Escalated)
    assert (escalated.at, escalated.why) == (breach.at, "Resolution is late")
    assert escalated.owner == who("csm-two")
    assert to(incident, "target_breached").count(MANAGER) == 0
    assert to(incident, "escalation") == [MANAGER]
    assert to(incident, "escalation_owner") == [Dm(who("csm-two"))]
    assert to(incident, "target_breached") == [], "one sentence says both"


@pytest.mark.parametrize(
    ("level", "until", "escalated"),
    [
        ("platinum", ("14:02", 1, 12), 1),
        ("gold", ("14:02", 1, 12), 0),
        ("gold", ("14:02", 8, 12), 1),
    ],
)
def test_a_ticket_that_is_open_too_long_is_escalated_by_the_partners_level(
    level: str, until: tuple[str, int, int], escalated: int
) -> None:
    known = people()
    accounts = tuple(
        replace(one, program_level=ProgramLevel(level)) if one.key == "birch" else one
        for one in known.accounts
    )
    rows = tuple(row for row in ROWS if row.when is Trigger.AGE)
    incident = partner(directory=replace(known, accounts=accounts))
    only = replace(policy(), escalate=replace(policy().escalate, rows=rows))
    incident.ctx = replace(incident.ctx, policy=only)
    incident.by("csm-two", Acknowledge(REF)).until(*until)
    assert len(incident.events(Escalated)) == escalated


def test_what_blocks_their_business_is_escalated_as_they_say_so() -> None:
    incident = partner().by("csm-two", Acknowledge(REF)).at("14:10")
    incident.by(BIRCH, SayBlocked(REF, "Partner Admin One", "C1", "1.1/blocked"))
    assert why(incident) == ["It blocks their business"]
    assert to(incident, "escalation") == [MANAGER]
    assert to(incident, "business_blocked") == [Dm(who("csm-two"))]


def test_the_third_time_the_account_opens_it_again_it_is_escalated() -> None:
    incident = partner().by("csm-two", Acknowledge(REF))
    for turn in range(3):
        assert why(incident) == []
        incident.at(f"14:{10 + turn}")
        incident.by("csm-two", Resolve(REF, f"Line {turn} was corrected.", "See the statement."))
        incident.by(BIRCH, AnswerSolved(REF, solved=False))
    assert why(incident) == ["Opened again by the account too often"]


def test_what_silence_or_we_open_again_never_counts_toward_it() -> None:
    incident = partner().by("csm-two", Acknowledge(REF))
    for turn in range(4):
        incident.at(f"14:{10 + turn}")
        incident.by("csm-two", Resolve(REF, f"Line {turn} was corrected.", "See the statement."))
        incident.by("csm-two", Reopen(REF, "I was too early"))
    incident.by("csm-two", Resolve(REF, "Line 5 was corrected.", "See the statement."))
    incident.by(BIRCH, AnswerSolved(REF, solved=False))
    assert why(incident) == []


def test_a_second_row_on_one_that_is_escalated_is_one_more_reason_and_tells_nobody_again() -> None:
    incident = partner(Severity.CRITICAL).until("14:17")
    said = len(incident.events(FixedTextSent))
    incident.at("14:20").by(BIRCH, SayBlocked(REF, "Partner Admin One", "C1", "1.1/blocked"))
    assert [event.why for event in incident.events(EscalationReason)] == [
        "It blocks their business"
    ]
    assert len(incident.events(Escalated)) == 1
    assert len(incident.events(FixedTextSent)) == said
    assert incident.told("escalation") == incident.told("escalation")[:1]


def test_who_leads_it_hears_what_more_there_is_in_one_sentence_with_what_is_late() -> None:
    incident = partner().by("csm-two", Acknowledge(REF), Escalate(REF, "They go live."))
    incident.by("cs-manager-one", TakeEscalation(REF)).until("22:00")
    assert [event.why for event in incident.events(EscalationReason)] == ["Resolution is late"]
    assert to(incident, "escalation_reason") == [MANAGER]
    assert to(incident, "target_breached") == [Dm(who("csm-two"))]


def test_who_adds_a_reason_is_not_told_of_it() -> None:
    incident = partner().by("csm-two", Acknowledge(REF), Escalate(REF, "They go live."))
    incident.by("cs-manager-one", TakeEscalation(REF))
    incident.by("cs-manager-one", Escalate(REF, "QBR", "Management review"))
    assert to(incident, "escalation_reason") == []


def test_each_row_has_one_turn_a_ticket() -> None:
    incident = partner(Severity.CRITICAL).until("14:17").by("cs-manager-one", TakeEscalation(REF))
    incident.by("cs-manager-one", EndEscalation(REF, "It is sorted.")).until("16:00")
    assert why(incident) == ["Severity Critical, and nobody has it"]


def test_a_colleague_escalates_with_a_reason_and_the_account_is_told_whom_to_talk_to() -> None:
    incident = partner().by("csm-two", Acknowledge(REF)).at("14:30")
    incident.by("engineer-one", Escalate(REF, "They open in a new country tomorrow."))
    (escalated,) = incident.events(Escalated)
    assert escalated.why == 'Asked for by a colleague: "They open in a new country tomorrow."'
    assert escalated.to == (who("cs-manager-one"),)
    assert not escalated.is_new_target
    resolve = clock_told(incident.ticket, incident.ctx)
    assert resolve is not None
    assert escalated.target_at == resolve.due_at
    (notice,) = [e for e in incident.events(FixedTextSent) if e.name == "escalated_desk"]
    assert notice.until_at == escalated.target_at
    assert stage_of(incident.ticket) is Stage.ESCALATED


def test_a_management_review_is_for_us_alone() -> None:
    incident = partner().by("csm-two", Acknowledge(REF), Escalate(REF, "QBR", "Management review"))
    assert incident.events(Escalated)[0].to == (who("cs-manager-one"),)
    assert [e for e in incident.events(FixedTextSent) if e.name == "escalated_desk"] == []


def test_the_form_says_of_each_reason_whether_the_account_reads_of_it_and_who_is_asked() -> None:
    incident = partner().by("csm-two", Acknowledge(REF))
    facts = escalate_facts(incident.ticket, replace(incident.ctx, actor=actor("cs-manager-one")))
    assert facts["lead"] == "you"
    rows = facts["rows"]
    assert isinstance(rows, tuple)
    assert [row.is_read for row in rows] == [True, False]


def test_what_two_clocks_say_of_one_instant_stands_once_in_the_history() -> None:
    incident = partner()
    incident.until(incident.now + timedelta(days=3))
    facts = facts_of("escalation", {}, incident.ticket, incident.ctx, LINKS)
    assert facts["not_taken"]
    happened = facts["happened"]
    assert isinstance(happened, tuple)
    assert len(happened) == len(set(happened))


def test_an_account_that_has_not_heard_of_us_yet_reads_of_no_escalation() -> None:
    incident = Incident.nowhere(impacts=frozenset(), signal=None)
    incident.by("csm-one", Acknowledge(REF), Escalate(REF, "It is urgent."))
    assert len(incident.events(Escalated)) == 1
    assert [e for e in incident.events(FixedTextSent) if e.name == "escalated_desk"] == []


def test_who_leads_it_has_a_ticket_that_nobody_had() -> None:
    incident = partner(Severity.CRITICAL).until("14:17").by("cs-manager-one", TakeEscalation(REF))
    raised = incident.ticket.of(Escalation).now
    assert raised is not None
    assert raised.taken_by == who("cs-manager-one")
    assert incident.ticket.poc == who("cs-manager-one")
    assert isinstance(incident.refused("cs-manager-one", TakeEscalation(REF)), AlreadyDone)


def test_who_leads_it_leaves_a_ticket_with_its_owner() -> None:
    incident = partner().by("csm-two", Acknowledge(REF), Escalate(REF, "It is urgent."))
    incident.by("cs-manager-one", TakeEscalation(REF))
    assert incident.ticket.poc == who("csm-two")
    assert to(incident, "escalation_led") == [Dm(who("csm-two"))]


def test_who_was_not_asked_does_not_lead_it() -> None:
    incident = partner().by("csm-two", Acknowledge(REF), Escalate(REF, "It is urgent."))
    assert isinstance(incident.refused("support-one", TakeEscalation(REF)), NotAllowed)


def test_when_nobody_takes_it_the_next_in_line_is_asked_and_in_the_end_again_each_day() -> None:
    incident = partner(Severity.CRITICAL, category=Category.TECHNICAL_PRODUCT).until("14:17")
    incident.until("14:32")
    (asked,) = incident.events(EscalationAsked)
    assert asked.person == who("engineering-lead-one")
    assert asked.reminded == (who("cs-manager-one"),)
    assert to(incident, "escalation_untaken") == [MANAGER]
    incident.until("18:00", 24)
    turns = incident.events(EscalationAsked)
    assert turns[-1].person is None
    assert incident.due_at("escalation_untaken") > incident.now


def test_nobody_has_the_duty_and_the_cs_manager_is_asked() -> None:
    known = people()
    without = tuple(
        replace(one, duties=tuple(d for d in one.duties if d.name != "escalation-manager"))
        for one in known.people
    )
    incident = partner(Severity.CRITICAL, directory=replace(known, people=without)).until("14:17")
    assert to(incident, "escalation") == [MANAGER]


def test_nobody_is_on_duty_and_it_is_escalated_all_the_same_and_asked_for_again() -> None:
    incident = partner(Severity.CRITICAL, directory=replace(people(), people=people().people[:1]))
    incident.until("14:17")
    assert incident.events(Escalated)[0].to == ()
    assert incident.due_at("escalation_untaken") == instant("14:32")


def _by_day(key: str) -> Directory:
    """Return a directory with one of us alone, who is on duty from 07:00 to 15:00 UTC."""
    hours = Hours(7 * 60, 15 * 60)
    found = next(one for one in people().people if one.key == key)
    by_day = replace(found, duties=tuple(replace(d, hours=hours, zone="UTC") for d in found.duties))
    return replace(people(), people=(by_day, people().people[0]))


def test_whoever_comes_on_duty_first_hears_it_then_and_not_when_one_looks_again() -> None:
    incident = partner(Severity.MEDIUM, directory=_by_day("cs-manager-one")).at("15:20")
    incident.by("csm-two", Acknowledge(REF), Escalate(REF, "They go live tomorrow."))
    assert incident.events(Escalated)[0].to == ()
    incident.until("07:00", 24)
    *nobody, asked = incident.events(EscalationAsked)
    assert {turn.person for turn in nobody} == {None}
    assert (asked.person, asked.at) == (who("cs-manager-one"), instant("07:00", 24))
    assert to(incident, "escalation") == [MANAGER]


def test_who_takes_a_duty_over_hears_what_nobody_could_be_asked() -> None:
    incident = partner(directory=_by_day("cs-manager-one")).at("15:20")
    incident.by("csm-two", Acknowledge(REF), Escalate(REF, "They go live tomorrow."))
    assert incident.by(ENGINE, TakeStock(REF)).events(EscalationAsked) == []
    until = incident.now + timedelta(hours=4)
    taken = Swap("cs-manager", who("cs-manager-one"), None, BOT, incident.now, until)
    incident.ctx = replace(incident.ctx, swaps=(taken,))
    incident.by(ENGINE, TakeStock(REF))
    assert incident.events(EscalationAsked)[0].person == who("cs-manager-one")


def test_a_new_target_that_passes_is_told_until_it_is_resolved() -> None:
    incident = partner().by("csm-two", Acknowledge(REF)).until("15:00", 24)
    (escalated,) = incident.events(Escalated)
    assert escalated.is_new_target
    assert escalated.target_at is not None
    incident.by("cs-manager-one", TakeEscalation(REF)).until(escalated.target_at)
    (late,) = incident.events(EscalationLate)
    assert set(late.told) == {who("csm-two"), who("cs-manager-one")}
    incident.by("csm-two", Resolve(REF, "The statement was corrected.", "See the statement."))
    assert [point for point in incident.dues() if point.kind == "escalation_late"] == []


def test_it_ends_with_the_resolution() -> None:
    incident = partner().by("csm-two", Acknowledge(REF), Escalate(REF, "It is urgent."))
    incident.by("csm-two", Resolve(REF, "The statement was corrected.", "See the statement."))
    assert incident.ticket.of(Escalation).now is None
    assert isinstance(incident.refused("cs-manager-one", TakeEscalation(REF)), NotEscalated)


def test_it_does_not_end_by_hand_while_nobody_has_the_ticket() -> None:
    incident = partner(Severity.CRITICAL).until("14:17")
    assert isinstance(
        incident.refused("cs-manager-one", EndEscalation(REF, "Sorted.")), NobodyHasIt
    )


Refused = tuple[Callable[[], Incident], Escalate, type[Exception]]


@pytest.mark.parametrize(
    ("made", "command", "refusal"),
    [
        (partner, Escalate(REF, " "), ReasonNeeded),
        (partner, Escalate(REF, "Please.", "No such row"), NotToBeAskedFor),
        (Incident.open, Escalate(REF, "Please."), HasItsPeople),
        (lambda: partner().by("csm-two", Escalate(REF, "Once.")), Escalate(REF, "T."), AlreadyDone),
    ],
)
def test_it_is_not_escalated_without_reason_row_or_need(
    made: Callable[[], Incident], command: Escalate, refusal: type[Exception]
) -> None:
    assert isinstance(made().refused("csm-two", command), refusal)


def test_a_ticket_with_a_bridge_falls_under_no_row() -> None:
    incident = Incident.open().until("12:00", 25)
    assert incident.events(Escalated) == []
    assert list(falling(incident.ticket, policy(), incident.ctx.calendar)) == []


def test_a_commission_dispute_at_its_third_exchange_goes_to_finance_too() -> None:
    incident = partner(category=Category.COMMISSION_PAYMENT).by("csm-two", Acknowledge(REF))
    for turn in range(3):
        assert why(incident) == []
        incident.at(f"14:{10 + turn}")
        incident.by("csm-two", RecordWords(REF, "Partner Admin One", "14:00", "It is wrong still."))
        incident.by("csm-two", RecordCall(REF, "I explained it."))
    (escalated,) = incident.events(Escalated)
    assert escalated.to == (who("finance-one"), who("cs-manager-one"))


def test_rows_and_lines_of_the_policy_are_the_desks_own() -> None:
    rows = with_rows(
        {"name": "Low, open a day", "when": "open", "after": "1 business day", "source": "ours"}
    ).escalate.rows
    assert [(row.name, row.when) for row in rows] == [("Low, open a day", Trigger.AGE)]


def test_who_may_lead_unasked_and_how_long_an_offer_waits_are_the_policys_too() -> None:
    figures = with_section("escalate", {"leads": ["engineer"], "offer_within": "1h"})
    assert figures.escalate.rows == ROWS
    assert figures.escalate.offer_at_the_desk == parse_duration("60 business minutes")
    incident = partner().by("csm-two", Acknowledge(REF), Escalate(REF, "It is urgent."))
    assert isinstance(incident.refused("engineer-one", TakeEscalation(REF)), NotAllowed)
    incident.ctx = replace(incident.ctx, policy=figures)
    incident.by("engineer-one", TakeEscalation(REF))
    raised = incident.ticket.of(Escalation).now
    assert raised is not None
    assert raised.taken_by == who("engineer-one")


def test_where_nobody_might_lead_the_policy_is_refused() -> None:
    with pytest.raises(EntryRefused, match=r"escalate\.leads"):
        with_section("escalate", {"leads": []})


def test_a_row_that_names_no_duty_of_ours_is_refused_by_its_path() -> None:
    with pytest.raises(EntryRefused, match=r"escalate\.rows\.0\.to.*no duty"):
        with_rows({"name": "n", "when": "asked", "source": "ours", "to": ["boss"]})


def test_a_policy_that_writes_out_the_first_rows_is_the_one_without_them() -> None:

    text = DEFAULT_POLICY.read_text(encoding="utf-8")
    start = text.index("# escalate:")
    block = text[start : text.index("\n\n", start)]
    written = "\n".join(line.removeprefix("# ") for line in block.splitlines())
    known = {**yaml.safe_load(text), **yaml.safe_load(written)}
    assert Policy.from_mapping(known).escalate == policy().escalate


def test_why_names_the_escalation_with_every_reason() -> None:
    incident = partner(Severity.CRITICAL).until("14:17").by("engineer-one", Escalate(REF, "Today."))
    facts = why_facts(incident.ticket, incident.ctx, LINKS)
    said = str(render.message("why", facts).blocks)
    assert "Severity Critical, and nobody has it; Asked for by a colleague" in said
    assert "CS Manager One asked; nobody leads it yet" in said
