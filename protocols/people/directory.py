"""Who is who: people and their duties, teams, and the accounts with their contacts.

The rota order of a duty is the order of people in the file. Lookups by key answer None for
somebody unknown, because an unknown key is an everyday case (a person who left).
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from enum import StrEnum
from functools import cached_property

from protocols.people.account_search import AccountSearch
from protocols.people.duties import Duty, NotOnDuty
from protocols.scales import ProgramLevel
from protocols.time.closes import CloseDays
from protocols.words.account_names import AccountNames
from protocols.words.normal_form import normal

_MOST_FOUND = 100
_NEAR = 0.6
"""How much of a name has to be an account's to be taken for it."""


class AccountKind(StrEnum):
    """What an account is to the vendor."""

    CUSTOMER = "customer"
    PARTNER = "partner"


@dataclass(frozen=True, slots=True)
class DaysAway:
    """Days on which a person is away, both included."""

    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Person:
    """One of our people, named by key; found in Slack by mail address.

    ``other_emails`` are further addresses of the same person. Source: D22. ``since`` is the day
    from which they answer accounts. Source: D45.
    """

    key: str
    name: str
    email: str
    phone: str = ""
    duties: tuple[Duty, ...] = ()
    teams: tuple[str, ...] = ()
    other_emails: tuple[str, ...] = ()
    away: tuple[DaysAway, ...] = ()
    since: date | None = None

    @property
    def addresses(self) -> tuple[str, ...]:
        """Return all mail addresses, the one that is written to first."""
        return (self.email, *self.other_emails)

    def has(self, duty: str) -> bool:
        """Say whether the person ever has this duty."""
        return any(each.name == duty for each in self.duties)


@dataclass(frozen=True, slots=True)
class Team:
    """A resolution team; ``channel``: its channel's identity in Slack. S70-S78, S164; M26."""

    key: str
    name: str
    channel: str | None = None


class ContactRole(StrEnum):
    """What somebody of an account is to it. Source: M25."""

    CONTACT = "contact"
    ADMIN = "admin"
    EXECUTIVE = "executive"


@dataclass(frozen=True, slots=True)
class AccountContact:
    """Somebody outside; `security` marks whom security matters may be told. Source: D6, M25.

    `slack` is their Slack user id: Slack does not tell the address of everyone outside.
    """

    name: str
    email: str = ""
    phone: str = ""
    security: bool = False
    slack: str = ""
    role: ContactRole = ContactRole.CONTACT

    def is_at(self, email: str, slack_id: str) -> bool:
        """Say whether this is the contact's address, or their Slack user. Source: D32."""
        named = bool(email) and self.email.casefold() == email
        return named or (bool(slack_id) and self.slack == slack_id)


@dataclass(frozen=True, slots=True)
class RecordLink:
    """Where something of an account is kept: a contract, a system of record."""

    name: str
    url: str


@dataclass(frozen=True, slots=True)
class Account:
    """A customer or partner; a removed one stays, inactive. `intake` says how it asks. M25.

    ``calendar`` names by its key whose hours count for it; empty for the desk's. Source: S117.
    ``period_closes`` are days on which its books are closed. Source: D45.
    """

    key: str
    name: str
    kind: AccountKind
    zone: str
    program_level: ProgramLevel | None = None
    csm: str | None = None
    executive_sponsor: str | None = None
    contacts: tuple[AccountContact, ...] = ()
    vendor_poc: AccountContact | None = None
    shared_channel: str | None = None
    call_url: str | None = None
    sox_relevant: bool = False
    tags: tuple[str, ...] = ()
    active: bool = True
    intake: str | None = None
    records: tuple[RecordLink, ...] = ()
    calendar: str = ""
    period_closes: tuple[CloseDays, ...] = ()


@dataclass(frozen=True)
class Directory:
    """People, teams and accounts, in the order of the file.

    What is looked up is built once, when it is first asked for; nothing walks all accounts.

    Attributes:
        account_names: of all accounts: checks of words look them up.
    """

    people: tuple[Person, ...] = ()
    teams: tuple[Team, ...] = ()
    accounts: tuple[Account, ...] = ()

    @cached_property
    def _people(self) -> dict[str, Person]:
        return {each.key: each for each in self.people}

    @cached_property
    def _emails(self) -> dict[str, Person]:
        return {at.casefold(): each for each in self.people for at in each.addresses}

    @cached_property
    def _accounts(self) -> dict[str, Account]:
        return {each.key: each for each in self.accounts}

    @cached_property
    def _contacts(self) -> dict[str, tuple[Account, ...]]:
        """Return the accounts of each mail address and each Slack user of a contact."""
        found: dict[str, tuple[Account, ...]] = {}
        for account in self.accounts:
            alone = (account,)
            for at in {at for contact in account.contacts for at in _reached_at(contact)}:
                found[at] = (*found[at], account) if at in found else alone
        return found

    @cached_property
    def _small_names(self) -> tuple[str, ...]:
        """Return the accounts' names in the one form in which names are compared, held once."""
        return tuple(normal(each.name).casefold() for each in self.accounts)

    @cached_property
    def _names(self) -> dict[str, Account]:
        return dict(zip(self._small_names, self.accounts, strict=True))

    @cached_property
    def _channels(self) -> dict[str, Account]:
        active = (each for each in self.accounts if each.active and each.shared_channel)
        return {channel_name(each.shared_channel or ""): each for each in active}

    @cached_property
    def _search(self) -> AccountSearch:
        named = zip(self._small_names, self.accounts, strict=True)
        return AccountSearch((name, each.key, each.tags) for name, each in named if each.active)

    @cached_property
    def account_names(self) -> AccountNames:
        """Return the names of all accounts."""
        return AccountNames(tuple(each.name for each in self.accounts), self._small_names)

    def person(self, key: str) -> Person | None:
        """Return the person of a key; None when nobody has it."""
        return self._people.get(key)

    def by_email(self, email: str) -> Person | None:
        """Return the person of a mail address, in any case; None when nobody has it."""
        return self._emails.get(email.strip().casefold())

    def accounts_of(self, email: str, slack_id: str = "") -> tuple[Account, ...]:
        """Return the accounts that name this address, or Slack user, as a contact's. D32.

        An account that was set inactive is among them: what its people say of an old ticket counts.
        """
        wanted = (email.strip().casefold(), slack_id)
        found = [self._contacts.get(at, ()) for at in wanted if at]
        return tuple({each.key: each for one in found for each in one}.values())

    def account(self, key: str) -> Account | None:
        """Return the account of a key; None when there is none."""
        return self._accounts.get(key)

    def holders(self, duty: str) -> tuple[Person, ...]:
        """Return all who ever have a duty, in rota order."""
        return tuple(person for person in self.people if person.has(duty))

    def on_duty(self, duty: str, at: datetime) -> tuple[Person, ...]:
        """Return those who have a duty at an instant, in rota order. Source: D14."""
        return tuple(
            person
            for person in self.people
            if any(each.name == duty and each.is_on(at) for each in person.duties)
        )

    def until(self, person: str, duty: str, at: datetime) -> datetime | None:
        """Find when a person's duty ends; None when it is day and night.

        Raises:
            NotOnDuty: the person does not have the duty at that instant.
        """
        known = self.person(person)
        shifts = [each for each in known.duties if each.name == duty] if known else []
        end_at: datetime = at
        for _ in range(len(shifts) + 1):
            covering = [each for each in shifts if each.is_on(end_at)]
            if not covering:
                break
            ends = [each.ends_at(end_at) for each in covering]
            if any(end is None for end in ends):
                return None
            end_at = max(end for end in ends if end is not None)
        if end_at == at:
            raise NotOnDuty(f"{person} does not have the duty {duty} at that time.")
        return end_at

    def search_accounts(self, words: str) -> tuple[Account, ...]:
        """Find active accounts by words of their name, key or tags.

        Args:
            words: what was typed; nothing finds all.

        Returns:
            At most 100: exact names first, then names that begin with the words, names with a
            word that does, then those that hold them anywhere; alphabetical within each.
        """
        found = self._search.found(words, _MOST_FOUND)
        return tuple(self._accounts[key] for key in found)

    def named(self, name: str) -> Account | None:
        """Return the account of a name as it is typed, in any case; None when there is none."""
        return self._names.get(normal(name).casefold())

    def of_channel(self, channel: str) -> Account | None:
        """Return the active account whose shared channel this is, as the directory names it."""
        return self._channels.get(channel_name(channel))

    def nearly(self, name: str, most: int = 3) -> tuple[Account, ...]:
        """Return the accounts whose names are nearest to one that nobody has.

        Only those are compared that a word of it, or the beginning of one, finds.
        """
        typed = " ".join(normal(name).casefold().split())
        starts = [word[:2] for word in typed.split()]
        sought = (typed[:4], typed[:2], *starts)
        near = {each.name.casefold(): each for part in sought if part
                for each in self.search_accounts(part)}  # fmt: skip
        return tuple(near[each] for each in get_close_matches(typed, near, most, _NEAR))

    def warm(self) -> None:
        """Build what is looked up in, so that no decision has to."""
        _built = self._search, self._names, self._channels, self._contacts
        _words = self.account_names.index


def _reached_at(contact: AccountContact) -> Iterator[str]:
    """Yield the mail address and the Slack user of a contact, those that are known."""
    small = contact.email.casefold()
    # An address without capitals is there already: the index keeps no second one.
    yield from filter(None, (contact.email if small == contact.email else small, contact.slack))


def channel_name(channel: str) -> str:
    """Return a channel's name or id in the one form in which two are compared."""
    return channel.strip().lstrip("#").casefold()
