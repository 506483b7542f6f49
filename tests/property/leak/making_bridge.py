"""What is asked of a bridge: roles, findings, holds, executives, and what Slack says of it."""

from __future__ import annotations

from datetime import timedelta

from protocols.bridge.events import (
    BringInNow,
    GoOnInBridge,
    InvitePerson,
    KeepNinth,
    NoteJoined,
    NoteLeft,
    NoteShared,
    NoteUnshared,
    StartCall,
)
from protocols.bridge.state import BridgeState
from protocols.decisions.events import AskDecision, Decide
from protocols.decisions.state import Decisions
from protocols.executives.events import AnswerQuestion, AskQuestion, MarkSeen
from protocols.helpers.events import AskEngineering, JoinBridge, SayOnIt
from protocols.holds.events import ClearHold, ConfirmStopped, HoldKind, PlaceHold
from protocols.holds.state import Holds
from protocols.investigation.events import (
    ConfirmExposure,
    ConfirmScope,
    RecordFinding,
    RecordIsolation,
)
from protocols.kernel.command import Command
from protocols.losses.events import (
    MakeBridgeAnew,
    NoteBridgeBack,
    NoteBridgeLost,
    NoteBridgeRenamed,
    NoteCardGone,
)
from protocols.people.people import Role
from protocols.roles.events import AssignRole, DeclineRole, TakeRole
from tests.property.leak.scene import Makers, Scene


def _bridge(scene: Scene) -> str:
    return scene.ticket.of(BridgeState).channel_id or ""


def _shared(scene: Scene) -> Command | None:
    """Let somebody from outside into the bridge; Slack says so at once."""
    here = _bridge(scene)
    if not here or scene.chance.random() < 0.5:
        return None
    scene.house.world.shares(here, scene.account)
    return NoteShared(scene.ref, here)


def _unshared(scene: Scene) -> Command | None:
    here = _bridge(scene)
    if not scene.house.world.readers.get(here):
        return None
    scene.house.world.takes_back(here)
    return NoteUnshared(scene.ref, here)


def _go_on(scene: Scene) -> Command | None:
    here = _bridge(scene)
    if not scene.house.world.readers.get(here):
        return None
    scene.house.world.takes_back(here)
    return GoOnInBridge(scene.ref, still_shared=False)


def _leaves(scene: Scene) -> Command | None:
    person = scene.pick(scene.ticket.of(BridgeState).here)
    return None if person is None else NoteLeft(scene.ref, person)


def _hold(scene: Scene) -> int:
    holds = scene.ticket.of(Holds).holds
    return scene.one(*(hold.number for hold in holds)) if holds else 1


def _answered(scene: Scene) -> Command:
    return AnswerQuestion(scene.ref, scene.one(1, 1, 2), "nine of them, says")


def _decided(scene: Scene) -> Command | None:
    found = scene.ticket.of(Decisions).decisions
    return Decide(scene.ref, len(found), scene.one(1, 2)) if found else None


def _decision(scene: Scene) -> Command:
    due_at = scene.house.now + timedelta(hours=scene.one(1, 5, 20))
    options = ("Stop them as", "Go on as")
    return AskDecision(scene.ref, "Stop the runs of", options, due_at, "go on with")


BRIDGE: Makers = {
    BringInNow: lambda s: BringInNow(s.ref),
    JoinBridge: lambda s: JoinBridge(s.ref),
    SayOnIt: lambda s: SayOnIt(s.ref),
    AskEngineering: lambda s: AskEngineering(s.ref),
    InvitePerson: lambda s: InvitePerson(s.ref, s.person(), "needed for"),
    KeepNinth: lambda s: KeepNinth(s.ref, s.person(), "needed for"),
    NoteJoined: lambda s: NoteJoined(s.ref, s.person()),
    NoteLeft: _leaves,
    NoteShared: _shared,
    NoteUnshared: _unshared,
    GoOnInBridge: _go_on,
    StartCall: lambda s: StartCall(s.ref),
    TakeRole: lambda s: TakeRole(s.ref, s.one(*Role)),
    DeclineRole: lambda s: DeclineRole(s.ref, s.one(*Role)),
    AssignRole: lambda s: AssignRole(s.ref, s.one(*Role), s.person(), "to hand over"),
    ConfirmScope: lambda s: ConfirmScope(s.ref, "one account,", "13:10 UTC by", "seen in the run"),
    ConfirmExposure: lambda s: ConfirmExposure(s.ref),
    RecordFinding: lambda s: RecordFinding(
        s.ref, s.one("scope", "raw"), "Worker nine replayed batch seventeen after a lost beat of",
        1, 412,
    ),
    RecordIsolation: lambda s: RecordIsolation(s.ref, s.one(True, False), "set aside in ledger"),
    PlaceHold: lambda s: PlaceHold(s.ref, s.one(*HoldKind), "to be safe with"),
    ConfirmStopped: lambda s: ConfirmStopped(s.ref, _hold(s), "Payments Operations One of"),
    ClearHold: lambda s: ClearHold(s.ref, _hold(s), "checked by"),
    MarkSeen: lambda s: MarkSeen(s.ref),
    AskQuestion: lambda s: AskQuestion(s.ref, "how long is"),
    AnswerQuestion: _answered,
    AskDecision: _decision,
    Decide: _decided,
    MakeBridgeAnew: lambda s: MakeBridgeAnew(s.ref),
    NoteBridgeLost: lambda s: NoteBridgeLost(
        s.ref, _bridge(s), s.one("archived", "deleted", "left")
    ),
    NoteBridgeBack: lambda s: NoteBridgeBack(s.ref, _bridge(s)),
    NoteBridgeRenamed: lambda s: NoteBridgeRenamed(s.ref, _bridge(s), "a name of"),
    NoteCardGone: lambda s: NoteCardGone(s.ref, s.one("deleted", "pin")),
}  # fmt: skip
"""Of each command what one may ask, None where there is nothing to ask it of."""
