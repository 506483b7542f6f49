"""Why nothing is recorded of a signal's actions."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class NothingSettled(Refusal):
    """The form was sent without a word on any action."""

    code = "nothing_settled"


class CheckNotAhead(Refusal):
    """A checkpoint lies in the past, or further ahead than a month."""

    code = "check_not_ahead"
