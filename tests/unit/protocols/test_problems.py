"""The released resolution of a problem answers every ticket that has it, each by itself.

Source: S23, S67; D7, D22, D45; M10.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from functools import cache
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from protocols.account.outbound import text_key
from protocols.clock.events import FallDue
from protocols.closure.causes import causes_of
from protocols.closure.events import (
    AnswerSolved,
    MarkOpenedInError,
    NameCause,
    Resolve,
    TicketResolved,
)
from protocols.closure.refusals import NoSuchCause
from protocols.closure.state import Closure
from protocols.deliveries.events import BuryDelivery, TakeDelivery
from protocols.flags.events import Flag, SetFlag
from protocols.holds.events import HoldKind, PlaceHold
from protocols.kernel.effects import Effect, OutsideAddress
from protocols.kernel.endings import ending_of
from protocols.kernel.posting import Post, posts
from protocols.kernel.refusals import AlreadyDone, Refusal
from protocols.people.people import ENGINE
from protocols.problems.events import (
    AnswerRest,
    AnswersReported,
    HowFar,
    ProblemAnswered,
    ProblemNotAnswered,
    WhyNot,
)
from protocols.problems.refusals import NothingToAnswer
from protocols.problems.state import Problem
from protocols.relations.events import HearLink, LinkTickets, MergeTickets, Relation
from protocols.relations.refusals import StandsForOthers
from protocols.relations.state import Other
from protocols.scales import Impact, Severity
from protocols.status import Status
from protocols.ticket import Ticket
from protocols.updates.approval import hash_of
from protocols.updates.events import DraftKind, ReleaseText
from protocols.updates.refusals import SecondPersonNeeded, WordsRefused
from protocols.updates.second_person import SecondReason, reasons
from protocols.updates.state import Updates
from tests.kit.rules_incident import REF, Incident, customer
from tests.unit.protocols.test_relations import LOW

BIRCH, CEDAR = "BW-1002", "BW-1003"
DONE, CHECK = "The export was made anew for all rows.", "Open the export of October."


def _delivered(one: Incident) -> Incident:
    for key in [effect.key for effect in one.effects if effect.reports]:
        one.by(ENGINE, TakeDelivery(one.ticket.reference, key, one.now, "C0ACME0001", "x", "1.5"))
    return one


@cache
def _opened(reference: str, account: str | None) -> Incident:
    form = {**LOW, "reference": reference, "account_key": account}
    return _delivered(Incident.open(**form))


class Desk:
    """A problem and the tickets that have it, with what each posts to the others."""

    def __init__(
        self, account: str | None = "acme", linked: tuple[str, ...] = (BIRCH, CEDAR)
    ) -> None:
        whose = {REF: account, BIRCH: "birch", CEDAR: "cedar"}
        self.tickets = {ref: _opened(ref, key).copied() for ref, key in whose.items()}
        self.posted: deque[Post] = deque()
        self.words: list[tuple[str, Effect]] = []
        for other in linked:
            self.link(other)

    def link(self, other: str) -> None:
        on = self.tickets[other]
        on.ctx = replace(on.ctx, beside={Other: Other(self.tickets[REF].ticket)})
        self.does(other, "csm-one", LinkTickets(other, REF, Relation.SAME_PROBLEM_AS))
        self.settle()

    def does(self, on: str, person: Any, command: Any) -> None:
        """Let somebody ask one thing, and keep what it posts and what leaves."""
        self.tickets[on].by(person, command)
        self._kept(on)

    def _kept(self, on: str, *, by_post: bool = False) -> None:
        one = self.tickets[on]
        found = [post for each in posts(one.last, one.ticket, one.ctx) for post in each]
        assert not (by_post and found), "what a posted command decides posts nothing"
        self.posted.extend(found)
        self.words += [(on, e) for e in one.last_effects if isinstance(e.to, OutsideAddress)]

    def hears(self) -> None:
        """Decide the oldest post; it posts nothing itself."""
        post = self.posted.popleft()
        target = post.command.reference
        self.tickets[target].by(post.actor, post.command)
        self._kept(target, by_post=True)

    def due(self, kind: str) -> bool:
        """Let everything of this kind fall due that is due now; say whether anything was."""
        found = False
        for ref, one in self.tickets.items():
            for point in [p for p in one.dues() if p.kind == kind and p.at <= one.now]:
                self.does(ref, ENGINE, FallDue(ref, point))
                found = True
        return found

    def settle(self) -> None:
        """Decide what is posted, and let each say what became of it, until nothing is left."""
        while self.posted or self.due("answer_said"):
            if self.posted:
                self.hears()

    def resolve(self, done: str = DONE) -> None:
        self.does(REF, "csm-one", Resolve(REF, done, CHECK))

    def release(self, person: str = "cs-manager-one") -> None:
        (draft,) = self.tickets[REF].ticket.of(Updates).waiting_drafts()
        self.does(REF, person, ReleaseText(REF, draft.number, hash_of(draft)))

    def delivered(self, on: str) -> None:
        one = self.tickets[on]
        key = text_key(one.ticket, one.ticket.of(Updates).drafts[-1])
        self.does(on, ENGINE, TakeDelivery(on, key, one.now, "C", "c", "2.5"))

    def at(self, clock: str) -> None:
        for one in self.tickets.values():
            one.at(clock)

    def stages(self) -> dict[str, tuple[HowFar, str]]:
        answered = self.tickets[REF].ticket.of(Problem).answered
        return {each.other: (each.stage, each.why) for each in answered}

    def ticket(self, ref: str) -> Ticket:
        return self.tickets[ref].ticket

    def answers_of(self, ref: str) -> list[Effect]:
        """Return the words of a resolution that left for a ticket's account."""
        return [
            e for on, e in self.words if on == ref and (e.template or "").startswith("resolution")
        ]


def answered() -> Desk:
    desk = Desk()
    desk.resolve()
    desk.release()
    desk.settle()
    return desk


def test_one_release_resolves_every_ticket_with_the_same_problem_in_its_own_thread() -> None:
    desk = answered()
    for ref in (BIRCH, CEDAR):
        (words,) = desk.answers_of(ref)
        assert words.key == f"{ref}/text/1"
        assert words.reports
        assert desk.ticket(ref).status is Status.RESOLVED
        assert desk.stages()[ref] == (HowFar.LEAVING, "")
    assert len(desk.answers_of(REF)) == 1


def test_the_problem_hears_what_each_delivery_proves() -> None:
    desk = answered()
    desk.delivered(BIRCH)
    one = desk.tickets[CEDAR]
    key = text_key(one.ticket, one.ticket.of(Updates).drafts[-1])
    desk.does(CEDAR, ENGINE, BuryDelivery(CEDAR, key, "500 no"))
    desk.settle()
    assert desk.stages() == {BIRCH: (HowFar.TOLD, ""), CEDAR: (HowFar.TO_CALL, "")}


def test_words_for_more_than_one_account_need_a_second_person_whatever_the_tier() -> None:
    desk = Desk()
    one = desk.tickets[REF].by("csm-one", Resolve(REF, DONE, CHECK))
    assert SecondReason.MANY in reasons(one.ticket, DraftKind.RESOLUTION, DONE, one.ctx)
    assert one.ticket.of(Updates).waiting_drafts()
    desk._kept(REF)
    with pytest.raises(SecondPersonNeeded):
        desk.release("csm-one")


def test_words_for_many_name_no_account_not_even_their_own() -> None:
    desk = Desk()
    with pytest.raises(WordsRefused):
        desk.resolve("The export of Acme was made anew.")
    assert desk.ticket(REF).status is Status.OPEN


def test_nothing_of_another_account_is_in_what_any_account_gets() -> None:
    desk = answered()
    names = {REF: "Acme", BIRCH: "Birch", CEDAR: "Cedar"}
    for on, effect in desk.words:
        said = repr((effect.params, desk.ticket(on).of(Updates).drafts))
        assert not [n for ref, n in names.items() if ref != on and n in said]
        assert not [ref for ref in names if ref != on and ref in repr(effect)]


def test_a_problem_without_an_account_stays_until_its_words_are_released() -> None:
    desk = Desk(account=None)
    desk.resolve()
    assert desk.ticket(REF).status is Status.RESOLVED
    desk.release()
    desk.settle()
    assert desk.ticket(REF).status is Status.CLOSED
    assert [desk.ticket(ref).status for ref in (BIRCH, CEDAR)] == [Status.RESOLVED] * 2
    assert not desk.answers_of(REF)


def still_broken(desk: Desk, ref: str, account: str) -> None:
    desk.delivered(ref)
    answer = AnswerSolved(ref, solved=False, words="still empty")
    desk.does(ref, customer(account), answer)
    desk.settle()


def test_who_says_still_broken_opens_only_its_own() -> None:
    desk = answered()
    still_broken(desk, BIRCH, "birch")
    assert desk.ticket(BIRCH).status is Status.OPEN
    assert desk.ticket(CEDAR).status is Status.RESOLVED
    assert desk.ticket(REF).status is Status.RESOLVED
    assert desk.stages()[BIRCH] == (HowFar.OPEN_AGAIN, "")
    told = [e for e in desk.tickets[REF].effects if e.template == "problem_still"]
    assert {e.params["other"] for e in told} == {BIRCH}


def hold(desk: Desk) -> None:
    desk.does(BIRCH, "csm-one", PlaceHold(BIRCH, HoldKind.TRANSACTION, "check first"))


def legal(desk: Desk) -> None:
    desk.does(BIRCH, "csm-one", PlaceHold(BIRCH, HoldKind.DISCLOSURE, "lawyer's letter"))


def complaint(desk: Desk) -> None:
    desk.does(BIRCH, "csm-one", SetFlag(BIRCH, Flag.COMPLAINT, "they are angry"))


def withdrawn(desk: Desk) -> None:
    desk.does(BIRCH, "csm-one", MarkOpenedInError(BIRCH, "not_a_problem", "a question"))


def own_end(desk: Desk) -> None:
    done = "Their own export of October was loaded."
    desk.does(BIRCH, "csm-one", Resolve(BIRCH, done, "Open the export of October."))


def unlinked(desk: Desk) -> None:
    desk.does(BIRCH, ENGINE, HearLink(BIRCH, REF, None, 9))


def merged(desk: Desk, ref: str = BIRCH) -> None:
    """Merge a ticket into another of its account."""
    on = desk.tickets[ref]
    account = on.ticket.account
    stands = _opened("BW-1009", account.key if account else None)
    on.ctx = replace(on.ctx, beside={Other: Other(stands.ticket)})
    on.by("csm-one", MergeTickets(ref, "BW-1009"))


AGAINST: dict[WhyNot, Callable[[Desk], None]] = {
    WhyNot.HOLD: hold,
    WhyNot.LEGAL: legal,
    WhyNot.COMPLAINT: complaint,
    WhyNot.WITHDRAWN: withdrawn,
    WhyNot.RESOLVED: own_end,
    WhyNot.UNLINKED: unlinked,
    WhyNot.MERGED: merged,
}


@pytest.mark.parametrize("why", AGAINST)
def test_what_stands_under_a_flag_or_is_over_is_not_answered_and_both_hear_why(
    why: WhyNot,
) -> None:
    desk = Desk()
    desk.resolve()
    AGAINST[why](desk)
    before = len(desk.answers_of(BIRCH))
    desk.release()
    desk.settle()
    (event,) = desk.tickets[BIRCH].events(ProblemNotAnswered)
    assert event.why is why
    assert len(desk.answers_of(BIRCH)) == before
    assert desk.stages()[BIRCH] == (HowFar.NOT_ANSWERED, why.value)
    assert desk.ticket(CEDAR).status is Status.RESOLVED
    assert desk.tickets[BIRCH].events(ProblemAnswered) == []


def test_a_ticket_with_a_bridge_is_resolved_by_its_bridge() -> None:
    desk = Desk(linked=())
    desk.tickets[BIRCH] = _delivered(
        Incident.open(
            reference=BIRCH, account_key="birch", severity=Severity.CRITICAL,
            impacts=frozenset({Impact.FUNDS_MOVED_WRONGLY}),
        )
    )  # fmt: skip
    desk.link(BIRCH)
    desk.resolve()
    desk.release()
    desk.settle()
    assert desk.stages()[BIRCH] == (HowFar.NOT_ANSWERED, WhyNot.BRIDGE.value)


def test_a_merged_ticket_says_so_once_and_its_problem_is_not_listed_day_after_day() -> None:
    desk = Desk()
    desk.resolve()
    merged(desk)
    desk.release()
    desk.settle()
    desk.delivered(CEDAR)
    desk.settle()
    desk.at("14:30")
    assert desk.due("answers_report")
    assert desk.tickets[REF].events(AnswersReported)[-1].complete
    assert not [p for p in desk.tickets[REF].dues() if p.kind == "answers_report"]
    assert not desk.tickets[BIRCH].dues()


def test_a_ticket_that_others_have_the_problem_of_is_not_merged_away() -> None:
    desk = Desk()
    with pytest.raises(StandsForOthers):
        merged(desk, REF)


def test_people_hear_who_has_the_words_and_are_asked_again_while_one_has_not() -> None:
    desk = Desk()
    desk.resolve()
    hold(desk)
    desk.release()
    desk.settle()
    desk.delivered(CEDAR)
    desk.settle()
    desk.at("14:30")
    assert desk.due("answers_report")
    (report,) = desk.tickets[REF].events(AnswersReported)
    assert not report.complete
    again = [p for p in desk.tickets[REF].dues() if p.kind == "answers_report"]
    assert len(again) == 1


def test_nothing_more_is_said_once_everybody_has_the_words() -> None:
    desk = answered()
    for ref in (BIRCH, CEDAR):
        desk.delivered(ref)
    desk.settle()
    desk.at("14:30")
    assert desk.due("answers_report")
    assert desk.tickets[REF].events(AnswersReported)[-1].complete
    assert not [p for p in desk.tickets[REF].dues() if p.kind == "answers_report"]


def test_who_said_nothing_is_asked_once_more_and_answered_once() -> None:
    desk = Desk()
    desk.resolve()
    desk.release()
    desk.posted.clear()
    desk.at("14:30")
    assert desk.due("answers_report")
    desk.posted.extend(desk.posted.copy())
    desk.settle()
    assert [len(desk.answers_of(ref)) for ref in (BIRCH, CEDAR)] == [1, 1]
    assert [len(desk.tickets[ref].events(TicketResolved)) for ref in (BIRCH, CEDAR)] == [1, 1]


def test_who_was_linked_since_is_answered_by_a_second_persons_press_alone() -> None:
    desk = Desk(linked=(BIRCH,))
    desk.resolve()
    desk.release()
    desk.settle()
    desk.link(CEDAR)
    assert desk.ticket(CEDAR).status is Status.OPEN
    with pytest.raises(SecondPersonNeeded):
        desk.does(REF, "csm-one", AnswerRest(REF))
    desk.does(REF, "cs-manager-one", AnswerRest(REF))
    desk.settle()
    assert desk.ticket(CEDAR).status is Status.RESOLVED
    with pytest.raises(NothingToAnswer):
        desk.does(REF, "cs-manager-one", AnswerRest(REF))


def cause_of(desk: Desk, ref: str) -> str:
    resolution = desk.ticket(ref).of(Closure).resolution
    assert resolution is not None
    return resolution.cause


def test_an_answered_ticket_has_the_cause_of_its_problem_where_its_category_lists_it() -> None:
    desk = Desk()
    listed = causes_of(desk.ticket(REF), desk.tickets[REF].ctx.policy)[0]
    desk.does(REF, "csm-one", Resolve(REF, DONE, CHECK, cause=listed))
    desk.release()
    desk.settle()
    assert [cause_of(desk, ref) for ref in (BIRCH, CEDAR)] == [listed] * 2


def asks_for_a_cause(desk: Desk) -> list[str]:
    return [e.key for e in desk.tickets[BIRCH].effects if e.template == "cause_ask"]


def test_without_a_cause_who_has_the_ticket_is_asked_each_business_day_until_it_is_named() -> None:
    desk = answered()
    here = next(key for key in desk.tickets[BIRCH].planned() if f"{BIRCH}/cause/here" in key)
    on = desk.tickets[BIRCH]
    on.until(on.now + timedelta(days=3))
    assert len(asks_for_a_cause(desk)) == 2
    with pytest.raises(NoSuchCause):
        on.by("csm-one", NameCause(BIRCH, "Moonlight"))
    on.by("csm-one", NameCause(BIRCH, "Something else"))
    became = ending_of(on.ticket, here.removeprefix(f"{BIRCH}/"), on.last, on.ctx)
    assert became is not None
    assert became.word == "said"
    on.until(on.now + timedelta(days=3))
    assert (len(asks_for_a_cause(desk)), cause_of(desk, BIRCH)) == (2, "Something else")
    assert isinstance(on.refused("csm-one", NameCause(BIRCH, "Something else")), AlreadyDone)


MOVES = st.lists(
    st.sampled_from(
        ["resolve", "release", "hear", "say", "deliver", "broken", "rest", "hold", "report"]
    ),
    max_size=25,
)


@settings(max_examples=60, deadline=None)
@given(MOVES)
def test_whatever_comes_when_each_account_is_answered_once_a_resolution(moves: list[str]) -> None:
    desk = Desk()
    acts: dict[str, Callable[[], object]] = {
        "resolve": desk.resolve,
        "release": desk.release,
        "hear": desk.hears,
        "say": lambda: desk.due("answer_said"),
        "deliver": lambda: desk.delivered(BIRCH),
        "broken": lambda: still_broken(desk, BIRCH, "birch"),
        "rest": lambda: desk.does(REF, "cs-manager-one", AnswerRest(REF)),
        "hold": lambda: hold(desk),
        "report": lambda: desk.due("answers_report"),
    }
    for move in moves:
        try:
            acts[move]()
        except (Refusal, IndexError, ValueError):
            continue
    desk.settle()
    for ref in (BIRCH, CEDAR):
        one = desk.tickets[ref]
        taken = len(one.events(ProblemAnswered))
        assert len(desk.answers_of(ref)) == taken == len(one.events(TicketResolved))
        assert taken <= 1 + one.ticket.of(Closure).reopened
