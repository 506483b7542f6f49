"""The facts of what is said to and of who takes a role. Source: words, 4.7."""

from __future__ import annotations

from protocols.ladder.events import StepKind
from protocols.people.people import Role
from protocols.roles.state import Roles
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


@presents("role_line")
def role_line(scene: Scene) -> Facts:
    """Return who has which role."""
    by = scene.name(scene.param("by"))
    return {**scene.common(), "person": by, "role": Role(scene.param("role")).label}


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
