"""Who is on a bridge as the card shows it: people, roles, vacancies."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from protocols.clock.state import PassedPoints
from protocols.contact.state import HandOver
from protocols.helpers.calling import LEAD_DUTIES
from protocols.helpers.state import Helper, Helpers
from protocols.ladder.events import StepKind
from protocols.ladder.state import Ladder
from protocols.people.people import Role, Who
from protocols.roles.state import Roles, Seat
from protocols.updates.events import DraftKind, DraftState
from protocols.updates.state import Updates
from templates.kit.scene import Scene
from templates.kit.values import Value


@dataclass(frozen=True, slots=True)
class SeatLine(Value):
    """One person or vacancy among the card's fields.

    Attributes:
        role: ``contact``, ``at_account``, ``engineering-lead``, ``cs-manager``, ``investigator``,
            ``communicator``, ``scribe``, ``commander``, ``security``, ``legal``, ``compliance``,
            ``finance``, ``also_here``, ``status_page``.
        state: ``open``, ``holds`` (no mark, no time), ``told``, ``asked``, ``asked_again``,
            ``here``, ``on_it``, ``taken``, ``unanswered``.
        name: Who; empty while open.
        at: Since when.
        note: Words after it: a phone number, who did not answer.
    """

    role: str
    state: str
    name: str = ""
    at: datetime | None = None
    note: str = ""

    @property
    def mark(self) -> str:
        """Return the sign before the name."""
        return _SAID.get(self.state, ("", ""))[0]

    @property
    def word(self) -> str:
        """Return what stands between the name and the time; empty where no time is said."""
        return _SAID.get(self.state, ("", ""))[1]


_SAID = {
    "told": ("", "told"),
    "asked": ("▶ ", "asked"),
    "asked_again": ("▶ ", "asked again"),
    "here": ("✅ ", "here"),
    "on_it": ("✅ ", "on it"),
    "taken": ("✅ ", "taken"),
}
"""By state the sign before a name and the word after it."""
_THERE = frozenset(("holds", "here", "on_it", "taken"))
MOST_FIELDS = 9
"""A section holds ten fields, and one of them is how many are here."""


def seats(scene: Scene) -> tuple[SeatLine, ...]:
    """Return the card's people, in the order of its fields."""
    made = _tier4(scene) if scene.ticket.tier == 4 else _tier3(scene)
    return tuple(made[:MOST_FIELDS])


def are_settled(lines: tuple[SeatLine, ...]) -> bool:
    """Say whether everybody is there and nobody is asked for anything: then it can be folded."""
    return all(
        line.state in _THERE and not (line.role == "contact" and line.note) for line in lines
    )


def _tier3(scene: Scene) -> list[SeatLine]:
    roles = [_role(scene, seat) for seat in scene.ticket.of(Roles).seats]
    contact = _contact(scene)
    if _is_complete(scene):
        held = [SeatLine(seat.role, "holds", seat.name) for seat in roles]
        return [contact, *held, *_also_here(scene, besides=())]
    leads = [_lead(scene, duty) for duty in LEAD_DUTIES]
    others = _also_here(scene, besides=LEAD_DUTIES)
    return [contact, *_at_account(scene), *leads, *roles, *others]


def _is_complete(scene: Scene) -> bool:
    """Once everybody came, who answered when is history: the card says only who holds what."""
    owed = any(
        scene.ticket.of(Ladder).owes(kind) for kind in (StepKind.LEADS_HERE, StepKind.ROLES_TAKEN)
    )
    return not owed and all(seat.holder is not None for seat in scene.ticket.of(Roles).seats)


def _contact(scene: Scene) -> SeatLine:
    offer = scene.ticket.of(HandOver).poc_offer
    note = f"{offer.to.name} is asked to take over" if offer is not None else ""
    return SeatLine("contact", "holds", scene.contact_name, note=note)


def _at_account(scene: Scene) -> list[SeatLine]:
    contacts = scene.ticket.account.contacts if scene.ticket.account is not None else ()
    return [SeatLine("at_account", "holds", each.name, note=each.phone) for each in contacts[:1]]


def _lead(scene: Scene, duty: str) -> SeatLine:
    helper = scene.helper(duty)
    return SeatLine(duty, "open") if helper is None else _called(scene, helper, first="told")


def _called(scene: Scene, helper: Helper, *, first: str) -> SeatLine:
    name = helper.who.name
    if helper.here_at is not None:
        came = any(who.key == helper.who.key for who in scene.here)
        return SeatLine(helper.duty, "here" if came else "on_it", name, helper.here_at)
    if helper.asked_again_at is not None:
        return SeatLine(helper.duty, "asked_again", name, helper.asked_again_at)
    return SeatLine(helper.duty, first, name, helper.asked_at)


def _role(scene: Scene, seat: Seat) -> SeatLine:
    role = seat.role.value
    if seat.holder is not None:
        return SeatLine(role, "taken", seat.holder.name, seat.taken_at, _asked_to_take_over(seat))
    if seat.asked is not None:
        return SeatLine(role, "asked", seat.asked.name, seat.asked_at, _tried(scene, seat))
    if seat.exhausted:
        return SeatLine(role, "unanswered", note=_unable(scene, seat))
    return SeatLine(role, "open", note=_tried(scene, seat))


def _asked_to_take_over(seat: Seat) -> str:
    return f"{seat.asked.name} is asked to take over" if seat.asked is not None else ""


def _tried(scene: Scene, seat: Seat) -> str:
    """Say who did not answer, and who could not: these are different things to read of oneself."""
    silent = [key for key in _earlier(seat) if _lapsed(scene, seat.role, key)]
    names = ", ".join(scene.name(key) for key in silent)
    said = (f"{names} did not answer" if names else "", _unable(scene, seat))
    return "; ".join(words for words in said if words)


def _unable(scene: Scene, seat: Seat) -> str:
    unable = [key for key in _earlier(seat) if not _lapsed(scene, seat.role, key)]
    return f"{', '.join(scene.name(key) for key in unable)} cannot" if unable else ""


def _earlier(seat: Seat) -> list[str]:
    asked = seat.asked.key if seat.asked is not None else ""
    return [key for key in dict.fromkeys(seat.tried) if key != asked]


def _lapsed(scene: Scene, role: Role, key: str) -> bool:
    return any(
        passed.startswith(f"role:{role}:{key}:") for passed in scene.ticket.of(PassedPoints).passed
    )


def _also_here(scene: Scene, *, besides: tuple[str, ...]) -> list[SeatLine]:
    shown = {
        helper.who.key for helper in scene.ticket.of(Helpers).helpers if helper.duty in besides
    }
    shown |= {seat.holder.key for seat in scene.ticket.of(Roles).seats if seat.holder is not None}
    shown |= {scene.contact.key} if scene.contact is not None else set()
    names = [_name_here(scene, who) for who in scene.here if who.key not in shown]
    return [SeatLine("also_here", "holds", ", ".join(names))] if names else []


def _name_here(scene: Scene, who: Who) -> str:
    """Return a name with the mark of who reads along without being one of us. Source: D29."""
    is_known = not scene.ctx.members or scene.ctx.is_ours(who.key)
    return who.name if is_known else f"{who.name} (not one of us)"


def _tier4(scene: Scene) -> list[SeatLine]:
    roles = {seat.role: _role(scene, seat) for seat in scene.ticket.of(Roles).seats}
    first = roles.pop(Role.COMMANDER, SeatLine("commander", "open"))
    liaison = f"{scene.contact_name}. Customer only; does not investigate"
    security = scene.helper("security")
    asked = [_called(scene, security, first="asked")] if security is not None else []
    return [
        first,
        SeatLine("liaison", "holds", liaison),
        *roles.values(),
        *asked,
        SeatLine("status_page", "holds", _status_page(scene)),
        *_also_here(scene, besides=("security",)),
    ]


def _status_page(scene: Scene) -> str:
    texts = [
        draft for draft in scene.ticket.of(Updates).drafts if draft.kind is DraftKind.STATUS_PAGE
    ]
    if any(draft.state is DraftState.DELIVERED for draft in texts):
        return "on"
    if any(draft.state is DraftState.REVIEW for draft in texts):
        return "▶ text ready, waits for release"
    if any(draft.state is DraftState.RELEASED for draft in texts):
        return "▶ text released, not on the page yet"
    return "no text yet"
