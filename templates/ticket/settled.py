"""What is said in place of a question that is settled: who did what, when."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import cast

from protocols.closure.state import Closure
from protocols.flags.events import Flag
from protocols.kernel.endings import Became
from protocols.people.people import BOT, Role
from protocols.status import Status
from templates.flags.words import IS
from templates.kit import titles
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.ladder.lines import step_words
from templates.updates.words import called_text

About = Callable[[Scene, str], str]
ABOUT: dict[str, About] = {
    "role": lambda _, of: Role(of).label,
    "duty": lambda _, of: titles.duty_title(of),
    "contact": lambda *_: "their one contact",
    "text": lambda scene, of: called_text(scene, int(of)),
    "promise": lambda *_: "the update due",
    "page": lambda *_: "the next status text, due",
    "acknowledgment": lambda *_: "the acknowledgment",
    "step": lambda scene, of: step_words(of, "owed", scene.account),
    "person": lambda scene, of: f"{scene.name(of)} in the bridge",
    "analysis": lambda *_: "the written analysis",
    "words": lambda *_: "words for them",
    "words_of": lambda *_: "what they wrote",
    "follow": lambda *_: "following it",
    "hold": lambda *_: "a hold",
    "brief": lambda *_: "for information",
    "answers": lambda *_: "who has the same problem",
    "cause": lambda *_: "what it came from",
    "answer": lambda *_: "an answer for them",
    "bridge": lambda *_: "the bridge",
    "engineering": lambda *_: "Engineering",
    "executive": lambda *_: "word to an executive",
    "question": lambda scene, of: f"a question of {scene.name(of)}",
    "details": lambda *_: "an answer from them",
    "tier": lambda *_: "which tier",
    "triage": lambda *_: "the start of triage",
    "ticket": lambda *_: "",
    "escalation": lambda *_: "the escalation",
    "flag": lambda _, of: IS[Flag(of)],
    "flag-proposed": lambda _, of: f"whether it is {IS[Flag(of)]}",
    "checklist": lambda *_: "the checklist",
    "sync": lambda *_: "whether the sync has passed",
    "second_review": lambda *_: "a question to another team",
}
"""What was asked for, inside a sentence."""
DATED = ("promise", "page")
"""Of which the time is said for which they were due."""


@presents("settled")
def settled(scene: Scene) -> Facts:
    """Return what was asked, and what became of it."""
    ending = cast("Became", scene.params["ending"])
    person = ending.by.name if ending.by is not None and ending.by.key != BOT.key else ""
    person, at = _ended(scene) if ending.word == "over" else (person, ending.at)
    return {
        **scene.common(),
        "word": ending.word,
        "about": ABOUT[ending.about](scene, ending.of),
        "about_at": datetime.fromisoformat(ending.of) if ending.about in DATED else None,
        "person": person,
        "at": at,
        "next_person": ending.then.name if ending.then is not None else "",
        "status": scene.ticket.status.value,
    }


def _ended(scene: Scene) -> tuple[str, datetime | None]:
    """Return who of us ended the ticket, as far as it says, and when."""
    closure = scene.ticket.of(Closure)
    resolution = closure.resolution
    if scene.ticket.status is Status.OPENED_IN_ERROR:
        return "", closure.error_at
    if scene.ticket.status is Status.RESOLVED and resolution is not None:
        return resolution.by.name, resolution.at
    return "", closure.closed_at or (resolution.confirmed_at if resolution is not None else None)
