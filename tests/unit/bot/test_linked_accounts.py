"""Two Slack accounts of one person are one hand; only the directory's addresses give duties.

Proves: T08.
"""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.engine.facts import Acquaintance, Facts, Identity
from bot.files.directory import directory_of
from protocols.kernel.context import Context
from protocols.people.directory import Directory
from store.write.people import SlackUser
from tests.kit.rules_incident import people, policy

ROOT = Path(__file__).parents[3]
NOW = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)


def account(slack_id: str, email: str, kind: str = "member") -> SlackUser:
    return SlackUser(slack_id, "T1", email, f"Name of {slack_id}", None, kind, NOW)


def knowing(*accounts: SlackUser, directory: Directory | None = None) -> Facts:
    facts = Facts(policy(), directory or people())
    known = {each.slack_id: each for each in accounts}
    facts.learn(Acquaintance(Identity("T1", "U0BOT"), known, complete=True))
    return facts


def context(facts: Facts, slack_id: str) -> Context:
    return facts.context(NOW, facts.actor("T1", slack_id), facts.policy)


FIRST = account("U01", "csm.one@vendor.example")
TAGGED = account("U02", "CSM.One+test@vendor.example")


def test_an_account_with_a_tag_is_the_same_person_and_has_no_duty() -> None:
    facts = knowing(FIRST, TAGGED)
    assert context(facts, "U02").is_actor("csm-one")
    assert context(facts, "U01").is_actor("U02")
    assert not facts.actor("T1", "U02").duties


@pytest.mark.parametrize("kind", ["deactivated", "guest"])
def test_an_account_that_may_not_act_any_more_counts_as_a_hand(kind: str) -> None:
    facts = knowing(FIRST, account("U02", "csm.one+old@vendor.example", kind))
    assert context(facts, "U01").is_actor("U02")


def test_people_who_are_in_no_directory_are_linked_too() -> None:
    one, other = account("U01", "new@vendor.example"), account("U02", "NEW+b@vendor.example")
    facts = knowing(one, other, directory=Directory())
    assert context(facts, "U01").is_actor("U02")


def test_others_are_not() -> None:
    facts = knowing(FIRST, account("U03", "csm.two@vendor.example"), account("U04", ""))
    assert not context(facts, "U03").is_actor("csm-one")
    assert not context(facts, "U04").is_actor("U03")


def test_a_further_address_of_the_directory_is_its_person_with_all_duties() -> None:
    directory = directory_of(
        {
            "people": {
                "csm-one": {
                    "name": "CSM One",
                    "email": "csm.one@vendor.example",
                    "other_emails": ["c.one@old.example"],
                    "duties": ["csm"],
                }
            }
        }
    )
    facts = knowing(account("U01", "C.One@old.example"), directory=directory)
    assert facts.actor("T1", "U01").who.key == "csm-one"
    assert facts.actor("T1", "U01").duties == {"csm"}
    assert facts.slack_id("csm-one") == "U01"
    assert not facts.unreachable
    both = knowing(FIRST, account("U09", "c.one@old.example"), directory=directory)
    assert both.slack_id("csm-one") == "U01"
