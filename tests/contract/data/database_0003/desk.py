"""The desk whose past is kept: people who ask for things, and a clock that walks from act to act.

A story is a generator: it acts, and yields after how many minutes from its beginning it goes on.
All stories run beside each other on one business clock, as tickets of one desk do.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from typing import Any, TypeAlias

from drill.local import LocalSlack
from protocols.bridge.events import BringInNow
from protocols.bridge.state import BridgeState
from protocols.closure.events import RecordAnswer, Resolve
from protocols.helpers.events import JoinBridge
from protocols.investigation.events import ConfirmScope, RecordFinding, RecordIsolation
from protocols.kernel.command import Command
from protocols.opening.events import OpenTicket
from protocols.people.people import BRIDGE_ROLES
from protocols.roles.events import TakeRole
from protocols.roles.state import Roles
from protocols.scales import Category, Impact, NoticedBy, Severity, Signal
from protocols.ticket import Ticket
from protocols.updates.events import DraftKind, DraftText, ReleaseText
from protocols.updates.state import Updates
from tests.kit.bot import RunningBot

TEAM = "T0VENDOR01"
KNOWN = "412 payments of your run of 4 December were submitted twice."
DOING = "We are separating the affected payments from the others."
DONE = "The copies were returned to your account."
CHECK = "Your bank's statement of today shows each payment once."
Story: TypeAlias = Iterator[float]


@dataclass
class Desk:
    """A bot, a local Slack, and what their people do.

    Attributes:
        named: The references that a later act needs, by the name of their story.
    """

    bot: RunningBot
    slack: LocalSlack
    named: dict[str, str] = field(default_factory=dict)
    _waiting: list[tuple[datetime, int, datetime, Story]] = field(default_factory=list)
    _numbers: Iterator[int] = field(default_factory=count)

    # -- time --------------------------------------------------------------------------------

    def begins(self, at: datetime, story: Callable[[Desk], Story]) -> None:
        """Let a story begin at an instant."""
        heapq.heappush(self._waiting, (at, next(self._numbers), at, story(self)))

    def runs(self, until: datetime) -> None:
        """Let every story go on, each act at its time; what comes later is left."""
        while self._waiting and self._waiting[0][0] <= until:
            at, _, began, story = heapq.heappop(self._waiting)
            self.bot.walk_to(at)
            self.settles()
            minutes = next(story, None)
            if minutes is not None:
                again = began + timedelta(minutes=minutes)
                heapq.heappush(self._waiting, (again, next(self._numbers), began, story))
        self.bot.walk_to(until)
        self.settles()

    def settles(self) -> None:
        """Wait until nothing is on its way."""
        for _ in range(3):
            self.slack.settle(30)
            self.bot.settle()

    # -- what people do ----------------------------------------------------------------------

    def asks(self, who: str, *commands: Command) -> None:
        """Have one of us ask for one thing after another."""
        for command in commands:
            self.bot.does(who, command)

    def ticket(self, reference: str) -> Ticket:
        """Return a ticket as it stands."""
        return self.bot.ticket(reference)

    def opens(
        self, summary: str, account: str | None = "acme", *, who: str = "csm-one", **changes: Any
    ) -> str:
        """Open a ticket, a Tier 3 of wrong payments without changes; return its reference."""
        values: dict[str, Any] = {
            "noticed_by": NoticedBy.ACCOUNT,
            "severity": Severity.CRITICAL,
            "category": Category.TECHNICAL_PRODUCT,
            "impacts": frozenset({Impact.FUNDS_MOVED_WRONGLY}),
            "signal": Signal.DUPLICATE_PAYMENT,
            "another_problem": True,
        }
        form = OpenTicket("", TEAM, summary, account, **{**values, **changes})
        return self.bot.does(who, form).ticket.reference

    def scopes(self, reference: str, who: str = "csm-one") -> None:
        """Confirm the scope."""
        self.asks(who, ConfirmScope(reference, "one run", "13:10 UTC", "by the bank"))

    def staffs(self, reference: str) -> None:
        """Bring the leads in, and have everyone who is asked take their role."""
        if self.ticket(reference).of(BridgeState).brought_in_at is None:
            self.asks("csm-one", BringInNow(reference))
        for lead in ("engineering-lead-one", "cs-manager-one"):
            self.asks(lead, JoinBridge(reference))
        self.settles()
        for role in BRIDGE_ROLES:
            seat = self.ticket(reference).of(Roles).seat(role)
            if seat is not None and seat.holder is None and seat.asked is not None:
                self.asks(seat.asked.key, TakeRole(reference, role))
        self.settles()

    def finds(self, reference: str) -> None:
        """Record a finding and that the records are apart."""
        self.asks(
            "engineering-lead-one",
            RecordFinding(reference, "scope", "run 7 went out twice", 1, 412),
            RecordIsolation(reference, True, "moved to the quarantine queue"),
        )

    def drafts(
        self,
        reference: str,
        kind: DraftKind = DraftKind.UPDATE,
        *,
        minutes: float = 60,
        **more: Any,
    ) -> int:
        """Put a text in review; return its number."""
        fields = more.pop("fields", (("known", KNOWN), ("doing", DOING)))
        next_at = self.bot.now() + timedelta(minutes=minutes)
        self.asks("csm-two", DraftText(reference, kind, fields, next_at, **more))
        return self.ticket(reference).of(Updates).drafts[-1].number

    def releases(self, reference: str, who: str = "cs-manager-one") -> None:
        """Have the oldest text that waits released by a second person."""
        draft = self.ticket(reference).of(Updates).waiting_drafts()[0]
        self.asks(who, ReleaseText(reference, draft.number, draft.text_hash))

    def updates(self, reference: str, *, minutes: float = 60) -> None:
        """Draft, release and deliver an update."""
        self.drafts(reference, minutes=minutes)
        self.releases(reference)
        self.settles()

    def resolves(self, reference: str, *, told: bool = True, who: str = "csm-one") -> None:
        """Resolve a ticket, and tell the account unless that is left."""
        self.asks(who, Resolve(reference, DONE, CHECK))
        if told and self.ticket(reference).of(Updates).waiting_drafts():
            self.releases(reference)
        self.settles()

    def answers(self, reference: str, *, solved: bool) -> None:
        """Record by phone what the account says."""
        said = "all is well" if solved else "one copy is still there"
        self.asks("csm-one", RecordAnswer(reference, "Controller One", "09:10", said, solved))
