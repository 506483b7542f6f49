"""What the form says beside the one line for colleagues: what happened, and what hangs on it."""

from __future__ import annotations

from protocols.intake.events import HEARD
from protocols.opening.events import Opening
from protocols.ticket import Ticket
from templates.kit.scene import Facts
from templates.replies.attached import AttachedLine

NOTHING_SAID: Facts = {"described": "", "in_their_words": False, "attached": ()}


def said_beside(ticket: Ticket) -> Facts:
    """Return what happened, where the summary does not say it whole, and the files. Source: S80."""
    opening = ticket.of(Opening)
    is_more = opening.description.strip() not in ("", opening.summary.strip())
    return {
        "described": opening.description if is_more else "",
        # Whoever says its tier may put words of their own in the place of the account's.
        "in_their_words": opening.source == HEARD and not ticket.is_classified,
        "attached": tuple(
            AttachedLine(file.name, file.kind, file.size, file.url) for file in opening.files
        ),
    }
