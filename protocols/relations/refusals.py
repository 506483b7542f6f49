"""Why two tickets are not said to belong together."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class ItIsTheSame(Refusal):
    """A ticket belongs to itself already."""

    code = "it_is_the_same"


class OfAnotherAccount(Refusal):
    """Only tickets of one account are one matter; others share a problem at most."""

    code = "of_another_account"
