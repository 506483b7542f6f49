"""Which events leave the surfaces that are edited in place as they are."""

from __future__ import annotations

from protocols.analysis.events import RcaReminded
from protocols.bridge.events import BridgeOpened, BridgeWithheld
from protocols.clock.events import DuePassed
from protocols.closure.events import ConfirmationReminded
from protocols.executives.events import BriefSeen, ExecutiveReached
from protocols.fixed_texts.events import FixedTextTaken
from protocols.kernel.event import Event
from protocols.ladder.events import StepSettled
from protocols.losses.events import BridgeCardGone
from protocols.promises.events import UpdatePrompted
from protocols.replies.events import CustomerSaid
from protocols.status_page.events import PagePrompted
from protocols.timeline.events import MessageAltered, NoteAdded
from protocols.updates.events import ReviewerAsked, ReviewReminded, TextStopped

QUIET = (
    NoteAdded,
    MessageAltered,
    DuePassed,
    UpdatePrompted,
    PagePrompted,
    ReviewReminded,
    ReviewerAsked,
    BriefSeen,
    ExecutiveReached,
    CustomerSaid,
    RcaReminded,
    TextStopped,
    ConfirmationReminded,
    BridgeCardGone,
    BridgeWithheld,
)
"""Events that change nothing on the card."""


SET_UP = (
    BridgeOpened,
    StepSettled,
    FixedTextTaken,
    ExecutiveReached,
    *QUIET,
)
"""Events of deliveries; while the set-up is under way the card waits for the last of them."""


def deliveries_only(events: tuple[Event, ...]) -> bool:
    """Say whether nothing happened but that deliveries of the set-up were taken."""
    return all(isinstance(event, SET_UP) for event in events)
