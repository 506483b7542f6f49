"""Opening a ticket: its tier, its one contact, its ladder, and who is told at once.

Source: S1-S3, S15-S18, S36-S41, S178; D6, D16, D23, D27.
"""

from __future__ import annotations

from datetime import timedelta

from protocols import commands as cmd
from protocols import events as ev
from protocols.context import Context
from protocols.normal_form import normal
from protocols.people import Actor, Standing, Who
from protocols.policy import Policy
from protocols.refusals import AlreadyOpen, NotACsm, SecondCritical
from protocols.rules import calling, ladder
from protocols.rules.fixed_texts import acknowledgment
from protocols.rules.guards import need_staff
from protocols.rules.holds import legal_hold
from protocols.rules.routing import account_card, is_security, route_for
from protocols.scales import Impact, NoticedBy, Signal, Tier
from protocols.signals import SIGNALS
from protocols.ticket import (
    AccountCard,
    Opening,
    StepKind,
    StepState,
)


def tier_of(impacts: frozenset[Impact], signal: Signal | None) -> Tier:
    """Return the proposed tier: the highest box wins, the signal's lower figure is a floor.

    Source: S3, S8, S12, S18, S26-S33; words.md 2.
    """
    proposed = [Tier.ROUTINE, *(impact.tier for impact in impacts)]
    if signal is not None:
        proposed.append(SIGNALS[signal].floor)
    return max(proposed)


def because(impacts: frozenset[Impact], signal: Signal | None) -> str:
    """Return why the tier was proposed, in the words of the tier sentence."""
    tier = tier_of(impacts, signal)
    ordered = [impact for impact in Impact if impact in impacts and impact.tier is tier]
    if ordered:
        return ordered[0].because
    return SIGNALS[signal].label.lower() if signal is not None else ""


def first_update_after(policy: Policy, tier: Tier) -> timedelta:
    """Return how long after the acknowledgment's start the next update is promised. Source: D10."""
    return policy.tier3.first_update if tier is Tier.CRITICAL else policy.update.tier4


def open_ticket(command: cmd.OpenTicket, ctx: Context) -> tuple[ev.Event, ...]:
    """Decide the opening of a ticket.

    Raises:
        Outside: The opener is not one of us.
        NotACsm: The contact chosen is not a CSM of the directory.
        AlreadyOpen: The same person opened the same words a moment ago.
        SecondCritical: The account has a young Tier 3 or 4 ticket, and nobody said it is another.
    """
    need_staff(ctx)
    tier = tier_of(command.impacts, command.signal)
    _refuse_repetition(command, tier, ctx)
    account = _account(command, ctx)
    security = is_security(command.impacts, command.signal)
    route = route_for(ctx, account, security=security)
    poc, offered = _point_of_contact(command, account, ctx)
    opening = _opening(command)
    opened = ev.TicketOpened(
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
    )
    events: list[ev.Event] = [opened]
    if offered is not None:
        events.append(ev.PocOffered(ctx.now, ctx.by, offered))
    if tier.has_bridge:
        events += _start_protocol(opened, ctx)
    elif command.noticed_by is NoticedBy.ACCOUNT:
        events += acknowledgment(command.reference, route, None, ctx)
    return tuple(events)


def _plain(summary: str) -> str:
    return normal(summary).casefold()


def _refuse_repetition(command: cmd.OpenTicket, tier: Tier, ctx: Context) -> None:
    for other in ctx.open_tickets:
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


def _account(command: cmd.OpenTicket, ctx: Context) -> AccountCard | None:
    if command.account_key is None:
        return None
    account = ctx.directory.account(command.account_key)
    return None if account is None else account_card(account)


def _opening(command: cmd.OpenTicket) -> Opening:
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
    )


def _point_of_contact(
    command: cmd.OpenTicket, account: AccountCard | None, ctx: Context
) -> tuple[Who, Who | None]:
    """Return who is the contact now, and who is asked to take it over. Source: S39, D23."""
    chosen = command.poc or preset_contact(account, ctx.actor, ctx)
    if chosen is None or chosen == ctx.by.key:
        return ctx.by, None
    if ctx.has_rota and not ctx.holds(chosen, "csm"):
        raise NotACsm(person=ctx.who(chosen).name)
    if ctx.actor.standing is Standing.MACHINE:
        return ctx.who(chosen), None
    return ctx.by, ctx.who(chosen)


def preset_contact(account: AccountCard | None, actor: Actor, ctx: Context) -> str | None:
    """Return whom the form proposes: the account's CSM, a CSM who opens, the CSM on duty.

    Source: D23.
    """
    if account is not None and account.csm and account.csm not in ctx.unreachable:
        return account.csm
    if actor.holds("csm") or not ctx.has_rota:
        return actor.who.key
    on_duty = ctx.first_on_duty("csm")
    return on_duty.key if on_duty is not None else None


def _start_protocol(opened: ev.TicketOpened, ctx: Context) -> list[ev.Event]:
    tier, opening = opened.tier, opened.opening
    steps = ladder.planned(
        tier,
        ctx.policy,
        anchor_at=ctx.now,
        run=1,
        noticed_by=opening.noticed_by,
        account=opened.account,
        route=opened.route,
    )
    events: list[ev.Event] = [
        ev.LadderStarted(ctx.now, ctx.by, tier, 1, ctx.now, steps, ladder.roles_of(tier)),
        ev.StepSettled(ctx.now, ctx.by, StepKind.ONE_CONTACT, 1, StepState.DONE),
    ]
    if ladder.acknowledged_by_bot(opening.noticed_by, opened.route):
        promised_at = ctx.now + first_update_after(ctx.policy, tier)
        events += acknowledgment(opened.reference, opened.route, promised_at, ctx)
    events += calling.heads_up(ctx)
    events += calling.outside_the_bridge(opened.account, tier, ctx)
    events += _confirmed_exposure(opening, ctx)
    if opening.signal is Signal.LEGAL_THREAT:
        events += calling.call(("legal",), ctx)
        events += legal_hold(1, ctx)
    if tier is Tier.SYSTEMIC or is_security(opening.impacts, opening.signal):
        events += calling.call(("security",), ctx)
    if tier is Tier.SYSTEMIC:
        events += calling.ask_incident_response(ctx)
        if opened.account is not None:
            events.append(ev.ImpactedNamed(ctx.now, ctx.by, (opened.account.key,)))
    return events


def _confirmed_exposure(opening: Opening, ctx: Context) -> list[ev.Event]:
    """Ticking a confirmed funds movement is itself the confirmation. Source: S41, D16."""
    if not (opening.funds_confirmed and Impact.FUNDS_MOVED_WRONGLY in opening.impacts):
        return []
    return [ev.ExposureConfirmed(ctx.now, ctx.by), *calling.reviewers(ctx)]
