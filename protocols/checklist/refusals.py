"""Why nothing is recorded of a signal's actions."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class NothingSettled(Refusal):
    """The form was sent without a word on any action."""

    code = "nothing_settled"
