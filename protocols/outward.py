"""What may stand in words that leave the house: looked up, or released. Nothing else has a type.

A template for an account, a third party or the public is given values of these types, instants,
figures and flags; the renderer refuses everything else. So no free text of ours can be said in a
fixed text, whichever form it was typed into. Source: D15, D22; M1.
"""

from __future__ import annotations

from protocols.outward_words import DraftState
from protocols.ticket_parts import Draft

RELEASED = (DraftState.RELEASED, DraftState.DELIVERED)
"""States of a text that a second person released."""


class Outward(str):
    """Words that may leave; never made as such, only as one of the two below."""

    __slots__ = ()


class LookedUp(Outward):
    """Words that nobody typed for this ticket: of the directory, the policy, the product.

    Made in one place, ``templates.presenters.outward``; a test keeps it so.
    """

    __slots__ = ()


class Released(Outward):
    """Words of a text that a second person released. Made by ``released`` alone."""

    __slots__ = ()


NO_WORDS = Released("")


class NotReleased(LookupError):
    """Words were asked for outward that nobody has released."""


def released(draft: Draft, field: str) -> Released:
    """Return the words of a field of a released text.

    Raises:
        NotReleased: The text still waits, or was sent back.
    """
    if draft.state not in RELEASED:
        raise NotReleased(f"text {draft.number} is in {draft.state.value}")
    return Released(draft.field(field))


def may_leave(value: object) -> bool:
    """Say whether a value may stand in words that leave."""
    is_text = isinstance(value, str)
    return value == "" or isinstance(value, Outward) if is_text else True
