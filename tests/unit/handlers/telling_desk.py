"""A desk in memory that also makes every row of the outbox, and lets time pass."""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from datetime import timedelta

from bot.engine import outgoing
from handlers.kit.ports import Seen
from protocols.account.addresses import AccountMail, Channel, CustomerThread, VendorMail
from protocols.clock.events import FallDue
from protocols.deliveries.events import TakeDelivery
from protocols.kernel.command import Command
from protocols.kernel.due_point import DuePoint
from protocols.kernel.effects import Effect
from protocols.people.people import ENGINE, Actor
from protocols.subjects import dues, plan
from protocols.updates.addresses import StatusPage
from store.outbox_rows import NewRow
from tests.unit.handlers.desk_in_memory import ACME_CHANNEL, InMemoryDesk

MOST_POINTS = 400
ROADS = outgoing.Roads(mail=True, pager=True)


@dataclass
class TellingDesk(InMemoryDesk):
    """Keeps what was planned, with its row, in order."""

    told: list[tuple[Effect, NewRow]] = field(default_factory=list)

    def submit(self, command: Command, actor: Actor, *, delivery: str | None = None) -> Seen:
        before = self.tickets.get(command.reference)
        seen = super().submit(command, actor, delivery=delivery)
        if seen.events:
            ticket = seen.ticket
            account = ticket.account.key if ticket.account is not None else None
            ctx = self.context(actor, account)
            effects = plan(before, seen.events, ticket, ctx, len(self.told))
            rows = outgoing.rows(effects, ticket, ctx, self.links, ROADS)
            made = {row.key: row for row in rows}
            self.told += [(one, made[one.key]) for one in effects if one.key in made]
        return seen

    def outward(self) -> list[str]:
        """Return all that goes to an account, a third party or the public, as it is sent."""
        return [json.dumps(row.payload) for one, row in self.told if _leaves(one)]

    def taken(self) -> None:
        """Have everything that reports its outcome taken."""
        for effect in [effect for effect, _ in self.told if effect.reports]:
            reference = effect.key.split("/")[0]
            taken = TakeDelivery(reference, effect.key, self.at, ACME_CHANNEL, "", "1.0001")
            self.submit(taken, ENGINE)

    def pass_time(self, reference: str, span: timedelta) -> None:
        """Let everything fall due within a time, and take what is sent."""
        end_at = self.at + span
        for _ in range(MOST_POINTS):
            ticket = self.tickets[reference]
            points = [p for p in dues(ticket, self.policy, self.calendar) if p.at <= end_at]
            if not points:
                break
            self._fall(reference, points[0])
        self.at = max(end_at, self.at)

    def _fall(self, reference: str, point: DuePoint) -> None:
        self.at = max(point.at, self.at)
        self.submit(FallDue(reference, point), ENGINE)
        self.taken()


def _leaves(effect: Effect) -> bool:
    match effect.to:
        case CustomerThread() | StatusPage() | AccountMail() | VendorMail():
            return True
        case Channel(channel_id):
            return channel_id == ACME_CHANNEL
        case _:
            return False
