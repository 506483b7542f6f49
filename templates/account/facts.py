"""The facts of the road to the account."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from protocols.account.state import Road
from protocols.people.people import Contact
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value


@presents("security_route")
def security_route(scene: Scene) -> Facts:
    """Return who at the account hears of a security matter, and by which road."""
    return {
        **scene.common(),
        "security_to": scene.mailed_to,
        "no_route": scene.has_no_route,
        "has_channel": bool(scene.ticket.of(Road).thread_channel),
    }


@presents("road_lost")
def road_lost(scene: Scene) -> Facts:
    """Return by which road the account is written to from now on."""
    return {
        **scene.common(),
        "error": scene.param("error"),
        "no_route": scene.has_no_route,
        "mail_contact": scene.mailed_to,
    }


@dataclass(frozen=True, slots=True)
class MissedLine(Value):
    """Whom at an account a mail did not reach, and why."""

    who: str
    why: str


def missed_lines(
    params: Mapping[str, object], contacts: tuple[Contact, ...]
) -> tuple[MissedLine, ...]:
    """Return each address that a mail did not reach, with whose it is, their phone, and why."""
    known = {contact.email: contact for contact in contacts}
    pairs = params.get("missed")
    found = []
    for address, why in pairs if isinstance(pairs, list) else ():
        whose = known.get(address) or Contact("")
        who = ", ".join(part for part in (whose.name, address, whose.phone) if part)
        found.append(MissedLine(who, why))
    return tuple(found)
