"""The world around the house: accounts, their channels and ours, and who reads where."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache

from bot.engine.facts import Acquaintance, Facts, Identity
from protocols.people.channels import ChannelFacts, team_key
from protocols.people.directory import Account, Directory
from protocols.people.people import Actor, Standing, Who
from store.write.people import SlackUser
from tests.kit.rules_incident import actor, people, policy

BEGIN = datetime(2026, 11, 23, 14, 2, tzinfo=UTC)
TEAM, URL = "T1", "https://vendor.example"
TAGS = {"cedar": ("mssp",), "birch": ("hipaa",), "dune": ("hipaa", "mssp"), "acme": ("payments",)}
WITHOUT_CHANNEL = ("elm", "hazel")
WITHOUT_ROADS = ("iris",)
NAMELESS = "U0NEWCOMER"
"""One of us whom the directory does not know: their name is what they call themselves."""
STRANGER = Actor(Who("U0STRANGER", "Someone Else"), Standing.OUTSIDE)


@cache
def directory() -> Directory:
    """Return the sample directory with channels for its teams, tags, and roads of every kind."""
    known = people()
    teams = tuple(replace(each, channel=f"C0TEAM{n:03}") for n, each in enumerate(known.teams))
    return replace(known, teams=teams, accounts=tuple(map(_account, known.accounts)))


def _account(known: Account) -> Account:
    contacts = tuple(
        replace(each, email="" if known.key in WITHOUT_ROADS else each.email)
        for each in known.contacts
    )
    shared = None if known.key in (*WITHOUT_CHANNEL, *WITHOUT_ROADS) else f"{known.key}-support"
    tags = TAGS.get(known.key, known.tags)
    return replace(known, tags=tags, contacts=contacts, shared_channel=shared)


def channel_id(account: str) -> str:
    """Return the identity of the channel that an account's words begin in."""
    return f"C0{account.upper()}"


def bridge_id(reference: str, generation: int) -> str:
    """Return the identity of a ticket's private channel."""
    return f"C0BRIDGE{reference.replace('-', '')}N{generation}"


def contact_of(account: str) -> Actor:
    """Return who speaks for an account."""
    return Actor(Who(f"U0{account.upper()}", f"AP Clerk of {account}"), Standing.CUSTOMER,
                 account=account, accounts=frozenset({account}))  # fmt: skip


def ours() -> tuple[Actor, ...]:
    """Return all of us whom the directory knows."""
    return tuple(actor(person.key) for person in people().people)


@cache
def _members(name: str) -> dict[str, SlackUser]:
    found = [
        SlackUser(f"U0{each.key.upper()}", TEAM, each.email, each.name, None, "member", BEGIN)
        for each in people().people
    ]
    found.append(SlackUser(NAMELESS, TEAM, None, name, None, "member", BEGIN))
    return {each.slack_id: each for each in found}


@dataclass(slots=True)
class World:
    """Who reads in which channel as it is, and what Slack has told the house of it.

    Attributes:
        facts: What the house knows.
        readers: The accounts whose people read in a channel, by its identity.
        told: What Slack said of the channels, by their keys.
    """

    facts: Facts
    readers: dict[str, frozenset[str]] = field(default_factory=dict)
    told: dict[str, ChannelFacts] = field(default_factory=dict)

    @classmethod
    def begun(cls, *, has_mail: bool, status_hook: bool) -> World:
        """Return the world as it begins: each account alone in its channel, nobody in ours."""
        facts = Facts(policy(), directory(), has_mail=has_mail, status_hook=status_hook)
        made = cls(facts)
        for account in directory().accounts:
            if account.shared_channel is not None:
                here = channel_id(account.key)
                made.readers[here] = frozenset({account.key})
                name = account.shared_channel
                made.told[account.key] = ChannelFacts(here, name, True, True, 3)
        for team in directory().teams:
            here = team.channel or ""
            made.told[team_key(here)] = ChannelFacts(here, team.key, False, True)
        return made.learned()

    def learned(self) -> World:
        """Have the house know what Slack said."""
        identity = Identity(TEAM, "UBOT", "B1", URL)
        told = Acquaintance(identity, _members("Newcomer"), dict(self.told), complete=True)
        self.facts.learn(told)
        return self

    def shares(self, channel: str, account: str) -> None:
        """Let people of an account read in a channel of ours; Slack says so at once."""
        self.readers[channel] = self.readers.get(channel, frozenset()) | {account}
        key = team_key(channel)
        if key in self.told:
            self.told[key] = replace(self.told[key], is_ext_shared=True, outside_count=1)
            self.learned()

    def takes_back(self, channel: str) -> None:
        """Let nobody from outside read in a channel of ours any more."""
        self.readers.pop(channel, None)
        key = team_key(channel)
        if key in self.told:
            self.told[key] = replace(self.told[key], is_ext_shared=False, outside_count=0)
            self.learned()

    def unshares(self, account: str) -> None:
        """Let an account's channel be shared with nobody."""
        known = self.told[account]
        self.readers[known.channel_id] = frozenset()
        self.told[account] = replace(known, is_ext_shared=False, outside_count=0)
        self.learned()

    def hands_over(self, account: str, successor: str) -> None:
        """Let an account's channel be another's from now on."""
        here = self.told.pop(account)
        self.told[successor] = here
        self.readers[here.channel_id] = frozenset({successor})
        self.learned()
