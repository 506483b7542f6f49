"""The facts of who is gone, and of the channel that is there again."""

from __future__ import annotations

from dataclasses import dataclass

from protocols.account.state import Road
from protocols.engineering.state import Loop
from protocols.executives.state import Executives
from protocols.helpers.state import Helpers
from protocols.holds.state import Holds
from protocols.people.people import Role
from protocols.roles.state import Roles
from protocols.updates.state import Updates
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value
from templates.losses.words import part_title


@dataclass(frozen=True, slots=True)
class PartLine(Value):
    """A part that somebody had: who has it now, or is asked for it; empty for nobody."""

    title: str
    has: str = ""
    asked: str = ""


@presents("person_gone")
def person_gone(scene: Scene) -> Facts:
    """Return who is gone, and what became of each of their parts."""
    parts = scene.params.get("parts")
    named = [str(part) for part in parts] if isinstance(parts, list) else []
    return {
        **scene.common(),
        "person": scene.param("gone"),
        "parts": tuple(_line(scene, part) for part in named),
    }


def _line(scene: Scene, part: str) -> PartLine:
    has, asked = _now(scene, part)
    return PartLine(part_title(part), has, asked)


def _now(scene: Scene, part: str) -> tuple[str, str]:
    ticket = scene.ticket
    if part == "contact":
        return (ticket.poc.name if ticket.poc is not None else "", "")
    if part in {role.value for role in Role}:
        seat = ticket.of(Roles).seat(Role(part))
        found = (seat.holder, seat.asked) if seat is not None else (None, None)
        return _name(found[0]), _name(found[1])
    if part == "engineering":
        return "", _name(ticket.of(Loop).asked)
    if part == "payments-operations":
        holds = ticket.of(Holds).holds
        return "", next((_name(hold.stopper) for hold in holds if hold.stopper), "")
    if part == "release":
        waiting = ticket.of(Updates).waiting_drafts()
        return "", next((_name(draft.asked_of) for draft in waiting if draft.asked_of), "")
    if part == "executive":
        told = ticket.of(Executives)
        last = told.executives[-1] if told.executives and told.nobody_at is None else None
        return _name(last.who) if last is not None else "", ""
    called = [helper for helper in ticket.of(Helpers).helpers if helper.duty == part]
    return "", _name(called[-1].who) if called else ""


def _name(who: object) -> str:
    return str(getattr(who, "name", ""))


@presents("road_found")
def road_found(scene: Scene) -> Facts:
    """Return the channel that the account's words go to."""
    return {**scene.common(), "channel": scene.ticket.of(Road).route.channel_name}


@presents("bridge_lost")
def bridge_lost(scene: Scene) -> Facts:
    """Return how the bridge was lost."""
    return {**scene.common(), "why": scene.param("why")}


@presents("bridge_back")
def bridge_back(scene: Scene) -> Facts:
    """Return whose bridge is open again."""
    return scene.common()


@presents("card_gone")
def card_gone(scene: Scene) -> Facts:
    """Return what of the card was taken away."""
    return {"ref": scene.ticket.reference, "why": scene.param("why")}


@presents("you_left")
def you_left(scene: Scene) -> Facts:
    """Return which seats are theirs still."""
    return {**scene.common(), "roles": _roles(scene)}


@presents("holder_left")
def holder_left(scene: Scene) -> Facts:
    """Return who left with which seats."""
    key = scene.param("left")
    named = {"person": scene.name(key), "person_key": key}
    return {**scene.common(), **named, "roles": _roles(scene)}


def _roles(scene: Scene) -> str:
    roles = scene.params.get("roles")
    return ", ".join(part_title(str(each)) for each in roles) if isinstance(roles, list) else ""
