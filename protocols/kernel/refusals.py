"""The anticipated refusals: each a class, a code, and the facts its sentence needs.

The sentences stand in ``templates/refusals.yaml``, keyed by code; a rule says which one, and
with which facts, never the words. Source: words.md section 9.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import ClassVar


class Refusal(Exception):
    """Base of every refusal that a person is told about."""

    code: ClassVar[str] = "refused"

    def __init__(self, **facts: object) -> None:
        super().__init__(f"{self.code}: {facts}" if facts else self.code)
        self.facts: Mapping[str, object] = facts


class SecondPersonNeeded(Refusal):
    """The one who wrote or last edited a text may not release it. Source: S47, D22."""

    code = "second_person"


class NotInTheBridge(Refusal):
    """Only who is in the bridge now, or has the duty, releases; once asked is no right. D22."""

    code = "not_in_the_bridge"


class TextChanged(Refusal):
    """The text is another than the one that was read. Source: M1."""

    code = "text_changed"


class LegalMustRelease(Refusal):
    """Under a disclosure hold only Legal releases. Source: D15, D22."""

    code = "legal_release"


class HoldInForce(Refusal):
    """A hold placed after the approval wins. Source: M6."""

    code = "hold_in_force"


class NoNextUpdate(Refusal):
    """An update must name a next update in the future. Source: S49, S52."""

    code = "no_next_update"


class ClearerIsPlacer(Refusal):
    """The one who placed a hold may not clear it. Source: S48, D17."""

    code = "same_person_hold"


class CannotLower(Refusal):
    """Lowering a tier needs a CS manager, and from 3 or 4 a second judge. Source: D12."""

    code = "lower_needs_manager"


class JudgeIsAsker(Refusal):
    """Who asked for a lower tier does not agree to it as well. Source: D12."""

    code = "judge_is_asker"


class LoweringWaits(Refusal):
    """The same lower tier is asked for and waits for an answer. Source: D12."""

    code = "lowering_waits"


class RoleConflict(Refusal):
    """Nobody investigates and writes to the customer. Source: D14."""

    code = "role_conflict"


class RoleAlreadyTaken(Refusal):
    """Someone else was faster. Source: D14."""

    code = "role_taken"


class BridgeFull(Refusal):
    """The ninth person needs a CS manager's reason. Source: D9."""

    code = "bridge_full"


class NotYours(Refusal):
    """Only people on the ticket may do this."""

    code = "not_yours"


class Confidential(Refusal):
    """Only those on the ticket, CS managers, Legal and Security read this ticket."""

    code = "confidential"


class AlreadyWithThem(Refusal):
    """Words that have left cannot be recalled. Source: D24."""

    code = "already_with_them"


class NothingToRecall(Refusal):
    """No released text is on its way. Source: D24."""

    code = "nothing_to_recall"


class OldButton(Refusal):
    """The button belongs to an earlier state of the ticket."""

    code = "old_button"


class OurOwnPress(Refusal):
    """Only someone at the account confirms. Source: D7."""

    code = "own_confirmation"


class ChannelShared(Refusal):
    """The bridge was shared outside; nothing more is posted there."""

    code = "channel_shared"


class StillOwed(Refusal):
    """The ticket cannot close while something is owed."""

    code = "still_owed"


class Outside(Refusal):
    """The one who asks is not of our staff. Source: D29."""

    code = "outside"


class UnknownTicket(Refusal):
    """No ticket has this reference."""

    code = "unknown_ticket"


class BeingUpdated(Refusal):
    """A newer process wrote this record, and this one does not know all of it: hands off.

    Source: design, Versions.
    """

    code = "being_updated"


class WrongState(Refusal):
    """The ticket is past the point where this can be done."""

    code = "wrong_state"


class AlreadyDone(Refusal):
    """What was asked stands already; nothing more to do."""

    code = "already_done"


class ReasonNeeded(Refusal):
    """The change is recorded with a reason, and none was given."""

    code = "reason_needed"


class NotAllowed(Refusal):
    """Only holders of a certain duty may do this."""

    code = "not_allowed"


class PersonUnknown(Refusal):
    """The person named is not one the desk can ask."""

    code = "person_unknown"


class DutyUnknown(Refusal):
    """No duty has the name that was typed. Source: D14."""

    code = "duty_unknown"


class SwapTime(Refusal):
    """A swap ends in the future, and not further away than it may last. Source: D14."""

    code = "swap_time"


class AlreadyOpen(Refusal):
    """The same person opened the same words for the same account a moment ago. Source: S178."""

    code = "already_open"


class SecondCritical(Refusal):
    """The account has a Tier 3 or 4 ticket since less than an hour. Source: D27."""

    code = "second_critical"


class NotACsm(Refusal):
    """The contact of an account is a CSM of the directory. Source: S39, D23."""

    code = "not_a_csm"


class NothingReleased(Refusal):
    """*No change* repeats released words, and none are released yet. Source: D15."""

    code = "nothing_released"


class NothingToCorrect(Refusal):
    """A correction is about an update that is with the account, and none is. Source: D24."""

    code = "nothing_to_correct"


class TooManyInARow(Refusal):
    """A fixed text was sent as often in a row as it may be. Source: D15, D21."""

    code = "too_many_in_a_row"


class NothingPromised(Refusal):
    """*We are late* puts a promise off, and none binds. Source: D21."""

    code = "nothing_promised"


class TooEarly(Refusal):
    """*We are late* may leave from the reminder of the promise on. Source: D21."""

    code = "too_early"


class AlreadySent(Refusal):
    """The same text left already; who sent it, and when. Source: D15."""

    code = "already_sent"


class AlreadyReleased(Refusal):
    """The text is released already; by whom, and when. Source: S47."""

    code = "already_released"


class AskFirst(Refusal):
    """*We are late* ahead of the promised time is asked about before it leaves. Source: D21."""

    code = "ask_first"


class LateSaid(Refusal):
    """*We are late* was said once in a row; only an update helps now. Source: D21."""

    code = "late_said"


class OnItsWay(Refusal):
    """An update is released and on its way: it keeps the promise. Source: D21."""

    code = "on_its_way"


class WordsRefused(Refusal):
    """A check on outward words failed; ``findings`` name field and sentence. Source: M2."""

    code = "words_refused"


class AttemptsNeeded(Refusal):
    """Closing without confirmation needs recorded attempts on several days. Source: D7."""

    code = "attempts_needed"


class NoRoute(Refusal):
    """The account has neither a shared channel nor a mail contact. Source: D24."""

    code = "no_route"


class NoExecutive(Refusal):
    """Nobody can be asked for a decision: no executive was told of the ticket. Source: D11."""

    code = "no_executive"


class HasABridge(Refusal):
    """On Tier 3 and 4 the one contact of the bridge has it; nobody takes it by a press. S39."""

    code = "has_a_bridge"


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
