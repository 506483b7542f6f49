"""What our own people are told: questions, prompts, role cards, the one-line bridge messages.

Whoever must act gets a direct message; the bridge gets a line for six kinds of event only.
Source: words.md 0 rule 4, 4.7-4.10; D9, D10, D14, D16.
"""

from __future__ import annotations

from protocols import events as ev
from protocols.context import Context
from protocols.effects import Dm, Effect, Gateway, Surface
from protocols.people import Role
from protocols.planning import set_up
from protocols.planning.managers import to_manager
from protocols.planning.registry import Effects, on
from protocols.planning.roads import bridge_post, dm, page, result
from protocols.rules.ladder import set_up_under_way
from protocols.slices import FixedTexts, Ladder, Masked, Road, Roles, Tiers
from protocols.stamps import stamp
from protocols.ticket import (
    StepKind,
    Ticket,
)
from protocols.ticket_parts import BridgeState

RESPONDERS = ("security", "commander")


@on(ev.TicketOpened)
def opened(ticket: Ticket, event: ev.TicketOpened, ctx: Context) -> Effects:
    """Send the answer to the one who opened as a message too; with a bridge, once it is open."""
    if ticket.tier.has_bridge:
        return ()
    return (dm(ticket, "opened", event.by.key, "opened"),)


@on(ev.LadderStarted)
def ladder_started(ticket: Ticket, event: ev.LadderStarted, ctx: Context) -> Effects:
    """Send the contact the acknowledgment where it waits for a person. Source: D6."""
    step = ticket.of(Ladder).step(StepKind.ACKNOWLEDGE)
    waits = step is not None and step.run == event.run and step.state == "owed"
    sent = any(text.name == "acknowledgment" for text in ticket.of(FixedTexts).fixed_texts)
    if not waits or sent or ticket.poc is None:
        return ()
    template = "prompt_acknowledge" if ticket.of(Road).route.kind != "none" else "prompt_call"
    return (dm(ticket, f"acknowledge-prompt/{event.run}", ticket.poc.key, template),)


@on(ev.BridgeOpened)
def bridge_opened(ticket: Ticket, event: ev.BridgeOpened, ctx: Context) -> Effects:
    """Send the link of the bridge by direct message."""
    first = ticket.of(BridgeState).generation == 1 and not ticket.of(Tiers).tier_changes
    suffix = (
        "opened"
        if first
        else f"opened/{len(ticket.of(Tiers).tier_changes)}-{ticket.of(BridgeState).generation}"
    )
    return (dm(ticket, suffix, ticket.opened_by.key, "opened"),)


SET_UP_STEPS = (StepKind.ACKNOWLEDGE, StepKind.SPONSOR_TOLD, StepKind.VENDOR_TOLD)


@on(ev.StepSettled)
def set_up_step(ticket: Ticket, event: ev.StepSettled, ctx: Context) -> Effects:
    """Update the answer that the opener has as a message with what has been sent since."""
    if (
        event.kind not in SET_UP_STEPS
        or not ticket.of(BridgeState).channel_id
        or ticket.of(Tiers).tier_changes
    ):
        return ()
    if set_up_under_way(ticket):
        return ()
    posted = f"{ticket.reference}/opened"
    return (
        Effect(
            key=f"{posted}-edit/{event.kind}/{event.run}",
            gateway=Gateway.SLACK,
            method="chat.update",
            to=Dm(ticket.opened_by.key),
            template="opened",
            params={"person": ticket.opened_by.key},
            arguments={"channel": result(posted, "channel"), "ts": result(posted, "ts")},
            stream=f"dm/{ticket.opened_by.key}/{ticket.reference}",
            surface=Surface.LATEST_ONLY,
            slot=f"{posted}-edit",
            needs=(posted,),
        ),
    )


@on(ev.HelperCalled)
def called(ticket: Ticket, event: ev.HelperCalled, ctx: Context) -> Effects:
    """Send a heads-up, or a question to come at once."""
    if event.heads_up:
        return (
            dm(
                ticket, f"heads-up/{event.duty}", event.person.key, "heads_up", {"duty": event.duty}
            ),
        )
    template = "responder_ask" if event.duty in RESPONDERS else "reviewer_ask"
    params = {"duty": event.duty}
    asked = dm(ticket, f"called/{event.duty}", event.person.key, template, params)
    woken = page(ticket, f"called/{event.duty}", event.person.key, "page_called", duty=event.duty)
    return (asked, woken)


@on(ev.HelperCalledAgain)
def called_again(ticket: Ticket, event: ev.HelperCalledAgain, ctx: Context) -> Effects:
    """Ask one who was told and has not come again."""
    params = {"duty": event.duty}
    suffix = f"called-again/{event.duty}/{stamp(event.at)}"
    return (dm(ticket, suffix, event.person.key, "lead_asked_again", params),)


@on(ev.PersonInvited)
def invited(ticket: Ticket, event: ev.PersonInvited, ctx: Context) -> Effects:
    """Invite a person to the bridge's channel."""
    if not ticket.tier.has_bridge:
        return ()
    return (set_up.invite(ticket, event.person.key, stamp(event.at)),)


@on(ev.RoleAsked)
def role_asked(ticket: Ticket, event: ev.RoleAsked, ctx: Context) -> Effects:
    """Ask a person to take a role; after the first of the rota, have the pager wake them."""
    number = stamp(event.at)
    suffix = f"role/{event.role}/{event.person.key}/{number}"
    params = {"role": event.role.value, "by": event.by.key, "reason": event.reason}
    asked = dm(ticket, suffix, event.person.key, "role_ask", params)
    seat = ticket.of(Roles).seat(event.role)
    again = seat is not None and len(seat.tried) > 1
    if not (again or event.role is Role.COMMANDER):
        return (asked,)
    return (asked, page(ticket, suffix, event.person.key, "page_role", role=event.role.value))


@on(ev.RoleTaken)
def role_taken(ticket: Ticket, event: ev.RoleTaken, ctx: Context) -> Effects:
    """Tell the bridge, and give the role's card to the one who took it."""
    number = stamp(event.at)
    suffix = f"role-taken/{event.role}/{event.by.key}/{number}"
    params = {"role": event.role.value, "by": event.by.key}
    # The topic of a Tier 4 bridge names its commander.
    named = (set_up.topic(ticket, f"commander-{number}"),) if event.role is Role.COMMANDER else ()
    return (
        bridge_post(ticket, suffix, "role_line", params),
        dm(ticket, f"{suffix}/card", event.by.key, f"role_{event.role.value}"),
        *named,
    )


@on(ev.RoleLapsed)
def role_lapsed(ticket: Ticket, event: ev.RoleLapsed, ctx: Context) -> Effects:
    """Tell the CS manager that a person has not answered and who is asked now. Source: D14."""
    seat = ticket.of(Roles).seat(event.role)
    if seat is None or seat.asked is None:
        return ()
    number = stamp(event.at)
    params = {
        "role": event.role.value,
        "silent": event.person.key,
        "asked": seat.asked.key,
    }
    return to_manager(ticket, ctx, f"role-lapsed/{event.role}/{number}", "role_unanswered", params)


@on(ev.RotaExhausted)
def rota_exhausted(ticket: Ticket, event: ev.RotaExhausted, ctx: Context) -> Effects:
    """Tell the bridge and the CS manager that the rota is at its end."""
    number = stamp(event.at)
    suffix = f"rota-end/{event.role}/{number}"
    params: dict[str, object] = {"role": event.role.value}
    return (
        bridge_post(ticket, suffix, "rota_end", params),
        *to_manager(ticket, ctx, suffix, "rota_end", params),
    )


@on(ev.PocOffered)
def poc_offered(ticket: Ticket, event: ev.PocOffered, ctx: Context) -> Effects:
    """Ask another to become the one contact."""
    number = stamp(event.at)
    suffix = f"poc-offer/{event.person.key}/{number}"
    return (dm(ticket, suffix, event.person.key, "poc_offer", {"by": event.by.key}),)


@on(ev.PocChanged)
def poc_changed(ticket: Ticket, event: ev.PocChanged, ctx: Context) -> Effects:
    """Give the new contact the role's card; let topic and bridge say it."""
    number = stamp(event.at)
    suffix = f"poc/{event.person.key}/{number}"
    card = dm(ticket, suffix, event.person.key, "role_poc")
    if not ticket.tier.has_bridge:
        return (card,)
    return (
        card,
        bridge_post(ticket, f"{suffix}/line", "poc_line", {"by": event.person.key}),
        set_up.topic(ticket, f"poc-{number}"),
    )


@on(ev.RouteChanged)
def route_changed(ticket: Ticket, event: ev.RouteChanged, ctx: Context) -> Effects:
    """Tell whoever could write to the account at once which road is closed. Source: D6."""
    suffix = f"route/{stamp(event.at)}"
    told: list[Effect] = []
    if ticket.tier.has_bridge:
        told.append(bridge_post(ticket, suffix, "security_route"))
    if ticket.poc is not None:
        told.append(dm(ticket, f"{suffix}/contact", ticket.poc.key, "security_route"))
    return tuple(told)


@on(ev.CustomerWrote)
def customer_wrote(ticket: Ticket, event: ev.CustomerWrote, ctx: Context) -> Effects:
    """Tell the bridge that the account wrote; only the contact answers. Source: D19.

    What someone else from outside wrote is shown to the contact, too. Source: D32.
    """
    params = {
        "author": event.author,
        "link": event.link,
        "channel_id": event.channel_id,
        "wrote_at": event.at.isoformat(),
    }
    key = f"reply/{event.channel_id}/{event.message_ts}"
    template = "outside_wrote" if event.outside else "reply_line"
    told: list[Effect] = []
    if ticket.tier.has_bridge and ticket.of(BridgeState).archived_at is None:
        told.append(bridge_post(ticket, key, template, params))
    if event.outside and ticket.poc is not None:
        told.append(dm(ticket, f"{key}/contact", ticket.poc.key, template, params))
    return tuple(told)


@on(ev.PersonJoined)
def joined(ticket: Ticket, event: ev.PersonJoined, ctx: Context) -> Effects:
    """Tell Security and the CS manager when somebody outside reads a bridge. Source: D29."""
    if not event.outside:
        return ()
    suffix, params = f"outsider/{event.person.key}/{stamp(event.at)}", {"who": event.person.name}
    told = to_manager(ticket, ctx, suffix, "outsider_here", params)
    security = ctx.first_on_duty("security")
    if security is None:
        return told
    return (*told, dm(ticket, f"{suffix}/security", security.key, "outsider_here", params))


@on(ev.BridgeCrowded)
def crowded(ticket: Ticket, event: ev.BridgeCrowded, ctx: Context) -> Effects:
    """Ask the CS manager: keep, with a reason, or ask someone to leave. Source: D9."""
    number = stamp(event.at)
    params: dict[str, object] = {
        "added": event.person.key,
        "by": event.by.key,
        "count": event.count,
    }
    suffix = f"crowded/{event.person.key}/{number}"
    return (
        bridge_post(ticket, suffix, "ninth_person", params),
        *to_manager(ticket, ctx, suffix, "ninth_person", params),
    )


@on(ev.RcaReminded)
def rca_reminded(ticket: Ticket, event: ev.RcaReminded, ctx: Context) -> Effects:
    """Remind the contact of the written analysis; when late, the CS manager too."""
    suffix = f"rca/{'late' if event.late else 'due'}/{stamp(event.at)}"
    params: dict[str, object] = {"late": event.late}
    told: list[Effect] = []
    if ticket.poc is not None:
        told.append(dm(ticket, suffix, ticket.poc.key, "rca_reminder", params))
    if event.late:
        told += to_manager(ticket, ctx, suffix, "rca_reminder", params)
    return tuple(told)


@on(ev.NumberMasked)
def number_masked(ticket: Ticket, event: ev.NumberMasked, ctx: Context) -> Effects:
    """Tell Compliance where a number was typed that must not be kept. Source: PCI 12.10.7."""
    compliance = ctx.first_on_duty("compliance", "security")
    if compliance is None:
        return ()
    suffix = f"masked/{len(ticket.of(Masked).masked)}/{event.kind}/{event.ending}"
    params = {"kind": event.kind, "ending": event.ending, "by": event.by.key}
    return (dm(ticket, suffix, compliance.key, "number_masked", params),)


@on(ev.BridgeSharedOutside)
def shared(ticket: Ticket, event: ev.BridgeSharedOutside, ctx: Context) -> Effects:
    """Tell Security and the CS manager that the bridge is no longer inside."""
    told = to_manager(ticket, ctx, "shared", "bridge_shared", {})
    security = ctx.first_on_duty("security")
    if security is None:
        return told
    return (*told, dm(ticket, "shared/security", security.key, "bridge_shared"))


@on(ev.BridgeArchiveAsked)
def archived(ticket: Ticket, event: ev.BridgeArchiveAsked, ctx: Context) -> Effects:
    """Archive the bridge, as its last effect."""
    return (set_up.archive(ticket),) if ticket.of(BridgeState).channel_id else ()


@on(ev.OpenedInError)
def in_error(ticket: Ticket, event: ev.OpenedInError, ctx: Context) -> Effects:
    """Say in its bridge that a ticket was opened in error; of a wrong account tell Legal."""
    params = {"by": event.by.key}
    told: list[Effect] = []
    if ticket.tier.has_bridge:
        told.append(bridge_post(ticket, "in-error", "in_error_line", params))
    legal = ctx.first_on_duty("legal", "compliance")
    if event.kind == "wrong_account" and legal is not None:
        told.append(dm(ticket, "in-error/legal", legal.key, "in_error_line", params))
    return tuple(told)
