"""What every surface of a ticket may ask: names, times, and who does what."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from protocols.account.events import RouteKind
from protocols.account.rules import is_security_matter
from protocols.account.state import Road
from protocols.bridge.state import BridgeState
from protocols.fixed_texts.repeating import with_account
from protocols.fixed_texts.sending import can_hold
from protocols.helpers.state import Helper, Helpers
from protocols.holds.events import HoldKind
from protocols.holds.state import Holds
from protocols.kernel.context import Context
from protocols.ladder.events import Step, StepKind
from protocols.ladder.state import Ladder
from protocols.opening.events import Opening
from protocols.outreach.state import Outreach
from protocols.people.people import BOT, Role, Who
from protocols.people.quiet import zone_of
from protocols.promises.rules import default_next
from protocols.promises.state import Promises
from protocols.rights.roads import manager_of
from protocols.rights.state import Known
from protocols.roles.state import Roles
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.updates.hands import asked_about
from protocols.updates.state import Draft, Updates
from templates.kit.links import Links
from templates.kit.when import ReadAt, utc_day

Facts = dict[str, object]
NOBODY = "the CS manager on duty"


def read_by(ctx: Context, *keys: str) -> ReadAt:
    """Return the instant as these people read it, and whoever is in the desk's own zone."""
    zones = {zone_of(ctx.directory.person(ctx.key_of(key)), key, ctx) for key in keys if key}
    return ReadAt.of(ctx.now, {*zones, ctx.policy.calendar.zone})


def read_of(ctx: Context, params: Mapping[str, object]) -> ReadAt:
    """Return the instant as it is read by whom an effect's ``params`` name, if they name one."""
    return read_by(ctx, str(params.get("person") or ""))


@dataclass(frozen=True, slots=True)
class Scene:
    """One ticket at one instant, as words see it; ``params`` are the effect's own."""

    ticket: Ticket
    ctx: Context
    links: Links
    params: Mapping[str, object]

    def param(self, name: str) -> str:
        """Return a parameter as text, empty when it is not there."""
        value = self.params.get(name)
        return "" if value is None else str(value)

    def number(self, name: str) -> int:
        """Return a parameter that counts, 0 when it is not there."""
        value = self.params.get(name)
        return value if isinstance(value, int) else 0

    def name(self, key: str) -> str:
        """Return what a person is called: as the ticket knows them, else as the directory does."""
        known = next((who.name for who in self.ticket.of(Known).people if who.key == key), "")
        return known or self.ctx.who(key).name

    @property
    def read_at(self) -> ReadAt:
        """Return the instant as those read it to whom the words go: one of us, else the bridge."""
        if self.param("person"):
            return read_of(self.ctx, self.params)
        return read_by(self.ctx, *(who.key for who in self.here))

    @property
    def account(self) -> str:
        """Return the account's name, or words for one that is not named yet."""
        return self.ticket.account.name if self.ticket.account is not None else "the account"

    @property
    def zone(self) -> str:
        """Return the zone in which the account reads its times."""
        if self.ticket.account is not None:
            return self.ticket.account.zone
        return self.ctx.policy.calendar.zone

    @property
    def manager(self) -> Who | None:
        """Return the ticket's CS manager, else the one on duty."""
        return manager_of(self.ticket, self.ctx)

    @property
    def manager_name(self) -> str:
        """Return the CS manager's name, or the duty where nobody has it."""
        return self.manager.name if self.manager is not None else NOBODY

    @property
    def contact(self) -> Who | None:
        """Return who faces the account: the one contact, else the CS manager."""
        return self.ticket.poc or self.manager

    @property
    def contact_name(self) -> str:
        """Return the contact's name, or the duty where nobody has it."""
        return self.contact.name if self.contact is not None else NOBODY

    def phone(self, key: str) -> str:
        """Return a person's phone, empty when the directory has none."""
        person = self.ctx.directory.person(key)
        return person.phone if person is not None else ""

    def email(self, key: str) -> str:
        """Return a person's mail address, empty when the directory has none."""
        person = self.ctx.directory.person(key)
        return person.email if person is not None else ""

    def holder(self, role: Role) -> Who | None:
        """Return who holds a role, None while it is vacant or the tier has no such seat."""
        seat = self.ticket.of(Roles).seat(role)
        return seat.holder if seat is not None else None

    def helper(self, *duties: str) -> Helper | None:
        """Return the first who was called for one of these duties, None when nobody was."""
        return next((h for h in self.ticket.of(Helpers).helpers if h.duty in duties), None)

    def owed(self, kind: StepKind) -> Step | None:
        """Return the step of a kind while it is owed, else None."""
        step = self.ticket.of(Ladder).step(kind)
        return step if step is not None and self.ticket.of(Ladder).owes(kind) else None

    def owed_at(self, kind: StepKind) -> datetime | None:
        """Return when a step of a kind falls due, None when it is not owed."""
        step = self.owed(kind)
        return step.due_at if step is not None else None

    @property
    def hears_at(self) -> datetime | None:
        """Return when the account hears next; None where no time stands that is to come. D41."""
        at = self.due_to_account_at
        return at if at is not None and at > self.ctx.now else None

    @property
    def due_to_account_at(self) -> datetime | None:
        """Return when the account is due to hear, passed or not; None when nothing is promised."""
        promise = self.ticket.of(Promises).promise
        if promise is not None and self.ticket.status is not Status.OPENED_IN_ERROR:
            return promise.at
        if self.ticket.status is not Status.OPEN:
            return None
        owed = (self.owed_at(StepKind.ACKNOWLEDGE), self.owed_at(StepKind.FIRST_UPDATE))
        return next((at for at in owed if at is not None), None)

    @property
    def next_at(self) -> datetime:
        """Return when the account hears next; the usual time where nothing is promised."""
        return self.hears_at or default_next(self.ticket, self.ctx)

    @property
    def has_no_route(self) -> bool:
        """Say whether the account can only be called."""
        return self.ticket.of(Road).route.kind is RouteKind.NONE

    @property
    def can_hold(self) -> bool:
        """Say whether the holding line can leave now. Source: D15."""
        return can_hold(self.ticket, self.ctx)

    @property
    def is_security(self) -> bool:
        """Say whether the matter is one of security."""
        return is_security_matter(self.ticket)

    @property
    def mailed_to(self) -> str:
        """Return the names of those at the account who are written to; empty with a channel."""
        contacts = self.ticket.account.contacts if self.ticket.account is not None else ()
        names = {contact.email: contact.name for contact in contacts}
        return ", ".join(names.get(each) or each for each in self.ticket.of(Road).route.addresses)

    @property
    def waiting(self) -> Draft | None:
        """Return the oldest text that waits for a release, None when none does."""
        return next(iter(self.ticket.of(Updates).waiting_drafts()), None)

    @property
    def last_update(self) -> Draft | None:
        """Return the newest update that the account has or gets, None before the first."""
        return next(reversed(with_account(self.ticket)), None)

    @property
    def updates_count(self) -> int:
        """Return how many updates the account has."""
        return len(self.ticket.of(Updates).delivered_updates())

    @property
    def here(self) -> tuple[Who, ...]:
        """Return the people in the bridge; the bot is not one of them."""
        bots = {BOT.key}
        return tuple(who for who in self.ticket.of(BridgeState).here if who.key not in bots)

    def can_release(self, draft: Draft) -> str:
        """Return the names of those who may release a text: those here, if there are any."""
        keys = asked_about(self.ticket, draft, self.ctx)
        here = {who.key for who in self.here}
        near = [key for key in keys if key in here]
        return ", ".join(self.name(key) for key in near or keys)

    @property
    def cause_held_by(self) -> str:
        """Return who of Legal holds the cause, empty when nobody does."""
        held = self.ticket.of(Holds).holds_in_force(HoldKind.DISCLOSURE)
        return held[0].asked_by.name if held else ""

    @property
    def summary(self) -> str:
        """Return the summary without a full stop, because sentences go on after it."""
        return self.ticket.of(Opening).summary.rstrip(". ")

    @property
    def account_phone(self) -> str:
        """Return the phone of the account's first contact that has one."""
        contacts = self.ticket.account.contacts if self.ticket.account is not None else ()
        return next((contact.phone for contact in contacts if contact.phone), "")

    def common(self) -> Facts:
        """Return the facts that most surfaces share."""
        ticket, contact = self.ticket, self.contact
        return {
            "us": self.ctx.policy.vendor_name,
            "ref": ticket.reference,
            "account": self.account,
            "zone": self.zone,
            "now": self.read_at,
            "tier": ticket.shown_tier,
            "drill": ticket.drill,
            "policy": utc_day(ticket.opened_at),
            "summary": self.summary,
            "severity": ticket.severity.label,
            "category": self.ctx.policy.title_of(ticket.category),
            "contact": self.contact_name,
            "contact_email": self.email(contact.key) if contact is not None else "",
            "contact_phone": self.phone(contact.key) if contact is not None else "",
            "has_bridge": ticket.tier.has_bridge or bool(ticket.of(BridgeState).channel_id),
            "bridge_url": self.links.channel_url(ticket.of(BridgeState).channel_id),
            "follow_url": self.links.follow_url(ticket.reference),
            "status_url": self.links.status_url,
            "manager": self.manager_name,
            "manager_told": self.manager.name if self.manager is not None else "",
            "hears_at": self.hears_at,
            "next_update_at": self.next_at,
            "is_security": self.is_security,
            "updates_count": self.updates_count,
            "impacted_count": len(ticket.of(Outreach).impacted),
        }
