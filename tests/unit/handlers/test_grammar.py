"""What the words after /ticket mean: a verb, a near miss, or what happened."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

import pytest

from handlers.kit.grammar import (
    NearMiss,
    TypedWords,
    Verb,
    person_id,
    readable,
    summary_and_description,
    ticket,
    until,
)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("show BW-1001", Verb("show", "BW-1001")),
        ("SHOW bw-1001", Verb("show", "BW-1001")),
        ("show", Verb("show")),
        ("why BW-1001", Verb("why", "BW-1001")),
        ("why BW-1001 utc", Verb("why", "BW-1001", "utc")),
        (
            "tier BW-1001 4 same in nine accounts",
            Verb("tier", "BW-1001", "4 same in nine accounts"),
        ),
        ("tier BW-1001", Verb("tier", "BW-1001")),
        ("resolve BW-1001", Verb("resolve", "BW-1001")),
        ("reopen BW-1001 not solved", Verb("reopen", "BW-1001", "not solved")),
        ("close BW-1001 no answer", Verb("close", "BW-1001", "no answer")),
        ("history Acme", Verb("history", "", "Acme")),
        ("history", Verb("history")),
        ("change BW-1001", Verb("change", "BW-1001")),
        ("mine", Verb("mine")),
        ("help", Verb("help")),
        ("account BW-1001 Acme", Verb("account", "BW-1001", "Acme")),
        ("account BW-1001", Verb("account", "BW-1001")),
        ("account locked out", TypedWords("account locked out")),
        ("  show\u200b   BW-1001 ", Verb("show", "BW-1001")),
    ],
)
def test_a_verb_counts_when_what_follows_fits_it(typed: str, meant: Verb) -> None:
    assert ticket(typed) == meant


@pytest.mark.parametrize(
    "typed",
    [
        "show stopper in the payment run",
        "why are payments late",
        "hold on Acme payments",
        "mine shaft payments are blocked",
        "change the account of Acme",
        "help Acme cannot log in",
        "resolve the duplicate of Acme",
        "reopen Acme case",
        "tier 4 for everyone",
        "queue of payments stuck",
        "change of bank details never arrived",
        "note that Acme waits",
        "Payments of 23 Nov sent twice",
        "payments",
        "BW-1001",
    ],
)
def test_everything_else_is_what_happened_whole(typed: str) -> None:
    assert ticket(typed) == TypedWords(typed)


def test_a_verb_that_names_no_account_is_the_beginning_of_a_sentence() -> None:
    assert ticket("history of late runs", is_account=lambda _: False) == TypedWords(
        "history of late runs"
    )


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("tier 4 spreads", Verb("tier", "", "4 spreads")),
        ("reopen it is back", Verb("reopen", "", "it is back")),
    ],
)
def test_in_a_bridge_the_reference_may_be_left_out(typed: str, meant: Verb) -> None:
    assert ticket(typed, in_bridge=True) == meant
    assert ticket(typed) == TypedWords(typed)


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("shwo", "show"),
        ("hlep", "help"),
        ("resolv", "resolve"),
        ("histroy", "history"),
        ("hodl", "hold"),
        ("quue", "queue"),
    ],
)
def test_a_lone_word_that_is_nearly_a_verb_is_asked_back(typed: str, nearest: str) -> None:
    assert ticket(typed) == NearMiss(typed, nearest)


@pytest.mark.parametrize(
    ("typed", "nearest"),
    [
        ("show BW-1001 please", "show BW-1001"),
        ("shwo bw-1001", "show BW-1001"),
        ("assign BW-1001 csm two", "assign BW-1001"),
        ("tier BW-1001 high", "tier BW-1001"),
        ("unlink BW-1001", "unlink BW-1001 BW-1002"),
        ("find", "find WORDS"),
        ("queue fnance", "queue"),
        ("mine late", "mine"),
    ],
)
def test_a_verb_with_what_does_not_fit_it_is_asked_back_and_opens_no_ticket(
    typed: str, nearest: str
) -> None:
    assert ticket(typed) == NearMiss(typed, nearest)


def test_words_after_ask_and_answer_are_kept_for_the_form() -> None:
    assert ticket("ask BW-1001 Which row?") == Verb("ask", "BW-1001", "Which row?")
    assert ticket("answer BW-1001 We look.") == Verb("answer", "BW-1001", "We look.")


HERE = datetime(2026, 11, 23, 15, 2, tzinfo=ZoneInfo("Europe/Berlin"))


@pytest.mark.parametrize(
    ("typed", "words", "until_at"),
    [
        ("check the batch until 18:00", "check the batch", HERE.replace(hour=18, minute=0)),
        ("check until 9:30", "check", HERE.replace(day=24, hour=9, minute=30)),
        ("until 5 Dec", "", datetime(2026, 12, 5, 18, tzinfo=HERE.tzinfo)),
        ("wait until they call", "wait until they call", None),
        ("check", "check", None),
        ("", "", None),
    ],
)
def test_a_reason_may_say_until_when(typed: str, words: str, until_at: datetime | None) -> None:
    assert until(typed, HERE) == (words, until_at)


def test_a_history_is_a_tickets_or_an_accounts() -> None:
    meant = ticket("history bw-1001", is_account=lambda _: False)
    assert meant == Verb("history", "", "bw-1001")
    assert ticket("history of payments", is_account=lambda _: False) == TypedWords(
        "history of payments"
    )


@pytest.mark.parametrize("typed", ["hold BW-1", "hold BW-1 off", "hold BW-1 check until 18:00"])
def test_a_hold_is_of_a_ticket(typed: str) -> None:
    assert ticket(typed) == Verb("hold", "BW-1", typed.removeprefix("hold BW-1").strip())


@pytest.mark.parametrize("typed", ["", "   ", "\u200b\u2060", "\n\t"])
def test_nothing_typed_opens_an_empty_form(typed: str) -> None:
    assert ticket(typed) == TypedWords()


def test_words_from_right_to_left_stay_as_they_are() -> None:
    assert ticket("المدفوعات متأخرة منذ الصباح") == TypedWords("المدفوعات متأخرة منذ الصباح")


def test_a_direction_that_would_hide_a_word_is_taken_out() -> None:
    assert ticket("pay\u202ement twice") == TypedWords("payment twice")


def test_slacks_escapes_read_as_they_were_typed() -> None:
    typed = "<@U1|csm.one> says R&amp;D &lt;b&gt; in <#C1|acme-support>, see <https://x.example|x>"
    assert readable(typed) == "@csm.one says R&D <b> in #acme-support, see https://x.example"


def test_a_mention_is_a_person_and_a_name_is_not() -> None:
    assert person_id("<@U0CSMONE|csm.one>") == "U0CSMONE"
    assert person_id("@csm.one") == ""


def test_a_short_line_is_the_summary_alone() -> None:
    assert summary_and_description("Payments sent twice") == ("Payments sent twice", "")


def test_a_long_text_is_cut_for_the_summary_and_stands_whole_below() -> None:
    text = "word " * 200
    summary, description = summary_and_description(text)
    assert len(summary) == 150
    assert description == text.strip()


def test_several_lines_make_one_line_and_stay_several_below() -> None:
    assert summary_and_description("one\ntwo") == ("one two", "one\ntwo")
