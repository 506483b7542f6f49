"""What is learnt from Slack of people and channels, and what is kept of it. Source: D24, D29."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime

import pytest

from bot.clock import MachineClock
from bot.engine.facts import Facts
from bot.files.directory import parse_directory
from bot.gateways.outcomes import Outcome, Taken
from bot.slack.asking import SlackDidNotSay
from bot.slack.reader import SlackReader
from protocols.people.people import Standing
from store.db import Database
from tests.kit.rules_incident import policy

OURS = "T0VENDOR01"
DIRECTORY = """\
people:
  csm-one: {name: CSM One, email: csm.one@vendor.example, duties: [csm]}
accounts:
  acme:
    name: Acme
    kind: customer
    time_zone: America/New_York
    shared_channel: acme-support
  birch:
    name: Birch
    kind: customer
    time_zone: America/New_York
    shared_channel: BIRCHCHANNEL
"""


@dataclass
class Slack:
    """Answers what a workspace would."""

    email: str = "csm.one@vendor.example"
    team: str = OURS
    channels: tuple[tuple[str, str], ...] = (("C0ACMESUP1", "acme-support"),)
    calls: list[str] = field(default_factory=list)

    def call(self, method: str, payload: Mapping[str, object], *, deadline_s: float) -> Outcome:
        self.calls.append(method)
        user = {"id": "U0CSMONE01", "team_id": OURS, "profile": {"email": self.email}}
        channels = [
            {"id": each, "name": name, "is_ext_shared": True} for each, name in self.channels
        ]
        answers: dict[str, dict[str, object]] = {
            "auth.test": {"team_id": self.team, "user_id": "U0BOT", "bot_id": "B0BOT"},
            "users.list": {"members": [user]},
            "users.conversations": {"channels": channels},
            "conversations.members": {"members": []},
        }
        return Taken(answers[method])


def reader(
    database: Database, slack: Slack, birch: str = "C0BIRCHPA1"
) -> tuple[SlackReader, Facts]:
    text = DIRECTORY.replace("BIRCHCHANNEL", birch)
    facts = Facts(policy(), parse_directory(text.encode()))
    return SlackReader(slack, database, facts, MachineClock()), facts


def test_a_person_is_known_after_a_restart_though_their_address_changed(
    database: Database,
) -> None:
    first, _ = reader(database, Slack())
    first.read()
    second, facts = reader(database, Slack("one@new.example"))
    second.recall()
    second.read()
    assert facts.actor(OURS, "U0CSMONE01").who.key == "csm-one"
    assert facts.slack_id("csm-one") == "U0CSMONE01"


def test_a_person_who_changes_while_the_bot_runs_is_known_after_a_restart(
    database: Database,
) -> None:
    first, facts = reader(database, Slack())
    first.read()
    changed = {"id": "U0CSMONE01", "team_id": OURS, "profile": {"email": "one@new.example"}}
    first.keep(first.person_of(changed, OURS))
    assert facts.actor(OURS, "U0CSMONE01").who.key == "csm-one"
    second, facts = reader(database, Slack("one@new.example"))
    second.recall()
    assert facts.actor(OURS, "U0CSMONE01").who.key == "csm-one"


def test_a_workspace_that_slack_does_not_name_lets_nobody_in(database: Database) -> None:
    made, facts = reader(database, Slack(team=""))
    with pytest.raises(SlackDidNotSay, match="named no workspace"):
        made.read()
    assert facts.actor(OURS, "U0CSMONE01").standing is Standing.OUTSIDE


def test_an_accounts_own_channel_is_found_by_its_name(database: Database) -> None:
    made, facts = reader(database, Slack())
    made.read()
    assert facts.account_of_channel("C0ACMESUP1") == "acme"


def test_a_channel_named_for_one_and_given_by_id_to_another_is_neithers(
    database: Database,
) -> None:
    made, facts = reader(database, Slack(), birch="C0ACMESUP1")
    made.read()
    assert facts.account_of_channel("C0ACMESUP1") is None


def test_a_shared_channel_that_was_renamed_is_the_accounts_still_after_a_restart(
    database: Database,
) -> None:
    made, _ = reader(database, Slack())
    made.read()
    again, facts = reader(database, Slack(channels=(("C0ACMESUP1", "acme-payments"),)))
    again.recall()
    again.read()
    assert facts.account_of_channel("C0ACMESUP1") == "acme"
    assert facts.known.channels["acme"].name == "acme-payments"


@pytest.mark.parametrize(
    "channels",
    [
        (("C0ACMESUP1", "old-support"), ("C0ACMESUP2", "acme-support")),
        (("C0ACMESUP2", "acme-support"),),
    ],
)
def test_a_new_channel_of_the_name_takes_the_place_of_the_one_before(
    database: Database, channels: tuple[tuple[str, str], ...]
) -> None:
    slack = Slack()
    made, facts = reader(database, slack)
    made.read()
    slack.channels = channels
    made.read()
    assert facts.account_of_channel("C0ACMESUP2") == "acme"
    assert facts.account_of_channel("C0ACMESUP1") is None


def test_a_renamed_channel_that_is_named_for_another_account_goes_over_to_it(
    database: Database,
) -> None:
    slack = Slack()
    made, facts = reader(database, slack, birch="birch-support")
    made.read()
    slack.channels = (("C0ACMESUP1", "birch-support"),)
    made.read()
    assert facts.account_of_channel("C0ACMESUP1") == "birch"


def test_a_status_that_says_out_of_office_is_known_until_it_is_taken_away(
    database: Database,
) -> None:
    made, facts = reader(database, Slack())
    made.read()
    profile = {"email": "csm.one@vendor.example"}
    user = {"id": "U0CSMONE01", "team_id": OURS, "profile": profile}
    out = {**user, "profile": {**profile, "status_text": "Out of office"}}
    now = datetime(2026, 11, 23, 12, tzinfo=UTC)
    actor = facts.actor(OURS, "U0CSMONE01")
    made.keep(made.person_of(out, OURS))
    assert facts.context(now, actor, facts.policy).away_until("csm-one") is not None
    made.keep(made.person_of(user, OURS))
    assert facts.context(now, actor, facts.policy).away_until("csm-one") is None
