"""Count what one has to read to follow a gesture: files visited, and steps between folders.

    .venv/bin/python -m scripts.walks

plays a Tier 3 ticket against the local Slack, on SQLite, and follows the thread that works: of
``/ticket`` until the form is sent for, of a submit, a due step and a release until the commit. A
first ticket warms everything that is made once. A file is visited when one of its functions is
called; a crossing is a call from a file of one folder into one of another. Where Bolt's thread has
one of the desk's do a gesture, the way goes on in that one. Reads are those of them that only read
a value of the record; between roots are those from one root into another. What waits for requests,
the courier, and the test's own thread do not count.
"""

from __future__ import annotations

import logging
import tempfile
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from types import FrameType

from store.db import Database
from store.schema import migrate
from tests.kit.journey import FUNDS, REPORTED, THEY_TOLD, Journey, journey

ROOT = Path(__file__).resolve().parents[1]
ROOTS = ("protocols", "templates", "store", "handlers", "bot")
RECORD = ("protocols/kernel/record.py", "protocols/ticket.py")
FORM, COMMIT = "views.open", "commit"
GESTURE, TICK = "handlers/kit/journey.py", "tick"
"""What stands on the stack of a gesture's thread, and of a due step's."""
PATIENCE = "bot/desk/patience.py"
"""Has a thread of its own do what was asked, so that Slack is answered in time whatever happens."""


@dataclass
class Walk:
    """A way so far: the files on it, and how often it went from one folder into another."""

    files: set[str] = field(default_factory=set)
    crossings: int = 0
    reads: int = 0
    roots: int = 0

    def __or__(self, other: Walk) -> Walk:
        return Walk(
            self.files | other.files,
            self.crossings + other.crossings,
            self.reads + other.reads,
            self.roots + other.roots,
        )

    def step(self, caller: str, file: str) -> None:
        """Note a call from one file into another; "" calls from outside."""
        self.files.add(file)
        if caller and folder_of(caller) != folder_of(file):
            self.crossings += 1
            self.reads += file in RECORD
            self.roots += caller.partition("/")[0] != file.partition("/")[0]

    @property
    def folders(self) -> set[str]:
        """Return the folders on the way."""
        return {folder_of(file) for file in self.files}


def copied(walk: Walk) -> Walk:
    """Return a way as it is so far, which goes on by itself."""
    return replace(walk, files=set(walk.files))


def folder_of(file: str) -> str:
    """Return the folder of a file."""
    return file.rpartition("/")[0]


class Follower:
    """Follows every thread but the one that plays, and keeps the ways that came to an end."""

    def __init__(self) -> None:
        self._names: dict[str, str] = {}
        self._player = threading.get_ident()
        self._ways: dict[int, Walk] = {}
        self._asked = Walk()
        self._on = False
        self.ended: list[tuple[str, str, Walk]] = []

    def __call__(self, frame: FrameType, event: str, _: object) -> None:
        """Note a call; this is what the interpreter tells each thread's profiler."""
        if event != "call" or not self._on or threading.get_ident() == self._player:
            return
        if file := self._file(frame):
            self._visit(frame, file)
        elif frame.f_code.co_name == "urlopen" and FORM in str(frame.f_locals.get("url")):
            self._end(FORM, frame)
        elif frame.f_code.co_name == "do_commit":
            self._end(COMMIT, frame)

    @contextmanager
    def following(self) -> Iterator[list[tuple[str, str, Walk]]]:
        """Follow as long as the context lasts; give the ways that ended in it."""
        self._ways.clear()
        self.ended = []
        self._on = True
        try:
            yield self.ended
        finally:
            self._on = False

    def _visit(self, frame: FrameType, file: str) -> None:
        caller = next(filter(None, map(self._file, above(frame))), "")
        if not caller and file == GESTURE:
            self._ways[threading.get_ident()], caller = copied(self._asked), PATIENCE
        elif not caller or frame.f_code.co_name == TICK:
            self._ways[threading.get_ident()] = Walk()
        way = self._ways.setdefault(threading.get_ident(), Walk())
        way.step(caller, file)
        if file == PATIENCE:
            self._asked = way

    def _end(self, where: str, frame: FrameType) -> None:
        stack = [frame, *above(frame)]
        ticks = any(each.f_code.co_name == TICK and self._file(each) for each in stack)
        gestures = any(self._file(each) == GESTURE for each in stack)
        here = self._ways.get(threading.get_ident(), Walk())
        others = [way for thread, way in self._ways.items() if thread != threading.get_ident()]
        if where == FORM:  # sent for by a thread of its own; the longest other way led to it
            here |= max(others, key=lambda way: len(way.files), default=Walk())
        by = TICK if ticks else GESTURE if gestures else ""
        self.ended.append((where, by, copied(here)))

    def _file(self, frame: FrameType) -> str:
        """Return a frame's file below the root, "" when it is none of the product."""
        path = frame.f_code.co_filename
        if path not in self._names:
            place = Path(path)
            inside = path.endswith(".py") and place.is_relative_to(ROOT)
            name = place.relative_to(ROOT).as_posix() if inside else ""
            self._names[path] = name if name.partition("/")[0] in ROOTS else ""
        return self._names[path]


def above(frame: FrameType) -> Iterator[FrameType]:
    """Yield the frames that a frame was called from, the nearest first."""
    caller = frame.f_back
    while caller is not None:
        yield caller
        caller = caller.f_back


def walked(follower: Follower, act: Callable[[], object], where: str, by: str) -> Walk:
    """Do something, and return the longest way that ended so: reading commits as well.

    Raises:
        LookupError: None did.
    """
    with follower.following() as ended:
        act()
    found = [walk for place, who, walk in ended if place == where and by in ("", who)]
    if not found:
        raise LookupError(f"no way ended at {where} by {by}: {[each[:2] for each in ended]}")
    return max(found, key=lambda walk: len(walk.files))


def walks(play: Journey, follower: Follower) -> Iterator[tuple[str, Walk]]:
    """Play a ticket, and yield each way with its name."""
    play.opened()
    play.takes_up()
    play.minute(44)
    due = walked(follower, lambda: play.minute(45.1), COMMIT, TICK)
    play.drafts()
    play.press("cs-manager-one", "Release")
    play.drafts()
    release = walked(follower, lambda: play.press("cs-manager-one", "Release"), COMMIT, GESTURE)
    yield "/ticket to views.open", walked(follower, play.form_from_command, FORM, "")
    form = play.person("csm-one").view
    play.fills(form, account="Elm", impact_money=[FUNDS], confirmed=REPORTED,
               noticed=THEY_TOLD)  # fmt: skip
    yield "a submit to commit", walked(follower, form.submit, COMMIT, GESTURE)
    yield "a due step to commit", due
    yield "a release to commit", release
    play.settle()
    for audience, count in Counter(heard.audience for _, heard in play.outside()).items():
        play.hears(audience, *[""] * count)


def main() -> None:
    """Print the table."""
    follower = Follower()
    threading.setprofile(follower)
    logging.disable(logging.WARNING)
    print(f"{'way':<24}{'files':>7}{'folders':>9}{'crossings':>11}{'reads':>8}{'roots':>8}")
    with tempfile.TemporaryDirectory() as folder:
        url = f"sqlite:///{folder}/walks.db"
        database = Database(url)
        migrate(database)
        database.dispose()
        with journey(url) as play:
            for name, walk in walks(play, follower):
                print(f"{name:<24}{len(walk.files):>7}{len(walk.folders):>9}{walk.crossings:>11}"
                      f"{walk.reads:>8}{walk.roots:>8}")  # fmt: skip


if __name__ == "__main__":
    main()
