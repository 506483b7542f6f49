"""One Tier 3 incident from opening to T+60, each request safe to repeat as Slack repeats it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import timedelta

from protocols.analysis.events import RecordRca
from protocols.bridge.events import StartCall
from protocols.closure.events import RecordAnswer, Resolve
from protocols.holds.events import ClearHold, ConfirmStopped, HoldKind, PlaceHold
from protocols.investigation.events import ConfirmScope, RecordFinding, RecordIsolation
from protocols.kernel.command import Command
from protocols.opening.events import OpenTicket
from protocols.people.people import BRIDGE_ROLES
from protocols.roles.events import TakeRole
from protocols.roles.state import Roles
from protocols.scales import Category, Impact, NoticedBy, Severity, Signal
from protocols.ticket import Ticket
from protocols.updates.approval import hash_of
from protocols.updates.events import DraftKind, DraftText, ReleaseText
from protocols.updates.state import Updates
from tests.kit.bot import RunningBot

TEAM = "T0VENDOR01"
KNOWN = "412 payments of your run of 23 November were submitted twice. 37 of them have settled."
DOING = "We are separating the affected payments and preparing requests to return the copies."
Stage = Callable[[], object]


def opening(account: str = "acme") -> OpenTicket:
    """Return the request that opens a Tier 3 ticket with confirmed exposure."""
    return OpenTicket(
        "", TEAM, "Payments of 23 November were sent twice", account, NoticedBy.ACCOUNT,
        Severity.CRITICAL, Category.TECHNICAL_PRODUCT,
        impacts=frozenset({Impact.FUNDS_MOVED_WRONGLY}), signal=Signal.DUPLICATE_PAYMENT,
        funds_confirmed=True,
    )  # fmt: skip


@dataclass
class PlayedIncident:
    """An incident that people work on through a bot.

    Its stages may be run again from the first one by another process: every request carries its
    delivery id, so what was kept before is not done twice.

    Attributes:
        bot: Where it happens.
        account: Whose problem it is.
    """

    bot: RunningBot
    account: str = "acme"
    reference: str = ""

    def play(self) -> None:
        """Run every stage to the end of T+60, and wait until all has been told."""
        for stage in self.stages():
            stage()
        self.bot.settle()

    def stages(self) -> Iterator[Stage]:
        """Yield the stages in order."""
        yield self.open
        yield lambda: self._at(2)
        yield self.scope
        yield lambda: self._at(16)
        yield self.roles
        yield self.call
        yield lambda: self._at(20)
        yield self.investigate
        yield lambda: self._at(40)
        yield self.draft
        yield lambda: self._at(43)
        yield self.release
        yield lambda: self._at(61)

    @property
    def ticket(self) -> Ticket:
        """Return the ticket as it stands."""
        return self.bot.ticket(self.reference)

    def open(self) -> None:
        """Open it."""
        seen = self._asks("csm-one", opening(self.account), "open")
        self.reference = seen

    def scope(self) -> None:
        """Say what is affected."""
        wanted = ConfirmScope(self.reference, "one run", "13:10 UTC", "seen by the bank")
        self._asks("csm-one", wanted, "scope")

    def roles(self) -> None:
        """Have whoever is asked take each role."""
        for role in BRIDGE_ROLES:
            seat = self.ticket.of(Roles).seat(role)
            if seat is not None and seat.holder is None and seat.asked is not None:
                self._asks(seat.asked.key, TakeRole(self.reference, role), f"take-{role}")

    def call(self) -> None:
        """Start the call."""
        self._asks("csm-one", StartCall(self.reference), "call")

    def investigate(self) -> None:
        """Record a finding, ask for a stop, and isolate."""
        found = RecordFinding(self.reference, "scope", "one run submitted twice", 1, 412)
        hold = PlaceHold(self.reference, HoldKind.TRANSACTION, "37 copies have settled")
        apart = RecordIsolation(self.reference, True, "moved to the quarantine queue")
        for name, command in (("finding", found), ("hold", hold), ("apart", apart)):
            self._asks("engineering-lead-one", command, name)

    def draft(self) -> None:
        """Put the first update in review."""
        ticket = self.ticket
        next_at = ticket.opened_at + timedelta(hours=2)
        fields = (("known", KNOWN), ("doing", DOING))
        draft = DraftText(self.reference, DraftKind.UPDATE, fields, next_at)
        self._asks("csm-one", draft, "draft")

    def release(self) -> None:
        """Have a second person release it."""
        waiting = self.ticket.of(Updates).waiting_drafts()
        if waiting:
            text = ReleaseText(self.reference, waiting[0].number, hash_of(waiting[0]))
            self._asks("cs-manager-one", text, "release")

    def close(self) -> None:
        """Lift the stop, resolve it, tell the account, record its word and the analysis."""
        stopped = ConfirmStopped(self.reference, 1, "Payments Operations One")
        self._asks("payments-operations-one", stopped, "stopped")
        self._asks("finance-one", ClearHold(self.reference, 1, "the copies are back"), "clear")
        done = Resolve(self.reference, "The copies were returned.", "Look at your statement.")
        self._asks("csm-one", done, "resolve")
        waiting = self.ticket.of(Updates).waiting_drafts()[0]
        told = ReleaseText(self.reference, waiting.number, hash_of(waiting))
        self._asks("cs-manager-one", told, "release-resolution")
        self.bot.settle()
        solved = RecordAnswer(self.reference, "Controller One", "16:10", "all is well", True)
        self._asks("csm-one", solved, "answer")
        self._asks("csm-one", RecordRca(self.reference, "in the records, RCA-77"), "analysis")
        self._at(8 * 24 * 60)

    def _at(self, minutes: float) -> None:
        self.bot.walk_to(self.ticket.opened_at + timedelta(minutes=minutes))

    def _asks(self, person: str, command: Command, name: str) -> str:
        seen = self.bot.does(person, command, delivery=f"{self.account}/{name}")
        return seen.ticket.reference
