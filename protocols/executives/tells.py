"""What executives and the third party are told, and how the bridge hears a question of theirs.

Source: S15, S16, S173; D11; words.md 5.
"""

from __future__ import annotations

from protocols.account.addresses import VendorMail
from protocols.bridge.roads import bridge_post, topic
from protocols.bridge.state import BridgeState
from protocols.closure.events import TicketResolved
from protocols.executives.briefs import brief_key, brief_template
from protocols.executives.events import (
    ExecutiveNotified,
    NoExecutiveFound,
    QuestionAnswered,
    QuestionAsked,
    QuestionOverdue,
    VendorTold,
)
from protocols.executives.state import Executive, Executives, Questions
from protocols.kernel.context import Context
from protocols.kernel.effects import StaffMail
from protocols.kernel.roads import dm, mail
from protocols.kernel.stamps import stamp
from protocols.kernel.tables import Effects, tells
from protocols.people.people import Contact, Staff
from protocols.rights.roads import manager_of, to_manager
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


@tells(NoExecutiveFound)
def nobody_told(ticket: Ticket, event: NoExecutiveFound, ctx: Context) -> Effects:
    """Tell the CS manager that no executive was told; without one, the contact. Source: D40."""
    suffix = f"no-executive/{stamp(event.at)}"
    told = to_manager(ticket, ctx, suffix, "no_executive_told", {})
    if told or ticket.poc is None:
        return told
    return (dm(ticket, f"{suffix}/contact", ticket.poc, "no_executive_told"),)


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
    """Take a question to the bridge and to whom it is asked of. Source: D11, D41."""
    if event.asked_of is None:
        params = {"by": event.person.key, "question": event.text}
        suffix = f"question/{event.person.key}/{stamp(event.at)}"
        return (bridge_post(ticket, suffix, "question_line", params),)
    suffix, numbered = f"question/{event.number}", {"question": event.number}
    asked = dm(ticket, f"{suffix}/ask", event.asked_of, "question_ask", numbered)
    return (bridge_post(ticket, suffix, "question_line", numbered), asked)


@tells(QuestionOverdue)
def overdue(ticket: Ticket, event: QuestionOverdue, ctx: Context) -> Effects:
    """Ask once more, and the CS manager too; whoever asked hears that it takes longer."""
    asked = ticket.of(Questions).question(event.number)
    if asked is None:
        return ()
    suffix, params = f"question/{event.number}/late", {"question": event.number}
    people = (asked.asked_of, manager_of(ticket, ctx))
    named = {who.key: who for who in people if who and who.key != asked.asked_by.key}
    again = [dm(ticket, f"{suffix}/{k}", who, "question_ask", params) for k, who in named.items()]
    told = dm(ticket, f"{suffix}/asker", asked.asked_by, "question_answered", params)
    return (*again, told)


@tells(QuestionAnswered)
def answered(ticket: Ticket, event: QuestionAnswered, ctx: Context) -> Effects:
    """Bring the answer to whoever asked, where they asked, and say in the bridge that it went."""
    asked = ticket.of(Questions).question(event.number)
    if asked is None:
        return ()
    suffix, params = f"question/{event.number}/answer", {"question": event.number}
    told = dm(ticket, suffix, asked.asked_by, "question_answered", params)
    return (told, bridge_post(ticket, f"{suffix}/line", "question_line", params))
