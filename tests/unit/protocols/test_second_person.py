"""Which words to an account of Tier 1 and 2 need a second person. Source: D15, D43, D45."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from protocols.answers.events import SecondReaderNeeded
from protocols.answers.refusals import WordsOfABridge
from protocols.closure.events import Resolve
from protocols.closure.telling import Telling, telling
from protocols.holds.events import HoldKind, PlaceHold
from protocols.kernel.command import Command
from protocols.ladder.measures import met
from protocols.people.directory import Directory
from protocols.promises.state import Promises
from protocols.replies.events import ColleagueWrote, RecordOwnWords
from protocols.scales import Category, Impact, Severity
from protocols.time.closes import CloseDays
from protocols.time.targets import Measure
from protocols.updates.events import DraftKind, DraftState, DraftText
from protocols.updates.second_person import has_amount
from protocols.updates.state import Draft, Updates
from tests.kit.rules_incident import REF, Incident, instant, people, policy


def opened(**changes: Any) -> Incident:
    form = {"impacts": frozenset(), "signal": None, "severity": Severity.MEDIUM, **changes}
    return Incident.open(**form)


def tier_2() -> Incident:
    return opened(impacts=frozenset({Impact.PAYMENTS_BLOCKED}))


def answer(text: str) -> DraftText:
    return DraftText(REF, DraftKind.ANSWER, (("answer", text),))


def written(incident: Incident, text: str, by: str = "csm-one") -> Draft:
    incident.at("15:00").by(by, answer(text))
    return incident.ticket.of(Updates).drafts[-1]


def why(incident: Incident) -> list[tuple[str, ...]]:
    return [event.rows for event in incident.events(SecondReaderNeeded)]


@pytest.mark.parametrize("incident", [opened, tier_2])
def test_an_owners_answer_leaves_at_once_and_meets_the_reply(incident: Any) -> None:
    found = incident()
    draft = written(found, "Your file has arrived.")
    assert draft.alone
    assert [effect.template for effect in found.last_effects] == ["answer"]
    assert found.told("review") == []
    found.delivered("text/1")
    assert Measure.REPLY in met(found.ticket)


@pytest.mark.parametrize(
    ("text", "stands"),
    [
        ("We refund you $1,200 this week.", True),
        ("We will waive 500.", True),
        ("Our liability is EUR 12.50", True),
        ("The credit of 1 200 USD is booked.", True),
        ("The refund of BW-1001 takes 3 days.", False),
        ("A credit note for 2026 follows.", False),
        ("1,200 payments have arrived.", False),
    ],
)
def test_an_amount_with_a_word_that_promises_needs_one(text: str, stands: bool) -> None:
    assert has_amount(text, policy()) is stands


def test_an_amount_with_refund_waits_for_a_second_person_and_says_why() -> None:
    incident = opened()
    assert written(incident, "We refund you $1,200.").state is DraftState.REVIEW
    assert why(incident) == [("amount",)]
    assert incident.told("review")


def test_somebody_elses_ticket_a_contract_and_a_hold_need_one() -> None:
    incident = opened(category=Category.CONTRACT_POLICY)
    incident.by("csm-one", PlaceHold(REF, HoldKind.RETENTION, "kept"))
    written(incident, "Your file has arrived.", by="cs-manager-one")
    assert why(incident) == [("owner", "hold", "contract")]


def test_whoever_is_new_has_a_second_person_for_thirty_days() -> None:
    staff = tuple(
        replace(one, since=date(2026, 11, 1)) if one.key == "csm-one" else one
        for one in people().people
    )
    directory = replace(people(), people=staff)
    incident = opened(directory=directory)
    written(incident, "Your file has arrived.")
    assert why(incident) == [("new",)]
    later = opened(directory=directory).at("15:00", 10, 12).by("csm-one", answer("It has arrived."))
    assert why(later) == []


@pytest.mark.parametrize(
    ("month", "day", "rows"),
    [(11, 26, []), (11, 27, [("close",)]), (12, 7, [("close",)]), (12, 8, []), (12, 15, [])],
)
def test_a_sox_account_in_its_period_close_needs_one(
    month: int, day: int, rows: list[tuple[str, ...]]
) -> None:
    """The last two business days of a month and the first five; an account may name others."""
    assert why(opened().at("15:00", day, month).by("csm-one", answer("It has arrived."))) == rows
    plain = opened(directory=_acme(sox_relevant=False)).at("15:00", day, month)
    assert why(plain.by("csm-one", answer("It has arrived."))) == []
    own = opened(
        directory=_acme(period_closes=(CloseDays(date(2026, 12, 15), date(2026, 12, 15)),))
    )
    own.at("15:00", day, month).by("csm-one", answer("It has arrived."))
    assert why(own) == (rows or ([("close",)] if day == 15 else []))


def _acme(**changes: Any) -> Directory:
    accounts = (replace(one, **changes) if one.key == "acme" else one for one in people().accounts)
    return replace(people(), accounts=tuple(accounts))


def update(text: str = "Your file has arrived.") -> DraftText:
    fields = (("known", text), ("doing", "We book it."))
    return DraftText(REF, DraftKind.UPDATE, fields, next_at=instant("18:00"))


DONE = Resolve(REF, "The file was booked.", "Look at the list.")


@pytest.mark.parametrize("incident", [opened, tier_2])
def test_an_owners_update_leaves_at_once_and_promises_the_next(incident: Any) -> None:
    found = incident().at("15:00").by("csm-one", update())
    [draft] = found.ticket.of(Updates).drafts
    assert (draft.alone, draft.update_number) == (True, 1)
    found.delivered("text/1")
    assert found.ticket.of(Promises).promise is not None


def test_an_owner_says_alone_what_was_done_on_tier_1() -> None:
    found = opened().at("15:00").by("csm-one", DONE)
    assert found.ticket.of(Updates).drafts[0].alone
    assert telling(found.delivered("text/1").ticket) is Telling.TOLD


def test_on_tier_2_a_second_person_reads_what_was_done() -> None:
    found = tier_2().at("15:00").by("csm-one", DONE)
    assert found.ticket.of(Updates).drafts[0].state is DraftState.REVIEW
    assert why(found) == [("tier",)]


@pytest.mark.parametrize("command", [update(), DONE])
def test_updates_and_resolutions_keep_their_second_person_where_a_row_says_so(
    command: Command,
) -> None:
    found = opened(category=Category.CONTRACT_POLICY)
    found.by("csm-one", PlaceHold(REF, HoldKind.RETENTION, "kept"))
    found.at("15:00").by("cs-manager-one", command)
    assert why(found) == [("owner", "hold", "contract")]


def test_an_update_with_an_amount_and_a_refund_waits() -> None:
    found = opened().at("15:00").by("csm-one", update("We refund you $1,200."))
    assert why(found) == [("amount",)]


def test_in_a_bridge_nothing_leaves_alone_and_nobody_is_told_why() -> None:
    found = Incident.open().at("14:45").draft("csm-one")
    assert found.ticket.of(Updates).drafts[0].state is DraftState.REVIEW
    assert why(found) == []


def test_on_tier_3_words_leave_as_updates() -> None:
    assert isinstance(Incident.open().refused("csm-one", answer("It has arrived.")), WordsOfABridge)


def test_a_plain_line_that_needed_a_second_person_is_told_afterwards_and_meets_nothing() -> None:
    line = RecordOwnWords(REF, "We refund you $1,200.", "C1", "2.1")
    incident = opened().at("15:00").by("csm-one", line)
    [wrote] = incident.events(ColleagueWrote)
    assert (wrote.needed, wrote.answers) == (("amount",), False)
    assert incident.told("own_words")
    assert Measure.REPLY not in met(incident.ticket)


def test_the_same_answer_twice_in_a_row_leaves_once() -> None:
    incident = opened()
    written(incident, "Your file has arrived.")
    incident.refused("csm-one", answer("Your file has arrived."))
