"""What is asked of twenty thousand accounts costs hardly more than what is asked of a thousand."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest

from protocols.people.directory import Account, AccountContact, AccountKind, Directory
from protocols.words.account_names import named
from protocols.words.normal_form import normal

FEW, MANY = 1_000, 20_000
GROWTH_MOST = 4.0
"""A walk through all would grow twentyfold."""
TEXT = normal("We have Korvax17 in hand, and the payments go out as planned. " * 10)
Ask = Callable[[Directory], object]


def directory(count: int, called: str = "Korvax{} Traders") -> Directory:
    accounts = (
        Account(
            f"a{number}",
            called.format(number),
            AccountKind.CUSTOMER,
            "UTC",
            contacts=(AccountContact("A", f"one@k{number}.example", slack=f"U0A{number}"),),
        )
        for number in range(count)
    )
    made = Directory(accounts=tuple(accounts))
    made.warm()
    return made


@pytest.fixture(scope="module")
def sizes() -> tuple[Directory, Directory]:
    """Give a directory of few accounts and one of many."""
    return directory(FEW), directory(MANY)


def quickest_s(ask: Ask, of: Directory) -> float:
    """Return the shortest of some runs: what else the machine does only ever adds."""
    took = []
    for _ in range(15):
        began_s = time.perf_counter()
        for _ in range(5):
            ask(of)
        took.append(time.perf_counter() - began_s)
    return min(took)


@pytest.mark.parametrize(
    "ask",
    [
        pytest.param(lambda of: list(named(TEXT, of.account_names, "Acme")), id="names in a text"),
        pytest.param(lambda of: of.accounts_of("one@k7.example", "U0A9"), id="of a contact"),
        pytest.param(lambda of: of.named("korvax77 TRADERS"), id="by name"),
        pytest.param(lambda of: of.search_accounts("korvax7"), id="as typed"),
        pytest.param(lambda of: of.search_accounts(""), id="nothing typed"),
    ],
)
def test_it_does_not_grow_with_the_accounts(sizes: tuple[Directory, Directory], ask: Ask) -> None:
    few, many = sizes
    assert quickest_s(ask, many) < GROWTH_MOST * quickest_s(ask, few) + 0.001


def test_a_word_with_which_all_names_begin_is_read_as_soon_as_any_other() -> None:
    few, many = (directory(count, "Korvax {}") for count in (FEW, MANY))
    text = normal("Korvax 17 is in hand, and Korvax as such is fine. " * 10)

    def ask(of: Directory) -> object:
        return list(named(text, of.account_names, "Acme"))

    assert quickest_s(ask, many) < GROWTH_MOST * quickest_s(ask, few) + 0.001


def test_words_that_no_name_has_are_looked_for_in_milliseconds(
    sizes: tuple[Directory, Directory],
) -> None:
    assert sizes[1].search_accounts("zzz") == ()
    assert quickest_s(lambda of: of.search_accounts("zzz"), sizes[1]) < 0.1
