"""What a maker of commands looks at: one ticket of a house, and the chance that chooses."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random
from typing import TypeAlias, TypeVar

from protocols.kernel.command import Command
from protocols.people.people import Actor, Who
from protocols.replies.state import Heard
from protocols.ticket import Ticket
from protocols.updates.events import DraftState
from protocols.updates.state import Draft, Updates
from tests.property.leak.house import House
from tests.property.leak.world import channel_id, ours

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Scene:
    """One ticket, of which something is to be asked."""

    house: House
    ticket: Ticket
    chance: Random

    @property
    def ref(self) -> str:
        """Return its reference."""
        return self.ticket.reference

    @property
    def account(self) -> str:
        """Return the key of its account; that of one which it might be of, where it has none."""
        return self.ticket.account.key if self.ticket.account is not None else "acme"

    @property
    def channel(self) -> str:
        """Return the channel in which its account writes."""
        return channel_id(self.account)

    def pick(self, found: Sequence[T]) -> T | None:
        """Return one of them by chance, None of none."""
        return self.chance.choice(found) if found else None

    def one(self, *of: T) -> T:
        """Return one of these by chance."""
        return self.chance.choice(of)

    def person(self) -> Who:
        """Return one of us."""
        return self.chance.choice(ours()).who

    def stamp(self) -> str:
        """Return the stamp of a message that was written just now."""
        return f"{self.house.now.timestamp():.0f}.{self.chance.randrange(10**6):06}"

    def soon(self, *hours: float) -> timedelta:
        """Return a span by chance."""
        return timedelta(hours=self.chance.choice(hours))

    def other(self, *, own: bool = False) -> str | None:
        """Return the reference of another ticket; ``own``: of the same account."""
        found = (each for each in self.house.tickets() if each.reference != self.ref)
        mine = self.ticket.account
        return self.pick(
            [
                each.reference
                for each in found
                if not own or (mine and each.account and mine.key == each.account.key)
            ]
        )

    def drafts(self, *states: DraftState) -> list[Draft]:
        """Return its texts in some states."""
        return [each for each in self.ticket.of(Updates).drafts if each.state in states]

    def message(self) -> str | None:
        """Return the stamp of a message of the account that was heard."""
        found = [each.message_ts for each in self.ticket.of(Heard).messages]
        return self.pick(found[-3:])


Maker: TypeAlias = Callable[[Scene], Command | None]
Makers: TypeAlias = Mapping[type[Command], Maker]
Asked: TypeAlias = tuple[Command, Actor]
