"""What decisions are made with besides the ticket: policy, directory, calendars, people, channels.

Read often and changed seldom: everything here is held in memory, under a lock only to replace it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache
from zoneinfo import available_timezones

from bot.calendars import calendar_of
from protocols.calendar import BusinessCalendar
from protocols.context import ChannelFacts, Context, OpenTicket
from protocols.directory import Directory
from protocols.people import Actor, Standing, Who
from protocols.policy import Policy
from protocols.refusals import BeingUpdated
from protocols.sections import EntryMissing, EntryRefused
from protocols.swaps import Swap
from protocols.ticket import Ticket
from store import policies
from store.db import Connection
from store.people import Person


@dataclass(frozen=True, slots=True)
class Identity:
    """Who the bot is in Slack; empty until Slack has answered for the first time."""

    team_id: str = ""
    bot_user: str = ""
    bot_id: str = ""
    team_url: str = ""


@dataclass(frozen=True, slots=True)
class Acquaintance:
    """What Slack has told: who we are, who is who, and the accounts' shared channels.

    Attributes:
        people: By Slack user id.
        channels: By account key.
        outside: Slack user ids of people in shared channels, to their account's key.
        complete: Whether the whole list of users has been read at least once.
    """

    identity: Identity = field(default_factory=Identity)
    people: Mapping[str, Person] = field(default_factory=dict)
    channels: Mapping[str, ChannelFacts] = field(default_factory=dict)
    outside: Mapping[str, str] = field(default_factory=dict)
    complete: bool = False


class Facts:
    """Everything a context is made of.

    Args:
        policy: The policy that new tickets are opened under.
        directory: Who is who.
        drill: Whether this installation rehearses.
        status_hook: Whether a webhook takes released status texts.
    """

    def __init__(
        self,
        policy: Policy,
        directory: Directory,
        *,
        drill: bool = False,
        status_hook: bool = True,
    ) -> None:
        self.policy = policy
        self.directory = directory
        self.drill = drill
        self.status_hook = status_hook
        self._known = Acquaintance()
        self._slack_ids: Mapping[str, str] = {}
        self._unreachable: frozenset[str] = frozenset()
        self._policies: dict[str, Policy] = {policy.version: policy}

    @property
    def known(self) -> Acquaintance:
        """Return what Slack has told."""
        return self._known

    def learn(self, known: Acquaintance) -> None:
        """Replace what Slack has told."""
        by_mail = {
            person.email.casefold(): person
            for person in known.people.values()
            if person.email and person.kind == "member"
        }
        found = {
            person.key: by_mail[person.email.casefold()].slack_id
            for person in self.directory.people
            if person.email.casefold() in by_mail
        }
        missing = {person.key for person in self.directory.people if person.key not in found}
        self._slack_ids = found
        self._unreachable = frozenset(missing) if known.complete else frozenset()
        self._known = known

    def learn_people(self, people: Iterable[Person]) -> None:
        """Add or replace some of Slack's users."""
        merged = {**self._known.people, **{person.slack_id: person for person in people}}
        self.learn(replace(self._known, people=merged))

    @property
    def unreachable(self) -> frozenset[str]:
        """Return the keys of people of the directory whom Slack does not know. Source: D29."""
        return self._unreachable

    def slack_id(self, person: str) -> str | None:
        """Return the Slack user id of a person's key; a member's key may be their Slack id."""
        found = self._slack_ids.get(person)
        if found is not None:
            return found
        return person if person in self._known.people else None

    @property
    def slack_ids(self) -> Mapping[str, str]:
        """Return the Slack user ids of the directory's people, by key."""
        return self._slack_ids

    def mail_of(self, person: str) -> str | None:
        """Return a person's mail address."""
        known = self.directory.person(person)
        return known.email if known is not None else None

    def who(self, user_id: str) -> Who | None:
        """Return one of us by Slack user id; None for outsiders and people we do not know."""
        person = self._known.people.get(user_id)
        if person is None or person.kind != "member":
            return None
        named = self.directory.by_email(person.email) if person.email else None
        return Who(named.key, named.name) if named is not None else Who(user_id, person.name)

    def zone_of(self, user_id: str) -> str | None:
        """Return the zone that a Slack user has set, None when it is not one we know."""
        person = self._known.people.get(user_id)
        zone = person.zone if person is not None else None
        return zone if zone in available_zones() else None

    def actor(self, team_id: str | None, user_id: str) -> Actor:
        """Return who a Slack user is to us. Unknown people are outside. Source: D29."""
        who = self.who(user_id)
        ours = self._known.identity.team_id
        if who is not None and (not team_id or not ours or team_id == ours):
            known = self.directory.person(who.key)
            duties = frozenset(duty.name for duty in known.duties) if known else frozenset()
            return Actor(who, Standing.MEMBER, duties)
        person = self._known.people.get(user_id)
        name = person.name if person is not None else "someone outside"
        account = self._known.outside.get(user_id) or self._account_by_mail(person)
        guest = person is not None and person.kind in ("guest", "deactivated", "bot")
        if account is None or guest:
            return Actor(Who(user_id, name), Standing.OUTSIDE)
        return Actor(Who(user_id, name), Standing.CUSTOMER, account=account)

    def _account_by_mail(self, person: Person | None) -> str | None:
        if person is None or not person.email or person.kind != "stranger":
            return None
        domain = person.email.rpartition("@")[2].casefold()
        for account in self.directory.accounts:
            if any(c.email.rpartition("@")[2].casefold() == domain for c in account.contacts):
                return account.key
        return None

    def account_of_channel(self, channel_id: str) -> str | None:
        """Return the account whose shared channel this is."""
        for key, channel in self._known.channels.items():
            if channel.channel_id == channel_id:
                return key
        return None

    def policy_of(self, conn: Connection, version: str) -> Policy:
        """Return the policy a ticket was opened under. Source: D13.

        Raises:
            BeingUpdated: A newer process keeps it with entries that are not known here.
        """
        known = self._policies.get(version)
        if known is None:
            known = _policy(policies.get(conn, version), version)
            self._policies[version] = known
        return known

    def context(
        self,
        now: datetime,
        actor: Actor,
        policy: Policy,
        *,
        account_key: str | None = None,
        open_tickets: tuple[OpenTicket, ...] = (),
        swaps: tuple[Swap, ...] = (),
    ) -> Context:
        """Return what a rule may know at an instant."""
        return Context(
            now=now,
            actor=actor,
            policy=policy,
            directory=self.directory,
            calendar=_calendar(policy, now.date().replace(month=1, day=1)),
            team_id=self._known.identity.team_id,
            drill=self.drill,
            unreachable=self._unreachable,
            channel=self._known.channels.get(account_key) if account_key else None,
            open_tickets=open_tickets,
            status_hook=self.status_hook,
            swaps=swaps,
        )


def _policy(body: str, version: str) -> Policy:
    try:
        return Policy.from_body(body)
    except EntryMissing:
        raise  # an older form, which no newer process explains
    except EntryRefused as refused:
        raise BeingUpdated(found=f"the policy {version}: {refused}") from refused


@cache
def available_zones() -> frozenset[str]:
    """Return the names of all zones; Slack may tell of one that this machine has not heard of."""
    return frozenset(available_timezones())


_CALENDARS: dict[tuple[str, date], BusinessCalendar] = {}


def _calendar(policy: Policy, year: date) -> BusinessCalendar:
    key = (policy.version, year)
    found = _CALENDARS.get(key)
    if found is None:
        found = _CALENDARS[key] = calendar_of(policy.calendar, year)
    return found


def as_open_ticket(ticket: Ticket) -> OpenTicket:
    """Return what opening another ticket needs to know of one that is open."""
    return OpenTicket(
        ticket.reference,
        ticket.opening.summary,
        ticket.tier,
        ticket.opened_at,
        ticket.opened_by.key,
        ticket.poc.name if ticket.poc is not None else "",
    )
