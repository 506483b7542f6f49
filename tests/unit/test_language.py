"""Outward words are refused or asked about, each with a sentence for the writer."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest

from protocols.words.account_names import AccountNames
from protocols.words.language import (
    CHECKS,
    CauseHold,
    Gravity,
    LanguageContext,
    Objection,
    check,
    review,
)

FREE = LanguageContext("Acme")
HELD = replace(FREE, cause_hold=CauseHold("Legal One", datetime(2026, 11, 23, 14, 31, tzinfo=UTC)))
KNOWN = "What we know"
DOING = "What we are doing"


def only(field: str, text: str, ctx: LanguageContext = FREE) -> Objection:
    (finding,) = check(field, text, ctx)
    return finding


def codes(text: str, ctx: LanguageContext = FREE) -> set[str]:
    return {each.code for each in check(KNOWN, text, ctx)}


def test_a_raw_code_is_asked_about_in_these_words() -> None:
    finding = only(KNOWN, "There was an R03 spike in your run.")
    assert finding.severity is Gravity.ASKED
    assert finding.sentence == (
        'What we know: "R03 spike" is a raw code. Say what it means for Acme, '
        'e.g. "some payments came back unpaid".'
    )


def test_a_forecast_is_asked_about_in_these_words() -> None:
    finding = check(DOING, "The transfer should be fixed by noon.", FREE)[0]
    assert finding.severity is Gravity.ASKED
    assert finding.sentence == (
        'What we are doing: "should be fixed by noon" is a forecast. Say what is being done; '
        "the next update carries the time."
    )


def test_a_cause_under_hold_is_refused_in_these_words() -> None:
    finding = only(KNOWN, "It was caused by a retry.", HELD)
    assert finding.severity is Gravity.REFUSED
    assert finding.sentence == (
        'What we know: "caused by" names a cause. Legal holds it (Legal One, since 14:31 UTC). '
        "Take it out, or send the holding line."
    )


def test_a_cause_without_hold_is_asked_about() -> None:
    assert only(KNOWN, "It was caused by a retry.").severity is Gravity.ASKED


def test_the_words_of_the_first_drill_are_stopped_for_two_reasons() -> None:
    found = check(KNOWN, "The cause was a bad deploy, fixed soon.", FREE)
    assert [each.code for each in found] == ["cause", "forecast"]


@pytest.mark.parametrize(
    ("field", "text"),
    [
        (
            KNOWN,
            (
                "412 payments of your run of 23 November were submitted twice. 37 of the second "
                "copies have settled. We have found none in other runs."
            ),
        ),
        (
            DOING,
            (
                "We are separating the affected payments. We are preparing requests to return the "
                "settled copies."
            ),
        ),
        (
            KNOWN,
            (
                "Your October statement omits 3 deals registered between 28 and 31 October. Your "
                "payment method is not affected."
            ),
        ),
        (DOING, "Channel Finance is recalculating the statement against your registrations."),
        (KNOWN, "Nothing new is confirmed since our update of 10:02 EST (15:02 UTC)."),
        (KNOWN, "Payments of 23 November, USD 1,204.50 each, are listed in the file we sent."),
    ],
)
def test_calm_and_exact_words_pass_every_check(field: str, text: str) -> None:
    outcome = review({field: text}, HELD)
    assert outcome.findings == ()
    assert outcome.summary == "Checks passed: 9 of 9."


@pytest.mark.parametrize(
    "text",
    [
        "since 10:02",
        "since 9:05 am today",
        "at 3 pm",
        "at 3 p.m. we called",
        "by noon",
        "before midnight",
        "10 o'clock",
        "at 10:02:33",
        "between 10:02 and 11:02",
    ],
)
def test_a_time_without_a_zone_is_refused(text: str) -> None:
    found = [each for each in check(KNOWN, text, FREE) if each.code == "zone"]
    assert found
    assert all(each.severity is Gravity.REFUSED for each in found)


@pytest.mark.parametrize(
    "text",
    [
        "Mon 23 Nov 2026, 10:02 EST (15:02 UTC)",
        "at 15:02 UTC",
        "at 15:02 UTC+05:30",
        "at 15:02 +05:30",
        "at 3 pm New York time",
        "between 14:02 and 15:02 UTC",
        "from 14:02-15:02 UTC",
        "20:32 IST (15:02 UTC)",
        "12 of 14, ratio 3:1, version 1.10",
    ],
)
def test_a_time_with_a_zone_passes(text: str) -> None:
    assert "zone" not in codes(text)


@pytest.mark.parametrize("zone", ["IST", "CST", "BST"])
def test_a_zone_with_two_meanings_needs_utc(zone: str) -> None:
    finding = only(KNOWN, f"at 10:02 {zone} today")
    assert finding.severity is Gravity.REFUSED
    assert "more than one zone" in finding.sentence


@pytest.mark.parametrize(
    "text", ["card 4111 1111 1111 1111", "routing 021000021", "IBAN DE89370400440532013000"]
)
def test_a_card_or_account_number_is_refused_and_not_repeated(text: str) -> None:
    finding = only(KNOWN, text)
    assert (finding.severity, finding.code) == (Gravity.REFUSED, "number")
    assert text.split(maxsplit=1)[1] not in finding.sentence


@pytest.mark.parametrize(
    "text",
    [
        "Payments from your account have been stopped.",
        "payments are now stopped",
        "All transactions were frozen at once.",
        "We have stopped all payments.",
        "we blocked further outgoing transfers",
        "No further payments are going out.",
        "Your payment run has been halted",
    ],
)
def test_a_stop_that_is_not_confirmed_cannot_be_claimed(text: str) -> None:
    finding = only(DOING, text)
    assert (finding.severity, finding.code) == (Gravity.REFUSED, "not_stopped")
    assert check(DOING, text, replace(FREE, payments_stopped=True)) == ()


def test_asking_for_a_stop_is_no_claim() -> None:
    assert codes("We have asked for a stop of payments from your account.") == set()


FINDING = "412 payments posted twice by worker 7 after the retry. Table ledger_3 is affected."


@pytest.mark.parametrize(
    "text",
    [
        FINDING,
        "412 payments posted twice by worker 7 after the retry.",
        "412 PAYMENTS posted twice, by worker 7, after the retry!",
        "412 payments were posted twice by worker 7 after the retry.",
        "We know more now. Table ledger_3 is affected.",
        "Here it is: 412 payments posted twice by worker 7 after the retry and more.",
    ],
)
def test_a_recorded_finding_is_refused_word_for_word_and_nearly(text: str) -> None:
    found = check(KNOWN, text, replace(FREE, findings=(FINDING,)))
    assert "internal_text" in {each.code for each in found}
    assert all(each.severity is Gravity.REFUSED for each in found if each.code == "internal_text")


@pytest.mark.parametrize(
    "text",
    [
        FINDING.replace(" ", "\n"),
        "412 payments posted\ntwice by worker 7\nafter the retry.",
        "Known so far:\n\nTable\nledger_3 is\naffected.",
        "We looked and 412 payments posted\ntwice by worker 7 after\nthe retry so we wait",
        "It was seen that 412 payments were posted\ntwice by the worker 7 after a retry\nat noon",
        "*412* payments _posted_ twice by worker\u200b 7 after the ｒｅｔｒｙ.",
    ],
)
def test_a_finding_is_found_however_it_is_broken_or_set(text: str) -> None:
    assert "internal_text" in codes(text, replace(FREE, findings=(FINDING,)))


@pytest.mark.parametrize(
    "finding", ["412 payments posted\ntwice by worker 7\nafter the retry", f"*{FINDING}*"]
)
def test_a_finding_is_found_however_it_was_recorded(finding: str) -> None:
    ctx = replace(FREE, findings=(finding,))
    assert "internal_text" in codes("412 payments posted twice by worker 7 after the retry.", ctx)


@pytest.mark.parametrize(
    "text",
    [
        "be\u200bcause of a retry",
        "_because_ of a retry",
        "root  cause",
        "root\ncause",
        "root-cause",
        "ｂｅｃａｕｓｅ of a retry",
        "bесаuse of a retry",
        "due\u00a0to a retry",
    ],
)
def test_a_cause_in_disguise_is_a_cause(text: str) -> None:
    finding = only(KNOWN, f"It happened {text}.", HELD)
    assert (finding.severity, finding.code) == (Gravity.REFUSED, "cause")


def test_an_objection_quotes_the_words_as_they_would_be_sent() -> None:
    assert only(KNOWN, "It was \u200bcau\u00adsed  by a retry.").quote == "caused by"


def test_words_about_the_same_matter_are_no_finding() -> None:
    text = "412 payments of your run of 23 November were submitted twice."
    assert check(KNOWN, text, replace(FREE, findings=(FINDING,))) == ()


def test_a_short_finding_does_not_stop_longer_words() -> None:
    assert check(KNOWN, "One account is in scope, yours.", replace(FREE, findings=("one",))) == ()


@pytest.mark.parametrize("text", ["Birch has it too.", "as with BIRCH", "Cedar  Resellers' run"])
def test_another_account_is_refused(text: str) -> None:
    ctx = replace(FREE, other_account_names=AccountNames(("Birch", "Cedar Resellers")))
    finding = only(KNOWN, text, ctx)
    assert (finding.severity, finding.code) == (Gravity.REFUSED, "other_account")


def test_a_name_within_a_word_or_within_the_own_name_is_no_other_account() -> None:
    ctx = LanguageContext("Acme Elm", other_account_names=AccountNames(("Elm", "Dune")))
    assert check(KNOWN, "Helmet orders of Acme Elm; duneside.", ctx) == ()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("It will be resolved today.", "forecast"),
        ("You will hear more soon.", "forecast"),
        ("We expect to finish.", "forecast"),
        ("It will be back within the hour", "forecast"),
        ("It is done by tomorrow", "forecast"),
        ("We think it is one run.", "speculation"),
        ("It is probably one run.", "speculation"),
        ("It seems to be one run.", "speculation"),
        ("It might be one run.", "speculation"),
        ("Don't worry.", "reassurance"),
        ("Don’t worry.", "reassurance"),
        ("Rest assured that we work on it.", "reassurance"),
        ("Your funds are safe.", "reassurance"),
        ("We are sorry.", "apology"),
        ("We apologize for this.", "apology"),
        ("Our mistake.", "apology"),
        ("It is due to a retry.", "cause"),
        ("It happened because of a retry.", "cause"),
        ("The root cause is known.", "cause"),
        ("The API said HTTP 500.", "raw_code"),
        ("It said INVALID_GRANT.", "raw_code"),
        ("a 502 Bad Gateway came", "raw_code"),
        ("java.lang.NullPointerException: x", "stack_trace"),
        ("Traceback (most recent call last)", "stack_trace"),
        ("at com.bank.Pay.run(Pay.java:12)", "stack_trace"),
    ],
)
def test_words_that_need_a_reason(text: str, code: str) -> None:
    found = check(KNOWN, text, FREE)
    assert code in {each.code for each in found}
    assert {each.severity for each in found} == {Gravity.ASKED}


@pytest.mark.parametrize(
    "text",
    [
        "as soon as it is confirmed, the update says so",
        "We found it in room R2 of building C3.",
        "The sooner file is attached.",
        "Sorrel and regrets are words of a song",
        "We are likening two lists.",
    ],
)
def test_words_that_only_resemble_pass(text: str) -> None:
    assert codes(text) == set()


def test_refused_words_make_the_review_refused_and_asked_ones_do_not() -> None:
    assert review({KNOWN: "at 10:02"}, FREE).refused
    assert not review({KNOWN: "We think so."}, FREE).refused


def test_the_review_counts_checks_over_all_fields() -> None:
    outcome = review({KNOWN: "We think so, at 10:02.", DOING: "We guess so."}, FREE)
    assert outcome.summary == "Checks passed: 7 of 9."
    assert len(CHECKS) == 9


def test_findings_come_in_the_order_of_the_text() -> None:
    found = check(KNOWN, "Sorry, it was at 10:02 because of R03.", FREE)
    assert [each.code for each in found] == ["apology", "zone", "cause", "raw_code"]


def test_advice_leaves_the_label_out() -> None:
    finding = only(KNOWN, "We are sorry.")
    assert finding.advice == '"We are sorry" admits fault. Legal adds one if it is wanted.'


def test_a_long_quote_is_shortened() -> None:
    finding = only(KNOWN, "word " * 60, replace(FREE, findings=("word " * 60,)))
    assert len(finding.quote) <= 80
