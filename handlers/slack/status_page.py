"""The text for the status page, and that it stands there. Source: S46-S52."""

from __future__ import annotations

from handlers.kit.acting import insider, number, submit, told
from handlers.kit.doors import Doors
from handlers.kit.edge import Press
from handlers.kit.ports import Acts, Answers
from handlers.kit.replies import Answer
from handlers.kit.showing import shown
from handlers.slack.updates import drafting
from handlers.slack.updates.drafts import open_draft
from handlers.slack.updates.review import review_message
from protocols.status_page.events import SayOnPage
from protocols.updates.events import DraftKind
from protocols.updates.state import Updates
from templates.status_page.words import STATUS_PAGE_ON, STATUS_PAGE_OPEN


def open_status_page(desk: Answers, press: Press) -> Answer:
    """Open **Status page**; a text that waits for its release is shown instead."""
    ticket, _ctx = insider(desk, press, press.reference)
    waiting = [d for d in ticket.of(Updates).waiting_drafts() if d.kind is DraftKind.STATUS_PAGE]
    if waiting:
        return shown(desk, press, review_message(desk, press, ticket, waiting[-1]))
    return open_draft(desk, press, drafting.STATUS_PAGE)


def on_page(desk: Acts, press: Press) -> Answer:
    """Note that the released status text is on the page."""
    reference = press.reference
    command = SayOnPage(reference, number(press.part(1), reference))
    return told(desk, press, submit(desk, press, command).ticket, "done_on_page")


DOORS = Doors(
    presses={
        STATUS_PAGE_OPEN: open_status_page,
        STATUS_PAGE_ON: on_page,
    },
)
