"""Which of the account's words a report is judged by, as they stand now. Source: D44."""

from __future__ import annotations

from datetime import datetime

from protocols.classification.state import Classification
from protocols.intake.state import HeardReport
from protocols.opening.events import Opening
from protocols.opening.matrix_words import heard_words
from protocols.replies.state import Heard
from protocols.ticket import Ticket


def report_now(ticket: Ticket) -> str:
    """Return the report as it says now, edited or not."""
    opening, report = ticket.of(Opening), ticket.of(HeardReport)
    found = ticket.of(Heard).message(report.message_ts) if report.message_ts else None
    return found.text if found is not None else opening.description or opening.summary


def sentence(ticket: Ticket) -> tuple[str, datetime]:
    """Return the words to be judged, and when they were written.

    Those in which words of the signal matrix were heard; else those of the report.
    """
    first, grave = report_now(ticket), ticket.of(Classification).words
    if grave and not _says(first, grave):
        heard = ticket.of(Heard).messages
        later = next((each for each in heard if _says(each.text, grave)), None)
        if later is not None:
            return later.text, later.at
    return first, ticket.of(HeardReport).wrote_at or ticket.opened_at


def _says(text: str, words: str) -> bool:
    heard = heard_words(text)
    return heard is not None and heard.words == words
