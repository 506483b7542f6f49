"""The facts of the answer to the form. Source: words, 2."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.account.events import RouteKind
from protocols.account.outbound import acknowledgments, is_lost, newest_acknowledgment
from protocols.account.state import Road
from protocols.bridge.roads import bridge_key
from protocols.bridge.state import BridgeState
from protocols.classification.state import Classification
from protocols.contact.state import HandOver
from protocols.deliveries.state import Deliveries
from protocols.executives.state import Executives
from protocols.helpers.state import Helpers
from protocols.kernel.context import Context
from protocols.ladder import set_up
from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.masked.state import MaskedNumbers
from protocols.opening.events import Opening
from protocols.roles.state import Roles
from protocols.scales import NoticedBy, Tier
from protocols.ticket import Ticket
from protocols.time.targets import Measure
from templates.clock import facts as clocks
from templates.deliveries.causes import why
from templates.kit.links import Links
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value
from templates.targets.facts import pressable


@dataclass(frozen=True, slots=True)
class Told(Value):
    """One line of what happened on opening.

    Attributes:
        what: ``account``, ``bridge``, ``sponsor``, ``vendor``, ``responders``, ``status``.
        state: ``done``, ``sending``, ``failed``, ``waiting`` (for a person's press), ``untold``
            (and no press tells them), ``alone`` (a bridge into which not everybody could be
            invited), ``unset`` (no account yet).
        name: Who was told, or the channel's name for ``bridge``.
        at: When it was done.
        channel_id: The bridge's channel.
        missing: Who could not be invited there.
        why: Why it failed, in words.
    """

    what: str
    state: str
    name: str = ""
    at: datetime | None = None
    channel_id: str = ""
    missing: str = ""
    why: str = ""

    @property
    def mark(self) -> str:
        """Return the sign before it."""
        return _MARKS.get(self.state, "▶")

    @property
    def word(self) -> str:
        """Return what was done, after the name; empty while it is not done."""
        return _DONE.get(self.what, "") if self.state == "done" else ""

    @property
    def outcome(self) -> str:
        """Return how it stands while it is not done; empty when it is."""
        if self.why and self.what in _REFUSED:
            return f": {_REFUSED[self.what]} ({self.why}). {_REMEDY[self.what]}"
        return _OUTCOMES.get(self.state, "")


_MARKS = {"done": "✅", "failed": "🔴", "alone": "🔴"}
_DONE = {"account": " acknowledged", "sponsor": " told", "vendor": " told", "responders": " asked"}
_OUTCOMES = {
    "sending": ": sending",
    "failed": ": NOT delivered, see the bridge",
    "alone": ": could NOT invite ",
    "waiting": ": waits for your press",
    "untold": ": knows nothing of it yet; write to them when there is something to say",
}
_REFUSED = {"bridge": "could NOT be made", "sponsor": "NOT told", "vendor": "NOT told"}
_REMEDY = {
    "bridge": "Work on in direct messages, and have whoever runs Slack here allow it",
    "sponsor": "Tell them yourself",
    "vendor": "Call them",
}


@dataclass(frozen=True, slots=True)
class OpenTicketLine(Value):
    """A ticket of an account: open for it already, or one of its history.

    Attributes:
        done: What was done, once it is resolved. Source: S101.
    """

    ref: str
    tier: int
    summary: str
    age: str
    held_by: str
    done: str = ""


def opened_facts(ticket: Ticket, ctx: Context, links: Links, *, tier_note: str = "") -> Facts:
    """Return the facts of the answer to the form, as the sends stand now.

    Args:
        ticket: The ticket that was opened.
        ctx: What is known now.
        links: Addresses.
        tier_note: A sentence when the tier differs from what the form showed.
    """
    return {**_opened(Scene(ticket, ctx, links, {})), "tier_note": tier_note}


@presents("opened")
def _opened(scene: Scene) -> Facts:
    ticket = scene.ticket
    offer, has_bridge = ticket.of(HandOver).poc_offer, ticket.tier.has_bridge
    reader = ticket.of(Classification).settled_by or ticket.opened_by
    owns = ticket.poc is not None and ticket.poc.key == reader.key
    ending, field = _masked(ticket)
    on_duty = scene.ctx.first_on_duty("compliance", "security")
    scope, leads_itself = ticket.of(Ladder).step(StepKind.SCOPE), ticket.tier is Tier.CRITICAL
    reply = None if has_bridge else clocks.earliest(scene, Measure.REPLY, Measure.ACKNOWLEDGE)
    resolve = None if has_bridge else clocks.earliest(scene, Measure.RESOLVE)
    return {
        **scene.common(),
        **pressable(scene),
        "has_account": ticket.account is not None,
        "contact": scene.contact_name,
        "offered": offer.to.name if offer is not None else "",
        "holder": "you" if owns else scene.contact_name,
        "is_contact": owns and offer is None,
        "told": told(scene),
        "scope_at": scope.due_at if scope is not None and leads_itself else None,
        "reply_at": reply.due_at if reply is not None else None,
        "resolve_at": resolve.due_at if resolve is not None else None,
        "tier_note": "",
        "masked_ending": ending,
        "masked_field": field,
        "masked_told": on_duty.name if on_duty is not None else "",
    }


def _masked(ticket: Ticket) -> tuple[str, str]:
    """Return the last digits of a number that was masked in the form, and in which field."""
    if not ticket.of(MaskedNumbers).masked:
        return "", ""
    _, _, ending = ticket.of(MaskedNumbers).masked[0].rpartition(" ")
    in_summary = f"ending {ending} masked" in ticket.of(Opening).summary
    return ending, "Summary" if in_summary else "What happened"


def told(scene: Scene) -> tuple[Told, ...]:
    """Return who has been told what, and what is still on its way."""
    return tuple(
        line
        for line in (_account(scene), _bridge(scene), *_sponsors(scene), _vendor(scene),
                     *_responders(scene))
        if line is not None
    )  # fmt: skip


def _account(scene: Scene) -> Told | None:
    ticket = scene.ticket
    sent = newest_acknowledgment(ticket) or next(iter(acknowledgments(ticket)), None)
    if ticket.account is None:
        return Told("account", "unset")
    if sent is None:
        waits = (
            ticket.of(Road).route.kind is RouteKind.NONE
            or ticket.of(Opening).noticed_by is NoticedBy.US
        )
        called = _done(scene, StepKind.ACKNOWLEDGE)
        if called is not None:
            return Told("account", "done", scene.account, called)
        # Below Tier 3 no press sends an acknowledgment: *Acknowledge* says inside who has it.
        state = "waiting" if ticket.tier.has_bridge else "untold"
        return Told("account", state, scene.account) if waits else None
    if is_lost(ticket, sent):
        return Told("account", "failed", scene.account)
    state = "done" if sent.taken_at is not None else "sending"
    return Told("account", state, scene.account, sent.taken_at)


def _done(scene: Scene, kind: StepKind) -> datetime | None:
    step = scene.ticket.of(Ladder).step(kind)
    return step.settled_at if step is not None and step.state is StepState.DONE else None


def _bridge(scene: Scene) -> Told | None:
    bridge = scene.ticket.of(BridgeState)
    if not scene.ticket.tier.has_bridge:
        return None
    if not bridge.channel_id:
        return _sent("bridge", False, bridge_key(scene.ticket), scene)
    missing = _uninvited(scene)
    state = "alone" if missing else "done"
    return Told("bridge", state, bridge.channel_name, None, bridge.channel_id, missing)


def _uninvited(scene: Scene) -> str:
    """Return the names of those who could not be invited and are not there by other means."""
    here = {who.key for who in scene.ticket.of(BridgeState).here}
    start = f"{scene.ticket.reference}/invite/"
    refused = (key for key in scene.ticket.of(Deliveries).dead if key.startswith(start))
    people = dict.fromkeys(key.removeprefix(start).partition("/")[0] for key in refused)
    return ", ".join(scene.name(person) for person in people if person not in here)


def _sponsors(scene: Scene) -> list[Told]:
    return [
        _sent(
            "sponsor",
            each.taken_at is not None,
            set_up.dead_brief(scene.ticket, each.who.key),
            scene,
            each.who.name,
        )
        for each in scene.ticket.of(Executives).executives
    ]


def _vendor(scene: Scene) -> Told | None:
    step = scene.ticket.of(Ladder).step(StepKind.VENDOR_TOLD)
    if step is None:
        return None
    return _sent("vendor", step.state is StepState.DONE, set_up.vendor_key(scene.ticket), scene)


def _sent(what: str, done: bool, key: str, scene: Scene, name: str = "") -> Told:
    """Return how a delivery of T+0 stands, and why where it was refused for good."""
    deliveries = scene.ticket.of(Deliveries)
    if done or key not in deliveries.dead:
        return Told(what, "done" if done else "sending", name)
    return Told(what, "failed", name, why=why(deliveries.reason(key)))


def _responders(scene: Scene) -> list[Told]:
    asked = [
        Told("responders", "done", helper.who.name, helper.asked_at)
        for helper in scene.ticket.of(Helpers).helpers
        if helper.duty in ("security", "commander")
    ]
    seats = [
        Told("responders", "done", seat.asked.name, seat.asked_at)
        for seat in scene.ticket.of(Roles).seats
        if seat.role == "commander" and seat.asked is not None
    ]
    return asked + seats
