"""A record written whole into one file, with all that is needed to check it elsewhere.

What the files hold is said in the README that goes with them. Source: S139, S181; M4.
"""

from __future__ import annotations

import hashlib
import os
import tempfile
import zipfile
from collections.abc import Iterable, Mapping
from datetime import datetime
from pathlib import Path

from bot.engine import desk_record
from bot.evidence.anchors import Anchor
from store.db import Connection
from store.journal_rows import DESK
from store.json_text import Json, canonical, from_json
from store.read import chains, evidence
from store.read.raw_rows import UNREADABLE

CHECK = Path(__file__).with_name("check.py")
README = """\
The record of {reference}, as it stood on {at} (UTC).{drill}

python check.py   checks it with nothing but Python 3.9 or newer: prints what it checked and all
                  that is wrong, and ends with 0 or 1.

journal.jsonl     every entry: its header, its payload (null once erased), and its hash. The hash is
                  the SHA-256 of the header, which names the payload's and the entry before.
record.json       the row that the entries make, and the end of the chain.
texts.jsonl       everything that was told or is to be, word for word, and what became of it.
due_points.jsonl  what was due when, and what became of it.
policy.json       every figure that the record was decided by, frozen as it was opened.
notes.jsonl       where the desk's own chain noted the end of this one, and digests of its words.
anchors/          where files outside the database noted the end of this chain. Compare them with
                  the copies that you hold yourself: who can change a database and the anchors
                  beside it can write a chain anew, and then only your own copy shows it.
manifest.json     the digests of all files.
"""


def files_of(
    conn: Connection, reference: str, anchors: Iterable[Anchor], at: datetime
) -> dict[str, bytes] | None:
    """Return the files of an export by name, None when there is no such record.

    Raises:
        PolicyUnknown: The policy of the record is not kept.
    """
    row = evidence.row(conn, reference)
    entries = evidence.entries(conn, reference)
    if row is None or not entries:
        return None
    head = chains.head(conn, reference)
    drill = " It is of a rehearsal (DRILL)." if row["drill"] else ""
    readme = README.format(reference=reference, at=f"{at:%d %B %Y, %H:%M}", drill=drill)
    files = {
        "README.txt": readme.encode("ascii"),
        "check.py": CHECK.read_bytes(),
        "record.json": _line({"reference": reference, "head": [head.seq, head.hash], "row": row}),
        "journal.jsonl": _lines(entries),
        "texts.jsonl": _lines(evidence.texts(conn, reference)),
        "due_points.jsonl": _lines(evidence.due_points(conn, reference)),
        "policy.json": _line(evidence.policy(conn, row["policy_version"])),
        "notes.jsonl": _lines(_notes(conn, reference)),
        **{f"anchors/{each.name}": each.content for each in anchors if reference in each.heads},
    }
    return {**files, "manifest.json": _manifest(files, reference, at)}


def written(files: Mapping[str, bytes], reference: str, folder: Path) -> Path:
    """Write an export's files into one file in a folder, whole or not at all.

    Raises:
        OSError: The folder takes no file.
    """
    name = reference.replace("/", "_")
    handle, made = tempfile.mkstemp(dir=folder, suffix=".zip")
    try:
        with os.fdopen(handle, "wb") as file, zipfile.ZipFile(file, "w") as packed:
            for inside, content in files.items():
                packed.writestr(f"{name}/{inside}", content, zipfile.ZIP_DEFLATED)
        return Path(made).replace(folder / f"{name}.zip")
    except BaseException:
        Path(made).unlink()
        raise


def _notes(conn: Connection, reference: str) -> list[dict[str, Json]]:
    found = evidence.entries(conn, DESK, desk_record.NOTED)
    return [each for each in found if _names(each["payload"], reference)]


def _names(payload: str | None, reference: str) -> bool:
    try:
        return reference in from_json(payload or "")["heads"]
    except UNREADABLE:
        return False


def _manifest(files: Mapping[str, bytes], reference: str, at: datetime) -> bytes:
    said: dict[str, Json] = {
        "reference": reference,
        "at": at.isoformat(),
        "files": {name: hashlib.sha256(content).hexdigest() for name, content in files.items()},
    }
    return _line({**said, "digest": hashlib.sha256(canonical(said).encode()).hexdigest()})


def _lines(values: Iterable[Json]) -> bytes:
    return b"".join(map(_line, values))


def _line(value: Json) -> bytes:
    return (canonical(value) + "\n").encode("ascii")
