"""The facts of what is said of the one contact."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from protocols.contact.events import LeftTicket
from protocols.contact.state import Cover
from protocols.ladder.events import StepKind
from templates.clock.facts import due_name, due_next, is_late, next_at
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value


@presents("poc_line")
def poc_line(scene: Scene) -> Facts:
    """Return who is the one contact now."""
    return {**scene.common(), "person": scene.name(scene.param("by"))}


@presents("role_poc")
def role_poc(scene: Scene) -> Facts:
    """Return by when the scope is owed, None when it is confirmed."""
    return {**scene.common(), "scope_at": scene.owed_at(StepKind.SCOPE)}


@presents("poc_offer")
def poc_offer(scene: Scene) -> Facts:
    """Return who asks, and who holds it until then."""
    by = scene.param("by")
    return {
        **scene.common(),
        "offered_by": scene.name(by) if by else scene.manager_name,
        "holder": scene.contact_name,
        **_away(scene),
        "reason": "",
    }


@presents("contact_uncovered")
def contact_uncovered(scene: Scene) -> Facts:
    """Return whose ticket nobody covers, and until when they are away."""
    return {**scene.common(), "holder": scene.contact_name, **_away(scene)}


def _away(scene: Scene) -> Facts:
    cover = scene.ticket.of(Cover)
    return {"is_away": bool(cover.away), "until_at": cover.until_at}


SHOWN_MOST = 15
"""How many tickets a list shows, each with a button of its own."""


@dataclass(frozen=True, slots=True)
class LeftLine(Value):
    """One ticket that is left to another."""

    reference: str
    account: str
    what: str
    due_at: datetime | None
    is_late: bool


def left_line(left: LeftTicket, now: datetime) -> LeftLine:
    """Return a ticket as a list of what is left shows it."""
    is_late = left.due_at is not None and left.due_at <= now
    return LeftLine(left.reference, left.account, left.what, left.due_at, is_late)


def leaving(left: Sequence[LeftTicket], now: datetime) -> Facts:
    """Return the facts of the form in which somebody leaves what they have."""
    return {
        "count": len(left),
        "lines": tuple(left_line(each, now) for each in left[:SHOWN_MOST]),
        "more": max(0, len(left) - SHOWN_MOST),
        "now": now,
    }


@presents("shift_left")
def shift_left(scene: Scene) -> Facts:
    """Return who leaves what."""
    given = scene.params["lines"]
    left = [
        LeftTicket(
            line["reference"],
            line["account"],
            line["what"],
            datetime.fromisoformat(line["due_at"]) if line["due_at"] else None,
        )
        for line in (given if isinstance(given, list | tuple) else ())
    ]
    return {
        **scene.common(),
        **leaving(left, scene.ctx.now),
        "by": scene.name(scene.param("by")),
        "number": scene.param("number"),
        "refs": "|".join(each.reference for each in left),
    }


@presents("poc_offer_silent")
def offer_silent(scene: Scene) -> Facts:
    """Return who has not answered, with whom it stays, and what is due next on it."""
    holder, binds = scene.ticket.poc, due_next(scene)
    return {
        **scene.common(),
        "asked": scene.name(scene.param("asked")),
        "holder": scene.contact_name,
        "is_holder": holder is not None and holder.key == scene.param("person"),
        "due": due_name(binds, scene.ctx.now) if binds is not None else "",
        "due_at": next_at(binds, scene.ctx.now) if binds is not None else None,
        "is_late": is_late(binds, scene.ctx.now),
    }
