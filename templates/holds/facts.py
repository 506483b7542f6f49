"""The facts of holds: on the card, in the bridge, to whoever can stop payments.

Source: words, 4.3; S48, D17.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.holds.rules import CLEARING_DUTIES
from protocols.holds.state import Hold, Holds, HoldState
from protocols.kernel.context import Context
from protocols.people.directory import Person
from protocols.people.duties import PAYMENTS
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value


@dataclass(frozen=True, slots=True)
class HoldLine(Value):
    """One hold as the card shows it; ``kind`` is ``transaction``, ``disclosure``, ``retention``."""

    number: int
    kind: str
    state: str
    asked_by: str
    asked_at: datetime
    stopped_by: str = ""
    stopped_at: datetime | None = None
    cleared_by: str = ""
    cleared_at: datetime | None = None
    reason: str = ""
    phone: str = ""
    stopper: str = ""
    stopper_at: datetime | None = None


def holds(scene: Scene) -> tuple[HoldLine, ...]:
    """Return the holds, with whom to call while one is only asked."""
    return tuple(_line(scene, hold) for hold in scene.ticket.of(Holds).holds)


def _line(scene: Scene, hold: Hold) -> HoldLine:
    waits = hold.state is HoldState.ASKED
    called = to_call(scene.ctx, hold) if waits else None
    return HoldLine(
        number=hold.number,
        kind=hold.kind.value,
        state=hold.state.value,
        asked_by=hold.asked_by.name,
        asked_at=hold.asked_at,
        stopped_by=hold.stopped_by,
        stopped_at=hold.stopped_at,
        cleared_by=hold.cleared_by.name if hold.cleared_by is not None else "",
        cleared_at=hold.cleared_at,
        reason=hold.reason,
        phone=called.phone if called is not None else "",
        stopper=hold.stopper.name if waits and hold.stopper is not None else "",
        stopper_at=hold.stopper_asked_at if waits else None,
    )


def to_call(ctx: Context, hold: Hold | None = None) -> Person | None:
    """Return whom to call for a stop: who is asked, else on duty, else anyone with the duty."""
    if hold is not None and hold.stopper is not None:
        return ctx.directory.person(hold.stopper.key)
    on_duty = ctx.first_on_duty(PAYMENTS)
    if on_duty is not None:
        return ctx.directory.person(on_duty.key)
    return next(iter(ctx.directory.holders(PAYMENTS)), None)


def _hold(scene: Scene) -> Hold:
    return next(
        hold for hold in scene.ticket.of(Holds).holds if hold.number == scene.number("hold")
    )


@presents("hold_line")
def hold_line(scene: Scene) -> Facts:
    """Return which of its three words a hold has now, by whom and when."""
    hold, word = _hold(scene), scene.param("word")
    ats = {"asked": hold.asked_at, "stopped": hold.stopped_at, "cleared": hold.cleared_at}
    by = hold.stopped_by if word == "stopped" else scene.name(scene.param("by"))
    return {
        **scene.common(),
        "kind": hold.kind.value,
        "state": word,
        "person": by,
        "at": ats[word] or scene.ctx.now,
    }


@presents("stop_ask", "page_stop")
def stop_ask(scene: Scene) -> Facts:
    """Return which account's payments are to be stopped, who asked, why, and by when to answer."""
    hold = _hold(scene)
    asked_at = hold.stopper_asked_at or scene.ctx.now
    answer_at = asked_at + scene.ctx.policy.holds.answer_within
    return {
        **scene.common(),
        "number": hold.number,
        "asked_by": hold.asked_by.name,
        "asked_at": hold.asked_at,
        "reason": hold.reason,
        "answer_at": answer_at,
        "due_at": answer_at,
        "has_bridge": scene.ticket.tier.has_bridge,
    }


@presents("stop_settled")
def stop_settled(scene: Scene) -> Facts:
    """Return what became of a hold, for one who was asked to stop payments."""
    hold = _hold(scene)
    is_cleared = hold.state is HoldState.CLEARED
    cleared_by = hold.cleared_by.name if hold.cleared_by is not None else ""
    return {
        **scene.common(),
        "state": hold.state.value,
        "person": cleared_by if is_cleared else hold.stopped_by,
        "at": (hold.cleared_at if is_cleared else hold.stopped_at) or scene.ctx.now,
    }


@presents("stop_unanswered", "stop_rota_end")
def stop_open(scene: Scene) -> Facts:
    """Return who was silent, who is asked now, and whom the CS manager can call."""
    hold = _hold(scene)
    called = to_call(scene.ctx, hold)
    return {
        **scene.common(),
        "number": hold.number,
        "silent": scene.name(scene.param("silent")) if scene.param("silent") else "",
        "asked": scene.name(scene.param("asked")) if scene.param("asked") else "",
        "asked_by": hold.asked_by.name,
        "asked_at": hold.asked_at,
        "minutes": int(scene.ctx.policy.holds.answer_within.total_seconds() // 60),
        "person": called.name if called is not None else "",
        "phone": called.phone if called is not None else "",
        "nobody_answered": bool(hold.tried),
    }


@presents("hold_still")
def hold_still(scene: Scene) -> Facts:
    """Return which hold is still in force, who placed it, why, and who may clear it."""
    hold = _hold(scene)
    duties = CLEARING_DUTIES[hold.kind]
    may = (who for who in scene.ctx.on_duty(*duties) if who.key != hold.asked_by.key)
    return {
        **scene.common(),
        "kind": hold.kind.value,
        "number": hold.number,
        "asked_by": hold.asked_by.name,
        "asked_at": hold.asked_at,
        "is_confirmed": hold.state is not HoldState.ASKED,
        "reason": hold.reason,
        "clearers": ", ".join(who.name for who in may),
        "again_at": hold.until_at,
    }
