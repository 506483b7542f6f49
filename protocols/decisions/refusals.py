"""Why a decision is refused."""

from __future__ import annotations

from protocols.kernel.refusals import Refusal


class NoExecutive(Refusal):
    """Nobody can be asked for a decision: no executive was told of the ticket. Source: D11."""

    code = "no_executive"


class TierTooLow(Refusal):
    """Executives are asked on Tier 3 and 4 only. Source: S15, S173."""

    code = "tier_too_low"


class QuestionIncomplete(Refusal):
    """A decision needs a question, and what holds without an answer. Source: D11."""

    code = "question_incomplete"


class AnswersUnclear(Refusal):
    """Answers become buttons: two to four, each another, each short enough to be read there."""

    code = "answers_unclear"


class AnswerByPast(Refusal):
    """The time by which an answer is needed must lie ahead."""

    code = "answer_by_past"


class AlreadyDecided(Refusal):
    """A decision is made once. Source: D11."""

    code = "already_decided"


class TooLateToDecide(Refusal):
    """The time to decide has passed, and what was said for that case holds. Source: D11."""

    code = "too_late_to_decide"
