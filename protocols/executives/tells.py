"""What executives and the third party are told, and how the bridge hears a question of theirs.

Source: S15, S16, S173; D11; words.md 5.
"""

from __future__ import annotations

from protocols.bridge.roads import bridge_post, topic
from protocols.bridge.state import BridgeState
from protocols.closure.events import TicketResolved
from protocols.executives.briefs import brief_key, brief_template
from protocols.executives.events import ExecutiveNotified, QuestionAsked, VendorTold
from protocols.executives.state import Executive, Executives
from protocols.kernel.context import Context
from protocols.kernel.effects import StaffMail, VendorMail
from protocols.kernel.roads import dm, mail
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.people.people import Contact, Staff
from protocols.scales import Tier
from protocols.ticket import Ticket
from protocols.tiers.events import TierChanged
from protocols.tiers.state import Tiers


@tells(VendorTold)
def vendor(ticket: Ticket, event: VendorTold, ctx: Context) -> Effects:
    """Tell the third party without account, amount or matter."""
    return (
        mail(
            ticket, "vendor", VendorMail(Contact("", event.address)), "vendor_notice", reports=True
        ),
    )


@tells(ExecutiveNotified)
def notified(ticket: Ticket, event: ExecutiveNotified, ctx: Context) -> Effects:
    """Send the brief as a message and, as of now, as a mail."""
    return _brief(ticket, event.person, ctx)


def _brief(ticket: Ticket, person: Staff, ctx: Context) -> Effects:
    suffix = brief_key(ticket, person.key).removeprefix(f"{ticket.reference}/")
    template = brief_template(ticket)
    told = dm(ticket, suffix, person, template, reports=True)
    if not ctx.has_address(person):
        return (told,)
    copy = mail(ticket, f"{suffix}/mail", StaffMail(person), template, {"person": person.key})
    return (told, copy)


@tells(TierChanged)
def raised(ticket: Ticket, event: TierChanged, ctx: Context) -> Effects:
    """Send a new message, which Tier 4 is worth. Source: D11."""
    if event.after is not Tier.SYSTEMIC:
        return _tier_line(ticket, event)
    told = [
        effect for e in ticket.of(Executives).executives for effect in _known(ticket, event, e, ctx)
    ]
    return (*_tier_line(ticket, event), *told)


def _known(ticket: Ticket, event: TierChanged, executive: Executive, ctx: Context) -> Effects:
    return () if executive.notified_at == event.at else _brief(ticket, executive.who, ctx)


def _tier_line(ticket: Ticket, event: TierChanged) -> Effects:
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


@tells(TicketResolved)
def resolved(ticket: Ticket, event: TicketResolved, ctx: Context) -> Effects:
    """Send a new message, which the end is worth. Source: D11."""
    return tuple(
        dm(
            ticket,
            brief_key(ticket, executive.who.key).removeprefix(f"{ticket.reference}/"),
            executive.who,
            brief_template(ticket),
        )
        for executive in ticket.of(Executives).executives
    )


@tells(QuestionAsked)
def question(ticket: Ticket, event: QuestionAsked, ctx: Context) -> Effects:
    """Answer an executive's question in the bridge."""
    params = {"by": event.person.key, "question": event.text}
    suffix = f"question/{event.person.key}/{stamp(event.at)}"
    return (bridge_post(ticket, suffix, "question_line", params),)
