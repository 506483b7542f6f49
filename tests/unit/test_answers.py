"""What accounts answer, in ten languages; half of it is held out from the writing of the rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import pytest

from protocols.words.answers.meaning import LONGEST, Meaning, meaning_of

CORPUS = Path(__file__).parents[1] / "data" / "answers"
LANGUAGES = sorted(path.stem for path in (CORPUS / "written").glob("*.txt"))
EXPECTED = {"thanks": Meaning.THANKS, "works": Meaning.WORKS, "broken": Meaning.BROKEN,
            "person": Meaning.UNCLEAR}  # fmt: skip
WELL = 0.95


def lines(part: str) -> Iterator[tuple[str, Meaning, str]]:
    """Yield the messages of a part: the language, what a person reads in it, the words."""
    for path in sorted((CORPUS / part).glob("*.txt")):
        for line in path.read_text(encoding="utf-8").splitlines():
            kind, _, text = line.partition(": ")
            yield path.stem, EXPECTED[kind], text


@cache
def read(part: str) -> tuple[tuple[str, Meaning, str, Meaning], ...]:
    return tuple((where, meant, text, meaning_of(text)) for where, meant, text in lines(part))


def share(part: str, meant: Meaning) -> float:
    """Return how much of what means one thing is read so."""
    found = [is_read is meant for _, said, _, is_read in read(part) if said is meant]
    return sum(found) / len(found)


@pytest.mark.parametrize("part", ["written", "held_out"])
def test_no_thanks_open_a_ticket_again_or_close_it(part: str) -> None:
    decided = (Meaning.BROKEN, Meaning.WORKS)
    assert not [r for r in read(part) if r[1] is Meaning.THANKS and r[3] in decided]


@pytest.mark.parametrize("part", ["written", "held_out"])
@pytest.mark.parametrize("meant", [Meaning.WORKS, Meaning.BROKEN])
def test_a_plain_answer_is_read_as_what_it_is(part: str, meant: Meaning) -> None:
    assert share(part, meant) >= WELL


@pytest.mark.parametrize("part", ["written", "held_out"])
def test_a_yes_is_never_read_as_a_no_nor_a_no_as_a_yes(part: str) -> None:
    turned = {(Meaning.WORKS, Meaning.BROKEN), (Meaning.BROKEN, Meaning.WORKS)}
    assert not [each for each in read(part) if (each[1], each[3]) in turned]


@pytest.mark.parametrize("part", ["written", "held_out"])
def test_what_a_person_should_read_closes_nothing(part: str) -> None:
    closing = (Meaning.UNCLEAR, Meaning.WORKS)
    assert not [each for each in read(part) if (each[1], each[3]) == closing]


def test_every_language_has_forty_lines_and_half_of_them_are_held_out() -> None:
    held_out = Counter(language for language, _, _ in lines("held_out"))
    written = Counter(language for language, _, _ in lines("written"))
    assert len(LANGUAGES) == 10
    assert all(held_out[each] == 20 and written[each] >= 20 for each in LANGUAGES)


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("Wоrks nоw", Meaning.WORKS),
        ("ＷＯＲＫＳ NOW!!!", Meaning.WORKS),
        ("It   works\nnow", Meaning.WORKS),
        ("It does ~not~ work", Meaning.BROKEN),
        ("thaaaaaanks", Meaning.THANKS),
        ("Guten Morgen!", Meaning.THANKS),
        ("Guten Morgen, die Zahlung fehlt", Meaning.BROKEN),
        ("おはようございます", Meaning.THANKS),
        ("You're welcome", Meaning.THANKS),
        ("Good night all", Meaning.THANKS),
        ("haha", Meaning.THANKS),
        ("👍🏽", Meaning.THANKS),
        (":+1::skin-tone-3:", Meaning.THANKS),
        ("🔥🔥", Meaning.UNCLEAR),
        (":fire:", Meaning.UNCLEAR),
        ("<@U0CSMONE> thank you", Meaning.THANKS),
        ("<https://example.com|works now>", Meaning.WORKS),
        ("help", Meaning.UNCLEAR),
        ("It works sometimes", Meaning.UNCLEAR),
        ("It is not not working", Meaning.BROKEN),
        ("It blocks my business.", Meaning.BROKEN),
        ("", Meaning.UNCLEAR),
        ("...", Meaning.UNCLEAR),
        ("works now " * LONGEST, Meaning.UNCLEAR),
    ],
)
def test_words_in_disguise_mean_what_they_mean(text: str, meant: Meaning) -> None:
    assert meaning_of(text) is meant
