"""Money is verified before an account reads an amount. Source: S72."""

from __future__ import annotations

from typing import Any

import pytest

from protocols.closure.events import Reopen, Resolve
from protocols.kernel.command import Command
from protocols.kernel.refusals import AlreadyDone, ReasonNeeded
from protocols.ladder.measures import met
from protocols.replies.events import ColleagueWrote, RecordOwnWords
from protocols.rights.refusals import NotYours, Outside
from protocols.routing.events import ChangeTicket
from protocols.scales import Category, Severity
from protocols.status import Status
from protocols.targets.events import Acknowledge
from protocols.time.targets import Measure
from protocols.updates.events import DraftKind, DraftState, DraftText, SuggestWords, UseSuggested
from protocols.updates.state import Updates
from protocols.verification.events import RecordVerified, Verified
from protocols.verification.refusals import NotVerified
from tests.kit.rules_incident import REF, Incident, customer

COMMISSION = Category.COMMISSION_PAYMENT
AMOUNT = "Your commission of $1,200 was paid."
PLAIN = "Your commission was paid."
HOW = "statement of October against the ledger"
PROOF = RecordVerified(REF, HOW)


def opened(category: Category = COMMISSION, **changes: Any) -> Incident:
    form = {"impacts": frozenset(), "signal": None, "severity": Severity.MEDIUM, **changes}
    return Incident.open(category=category, **form)


def answer(text: str, number: int | None = None) -> DraftText:
    return DraftText(REF, DraftKind.ANSWER, (("answer", text),), number=number)


def resolve(done: str = AMOUNT, check: str = "See the statement.") -> Resolve:
    return Resolve(REF, done, check)


@pytest.mark.parametrize(
    "command", [answer(AMOUNT), resolve(), resolve(PLAIN, "See the entry of 1,200.")]
)
def test_an_amount_is_refused_until_somebody_recorded_how_it_was_verified(
    command: Command,
) -> None:
    incident = opened()
    assert isinstance(incident.refused("csm-one", command), NotVerified)
    incident.by("csm-one", PROOF, command)
    [verified] = incident.events(Verified)
    assert (verified.by.key, verified.how) == ("csm-one", HOW)
    assert incident.ticket.of(Updates).drafts


def test_words_without_an_amount_questions_and_taking_it_are_never_stopped() -> None:
    questions = DraftText(REF, DraftKind.DETAILS, (("questions", "Is it the 1,200 of May?"),))
    incident = opened().by("csm-one", answer(PLAIN), questions, Acknowledge(REF), resolve(PLAIN))
    assert incident.ticket.status is Status.RESOLVED


def test_other_categories_name_amounts_unverified() -> None:
    assert opened(Category.MDF_INCENTIVE).by("csm-one", answer(AMOUNT)).told("answer")


def test_a_change_to_the_category_binds_and_a_change_away_frees() -> None:
    incident = opened(Category.MDF_INCENTIVE)
    incident.by("csm-one", ChangeTicket(REF, category=COMMISSION))
    assert isinstance(incident.refused("csm-one", answer(AMOUNT)), NotVerified)
    incident.by("csm-one", ChangeTicket(REF, category=Category.MDF_INCENTIVE), answer(AMOUNT))
    assert incident.told("answer")


def test_words_that_wait_are_not_released_once_the_category_binds() -> None:
    incident = opened(Category.MDF_INCENTIVE).by("cs-manager-one", answer(AMOUNT))
    assert incident.ticket.of(Updates).drafts[-1].state is DraftState.REVIEW
    incident.by("csm-one", ChangeTicket(REF, category=COMMISSION))
    assert isinstance(incident.refused("csm-one", incident.releasing()), NotVerified)
    incident.by("csm-one", PROOF, incident.releasing())
    assert incident.ticket.of(Updates).drafts[-1].state is DraftState.RELEASED


def test_an_amount_comes_in_by_no_edit_and_no_suggestion() -> None:
    incident = opened().by("cs-manager-one", answer(PLAIN))
    assert isinstance(incident.refused("cs-manager-one", answer(AMOUNT, 1)), NotVerified)
    incident.by("csm-one", SuggestWords(REF, 1, (("answer", AMOUNT),)))
    assert isinstance(incident.refused("cs-manager-one", UseSuggested(REF, 1)), NotVerified)


def test_a_ticket_that_is_open_again_is_verified_again() -> None:
    incident = opened().by("csm-one", PROOF, resolve(), Reopen(REF, "one entry is missing"))
    assert isinstance(incident.refused("csm-one", answer(AMOUNT)), NotVerified)


def test_the_same_verification_is_recorded_once_and_another_as_well() -> None:
    incident = opened().by("csm-one", PROOF)
    assert isinstance(incident.refused("csm-one", PROOF), AlreadyDone)
    incident.by("csm-one", RecordVerified(REF, "bank entry"))
    assert len(incident.events(Verified)) == 2


def test_it_says_how_and_is_recorded_by_those_on_the_ticket_or_of_its_team() -> None:
    incident = opened()
    assert isinstance(incident.refused("csm-one", RecordVerified(REF, " ")), ReasonNeeded)
    assert isinstance(incident.refused("engineering-lead-one", PROOF), NotYours)
    assert isinstance(incident.refused(customer(), PROOF), Outside)


def test_a_verification_tells_nobody() -> None:
    assert opened().by("csm-one", PROOF).last_effects == ()


def test_a_plain_line_with_an_amount_is_on_record_and_told_and_meets_nothing() -> None:
    line = RecordOwnWords(REF, AMOUNT, "C1", "2.1")
    incident = opened().at("15:00").by("csm-one", line)
    [wrote] = incident.events(ColleagueWrote)
    assert (wrote.unverified, wrote.answers) == (True, False)
    assert incident.told("own_words")
    assert Measure.REPLY not in met(incident.ticket)


def test_a_plain_line_after_a_verification_is_an_answer() -> None:
    incident = opened().at("15:00").by("csm-one", PROOF, RecordOwnWords(REF, AMOUNT, "C1", "2.1"))
    [wrote] = incident.events(ColleagueWrote)
    assert (wrote.unverified, wrote.answers) == (False, True)
    assert not incident.told("own_words")
