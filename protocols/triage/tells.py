"""What stands on the card, and the lines below it: taken, late, written, waited for.

The card is posted once in a channel and edited from then on. Source: M26; words.md 11.3.
"""

from __future__ import annotations

from protocols.bridge.roads import bridge_post
from protocols.bridge.state import BridgeState
from protocols.checklist.items import items
from protocols.details.events import DetailsAnswered, DetailsAsked, DetailsNotNeeded
from protocols.details.state import Details
from protocols.escalation.events import Escalated
from protocols.escalation.state import Escalation
from protocols.fixed_texts.events import FixedTextSent
from protocols.fixed_texts.rules import ACKNOWLEDGED
from protocols.kernel.context import Context
from protocols.kernel.effects import Effect
from protocols.kernel.event import Event
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells, tells_last
from protocols.program_records.events import RecordRenewed
from protocols.program_records.state import Dealings
from protocols.relations.state import Relations
from protocols.replies.events import NOW, CustomerWrote
from protocols.replies.state import Heard, HeardMessage
from protocols.rights.rules import is_confidential
from protocols.routing.state import Routing
from protocols.second_reviews.events import SecondReviewAnswered, SecondReviewAsked
from protocols.second_reviews.state import SecondReviews
from protocols.stage import stage_of
from protocols.targets.clocks import is_past, running
from protocols.targets.events import Acknowledged, TargetBreached, TargetNeared
from protocols.targets.state import TargetWatch
from protocols.ticket import Ticket
from protocols.triage import roads
from protocols.triage.events import CardBack, CardDeleted, CardPlaced, WordsShown
from protocols.triage.rules import channel_of
from protocols.triage.state import Triage


@tells(CardPlaced)
def posted(ticket: Ticket, event: CardPlaced, ctx: Context) -> Effects:
    """Post the card."""
    return (roads.card(ticket, Triage(event.number, event.team, event.channel_id)),)


@tells(CardDeleted)
def deleted(ticket: Ticket, event: CardDeleted, _ctx: Context) -> Effects:
    """Say below the card that stands there anew what became of the one before."""
    if ticket.of(Triage).number == event.number:
        return ()
    return (roads.line(ticket, "anew", "triage_anew"),)


@tells_last
def card_kept(
    before: Ticket | None, events: tuple[Event, ...], after: Ticket, ctx: Context, version: int
) -> Effects:
    """Edit the card when something on it changed; of the one before, say where it went."""
    was, now = _card(before), after.of(Triage)
    effects: list[Effect] = []
    moved = was.number != now.number and was.channel_id != now.channel_id
    if was.number and moved and roads.is_inside(was.channel_id, ctx):
        effects.append(roads.card_edit(after, was, version, "triage_moved"))
    is_new = any(isinstance(event, CardPlaced) for event in events)
    if now.number and not is_new and roads.is_inside(now.channel_id, ctx):
        changed = before is None or _shown(before, ctx) != _shown(after, ctx)
        if changed or any(
            isinstance(event, TargetBreached | TargetNeared | CardBack) for event in events
        ):
            effects.append(_edit(after, now, ctx, version))
    return tuple(effects)


def _card(ticket: Ticket | None) -> Triage:
    return ticket.of(Triage) if ticket is not None else Triage()


def _edit(ticket: Ticket, now: Triage, ctx: Context, version: int) -> Effect:
    is_elsewhere = ticket.is_live and channel_of(ticket, ctx) != now.channel_id
    return roads.card_edit(ticket, now, version, "triage_moved" if is_elsewhere else "triage")


def _shown(ticket: Ticket, ctx: Context) -> tuple[object, ...]:
    """Return what the card shows, as one value that can be compared."""
    watch, routing = ticket.of(TargetWatch), ticket.of(Routing)
    clocks = running(ticket, ctx.policy, ctx.calendar)
    return (
        (ticket.category, ticket.severity, ticket.account, ticket.poc, ticket.status),
        (ticket.tier.has_bridge, routing.team, routing.is_handed_on, watch.acknowledged_by),
        (is_confidential(ticket), ticket.is_classified, stage_of(ticket), ticket.of(Details).asked),
        _beside(ticket.of(Relations)),
        (ticket.of(Dealings), ticket.of(SecondReviews).open),
        ticket.of(Escalation).now,
        items(ticket, ctx.policy),
        tuple((clock.measure, clock.breach_at, is_past(ticket, clock)) for clock in clocks),
    )


def _beside(relations: Relations) -> tuple[object, ...]:
    merged = tuple(one.other for one in relations.merged)
    return relations.standing, relations.merged_into, merged


def _is_here(ticket: Ticket, ctx: Context) -> bool:
    where = ticket.of(Triage).channel_id
    return bool(where) and where == channel_of(ticket, ctx)


@tells_last
def taken(
    before: Ticket | None, events: tuple[Event, ...], after: Ticket, ctx: Context, _version: int
) -> Effects:
    """Say below the card who has the ticket now, and whether the account is told so."""
    is_taken = any(isinstance(event, Acknowledged) for event in events) or (
        before is not None
        and before.of(Routing).is_handed_on
        and not after.of(Routing).is_handed_on
    )
    if not is_taken or after.poc is None or not _is_here(after, ctx):
        return ()
    is_told = any(isinstance(e, FixedTextSent) and e.name == ACKNOWLEDGED for e in events)
    params: dict[str, object] = {"by": after.poc.key, "told": "yes" if is_told else ""}
    return (roads.line(after, f"taken/{stamp(ctx.now)}", "triage_taken", params),)


@tells_last
def account_wrote(
    _before: Ticket | None, events: tuple[Event, ...], after: Ticket, ctx: Context, _version: int
) -> Effects:
    """Say below the card what the account wrote; its report stands on the card.

    What answers our questions has a line of its own, and the rest of a row is said together.
    """
    wrote = [each for each in events if isinstance(each, CustomerWrote) and each.told == NOW]
    is_said = any(isinstance(event, DetailsAnswered) for event in events)
    if is_said or not _is_here(after, ctx):
        return ()
    return tuple(
        _wrote(after, f"wrote/{event.channel_id}/{event.message_ts}", event, {"link": event.link})
        for event in wrote
    )


@tells(WordsShown)
def account_wrote_more(ticket: Ticket, event: WordsShown, ctx: Context) -> Effects:
    """Say below the card how much more the account wrote, and the last of it."""
    last = next(reversed(ticket.of(Heard).messages), None)
    if last is None or not _is_here(ticket, ctx):
        return ()
    more: dict[str, object] = {"count": event.count, "since_at": event.since_at.isoformat()}
    return (_wrote(ticket, f"wrote-more/{stamp(event.since_at)}", last, more),)


def _wrote(
    ticket: Ticket, suffix: str, said: CustomerWrote | HeardMessage, more: dict[str, object]
) -> Effect:
    words = "" if is_confidential(ticket) else said.text
    by = said.author if said.outside else ""
    params = {"words": words, "wrote_at": said.at.isoformat(), "outside": by, **more}
    return roads.line(ticket, suffix, "triage_wrote", params)


@tells(TargetBreached)
def late(ticket: Ticket, event: TargetBreached, ctx: Context) -> Effects:
    """Say below the card what is late, and who has been told."""
    if not _is_here(ticket, ctx):
        return ()
    params: dict[str, object] = {
        "measure": event.measure,
        "breach_at": event.breach_at.isoformat(),
        "told": ", ".join(who.name for who in event.told),
    }
    suffix = f"late/{event.measure}/{stamp(ctx.now)}"
    return (roads.line(ticket, suffix, "triage_late", params),)


@tells(Escalated)
def escalated(ticket: Ticket, event: Escalated, ctx: Context) -> Effects:
    """Say below the card that it is escalated, why, and who is asked to lead it. Source: S93."""
    if not _is_here(ticket, ctx):
        return ()
    params: dict[str, object] = {
        "asked": ", ".join(who.name for who in event.to),
        "why": "" if is_confidential(ticket) else event.why,
    }
    return (roads.line(ticket, f"escalated/{event.number}", "triage_escalated", params),)


@tells(DetailsAsked)
def waits(ticket: Ticket, event: DetailsAsked, ctx: Context) -> Effects:
    """Say below the card that clocks stand still, since when, and for what. Source: S84."""
    if not _is_here(ticket, ctx):
        return ()
    details = ticket.of(Details)
    params: dict[str, object] = {
        "count": event.count,
        "since_at": details.pauses[-1].from_at.isoformat(),
        "more": details.asked is not None and bool(details.asked.earlier),
    }
    return (roads.line(ticket, f"waits/{event.number}", "triage_waits", params),)


@tells(DetailsAnswered)
def answered(ticket: Ticket, event: DetailsAnswered, ctx: Context) -> Effects:
    """Say below the card that the account answered, and clocks go on. Source: S84."""
    last = next(reversed(ticket.of(Heard).messages), None)
    is_it = last is not None and last.at == event.at and not is_confidential(ticket)
    params: dict[str, object] = {"answered_at": event.answered_at.isoformat()}
    if last is not None and is_it:
        params["words"] = last.text
    return _goes_on(ticket, event.number, ctx, params)


@tells(DetailsNotNeeded)
def not_needed(ticket: Ticket, event: DetailsNotNeeded, ctx: Context) -> Effects:
    """Say below the card who goes on without the answer."""
    return _goes_on(ticket, event.number, ctx, {"by": event.by.key, "reason": event.reason})


def _goes_on(ticket: Ticket, number: int, ctx: Context, params: dict[str, object]) -> Effects:
    if not _is_here(ticket, ctx):
        return ()
    return (roads.line(ticket, f"goes-on/{number}", "triage_goes_on", params),)


@tells(SecondReviewAsked)
def other_team_asked(ticket: Ticket, event: SecondReviewAsked, ctx: Context) -> Effects:
    """Say below the card what another team is asked. Source: S92."""
    return _of_review(ticket, event.number, "asked", "triage_asked", event.question, ctx)


@tells(SecondReviewAnswered)
def other_team_answered(ticket: Ticket, event: SecondReviewAnswered, ctx: Context) -> Effects:
    """Say below the card what another team answered. Source: S92."""
    return _of_review(ticket, event.number, "review", "triage_review", event.answer, ctx)


def _of_review(
    ticket: Ticket, number: int, suffix: str, template: str, words: str, ctx: Context
) -> Effects:
    if not _is_here(ticket, ctx):
        return ()
    params: dict[str, object] = {"by": ctx.by.key, "review": number, "words": words}
    return (roads.line(ticket, f"{suffix}/{number}", template, params),)


@tells(RecordRenewed)
def record_renewed(ticket: Ticket, event: RecordRenewed, ctx: Context) -> Effects:
    """Say in the bridge, else below the card, what a linked record says otherwise now. S67.

    Nothing of it leaves.
    """
    if not event.changed or ticket.of(BridgeState).archived_at is not None:
        return ()
    kind, number = event.record.name
    changed = [[each.label, each.before, each.after] for each in event.changed]
    params = {"kind": kind.value, "number": number, "changed": changed}
    suffix = f"record/{event.record.mark}/{stamp(ctx.now)}"
    if ticket.tier.has_bridge:
        return (bridge_post(ticket, suffix, "triage_renewed", params),)
    if not _is_here(ticket, ctx) or is_confidential(ticket):
        return ()
    return (roads.line(ticket, suffix, "triage_renewed", params),)
