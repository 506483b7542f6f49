"""Anchors: the ends of all chains in a folder outside the database, a file a day.

Each file names the digest of the one before it; with a key each is signed. No file is ever written
again: who changes the database afterwards would have to change what others hold. Source: M4.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
import re
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from store.journal_rows import Head
from store.json_text import canonical, from_json
from store.read.flaws import Flaw
from store.read.raw_rows import UNREADABLE
from store.read.verification import Noted

NAME = re.compile(r"[0-9]{6}-[0-9]{4}-[0-9]{2}-[0-9]{2}\.json")
FORM = 1


@dataclass(frozen=True, slots=True)
class Anchor:
    """One file: which ends it notes, what it follows, and who signed it."""

    name: str
    content: bytes
    number: int
    at: datetime
    previous: str
    heads: dict[str, Head]
    mac: str

    @property
    def digest(self) -> str:
        """Return what the next file names it by."""
        return hashlib.sha256(self.content).hexdigest()


class Anchors:
    """The folder.

    Args:
        folder: Where the files are.
        key: Signs them; empty when none is set.
    """

    def __init__(self, folder: Path, key: str = "") -> None:
        self.folder = folder
        self._key = key

    def read(self) -> tuple[tuple[Anchor, ...], tuple[Flaw, ...]]:
        """Return every anchor, the oldest first, and what is wrong with the files themselves."""
        found: list[Anchor] = []
        wrong: list[Flaw] = []
        for path in self._paths():
            try:
                found.append(_read(path))
            except (OSError, *UNREADABLE):
                wrong.append(_wrong(path.name, "it cannot be read"))
        wrong += _broken_links(found)
        if found and self._key and not self._is_signed(found[-1]):
            wrong.append(_wrong(found[-1].name, "it is not signed with the key that is set"))
        return tuple(found), tuple(wrong)

    def is_due(self, now: datetime) -> bool:
        """Say whether another anchor is to be written: a day has begun, or a key was set."""
        paths = self._paths()
        if not paths:
            return True
        newest = _read(paths[-1])
        return newest.at.date() < now.date() or (bool(self._key) and not self._is_signed(newest))

    def write(self, heads: Iterable[Head], now: datetime) -> Path | None:
        """Note the ends that the newest anchors do not; None when another process has just done it.

        Raises:
            OSError: The folder takes no file.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        before = [_read(path) for path in self._paths()]
        known = {name: head for each in before for name, head in each.heads.items()}
        number = before[-1].number + 1 if before else 1
        said: dict[str, object] = {
            "form": FORM,
            "number": number,
            "at": now.isoformat(),
            "previous": before[-1].digest if before else "",
            "heads": {
                each.chain: [each.seq, each.hash] for each in heads if known.get(each.chain) != each
            },
        }
        content = canonical({**said, "mac": self._mac(canonical(said))}) + "\n"
        path = self.folder / f"{number:06}-{now.date().isoformat()}.json"
        return path if _put(path, content) else None

    def _paths(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return sorted(path for path in self.folder.iterdir() if NAME.fullmatch(path.name))

    def _mac(self, said: str) -> str:
        return (
            hmac.new(self._key.encode(), said.encode(), "sha256").hexdigest() if self._key else ""
        )

    def _is_signed(self, anchor: Anchor) -> bool:
        said = {name: value for name, value in from_json(anchor.content).items() if name != "mac"}
        return hmac.compare_digest(self._mac(canonical(said)), anchor.mac)


def noted_ends(anchors: Iterable[Anchor]) -> Iterator[Noted]:
    """Yield the ends that anchors note, of each chain the newest."""
    newest = {
        name: Noted(head, f"the anchor {anchor.name}")
        for anchor in anchors
        for name, head in anchor.heads.items()
    }
    yield from newest.values()


def _read(path: Path) -> Anchor:
    content = path.read_bytes()
    said = from_json(content)
    heads = {str(name): Head(str(name), int(seq), str(end)) for name, (seq, end) in
             said["heads"].items()}  # fmt: skip
    at = datetime.fromisoformat(said["at"])
    return Anchor(path.name, content, int(said["number"]), at, said["previous"], heads, said["mac"])


def _broken_links(anchors: Iterable[Anchor]) -> Iterator[Flaw]:
    number, previous = 0, ""
    for each in anchors:
        if (each.number, each.previous) != (number + 1, previous) or not each.name.startswith(
            f"{each.number:06}-{each.at.date().isoformat()}"
        ):
            yield _wrong(each.name, "it does not follow the one before it")
        number, previous = each.number, each.digest


def _wrong(name: str, reason: str) -> Flaw:
    return Flaw(f"the anchor {name}", None, reason)


def _put(path: Path, content: str) -> bool:
    """Put a whole file there under a name that nobody has; say whether nobody had."""
    handle, made = tempfile.mkstemp(dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(made).chmod(0o444)
        with contextlib.suppress(FileExistsError):
            path.hardlink_to(made)
            return True
        return False
    finally:
        Path(made).unlink()
