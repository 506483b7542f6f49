"""The facts of a ticket that somebody looks up. Source: words, 7."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from protocols.bridge.state import BridgeState
from protocols.closure.state import Closure
from protocols.closure.telling import what_was_done
from protocols.details.state import Details
from protocols.engineering.state import Loop
from protocols.helpers.calling import engineering_waits
from protocols.intake.events import HEARD
from protocols.intake.state import HeardReport
from protocols.kernel.context import Context
from protocols.kernel.event import Event
from protocols.opening.events import Opening
from protocols.program_records.events import ProgramRecord
from protocols.relations.state import Relations
from protocols.scales import Tier
from protocols.stage import Stage, stage_of
from protocols.status import Status
from protocols.targets.taking import may_acknowledge
from protocols.ticket import Ticket
from protocols.updates.checking import ALIVE
from protocols.verification.rules import awaits_proof
from templates.analysis.facts import owed_analysis
from templates.checklist.facts import of_checklist
from templates.clock import facts as clocks
from templates.clock.facts import is_late
from templates.engineering.facts import loop_words
from templates.escalation.facts import of_escalation
from templates.fixed_texts.told import told_last
from templates.flags.facts import flag_lines
from templates.following.facts import of_reader
from templates.kit.links import Links
from templates.kit.opener import opened_by
from templates.kit.scene import Facts, Scene
from templates.kit.when import span
from templates.outreach.facts import standing
from templates.program_records.facts import record_lines
from templates.relations.earlier import earlier_done, earlier_words
from templates.relations.words import linked_words
from templates.replies.said import said_beside
from templates.second_reviews.facts import review_lines
from templates.targets.facts import blocked_since, pressable, step_lines
from templates.ticket.around import around

SEEN_AS = {
    Status.RESOLVED: "Please check: is it solved?",
    Status.CONFIRMED: "Solved, confirmed",
    Status.CLOSED: "Closed",
    Status.OPENED_IN_ERROR: "Withdrawn",
}


@dataclass(frozen=True, slots=True)
class Beside:
    """What is known of a ticket beside itself.

    Attributes:
        before: The account's tickets that its reader may read.
        alike: Others' with the same words, likewise.
        known: The records that it is about, as they are known now.
        history: Everything that happened on it.
    """

    before: Sequence[Ticket] = ()
    alike: Sequence[Ticket] = ()
    known: Sequence[ProgramRecord] = ()
    history: Sequence[Event] = ()


NOTHING_BESIDE = Beside()


def show_facts(
    ticket: Ticket,
    ctx: Context,
    links: Links,
    beside: Beside = NOTHING_BESIDE,
) -> Facts:
    """Return the facts of ``show``.

    Args:
        ticket: The ticket.
        ctx: What the rules know.
        links: The addresses that words may name.
        beside: What else is known of it, as far as its reader may read it.
    """
    scene = Scene(ticket, ctx, links, {})
    return {
        **scene.common(),
        **said_beside(ticket),
        **owed_analysis(scene),
        **_pressable_here(scene),
        **blocked_since(scene),
        **standing(scene),
        **of_escalation(scene),
        **of_checklist(ticket, ctx),
        **_state(ticket, ctx),
        **_beginning(scene),
        **_due_next(scene),
        **_told_last(scene),
        **of_reader(scene),
        **_resolution(ticket),
        **around(scene, beside.alike, beside.history),
        "steps": step_lines(scene),
        "flags": flag_lines(ticket),
        "engineering": loop_words(ticket),
        "can_take_engineering": _can_take_engineering(ticket),
        "waited": _waited(scene),
        "linked": linked_words(ticket),
        "record_lines": record_lines(ticket, beside.known),
        "review_lines": review_lines(ticket),
        "to_undo": _to_undo(scene),
        "earlier": " · ".join(
            filter(None, (_opened_again(ticket), earlier_words(ticket, beside.before)))
        ),
        "earlier_done": earlier_done(ticket, beside.before),
    }


def _state(ticket: Ticket, ctx: Context) -> Facts:
    bridge, has_account = ticket.of(BridgeState), ticket.account is not None
    return {
        "account_kind": ticket.account.kind if ticket.account is not None else "customer",
        "account_note": _account_note(ticket),
        "has_account": has_account,
        "has_bridge": bool(bridge.channel_id) and bridge.archived_at is None,
        "is_open": ticket.is_live,
        "can_answer": ticket.is_live and has_account and not ticket.tier.has_bridge,
        "details_wait": ticket.of(Details).waits,
        "is_problem": ticket.is_live and ticket.of(Relations).has_problem,
        "status": _seen_as(ticket),
        "to_verify": ticket.status in ALIVE and awaits_proof(ticket, ctx.policy),
    }


def _beginning(scene: Scene) -> Facts:
    """Return who opened it, from where, and who has it."""
    ticket = scene.ticket
    return {
        "opened_at": ticket.opened_at,
        "opened_by": opened_by(ticket),
        "source": _source(ticket),
        "owner": ticket.poc.name if ticket.poc is not None else "",
    }


def _source(ticket: Ticket) -> str:
    """Return what one of us opened it from; where words opened it, they are named already."""
    author = ticket.of(HeardReport).author
    if author is not None and ticket.opener is not None:
        return f"a message of {author.name}"
    source = ticket.of(Opening).source
    return "" if source in ("command", HEARD) else source


def _due_next(scene: Scene) -> Facts:
    """Return the clock that binds; none does on what was opened by mistake."""
    by_mistake = scene.ticket.status is Status.OPENED_IN_ERROR
    binds = None if by_mistake else clocks.due_next(scene)
    return {
        "next_due_at": clocks.next_at(binds, scene.ctx.now) if binds is not None else None,
        "next_due_what": clocks.due_name(binds, scene.ctx.now) if binds is not None else "",
        "is_late": is_late(binds, scene.ctx.now),
    }


def _resolution(ticket: Ticket) -> Facts:
    """Return what was done at the last resolution, by whom, and what it came from. Source: S101."""
    resolution = ticket.of(Closure).resolution
    done, check = what_was_done(ticket) if resolution is not None else ("", "")
    return {
        "done_last": done,
        "check_last": check,
        "cause": resolution.cause if resolution is not None else "",
        "done_at": resolution.at if resolution is not None else None,
        "stars": resolution.stars if resolution is not None else 0,
        "done_by": resolution.by.name if resolution is not None else "",
    }


def _pressable_here(scene: Scene) -> Facts:
    """Return what whoever reads this can do about its targets."""
    found = pressable(scene)
    may = may_acknowledge(scene.ticket, scene.ctx)
    return {**found, "can_acknowledge": bool(found["can_acknowledge"]) and may}


def _to_undo(scene: Scene) -> str:
    """Return the ticket that was made part of it last, while that can be undone."""
    merged = scene.ticket.of(Relations).merged
    within = scene.ctx.policy.relations.undo_within
    is_young = bool(merged) and scene.ctx.now <= merged[-1].at + within
    return merged[-1].other if is_young else ""


def _can_take_engineering(ticket: Ticket) -> bool:
    is_asked = ticket.is_live and ticket.tier is Tier.ELEVATED
    return is_asked and ticket.of(Loop).taken_by is None and not engineering_waits(ticket)


def _seen_as(ticket: Ticket) -> str:
    """Return what the account knows of where it stands: what nobody told it, it does not see."""
    resolution = ticket.of(Closure).resolution
    untold = resolution is not None and resolution.told_at is None
    if ticket.status is Status.RESOLVED and untold:
        return Stage.UNDER_REVIEW.value.capitalize()
    if ticket.status is Status.OPEN:
        return stage_of(ticket).value.capitalize()
    return SEEN_AS[ticket.status]


def _opened_again(ticket: Ticket) -> str:
    if not ticket.of(Closure).reopened:
        return ""
    return (
        "opened again once"
        if ticket.of(Closure).reopened == 1
        else f"opened again {ticket.of(Closure).reopened} times"
    )


def _account_note(ticket: Ticket) -> str:
    account = ticket.account
    if account is None or account.kind != "partner":
        return ""
    return f"{account.program_level.capitalize()} partner" if account.program_level else "partner"


def _waited(scene: Scene) -> str:
    resolution = scene.ticket.of(Closure).resolution
    closed = resolution is not None and not scene.ticket.is_live
    until = resolution.at if closed and resolution is not None else scene.ctx.now
    minutes = int((until - scene.ticket.opened_at).total_seconds() // 60)
    pauses = scene.ticket.of(Details).pauses
    stood = sum(((each.until_at or until) - each.from_at).total_seconds() for each in pauses)
    clock = f"stopped for {span(int(stood // 60))}" if pauses else "never stopped"
    return f"{span(max(0, minutes))} in all, clock {clock}"


def _told_last(scene: Scene) -> Facts:
    words, at = told_last(scene)
    return {"told": words, "told_at": at}
