"""Words of a resolution that could stand under any ticket are asked about. Source: S98."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from protocols.closure.events import Resolve, TicketResolved
from protocols.closure.general_words import GENERAL
from protocols.closure.refusals import CouldStandAnywhere, NoSuchCause
from protocols.closure.specific import could_stand_anywhere, general_fields
from protocols.closure.state import Closure
from protocols.closure.telling import what_was_done
from protocols.policy.causes import CAUSES, OPEN_CAUSES
from protocols.policy.sections import EntryRefused
from protocols.scales import CATEGORIES, Category
from protocols.updates.events import DraftKind, DraftText
from protocols.updates.state import Updates
from tests.kit.rules_incident import REF, Incident, policy
from tests.unit.protocols.test_escalation import partner, with_section

ANYWHERE = (
    "It is fixed.",
    "Should be working now",
    "Fixed!",
    "Done.",
    "The issue has been resolved. Thank you for your patience.",
    "We have fixed the problem on our side and everything is working again.",
    "Your ticket was closed, please let us know if you need anything else.",
    "Our team has taken the necessary steps.",
    "We adjusted the configuration and it works now.",
    "The bug was identified and corrected by our engineers.",
    "This was handled by the responsible team.",
    "Your request has been processed successfully.",
    "Please check.",
    "Try again.",
    "Please verify that everything is working as expected.",
    "Let us know if the issue persists.",
    "OK",
    "It's sorted, you're good to go.",
    "It is fixed for Acme.",
)
OF_ONE_MATTER = (
    "The second copies were returned.",
    "Line 3 was corrected.",
    "Deal 4471 is registered to you since 23 November.",
    "Your password was reset.",
    "Sara in Chicago sent it.",
    "The portal is working again.",
    "We added the missing course record.",
    "See your statement of November.",
    "Sign in and open Reports.",
    "Compare the balance with your bank's list.",
    "Der Fehler ist behoben.",
    "修正しました",
    "412",
)


@pytest.mark.parametrize("words", ANYWHERE)
def test_words_with_nothing_of_their_own_could_stand_under_any_ticket(words: str) -> None:
    assert could_stand_anywhere(words, "Acme")


@pytest.mark.parametrize("words", OF_ONE_MATTER)
def test_a_word_number_name_or_place_of_the_matter_makes_them_its_own(words: str) -> None:
    assert not could_stand_anywhere(words, "Acme")


def test_no_words_are_no_words_of_another_ticket() -> None:
    assert not could_stand_anywhere("", "Acme")
    assert not could_stand_anywhere("...", "Acme")


@given(
    st.lists(st.sampled_from(sorted(GENERAL)), min_size=1, max_size=12),
    st.from_regex(r"[0-9]{1,6}", fullmatch=True),
)
def test_one_number_anywhere_in_them_makes_them_their_own(words: list[str], number: str) -> None:
    assert could_stand_anywhere(" ".join(words))
    for place in range(len(words) + 1):
        assert not could_stand_anywhere(" ".join([*words[:place], number, *words[place:]]))


def test_a_resolution_that_could_stand_anywhere_is_asked_about_before_anything_changes() -> None:
    incident = Incident.open()
    refused = incident.refused("csm-one", Resolve(REF, "It is fixed.", "Please check."))
    assert isinstance(refused, CouldStandAnywhere)
    assert refused.facts["fields"] == ("done", "check")


def test_a_reason_lets_it_stand_and_is_on_record() -> None:
    incident = Incident.open().by("csm-one", Resolve(REF, "It is fixed.", "Look.", "They know it."))
    assert incident.events(TicketResolved)[0].said_right == "They know it."
    assert incident.ticket.of(Updates).drafts[-1].asked_reason == "They know it."


def test_a_reason_for_another_check_is_none_for_this_one() -> None:
    said = Resolve(
        REF, "The copies should be fixed.", "See your statement.", "Engineering says so."
    )
    assert Incident.open().by("csm-one", said).events(TicketResolved)[0].said_right == ""


def test_words_that_are_written_anew_are_asked_about_too() -> None:
    said = Resolve(REF, "The copies were returned.", "See your statement.")
    incident = Incident.open().by("csm-one", said)
    number = incident.ticket.of(Updates).drafts[-1].number
    anew = (("done", "All good now."), ("check", "See your statement."))
    again = DraftText(REF, DraftKind.RESOLUTION, anew, None, "", number)
    assert isinstance(incident.refused("csm-one", again), CouldStandAnywhere)


def test_a_cause_of_the_category_is_kept_and_any_other_is_refused() -> None:
    incident = partner(category=Category.COMMISSION_PAYMENT)
    said = ("The deals were added.", "See the statement.", "")
    refused = incident.refused("csm-two", Resolve(REF, *said, "Password or sign-in"))
    assert isinstance(refused, NoSuchCause)
    incident.by("csm-two", Resolve(REF, *said, "deal-missing-on-the-statement"))
    resolution = incident.ticket.of(Closure).resolution
    assert resolution is not None
    assert resolution.cause == "Deal missing on the statement"


@pytest.mark.parametrize("category", CATEGORIES)
def test_every_category_has_causes_and_two_that_are_always_so(category: Category) -> None:
    assert len(CAUSES[category]) >= 3
    assert not set(CAUSES[category]) & set(OPEN_CAUSES)
    assert policy().causes[category] == CAUSES[category]


def test_a_policy_may_write_its_own_causes_for_some_categories() -> None:
    own = with_section("causes", {"portal_access": ["Token lost"]}).causes
    assert own[Category.PORTAL_ACCESS] == ("Token lost",)
    assert own[Category.MDF_INCENTIVE] == CAUSES[Category.MDF_INCENTIVE]


@pytest.mark.parametrize(
    ("written", "why"),
    [({"portal_access": ["x" * 76]}, "at most 75"), ({"portals": ["a"]}, "portals")],
)
def test_a_cause_that_fits_no_list_is_refused_by_its_path(written: object, why: str) -> None:
    with pytest.raises(EntryRefused, match=why):
        with_section("causes", written)


def test_what_was_done_is_documented_with_an_account_and_without_one() -> None:
    said = Resolve(REF, "The copies were returned.", "See your statement.")
    written = ("The copies were returned.", "See your statement.")
    assert what_was_done(Incident.open().by("csm-one", said).ticket) == written
    nobodys = Incident.open(account_key=None).by("csm-one", said)
    assert what_was_done(nobodys.ticket) == written
    assert what_was_done(Incident.open().ticket) == ("", "")


def test_its_fields_are_told_apart() -> None:
    ticket = Incident.open().ticket
    fields = (("done", "It is fixed."), ("check", "See your statement."))
    assert general_fields(fields, ticket) == ("done",)
