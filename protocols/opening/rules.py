"""Opening a ticket: its account, its contact, and all that begins at once.

Source: S1-S3, S15-S18, S36-S41, S178; D6, D16, D23, D27.
"""

from __future__ import annotations

from protocols.account.events import AccountCard
from protocols.account.rules import account_card, executive_for, is_security, route_for
from protocols.contact.events import PocOffered
from protocols.contact.refusals import NotACsm
from protocols.contact.rules import preset_contact
from protocols.executives.rules import outside_the_bridge
from protocols.fixed_texts.rules import acknowledgment
from protocols.helpers.calling import call, heads_up, reviewers
from protocols.holds.rules import legal_hold
from protocols.investigation.events import ExposureConfirmed
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.kernel.tables import opens
from protocols.ladder import rules as ladder
from protocols.ladder.events import LadderStarted, StepKind, StepSettled, StepState
from protocols.opening.events import Opening, OpenTicket, TicketOpened
from protocols.opening.refusals import AlreadyOpen, SecondCritical
from protocols.opening.tiering import tier_of
from protocols.outreach.events import ImpactedNamed
from protocols.people.people import Staff, Standing
from protocols.promises.rules import first_update_after
from protocols.relations.events import OpenBeside
from protocols.rights.guards import need_staff
from protocols.roles.asking import ask_incident_response
from protocols.routing.teams import Matter, need_category, routed, team_calendar
from protocols.scales import Impact, NoticedBy, Signal, Tier
from protocols.words.normal_form import normal


@opens(OpenTicket)
def open_ticket(command: OpenTicket, ctx: Context) -> tuple[Event, ...]:
    """Decide the opening of a ticket.

    Raises:
        Outside: The opener is not one of us.
        NoSuchCategory: The policy has no such category, or no more.
        NotACsm: The contact chosen is not a CSM of the directory.
        AlreadyOpen: The same person opened the same words a moment ago.
        SecondCritical: The account has a young Tier 3 or 4 ticket, and nobody said it is another.
    """
    need_staff(ctx)
    need_category(command.category, ctx.policy)
    tier = tier_of(command.impacts, command.signal)
    _refuse_repetition(command, tier, ctx)
    account = _account(command, ctx)
    security = is_security(command.impacts, command.signal)
    route = route_for(ctx, account, security=security)
    poc, offered = _point_of_contact(command, account, ctx)
    opening = _opening(command)
    to = routed(ctx.policy, Matter(command.category, command.severity, account))
    opened = TicketOpened(
        ctx.now,
        ctx.by,
        command.reference,
        command.team_id,
        ctx.policy.version,
        opening,
        account,
        route,
        tier,
        poc,
        ctx.drill,
        watched=True,
        team=to.team,
        routed_by=to.why,
        calendar=team_calendar(to.team, ctx.policy),
    )
    events: list[Event] = [opened]
    if offered is not None:
        events.append(PocOffered(ctx.now, ctx.by, offered))
    if tier.has_bridge:
        events += _start_protocol(opened, ctx)
    elif command.noticed_by is NoticedBy.ACCOUNT:
        events += acknowledgment(command.reference, route, None, ctx)
    return tuple(events)


def _plain(summary: str) -> str:
    return normal(summary).casefold()


def _refuse_repetition(command: OpenTicket, tier: Tier, ctx: Context) -> None:
    for other in ctx.known(OpenBeside).tickets:
        age = ctx.now - other.opened_at
        same_words = _plain(other.summary) == _plain(command.summary)
        same_person = other.opened_by == ctx.by.key
        if same_words and same_person and age < ctx.policy.intake.same_words_window:
            raise AlreadyOpen(
                reference=other.reference,
                account=command.account_key or "",
                seconds=int(age.total_seconds()),
            )
        young = age < ctx.policy.intake.second_critical_window
        if tier.has_bridge and other.tier.has_bridge and young and not command.another_problem:
            raise SecondCritical(
                reference=other.reference,
                tier=int(other.tier),
                minutes=int(age.total_seconds() // 60),
                poc=other.poc_name,
            )


def _account(command: OpenTicket, ctx: Context) -> AccountCard | None:
    if command.account_key is None:
        return None
    account = ctx.directory.account(command.account_key)
    return None if account is None else account_card(account)


def _opening(command: OpenTicket) -> Opening:
    return Opening(
        summary=command.summary,
        description=command.description,
        impacts=command.impacts,
        signal=command.signal,
        funds_confirmed=command.funds_confirmed,
        noticed_by=command.noticed_by,
        severity=command.severity,
        category=command.category,
        source=command.source,
        source_link=command.source_link,
        files=command.files,
    )


def _point_of_contact(
    command: OpenTicket, account: AccountCard | None, ctx: Context
) -> tuple[Staff | None, Staff | None]:
    """Return who is the contact now, and who is asked to take it over. Source: S39, D23."""
    chosen = command.poc or preset_contact(account, ctx.actor, ctx)
    opener = None if ctx.actor.standing is Standing.MACHINE else ctx.staff
    if chosen is None or chosen == ctx.by.key:
        return opener, None
    if ctx.has_rota and not ctx.holds(chosen, "csm"):
        raise NotACsm(person=ctx.who(chosen).name)
    if opener is None:
        return ctx.who(chosen), None
    return opener, ctx.who(chosen)


def _start_protocol(opened: TicketOpened, ctx: Context) -> list[Event]:
    tier, opening = opened.tier, opened.opening
    steps = ladder.planned(
        tier,
        ctx.policy,
        anchor_at=ctx.now,
        run=1,
        noticed_by=opening.noticed_by,
        account=opened.account,
        route=opened.route,
        executive=executive_for(opened.account, ctx),
    )
    events: list[Event] = [
        LadderStarted(ctx.now, ctx.by, tier, 1, ctx.now, steps, ladder.roles_of(tier)),
        StepSettled(ctx.now, ctx.by, StepKind.ONE_CONTACT, 1, StepState.DONE),
    ]
    if ladder.acknowledged_by_bot(opening.noticed_by, opened.route):
        promised_at = ctx.now + first_update_after(ctx.policy, tier)
        events += acknowledgment(opened.reference, opened.route, promised_at, ctx)
    events += heads_up(ctx, signal=opening.signal)
    events += outside_the_bridge(opened.account, tier, ctx)
    events += _confirmed_exposure(opening, ctx)
    if opening.signal is Signal.LEGAL_THREAT:
        events += call(("legal",), ctx)
        events += legal_hold(1, ctx)
    if tier is Tier.SYSTEMIC or is_security(opening.impacts, opening.signal):
        events += call(("security",), ctx)
    if tier is Tier.SYSTEMIC:
        events += ask_incident_response(ctx)
        if opened.account is not None:
            events.append(ImpactedNamed(ctx.now, ctx.by, (opened.account.key,)))
    return events


def _confirmed_exposure(opening: Opening, ctx: Context) -> list[Event]:
    """Ticking a confirmed funds movement is itself the confirmation. Source: S41, D16."""
    if not (opening.funds_confirmed and Impact.FUNDS_MOVED_WRONGLY in opening.impacts):
        return []
    return [ExposureConfirmed(ctx.now, ctx.by), *reviewers(ctx)]
