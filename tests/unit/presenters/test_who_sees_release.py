"""**Release** is shown in the bridge to exactly those whom the rule lets release. M27, D22."""

from __future__ import annotations

from protocols.bridge.events import NoteJoined
from protocols.holds.events import HoldKind, PlaceHold
from protocols.updates.hands import may_release_now
from protocols.updates.state import Updates
from templates.kit.links import Links
from templates.kit.presenting import facts_of
from tests.kit.rules_incident import REF, Incident, who


def slack_id(key: str) -> str:
    return f"U0{key.upper().replace('-', '')}"


def drafted() -> Incident:
    return Incident.open().delivered().staffed().at("14:45").draft()


def links(incident: Incident, *unknown: str) -> Links:
    people = (person.key for person in incident.ctx.directory.people)
    return Links(slack_ids={key: slack_id(key) for key in people if key not in unknown})


def shown_to(incident: Incident, *unknown: str, **params: object) -> list[str]:
    known = links(incident, *unknown)
    facts = facts_of("review", {"draft": 1, **params}, incident.ticket, incident.ctx, known)
    return str(facts["shown_to"]).split()


def test_the_list_is_that_of_the_rule_and_has_neither_writer_nor_investigator() -> None:
    incident = drafted()
    draft = incident.ticket.of(Updates).drafts[0]
    found = shown_to(incident)
    assert found == [slack_id(key) for key in may_release_now(incident.ticket, draft, incident.ctx)]
    assert slack_id("cs-manager-one") in found
    assert slack_id(draft.written_by.key) not in found
    assert slack_id("engineer-one") not in found


def test_whoever_comes_later_reads_it_anew_with_release() -> None:
    incident = drafted()
    assert slack_id("support-two") not in shown_to(incident)
    incident.by("csm-one", NoteJoined(REF, who("support-two")))
    assert slack_id("support-two") in shown_to(incident)


def test_with_a_hold_on_the_cause_legal_alone_sees_it() -> None:
    incident = drafted().by("csm-one", PlaceHold(REF, HoldKind.DISCLOSURE, "a threat"))
    assert shown_to(incident) == [slack_id("legal-one")]


def test_in_a_direct_message_it_is_shown_as_it_is() -> None:
    assert shown_to(drafted(), person="cs-manager-one") == []


def test_in_a_direct_message_whoever_may_release_it_is_named_though_others_are_here() -> None:
    incident = drafted().by("csm-one", NoteJoined(REF, who("support-two")))
    for reader, first in (("cs-manager-one", "you"), ("csm-two", "CS Manager One")):
        params = {"draft": 1, "person": reader}
        facts = facts_of("review", params, incident.ticket, incident.ctx, links(incident))
        assert str(facts["releasers"]).split(", ")[0] == first


def test_whom_slack_does_not_know_is_left_out_of_the_list() -> None:
    assert slack_id("cs-manager-one") not in shown_to(drafted(), "cs-manager-one")
