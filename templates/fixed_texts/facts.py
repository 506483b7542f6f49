"""The facts of fixed texts, and of the prompts to send them. Source: words, 3."""

from __future__ import annotations

import html

from protocols.fixed_texts.repeating import repeatable, said, told_at_end, with_account
from protocols.fixed_texts.sending import can_be_written, late_objection
from protocols.fixed_texts.tells import acknowledgment_template
from protocols.helpers.state import Helpers
from protocols.kernel.context import Context
from protocols.ladder.events import StepKind
from protocols.people.people import Who
from protocols.promises.state import Promises
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.time.targets import Measure
from templates.clock.facts import due_unless_stopped, earliest
from templates.kit import outward, render
from templates.kit.links import Links
from templates.kit.presenting import PRESENTERS, presents
from templates.kit.scene import Facts, Scene


@presents("ack_customer", "ack_customer_found_by_us")
def plain(scene: Scene) -> Facts:
    """Return what needs no more than the common facts."""
    return outward.common(scene)


@presents("escalated_customer")
def escalated_customer(scene: Scene) -> Facts:
    """Return which of our teams were called, of those that an account reads of. Source: D41."""
    return {**outward.common(scene), "called": outward.teams_called(scene)}


@presents("ack_customer_routine", "ack_partner")
def acknowledged(scene: Scene) -> Facts:
    """Return the first reply and the target to resolve, which these promise."""
    reply = earliest(scene, Measure.REPLY, Measure.ACKNOWLEDGE)
    return {
        **outward.common(scene),
        "owner": outward.person(scene, scene.contact),
        "first_reply_at": reply.due_at,
        "reply_rule": outward.rule(reply),
        "resolve_at": due_unless_stopped(scene, Measure.RESOLVE),
    }


@presents("escalated_partner")
def escalated_partner(scene: Scene) -> Facts:
    """Return who has come to lead it, and until when. Source: S96, D41."""
    who = _leads(scene)
    lead = who.key if who is not None else ""
    return {
        **outward.common(scene),
        "lead": outward.someone(scene, who),
        "lead_phone": outward.phone(scene, lead),
        "lead_email": outward.email(scene, lead),
        "resolve_at": due_unless_stopped(scene, Measure.RESOLVE),
    }


def _leads(scene: Scene) -> Who | None:
    """Return the CS manager once they have come, or face the account; who is called has not."""
    manager, contact = scene.manager, scene.ticket.poc
    here = (h.who for h in scene.ticket.of(Helpers).helpers if h.here_at is not None)
    is_here = manager is not None and manager.key in {each.key for each in (*here, contact) if each}
    return manager if is_here else None


@presents("holding")
def holding(scene: Scene) -> Facts:
    """Return what is confirmed, as of when, and the next time. Source: D15.

    Words against which a check stands today are not said again: the line names their update.
    """
    updates = with_account(scene.ticket)
    at = (updates[-1].delivered_at or updates[-1].released_at) if updates else None
    known = repeatable(scene.ticket, "known", scene.ctx)
    return {**outward.common(scene), "known": known, "last_update_at": at}


@presents("late")
def late(scene: Scene) -> Facts:
    """Return the time that passed and the one promised instead."""
    lapsed = [promise.at for promise in scene.ticket.of(Promises).promises if promise.lapsed]
    return {
        **outward.common(scene),
        "promised_at": lapsed[-1] if lapsed else scene.next_at,
        "in_review": scene.waiting is not None,
    }


@presents("no_change")
def no_change(scene: Scene) -> Facts:
    """Return the released sentence that is repeated."""
    last = scene.last_update
    if last is None:
        raise LookupError("no change repeats a released update, and there is none")
    return {
        **outward.common(scene),
        "doing": said(scene.ticket, "doing"),
        "last_update_at": last.delivered_at or last.released_at,
    }


@presents("prompt_acknowledge")
def prompt_acknowledge(scene: Scene) -> Facts:
    """Return the text that waits for a press, as it would leave."""
    return {
        **scene.common(),
        "due_at": scene.owed_at(StepKind.ACKNOWLEDGE) or scene.ctx.now,
        "preview": _as_words(scene, acknowledgment_template(scene.ticket)),
    }


def _as_words(scene: Scene, template: str) -> str:
    """Return a message as one reads it, without marks."""
    message = render.message(template, PRESENTERS[template](scene))
    texts = [block["text"]["text"] for block in message.blocks if block["type"] == "section"]
    return html.unescape("\n".join(texts)).replace("*", "")


@presents("prompt_call")
def prompt_call(scene: Scene) -> Facts:
    """Return whom to call, and by when."""
    return {
        **scene.common(),
        "due_at": scene.owed_at(StepKind.ACKNOWLEDGE) or scene.ctx.now,
        "phone": scene.account_phone,
        "has_account": scene.ticket.account is not None,
    }


def say_facts(ticket: Ticket, ctx: Context, links: Links) -> Facts:
    """Return the facts of ``what_can_i_say``: released words only, and no time but a promised one.

    Once it is resolved nothing is being done any more: what was done and told is said.
    """
    scene = Scene(ticket, ctx, links, {})
    is_open = ticket.status is Status.OPEN
    return {
        **scene.common(),
        "is_open": is_open,
        "known": repeatable(ticket, "known", ctx),
        "doing": repeatable(ticket, "doing", ctx) if is_open else "",
        "done": "" if is_open else told_at_end(ticket, "done", ctx),
        "check": "" if is_open else told_at_end(ticket, "check", ctx),
        "is_asked": ticket.status is Status.RESOLVED,
        "cause_held_by": scene.cause_held_by,
        "can_hold": scene.can_hold,
        "can_say_late": can_be_written(ticket) and late_objection(scene.ticket, scene.ctx) is None,
    }


def ask_late_facts(ticket: Ticket, ctx: Context, links: Links) -> Facts:
    """Return the facts of the question before *We are late* leaves ahead of its time. D21."""
    scene = Scene(ticket, ctx, links, {})
    promised_at = scene.next_at
    return {
        **scene.common(),
        "promised_at": promised_at,
        "next_update_at": promised_at + ctx.policy.update.late_promise,
        "in_review": scene.waiting is not None,
    }
