"""Sentences of events: the ladder."""

from __future__ import annotations

from protocols.ladder.events import (
    LadderStarted,
    StepKind,
    StepLate,
    StepsAdded,
    StepSettled,
    StepsOpened,
    StepState,
)
from templates.kit.scene import Scene
from templates.kit.sentences import says, silent, simply
from templates.ladder import lines as ladder

silent(StepsAdded)


def _step(scene: Scene, kind: str) -> str:
    return ladder.step_words(kind, "certificate", scene.account)


_SAID_BY_NOTHING_ELSE = frozenset(
    {StepKind.LEADS_HERE, StepKind.ROLES_TAKEN, StepKind.REVIEWERS_HERE, StepKind.OUTREACH}
)
"""Steps that are done by several entries together; the others have one entry that says it."""


@says(StepSettled)
def _settled(scene: Scene, event: StepSettled) -> str:
    if event.state is StepState.DONE and event.kind not in _SAID_BY_NOTHING_ELSE:
        return ""
    note = f" ({event.note})" if event.note else ""
    word = {StepState.DONE: "done", StepState.SUPERSEDED: "superseded", StepState.WAIVED: "waived"}
    by = f", {event.by.name}" if event.state is StepState.WAIVED else ""
    return f"{_step(scene, event.kind.value)}: {word.get(event.state, event.state)}{by}{note}"


@says(StepsOpened)
def _windows(scene: Scene, event: StepsOpened) -> str:
    named = ", ".join(_step(scene, kind.value) for kind in event.kinds)
    return f"now open: {named}"


simply(LadderStarted, lambda _, e: f"the steps of Tier {int(e.tier)} started")
simply(StepLate, lambda s, e: f"LATE: {_step(s, e.kind.value)}")
