"""A call that is refused for good is a result: who was not reached, why, and what to do.

Proves: F09.
"""

from __future__ import annotations

from tests.kit.journey import FUNDS, REPORTED, SHARED, Journey, journey

FORBIDDEN = "a setting of the Slack workspace forbids it"


def refuse(desk: Journey, method: str, error: str, only_if: str = "") -> None:
    desk.slack.fault(method, "error", error=error, count=0, only_if=only_if)


def opened_words(desk: Journey) -> str:
    """Return what the opener's newest message of the opening says."""
    return next(told for told in reversed(desk.told("csm-one")) if "Next, from you" in told)


def test_a_sponsor_who_cannot_be_told_is_named_with_why_and_nothing_stays_at_sending(
    desk: Journey,
) -> None:
    refuse(desk, "chat.postMessage", "restricted_action", "U0SPONSOR1")
    desk.opened()
    desk.acme_was_acknowledged()
    desk.sees(lambda: "NOT told" in opened_words(desk), "the opener reads who was not told")
    said = opened_words(desk)
    assert f"Sponsor One: NOT told ({FORBIDDEN}). Tell them yourself" in said
    assert "sending" not in said


def test_a_bridge_that_may_not_be_made_is_told_to_the_opener_with_why(desk: Journey) -> None:
    refuse(desk, "conversations.create", "restricted_action")
    desk.opened()
    desk.acme_was_acknowledged()
    desk.sees(lambda: "sending" not in opened_words(desk), "the opener reads all of it")
    said = opened_words(desk)
    assert f"bridge: could NOT be made ({FORBIDDEN})" in said
    assert "sending" not in said
    told = [words for words in desk.told("cs-manager-one") if "could not be delivered" in words]
    assert len(told) == 1


def test_without_a_mail_server_it_is_said_who_was_not_told_and_why(
    migrated_sqlite_url: str,
) -> None:
    with journey(migrated_sqlite_url, SMTP_URL="") as desk:
        desk.opened()
        desk.hears(SHARED, "We have your report.")
        said = opened_words(desk)
        assert "processor contact: NOT told (no mail server is set up). Call them" in said
        assert "sending" not in said


def test_the_form_that_waits_shows_that_the_last_call_was_refused(migrated_sqlite_url: str) -> None:
    with journey(migrated_sqlite_url, SMTP_URL="") as desk:
        refuse(desk, "chat.postMessage", "restricted_action")
        refuse(desk, "conversations.create", "restricted_action")
        form = desk.form_from_message("csm-one")
        desk.fills(form, summary="Sent twice", impact_money=[FUNDS], confirmed=REPORTED)
        form.submit()
        desk.sees(lambda: "NOT" in desk.person("csm-one").view.words, "the end in the form")
        assert "sending" not in desk.person("csm-one").view.words


def test_what_was_refused_arrives_by_try_again_once_its_cause_is_mended(desk: Journey) -> None:
    refuse(desk, "chat.postMessage", "restricted_action", "U0SPONSOR1")
    desk.opened()
    desk.acme_was_acknowledged()
    desk.sees(lambda: "NOT told" in opened_words(desk), "the opener reads who was not told")
    desk.slack.clear_faults()
    desk.settle()
    assert not any("BW-1001" in said for said in desk.told("sponsor-one"))
    desk.press("cs-manager-one", "Try again", None)
    desk.sees(
        lambda: any("BW-1001" in said for said in desk.told("sponsor-one")), "the sponsor is told"
    )
    after = "nothing of this waits to be delivered any more"
    desk.sees(lambda: any(after in said for said in desk.told("cs-manager-one")), after)
    desk.sees(lambda: "NOT told" not in opened_words(desk), "the opener reads that they were")
