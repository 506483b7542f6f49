"""Another account is found by the part of its name that tells it, and ordinary sentences pass."""

from __future__ import annotations

import pytest

from protocols.words.account_names import AccountNames, forms, named
from protocols.words.normal_form import normal

NAMES = AccountNames(
    (
        "Bluebird Resellers",
        "Birch",
        "Cedar Resellers GmbH",
        "The Northwind Trading Company, Inc.",
        "Kestrel Payments Group",
        "Globex Ltd.",
        "Ångström AB",
        "Tyrell Robotics Europe Holdings",
        "First Data",
        "Summit Payments",
        "Current",
        "Premier Bank",
        "Square Inc",
        "Bank of America",
        "Boston Bank",
        "Monday Ltd",
        "IT Group",
        "SAP SE",
        "ACH Bank",
        "365 Holdings",
        "Payments Group",
        "Channel Partners",
        "Legal Partners LLP",
        "AT&T Inc.",
        "GE",
    )
)


def found(text: str, own: str = "Acme") -> list[str]:
    form = normal(text)
    return [form[start:end] for start, end in named(form, NAMES, own)]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Bluebird has it too.", "Bluebird"),
        ("as with BLUEBIRD", "BLUEBIRD"),
        ("bluebird's run", "bluebird"),
        ("the same at Bluebird Resellers", "Bluebird Resellers"),
        ("the same at Bluebird\nResellers", "Bluebird\nResellers"),
        ("see bluebird-support", "bluebird"),
        ("BluebirdResellers said so", "BluebirdResellers"),
        ("Blue\u200bbird said so", "Bluebird"),
        ("Вluеbird said so", "Bluebird"),
        ("birch has it", "birch"),
        ("Cedar had it", "Cedar"),
        ("northwind had it", "northwind"),
        ("Kestrel had it", "Kestrel"),
        ("one run of globex", "globex"),
        ("Angstrom had it", "Angstrom"),
        ("The First Data run", "First Data"),
        ("We saw it at Summit.", "Summit"),
        ("We saw it at Current, too", "Current"),
        ("a file of Premier Bank", "Premier Bank"),
        ("It runs on Square.", "Square"),
        ("bank of america said so", "bank of america"),
        ("Boston Bank said so", "Boston Bank"),
        ("We asked AT&T for it", "AT&T"),
    ],
)
def test_a_name_or_its_telling_part_is_found(text: str, name: str) -> None:
    assert found(text) == [name]


@pytest.mark.parametrize(
    "text",
    [
        "The first data we saw is of 23 November.",
        "The current state is in the file. Current payments go out.",
        "Summit of the curve: the current summit is passed.",
        "Square brackets mark them. A square stands beside each.",
        "Premier support is on it; the premier run is next.",
        "Your bank was told. The bank of the payer answered.",
        "It starts at 3 pm Boston time on Monday.",
        "Our IT team and Legal look at it. Channel Finance is recalculating.",
        "Your SAP system sent 365 payments by ACH.",
        "The payments group of yours has 12 members.",
        "Payments are listed. Channel partners see them too.",
        "It was found at 10:02 EST; GE0412 is the file.",
        "THE CURRENT RUN IS AT ITS SUMMIT.",
        "We look at what is at the end.",
    ],
)
def test_ordinary_sentences_name_nobody(text: str) -> None:
    assert found(text) == []


def test_what_stands_in_the_own_name_may_be_said() -> None:
    assert found("Bluebird is asked; Bluebird Europe too.", own="Bluebird Europe") == []
    assert found("Bluebird Resellers is asked.", own="Bluebird Europe") == ["Bluebird Resellers"]


def test_many_accounts_are_indexed_once() -> None:
    names = AccountNames(tuple(f"Korvax{number} Traders Ltd" for number in range(5_000)))
    assert names.index is names.index
    text = "One word after another is looked up. " * 50 + "Korvax4711 is one."
    assert [text[start:end] for start, end in named(text, names, "Acme")] == ["Korvax4711"]


def test_of_names_that_begin_alike_the_longest_that_stands_there_is_found() -> None:
    names = AccountNames(("Korvax North", "Korvax North Sea Trawling Ltd", "Korvax"))
    text = "Korvax North, Korvax North Sea Trawling, Korvax South and Korvax North Sea"
    found = [text[start:end] for start, end in named(text, names, "Acme")]
    assert found == ["Korvax North", "Korvax North Sea Trawling", "Korvax", "Korvax North"]


def test_a_form_that_one_account_is_named_by_in_any_case_is_sought_in_any_case() -> None:
    names = AccountNames(("Current", "Currentbank", "Current bank"))
    assert [*named("of currentbank", names, "Acme")] == [(3, 14)]


def test_a_name_of_company_words_alone_is_sought_whole_and_in_capitals() -> None:
    assert [(form.words, form.in_capitals) for form in forms("Payments Group")] == [
        (("payments", "group"), True)
    ]
    assert found("Payments Group has it too.") == ["Payments Group"]


@pytest.mark.parametrize("name", ["Monday", "Berlin", "GE", "365", "  ", "SAP SE"])
def test_a_name_that_ordinary_sentences_hold_is_never_sought_by_one_word(name: str) -> None:
    assert all(len(form.words) > 1 for form in forms(name))
