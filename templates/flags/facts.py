"""The facts of a complaint and of a dispute of the contract."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.flags.events import Flag
from protocols.flags.state import Flagged, Flags
from protocols.ticket import Ticket
from templates.flags.words import IS, WHOSE
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value


@dataclass(frozen=True, slots=True)
class FlagLine(Value):
    """One that is set, as the ticket shows it."""

    what: str
    by: str
    since_at: datetime
    reason: str
    taken_by: str
    asked: str


def flag_lines(ticket: Ticket) -> tuple[FlagLine, ...]:
    """Return what the matter is beside its category, and who has it."""
    return tuple(map(_line, ticket.of(Flags).flagged))


def _line(one: Flagged) -> FlagLine:
    taken = one.taken_by.name if one.taken_by is not None else ""
    asked = ", ".join(who.name for who in one.asked)
    return FlagLine(IS[one.flag], one.by.name, one.since_at, one.reason, taken, asked)


@presents("flag_ask")
def flag_ask(scene: Scene) -> Facts:
    """Return what it is said to be, by whom and why."""
    flag = Flag(scene.param("flag"))
    found = scene.ticket.of(Flags).get(flag)
    return {
        **scene.common(),
        "flag": flag.value,
        "what": IS[flag],
        "by": found.by.name if found is not None else "",
        "since_at": found.since_at if found is not None else scene.ctx.now,
        "reason": found.reason if found is not None else "",
        "owner": scene.ticket.poc.name if scene.ticket.poc is not None else "",
    }


@presents("flag_proposed")
def flag_proposed(scene: Scene) -> Facts:
    """Return what it may be, and the words that may say so."""
    flag, number = Flag(scene.param("flag")), scene.number("number")
    found = scene.ticket.of(Flags).proposal(number)
    return {
        **scene.common(),
        "number": number,
        "what": IS[flag],
        "whose": WHOSE[flag],
        "said": found.said if found is not None else "",
        "again": bool(scene.param("again")),
    }


@presents("flag_told")
def flag_told(scene: Scene) -> Facts:
    """Return who said that it is one, or none after all."""
    return {
        **scene.common(),
        "what": IS[Flag(scene.param("flag"))],
        "by": scene.name(scene.param("by")),
        "reason": scene.param("reason"),
        "is_set": bool(scene.param("is_set")),
    }
