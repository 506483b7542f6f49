"""The example's lines in the lists: what a subject of the product has by its place in them."""

from __future__ import annotations

from handlers.kit.doors import Doors
from handlers.slack.subjects import SUBJECTS, whole
from protocols import subjects as rules
from protocols.kernel.gather import events_of, load
from protocols.ticket import Ticket
from templates import subjects as words

PACKAGES = (*rules.KINDS[Ticket], "tests.example.protocols.callbacks")
load(Ticket, PACKAGES)
EVENTS = events_of(PACKAGES)
words.load("tests.example.templates", ["callbacks"])


def doors() -> Doors:
    """Return what is listened to, with the example's own."""
    from tests.example.handlers.callbacks import DOORS  # noqa: PLC0415 - its ids are registered now

    return whole((*SUBJECTS, DOORS))
