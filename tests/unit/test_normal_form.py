"""Outward words have one form, in which nothing shows otherwise than it is written."""

from __future__ import annotations

import pytest

from protocols.words.normal_form import normal, reading, words


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("be\u200bcause", "because"),
        ("be\u00adcause, be\ufeffcause", "because, because"),
        ("be\ufe0fcause be\U000e0041cause", "because because"),
        ("be\u202ecause\u202c be\u2060cause", "because because"),
        ("a\u200db, 👩\u200d👧", "ab, 👩\u200d👧"),
        ("one\x07two", "onetwo"),
        ("be\u200acause of\u200a2", "because of 2"),
        ("\ud83d alone", "\ufffd alone"),
        ("b\u0332e\u0332c\u0332a\u0332use", "because"),
    ],
    ids=str.__repr__,
)
def test_signs_that_nobody_sees_go(typed: str, form: str) -> None:
    assert normal(typed) == form


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("_because_ *root* ~cause~ `now`", "because root cause now"),
        ("*_because_*, **because**", "because, because"),
        ("_be_\u200bcause", "because"),
        ("```one\ntwo```", "one\ntwo"),
        ("<https://pay.example/a|be>cause", "because"),
        ("see <https://pay.example/a>", "see https://pay.example/a"),
        ("<@U1|csm-one>, <#C1|acme>, <!here>", "@csm-one, #acme, here"),
        ("> root\n> cause", "root\ncause"),
    ],
)
def test_markup_is_what_it_shows(typed: str, form: str) -> None:
    assert normal(typed) == form


@pytest.mark.parametrize(
    "text",
    [
        "payment_id of snake_case",
        "2*3*4 and 5 * 3",
        "~5 to ~10 minutes, ~USD 500",
        "a < b | c > d",
        "> 500 payments",
        "*excluding fees",
        "Привет, мы видим ошибку. Она с нами, а не у вас.",
        "Η πληρωμή έγινε δύο φορές.",
        "Payment is late. Оплата опаздывает: вот она.",
        "the β version, 5 μs",
        "Zahlungen über 3 Straßen, kapalı, Ångström",
        "支払いが二回行われました。",
    ],
)
def test_what_only_resembles_stays(text: str) -> None:
    assert normal(text) == text


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("ｂｅｃａｕｓｅ", "because"),
        ("𝐛𝐞𝐜𝐚𝐮𝐬𝐞 ⓑecause", "because because"),
        ("bесаuse", "because"),
        ("the сосо run", "the coco run"),
        ("due tо а retry", "due to a retry"),
        ("ЕТА", "ETA"),
        ("οne payment", "one payment"),
    ],
)
def test_letters_that_pass_for_latin_ones_are_latin(typed: str, form: str) -> None:
    assert normal(typed) == form


@pytest.mark.parametrize(
    ("typed", "form"),
    [
        ("root  \u00a0cause", "root cause"),
        (" a \r\n\r\n  b\t c \u2028 d ", "a\nb c\nd"),
        ("“it’s” «so»", '"it\'s" "so"'),
        ("10:02–11:02 − x‑y", "10:02-11:02 - x-y"),
        ("root—cause", "root - cause"),
    ],
)
def test_blanks_breaks_dashes_and_quotes_are_alike(typed: str, form: str) -> None:
    assert normal(typed) == form


@pytest.mark.parametrize(
    ("typed", "form"), [("2½ hours", "2 1/2 hours"), ("10² of", "10^2 of"), ("½ hour", "1/2 hour")]
)
def test_no_figure_changes_its_value(typed: str, form: str) -> None:
    assert normal(typed) == form


def test_a_letter_of_many_letters_does_not_grow() -> None:
    assert len(normal("ﷺ" * 3000)) == 3000


def test_checks_read_line_breaks_as_blanks_at_the_same_places() -> None:
    form = normal("Root\ncause: ʙᴇᴄᴀᴜsᴇ, bécause")
    assert reading(form) == "Root cause: because, because"
    assert len(reading(form)) == len(form)


def test_words_compare_in_one_case_without_signs_between() -> None:
    assert words("*Cedar*  Resellers' Ångström_7") == ["cedar", "resellers", "angstrom", "7"]
