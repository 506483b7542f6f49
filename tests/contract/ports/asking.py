"""How a desk is asked, and what: two openings, a note, and whoever asks."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

from handlers.kit.ports import Desk, Seen
from protocols.kernel.command import Command
from protocols.opening.events import OpenTicket
from protocols.people.people import ENGINE, Actor
from protocols.scales import Category, Impact, NoticedBy, Severity
from protocols.ticket import Ticket
from protocols.timeline.events import AddNote
from tests.contract.ports.houses import House
from tests.unit.handlers.desk_in_memory import TEAM, slack_id

REF = "BW-1001"
ROUTINE = OpenTicket(
    "", TEAM, "A report is late", "acme", NoticedBy.ACCOUNT, Severity.MEDIUM,
    Category.TECHNICAL_PRODUCT,
)  # fmt: skip
CRITICAL = replace(
    ROUTINE,
    summary="Payments of 23 Nov sent twice",
    severity=Severity.CRITICAL,
    impacts=frozenset({Impact.FUNDS_MOVED_WRONGLY}),
)
NOTE = AddNote(REF, "Seen in the file of 14:00.")


@contextmanager
def acting(house: House, person: str = "csm-one") -> Iterator[tuple[Desk, Actor]]:
    with house.desks.gesture() as desk:
        yield desk, desk.actor(TEAM, slack_id(person))


def ask(
    house: House, command: Command, person: str = "csm-one", *, delivery: str | None = None
) -> Seen:
    with acting(house, person) as (desk, actor):
        return desk.submit(command, actor, delivery=delivery)


def by_engine(house: House, command: Command) -> Ticket:
    with house.desks.gesture() as desk:
        return desk.submit(command, ENGINE).ticket
