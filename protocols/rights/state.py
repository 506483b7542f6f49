"""Everybody who was ever on a ticket."""

from __future__ import annotations

from dataclasses import dataclass
from functools import reduce

from protocols.bridge.events import PersonInvited, PersonJoined
from protocols.contact.events import PocChanged, PocOffered
from protocols.engineering.events import EngineerAsked
from protocols.escalation.events import Escalated, EscalationAsked, EscalationTaken
from protocols.helpers.events import HelperCalled
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.opening.events import TicketOpened
from protocols.people.people import Who
from protocols.rights.events import PersonAdded
from protocols.roles.events import RoleAsked, RoleTaken
from protocols.ticket import Ticket


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Known:
    """Everybody who was ever on the ticket."""

    people: tuple[Who, ...] = ()

    def knows(self, person: str) -> bool:
        """Say whether a person is on the ticket."""
        return any(who.key == person for who in self.people)


def with_person(people: tuple[Who, ...], person: Who) -> tuple[Who, ...]:
    """Return the people with one more, unless they are among them."""
    return people if any(who.key == person.key for who in people) else (*people, person)


@on(TicketOpened)
def _who_opened(event: TicketOpened) -> Known:
    people = (event.by,)
    return Known(people if event.poc is None else with_person(people, event.poc))


@on(
    PersonAdded,
    HelperCalled,
    PersonInvited,
    RoleAsked,
    PocOffered,
    PocChanged,
    EngineerAsked,
)
def _person_known(
    known: Known,
    event: PersonAdded
    | HelperCalled
    | PersonInvited
    | RoleAsked
    | PocOffered
    | PocChanged
    | EngineerAsked,
) -> Known:
    return Known(with_person(known.people, event.person))


@on(PersonJoined)
def _who_joined(known: Known, event: PersonJoined) -> Known:
    return known if event.outside else Known(with_person(known.people, event.person))


@on(RoleTaken, EscalationTaken)
def _who_took(known: Known, event: RoleTaken | EscalationTaken) -> Known:
    return Known(with_person(known.people, event.by))


@on(Escalated)
def _who_leads(known: Known, event: Escalated) -> Known:
    return Known(reduce(with_person, event.to, known.people))


@on(EscalationAsked)
def _who_may_lead(known: Known, event: EscalationAsked) -> Known:
    return known if event.person is None else Known(with_person(known.people, event.person))
