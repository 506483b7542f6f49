"""Why questions to an account, or going on without them, are refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class TooManyQuestions(Refusal):
    """Nothing is asked, or more than one message may ask. Source: S83."""

    code = "questions"


class NothingAsked(Refusal):
    """The account owes no answer."""

    code = "nothing_asked"
