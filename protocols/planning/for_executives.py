"""What executives and CS managers are told. Source: S15, S173; D11; words.md 5."""

from __future__ import annotations

from protocols import events as ev
from protocols.context import Context
from protocols.effects import Dm, Effect, Gateway, Surface
from protocols.planning.briefs import brief_key, brief_template
from protocols.planning.registry import Effects, on
from protocols.planning.roads import bridge_post, dm, mail, result
from protocols.planning.set_up import topic
from protocols.scales import Tier
from protocols.slices import Decisions, Executives, Tiers
from protocols.stamps import stamp
from protocols.ticket import Ticket
from protocols.ticket_parts import BridgeState


@on(ev.ExecutiveNotified)
def notified(ticket: Ticket, event: ev.ExecutiveNotified, ctx: Context) -> Effects:
    """Send the brief as a message and, as of now, as a mail."""
    return _brief(ticket, event.person.key, ctx)


def _brief(ticket: Ticket, person: str, ctx: Context) -> Effects:
    key = brief_key(ticket, person)
    suffix = key.removeprefix(f"{ticket.reference}/")
    told = dm(ticket, suffix, person, brief_template(ticket), reports=True)
    known = ctx.directory.person(person)
    if known is None or not known.email:
        return (told,)
    copy = mail(
        ticket, f"{suffix}/mail", (known.email,), brief_template(ticket), {"person": person}
    )
    return (told, copy)


@on(ev.TierChanged)
def raised(ticket: Ticket, event: ev.TierChanged, ctx: Context) -> Effects:
    """Send a new message, which Tier 4 is worth. Source: D11."""
    if event.after is not Tier.SYSTEMIC:
        return _tier_line(ticket, event)
    told = [
        effect
        for e in ticket.of(Executives).executives
        for effect in _known(ticket, event, e.who.key, ctx)
    ]
    return (*_tier_line(ticket, event), *told)


def _known(ticket: Ticket, event: ev.TierChanged, person: str, ctx: Context) -> Effects:
    executive = next(e for e in ticket.of(Executives).executives if e.who.key == person)
    return () if executive.notified_at == event.at else _brief(ticket, person, ctx)


def _tier_line(ticket: Ticket, event: ev.TierChanged) -> Effects:
    """The people in a bridge read it, also when the new tier would have none. Source: D12."""
    stands = event.before.has_bridge or bool(ticket.of(BridgeState).channel_id)
    if not stands or ticket.of(BridgeState).archived_at is not None:
        return ()
    number = len(ticket.of(Tiers).tier_changes)
    params = {"before": int(event.before), "after": int(event.after), "by": event.by.key}
    agreed = {"agreed_by": event.agreed_by.key} if event.agreed_by is not None else {}
    words = {**params, **agreed, "reason": event.reason}
    return (
        bridge_post(ticket, f"tier/{number}", "tier_line", words),
        topic(ticket, f"tier-{number}"),
    )


@on(ev.TicketResolved)
def resolved(ticket: Ticket, event: ev.TicketResolved, ctx: Context) -> Effects:
    """Send a new message, which the end is worth. Source: D11."""
    return tuple(
        dm(
            ticket,
            brief_key(ticket, executive.who.key).removeprefix(f"{ticket.reference}/"),
            executive.who.key,
            brief_template(ticket),
        )
        for executive in ticket.of(Executives).executives
    )


@on(ev.QuestionAsked)
def question(ticket: Ticket, event: ev.QuestionAsked, ctx: Context) -> Effects:
    """Answer an executive's question in the bridge."""
    params = {"by": event.person.key, "question": event.text}
    suffix = f"question/{event.person.key}/{stamp(event.at)}"
    return (bridge_post(ticket, suffix, "question_line", params),)


@on(ev.DecisionAsked)
def decision_asked(ticket: Ticket, event: ev.DecisionAsked, ctx: Context) -> Effects:
    """Send a new message, with the answers as buttons, and a mail. Source: D11."""
    person, params = event.person.key, {"decision": event.number}
    suffix = f"decision/{event.number}"
    asked = dm(ticket, suffix, person, "decision", params)
    known = ctx.directory.person(person)
    if known is None or not known.email:
        return (asked,)
    copy = mail(ticket, f"{suffix}/mail", (known.email,), "decision", params, reply_to=event.by.key)
    return (asked, copy)


@on(ev.DecisionMade, ev.DecisionLapsed)
def decision_settled(
    ticket: Ticket, event: ev.DecisionMade | ev.DecisionLapsed, ctx: Context
) -> Effects:
    """Take the question's buttons away, say what holds, and tell the one who asked."""
    decision = ticket.of(Decisions).decision(event.number)
    if decision is None:
        return ()
    params = {"decision": event.number}
    suffix = f"decision/{event.number}/answer"
    answered = dm(ticket, suffix, decision.asked_by.key, "decision_answer", params)
    return (*_question_edited(ticket, event.number), answered)


@on(ev.DecisionWithdrawn)
def decision_withdrawn(ticket: Ticket, event: ev.DecisionWithdrawn, ctx: Context) -> Effects:
    """Take the question's buttons away, and say that nothing is asked any more."""
    return _question_edited(ticket, event.number)


def _question_edited(ticket: Ticket, number: int) -> Effects:
    decision = ticket.of(Decisions).decision(number)
    if decision is None:
        return ()
    person, posted = decision.asked_of.key, f"{ticket.reference}/decision/{number}"
    edit = Effect(
        key=f"{posted}/edit",
        gateway=Gateway.SLACK,
        method="chat.update",
        to=Dm(person),
        template="decision",
        params={"person": person, "decision": number},
        arguments={"channel": result(posted, "channel"), "ts": result(posted, "ts")},
        stream=f"dm/{person}/{ticket.reference}",
        surface=Surface.LATEST_ONLY,
        slot=f"{posted}/edit",
        needs=(posted,),
    )
    return (edit,)
