"""The facts of an executive's question, and of the notice to a third party."""

from __future__ import annotations

from protocols.executives.state import Questions
from templates.kit import outward
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


@presents("question_line", "question_ask", "question_answered")
def question(scene: Scene) -> Facts:
    """Return who asks what, of whom and until when, and what was answered."""
    asked = scene.ticket.of(Questions).question(scene.number("question"))
    if asked is None:
        return {**scene.common(), **_unanswerable(scene)}
    return {
        **scene.common(),
        "person": asked.asked_by.name,
        "question": asked.text,
        "number": asked.number,
        "asked_of": asked.asked_of.name,
        "due_at": asked.due_at,
        "is_late": asked.overdue,
        "answered_by": asked.answered_by.name if asked.answered_by is not None else "",
        "answer": asked.answer,
    }


def _unanswerable(scene: Scene) -> Facts:
    """Return a question of before there were answers: a row of an older version asks so."""
    by, words = scene.name(scene.param("by")), scene.param("question")
    blank = {"answer": "", "answered_by": "", "asked_of": "", "is_late": False, "number": 0}
    return {**blank, "person": by, "question": words, "due_at": scene.ctx.now}


@presents("no_executive_told")
def no_executive_told(scene: Scene) -> Facts:
    """Return of which ticket no executive was told."""
    return scene.common()


@presents("vendor_notice")
def vendor_notice(scene: Scene) -> Facts:
    """Return whom the third party names its person to: no account, no amount, no matter."""
    lead = scene.helper("engineering-lead")
    who = lead.who if lead is not None else scene.contact
    key = who.key if who is not None else ""
    return {
        **outward.common(scene),
        "lead": outward.person(scene, who),
        "lead_phone": outward.phone(scene, key),
    }
