"""The frozen lists: what stands in databases, in Slack and in users' files, and must not change.

Each list is a text file under `data/frozen`, a fact a line. It may gain lines and lose none:

    .venv/bin/python -m tests.contract.frozen

writes down what has been added, and refuses while something is missing. Everything that is asked
of the program is asked through `tests/kit/frozen.py`.

What falls due and what is told is made by stored histories, taken through the rules of today: the
week that the database of 0002 keeps, and those in `histories.json`, which rules of commit 2c2854d
decided. Nothing of it is read off names in the code.
"""

from __future__ import annotations

import json
import re
import sqlite3
import sys
import tarfile
import tempfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing
from functools import cache
from itertools import groupby
from pathlib import Path
from typing import Any

import yaml

from tests.kit import frozen as today
from tests.kit.wire_shape import shape

Wire = dict[str, Any]
DATA = Path(__file__).parent / "data"
HERE = DATA / "frozen"
DIRECTORY, POLICY = HERE / "directory.yaml", HERE / "policy.yaml"
PAST = DATA / "database_0002" / "sqlite.tar.xz"
VALUES = ((r"^BW-\d+$", "{ref}"), (r"\b\d{13,17}\b", "{at}"), (r"^\d+$", "{n}"),
          (r"^[0-9a-f]{16,64}$", "{hash}"), (r"^[CG]0\w+$", "{channel}"))  # fmt: skip
IDS = ("callback_id", "block_id", "action_id")


# -- stored histories -------------------------------------------------------------------------


@cache
def past() -> sqlite3.Connection:
    """Return the database that the week of 0002 left."""
    with tempfile.TemporaryDirectory() as folder:
        with tarfile.open(PAST, "r:xz") as packed:
            packed.extract("bridgewatch.db", folder, filter="data")
        kept = sqlite3.connect(":memory:", check_same_thread=False)
        with closing(sqlite3.connect(Path(folder) / "bridgewatch.db")) as database:
            database.backup(kept)
    return kept


@cache
def weeks_policy() -> str:
    """Return the body of the policy under which the week was played."""
    ((body,),) = past().execute("SELECT body FROM policy").fetchall()
    return str(body)


def weeks_histories() -> Iterator[tuple[str, list[Wire]]]:
    """Yield each ticket of the week with its changes; what was decided at once is one change."""
    asked = "SELECT chain, payload FROM journal WHERE chain LIKE 'BW-%' AND payload LIKE '{%'"
    rows = past().execute(f"{asked} AND kind != 'payload_erased' ORDER BY chain, seq").fetchall()
    for reference, entries in groupby(rows, key=lambda row: row[0]):
        events = [json.loads(payload) for _, payload in entries]
        yield (
            reference,
            [{"events": list(each)} for _, each in groupby(events, key=lambda event: event["at"])],
        )


@cache
def changes() -> tuple[tuple[str, tuple[today.Change, ...]], ...]:
    """Return what each stored history makes today: the week's, by reference, and the others."""
    told = json.loads((HERE / "histories.json").read_text(encoding="ascii"))
    own_policy = today.policy_body(POLICY)
    histories = [(name, weeks_policy(), history) for name, history in weeks_histories()]
    histories += [("", own_policy, history) for history in told]
    return tuple(
        (reference, tuple(today.replay(history, policy, DIRECTORY)))
        for reference, policy, history in histories
    )


# -- keys, as patterns ------------------------------------------------------------------------


@cache
def _names() -> frozenset[str]:
    who = yaml.safe_load(DIRECTORY.read_text(encoding="utf-8"))
    return frozenset(who["people"])


@cache
def _accounts() -> frozenset[str]:
    who = yaml.safe_load(DIRECTORY.read_text(encoding="utf-8"))
    return frozenset(who["accounts"])


def pattern(key: str) -> str:
    """Return a key without its values: ``BW-1001/pin/3`` is ``{ref}/pin/{n}``."""
    return "".join(_part(part) for part in re.split(r"([/:])", key))


def _part(part: str) -> str:
    if part in _names():
        return "{person}"
    if part in _accounts():
        return "{account}"
    for form, shown in VALUES:
        part = re.sub(form, shown, part)
    return part


def due_line(key: str, kind: str) -> str:
    """Return the line of a due point."""
    return f"{pattern(key)} decides {kind}"


def row_line(row: today.Row) -> str:
    """Return the line of an outbox row."""
    parts = [pattern(row.key), row.road, f"in {pattern(row.stream)}"]
    if row.slot:
        parts.append(f"in place of {pattern(row.slot)}")
    if row.needs:
        parts.append(f"after {' and '.join(sorted({pattern(need) for need in row.needs}))}")
    if row.reports:
        parts.append("reports")
    return " · ".join(parts)


# -- the lists --------------------------------------------------------------------------------


def _due_points() -> Iterator[str]:
    for _, made in changes():
        for change in made:
            yield from (due_line(key, kind) for key, (kind, _) in change.points.items())


def _outbox() -> Iterator[str]:
    for _, made in changes():
        for change in made:
            yield from map(row_line, change.rows)


def _journal() -> Iterator[str]:
    yield from (f"of a ticket: {name}" for name in today.event_classes())
    yield from (f"else: {name}" for name in today.other_entries())


def _wire() -> Iterator[str]:
    yield f"a person is {json.dumps(today.person())}"
    for name, cls in today.event_classes().items():
        yield from shape(name, cls)
    for name, cls in today.point_classes().items():
        yield from shape(name, cls)
    for under, kind in today.ticket_parts():
        yield from shape(f"ticket.{under}" if under else "ticket", kind)


def _ids() -> Iterator[str]:
    yield from (f"answered: {each}" for each in today.answered())
    for _, made in today.shown():
        form = made.get("callback_id")
        for block in made["blocks"] if form is not None else ():
            named = [str(each[name]) for each in _within(block) for name in IDS if name in each]
            if named:
                yield f"form {form}: {' '.join(named)}"


def _within(value: object) -> Iterator[Wire]:
    if isinstance(value, dict):
        yield value
        value = list(value.values())
    for inner in value if isinstance(value, list) else ():
        yield from _within(inner)


def _marks() -> Iterator[str]:
    for key in ("BW-1001/ack", "BW-1001/brief/sponsor-one/mail"):
        metadata, message_id = today.marks(key)
        yield f"{key} as metadata: {json.dumps(metadata)}"
        yield f"{key} as Message-ID: {message_id}"


def _policies() -> Iterator[str]:
    yield f"frozen/policy.yaml: {today.policy_version(today.policy_body(POLICY))}"
    yield f"database_0002: {today.policy_version(weeks_policy())}"
    first = json.loads((DATA / "format-1" / "policy.json").read_text(encoding="ascii"))
    compact = json.dumps(first, sort_keys=True, separators=(",", ":"), ensure_ascii=False)
    yield f"format-1: {today.policy_version(compact)}"


def _schema() -> Iterator[str]:
    with tempfile.TemporaryDirectory() as folder:
        yield from today.columns(Path(folder))
    yield from (f"meta: {name}" for name in today.facts_of_the_installation())


LISTS: dict[str, Callable[[], Iterable[str]]] = {
    "journal": _journal,
    "due_points": _due_points,
    "outbox": _outbox,
    "wire": _wire,
    "ids": _ids,
    "marks": _marks,
    "policies": _policies,
    "policy_keys": today.policy_keys,
    "directory_keys": today.directory_keys,
    "settings": today.setting_names,
    "schema": _schema,
}


def path_of(name: str) -> Path:
    """Return where a list stands."""
    return HERE / f"{name}.txt"


def stored(name: str) -> set[str]:
    """Return the lines of a list as it stands; none of one that nobody wrote yet."""
    path = path_of(name)
    return set(path.read_text(encoding="utf-8").splitlines()) if path.exists() else set()


def said(lines: Iterable[str]) -> str:
    """Return lines as a sentence's end."""
    return "; ".join(sorted(lines))


def main() -> str:
    """Write down what has been added to each list; return what is missing, where it is refused."""
    missing: list[str] = []
    for name, of_today in LISTS.items():
        lines, kept = set(of_today()), stored(name)
        missing += [f"{name}: {line}" for line in sorted(kept - lines)]
        if not kept - lines:
            path_of(name).write_text("".join(f"{line}\n" for line in sorted(lines)), "utf-8")
    return "\n".join(["These must not change:", *missing]) if missing else ""


if __name__ == "__main__":
    sys.exit(main() or None)
