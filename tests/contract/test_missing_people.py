"""Who faces an account hears once that one of its people is gone, by name, with what to do."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.engine.facts import Acquaintance, Facts, Identity, Kept
from bot.files.directory import directory_of
from bot.missing import MissingPeople
from protocols.people.directory import Directory
from protocols.people.taking_in import Listed, WhoIsWho
from store.db import Database
from store.tables import outbox
from store.write.people import SlackUser
from tests.contract.store.samples import NOON, TEAM
from tests.kit.rules_incident import policy

PEOPLE = ("csm-one", "csm-two", "cs-manager-one", "sponsor-one")
CLERK = SlackUser(
    "U0CLERK01", "TACME", "clerk@acme.example", "AP Clerk One", None, "stranger", NOON
)


class Clock:
    """Business time, moved by hand."""

    def __init__(self) -> None:
        self.at = NOON

    def now(self) -> Any:
        return self.at


def directory(
    *listed: str, accounts: Mapping[str, Mapping[str, object]] | None = None
) -> Directory:
    duties = {
        "csm-one": "csm",
        "csm-two": "csm",
        "cs-manager-one": "cs-manager",
        "sponsor-one": "executive",
    }
    people = {
        key: {"name": key.replace("-", " ").title(), "email": f"{key}@vendor.example",
              "duties": [duties[key]]}
        for key in PEOPLE
    }  # fmt: skip
    acme = {
        "name": "Acme", "kind": "customer", "time_zone": "UTC", "csm": "csm-one",
        "executive_sponsor": "sponsor-one",
        "contacts": [{"name": "AP Clerk One", "email": "clerk@acme.example"}],
    }  # fmt: skip
    whole = directory_of({"people": people, "accounts": accounts or {"acme": acme}})
    return replace(whole, people=tuple(each for each in whole.people if each.key in listed))


def user(key: str, kind: str = "member") -> SlackUser:
    return SlackUser(f"U{key}", TEAM, f"{key}@vendor.example", key, None, kind, NOON)


class Desk:
    """One process, and what it has sent."""

    def __init__(self, database: Database) -> None:
        self.database = database
        self.clock = Clock()
        self.facts = Facts(policy(), directory(*PEOPLE), drill=True)
        self.learn(*map(user, PEOPLE), CLERK)
        self.watch = MissingPeople(database, self.facts, self.clock, lambda: None)

    def learn(self, *users: SlackUser, complete: bool = True) -> None:
        known = {each.slack_id: each for each in users}
        self.facts.learn(Acquaintance(Identity(TEAM), known, complete=complete))

    def lists(self, found: Directory) -> None:
        names = {each.key: Listed(each, "", 0) for each in directory(*PEOPLE).people}
        listed = {each.key for each in found.people}
        people = {key: replace(each, active=key in listed) for key, each in names.items()}
        accounts = {each.key: Listed(each, "", 0) for each in found.accounts}
        self.facts.take(Kept(self.facts.kept.revision + 1, WhoIsWho(accounts, people)))

    def told(self) -> list[tuple[str, str]]:
        with self.database.read() as conn:
            rows = conn.execute(select(outbox.c.payload).order_by(outbox.c.id)).scalars().all()
        return [(row["channel"]["$dm"], row["text"]) for row in rows]


@pytest.fixture
def desk(migrated_database_url: str) -> Iterator[Desk]:
    database = Database(migrated_database_url)
    yield Desk(database)
    database.dispose()


def gone(*missing: str) -> list[SlackUser]:
    return [user(key, "deactivated" if key in missing else "member") for key in PEOPLE]


def test_while_everybody_is_there_nobody_is_told(desk: Desk) -> None:
    desk.watch.look()
    assert desk.told() == []


def test_that_a_contact_is_gone_their_csm_hears_once(desk: Desk) -> None:
    desk.watch.look()
    desk.learn(*map(user, PEOPLE), replace(CLERK, kind="deactivated"))
    for _hour in range(3):
        desk.clock.at += timedelta(hours=1)
        desk.watch.look()
        MissingPeople(desk.database, desk.facts, desk.clock, lambda: None).look()
    assert desk.told() == [
        ("csm-one", "AP Clerk One, a contact of Acme, has no active user in Slack any more.")
    ]


def test_that_a_csm_has_left_whoever_is_on_duty_hears(desk: Desk) -> None:
    desk.learn(*gone("csm-one"), CLERK)
    desk.watch.look()
    assert desk.told() == [
        ("csm-two", "Csm One, CSM of Acme, has no active user in Slack any more.")
    ]


def test_that_a_csm_is_in_no_file_any_more_is_told_by_name(desk: Desk) -> None:
    desk.lists(directory("csm-two", "cs-manager-one", "sponsor-one"))
    desk.watch.look()
    assert desk.told() == [("csm-two", "Csm One, CSM of Acme, is not in the directory any more.")]


def test_a_sponsor_whom_slack_never_knew_is_reached_by_mail(desk: Desk) -> None:
    desk.learn(*(user(key) for key in PEOPLE if key != "sponsor-one"), CLERK)
    desk.watch.look()
    assert desk.told() == []


def test_nobody_is_missing_while_slack_has_not_told_of_everybody(desk: Desk) -> None:
    desk.learn(user("csm-two"), complete=False)
    desk.watch.look()
    assert desk.told() == []


def test_where_nobody_is_there_to_be_told_it_waits_until_somebody_is(desk: Desk) -> None:
    desk.learn(*gone(*PEOPLE))
    desk.watch.look()
    assert desk.told() == []
    desk.learn(*gone("csm-one", "csm-two", "sponsor-one"))
    desk.watch.look()
    assert {who for who, _ in desk.told()} == {"cs-manager-one"}


def test_a_csm_of_many_accounts_is_one_message(desk: Desk) -> None:
    many = {
        f"a{n}": {"name": f"Account {n}", "kind": "customer", "time_zone": "UTC", "csm": "csm-one"}
        for n in range(200)
    }
    desk.lists(directory(*PEOPLE, accounts=many))
    desk.learn(*gone("csm-one"))
    desk.watch.look()
    [(who, text)] = desk.told()
    assert who == "csm-two"
    assert "Csm One, CSM of Account 0" in text
    assert "And 199 others." in text


def test_who_came_back_and_goes_again_is_told_again(desk: Desk) -> None:
    for missing in ("csm-one", "", "csm-one"):
        desk.clock.at += timedelta(days=1)
        desk.learn(*gone(missing), CLERK)
        desk.watch.look()
    assert len(desk.told()) == 2


def test_of_an_account_that_was_removed_nobody_hears(desk: Desk) -> None:
    ended = {
        "acme": {
            "name": "Acme",
            "kind": "customer",
            "time_zone": "UTC",
            "csm": "csm-one",
            "active": False,
        }
    }
    desk.lists(directory(*PEOPLE, accounts=ended))
    desk.learn(*gone("csm-one"))
    desk.watch.look()
    assert desk.told() == []
