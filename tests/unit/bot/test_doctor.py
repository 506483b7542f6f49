"""What the doctor says of people and channels. Source: D24, D29, D32."""

from __future__ import annotations

import ssl
from dataclasses import replace
from datetime import date

from bot.commands.doctor import of_people, uncovered
from bot.engine.facts import Acquaintance, Facts, Identity
from bot.gateways.outcomes import in_words
from protocols.people.channels import ChannelFacts, team_key
from protocols.people.directory import Directory, Team
from protocols.people.duties import Duty, hours_of
from store.write.people import SlackUser
from tests.kit.rules_incident import people, policy
from tests.unit.bot.test_facts import CLERK, DIRECTOR, NO_MAIL, OURS, directory

DAY = date(2026, 11, 30)
CHANNEL = ChannelFacts("C0ACMESUP1", "acme-support", is_ext_shared=True, bot_is_member=True)


def shared() -> Directory:
    """Return the directory, with Acme's channel named."""
    found = directory()
    acme, *others = found.accounts
    return replace(found, accounts=(replace(acme, shared_channel="#acme-support"), *others))


def said(*people: SlackUser, channel: ChannelFacts | None = CHANNEL) -> list[str]:
    facts = Facts(policy(), shared())
    channels = {} if channel is None else {"acme": replace(channel, outside_count=len(people))}
    known = {one.slack_id: one for one in people}
    facts.learn(Acquaintance(Identity(team_id=OURS), known, channels, complete=True))
    return [line for line in of_people(facts) if "acme-support" in line]


def test_a_channel_that_is_not_an_accounts_own_is_named() -> None:
    (line,) = said(channel=None)
    assert "#acme-support of Acme is not a shared channel of its own" in line
    assert "its words go by mail" in line


def test_a_channel_in_which_nobody_stands_for_the_account_is_named() -> None:
    (line,) = said(CLERK)
    assert "Nobody from outside in #acme-support is a named contact of Acme" in line


def test_one_named_contact_is_enough() -> None:
    assert said(CLERK, DIRECTOR) == []
    assert said(CLERK, NO_MAIL) == []


def test_a_channel_without_anyone_from_outside_is_not_named() -> None:
    assert said() == []


def test_nothing_is_said_of_a_channel_that_slack_could_not_be_asked_about() -> None:
    assert not [line for line in of_people(Facts(policy(), shared())) if "#" in line]


def test_whose_csm_left_or_cannot_be_reached_is_named() -> None:
    found = directory()
    acme, birch, *others = found.accounts
    accounts = (replace(acme, csm="gone"), replace(birch, csm="csm-one"), *others)
    facts = Facts(policy(), replace(found, accounts=accounts))
    facts.learn(Acquaintance(Identity(team_id=OURS), {}, {}, complete=True))
    lines = [line for line in of_people(facts) if "CSM or sponsor" in line]
    assert lines == [
        "CSM One cannot be reached, and is CSM or sponsor of Birch: name another there.",
        "gone is no longer in the directory, and is CSM or sponsor of Acme: name another there.",
    ]


def on_duty(hours: str) -> list[str]:
    found = directory()
    duty = Duty("csm", hours_of(hours) if hours else None, "UTC")
    people = tuple(replace(each, duties=(duty,)) for each in found.people)
    return list(uncovered(Facts(policy(), replace(found, people=people)), DAY))


def test_targets_that_run_through_a_night_that_nobody_covers_are_named() -> None:
    assert on_duty("08:00-18:00") == [
        (
            "Tier 2 (1 hour and 4 hours), a reply to Severity Critical (2 hours) run day and "
            "night, and nobody has the duty csm from 18:00 to 08:00 UTC: give somebody these hours."
        )
    ]


def test_a_duty_that_somebody_has_day_and_night_is_not_named() -> None:
    assert on_duty("") == []


def test_a_connection_that_fails_is_said_in_words_without_a_class_of_ours() -> None:
    said_of = [in_words(error) for error in (ConnectionRefusedError(), OSError(), ssl.SSLError())]
    assert said_of == [
        "nothing answers at its address", "it broke off", "its certificate is not taken",
    ]  # fmt: skip


def of_teams(**channels: ChannelFacts) -> list[str]:
    """Return what is said of a team with a channel, and of one without."""
    teams = (
        Team("channel-finance", "Channel Finance", "C0FINANCE1"),
        Team("channel-marketing", "Channel Marketing"),
    )
    facts = Facts(policy(), replace(directory(), teams=teams))
    known = {team_key(key): at for key, at in channels.items()}
    facts.learn(Acquaintance(Identity(team_id=OURS), {}, known, complete=True))
    lines = (line for line in of_people(facts) if "by the policy" not in line)
    return [line for line in lines if "Channel" in line]


def test_a_team_without_a_channel_is_named_and_one_that_the_bot_is_not_in() -> None:
    assert of_teams() == [
        "The bot is not in C0FINANCE1, the channel of Channel Finance: no card stands there.",
        "Channel Marketing has no channel: no card of its tickets is posted anywhere.",
    ]


def test_a_team_of_the_policy_that_the_directory_does_not_have_is_named() -> None:
    of_policy = [line for line in of_people(Facts(policy(), people())) if "by the policy" in line]
    assert of_policy == [
        f"{name} has tickets by the policy and is not in the directory: their cards stand with "
        "Channel Operations, and nobody is of that team. Name the team in the directory."
        for name in ("Legal and Compliance", "Security Engineering")
    ]


def test_a_teams_channel_that_outsiders_read_is_named() -> None:
    inside = ChannelFacts("C0FINANCE1", "team-finance", is_ext_shared=False, bot_is_member=True)
    assert len(of_teams(C0FINANCE1=inside)) == 1
    for read in (replace(inside, is_ext_shared=True), replace(inside, outside_count=1)):
        line, _without = of_teams(C0FINANCE1=read)
        assert "#team-finance of Channel Finance is read from outside" in line
