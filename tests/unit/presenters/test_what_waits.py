"""What a colleague reads while the account owes an answer, and between the figures of a range."""

from __future__ import annotations

from typing import Any

import pytest

from protocols.deliveries.events import TakeDelivery
from protocols.kernel.endings import Became, ending_of
from protocols.people.people import ENGINE, Who
from protocols.replies.events import RecordAlteration, RecordReply, RecordWords
from protocols.scales import Severity
from protocols.targets.events import Acknowledge
from protocols.updates.events import DraftKind, DraftText
from templates.clock.facts import why_facts
from templates.kit.presenting import facts_of
from templates.targets.facts import DeskStepLine
from templates.ticket.show import Beside, show_facts
from tests.kit.rules_incident import REF, Incident, customer, instant
from tests.unit.presenters.walking import LINKS

LOW: dict[str, Any] = {"impacts": frozenset(), "signal": None, "severity": Severity.LOW}
CHANNEL = "C0ACME0001"
DIRECTOR = Who("ap-director-one", "AP Director One")


def wrote(text: str) -> RecordReply:
    return RecordReply(REF, DIRECTOR.name, text, CHANNEL, "1.6")


def asked() -> Incident:
    incident = Incident.open(**LOW).at("14:30").by("csm-one", Acknowledge(REF))
    incident.by("csm-one", DraftText(REF, DraftKind.DETAILS, (("questions", "Which row?"),)))
    for key in [each.key for each in incident.last_effects if each.reports]:
        incident.by(ENGINE, TakeDelivery(REF, key, incident.now, CHANNEL, "acme-support", "1.5"))
    return incident.at("15:00")


def shown(incident: Incident) -> dict[str, Any]:
    return show_facts(incident.ticket, incident.ctx, LINKS, Beside())


def steps(incident: Incident) -> dict[str, DeskStepLine]:
    return {each.name: each for each in shown(incident)["steps"]}


def test_a_step_whose_clock_is_stopped_says_so() -> None:
    assert steps(asked())["resolution"].waits
    assert not steps(asked().by(customer(), wrote("Row 10.")))["resolution"].waits


def test_show_offers_to_ask_and_while_they_owe_it_to_write_down_what_they_said() -> None:
    before = shown(Incident.open(**LOW))
    assert (before["can_answer"], before["details_wait"]) == (True, False)
    assert shown(asked())["details_wait"]


@pytest.mark.parametrize(("person", "offers"), [(DIRECTOR, True), (Who("csm-one", "CSM"), False)])
def test_what_they_write_anew_while_they_owe_an_answer_may_be_it(person: Who, offers: bool) -> None:
    incident = asked().by(customer(), wrote("Thanks!"))
    anew = RecordAlteration(REF, person, "Thanks!", "Thanks! Row 10.", CHANNEL, "1.6")
    incident.by(ENGINE, anew)
    (told,) = incident.told("words_altered")
    said = facts_of("words_altered", told.params, incident.ticket, incident.ctx, LINKS)
    assert said["may_answer"] is offers


def test_what_may_be_the_answer_says_when_the_answer_came() -> None:
    incident = asked().by(customer(), wrote("Thanks!"))
    incident.by(ENGINE, RecordAlteration(REF, DIRECTOR, "Thanks!", "Row 10.", CHANNEL, "1.6"))
    suffix = incident.told("words_altered")[0].key.removeprefix(f"{REF}/")
    assert ending_of(incident.ticket, suffix, incident.last, incident.ctx) is None
    incident.at("15:10").by("csm-one", RecordWords(REF, DIRECTOR.name, "15:05", "Row 10."))
    ending = ending_of(incident.ticket, suffix, incident.last, incident.ctx)
    assert ending == Became("details_came", "words_of", at=instant("15:10"), keeps=True)


def test_what_offers_nothing_needs_no_end() -> None:
    incident = asked().by(customer(), wrote("Row 9."))
    incident.by(ENGINE, RecordAlteration(REF, DIRECTOR, "Row 9.", "Row 10.", CHANNEL, "1.6"))
    suffix = incident.told("words_altered")[0].key.removeprefix(f"{REF}/")
    assert ending_of(incident.ticket, suffix, incident.last, incident.ctx) is None


def test_after_the_lower_figure_of_a_range_the_upper_one_is_next() -> None:
    incident = Incident.open(**LOW).at("14:30").by("csm-one", Acknowledge(REF))
    assert shown(incident)["next_due_at"] == instant("14:02", 24)
    late = incident.at("14:03", 24)
    assert shown(late)["next_due_at"] == instant("14:02", 25)
    assert not shown(late)["is_late"]
    why = why_facts(late.ticket, late.ctx, LINKS)
    assert (why["binding_at"], why["left"]) == (instant("14:02", 25), "23 h 59 min")
