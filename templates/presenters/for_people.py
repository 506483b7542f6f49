"""This file owns the facts of what our own people are asked and told. Source: words, 4.7-4.10."""

from __future__ import annotations

import html
from datetime import datetime

from protocols.people import Role
from protocols.planning.for_account import acknowledgment_template
from protocols.rules.fixed_texts import NO_CHANGE, in_a_row
from protocols.slices import Closure, Investigation, Ladder, Promises, Roles
from protocols.ticket import StepKind
from templates import render
from templates.presenters.registry import PRESENTERS, presents
from templates.presenters.scene import Facts, Scene


@presents("heads_up")
def heads_up(scene: Scene) -> Facts:
    """Return by when a lead is needed, and when they are asked again."""
    step = scene.ticket.of(Ladder).step(StepKind.LEADS_HERE)
    anchor = scene.ticket.of(Ladder).ladder_at or scene.ctx.now
    window = scene.ctx.policy.tier3.activation
    return {
        **scene.common(),
        "duty": scene.param("duty"),
        "due_at": step.due_at if step is not None else anchor + window.late,
        "asked_again_at": step.opens_at if step is not None else anchor + window.opens,
    }


@presents("lead_asked_again")
def lead_asked_again(scene: Scene) -> Facts:
    """Return since when a lead was told."""
    helper = scene.helper(scene.param("duty"))
    return {**heads_up(scene), "told_at": helper.asked_at if helper is not None else scene.ctx.now}


@presents("reviewer_ask", "called_ask", "responder_ask", "page_called")
def called(scene: Scene) -> Facts:
    """Return for which duty a person is called, by when, and why."""
    step, exposed_by = (
        scene.ticket.of(Ladder).step(StepKind.REVIEWERS_HERE),
        scene.ticket.of(Investigation).exposure_by,
    )
    window = scene.ctx.policy.tier3.activation
    usual = scene.ctx.now + (window.late - window.opens)
    return {
        **scene.common(),
        "duty": scene.param("duty"),
        "due_at": step.due_at if step is not None else usual,
        "exposure_at": scene.ticket.of(Investigation).exposure_at,
        "exposure_by": exposed_by.name if exposed_by is not None else "",
    }


@presents("role_ask", "page_role")
def role_ask(scene: Scene) -> Facts:
    """Return the role that is asked for, and by when an answer is needed."""
    role = Role(scene.param("role"))
    seat = scene.ticket.of(Roles).seat(role)
    asked_at = seat.asked_at if seat is not None and seat.asked_at is not None else scene.ctx.now
    answer_at = asked_at + scene.ctx.policy.roles.accept_within
    return {**scene.common(), "role": role.value, "answer_at": answer_at, "due_at": answer_at}


@presents("role_unanswered", "rota_end")
def role_open(scene: Scene) -> Facts:
    """Return who was silent, who is asked now, and when the step is late."""
    role = Role(scene.param("role"))
    kind = StepKind.COMMANDER if role is Role.COMMANDER else StepKind.ROLES_TAKEN
    return {
        **scene.common(),
        "role": role.value,
        "silent": scene.name(scene.param("silent")) if scene.param("silent") else "",
        "asked": scene.name(scene.param("asked")) if scene.param("asked") else "",
        "minutes": int(scene.ctx.policy.roles.accept_within.total_seconds() // 60),
        "due_at": scene.owed_at(kind),
    }


@presents("role_investigator")
def role_investigator(scene: Scene) -> Facts:
    """Return by when the investigation is due."""
    window = scene.ctx.policy.tier3.investigation
    owed = (scene.owed_at(StepKind.BLAST_RADIUS), scene.owed_at(StepKind.RECORDS_ISOLATED))
    due_at = next((at for at in owed if at is not None), None)
    return {**scene.common(), "due_at": due_at or scene.ctx.now + (window.late - window.opens)}


@presents("role_communicator")
def role_communicator(scene: Scene) -> Facts:
    """Return by when the next update is due, and when it must be in review."""
    due_at = scene.next_at
    return {
        **scene.common(),
        "due_at": due_at,
        "review_at": due_at - scene.ctx.policy.update.review_before,
    }


@presents("role_scribe")
def role_scribe(scene: Scene) -> Facts:
    """Return what every role card has."""
    return scene.common()


@presents("role_commander")
def role_commander(scene: Scene) -> Facts:
    """Return by when the impacted accounts are told."""
    usual = scene.ctx.now + scene.ctx.policy.tier4.outreach
    return {**scene.common(), "due_at": scene.owed_at(StepKind.OUTREACH) or usual}


@presents("role_poc")
def role_poc(scene: Scene) -> Facts:
    """Return by when the scope is owed, None when it is confirmed."""
    return {**scene.common(), "scope_at": scene.owed_at(StepKind.SCOPE)}


@presents("poc_offer")
def poc_offer(scene: Scene) -> Facts:
    """Return who asks, and who holds it until then."""
    by = scene.param("by")
    return {
        **scene.common(),
        "offered_by": scene.name(by) if by else scene.manager_name,
        "holder": scene.contact_name,
        "reason": "",
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
    }


@presents("prompt_first_update", "prompt_update")
def prompt_update(scene: Scene) -> Facts:
    """Return the promise that comes near, and whether one press is enough."""
    number, policy = scene.number("promise"), scene.ctx.policy.update
    promise = next((p for p in scene.ticket.of(Promises).promises if p.number == number), None)
    due_at = promise.at if promise is not None else scene.next_at
    repeated = in_a_row(scene.ticket, NO_CHANGE)
    return {
        **scene.common(),
        "due_at": due_at,
        "minutes": max(0, int((due_at - scene.ctx.now).total_seconds() // 60)),
        "review_at": due_at - policy.review_before,
        "can_no_change": scene.last_update is not None and repeated < policy.no_change_in_a_row,
    }


@presents("overdue_update")
def overdue_update(scene: Scene) -> Facts:
    """Return which time has passed, and the draft that waits, if one does."""
    step = scene.owed(StepKind.FIRST_UPDATE)
    due_at, told_by = datetime.fromisoformat(scene.param("due")), scene.param("told_by")
    if step is not None and not told_by:
        due_at = min(step.due_at, due_at)
    draft = scene.waiting
    return {
        **scene.common(),
        "can_hold": scene.can_hold,
        "due_at": due_at,
        "draft_number": draft.number if draft is not None else None,
        "told_by": scene.name(told_by) if told_by else "",
    }


@presents("ninth_person")
def ninth_person(scene: Scene) -> Facts:
    """Return who was added by whom, and how many that makes."""
    added = scene.param("added")
    return {
        **scene.common(),
        "person": scene.name(added),
        "person_key": added,
        "added_by": scene.name(scene.param("by")),
        "here_count": scene.number("count"),
        "here_max": scene.ctx.policy.bridge.size,
    }


@presents("reopened_inside")
def reopened_inside(scene: Scene) -> Facts:
    """Return who opened the ticket again and why, and by when the account hears of it."""
    promise = scene.ticket.of(Promises).promise
    return {
        **scene.common(),
        "by": scene.param("by"),
        "reason": scene.param("reason"),
        "by_silence": bool(scene.params.get("by_silence")),
        "hears_at": promise.at if promise is not None else None,
        "times": scene.ticket.of(Closure).reopened,
        "escalated": bool(scene.params.get("escalated")),
    }
