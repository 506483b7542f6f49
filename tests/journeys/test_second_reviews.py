"""Finance asks Legal about Cedar's ticket: answered inside, and nothing of it leaves. S69, S92."""

from __future__ import annotations

from protocols.second_reviews.state import SecondReviews
from tests.journeys.test_triage import CEDAR, FINANCE, MARKER, below, card, desk, opened
from tests.kit.journey import Journey

__all__ = ["desk"]
QUESTION = f"May we name the deal to Cedar, {MARKER}?"
ANSWER = f"Yes, it is in their contract of May, {MARKER}."


def asked(desk: Journey, team: str) -> None:
    """Have Finance take Cedar's ticket, and ask another team."""
    opened(desk)
    desk.press("finance-one", "Take", FINANCE)
    desk.hears(CEDAR, "BW-1001", "Finance One has your ticket")
    desk.types("finance-one", "/ticket", "review BW-1001", None)
    form = desk.person("finance-one").view
    form.choose("team", team)
    form.choose("question", QUESTION)
    desk.submits("finance-one")


def test_another_team_answers_inside_and_the_ticket_stays_where_it_is(desk: Journey) -> None:
    asked(desk, "Legal")
    assert below(desk, f'Finance One asks Legal: "{QUESTION}"')
    owed = "An answer is owed inside by Legal (Legal One)"
    desk.sees(lambda: owed in card(desk) or None, "who owes an answer")
    desk.form("legal-one", "Answer inside", None, answer=ANSWER)
    assert below(desk, f'Legal One answered for Legal: "{ANSWER}"')
    desk.sees(lambda: owed not in card(desk) or None, "that nobody owes an answer")
    desk.sees(lambda: any(ANSWER in said for said in desk.told("finance-one")) or None, "answer")
    said = desk.types("csm-two", "/ticket", "show BW-1001", None)
    assert "Legal One answered" in said
    assert desk.contact() == "finance-one"
    done = "We added the missing deals to your October statement."
    desk.form(
        "finance-one",
        "Resolve",
        FINANCE,
        done=done,
        how_to_check="See the October statement.",
        cause="Deal missing on the statement",
    )
    desk.hears(CEDAR, done)
    assert not [heard for _key, heard in desk.outside() if MARKER in heard.words]


def test_an_answer_that_does_not_come_is_asked_for_and_its_owner_hears_until_it_is_dropped(
    desk: Journey,
) -> None:
    asked(desk, "Engineering")
    desk.walk(hours=30)
    late = "Engineering has not answered"
    desk.sees(lambda: any(late in said for said in desk.told("finance-one")) or None, late)
    again = "this question still waits for Engineering"
    assert any(again in said for said in desk.told("engineer-one"))
    desk.form("finance-one", "Not needed any more", None, reason="Found in the records.")
    assert not desk.bot.ticket("BW-1001").of(SecondReviews).open
    assert not [heard for _key, heard in desk.outside() if MARKER in heard.words]
    desk.hears(CEDAR, "scalated")
