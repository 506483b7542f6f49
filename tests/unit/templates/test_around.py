"""What stands around a ticket on `show`: people, what a level gives, other clocks, notes. S90."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from protocols.kernel.event import Event
from protocols.scales import Category, Severity
from protocols.stage import Stage
from protocols.timeline.events import NoteAdded
from protocols.triage.events import NoteAltered
from templates.ticket.show import Beside, show_facts
from tests.kit.rules_incident import REF, Incident, who
from tests.unit.presenters.walking import LINKS
from tests.unit.protocols.test_relations import opened

GOLD = "birch"


def facts(incident: Incident, **beside: Any) -> dict[str, Any]:
    return dict(show_facts(incident.ticket, incident.ctx, LINKS, Beside(**beside)))


def words(incident: Incident, history: Sequence[Event]) -> list[str]:
    return [line.sentence for line in facts(incident, history=history)["notes"]]


def test_who_belongs_to_the_account_is_said_with_a_phone() -> None:
    found = facts(opened(REF))
    assert found["at_account"].startswith("AP Director One (security) +1 555-0199, ")
    assert found["ours"] == "CSM One (CSM), Sponsor One (executive sponsor)"


def test_what_a_program_level_gives_on_the_ticket_is_said() -> None:
    partner = opened(REF, GOLD, category=Category.DEAL_REGISTRATION, severity=Severity.HIGH)
    assert "reply" in facts(partner)["level_gives"]
    assert "S119" in facts(partner)["level_gives"]
    assert facts(opened(REF))["level_gives"] == ""


def test_clocks_that_run_beside_the_one_that_binds_are_said_once_each() -> None:
    found = facts(opened(REF))
    names = [clock.name for clock in found["clocks_beside"]]
    assert names
    assert found["next_due_what"] not in names
    assert len(names) == len(set(names))


def test_a_note_is_said_as_it_reads_now_and_a_deleted_one_not() -> None:
    incident = opened(REF)
    first = NoteAdded(incident.now, who("csm-two"), "It is theirs.", link="https://x.example/1")
    second = NoteAdded(incident.now, who("csm-two"), "Ask Elm.", link="https://x.example/2")
    said = [first, second]
    assert words(incident, said) == ['CSM Two: "It is theirs."', 'CSM Two: "Ask Elm."']
    changed = NoteAltered(
        incident.now, who("csm-two"), who("csm-two"), "It is theirs.", "It is ours.", first.link
    )
    gone = NoteAltered(incident.now, who("csm-two"), who("csm-two"), "Ask Elm.", "", second.link)
    assert words(incident, [*said, changed, gone]) == ['CSM Two: "It is ours."']


def test_what_the_account_sees_is_the_stage_that_it_reads() -> None:
    assert facts(opened(REF))["status"] == Stage.SUBMITTED.value.capitalize()
    assert facts(Incident.open())["status"] == Stage.ESCALATED.value.capitalize()
