"""Released words: the only way from a text that people wrote to an outward template.

Source: D15, D22; M1.
"""

from __future__ import annotations

from protocols.notices.events import NoticeText
from protocols.updates.events import DraftState
from protocols.updates.state import Draft
from protocols.words.lists import entries
from protocols.words.normal_form import normal
from protocols.words.outward import Outward

RELEASED = (DraftState.RELEASED, DraftState.DELIVERED)
"""States of a text that was released: by a second person, or where D45 asks for none."""


class Released(Outward):
    """Words of a text that a second person released. Made in this file alone."""

    __slots__ = ()


NO_WORDS = Released("")


class NotReleased(LookupError):
    """Words were asked for outward that nobody has released."""


def of_notice(text: NoticeText, field: str) -> Released:
    """Return the words of a field of a notice: it is given none but those of a released text."""
    return Released(normal(dict(text.fields).get(field, "")))


def released_lines(draft: Draft, field: str) -> tuple[Released, ...]:
    """Return the entries of a list in a field of a released text.

    Raises:
        NotReleased: The text still waits, or was sent back.
    """
    return tuple(map(Released, entries(released(draft, field))))


def released(draft: Draft, field: str) -> Released:
    """Return the words of a field of a released text.

    Raises:
        NotReleased: The text still waits, or was sent back.
    """
    if draft.state not in RELEASED:
        raise NotReleased(f"text {draft.number} is in {draft.state.value}")
    return Released(draft.field(field))
