"""What may stand in words that leave the house: looked up, or released. Nothing else has a type.

A template for an account, a third party or the public is given values of these types, instants,
figures and flags; the renderer refuses everything else. So no free text of ours can be said in a
fixed text, whichever form it was typed into. Source: D15, D22; M1.
"""

from __future__ import annotations


class Outward(str):
    """Words that may leave; never made as such, only as one of the two below."""

    __slots__ = ()


class LookedUp(Outward):
    """Words that nobody typed for this ticket: of the directory, the policy, the product.

    Made in one place, ``templates.presenters.outward``; a test keeps it so.
    """

    __slots__ = ()


def may_leave(value: object) -> bool:
    """Say whether a value may stand in words that leave."""
    is_text = isinstance(value, str)
    return value == "" or isinstance(value, Outward) if is_text else True
