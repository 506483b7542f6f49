"""What became of the functions of an earlier commit, and which lists somebody has to keep."""

from __future__ import annotations

from pathlib import Path
from textwrap import dedent

from scripts.moved import Stands, functions, kept_lists, standing
from scripts.sources import Source

THEN = """
class Desk:
    def open(self, account):
        ticket = self.book.write(account)
        return ticket.reference

def closed(ticket):
    return ticket.status in ENDED and not ticket.owes
"""


def written(folder: Path, name: str, text: str) -> Source:
    """Return a file that holds a text."""
    (folder / name).write_text(dedent(text), encoding="utf-8")
    return Source(Path(name), folder)


def became(folder: Path, now: str) -> Stands:
    """Return what became of the functions of THEN."""
    before = functions([written(folder, "then.py", THEN)])
    return standing(before, functions([written(folder, "now.py", now)]))


def test_a_function_stands_whatever_file_it_is_in_and_its_lines_are_counted(tmp_path: Path) -> None:
    stands = became(
        tmp_path, THEN.replace("return ticket.ref", "self.told()\n        return ticket.ref")
    )
    assert (stands.before, len(stands.pairs)) == (2, 2)
    assert (stands.lines(0), stands.lines(1)) == (3, 4)
    assert (stands.longer(), stands.shorter()) == (1, 0)


def test_a_function_of_another_name_stands_where_its_body_does(tmp_path: Path) -> None:
    stands = became(tmp_path, THEN.replace("closed", "is_over"))
    assert [(old.name, new.name) for old, new in stands.pairs] == [
        ("Desk.open", "Desk.open"),
        ("closed", "is_over"),
    ]


def test_a_function_of_one_name_that_does_something_else_does_not_stand(tmp_path: Path) -> None:
    stands = became(tmp_path, "def closed(door):\n    for hinge in door: hinge.turn(90)\n")
    assert stands.pairs == ()


def test_one_function_stands_for_one_alone(tmp_path: Path) -> None:
    before = functions([written(tmp_path, "a.py", THEN), written(tmp_path, "b.py", THEN)])
    after = functions([written(tmp_path, "c.py", THEN)])
    assert len(standing(before, after).pairs) == 2


def test_a_literal_of_eight_names_of_ours_is_a_list_that_somebody_keeps(tmp_path: Path) -> None:
    names = ", ".join(f"Rule{number}" for number in range(8))
    head = f"from protocols.rules import {names}\n"
    table = "{" + ", ".join(f"Rule{number}: {number}" for number in range(8)) + "}"
    rest = f"RULES = ({names})\nTABLE: dict = {table}\nFEW = (Rule1, Rule2)\n"
    assert list(kept_lists(written(tmp_path, "kept.py", head + rest))) == [8, 8]
