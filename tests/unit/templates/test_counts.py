"""Counts and full stops are made in one place, so that none is wrong by one."""

from __future__ import annotations

import re

import pytest

from protocols.counts import counted
from scripts.sources import ROOT
from templates.kit.titles import said, stopped, the_duty

BY_HAND = re.compile(
    r"\}\} (?:impacted )?(?:accounts|people|minutes|times|entries|records|payments|characters"
    r"|addresses|tickets|days|steps)\b|%\}e?s\{% endif %\}"
    r"""|(?:else )['"]e?s['"]|['"]e?s['"] if """
)


@pytest.mark.parametrize(
    ("count", "one", "words"),
    [
        (1, "account", "1 account"),
        (9, "account", "9 accounts"),
        (0, "account", "0 accounts"),
        (1, "person", "1 person"),
        (2, "person", "2 people"),
        (2, "mail address", "2 mail addresses"),
    ],
)
def test_a_count_agrees_with_what_is_counted(count: int, one: str, words: str) -> None:
    assert counted(count, one) == words


def test_a_verb_agrees_as_well() -> None:
    assert counted(1, "person is here", "people are here") == "1 person is here"
    assert counted(9, "person is here", "people are here") == "9 people are here"


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("Is the run late?", "Is the run late?"),
        ("The run is late", "The run is late."),
        ("The run is late.", "The run is late."),
        ("They said no…", "They said no…"),
        ("Paid twice,", "Paid twice."),
    ],
)
def test_a_sentence_ends_once(words: str, whole: str) -> None:
    assert stopped(words) == whole


@pytest.mark.parametrize(
    ("words", "whole"),
    [
        ("end of duty", '"end of duty".'),
        ("Two rows are missing.", '"Two rows are missing."'),
        ("Which runs?", '"Which runs?"'),
        ("and so on…", '"and so on…"'),
    ],
)
def test_a_sentence_that_ends_in_somebodys_words_ends_once(words: str, whole: str) -> None:
    assert said(words) == whole


@pytest.mark.parametrize(
    ("duty", "words"),
    [
        ("engineering-lead", "the engineering lead"),
        ("cs-manager", "the CS manager"),
        ("csm", "the CSM"),
        ("security", "Security"),
        ("payments-operations", "Payments Operations"),
    ],
)
def test_a_duty_of_one_person_has_an_article(duty: str, words: str) -> None:
    assert the_duty(duty) == words


def test_no_template_and_no_rule_makes_a_plural_by_hand() -> None:
    texts = [*ROOT.glob("templates/**/*.j2"), *ROOT.glob("templates/*/*.yaml")]
    texts += [path for root in ("protocols", "templates", "handlers", "bot")
              for path in (ROOT / root).rglob("*.py")]  # fmt: skip
    found = [
        f"{path.relative_to(ROOT)}: {match[0]}"
        for path in texts
        for match in BY_HAND.finditer(path.read_text(encoding="utf-8"))
    ]
    assert found == []
