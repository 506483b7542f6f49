"""The end of an incident: told, asked, confirmed or opened again, analysed, archived."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from protocols.closure.state import Closure
from protocols.ladder.events import StepKind
from protocols.ladder.state import Ladder
from protocols.status import Status
from tests.kit.journey import BRIDGE, KNOWN, SHARED, Journey

DONE = "The second copies were returned to your account."
CHECK = "Look at your statement of 24 November."


@pytest.fixture
def told(desk: Journey) -> Journey:
    """Give a desk whose first update is with Acme."""
    incident_until_update(desk)
    return desk


def incident_until_update(desk: Journey) -> None:
    """Open a ticket and play it until its first update is delivered."""
    desk.opened()
    desk.acme_was_acknowledged()
    desk.takes_up()
    desk.press("cs-manager-one", "Call started")
    desk.minute(40)
    desk.drafts()
    desk.press("cs-manager-one", "Release")
    desk.hears(SHARED, KNOWN)


def resolves(desk: Journey) -> None:
    """Resolve the ticket and release its words."""
    desk.form("engineering-lead-one", "Resolve", done=DONE, how_to_check=CHECK)
    desk.hears(SHARED)
    desk.press("cs-manager-one", "Release")
    [asked] = desk.hears(SHARED, DONE)
    assert "Is it solved for you?" in asked


def test_a_resolution_is_released_confirmed_and_ends_with_the_archive(
    desk_in_slack: Journey,
) -> None:
    play = desk_in_slack
    incident_until_update(play)
    resolves(play)
    assert "Resolved, Acme to confirm" in play.card()
    assert play.status() is Status.RESOLVED
    play.press("ap-director-one", "Yes, it is solved", SHARED)
    play.hears(SHARED, "BW-1001 is closed.")
    answered = play.reads("ap-director-one", "You told us", SHARED)
    assert DONE in answered.words
    assert answered.buttons == []
    assert "Resolved, confirmed" in play.card()
    play.walk_to(datetime(2026, 11, 30, 14, 0, tzinfo=UTC))
    assert play.slack.calls("conversations.archive") == [], "the analysis is still owed"
    play.form("csm-one", "It is delivered", None, stands="in the records, RCA-77")
    play.walk(days=1.9)
    assert play.slack.calls("conversations.archive") == []
    play.walk(days=0.2)
    assert len(play.slack.calls("conversations.archive")) == 1
    assert play.slack.channel(BRIDGE).archived
    play.hears(SHARED)


def test_only_someone_at_the_account_confirms(told: Journey) -> None:
    resolves(told)
    said = told.answered("csm-one", lambda: told.press("csm-one", "Yes, it is solved", SHARED))
    assert "Only someone at Acme can press this." in said
    assert told.status() is Status.RESOLVED


def test_not_solved_goes_on_with_the_customers_words(told: Journey) -> None:
    resolves(told)
    told.form("ap-director-one", "No, it is not", SHARED, still_wrong="One copy is still missing")
    assert told.status() is not Status.RESOLVED
    assert any('"One copy is still missing"' in said for said in told.told("csm-one"))
    assert "Acme hears next" in told.card()
    told.hears(SHARED, "BW-1001 is open again.")


def test_an_answer_by_phone_counts_and_is_marked(told: Journey) -> None:
    resolves(told)
    told.answered("csm-one", lambda: told.types("csm-one", "/bridge", "say"))
    form = told.opens("csm-one", "Record their words")
    form.fill({
        "contact": form.offered("contact")[0], "said_at": "16:10 UTC", "words": "Yes, all is back",
        "solved": form.offered("solved")[0],
    })  # fmt: skip
    told.submits("csm-one")
    assert told.status() in (Status.CONFIRMED, Status.CLOSED)
    assert "by phone" in told.types("csm-one", "/bridge", "timeline")
    [said] = told.hears(SHARED, "BW-1001 is closed.")
    assert "AP Director One confirmed on" in said


def test_silence_brings_a_reminder_and_then_opens_it_again(told: Journey) -> None:
    resolves(told)
    told.walk_to(datetime(2026, 11, 24, 14, 0, tzinfo=UTC))
    told.hears(SHARED)
    told.walk_to(datetime(2026, 11, 24, 16, 0, tzinfo=UTC))
    told.hears(SHARED, "is still waiting for your word")
    # Thursday the 26th is a bank holiday: three business days end on Friday.
    told.walk_to(datetime(2026, 11, 27, 14, 0, tzinfo=UTC))
    told.hears(SHARED)
    told.walk_to(datetime(2026, 11, 27, 16, 0, tzinfo=UTC))
    told.hears(SHARED, "is open again")
    assert told.status() not in (Status.RESOLVED, Status.CLOSED)


def test_the_analysis_is_due_in_five_business_days_with_reminders(told: Journey) -> None:
    resolves(told)
    told.press("ap-director-one", "Yes, it is solved", SHARED)
    told.hears(SHARED, "BW-1001 is closed.")
    resolution = told.ticket.of(Closure).resolution
    assert resolution is not None
    assert resolution.rca_due_at is not None
    assert resolution.rca_due_at.date().isoformat() == "2026-12-01"
    before = len(told.told("csm-one"))
    told.walk_to(datetime(2026, 12, 1, 13, 0, tzinfo=UTC))
    reminders = [said for said in told.told("csm-one")[before:] if "nalysis" in said]
    assert len(reminders) == 3
    told.form("csm-one", "It is delivered", None, stands="in the records, RCA-77")
    told.walk_to(datetime(2026, 12, 2, 16, 0, tzinfo=UTC))
    late = [said for said in told.told("cs-manager-one") if "nalysis" in said and "LATE" in said]
    assert late == []
    assert not told.ticket.of(Ladder).owes(StepKind.RCA)


def test_the_certificate_lists_every_step_with_its_times(told: Journey) -> None:
    text = told.types("csm-one", "/bridge", "certificate")
    assert "Certificate · BW-1001 · Acme · Tier 3" in text
    assert "DRILL" in text
    for words in (
        "Acknowledge Acme", "Bridge open", "One contact", "Sponsor told", "Scope confirmed",
        "Leads here", "Roles taken", "Call running", "Blast radius", "First update",
        "chain intact",
    ):  # fmt: skip
        assert words in text, words
    assert "on time" in text
    assert "All times UTC" in text


def test_the_timeline_reads_in_order_with_names_and_times(told: Journey) -> None:
    text = told.types("csm-one", "/bridge", "timeline")
    assert "09:02:1" in text  # in the reader's zone, New York
    scope, update = text.index("confirmed the scope"), text.rindex("update")
    assert scope < update
    assert "Earlier" in text or "Only decisions" in text


def test_reopening_takes_a_reason(told: Journey) -> None:
    resolves(told)
    said = told.types("csm-one", "/ticket", "reopen BW-1001", None)
    assert "reason" in said.lower()
    assert told.status() is Status.RESOLVED
    said = told.types("csm-one", "/ticket", "reopen BW-1001 one copy is missing", None)
    assert "open again" in said
    assert told.status() is not Status.RESOLVED
    told.hears(SHARED, "open again")


def test_opened_by_mistake_for_the_wrong_account_is_corrected_under_release(
    desk: Journey,
) -> None:
    desk.opened()
    desk.acme_was_acknowledged()
    form = desk.opens("csm-one", "Opened by mistake", None)
    form.fill({"mistake": form.offered("mistake")[0], "reason": "it was Elm"})
    desk.submits("csm-one")
    assert desk.status() is Status.OPENED_IN_ERROR
    desk.hears(SHARED)
    desk.press("cs-manager-one", "Release", None)
    desk.hears(SHARED, "Please disregard our message")
    assert desk.told("legal-one")


def test_opened_by_mistake_for_a_duplicate_names_the_other(desk: Journey) -> None:
    desk.opened()
    desk.acme_was_acknowledged()
    form = desk.opens("csm-one", "Opened by mistake", None)
    form.fill({"mistake": form.offered("mistake")[1], "reason": "twice"})
    desk.submits("csm-one")
    assert desk.status() is Status.OPEN
    assert "Nothing was done" in " ".join(form.errors.values())
    form.fill({"mistake": form.offered("mistake")[2], "reason": "a test of the form"})
    desk.submits("csm-one")
    assert desk.status() is Status.OPENED_IN_ERROR
    assert "*Next due*\nnothing" in desk.types("csm-one", "/ticket", "show BW-1001", None)
    desk.hears(SHARED, "it was opened by mistake")
    desk.walk(hours=3)
    desk.hears(SHARED)
