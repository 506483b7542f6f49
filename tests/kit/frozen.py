"""What the program of today says about each thing that must not change, a function for each.

This file is the only seam between the frozen lists (`tests/contract/test_frozen.py`) and the
program: whoever moves code points the imports here to its new place, and changes no list.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, get_origin

from bot import settings
from bot.engine import desk_record
from bot.engine.calendars import calendar_of
from bot.engine.ledger import EVENTS
from bot.files.directory import load_directory
from bot.files.entries import NESTED, SECTIONS, FileEntry
from bot.files.lines import read_lined
from bot.files.policy import DEFAULT_POLICY, load_policy
from bot.gateways.letters import message_id_of
from bot.gateways.lookback import metadata_of
from handlers.slack.subjects import DOORS
from protocols import subjects
from protocols.kernel.changing import fold
from protocols.kernel.context import Context
from protocols.people.channels import ChannelFacts
from protocols.people.people import Actor, Standing, Who
from protocols.policy.policy import Policy
from protocols.scales import CATEGORIES
from protocols.subjects import dues, plan
from protocols.ticket import Ticket
from store import codec
from store.db import Database
from store.journal_rows import ERASED
from store.schema import migrate
from store.write import meta
from templates.kit import catalogue, render
from tests.unit.templates.variants import VARIANTS
from tests.unit.templates.world import outward, sample

Wire = dict[str, Any]
TABLES = (
    "presses", "options", "submissions", "shortcuts", "message_shortcuts", "slashes",
    "ticket_verbs",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Row:
    """An effect as the outbox keeps it, without its words."""

    key: str
    road: str
    stream: str
    slot: str
    needs: tuple[str, ...]
    reports: bool


@dataclass(frozen=True, slots=True)
class Change:
    """What one change of a history made: the due points from then on, and the effects."""

    points: Mapping[str, tuple[str, datetime]]
    rows: tuple[Row, ...]


# -- names in the journal and the database ----------------------------------------------------


def event_classes() -> Mapping[str, type]:
    """Return the class of each event by its name in the journal."""
    return {kind.__name__: kind for kind in subjects.EVENTS}


def point_classes() -> Mapping[str, type]:
    """Return the class of each due point by the name under which its value is stored."""
    return {kind.__name__: kind for kind in subjects.POINTS}


def other_entries() -> Sequence[str]:
    """Return the names of journal entries that are no event of a ticket."""
    return (
        desk_record.POLICY,
        desk_record.DIRECTORY,
        desk_record.SWAPPED,
        desk_record.ACCOUNT,
        desk_record.NOTED,
        ERASED,
    )


def ticket_parts() -> Iterator[tuple[str, type]]:
    """Yield the classes of which a ticket's stored body is made, with the name they stand under."""
    for kind, form in Ticket.slices.items():
        yield form.under, kind


def person() -> object:
    """Return how a person is written."""
    return codec.encode(Who("csm-one", "CSM One"))


def facts_of_the_installation() -> Sequence[str]:
    """Return the names under which the installation keeps facts of itself."""
    return (meta.IDENTITY, meta.CLOCK_OFFSET_S, meta.DIRECTORY_FILE)


def columns(folder: Path) -> Iterator[str]:
    """Yield each table and column of a database that was made today."""
    path = folder / "of-today.db"
    database = Database(f"sqlite:///{path}")
    migrate(database)
    database.dispose()
    with closing(sqlite3.connect(path)) as made:
        tables = made.execute("SELECT name FROM sqlite_schema WHERE type = 'table'")
        for (table,) in tables.fetchall():
            for _, column, kind, required, _, _ in made.execute(f"PRAGMA table_info({table})"):
                yield f"{table}.{column} {kind}{' required' if required else ''}"


# -- what a history makes ---------------------------------------------------------------------


def replay(history: Sequence[Wire], policy: str, directory: Path) -> Iterator[Change]:
    """Take a history of stored events through the rules of today, change by change.

    Args:
        history: Changes; each with its events, who made them, and what was known besides.
        policy: The body of the ticket's policy.
        directory: The directory file.
    """
    rules = Policy.from_body(policy)
    people = load_directory(directory)
    ticket: Ticket | None = None
    calendar = None
    for version, change in enumerate(history, 1):
        events = tuple(EVENTS.decode(event) for event in change["events"])
        calendar = calendar or calendar_of(rules.calendar, events[0].at.date())
        before, ticket = ticket, fold(events, ticket)
        ctx = Context(events[-1].at, _actor(change, events[0].by), rules, people, calendar,
                      **_known(change))  # fmt: skip
        points = {point.key: (point.kind, point.at) for point in dues(ticket, rules, calendar)}
        effects = plan(before, events, ticket, ctx, version)
        yield Change(points, tuple(map(_row, effects)))


def _actor(change: Wire, by: Who) -> Actor:
    return Actor(by, Standing(change.get("standing", "member")), account=change.get("account"))


def _known(change: Wire) -> Wire:
    channel = change.get("channel")
    return {
        "channel": None if channel is None else ChannelFacts(**channel),
        "unreachable": frozenset(change.get("unreachable", ())),
        "has_mail": change.get("has_mail", True),
        "status_hook": change.get("status_hook", True),
    }


def _row(effect: Any) -> Row:
    road = f"{effect.gateway.value} {effect.method} {effect.surface.value}"
    stream = effect.stream or effect.key
    return Row(effect.key, road, stream, effect.slot or "", effect.needs, effect.reports)


# -- names that come back from Slack, and marks by which a delivery is found again -------------


def answered() -> Iterator[str]:
    """Yield the id of every button, menu, form, shortcut and command that is answered."""
    for table in TABLES:
        yield from (f"{table} {name}" for name in getattr(DOORS, table))


def shown() -> Iterator[tuple[str, Wire]]:
    """Yield every message and modal in every state that its golden text has, by its name."""
    for surface in catalogue.surfaces():
        given = sample(surface)
        states = [given, *(outward(surface, {**given, **changed})
                           for changed in VARIANTS.get(surface.name, {}).values())]  # fmt: skip
        if surface.kind == catalogue.VIEW:
            yield from ((surface.name, render.view(surface.name, facts)) for facts in states)
        elif surface.kind == catalogue.MESSAGE:
            for facts in states:
                yield surface.name, {"blocks": render.message(surface.name, facts).blocks}


def marks(key: str) -> tuple[object, str]:
    """Return the metadata of a post and the Message-ID of a mail, both made from its key."""
    return metadata_of(key), message_id_of(key, "support@vendor.example")


# -- what an installation has written itself ----------------------------------------------------


def policy_body(file: Path) -> str:
    """Return the body that is kept of a policy file."""
    return load_policy(file).body


def policy_version(body: str) -> str:
    """Return the version of a policy by its body."""
    return Policy.from_body(body).version


def setting_names() -> Sequence[str]:
    """Return the name of every setting."""
    return tuple(settings.variables())


def policy_keys() -> Iterator[str]:
    """Yield the path of every entry that a policy file may have."""
    asked: set[str] = set()
    Policy.from_mapping(_Asked(read_lined(DEFAULT_POLICY).values, "", asked))
    for path in asked:
        yield path
        # The rows that come along stand in every desk's file.
        head, star, rest = path.partition("categories.*")
        if star and not head:
            yield from (f"categories.{known}{rest}" for known in CATEGORIES)


def directory_keys() -> Iterator[str]:
    """Yield the path of every entry that a directory file may have."""
    for section, model in SECTIONS.items():
        yield from (section, f"{section}.*")
        yield from _entries_of(model, f"{section}.*.")


def _entries_of(model: type[FileEntry], path: str) -> Iterator[str]:
    for name, field in model.model_fields.items():
        yield f"{path}{name}"
        nested = NESTED.get(name)
        if nested is not None:
            listed = "[]" if get_origin(field.annotation) is list else ""
            yield from _entries_of(nested, f"{path}{name}{listed}.")


class _Asked(dict[Any, Any]):
    """Entries of a file that note which names they are asked for.

    Where the names are the user's own the reader goes through them; then ``*`` is noted.
    """

    def __init__(self, entries: Mapping[Any, Any], path: str, asked: set[str]) -> None:
        super().__init__(entries)
        self._path, self._asked, self._own = path, asked, False

    def __iter__(self) -> Iterator[Any]:
        self._own = True
        return super().__iter__()

    def __getitem__(self, key: Any) -> Any:
        return self._wrapped(super().__getitem__(key), self._path_of(key))

    def get(self, key: Any, default: Any = None) -> Any:
        """Note the name, and answer."""
        self._asked.add(self._path_of(key))
        return self._wrapped(super().get(key, default), self._path_of(key))

    def _path_of(self, key: Any) -> str:
        return f"{self._path}{'*' if self._own else key}"

    def _wrapped(self, value: Any, path: str) -> Any:
        if isinstance(value, dict):
            return _Asked(value, f"{path}.", self._asked)
        if isinstance(value, list):
            return [self._wrapped(each, f"{path}[]") for each in value]
        return value
