"""Which events leave the surfaces that are edited in place as they are."""

from __future__ import annotations

from protocols import events as ev

QUIET = (
    ev.NoteAdded,
    ev.MessageAltered,
    ev.DuePassed,
    ev.UpdatePrompted,
    ev.ReviewReminded,
    ev.BriefSeen,
    ev.ExecutiveReached,
    ev.CustomerSaid,
    ev.RcaReminded,
    ev.TextStopped,
    ev.ConfirmationReminded,
)
"""Events that change nothing on the card."""

SET_UP = (
    ev.BridgeOpened,
    ev.StepSettled,
    ev.FixedTextTaken,
    ev.ExecutiveReached,
    *QUIET,
)
"""Events of deliveries; while the set-up is under way the card waits for the last of them."""


def deliveries_only(events: tuple[ev.Event, ...]) -> bool:
    """Say whether nothing happened but that deliveries of the set-up were taken."""
    return all(isinstance(event, SET_UP) for event in events)
