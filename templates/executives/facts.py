"""The facts of an executive's question, and of the notice to a third party."""

from __future__ import annotations

from templates.kit import outward
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene


@presents("question_line")
def question_line(scene: Scene) -> Facts:
    """Return who asks what."""
    by = scene.name(scene.param("by"))
    return {**scene.common(), "person": by, "question": scene.param("question")}


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
