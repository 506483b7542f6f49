"""A desk names its own subjects of tickets, as rows of the policy. Source: S78."""

from __future__ import annotations

import copy
from typing import Any

import pytest
import yaml

from bot.files.policy import DEFAULT_POLICY
from protocols.intake.subject_of import subject_of
from protocols.policy.policy import Policy
from protocols.policy.sections import EntryRefused
from protocols.routing.refusals import NoSuchCategory
from protocols.routing.teams import Matter, need_category, routed
from protocols.scales import Category, Severity, Tier
from protocols.time.facts import TicketFacts
from protocols.time.targets import targets
from store.codec import decode, encode
from store.codec_errors import UnknownValue
from templates.routing.categories import category_lines
from tests.kit.rules_incident import calendar, instant

HARDWARE = Category("field_hardware")
ROW = {
    "title": "Terminals and Readers",
    "about": "Delivery, swap, pairing",
    "words": ["terminal", "card reader"],
    "team": "Field Operations",
    "resolve": "1-2 business days",
}


def entries(**rows: object) -> dict[str, Any]:
    values: dict[str, Any] = yaml.safe_load(DEFAULT_POLICY.read_text(encoding="utf-8"))
    values = copy.deepcopy(values)
    values["categories"] = {**values["categories"], **rows}
    return values


def nine() -> Policy:
    return Policy.from_mapping(entries(field_hardware=ROW))


def test_a_ninth_category_goes_to_its_team_on_its_clock() -> None:
    policy, hours = nine(), calendar()
    facts = TicketFacts(
        opened_at=instant("14:02"),
        tiers=((Tier.ROUTINE, instant("14:02")),),
        severity=Severity.LOW,
        category=HARDWARE,
    )
    assert routed(policy, Matter(HARDWARE, Severity.LOW, None)).team == "Field Operations"
    (clock,) = [each for each in targets(policy, facts, hours) if each.source == "S78"]
    assert clock.rule.endswith("Terminals and Readers")


def test_its_own_words_propose_it_before_those_of_the_eight() -> None:
    assert subject_of("The card reader shows the portal", nine()) == HARDWARE
    assert subject_of("The portal is down", nine()) == Category.PORTAL_ACCESS


def test_lists_show_its_title_and_what_belongs_to_it() -> None:
    (line,) = [each for each in category_lines(nine()) if each.value == "field_hardware"]
    assert (line.label, line.about) == ("Terminals and Readers", "Delivery, swap, pairing")


def test_without_a_title_its_key_is_read() -> None:
    assert nine().title_of(Category("travel_cards")) == "Travel cards"


def test_a_desk_may_take_one_of_the_eight_away() -> None:
    values = entries()
    del values["categories"]["marketing_assets"]
    policy = Policy.from_mapping(values)
    assert subject_of("The logo of the campaign", policy) == Category.TECHNICAL_PRODUCT
    with pytest.raises(NoSuchCategory):
        need_category(Category.MARKETING_ASSETS, policy)


def test_what_fits_nothing_else_may_not_be_taken_away() -> None:
    values = entries()
    del values["categories"]["technical_product"]
    with pytest.raises(EntryRefused, match="technical_product"):
        Policy.from_mapping(values)


@pytest.mark.parametrize("key", ["Field hardware", "1st", "x" * 41, "été"])
def test_a_key_that_is_none_is_refused(key: str) -> None:
    with pytest.raises(EntryRefused, match="is no key"):
        Policy.from_mapping(entries(**{key: ROW}))


def test_what_does_not_fit_into_the_form_is_refused() -> None:
    with pytest.raises(EntryRefused, match="fit into the form"):
        Policy.from_mapping(entries(field_hardware={**ROW, "about": "x" * 76}))


def test_a_row_that_names_a_category_which_is_not_there_is_refused() -> None:
    values = entries()
    values["special_targets"][0]["categories"] = ["field_hardware"]
    with pytest.raises(EntryRefused, match="is none of: portal_access"):
        Policy.from_mapping(values)


def test_a_row_may_name_a_desks_own() -> None:
    values = entries(field_hardware=ROW)
    values["special_targets"][0]["categories"] = ["field_hardware"]
    assert Policy.from_mapping(values).special_targets[0].categories == {HARDWARE}


def test_it_is_kept_by_its_key() -> None:
    assert decode(Category, encode(HARDWARE)) == HARDWARE
    with pytest.raises(UnknownValue):
        decode(Category, "Field hardware")
