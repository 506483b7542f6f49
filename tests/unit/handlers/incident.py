"""A Tier 3 of Acme with its bridge, on a desk in memory."""

from __future__ import annotations

import json
from datetime import timedelta
from itertools import count

from protocols.bridge.events import BringInNow, NoteJoined
from protocols.deliveries.events import TakeDelivery
from protocols.kernel.command import Command
from protocols.opening.events import OpenTicket
from protocols.people.people import ENGINE, Role, Who
from protocols.roles.events import AssignRole, TakeRole
from protocols.scales import Category, Impact, NoticedBy, Severity, Signal
from protocols.ticket import Ticket
from protocols.updates.approval import hash_of
from protocols.updates.state import Updates
from tests.unit.handlers.desk_in_memory import (
    ACME_CHANNEL,
    BRIDGE_CHANNEL,
    TEAM,
    InMemoryDesk,
    slack_id,
)
from tests.unit.handlers.slack_side import Answer, Modal, Slack

REF = "BW-1001"
_VIEWS = count(100)


class Incident:
    """One ticket, and shorthand for what people do on it."""

    def __init__(self, desk: InMemoryDesk | None = None) -> None:
        self.desk = desk or InMemoryDesk()
        self.slack = Slack(self.desk)
        opening = OpenTicket(
            "",
            TEAM,
            "Payments of 23 Nov sent twice",
            "acme",
            NoticedBy.ACCOUNT,
            Severity.CRITICAL,
            Category.TECHNICAL_PRODUCT,
            impacts=frozenset({Impact.FUNDS_MOVED_WRONGLY}),
            signal=Signal.DUPLICATE_PAYMENT,
        )
        self.ask("csm-one", opening)
        self.desk.open_bridge(REF)
        self.ask("csm-one", NoteJoined(REF, self.who("csm-one")))

    def who(self, person: str) -> Who:
        found = self.desk.who(slack_id(person))
        assert found is not None
        return found

    def ask(self, person: str, command: Command) -> Ticket:
        """Submit a command in a person's name, past all surfaces."""
        return self.desk.submit(command, self.desk.actor(TEAM, slack_id(person))).ticket

    @property
    def ticket(self) -> Ticket:
        return self.desk.tickets[REF]

    def bound(self, number: int = 1) -> tuple[str, str]:
        """Return what a button is bound to that releases a text: its number and its hash."""
        draft = self.ticket.of(Updates).draft(number)
        assert draft is not None
        return str(number), hash_of(draft)

    def taken(self, number: int) -> Ticket:
        """Have Slack take a released text."""
        command = TakeDelivery(REF, f"{REF}/text/{number}", self.desk.at, ACME_CHANNEL)
        return self.desk.submit(command, ENGINE).ticket

    def staff(self) -> None:
        """Bring everyone in and have the roles taken."""
        self.ask("csm-one", BringInNow(REF))
        for role, person in (
            (Role.INVESTIGATOR, "engineer-one"),
            (Role.COMMUNICATOR, "csm-two"),
            (Role.SCRIBE, "support-two"),
        ):
            self.ask("cs-manager-one", AssignRole(REF, role, self.who(person)))
            self.ask(person, TakeRole(REF, role))

    def later(self, minutes: int) -> None:
        self.desk.at += timedelta(minutes=minutes)

    def press(self, person: str, action: str, *more: str, **given: str) -> Answer:
        """Press a button of the ticket in its bridge."""
        value = "|".join((REF, *more))
        return self.slack.press(person, action, value, **{"channel": BRIDGE_CHANNEL, **given})

    def form(self, person: str, action: str, *more: str) -> Modal:
        """Press a button that opens a form, and return the form."""
        self.press(person, action, *more)
        return self.own(self.slack.shown())

    def own(self, modal: Modal) -> Modal:
        """Give a modal an id of its own, as Slack does."""
        modal.id = f"V{next(_VIEWS)}"
        return modal

    def send(self, by: str, modal: Modal, /, **fields: object) -> Answer:
        """Fill a form in and submit it."""
        for name, value in fields.items():
            modal.fill(name, value)
        return self.slack.submit(by, modal)

    def bridge(self, person: str, text: str = "", *, channel: str = BRIDGE_CHANNEL) -> Answer:
        return self.slack.slash(person, "/bridge", text, channel=channel)

    @property
    def told(self) -> str:
        return self.slack.told()

    @property
    def sent(self) -> str:
        """Return the newest answer as it goes to Slack."""
        return json.dumps(self.desk.interactive.calls[-1][1])

    def opened(self) -> int:
        """Return how many modals were opened so far."""
        return sum(name in ("open", "push") for name, _ in self.desk.interactive.calls)

    def draft(self, person: str = "csm-two", known: str = "412 payments were sent twice.") -> Modal:
        """Put an update in review by the form."""
        form = self.form(person, "update.draft")
        self.send(person, form, known=known, doing="We are separating the affected payments.")
        return form
