"""Write what was tried against Bridgewatch from the tests that tried it: `docs/reliability.md`.

    .venv/bin/python -m scripts.reliability            writes it
    .venv/bin/python -m scripts.reliability --check    says whether the one that is kept is current

A suite says in its docstring which faults and threats it proves something about; how many tests
it has, and in which run they are, is read from it. Nothing of the page is typed by hand.
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from protocols.counts import counted
from scripts.sources import ROOT

PAGE = ROOT / "docs" / "reliability.md"
TESTS = ROOT / "tests"
_PROVES = re.compile(r"^Proves: ([FT]\d\d(?:, [FT]\d\d)*)\.$", re.MULTILINE)
FAULTS = {
    "F01": "Killed at a write",
    "F02": "Killed between two steps: claimed, sent, recorded",
    "F03": "Slack sends something again",
    "F04": "Slack sends it again to another process",
    "F05": "Out of order, an old button, two buttons at once",
    "F06": "Slack says to wait",
    "F07": "Slack fails: errors, resets, no name, hangs, drips, half an answer",
    "F08": "The answer to a post is lost",
    "F09": "Slack refuses for good",
    "F10": "Slack is down for two hours",
    "F11": "The database is locked",
    "F12": "The database is full",
    "F13": "The database takes no writes",
    "F14": "The database goes away, restarts, is switched over",
    "F15": "The database is damaged, missing, or not ours",
    "F16": "Two transactions in each other's way",
    "F17": "The clock is set",
    "F18": "A process is stopped, and goes on after its lease",
    "F19": "Several processes for one step",
    "F20": "Asked to end, at any instant",
    "F21": "Asked to end, and killed a second later",
    "F24": "Wrong settings, policy, directory",
    "F25": "A template that is broken",
    "F26": "Another release beside this one, an older database",
    "F27": "Policy or directory changed during an incident",
    "F28": "Whoever is asked is gone",
    "F31": "Text of every kind",
    "F33": "Memory and files that are not given back",
    "F36": "The record is tampered with",
    "F38": "A form that was closed, or came too late",
    "F39": "The socket is lost, or opened twice",
    "F40": "A list of accounts, of which some fail",
}
THREATS = {
    "T01": "A request that Slack did not sign",
    "T02": "A signature that is malformed",
    "T03": "A signed request sent again",
    "T04": "What was refused, in the log",
    "T05": "Another workspace",
    "T06": "A guest, a stranger, somebody unknown",
    "T07": "A change that somebody may not make",
    "T08": "One person who writes and releases",
    "T09": "Mentions in what is typed",
    "T10": "Links that show another address",
    "T11": "Templates in what is typed",
    "T12": "Blocks in what is typed",
    "T13": "Inside words outside",
    "T14": "Words that Legal holds",
    "T15": "Secrets in logs and errors",
    "T17": "A webhook that leads elsewhere",
    "T24": "Crowds at the door",
    "T25": "A record that was changed",
    "T26": "Forgotten too early, or too late",
    "T27": "Card and account numbers in what is typed",
    "T31": "Doors that nobody needs",
    "T32": "An answer that goes to another address than Slack's",
}
INTRODUCTION = (
    "Made from the tests by `python -m scripts.reliability`: each suite says in its docstring what "
    "it proves something about. A line stands here as long as its tests pass."
)


@dataclass(frozen=True, slots=True)
class Suite:
    """One file of tests that says what it proves.

    Attributes:
        path: Where it is.
        says: The first sentence of its docstring.
        proves: The faults and threats that it proves something about.
        tests: How many tests it has; one with parameters counts once.
    """

    path: Path
    says: str
    proves: tuple[str, ...]
    tests: int


def suites(tests: Path = TESTS) -> Iterator[Suite]:
    """Yield every file of tests that says what it proves, in order."""
    for path in sorted(tests.rglob("test_*.py")):
        parsed = ast.parse(path.read_text(encoding="utf-8"))
        said = ast.get_docstring(parsed) or ""
        found = _PROVES.search(said)
        if found is not None:
            proves = tuple(found[1].split(", "))
            yield Suite(path, said.partition("\n")[0], proves, _tests(parsed))


def _tests(parsed: ast.Module) -> int:
    return sum(
        isinstance(each, ast.FunctionDef) and each.name.startswith("test_")
        for each in ast.walk(parsed)
    )


def page() -> str:
    """Return the page as the tests make it."""
    found = tuple(suites())
    return "\n".join(
        (
            "# What was tried",
            "",
            INTRODUCTION,
            "",
            f"{sum(suite.tests for suite in found)} tests in {len(found)} suites.",
            "",
            "## Faults",
            "",
            *_table(FAULTS, found),
            "",
            "## Abuse",
            "",
            *_table(THREATS, found),
            "",
            "## Suites",
            "",
            *(f"- `{suite.path.relative_to(ROOT)}`, {counted(suite.tests, 'test')}: {suite.says}"
              for suite in found),
            "",
        )
    )  # fmt: skip


def _table(ids: Mapping[str, str], found: tuple[Suite, ...]) -> Iterator[str]:
    yield "| | what goes wrong | suites | tests |"
    yield "|---|---|---|---|"
    for key, words in ids.items():
        of_it = [suite for suite in found if key in suite.proves]
        names = ", ".join(f"`{suite.path.relative_to(TESTS)}`" for suite in of_it)
        yield f"| {key} | {words} | {names} | {sum(suite.tests for suite in of_it)} |"


def main(asked: list[str]) -> int:
    """Write the page, or say whether it is current."""
    if asked != ["--check"]:
        PAGE.write_text(page(), encoding="utf-8")
        return 0
    is_current = PAGE.exists() and PAGE.read_text(encoding="utf-8") == page()
    if not is_current:
        print("docs/reliability.md is not what the tests make: python -m scripts.reliability")
    return 0 if is_current else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
