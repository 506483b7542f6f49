"""Each layer imports along the list of subjects: whoever reads a subject knows what it may need."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from protocols.subjects import SUBJECTS
from scripts.sources import ROOT, Source, imports, sources

PRODUCT = ("protocols", "templates", "store", "handlers", "bot", "drill")
MACHINE = ("kernel", "time", "words", "policy", "people")
"""The folders of the rules that are no subject, and know none."""
BESIDE = {
    "templates": {"kit", "pages", "ticket", "desk", "directory", "queue"},
    "handlers": {
        "directory",
        "messages",
        "people",
        "reading",
        "bridge_command",
        "same_problem",
        "ticket_command",
        "subjects",
        "queue",
        "home",
    },
}
"""What else stands beside the subjects: what they share, and what is made of many of them."""
READ_BY_ALL = ("events", "state", "roads")
"""What every subject may read of any: what happened, how it stands, and how somebody is reached."""


def layer(module: str) -> str:
    """Return what a file of a subject is: `events`, `state`, `roads`, `tells`, all else `rules`."""
    name = module.rpartition(".")[2]
    if name.endswith("events"):
        return "events"
    return name if name in {"state", "roads", "tells"} else "rules"


def subject(module: str) -> str:
    """Return the subject of a file of the rules, the templates or Slack's handlers, or ""."""
    parts = module.removeprefix("handlers.slack.").removeprefix("protocols.")
    name = parts.removeprefix("templates.").partition(".")[0]
    return name if name in SUBJECTS else ""


def allowed(here: str, there: str) -> bool:
    """Say whether one subject's file of the rules may import another subject's."""
    wanted, before = layer(there), is_before(subject(there), subject(here))
    match layer(here):
        case "events":
            return wanted == "events" and before
        case "state" | "roads":
            return wanted in READ_BY_ALL
        case "rules":
            return wanted in READ_BY_ALL or (wanted == "rules" and before)
        case _:
            return wanted in READ_BY_ALL or before


def is_before(one: str, other: str) -> bool:
    return SUBJECTS.index(one) < SUBJECTS.index(other)


def between_subjects(root: str) -> Iterator[tuple[str, str]]:
    """Yield each import of a root from one subject to another."""
    for here, wanted in imports(sources(root)).items():
        for there in sorted(set(wanted)):
            if subject(here) and subject(there) and subject(here) != subject(there):
                yield here, there


def of_kernel() -> Iterator[tuple[str, str]]:
    for here, wanted in imports(sources("protocols")).items():
        if here.split(".")[1:2] and here.split(".")[1] in MACHINE:
            yield from ((here, there) for there in wanted)


def test_the_rules_import_along_the_list() -> None:
    stray = [f"{here} -> {there}" for here, there in between_subjects("protocols")
             if not allowed(here, there)]  # fmt: skip
    assert stray == []


@pytest.mark.parametrize("root", ["templates", "handlers"])
def test_words_and_ways_in_import_from_subjects_before_them(root: str) -> None:
    stray = [f"{here} -> {there}" for here, there in between_subjects(root)
             if not is_before(subject(there), subject(here))]  # fmt: skip
    assert stray == []


def test_the_machine_knows_no_subject() -> None:
    known = [f"{here} -> {there}" for here, there in of_kernel()
             if subject(there) or there == "protocols.ticket"]  # fmt: skip
    assert known == []


@pytest.mark.parametrize("root", ["templates", "handlers"])
def test_what_subjects_share_knows_none_of_them(root: str) -> None:
    shared = {here: wanted for here, wanted in imports(sources(root)).items()
              if here.startswith(f"{root}.kit.")}  # fmt: skip
    assert [(here, there) for here, wanted in shared.items() for there in wanted
            if subject(there)] == []  # fmt: skip
    reached = [(each.name, module) for each in sources(root) if each.name in shared
               for module, _ in each.imported if module.startswith("templates.")
               and not module.startswith("templates.kit")]  # fmt: skip
    assert reached == []


def test_a_subject_has_one_name_in_every_root() -> None:
    folders = {
        path.name for path in (ROOT / "protocols").iterdir() if (path / "events.py").exists()
    }
    assert folders == set(SUBJECTS)
    for root, where in (("templates", ROOT / "templates"), ("handlers", ROOT / "handlers/slack")):
        names = {
            path.stem
            for path in where.iterdir()
            if not path.name.startswith("_") and (path.is_dir() or path.suffix == ".py")
        }
        assert names - set(SUBJECTS) - BESIDE[root] <= {"subjects"}, root


def test_no_private_name_is_taken_from_another_file() -> None:
    taken = [f"{each.name} takes {name} of {module}" for each in sources(*PRODUCT)
             for module, name in each.imported
             if name.startswith("_") and not name.startswith("__")]  # fmt: skip
    assert taken == []


@pytest.mark.parametrize(("here", "there", "may"), [
    ("protocols.roles.events", "protocols.account.events", True),
    ("protocols.account.events", "protocols.roles.events", False),
    ("protocols.roles.events", "protocols.account.state", False),
    ("protocols.account.state", "protocols.opening.events", True),
    ("protocols.opening.state", "protocols.account.rules", False),
    ("protocols.account.rules", "protocols.opening.state", True),
    ("protocols.account.rules", "protocols.opening.signals", False),
    ("protocols.opening.rules", "protocols.ladder.lateness", True),
    ("protocols.opening.rules", "protocols.ladder.tells", False),
    ("protocols.opening.tells", "protocols.ladder.tells", True),
    ("protocols.ladder.tells", "protocols.opening.tells", False),
])  # fmt: skip
def test_what_may_import_what(here: str, there: str, *, may: bool) -> None:
    assert allowed(here, there) is may


def test_every_file_of_a_subject_is_placed() -> None:
    files: list[Source] = sources("protocols")
    assert {layer(each.name) for each in files if subject(each.name)} == {
        "events", "state", "roads", "rules", "tells",
    }  # fmt: skip
