"""Words for the account: drafted by one, released by another, promised and kept."""

from __future__ import annotations

import pytest

from protocols.ladder.events import StepKind
from protocols.updates.state import Updates
from tests.kit.journey import DOING, KNOWN, SHARED, Journey

BETTER = "412 payments of your run of 23 November were submitted twice. 37 have settled."


@pytest.fixture
def manned(desk: Journey) -> Journey:
    """Give a desk with Acme's bridge, its scope confirmed and its three roles taken."""
    desk.opened()
    desk.acme_was_acknowledged()
    desk.takes_up()
    return desk


def test_the_communicator_is_asked_for_a_draft_at_forty_five_minutes(manned: Journey) -> None:
    manned.minute(44)
    assert not any("first update to Acme is due" in told for told in manned.told("csm-two"))
    manned.minute(45.1)
    assert any("first update to Acme is due" in told for told in manned.told("csm-two"))
    manned.hears(SHARED)


def test_an_update_reaches_the_customer_in_its_thread_after_a_second_person(
    desk_in_slack: Journey,
) -> None:
    play = desk_in_slack
    play.opened()
    play.acme_was_acknowledged()
    play.takes_up()
    play.drafts()
    play.hears(SHARED)
    seen = play.reads("csm-two", "waits for release")
    assert seen.buttons == ["Review", "Suggest words", "Send back"]
    read = play.reads("cs-manager-one", "waits for release")
    assert read.buttons[0] == "Release"
    said = play.answered("csm-two", lambda: play.presses_old("csm-two", read, "Release"))
    assert "someone else must release it" in said
    play.hears(SHARED)
    play.press("cs-manager-one", "Release")
    [update] = play.hears(SHARED, KNOWN)
    assert DOING in update
    assert "Next update by" in update
    shown = play.person("ap-director-one").sees(SHARED, KNOWN)
    assert shown is not None
    parent = play.person("ap-director-one").sees(SHARED, "We have your report.")
    assert parent is not None
    assert shown.thread_ts == parent.ts
    assert shown.subtype == "thread_broadcast"
    assert play.has_line("✅ Update 1 is with Acme")
    assert play.is_done(StepKind.FIRST_UPDATE)


def test_words_are_stopped_with_the_reason_under_each_field(manned: Journey) -> None:
    form = manned.drafts(known="R03 spike in batch 77", doing="It should be fixed by noon")
    told = " ".join([*form.errors.values(), form.words])
    assert "is a raw code" in told
    assert "is a forecast" in told
    manned.drafts(known="The bank card 4111 1111 1111 1111 was hit", opens=False)
    assert "must not be sent" in form.words
    form.press("Use this")
    manned.sees(lambda: "ending 1111 was hit" in str(form.value("known")), "the safe words")
    assert manned.ticket.of(Updates).drafts == ()
    manned.hears(SHARED)


def test_a_finding_cannot_be_copied_into_an_update(manned: Journey) -> None:
    manned.types("engineer-one", "/bridge", "finding The retry job double submitted batch 77")
    form = manned.drafts(known="The retry job double submitted batch 77")
    assert "findings stay inside" in " ".join([*form.errors.values(), form.words])
    assert manned.ticket.of(Updates).waiting_drafts() == ()


def test_a_check_that_only_asks_lets_the_words_on_with_a_reason(manned: Journey) -> None:
    form = manned.drafts(known="We think that 412 payments went twice.")
    assert manned.ticket.of(Updates).drafts == ()
    manned.sees(lambda: "asked_reason" in str(form.wire["blocks"]), "the field for a reason")
    assert form.value("known") == "We think that 412 payments went twice."
    form.choose("asked_reason", "Acme asked for our view")
    manned.submits("csm-two")
    assert len(manned.ticket.of(Updates).waiting_drafts()) == 1
    assert manned.has_line("Acme asked for our view")
    manned.hears(SHARED)


def test_suggested_words_are_taken_by_the_writer_and_released_by_a_third(
    manned: Journey,
) -> None:
    manned.drafts()
    manned.form("cs-manager-one", "Suggest words", known=BETTER, doing=DOING)
    assert any("37 have settled" in told for told in manned.told("csm-two"))
    manned.press("csm-two", "Use these words", None)
    read = manned.reads("csm-one", "37 have settled")
    said = manned.answered(
        "cs-manager-one", lambda: manned.presses_old("cs-manager-one", read, "Release")
    )
    assert "Words of yours are in this text" in said
    manned.hears(SHARED)
    manned.press("csm-one", "Release")
    manned.hears(SHARED, BETTER)


def test_a_text_sent_back_comes_to_its_writer_with_the_reason(manned: Journey) -> None:
    manned.drafts()
    manned.form("cs-manager-one", "Send back", why="say how many have settled")
    assert any("say how many have settled" in told for told in manned.told("csm-two"))
    form = manned.opens("csm-two", "Draft update", None)
    assert form.value("known") == KNOWN
    form.choose("known", BETTER)
    manned.submits("csm-two")
    manned.press("cs-manager-one", "Release")
    manned.hears(SHARED, BETTER)


def test_only_the_text_that_was_read_is_released(manned: Journey) -> None:
    manned.drafts()
    old = manned.reads("cs-manager-one", KNOWN)
    manned.form("cs-manager-one", "Suggest words", known=BETTER, doing=DOING)
    manned.press("csm-two", "Use these words", None)
    said = manned.answered(
        "cs-manager-one", lambda: manned.presses_old("cs-manager-one", old, "Release")
    )
    assert "Not sent. The text changed after you opened it (CSM Two" in said
    manned.hears(SHARED)
    manned.press("csm-one", "Release")
    manned.hears(SHARED, BETTER)


def test_two_people_release_one_text_and_the_customer_reads_it_once(manned: Journey) -> None:
    manned.drafts()
    text = manned.reads("cs-manager-one", KNOWN)
    manned.press("cs-manager-one", "Release")
    manned.hears(SHARED, KNOWN)
    manned.answered("csm-one", lambda: manned.presses_old("csm-one", text, "Release"))
    manned.hears(SHARED)


def test_a_draft_that_waits_is_brought_to_everyone_who_may_release_it(manned: Journey) -> None:
    manned.minute(46)
    manned.drafts()
    manned.minute(51.5)
    for who in ("cs-manager-one", "csm-one"):
        assert any("an update has waited" in told for told in manned.told(who)), who
    assert not any("an update has waited" in told for told in manned.told("csm-two"))


def test_a_promise_that_is_kept_brings_no_late_text(manned: Journey) -> None:
    manned.minute(40)
    manned.drafts()
    manned.press("cs-manager-one", "Release")
    manned.hears(SHARED, KNOWN)
    manned.minute(61)
    manned.hears(SHARED)
    assert "update LATE" not in manned.card()


def test_a_promise_never_passes_in_silence(desk_in_slack: Journey) -> None:
    play = desk_in_slack
    play.opened()
    play.acme_was_acknowledged()
    play.takes_up()
    play.minute(59)
    play.hears(SHARED)
    play.minute(60.1)
    [late] = play.hears(SHARED, "The update is not ready yet.")
    assert "10:17 EST (15:17 UTC)" in late
    assert play.has_line("🔴 LATE")
    assert "update LATE" in play.card()
    play.minute(75.1)
    play.hears(SHARED)
    assert any("LATE" in told for told in play.told("cs-manager-one"))
    play.drafts()
    play.press("cs-manager-one", "Release")
    [update] = play.hears(SHARED, KNOWN)
    assert "Promised by Mon 23 Nov 2026, 10:02 EST (15:02 UTC)." in update


def test_the_holding_line_is_one_press_away_for_everyone(manned: Journey) -> None:
    said = manned.answered("csm-one", lambda: manned.press("csm-one", "What can I say?"))
    assert "We want to give you accurate information, not fast information." in said
    manned.press("csm-one", "Send the holding line")
    [line] = manned.hears(SHARED, "accurate information, not fast information")
    assert "15:02 UTC" in line


def test_we_are_late_is_asked_about_said_once_and_none_follows_by_itself(manned: Journey) -> None:
    def says() -> str:
        return manned.answered("csm-one", lambda: manned.press("csm-one", "What can I say?"))

    manned.minute(40)
    says()
    assert 'Send "We are late"' not in manned.person("csm-one").ephemerals[-1].buttons
    manned.minute(50)
    says()
    question = manned.opens("csm-one", 'Send "We are late"')
    assert "Acme reads at once" in question.words
    manned.hears(SHARED)
    said = manned.answered("csm-one", lambda: manned.submits("csm-one"))
    assert "they hear from us by" in said
    [late] = manned.hears(SHARED, "We said you would hear from us by")
    assert "10:17 EST (15:17 UTC)" in late
    assert manned.has_line("Acme is told that the update due")
    assert any("Acme is told" in told for told in manned.told("cs-manager-one"))
    says()
    assert 'Send "We are late"' not in manned.person("csm-one").ephemerals[-1].buttons
    manned.minute(60.1)
    manned.hears(SHARED)
    assert "update LATE" in manned.card()
    manned.minute(75.1)
    manned.hears(SHARED)
    assert any("🔴" in told for told in manned.told("cs-manager-one"))


def test_no_change_goes_twice_and_the_third_needs_a_release(manned: Journey) -> None:
    manned.drafts()
    manned.press("cs-manager-one", "Release")
    manned.hears(SHARED, KNOWN)
    for _ in range(2):
        manned.walk(minutes=46)
        reminder = manned.reads("csm-two", "you promised Acme an update", None)
        manned.press("csm-two", "No change", None)
        manned.hears(SHARED, "nothing new is confirmed")
    manned.walk(minutes=46)
    shown = manned.person("csm-two").sees(None, "you promised Acme an update")
    assert shown is not None
    assert "No change" not in shown.buttons
    said = manned.answered(
        "csm-two", lambda: manned.presses_old("csm-two", reminder, "No change", None)
    )
    assert "kept it." in said
    manned.hears(SHARED)


def test_a_correction_follows_the_update_in_its_thread_after_a_second_person(
    manned: Journey,
) -> None:
    assert "Nothing to correct" in manned.types("csm-two", "/bridge", "correct")
    manned.drafts()
    manned.press("cs-manager-one", "Release")
    manned.hears(SHARED, KNOWN)
    form = manned.opens("csm-two", "Correct an update")
    assert "Corrects update 1 to Acme" in form.words
    assert form.value("What we wrote") == KNOWN
    form.fill({"What we wrote": "412 payments", "What is right": "414 payments"})
    manned.submits("csm-two")
    manned.hears(SHARED)
    read = manned.reads("cs-manager-one", "waits for release")
    said = manned.answered("csm-two", lambda: manned.presses_old("csm-two", read, "Release"))
    assert "someone else must release it" in said
    manned.press("cs-manager-one", "Release")
    [told] = manned.hears(SHARED, "Update 2, a correction to update 1")
    assert "414 payments" in told
    assert "Next update by" in told
    director = manned.person("ap-director-one")
    shown, first = director.sees(SHARED, "414 payments"), director.sees(SHARED, KNOWN)
    assert shown is not None
    assert first is not None
    assert (shown.thread_ts, shown.subtype) == (first.thread_ts, "thread_broadcast")
    assert "edited" not in first.wire
    assert manned.has_line("✅ Update 2, a correction to update 1, is with Acme")


def test_what_the_customer_answers_is_recorded_and_announced(manned: Journey) -> None:
    parent = manned.person("ap-director-one").sees(SHARED, "We have your report.")
    assert parent is not None
    manned.person("ap-director-one").say(SHARED, "Is it one run or all?", parent.ts)
    manned.settle()
    assert manned.has_line("Acme wrote in")
    assert "Is it one run or all?" in manned.types("csm-one", "/bridge", "timeline")
    manned.hears(SHARED)


def test_words_said_by_phone_are_recorded(manned: Journey) -> None:
    manned.answered("csm-one", lambda: manned.press("csm-one", "What can I say?"))
    manned.form(
        "csm-one", "Record their words",
        contact="AP Director One", said_at="14:40 UTC", words="Please hurry",
    )  # fmt: skip
    assert "Please hurry" in manned.types("csm-one", "/bridge", "timeline")
