"""How far a ladder is: its steps as lines, what is late, what comes next, whose."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import datetime

from protocols.account.state import Road
from protocols.executives.state import Executives
from protocols.helpers.calling import LEAD_DUTIES
from protocols.helpers.state import Helpers
from protocols.kernel.context import Context
from protocols.ladder import lateness
from protocols.ladder.events import Step, StepKind, StepState
from protocols.ladder.rules import ACTIVATION, INVESTIGATION, acknowledged_by_bot, is_set_up
from protocols.ladder.state import Ladder
from protocols.opening.events import Opening
from protocols.people.people import Role
from protocols.promises.state import Promises
from protocols.roles.state import Roles
from protocols.scales import Tier
from protocols.ticket import Ticket
from protocols.updates.checking import COUNTED
from templates.kit.scene import Facts, Scene
from templates.ladder.lines import StepLine

WINDOWS = frozenset(ACTIVATION + INVESTIGATION)
RESULTS = frozenset({StepKind.BLAST_RADIUS, StepKind.RECORDS_ISOLATED})
"""Steps whose note is a result that everyone on the card should see."""
_BY_MANAGER = frozenset(
    {StepKind.CALL_RUNNING, StepKind.LEADS_HERE, StepKind.ROLES_TAKEN, StepKind.REVIEWERS_HERE}
)
_FIRST_AMONG_EQUALS = (StepKind.CALL_RUNNING,)


def shown(ticket: Ticket) -> tuple[Step, ...]:
    """Return the steps worth showing: a superseded one not, when it is owed again."""
    again = {
        step.kind for step in ticket.of(Ladder).steps if step.state is not StepState.SUPERSEDED
    }
    return tuple(
        step
        for step in ticket.of(Ladder).steps
        if step.state is not StepState.SUPERSEDED or step.kind not in again
    )


def lines(scene: Scene) -> tuple[StepLine, ...]:
    """Return the ladder as the card shows it, without what other lines of the card say."""
    return tuple(
        _line(scene, step) for step in shown(scene.ticket) if not _is_said_below(scene, step)
    )


def _is_said_below(scene: Scene, step: Step) -> bool:
    """The reviewers asked, and in Tier 4 the promise still owed, have lines of their own."""
    if step.state is not StepState.OWED or step.due_at <= scene.ctx.now:
        return False
    if step.kind is StepKind.REVIEWERS_HERE:
        return True
    promised = scene.ticket.of(Promises).promise is not None and scene.ticket.tier is Tier.SYSTEMIC
    return promised and step.kind is StepKind.FIRST_UPDATE


def _line(scene: Scene, step: Step) -> StepLine:
    note = step.note if step.state is StepState.WAIVED or step.kind in RESULTS else ""
    by = owner(scene, step.kind)
    if step.state is StepState.OWED:
        note, by = missing(scene, step.kind), "" if step.kind is StepKind.STATUS_PAGE else by
    elif step.kind is not StepKind.ONE_CONTACT and step.kind not in _NAMED_WHEN_DONE:
        by = step.settled_by.name if step.settled_by is not None else ""
    opens_at = step.opens_at if step.kind in WINDOWS else None
    late = lateness.minutes_late(step, scene.ctx.policy.lateness.grace)
    return StepLine(
        step.kind.value, step.state.value, opens_at, step.due_at, step.settled_at, by, note, late
    )


_NAMED_WHEN_DONE = frozenset({StepKind.SPONSOR_TOLD, StepKind.COMMANDER})


def owner(scene: Scene, kind: StepKind) -> str:
    """Return the name of who owes a step; empty for what the bot does itself."""
    ticket = scene.ticket
    if kind is StepKind.SPONSOR_TOLD:
        return next((executive.who.name for executive in ticket.of(Executives).executives), "")
    if is_set_up(kind) and kind is not StepKind.ONE_CONTACT:
        return ""
    if kind in _BY_MANAGER:
        return scene.manager_name
    if kind in (StepKind.COMMANDER, StepKind.OUTREACH, StepKind.STATUS_PAGE):
        return _commander(scene)
    roles = {**dict.fromkeys(INVESTIGATION, Role.INVESTIGATOR),
             StepKind.FIRST_UPDATE: Role.COMMUNICATOR}  # fmt: skip
    role = roles.get(kind)
    waits = scene.waiting
    if kind is StepKind.FIRST_UPDATE and waits is not None and waits.kind in COUNTED:
        return scene.can_release(waits) or scene.manager_name
    holder = scene.holder(role) if role is not None else None
    return holder.name if holder is not None else scene.contact_name


def _commander(scene: Scene) -> str:
    seat = scene.ticket.of(Roles).seat(Role.COMMANDER)
    who = (seat.holder or seat.asked) if seat is not None else None
    return who.name if who is not None else scene.manager_name


def missing(scene: Scene, kind: StepKind) -> str:
    """Return who or what a step of the activation still waits for; empty for other steps."""
    if kind is StepKind.LEADS_HERE:
        return ", ".join(_absent(scene, LEAD_DUTIES))
    if kind is StepKind.REVIEWERS_HERE:
        return ", ".join(_absent(scene, ("legal", "compliance", "finance")))
    if kind is StepKind.ROLES_TAKEN:
        vacant = (s.role for s in scene.ticket.of(Roles).seats if s.holder is None)
        return ", ".join(role.label for role in vacant if role is not Role.COMMANDER)
    return ""


def _absent(scene: Scene, duties: tuple[str, ...]) -> list[str]:
    called = (helper for helper in scene.ticket.of(Helpers).helpers if helper.duty in duties)
    return [helper.who.name for helper in called if helper.here_at is None]


@dataclass(frozen=True, slots=True)
class Pressing:
    """What is late, or what is next: a step's key, its time, and whose it is."""

    kind: str
    at: datetime
    by: str


def late(scene: Scene) -> Pressing | None:
    """Return what is late and matters most: words for the account first, then the oldest."""
    now = scene.ctx.now
    owed = [
        s for s in scene.ticket.of(Ladder).steps if s.state is StepState.OWED and s.due_at <= now
    ]
    first = next((step for step in owed if step.kind is StepKind.FIRST_UPDATE), None)
    if first is not None:
        return _pressing(scene, first)
    update = _late_update(scene)
    if update is not None:
        return update
    return _pressing(scene, min(owed, key=lambda step: step.due_at)) if owed else None


def _late_update(scene: Scene) -> Pressing | None:
    """A promise that passed counts as late until words follow or another promise binds."""
    promise = scene.ticket.of(Promises).promise
    if promise is not None:
        is_late = promise.at <= scene.ctx.now
    else:
        promise = next(reversed(scene.ticket.of(Promises).promises), None)
        is_late = promise is not None and promise.lapsed
    if promise is None or not is_late or not scene.ticket.is_live:
        return None
    return Pressing("update", promise.at, owner(scene, StepKind.FIRST_UPDATE))


def upcoming(scene: Scene) -> Pressing | None:
    """Return the earliest step that a person owes, None when nothing is owed."""
    owed = [
        s
        for s in scene.ticket.of(Ladder).steps
        if s.state is StepState.OWED and _is_for_people(s, scene)
    ]
    if not owed:
        return None
    return _pressing(scene, min(owed, key=_order))


def _order(step: Step) -> tuple[datetime, bool]:
    return step.due_at, step.kind not in _FIRST_AMONG_EQUALS


def _is_for_people(step: Step, scene: Scene) -> bool:
    if step.kind is StepKind.ACKNOWLEDGE:
        ticket = scene.ticket
        return not acknowledged_by_bot(ticket.of(Opening).noticed_by, ticket.of(Road).route)
    return not is_set_up(step.kind) and step.kind is not StepKind.RCA


def _pressing(scene: Scene, step: Step) -> Pressing:
    return Pressing(step.kind.value, step.due_at, owner(scene, step.kind))


def counts(ticket: Ticket, ctx: Context) -> Facts:
    """Return how many steps were on time, late, waived or lost."""
    tally = lateness.tally(shown(ticket), ctx.now, ctx.policy.lateness.grace)
    return {f"steps_{name}": count for name, count in asdict(tally).items()}
