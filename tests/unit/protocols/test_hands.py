"""Every hand in a text counts, and all accounts of one person are one hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from protocols.bridge.events import BringInNow, InvitePerson
from protocols.holds.events import ClearHold, HoldKind, PlaceHold
from protocols.holds.refusals import ClearerIsPlacer
from protocols.people.identities import canonical, linked
from protocols.people.people import Actor, Role, Who
from protocols.roles.events import TakeRole
from protocols.roles.refusals import RoleConflict
from protocols.updates.approval import hash_of
from protocols.updates.events import (
    DraftKind,
    DraftState,
    DraftText,
    ReleaseText,
    SendBack,
    SuggestWords,
    UseSuggested,
)
from protocols.updates.refusals import SecondPersonNeeded, TextChanged
from protocols.updates.state import Updates
from tests.kit.rules_incident import DOING, KNOWN, REF, Incident
from tests.kit.tickets import with_fields

BETTER = "37 of the second copies have settled in your account."
SECOND = Actor(Who("U0SECOND", "Somebody"))


def staffed() -> Incident:
    return known(Incident.open().staffed().at("14:45"))


def known(incident: Incident) -> Incident:
    """Let Slack say that the other account is a full member of ours."""
    incident.ctx = replace(incident.ctx, members=frozenset({SECOND.who.key}))
    return incident


def stands(incident: Incident, person: str | Actor) -> bool:
    """Say whether a person's release of the newest text is refused for their hand in it."""
    return isinstance(incident.refused(person, incident.releasing()), SecondPersonNeeded)


def suggest(incident: Incident, person: str, known: str) -> None:
    incident.by(person, SuggestWords(REF, 1, (("known", known), ("doing", DOING))))


def with_second_account(incident: Incident, key: str) -> Incident:
    """Link another account with a person, as two accounts of one mail address are."""
    both = frozenset({key, SECOND.who.key})
    incident.ctx = replace(incident.ctx, linked_keys=dict.fromkeys(both, both))
    return incident


def test_whoever_suggested_words_that_were_not_used_may_release() -> None:
    incident = staffed().draft()
    suggest(incident, "cs-manager-one", BETTER)
    assert (
        incident.release("cs-manager-one").ticket.of(Updates).drafts[0].state is DraftState.RELEASED
    )


def test_suggested_words_that_are_typed_instead_of_taken_count_as_well() -> None:
    incident = staffed().draft()
    suggest(incident, "cs-manager-one", BETTER)
    incident.draft(known=f"{BETTER} None in other runs.", number=1)
    assert stands(incident, "cs-manager-one")
    incident.release("csm-one")


def test_everyone_who_suggested_before_the_change_has_a_hand_in_it() -> None:
    incident = staffed().draft()
    suggest(incident, "cs-manager-one", BETTER)
    suggest(incident, "csm-one", KNOWN)
    incident.by("csm-two", UseSuggested(REF, 1)).draft(known=BETTER, number=1)
    assert stands(incident, "cs-manager-one")
    assert stands(incident, "csm-one")
    incident.release("support-one")


def test_a_reason_to_send_back_is_no_hand_unless_its_words_are_used() -> None:
    incident = staffed().draft()
    incident.by("csm-one", SendBack(REF, 1, "Which run? Say the day."))
    incident.draft(known="412 payments of your run of Monday left twice.", number=1)
    incident.by("cs-manager-one", SendBack(REF, 1, f"Write: {BETTER}"))
    incident.draft(known=BETTER, number=1)
    assert stands(incident, "cs-manager-one")
    incident.release("csm-one")


def test_words_of_a_text_that_was_never_released_stay_their_writers() -> None:
    incident = staffed().draft("csm-one", known=BETTER).draft("csm-two", known=f"So far: {BETTER}")
    assert stands(incident, "csm-one")
    incident.release("cs-manager-one")


def test_words_that_a_change_takes_from_a_later_text_stay_their_writers_too() -> None:
    incident = staffed().draft("csm-two").at("14:46").draft("csm-one", known=BETTER)
    incident.at("14:47").draft("csm-two", known=f"So far: {BETTER}", number=1)
    press = incident.releasing(1)
    assert isinstance(incident.refused("csm-one", press), SecondPersonNeeded)
    incident.release("csm-two", 2)


def test_words_that_were_released_belong_to_nobody_any_more() -> None:
    incident = staffed().updated("csm-one").at("15:30").draft("csm-two", known=f"Still: {KNOWN}")
    incident.release("csm-one")


def correction(wrong: str, right: str, incident: Incident) -> DraftText:
    fields = (("wrong", wrong), ("right", right))
    return DraftText(REF, DraftKind.CORRECTION, fields, incident.now + timedelta(hours=1))


def test_whose_words_a_correction_carries_on_does_not_release_it() -> None:
    incident = staffed().updated("csm-one").at("15:30")
    incident.by("csm-two", correction(KNOWN, "410 payments were sent twice.", incident))
    assert stands(incident, "csm-one")
    incident.release("cs-manager-one")


def test_a_correction_in_other_words_is_released_by_any_other() -> None:
    incident = staffed().updated("csm-one").at("15:30")
    incident.by("csm-two", correction("The figure.", "410 were sent.", incident))
    incident.release("csm-one")


def test_the_investigator_is_told_why_they_do_not_release() -> None:
    incident = staffed().draft()
    refusal = incident.refused("engineer-one", incident.releasing())
    assert refusal.facts["role"] == "investigator"


@pytest.mark.parametrize("person", ["csm-two", "cs-manager-one"])
def test_another_account_of_a_writer_or_suggester_does_not_release(person: str) -> None:
    incident = with_second_account(staffed().draft(), person)
    suggest(incident, "cs-manager-one", BETTER)
    incident.by("csm-two", UseSuggested(REF, 1))
    assert stands(incident, SECOND)


def test_nobody_is_named_who_could_release_by_another_account_only() -> None:
    incident = staffed()
    incident.by("csm-two", InvitePerson(REF, SECOND.who))
    with_second_account(incident, "csm-two").draft()
    refusal = incident.refused("csm-two", incident.releasing())
    assert "Somebody" not in str(refusal.facts["people"])


def test_the_writer_edits_by_either_account() -> None:
    incident = with_second_account(staffed().draft(), "csm-two")
    fields = (("known", BETTER), ("doing", DOING))
    text = DraftText(REF, DraftKind.UPDATE, fields, incident.now + timedelta(hours=1), "", 1)
    incident.by("csm-two", InvitePerson(REF, SECOND.who)).by(SECOND, text)
    assert stands(incident, "csm-two")


def test_a_hold_is_not_cleared_by_another_account_of_its_placer() -> None:
    incident = with_second_account(staffed(), "csm-one")
    incident.by("csm-one", PlaceHold(REF, HoldKind.TRANSACTION, "copies"))
    finance = Actor(SECOND.who, duties=frozenset({"finance"}))
    refusal = incident.refused(finance, ClearHold(REF, 1, "settled"))
    assert isinstance(refusal, ClearerIsPlacer)


def test_one_person_does_not_hold_two_roles_by_two_accounts() -> None:
    incident = with_second_account(known(Incident.open().at("14:10")), "engineer-one")
    incident.by("csm-one", BringInNow(REF))
    incident.by("engineer-one", TakeRole(REF, Role.INVESTIGATOR))
    incident.by("csm-one", InvitePerson(REF, SECOND.who))
    for role in (Role.COMMUNICATOR, Role.SCRIBE):
        assert isinstance(incident.refused(SECOND, TakeRole(REF, role)), RoleConflict)


def test_a_button_of_an_earlier_version_releases_nothing_and_a_new_one_does() -> None:
    incident = staffed().draft()
    draft = incident.ticket.of(Updates).drafts[0]
    stored = with_fields(incident.ticket, drafts=(replace(draft, text_hash="0123456789abcdef"),))
    incident._ticket = stored
    old = ReleaseText(REF, 1, "0123456789abcdef")
    refusal = incident.refused("cs-manager-one", old)
    assert isinstance(refusal, TextChanged)
    assert refusal.facts["what"] == "older"
    incident.by("cs-manager-one", ReleaseText(REF, 1, hash_of(stored.of(Updates).drafts[0])))
    assert incident.ticket.of(Updates).drafts[0].state is DraftState.RELEASED


@pytest.mark.parametrize(
    "address",
    ["CSM.One@Vendor.example", "csm.one+test@vendor.example", " csm.one+a+b@VENDOR.example "],
)
def test_capitals_and_a_tag_make_no_other_person(address: str) -> None:
    assert canonical(address) == "csm.one@vendor.example"


def test_an_address_that_is_all_tag_keeps_it() -> None:
    assert canonical("+one@vendor.example") == "+one@vendor.example"


def test_accounts_are_linked_over_any_of_their_addresses() -> None:
    found = linked(
        [
            ("csm-one", "csm.one@vendor.example"),
            ("csm-one", "c.one@vendor.example"),
            ("csm-two", "csm.two@vendor.example"),
            ("U01", "C.One+x@vendor.example"),
            ("U02", "csm.one+y@vendor.example"),
            ("U03", ""),
            ("U04", ""),
        ]
    )
    one = frozenset({"csm-one", "U01", "U02"})
    assert found == dict.fromkeys(one, one)
