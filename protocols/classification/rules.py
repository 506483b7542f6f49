"""A person says which tier a report is; from Tier 3 on its protocol starts. Source: D44."""

from __future__ import annotations

from protocols.account.events import RouteChanged
from protocols.account.rules import is_security, is_security_matter, route_for
from protocols.account.state import Road
from protocols.classification.events import Classify, TicketClassified
from protocols.classification.state import Classification
from protocols.contact.events import PocChanged, PocOffered
from protocols.contact.refusals import NotACsm
from protocols.helpers.calling import call, reviewers
from protocols.holds.rules import legal_hold
from protocols.investigation.events import ExposureConfirmed
from protocols.kernel.changing import fold
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.refusals import AlreadyDone
from protocols.kernel.tables import decides
from protocols.opening.tiering import because
from protocols.rights.guards import need_duty, need_reader, need_status
from protocols.rights.rules import may_act
from protocols.routing.teams import need_category
from protocols.scales import Impact, Signal, Tier
from protocols.status import Status
from protocols.targets.taking import FRONT_LINE
from protocols.ticket import Ticket
from protocols.tiers.events import TierChanged
from protocols.tiers.rules import raised


@decides(Classify)
def classify(ticket: Ticket, command: Classify, ctx: Context) -> tuple[Event, ...]:
    """Decide that a report has a tier, and all that begins with it.

    Raises:
        AlreadyDone: Somebody has classified it.
        NotAllowed: The actor was not asked, is not on it, and has no duty of the front line.
        NotACsm: The contact chosen is not a CSM of the directory.
        NoSuchCategory: The policy has no such category, or no more.
    """
    need_unclassified(ticket, ctx)
    if command.category is not None:
        need_category(command.category, ctx.policy)
    classified = TicketClassified(
        ctx.now,
        ctx.by,
        command.tier,
        command.impacts,
        command.signal,
        command.funds_confirmed,
        command.severity,
        command.category,
        command.summary,
        command.description,
        command.files,
    )
    if command.tier is Tier.ROUTINE:
        return (classified,)
    return (classified, *_starts(fold((classified,), ticket), command, ctx))


def need_unclassified(ticket: Ticket, ctx: Context) -> None:
    """Refuse a press on a report that has its tier, or by who may not say it.

    Raises:
        WrongState: The ticket is not open.
        AlreadyDone: Somebody has classified it.
        NotAllowed: The actor was not asked, is not on it, and has no duty of the front line.
    """
    need_reader(ticket, ctx)
    need_status(ticket, Status.OPEN)
    if ticket.is_classified:
        raise _stands(ticket)
    if not (ticket.of(Classification).was_asked(ctx.by.key) or may_act(ticket, ctx)):
        need_duty(ctx, *FRONT_LINE)


def _stands(ticket: Ticket) -> AlreadyDone:
    state = ticket.of(Classification)
    by = state.settled_by or ticket.opened_by
    return AlreadyDone(person=by.name, done_at=state.settled_at or ticket.opened_at)


def _starts(ticket: Ticket, command: Classify, ctx: Context) -> tuple[Event, ...]:
    """Return the tier, who faces the account, the road of a security matter, and the protocol."""
    reason = because(command.impacts, command.signal) or "as classified"
    before: list[Event] = []
    if command.tier.has_bridge:
        before += _contact(ticket, command, ctx)
    road = route_for(ctx, ticket.account, security=True)
    is_moved = is_security_matter(ticket) and road != ticket.of(Road).route
    if is_moved:
        before.append(RouteChanged(ctx.now, ctx.by, road))
    changed = TierChanged(ctx.now, ctx.by, ticket.tier, command.tier, reason)
    moved = fold(before, ticket)
    protocol = raised(moved, command.tier, ctx, is_moved=is_moved)
    return (*before, changed, *protocol, *_asked_by_the_matter(ticket, command, ctx))


def _contact(ticket: Ticket, command: Classify, ctx: Context) -> list[Event]:
    """Return who is the one contact now, and who is asked to take it over. Source: S39, D23."""
    events: list[Event] = []
    if ticket.poc is None:
        events.append(PocChanged(ctx.now, ctx.by, ctx.staff, None))
    chosen = command.poc
    if chosen is None or ctx.is_actor(chosen):
        return events
    if ctx.has_rota and not ctx.holds(chosen, "csm"):
        raise NotACsm(person=ctx.who(chosen).name)
    return [*events, PocOffered(ctx.now, ctx.by, ctx.who(chosen))]


def _asked_by_the_matter(ticket: Ticket, command: Classify, ctx: Context) -> list[Event]:
    """Return whom the matter itself calls, as its opening would. Source: S32, S41, D16."""
    events: list[Event] = []
    if command.funds_confirmed and Impact.FUNDS_MOVED_WRONGLY in command.impacts:
        events += [ExposureConfirmed(ctx.now, ctx.by), *reviewers(ctx, ticket)]
    if command.signal is Signal.LEGAL_THREAT:
        events += [*call(("legal",), ctx, ticket), *legal_hold(1, ctx)]
    is_called = command.tier is Tier.SYSTEMIC
    if is_security(command.impacts, command.signal) and not is_called:
        events += call(("security",), ctx, ticket)
    return events
