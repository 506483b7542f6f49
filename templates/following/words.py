"""Ids of the buttons, and sentences of events: following a ticket."""

from __future__ import annotations

from protocols.following.events import TicketFollowed, TicketUnfollowed
from templates.kit.actions import action
from templates.kit.sentences import simply

FOLLOW_START = action("follow.start", "Follow")
FOLLOW_STOP = action("follow.stop", "Stop following")

simply(TicketFollowed, lambda _, e: f"{e.by.name} follows it")
simply(TicketUnfollowed, lambda _, e: f"{e.by.name} no longer follows it")
