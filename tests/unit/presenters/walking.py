"""Walks a ticket of the sample world through the rules, and renders whatever they plan."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path

from bot.engine.calendars import calendar_of
from protocols.clock.events import FallDue
from protocols.deliveries.events import TakeDelivery
from protocols.kernel.changing import fold
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.effects import Effect, Gateway
from protocols.kernel.event import Event
from protocols.opening.events import OpenTicket
from protocols.people.channels import ChannelFacts
from protocols.people.people import ENGINE, Actor, Standing, Who
from protocols.scales import Category, Impact, NoticedBy, Severity, Signal
from protocols.subjects import decide, dues, plan
from protocols.ticket import Ticket
from templates.kit import render
from templates.kit.links import Links
from templates.kit.presenting import facts_of, template_for
from tests.kit.rules_incident import people, policy

ROOT = Path(__file__).parents[3]
LINKS = Links(
    team_url="https://vendor.slack.example",
    follow_base="https://desk.vendor.example/t/",
    page_base="https://desk.vendor.example/r/",
    status_url="https://status.vendor.example",
    pager_name="the duty phone",
)
CHANNEL = ChannelFacts("C0ACME0001", "acme-support", True, True, 14)
REFERENCE = "BW-1001"


def at(clock: str, days: int = 0) -> datetime:
    """Return a UTC time of the sample's Monday, 23 November 2026, or days after it."""
    found = datetime.fromisoformat(f"2026-11-23T{clock}").replace(tzinfo=UTC)
    return found + timedelta(days=days)


@cache
def _world() -> Context:
    start = at("14:02:10")
    return Context(
        start, ENGINE, policy(), people(), calendar_of(policy().calendar, start.date()),
        channel=CHANNEL,
    )  # fmt: skip


def person(key: str) -> Actor:
    """Return one of us, with the duties of the sample directory."""
    known = _world().directory.person(key)
    if known is None:
        raise LookupError(key)
    return Actor(Who(key, known.name), duties=frozenset(duty.name for duty in known.duties))


CUSTOMER = Actor(Who("ap-director-one", "AP Director One"), Standing.CUSTOMER, account="acme")


def opening(**changed: object) -> OpenTicket:
    """Return the sample's opening: a duplicate payment, seen by the account."""
    usual = OpenTicket(
        REFERENCE, "T1", "Payments of 23 Nov sent twice", "acme", NoticedBy.ACCOUNT,
        Severity.CRITICAL, Category.TECHNICAL_PRODUCT,
        impacts=frozenset({Impact.FUNDS_MOVED_WRONGLY}), signal=Signal.DUPLICATE_PAYMENT,
    )  # fmt: skip
    return replace(usual, **changed)  # type: ignore[arg-type]


@dataclass
class Walk:
    """One ticket on its way: every change is planned and every effect's words are made."""

    ctx: Context = field(default_factory=_world)
    ticket: Ticket | None = None
    history: list[Event] = field(default_factory=list)
    said: dict[str, object] = field(default_factory=dict)
    sent: list[Effect] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    version: int = 0

    @property
    def now(self) -> datetime:
        """Return the walk's instant."""
        return self.ctx.now

    def wait_until(self, moment: datetime) -> None:
        """Move the clock, never back."""
        self.ctx = replace(self.ctx, now=max(moment, self.ctx.now))

    def do(self, actor: Actor, *commands: Command) -> tuple[Event, ...]:
        """Decide commands as one change, keep its events, and make the words of what it plans."""
        ctx, before = replace(self.ctx, actor=actor), self.ticket
        events: tuple[Event, ...] = ()
        for command in commands:
            more = decide(self.ticket, command, ctx)
            self.ticket = fold(more, self.ticket) if more else self.ticket
            events += more
        if self.ticket is None or not events:
            return ()
        self.history += events
        self.version += 1
        for effect in plan(before, events, self.ticket, ctx, self.version):
            self.said[effect.key] = words(effect, self.ticket, ctx)
            self.sent.append(effect)
        return events

    def by(self, key: str, command: Command, clock: str | None = None) -> None:
        """Have one of us do something, at a time of the sample's day."""
        if clock is not None:
            self.run_until(at(clock))
        self.do(person(key), command)

    def points(self) -> Sequence[DuePoint]:
        """Return what falls due next."""
        if self.ticket is None:
            return ()
        return dues(self.ticket, self.ctx.policy, self.ctx.calendar)

    def fall_due(self, point: DuePoint) -> None:
        """Let one due point pass."""
        self.wait_until(point.at)
        self.do(ENGINE, FallDue(REFERENCE, point))

    def fall_together(self, moment: datetime) -> None:
        """Let what falls due at an instant, and nothing before it, pass as one change."""
        self.run_until(moment)
        due = [FallDue(REFERENCE, point) for point in self.points() if point.at <= moment]
        self.do(ENGINE, *due)

    def run_until(self, moment: datetime) -> None:
        """Let everything that falls due before an instant pass, then stand at it."""
        for _ in range(200):
            waiting = [point for point in self.points() if point.at < moment]
            if not waiting:
                break
            self.fall_due(waiting[0])
        self.wait_until(moment)

    def deliver(self) -> None:
        """Have everything that reports its outcome taken, in order."""
        for effect in list(self.sent):
            if effect.reports and effect.key not in self.taken:
                self.take(effect)

    def take(self, effect: Effect) -> None:
        """Have one effect taken by Slack or the mail server."""
        self.taken.add(effect.key)
        creates = effect.method == "conversations.create"
        name = str(effect.arguments.get("name", ""))
        in_slack = effect.gateway is Gateway.SLACK
        taken = TakeDelivery(
            REFERENCE, effect.key, self.now,
            channel_id="C0BRIDGE01" if creates else "",
            channel_name=name if creates else "",
            message_ts="1795442530.000100" if in_slack else "",
            link="https://vendor.slack.example/archives/C0ACME0001/p1" if in_slack else "",
        )  # fmt: skip
        self.do(ENGINE, taken)

    def card(self) -> render.Message:
        """Return the card as it stands."""
        assert self.ticket is not None
        name = template_for("card", self.ticket)
        facts = facts_of(name, {}, self.ticket, self.ctx, LINKS)
        return render.message(name, facts)


def words(effect: Effect, ticket: Ticket, ctx: Context) -> object:
    """Return the words of an effect, as the engine makes them; None where it has none."""
    if effect.template is None:
        return None
    name = template_for(effect.template, ticket)
    facts = facts_of(name, effect.params, ticket, ctx, LINKS)
    if effect.gateway is Gateway.MAIL:
        return render.mail(name, facts, drill=ticket.drill)
    if effect.gateway is Gateway.PAGER:
        return render.page(name.removeprefix("page_"), facts)
    if effect.method == "conversations.setTopic":
        return render.line(name, facts)
    return render.message(name, facts)
