"""One incident, played by the rules alone: people, a clock that is moved by hand, and what came."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import cache
from pathlib import Path
from typing import Any, Self, TypeVar

from bot.engine.calendars import calendar_of
from bot.files.directory import load_directory
from bot.files.policy import load_policy
from protocols.bridge.events import BringInNow, NoteJoined, PersonInvited
from protocols.clock.events import FallDue
from protocols.deliveries.events import TakeDelivery
from protocols.helpers.events import JoinBridge
from protocols.intake.events import HearReport
from protocols.kernel.changing import fold
from protocols.kernel.command import Command
from protocols.kernel.context import Context
from protocols.kernel.due_point import DuePoint
from protocols.kernel.effects import Effect
from protocols.kernel.event import Event
from protocols.kernel.refusals import Refusal
from protocols.ladder.events import Step, StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.opening.events import OpenTicket
from protocols.people.channels import ChannelFacts
from protocols.people.directory import Directory
from protocols.people.people import ENGINE, Actor, Role, Staff, Standing, Who
from protocols.policy.policy import Policy
from protocols.promises.state import Promises
from protocols.roles.events import TakeRole
from protocols.roles.state import Roles
from protocols.scales import Category, Impact, NoticedBy, Severity, Signal
from protocols.status import Status
from protocols.subjects import decide, dues, plan
from protocols.ticket import Ticket
from protocols.tiers.events import AnswerLowering
from protocols.tiers.state import Tiers
from protocols.time.calendar import BusinessCalendar
from protocols.updates.approval import hash_of
from protocols.updates.events import DraftKind, DraftText, ReleaseText
from protocols.updates.state import Updates

REF = "BW-1001"
SHARED = ChannelFacts("C0ACME0001", "acme-support", True, True, 14)
EMPTY = Directory()
KNOWN = "412 payments of your run of 23 November were submitted twice."
DOING = "The affected payments are being separated from the others."
MOST_POINTS = 300
E = TypeVar("E", bound=Event)


@cache
def policy() -> Policy:
    """Return the desk's policy."""
    return load_policy()


@cache
def calendar() -> BusinessCalendar:
    """Return the desk's calendar, on Federal Reserve days."""
    return calendar_of(policy().calendar, instant("14:02").date())


@cache
def people() -> Directory:
    """Return the sample world's directory."""
    return load_directory(Path(__file__).parents[2] / "directory.example.yaml")


def without_sponsors(*, duty: bool) -> Directory:
    """Return the sample directory with accounts that name no sponsor; ``duty``: one is on it."""
    known = people()
    accounts = tuple(replace(one, executive_sponsor=None) for one in known.accounts)
    staff = tuple(
        replace(one, duties=tuple(d for d in one.duties if duty or d.name != "executive"))
        for one in known.people
    )
    return replace(known, accounts=accounts, people=staff)


@cache
def without_roads() -> Directory:
    """Return the directory with nobody at an account who can be written to."""
    accounts = (
        replace(one, contacts=tuple(replace(c, email="") for c in one.contacts))
        for one in people().accounts
    )
    return replace(people(), accounts=tuple(accounts))


def instant(clock: str, day: int = 23, month: int = 11) -> datetime:
    """Return an instant of 2026, given as ``15:02`` or ``15:02:10`` UTC; 23 November by default."""
    hours, minutes, seconds = (int(part) for part in f"{clock}:00".split(":")[:3])
    return datetime(2026, month, day, hours, minutes, seconds, tzinfo=UTC)


def who(key: str) -> Staff:
    """Return a person of the sample world as events name them."""
    person = people().person(key)
    return Staff(Who(key, person.name if person is not None else key))


def actor(key: str) -> Actor:
    """Return a person of the sample world as one who acts."""
    person = people().person(key)
    duties = frozenset(duty.name for duty in person.duties) if person is not None else frozenset()
    return Actor(who(key), duties=duties)


def customer(account: str = "acme") -> Actor:
    """Return someone at an account."""
    return Actor(Who("ap-director-one", "AP Director One"), Standing.CUSTOMER, account=account)


def opening(**changes: Any) -> OpenTicket:
    """Return the form as filled for duplicate payments at Acme, with changes."""
    values: dict[str, Any] = {
        "reference": REF,
        "team_id": "T1",
        "summary": "Payments of 23 Nov sent twice",
        "account_key": "acme",
        "noticed_by": NoticedBy.ACCOUNT,
        "severity": Severity.CRITICAL,
        "category": Category.TECHNICAL_PRODUCT,
        "impacts": frozenset({Impact.FUNDS_MOVED_WRONGLY}),
        "signal": Signal.DUPLICATE_PAYMENT,
    }
    return OpenTicket(**{**values, **changes})


MESSAGE_TS = "1764000000.000100"


def report(text: str) -> HearReport:
    """Return what hears a message of Acme's accounts payable director."""
    return HearReport(
        reference=REF,
        team_id="T1",
        summary=text[:150],
        account_key="acme",
        noticed_by=NoticedBy.ACCOUNT,
        severity=Severity.MEDIUM,
        category=Category.TECHNICAL_PRODUCT,
        description=text,
        source_link=f"https://x.slack.com/archives/{SHARED.channel_id}/p1764000000000100",
        author=customer().who,
        channel_id=SHARED.channel_id,
        message_ts=MESSAGE_TS,
    )


class Incident:
    """A ticket with its clock, its history and its effects; every change is planned as well."""

    def __init__(self, ctx: Context) -> None:
        self.ctx = ctx
        self.history: list[Event] = []
        self.effects: list[Effect] = []
        self.last: tuple[Event, ...] = ()
        self.last_effects: tuple[Effect, ...] = ()
        self.version = 0
        self._ticket: Ticket | None = None

    @classmethod
    def open(
        cls,
        *,
        by: str | Actor = "csm-one",
        at: str = "14:02",
        channel: ChannelFacts | None = SHARED,
        directory: Directory | None = None,
        unreachable: frozenset[str] = frozenset(),
        channels: Mapping[str, ChannelFacts] | None = None,
        beside: Mapping[type[Any], Any] | None = None,
        **form: Any,
    ) -> Incident:
        """Open a ticket from the form and return the incident."""
        ctx = Context(
            instant(at),
            by if isinstance(by, Actor) else actor(by),
            policy(),
            people() if directory is None else directory,
            calendar(),
            team_id="T1",
            channel=channel,
            unreachable=unreachable,
            channels=channels or {},
            beside=beside or {},
        )
        incident = cls(ctx)
        incident._apply(opening(**form), ctx)
        return incident

    def copied(self) -> Self:
        """Return an incident that goes on from here by itself."""
        made = copy(self)
        made.history, made.effects = list(self.history), list(self.effects)
        return made

    @classmethod
    def heard(
        cls, text: str, *, at: str = "14:02", day: int = 23, directory: Directory | None = None
    ) -> Incident:
        """Return a report that was heard in Acme's channel, which nobody has classified."""
        known = people() if directory is None else directory
        ctx = Context(
            instant(at, day), ENGINE, policy(), known, calendar(), team_id="T1", channel=SHARED
        )
        return cls.begun(report(text), ctx)

    @classmethod
    def begun(cls, command: HearReport, ctx: Context) -> Incident:
        """Return a report that was heard as this command says."""
        incident = cls(ctx)
        incident._apply(command, ctx)
        return incident

    @classmethod
    def nowhere(cls, **form: Any) -> Incident:
        """Open a ticket whose account has neither a channel nor an address."""
        return cls.open(directory=without_roads(), channel=None, **form)

    @property
    def ticket(self) -> Ticket:
        """Return the ticket as it stands."""
        assert self._ticket is not None
        return self._ticket

    @property
    def now(self) -> datetime:
        """Return the incident's clock."""
        return self.ctx.now

    def at(self, clock: str | datetime, day: int = 23, month: int = 11) -> Incident:
        """Set the clock; nothing falls due on the way."""
        at = instant(clock, day, month) if isinstance(clock, str) else clock
        self.ctx = replace(self.ctx, now=at)
        return self

    def by(self, person: str | Actor, *commands: Command) -> Incident:
        """Let a person ask for one thing after another."""
        asks = person if isinstance(person, Actor) else actor(person)
        for command in commands:
            self._apply(command, replace(self.ctx, actor=asks))
        return self

    def refused(self, person: str | Actor, command: Command) -> Refusal:
        """Return the refusal that a person meets; nothing may have changed."""
        before = self.ticket
        try:
            self.by(person, command)
        except Refusal as refusal:
            assert self.ticket is before
            return refusal
        raise AssertionError(f"{type(command).__name__} was not refused")

    def until(self, clock: str | datetime, day: int = 23, month: int = 11) -> Incident:
        """Walk from due point to due point, and set the clock to the end of the walk."""
        end_at = instant(clock, day, month) if isinstance(clock, str) else clock
        for _ in range(MOST_POINTS):
            point = next((p for p in self.dues() if p.at <= end_at), None)
            if point is None:
                return self.at(max(end_at, self.now))
            self.fall(point)
        raise AssertionError(f"more than {MOST_POINTS} due points until {end_at}")

    def fall(self, point: DuePoint) -> Incident:
        """Let one due point fall due, at its time or now when that has passed."""
        self.at(max(point.at, self.now))
        command = FallDue(REF, point)
        self._apply(command, replace(self.ctx, actor=ENGINE))
        return self

    def dues(self) -> tuple[DuePoint, ...]:
        """Return the due points that are to come."""
        return dues(self.ticket, self.ctx.policy, self.ctx.calendar)

    def due_at(self, kind: str) -> datetime:
        """Return when the next due point of a kind is."""
        return next(point.at for point in self.dues() if point.kind == kind)

    def delivered(self, key: str | None = None) -> Incident:
        """Let Slack or the mail server take one effect, or all whose outcome is awaited."""
        waiting = [e.key for e in self.effects if e.reports] if key is None else [f"{REF}/{key}"]
        for each in waiting:
            self._apply(self._taken(each), replace(self.ctx, actor=ENGINE))
        return self

    def delivered_together(self, *keys: str) -> Incident:
        """Let several deliveries be told as one change, in this order."""
        taken = [self._taken(f"{REF}/{key}") for key in keys]
        self._apply_all(taken, replace(self.ctx, actor=ENGINE))
        return self

    def _taken(self, key: str) -> TakeDelivery:
        bridge = key.split("/")[1] == "bridge"
        return TakeDelivery(
            REF,
            key,
            self.now,
            channel_id="C0BRIDGE01" if bridge else "C0ACME0001",
            channel_name="bw-1001-acme" if bridge else "acme-support",
            message_ts=f"{self.now.timestamp():.6f}",
        )

    def _apply(self, command: Command, ctx: Context) -> None:
        self._apply_all([command], ctx)

    def _apply_all(self, commands: Sequence[Command], ctx: Context) -> None:
        before = self._ticket
        events: tuple[Event, ...] = ()
        for command in commands:
            decided = decide(self._ticket, command, ctx)
            events = (*events, *decided)
            if decided:
                self._ticket = fold(decided, self._ticket)
        self.last, self.last_effects = events, ()
        if self._ticket is None or not events:
            return
        self.version += 1
        self.history += events
        self.last_effects = plan(before, events, self._ticket, ctx, self.version)
        self.effects += self.last_effects

    def happened(self, *events: Event) -> Incident:
        """Let something have happened, whoever decided it."""
        self._ticket = fold(events, self._ticket)
        self.history += events
        return self

    def events(self, kind: type[E]) -> list[E]:
        """Return every event of a kind so far."""
        return [event for event in self.history if isinstance(event, kind)]

    def told(self, template: str) -> list[Effect]:
        """Return every effect with this template so far."""
        return [effect for effect in self.effects if effect.template == template]

    def status(self) -> Status:
        """Return where the ticket stands."""
        return self.ticket.status

    def promised_at(self) -> datetime | None:
        """Return the time of the promise that binds, None when none does."""
        promise = self.ticket.of(Promises).promise
        return None if promise is None else promise.at

    def planned(self) -> list[str]:
        """Return the keys of all effects so far, without the reference."""
        return [effect.key.removeprefix(f"{REF}/") for effect in self.effects]

    def step(self, kind: StepKind) -> Step:
        """Return the newest step of a kind.

        Raises:
            LookupError: The ticket has none.
        """
        step = self.ticket.of(Ladder).step(kind)
        if step is None:
            raise LookupError(kind)
        return step

    def owed(self) -> set[StepKind]:
        """Return the kinds of the steps that are owed."""
        return {step.kind for step in self.ticket.of(Ladder).steps if step.state is StepState.OWED}

    def holder(self, role: Role) -> str | None:
        """Return who holds a role."""
        seat = self.ticket.of(Roles).seat(role)
        return seat.holder.key if seat is not None and seat.holder is not None else None

    def asked(self, role: Role) -> str | None:
        """Return who is asked for a role."""
        seat = self.ticket.of(Roles).seat(role)
        return seat.asked.key if seat is not None and seat.asked is not None else None

    def agreed(self, by: str = "legal-one", *, agree: bool = True) -> Incident:
        """Let one of Legal or Security answer for the lower tier that was asked last."""
        number = len(self.ticket.of(Tiers).lowerings)
        return self.by(by, AnswerLowering(REF, number, agree))

    def draft(
        self,
        by: str = "csm-two",
        *,
        known: str = KNOWN,
        doing: str = DOING,
        next_in: timedelta = timedelta(hours=1),
        number: int | None = None,
        reason: str = "",
    ) -> Incident:
        """Put an update in review, or an edited one again."""
        fields = (("known", known), ("doing", doing))
        text = DraftText(REF, DraftKind.UPDATE, fields, self.now + next_in, reason, number)
        return self.by(by, text)

    def release(self, by: str = "cs-manager-one", number: int | None = None) -> Incident:
        """Release the newest text, or a certain one, as it stands."""
        return self.by(by, self.releasing(number))

    def releasing(self, number: int | None = None) -> ReleaseText:
        """Return the press that releases a text as it stands."""
        draft = self.ticket.of(Updates).drafts[-1 if number is None else number - 1]
        return ReleaseText(REF, draft.number, hash_of(draft))

    def staffed(self) -> Incident:
        """Bring the leads in and let three people take the roles."""
        self.by("csm-one", BringInNow(REF))
        self.by("engineering-lead-one", JoinBridge(REF))
        self.by("cs-manager-one", JoinBridge(REF))
        self.by("engineer-one", TakeRole(REF, Role.INVESTIGATOR))
        self.by("csm-two", TakeRole(REF, Role.COMMUNICATOR))
        self.by("support-one", TakeRole(REF, Role.SCRIBE))
        return self.joined("csm-one", *(invited.person.key for invited in self.invited()))

    def invited(self) -> list[PersonInvited]:
        """Return every invitation so far."""
        return self.events(PersonInvited)

    def joined(self, *people: str) -> Incident:
        """Let Slack say that people are in the bridge's channel."""
        for person in people:
            self._apply(NoteJoined(REF, who(person)), replace(self.ctx, actor=ENGINE))
        return self

    def updated(self, by: str = "csm-two") -> Incident:
        """Draft, release and deliver an update now."""
        return self.draft(by).release().delivered()
