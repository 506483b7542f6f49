"""Who follows a ticket, and who does not want to hear of it. Source: S166."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.following.events import TicketFollowed, TicketUnfollowed
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Staff
from protocols.ticket import Ticket


@part_of(Ticket, under="following")
@dataclass(frozen=True, slots=True)
class Followers:
    """Who asked to hear when it escalates, and who asked to hear no more.

    Attributes:
        away: Those who follow it no more: the account's own manager hears without asking.
    """

    people: tuple[Staff, ...] = ()
    away: tuple[str, ...] = ()

    def without(self, person: str) -> tuple[Staff, ...]:
        """Return who follows it but for one."""
        return tuple(who for who in self.people if who.key != person)


@on(TicketFollowed)
def _followed(followers: Followers, event: TicketFollowed) -> Followers:
    people = (*followers.without(event.by.key), Staff(event.by))
    return Followers(people, tuple(key for key in followers.away if key != event.by.key))


@on(TicketUnfollowed)
def _unfollowed(followers: Followers, event: TicketUnfollowed) -> Followers:
    away = (*(key for key in followers.away if key != event.by.key), event.by.key)
    return Followers(followers.without(event.by.key), away)
