"""Which tickets the words of a problem answer, and how far each is; and on each, the same.

Source: S67; M10.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.closure.events import AccountConfirmed, ResolutionTold, TicketReopened
from protocols.deliveries.events import DeliveryBuried
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.people.people import Staff
from protocols.problems.events import (
    SETTLED,
    AnsweredHeard,
    AnswerSaid,
    AnswersGone,
    AnswersPlanned,
    AnswersReported,
    CauseAsked,
    HowFar,
    ProblemAnswered,
    ProblemNotAnswered,
)
from protocols.ticket import Ticket
from protocols.updates.events import TextDelivered
from protocols.withdrawals.events import TextWithdrawn

MISSING = (HowFar.ASKED, HowFar.LEAVING, HowFar.TO_CALL, HowFar.HELD_BACK)
"""Where a ticket is whose account has not got the words yet, and is to get them."""


@dataclass(frozen=True, slots=True)
class Answered:
    """How far a ticket is with the words of a problem.

    Attributes:
        number: Of which text of the problem.
        turn: Which time the ticket said so; 0 before it said anything.
    """

    other: str
    number: int
    stage: HowFar
    at: datetime
    why: str = ""
    turn: int = 0

    @property
    def is_not_over(self) -> bool:
        """Say whether something is left to do before its account has the words."""
        if self.stage is HowFar.NOT_ANSWERED:
            return self.why not in SETTLED
        return self.stage in MISSING


@part_of(Ticket, under="problem")
@dataclass(frozen=True, slots=True)
class Problem:
    """The tickets that the words of this one answer, too.

    Attributes:
        number: Which text is to answer, or answers; 0 without.
        planned: The tickets that it was written for.
        answered: How far each is, as it said last.
        gone_at: When words last went to some.
        released_by: Who released them for these.
        reports: How often people were told.
    """

    number: int = 0
    planned: tuple[str, ...] = ()
    answered: tuple[Answered, ...] = ()
    gone_at: datetime | None = None
    released_by: Staff | None = None
    reports: int = 0
    reported_at: datetime | None = None
    complete: bool = False

    def of(self, other: str) -> Answered | None:
        """Return how far a ticket is with the words that answer now."""
        found = (each for each in self.answered if each.other == other)
        return next((each for each in found if each.number == self.number), None)

    def having(self, new: Answered) -> Problem:
        """Return this with what became of one ticket."""
        kept = tuple(each for each in self.answered if each.other != new.other)
        return replace(self, answered=(*kept, new))


@on(AnswersPlanned)
def _planned(problem: Problem, event: AnswersPlanned) -> Problem:
    return replace(problem, number=event.number, planned=event.to)


@on(AnswersGone)
def _gone(problem: Problem, event: AnswersGone) -> Problem:
    for other in event.to:
        before = problem.of(other)
        turn = before.turn if before is not None else 0
        asked = Answered(other, event.number, HowFar.ASKED, event.at, turn=turn)
        problem = problem.having(asked)
    return replace(
        problem,
        number=event.number,
        gone_at=event.at,
        released_by=event.released_by,
        complete=False,
    )


@on(AnsweredHeard)
def _heard(problem: Problem, event: AnsweredHeard) -> Problem:
    said = Answered(event.other, event.number, event.stage, event.at, event.why, event.turn)
    return replace(problem.having(said), complete=problem.complete and not said.is_not_over)


@on(AnswersReported)
def _reported(problem: Problem, event: AnswersReported) -> Problem:
    return replace(
        problem, reports=problem.reports + 1, reported_at=event.at, complete=event.complete
    )


@part_of(Ticket, under="answer")
@dataclass(frozen=True, slots=True)
class ProblemAnswer:
    """What became of this ticket with the words of the problem that it was linked to.

    Attributes:
        problem: Whose words they are; empty before there were any.
        number: Which text of the problem.
        draft: The text that holds them here; 0 where they did not go.
        turn: How often something became of it.
        said: Which of these turns the problem was told.
    """

    problem: str = ""
    number: int = 0
    draft: int = 0
    stage: HowFar = HowFar.ASKED
    why: str = ""
    at: datetime | None = None
    turn: int = 0
    said: int = 0
    cause_asked: int = 0
    """How often somebody was asked again what it came from; ``cause_asked_at`` when last."""
    cause_asked_at: datetime | None = None

    def now(self, stage: HowFar, at: datetime, why: str = "") -> ProblemAnswer:
        """Return this with what became of it."""
        if self.stage is stage and self.why == why:
            return self
        return replace(self, stage=stage, why=why, at=at, turn=self.turn + 1)


@on(ProblemAnswered)
def _answered(answer: ProblemAnswer, event: ProblemAnswered) -> ProblemAnswer:
    new = replace(answer, problem=event.problem, number=event.number, draft=event.draft)
    return replace(new, stage=HowFar.LEAVING, why="", at=event.at, turn=answer.turn + 1)


@on(ProblemNotAnswered)
def _not_answered(answer: ProblemAnswer, event: ProblemNotAnswered) -> ProblemAnswer:
    new = replace(answer, problem=event.problem, number=event.number, draft=0)
    stage, why = HowFar.NOT_ANSWERED, event.why.value
    return replace(new, stage=stage, why=why, at=event.at, turn=answer.turn + 1)


@on(CauseAsked)
def _cause_asked(answer: ProblemAnswer, event: CauseAsked) -> ProblemAnswer:
    return replace(answer, cause_asked=event.turn, cause_asked_at=event.at)


@on(AnswerSaid)
def _said(answer: ProblemAnswer, event: AnswerSaid) -> ProblemAnswer:
    return replace(answer, said=event.turn)


@on(TextDelivered)
def _delivered(answer: ProblemAnswer, event: TextDelivered) -> ProblemAnswer:
    is_it = answer.draft and event.number == answer.draft and answer.stage in MISSING
    return answer.now(HowFar.TOLD, event.at) if is_it else answer


@on(ResolutionTold)
def _told(answer: ProblemAnswer, event: ResolutionTold) -> ProblemAnswer:
    is_it = answer.draft and answer.stage in MISSING
    return answer.now(HowFar.TOLD, event.at) if is_it else answer


@on(TextWithdrawn)
def _withdrawn(answer: ProblemAnswer, event: TextWithdrawn) -> ProblemAnswer:
    is_it = answer.draft and event.number == answer.draft and answer.stage in MISSING
    return answer.now(HowFar.HELD_BACK, event.at) if is_it else answer


@on(DeliveryBuried)
def _buried(answer: ProblemAnswer, event: DeliveryBuried, before: Ticket) -> ProblemAnswer:
    text = f"{before.reference}/text/{answer.draft}"
    is_it = answer.draft and f"{event.key}/".startswith(f"{text}/") and answer.stage in MISSING
    return answer.now(HowFar.TO_CALL, event.at) if is_it else answer


@on(AccountConfirmed)
def _confirmed(answer: ProblemAnswer, event: AccountConfirmed) -> ProblemAnswer:
    return answer.now(HowFar.CONFIRMED, event.at) if answer.draft else answer


@on(TicketReopened)
def _reopened(answer: ProblemAnswer, event: TicketReopened) -> ProblemAnswer:
    """From here on the ticket ends by words of its own, unless the problem answers it again."""
    if not answer.draft:
        return answer
    why = "silence" if event.by_silence else ""
    return replace(answer.now(HowFar.OPEN_AGAIN, event.at, why), draft=0)
