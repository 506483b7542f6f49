"""What decisions are made with besides the ticket: policy, directory, calendars, people, channels.

Read often and changed seldom: everything here is held in memory, under a lock only to replace it.
"""

from __future__ import annotations

import threading
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any
from zoneinfo import available_timezones

from bot.engine.bindings import Binding, bound, key_by_mail
from bot.engine.calendars import NOTHING_KEPT, KeptHolidays, calendar_of
from bot.files.directory import DirectoryFile
from protocols.account.state import Road
from protocols.intake.state import HeardReport
from protocols.kernel.context import Context
from protocols.kernel.refusals import BeingUpdated
from protocols.opening.events import Opening
from protocols.people.channels import TEAM, ChannelFacts
from protocols.people.directory import Account, Directory
from protocols.people.identities import Linked, linked
from protocols.people.people import Actor, Standing, Who
from protocols.people.swaps import Swap
from protocols.people.taking_in import WhoIsWho
from protocols.policy.policy import Policy
from protocols.policy.rules import CalendarRule
from protocols.policy.schema import SCHEMA
from protocols.policy.sections import EntryMissing, EntryRefused
from protocols.relations.events import RelatedTicket
from protocols.replies.hearing import began_in
from protocols.rights.rules import is_confidential
from protocols.ticket import Ticket
from protocols.time.calendar import BusinessCalendar
from store.db import Connection
from store.write import policies
from store.write.people import SlackUser


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
        bindings: Which Slack user is which person of the directory, as found before, by key.
        complete: Whether the whole list of users has been read at least once.
    """

    identity: Identity = field(default_factory=Identity)
    people: Mapping[str, SlackUser] = field(default_factory=dict)
    channels: Mapping[str, ChannelFacts] = field(default_factory=dict)
    bindings: Mapping[str, Binding] = field(default_factory=dict)
    complete: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """Who is who as the database has it.

    Attributes:
        revision: How often it has changed; 0 while no file was ever taken in.
        held: Everybody and every account.
        file: The file that was taken in at a start last, by its name, digest and time.
    """

    revision: int = 0
    held: WhoIsWho = field(default_factory=WhoIsWho)
    file: Mapping[str, str] = field(default_factory=dict)


class Facts:
    """Everything a context is made of.

    Args:
        policy: The policy that new tickets are opened under.
        directory: Who is who.
        drill: Whether this installation rehearses.
        status_hook: Whether a webhook takes released status texts.
        has_mail: Whether a mail server takes mails.
        file: The file that says who is who, as this process read it.
    """

    def __init__(
        self,
        policy: Policy,
        directory: Directory,
        *,
        drill: bool = False,
        status_hook: bool = True,
        has_mail: bool = True,
        file: DirectoryFile | None = None,
    ) -> None:
        self.policy = policy
        self.file = file
        self.directory = directory
        self.kept = Kept()
        self.drill = drill
        self.status_hook = status_hook
        self.has_mail = has_mail
        self._learning = threading.Lock()
        self._known = Acquaintance()
        self._slack_ids: Mapping[str, str] = {}
        self._aliases: Mapping[str, str] = {}
        self._members: frozenset[str] = frozenset()
        self._statuses: Mapping[str, datetime] = {}
        self._zones: Mapping[str, str] = {}
        self._accounts_by_channel: Mapping[str, str] = {}
        self._unreachable: frozenset[str] = frozenset()
        self._links: Linked = _linked(directory, (), {})
        self._policies: dict[str, Policy] = {policy.version: policy}
        self._holidays: dict[tuple[str, str], KeptHolidays] = {}

    @property
    def known(self) -> Acquaintance:
        """Return what Slack has told."""
        return self._known

    def learn(self, known: Acquaintance) -> None:
        """Replace what Slack has told; what it told meanwhile stays.

        A long reading ends after a question about one person that was asked and answered in it.
        """
        with self._learning:
            self._learn(replace(known, people=self._with_newer(known.people)))

    def _with_newer(self, people: Mapping[str, SlackUser]) -> dict[str, SlackUser]:
        began = min((person.checked_at for person in people.values()), default=None)
        newer = {
            slack_id: person
            for slack_id, person in self._known.people.items()
            if began is not None
            and person.checked_at > (people[slack_id].checked_at if slack_id in people else began)
        }
        return {**people, **newer}

    def _learn(self, known: Acquaintance) -> None:
        members = {one.slack_id: one for one in known.people.values() if _is_ours(one, known)}
        found = bound(self.directory, members.values(), known.bindings)
        missing = {person.key for person in self.directory.people if person.key not in found}
        by_mail = {each: key_by_mail(self.directory, user) for each, user in members.items()}
        aliases = {binding.slack_id: key for key, binding in found.items()}
        self._aliases = aliases | {each: key for each, key in by_mail.items() if key is not None}
        self._links = _linked(self.directory, known.people.values(), self._aliases)
        self._members = frozenset(members)
        self._slack_ids = {key: binding.slack_id for key, binding in found.items()}
        self._unreachable = frozenset(missing) if known.complete else frozenset()
        self._known = replace(known, bindings=found)
        self._statuses = {
            self._aliases.get(each.slack_id, each.slack_id): each.away_until
            for each in known.people.values()
            if each.away_until is not None
        }
        self._zones = {
            self._aliases.get(each.slack_id, each.slack_id): each.zone
            for each in members.values()
            if each.zone in available_zones()
        }
        told = known.channels.items()
        self._accounts_by_channel = {
            each.channel_id: key for key, each in told if not key.startswith(TEAM)
        }

    def take(self, kept: Kept) -> None:
        """Replace who is who."""
        directory = kept.held.directory
        directory.warm()
        self.kept, self.directory = kept, directory
        self.learn(self._known)

    def learn_people(self, people: Iterable[SlackUser]) -> None:
        """Add or replace some of Slack's users."""
        with self._learning:
            merged = {**self._known.people, **{person.slack_id: person for person in people}}
            self._learn(replace(self._known, people=merged))

    @property
    def unreachable(self) -> frozenset[str]:
        """Return the keys of people of the directory whom Slack does not know. Source: D29."""
        return self._unreachable

    def keys_of(self, person: str) -> frozenset[str]:
        """Return the other keys under which tickets may hold a person of the directory."""
        return frozenset(other for other, key in self._aliases.items() if key == person)

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
        if user_id not in self._members:
            return None
        named = self.directory.person(self._aliases.get(user_id, ""))
        if named is not None:
            return Who(named.key, named.name)
        return Who(user_id, self._known.people[user_id].name)

    def zone_of(self, user_id: str) -> str | None:
        """Return the zone that a Slack user has set, None when it is not one we know."""
        person = self._known.people.get(user_id)
        zone = person.zone if person is not None else None
        return zone if zone in available_zones() else None

    def actor(self, team_id: str | None, user_id: str) -> Actor:
        """Return who a Slack user is to us, by the workspace that their payload names.

        Unknown is refused: an unknown user, an unknown workspace of theirs, our own not yet
        known. Who stands for an account is a person whose address or Slack user the directory
        names as a contact's; one may stand for several. Source: D29, D32.
        """
        who, ours = self.who(user_id), self._known.identity.team_id
        if who is not None and team_id and team_id == ours:
            known = self.directory.person(who.key)
            duties = frozenset(duty.name for duty in known.duties) if known else frozenset()
            return Actor(who, Standing.MEMBER, duties)
        person = self._known.people.get(user_id)
        if person is None or person.kind not in PEOPLE:
            unknown = Who(user_id, "someone outside")
            met = person is not None
            return Actor(unknown, Standing.OUTSIDE, is_person=False, is_met=met)
        accounts = self._accounts_of(person) if team_id and person.kind in OUTSIDERS else ()
        named = Who(user_id, person.name)
        if not accounts:
            return Actor(named, Standing.OUTSIDE)
        active = [account.key for account in accounts if account.active]
        only = active[0] if len(active) == 1 else None
        every = frozenset(account.key for account in accounts)
        return Actor(named, Standing.CUSTOMER, account=only, accounts=every)

    def _accounts_of(self, person: SlackUser) -> tuple[Account, ...]:
        return self.directory.accounts_of(person.email or "", person.slack_id)

    def has_speaker(self, account: str) -> bool:
        """Say whether Slack knows anyone from outside who stands for an account. Source: D32."""
        outside = (one for one in self._known.people.values() if one.kind in OUTSIDERS)
        return any(account == each.key for one in outside for each in self._accounts_of(one))

    def account_of_channel(self, channel_id: str) -> str | None:
        """Return the account whose shared channel this is."""
        return self._accounts_by_channel.get(channel_id)

    def policy_of(self, conn: Connection, version: str) -> Policy:
        """Return the policy a ticket was opened under. Source: D13.

        Raises:
            BeingUpdated: A newer process keeps it in a schema, or with entries, not known here.
        """
        known = self._policies.get(version)
        if known is None:
            known = kept_policy(conn, version)
            self._policies[version] = known
        return known

    def know_holidays(self, version: str, source: str, kept: KeptHolidays) -> None:
        """Take the holidays of a country or market that were kept with a policy on a first day."""
        self._holidays[version, source] = kept

    def context(
        self,
        now: datetime,
        actor: Actor,
        policy: Policy,
        *,
        account_key: str | None = None,
        calendar: str | None = None,
        beside: Mapping[type[Any], Any] | None = None,
        swaps: tuple[Swap, ...] = (),
    ) -> Context:
        """Return what a rule may know at an instant; without a calendar the account's counts."""
        key = self.calendar_key(account_key) if calendar is None else calendar
        return Context(
            now=now,
            actor=actor,
            policy=policy,
            directory=self.directory,
            calendar=self._calendar(policy, key, now.date().replace(month=1, day=1)),
            team_id=self._known.identity.team_id,
            drill=self.drill,
            unreachable=self._unreachable,
            channel=self._known.channels.get(account_key) if account_key else None,
            beside=beside or {},
            status_hook=self.status_hook,
            has_mail=self.has_mail,
            swaps=swaps,
            linked_keys=self._links,
            members=self._members,
            aliases=self._aliases,
            channels=self._known.channels,
            statuses=self._statuses,
            zones=self._zones,
        )

    def calendar_key(self, account_key: str | None, otherwise: str = "") -> str:
        """Return the key of an account's own calendar; another where it names none."""
        found = self.directory.account(account_key) if account_key else None
        return (found.calendar if found is not None else "") or otherwise

    def _calendar(self, policy: Policy, key: str, year: date) -> BusinessCalendar:
        rule = policy.calendar_of(key)
        kept = self._holidays.get((policy.version, rule.holidays), NOTHING_KEPT)
        return _calendar(rule, year, kept, policy.retention.years)


def kept_policy(conn: Connection, version: str) -> Policy:
    """Return a policy as it is kept.

    Raises:
        PolicyUnknown: It is not kept.
        BeingUpdated: A newer process keeps it in a schema, or with entries, not known here.
    """
    schema, body = policies.get(conn, version)
    if schema > SCHEMA:
        raise BeingUpdated(found=f"the policy {version}: its schema is {schema}")
    try:
        return Policy.from_body(body, schema)
    except EntryMissing:
        raise  # an older form, which no newer process explains
    except EntryRefused as refused:
        raise BeingUpdated(found=f"the policy {version}: {refused}") from refused


def _linked(
    directory: Directory, accounts: Iterable[SlackUser], aliases: Mapping[str, str]
) -> Linked:
    """Return which keys are one person's; accounts that were closed since count too. D22."""
    named = [(each.key, at) for each in directory.people for at in each.addresses]
    told = ((each.slack_id, each.email or "") for each in accounts)
    return linked((*named, *told), aliases.items())


OUTSIDERS = ("stranger", "guest")
"""Users who may stand for an account: of another workspace, or guests of ours."""
PEOPLE = ("member", "stranger", "guest", "deactivated")
"""Users who are people, of us or not; a bot is none, and of an unknown one it is not known."""


def _is_ours(person: SlackUser, known: Acquaintance) -> bool:
    """Say whether a Slack user is a full member of our own workspace, if that is known."""
    ours = known.identity.team_id
    return person.kind == "member" and bool(ours) and person.team_id == ours


@cache
def available_zones() -> frozenset[str]:
    """Return the names of all zones; Slack may tell of one that this machine has not heard of."""
    return frozenset(available_timezones())


@lru_cache(maxsize=256)
def _calendar(rule: CalendarRule, year: date, kept: KeptHolidays, years: int) -> BusinessCalendar:
    return calendar_of(rule, year, kept, years)


def as_open_ticket(ticket: Ticket) -> RelatedTicket:
    """Return what opening another ticket needs to know of one that is open."""
    report = ticket.of(HeardReport)
    return RelatedTicket(
        ticket.reference,
        ticket.of(Opening).summary,
        ticket.tier,
        ticket.opened_at,
        ticket.opened_by.key,
        ticket.poc.name if ticket.poc is not None else "",
        is_confidential(ticket),
        ticket.is_classified,
        report.author.key if report.author is not None else "",
        began_in(ticket),
        ticket.of(Road).route.channel_id or "",
    )
