"""What a rule may know besides the ticket: the instant, who asks, the policy, the people."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from protocols.people import swaps
from protocols.people.absences import Absences
from protocols.people.channels import ChannelFacts
from protocols.people.directory import Directory
from protocols.people.identities import Linked
from protocols.people.people import Actor, NotOneOfUs, Staff, Standing, Who
from protocols.people.swaps import Swap
from protocols.policy.policy import Policy
from protocols.time.calendar import BusinessCalendar

K = TypeVar("K")


@dataclass(frozen=True, slots=True)
class Context:
    """Everything outside the ticket that a decision may rest on.

    Attributes:
        now: Business time, aware UTC.
        calendar: Business hours of the desk, on Federal Reserve days.
        unreachable: Keys of people whom Slack does not know; they are skipped at once (D29).
        channel: The account's shared channel as last seen, None when unknown.
        beside: What subjects know of other records, each by its class; see ``known``.
        swaps: Swaps of duties that may stand, oldest first. Source: D14.
        status_hook: Whether a released status text reaches the page by itself. Source: D15.
        has_mail: Whether mails leave; without a mail server no words take that road. Source: D41.
        linked_keys: Which keys are one person's. Source: D22.
        members: Slack ids of full members of our workspace; whoever is neither here nor in the
            directory is not one of us (D29).
        channels: What Slack said of the shared channels of all accounts, by their keys.
        statuses: By person, until when their Slack status says that they are out of office.
        zones: By person, the zone that they have set in Slack.
        aliases: By another key of a person, the one of the directory: tickets may hold both.
    """

    now: datetime
    actor: Actor
    policy: Policy
    directory: Directory
    calendar: BusinessCalendar
    team_id: str = ""
    drill: bool = False
    unreachable: frozenset[str] = field(default_factory=frozenset)
    channel: ChannelFacts | None = None
    beside: Mapping[type[Any], Any] = field(default_factory=dict)
    status_hook: bool = True
    has_mail: bool = True
    swaps: tuple[Swap, ...] = ()
    linked_keys: Linked = field(default_factory=dict)
    members: frozenset[str] = field(default_factory=frozenset)
    aliases: Mapping[str, str] = field(default_factory=dict)
    channels: Mapping[str, ChannelFacts] = field(default_factory=dict)
    statuses: Mapping[str, datetime] = field(default_factory=dict)
    zones: Mapping[str, str] = field(default_factory=dict)

    def known(self, kind: type[K]) -> K:
        """Return what is known beside the record, of a class; as the class begins, if nothing."""
        found: K | None = self.beside.get(kind)
        return kind() if found is None else found

    @property
    def by(self) -> Who:
        """Return the one who asks, as events name them."""
        return self.actor.who

    @property
    def staff(self) -> Staff:
        """Return the one who asks, who is one of us.

        Raises:
            NotOneOfUs: Somebody outside asks, or a machine.
        """
        if self.actor.standing is not Standing.MEMBER:
            raise NotOneOfUs(self.by.key)
        return Staff(self.by)

    def who(self, key: str) -> Staff:
        """Return one of us by key as events name them; the key itself when unknown."""
        person = self.directory.person(key)
        return Staff(Who(key, person.name if person is not None else key))

    def has_address(self, person: Staff) -> bool:
        """Say whether the directory has a mail address of one of us."""
        known = self.directory.person(person.key)
        return known is not None and bool(known.email)

    def public_name(self, who: Who | None) -> str:
        """Return what people at an account may read of one of us: the directory's name.

        Empty where there is none: the name that people give themselves in Slack is free text.
        """
        person = self.directory.person(who.key) if who is not None else None
        return person.name if person is not None else ""

    def on_duty(self, *duties: str) -> tuple[Staff, ...]:
        """Return reachable people on duty now, in rota order, each once, best duty first."""
        found: dict[str, Staff] = {}
        for duty in duties:
            for person in swaps.on_duty(self.directory, duty, self.now, self.swaps):
                if self.can_be_asked(person.key):
                    found.setdefault(person.key, Staff(Who(person.key, person.name)))
        return tuple(found.values())

    def away_until(self, person: str) -> datetime | None:
        """Return until when one of us is away now, None when they are not. Source: M23."""
        key = self.key_of(person)
        absences = Absences(self.policy.calendar.zone, self.swaps, self.statuses)
        return absences.until(key, self.directory.person(key), self.now)

    def can_be_asked(self, person: str) -> bool:
        """Say whether Slack knows one of us, and they are not away."""
        return person not in self.unreachable and self.away_until(person) is None

    def first_on_duty(self, *duties: str, besides: frozenset[str] = frozenset()) -> Staff | None:
        """Return the first on duty who is not excluded; None when nobody is."""
        return next((who for who in self.on_duty(*duties) if who.key not in besides), None)

    def holds(self, person: str, *duties: str) -> bool:
        """Say whether a person has one of these duties in the directory."""
        known = self.directory.person(person)
        return known is not None and any(duty.name in duties for duty in known.duties)

    def all_keys(self, keys: Iterable[str]) -> frozenset[str]:
        """Return these keys and every other key of the same people. Source: D22."""
        return frozenset(one for key in keys for one in self.linked_keys.get(key, (key,)))

    def is_actor(self, key: str) -> bool:
        """Say whether a key is the actor's, by whichever of their accounts. Source: D22."""
        return self.by.key in self.all_keys((key,))

    def key_of(self, person: str) -> str:
        """Return the one key of a person, whichever of theirs is given."""
        return self.aliases.get(person, person)

    def same(self, one: str, other: str) -> bool:
        """Say whether two keys are one person's."""
        return self.key_of(one) == self.key_of(other)

    def is_ours(self, person: str) -> bool:
        """Say whether a person is known to be one of us now; unknown is refused. Source: D29."""
        key = self.key_of(person)
        if key in self.members or (self.actor.standing is Standing.MEMBER and key == self.by.key):
            return True
        return self.directory.person(key) is not None and key not in self.unreachable

    @property
    def has_rota(self) -> bool:
        """Say whether the directory names anybody; without one any full member may act."""
        return bool(self.directory.people)
