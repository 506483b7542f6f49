"""Another team is asked and owes an answer; the ticket stays its owner's. Source: S69, S92."""

from __future__ import annotations

from datetime import timedelta

import pytest

from protocols.closure.events import Resolve
from protocols.kernel.refusals import AlreadyDone, NotAllowed, ReasonNeeded, WrongState
from protocols.relations.events import MergeTickets
from protocols.rights.refusals import NotYours
from protocols.second_reviews.events import (
    AnswerSecondReview,
    AskSecondReview,
    DropSecondReview,
    ReviewTeam,
    SecondReviewUnanswered,
)
from protocols.second_reviews.refusals import (
    SecondReviewOpen,
    SecondReviewOver,
    SecondReviewOwed,
)
from protocols.second_reviews.state import SecondReview, SecondReviews
from protocols.updates.checking import stops
from tests.kit.rules_incident import REF, Incident
from tests.unit.protocols.test_relations import Two, opened

QUESTION = "Is the October payment of the Elm deal booked, and to whom?"
ANSWER = "It was booked under Birch on 20 November, by hand and with a wrong key."
ASK = AskSecondReview(REF, ReviewTeam.FINANCE, QUESTION)
ANSWERED = AnswerSecondReview(REF, 1, ANSWER)


def asked(team: ReviewTeam = ReviewTeam.FINANCE) -> Incident:
    return opened(REF).by("csm-one", AskSecondReview(REF, team, QUESTION))


def review(incident: Incident) -> SecondReview:
    return incident.ticket.of(SecondReviews).reviews[-1]


def told(incident: Incident, template: str) -> list[object]:
    return [effect.params["person"] for effect in incident.told(template)]


@pytest.mark.parametrize(
    ("team", "person"),
    [
        (ReviewTeam.ENGINEERING, "engineer-one"),
        (ReviewTeam.FINANCE, "finance-one"),
        (ReviewTeam.LEGAL, "legal-one"),
    ],
    ids=str,
)
def test_the_first_on_duty_of_a_team_is_asked_and_the_owner_stays(
    team: ReviewTeam, person: str
) -> None:
    incident = opened(REF)
    owner = incident.ticket.poc
    incident.by("csm-one", AskSecondReview(REF, team, QUESTION))
    assert told(incident, "second_review_ask") == [person]
    assert incident.ticket.poc == owner


def test_the_answer_is_on_record_and_the_owner_sees_it() -> None:
    incident = asked().by("finance-one", ANSWERED)
    assert review(incident).answer == ANSWER
    assert not review(incident).is_open
    assert told(incident, "second_review_answer") == ["csm-one"]


def test_whoever_asked_hears_the_answer_at_once_and_who_has_the_ticket_when_it_is_their_turn() -> (
    None
):
    incident = opened(REF).by("csm-two", AskSecondReview(REF, ReviewTeam.LEGAL, QUESTION))
    incident.by("legal-one", ANSWERED)
    waits = {each.params["person"]: each.unasked for each in incident.told("second_review_answer")}
    assert waits == {"csm-two": False, "csm-one": True}


def test_nobody_of_another_team_answers_and_nobody_answers_twice() -> None:
    incident = asked()
    assert isinstance(incident.refused("engineer-one", ANSWERED), NotAllowed)
    incident.by("finance-one", ANSWERED)
    assert isinstance(incident.refused("finance-one", ANSWERED), AlreadyDone)
    assert isinstance(
        incident.refused("finance-one", AnswerSecondReview(REF, 7, ANSWER)), SecondReviewOver
    )


def test_a_team_that_owes_an_answer_is_not_asked_again_and_another_is() -> None:
    incident = asked()
    assert isinstance(incident.refused("csm-one", ASK), SecondReviewOpen)
    incident.by("csm-one", AskSecondReview(REF, ReviewTeam.LEGAL, QUESTION))
    incident.by("finance-one", ANSWERED).by("csm-one", ASK)
    assert [each.number for each in incident.ticket.of(SecondReviews).open] == [2, 3]


def test_nothing_is_asked_or_answered_without_words() -> None:
    nothing = AskSecondReview(REF, ReviewTeam.LEGAL, " ")
    assert isinstance(asked().refused("csm-one", nothing), ReasonNeeded)
    assert isinstance(asked().refused("finance-one", AnswerSecondReview(REF, 1, " ")), ReasonNeeded)


def test_an_answer_that_is_late_is_asked_for_then_told_to_the_owner_each_business_day() -> None:
    incident = asked()
    turns: list[SecondReviewUnanswered] = []
    for _ in range(4):
        point = next(p for p in incident.dues() if p.kind.startswith("second_review"))
        incident.at(point.at).fall(point)
        turns += [e for e in incident.last if isinstance(e, SecondReviewUnanswered)]
    assert [bool(turn.told) for turn in turns] == [False, True, True, True]
    assert all(turn.reminded for turn in turns)
    assert turns[3].at - turns[2].at >= timedelta(hours=8)
    assert told(incident, "second_review_late").count("csm-one") == 3
    incident.by("finance-one", ANSWERED)
    assert not [p for p in incident.dues() if p.kind.startswith("second_review")]


def test_what_is_not_needed_any_more_is_owed_no_more() -> None:
    drop = DropSecondReview(REF, 1, "Found in the records.")
    incident = asked()
    assert isinstance(incident.refused("payments-operations-one", drop), NotYours)
    incident.by("csm-one", drop)
    assert not review(incident).is_open
    assert isinstance(incident.refused("finance-one", ANSWERED), SecondReviewOver)


def test_a_ticket_that_is_resolved_owes_no_answer_of_another_team() -> None:
    incident = asked().by("csm-one", Resolve(REF, "We added the deal.", "See the statement."))
    assert not review(incident).is_open
    assert isinstance(incident.refused("csm-one", ASK), WrongState)


def test_a_ticket_on_which_an_answer_is_owed_does_not_rest() -> None:
    two = Two()
    two.asks("csm-one", ASK)
    refused = two.tickets[REF].refused("csm-one", MergeTickets(REF, "BW-1002"))
    assert isinstance(refused, SecondReviewOwed)


def test_what_another_team_answered_is_stopped_in_words_for_the_account() -> None:
    incident = asked().by("finance-one", ANSWERED)
    found = stops(incident.ticket, "answer", ANSWER, incident.ctx)
    assert "internal_text" in {each.code for each in found}
