"""Ids of buttons and forms, and sentences of events: withdrawals."""

from __future__ import annotations

from protocols.withdrawals.events import (
    ROAD_FOUND,
    TextRecalled,
    TextRerouted,
    TextWithdrawn,
    Withdrawal,
)
from templates.account.outbound import is_public, subject_of
from templates.account.words import road_error
from templates.kit.actions import action
from templates.kit.scene import Scene
from templates.kit.sentences import says, simply
from templates.updates.words import called_text

_WHY = {
    Withdrawal.RECALLED: "it was recalled",
    Withdrawal.LEGAL_HOLD: "Legal placed a hold",
    Withdrawal.CHECKS: "what came since stands against its words",
    Withdrawal.OPENED_IN_ERROR: "the ticket was opened by mistake",
    Withdrawal.CLOSED: "the ticket was closed",
    Withdrawal.MOVED_ON: "the ticket moved on",
    Withdrawal.ROAD: "words go by another road now",
    Withdrawal.CHANNEL: "the channel is not shared with them alone",
    Withdrawal.NOTHING_THERE: "nothing of ours has reached them",
    Withdrawal.OUTDATED: "it is not current any more",
    Withdrawal.TIME_PASSED: "the time that it promised had passed",
}

UPDATE_RECALL = action("update.recall")


@says(TextWithdrawn)
def _withdrawn(scene: Scene, event: TextWithdrawn) -> str:
    why = _WHY[event.why]
    whom = "" if is_public(scene, event.key) else f" to {scene.account}"
    if event.maybe_left:
        return f"not sent again{whom}, and may have arrived: {subject_of(scene, event.key)} ({why})"
    return f"not sent{whom}: {subject_of(scene, event.key)} ({why})"


@says(TextRerouted)
def _rerouted(scene: Scene, event: TextRerouted) -> str:
    if event.error == ROAD_FOUND:
        return f"{subject_of(scene, event.key)} goes to {scene.account}: there is a road to it now"
    return f"{subject_of(scene, event.key)} goes by mail ({road_error(event.error)})"


simply(TextRecalled, lambda s, e: f"{e.by.name} recalled {called_text(s, e.number)}", decided=True)
