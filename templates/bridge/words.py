"""Ids of buttons and forms, and sentences of events: bridge."""

from __future__ import annotations

from protocols.bridge.events import (
    BridgeArchiveAsked,
    BridgeCaughtUp,
    BridgeCrowded,
    BridgeOpened,
    BridgeSharedOutside,
    BridgeUnshared,
    BridgeWithheld,
    CallStarted,
    NinthKept,
    PersonInvited,
    PersonJoined,
    PersonLeft,
    StillShared,
)
from templates.kit.actions import action, form
from templates.kit.late import found_late
from templates.kit.scene import Scene
from templates.kit.sentences import says, simply

BRIDGE_GO = action("bridge.go", "Go to the bridge")
LINK = "link"
"""Stands on a *Go to the bridge* that opens the channel by itself."""
BRIDGE_GO_ON = action("bridge.go_on", "Go on there")
BRIDGE_JOIN = action("bridge.join", "Join")
BRIDGE_INVITE = action("bridge.invite", "Bring someone in")
BRIDGE_KEEP = action("bridge.keep")
BRIDGE_ASK_TO_LEAVE = action("bridge.ask_to_leave")
CALL_STARTED = action("call.started", "Call started")
VIEW_BRING_IN = form("bring_in")
VIEW_KEEP_PERSON = form("keep_person")


@says(PersonInvited)
def _invited(_: Scene, event: PersonInvited) -> str:
    if event.by.key == event.person.key:
        return ""
    reason = f': "{event.reason}"' if event.reason else ""
    return f"{event.by.name} invited {event.person.name}{reason}"


_OWED = {"card": "its card", "pin": "its card's pin", "topic": "its topic"}


def _named(what: str) -> str:
    """Return what a bridge is owed as words."""
    return _OWED.get(what, "an invitation")


simply(PersonJoined, lambda _, e: f"{e.person.name} is in the bridge{found_late(e.late, e.at)}")
simply(PersonLeft, lambda _, e: f"{e.person.name} left the bridge{found_late(e.late, e.at)}")
simply(BridgeCrowded, lambda _, e: f"{e.count} people are in the bridge, with {e.person.name}")
simply(NinthKept, lambda _, e: f'{e.by.name} kept {e.person.name}: "{e.reason}"', decided=True)
simply(BridgeOpened, lambda _, e: f"the bridge {e.channel_name} is open")
simply(BridgeSharedOutside, lambda _, _e: "the bridge was shared outside; posting stopped")
simply(BridgeUnshared, lambda _, _e: "the bridge is not shared any more; posting goes on")
simply(BridgeWithheld, lambda _, e: f"held back from the shared bridge: {_named(e.what)}")
simply(BridgeCaughtUp, lambda _, e: f"the bridge gets {', '.join(map(_named, e.owed))}")
simply(StillShared, lambda _, _e: "the bridge is still shared outside; it was said again")
simply(
    BridgeArchiveAsked,
    lambda _, e: (
        "nothing is archived: the bridge was closed to the bot before"
        if e.lost
        else "Slack is asked to archive the bridge"
    ),
)
simply(CallStarted, lambda _, e: f"{e.by.name} started the call")
