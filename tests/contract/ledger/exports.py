"""What somebody with an export in hand can do to it, drawn by a seeded chance over every field."""

from __future__ import annotations

import hashlib
import json
import random
from typing import Any

from bot.evidence.check import MANIFEST, OUTWARD, canonical

Files = dict[str, bytes]
BOUND = ("journal.jsonl", "notes.jsonl", "policy.json", "record.json", "texts.jsonl")
"""Files of which something shows even when the manifest was made anew."""


def tampered(files: Files, chance: random.Random) -> tuple[str, Files]:
    """Return what was done, and the files after it."""
    if chance.random() < 0.5:
        return _anyhow(files, chance)
    done, changed = _bound(files, chance)
    return f"{done}, manifest made anew", with_manifest(changed)


def with_manifest(files: Files) -> Files:
    """Return files with a manifest that names them as they are."""
    said = json.loads(files[MANIFEST])
    del said["digest"]
    rest = {name: content for name, content in files.items() if name != MANIFEST}
    said["files"] = {name: hashlib.sha256(content).hexdigest() for name, content in rest.items()}
    digest = hashlib.sha256(canonical(said).encode()).hexdigest()
    return {**rest, MANIFEST: lines([{**said, "digest": digest}])}


def lines(values: list[Any]) -> bytes:
    """Return values as the lines of a file."""
    return "".join(canonical(value) + "\n" for value in values).encode()


def values_of(content: bytes) -> list[Any]:
    """Return the values of a file's lines."""
    return [json.loads(line) for line in content.decode().splitlines()]


def _anyhow(files: Files, chance: random.Random) -> tuple[str, Files]:
    name = chance.choice(sorted(files))
    match chance.randrange(4):
        case 0:
            return f"{name} taken away", {key: files[key] for key in files if key != name}
        case 1:
            return "a file put in", {**files, f"{chance.random()}.json": b"{}\n"}
        case 2 if name.endswith((".json", ".jsonl")) and files[name]:
            values = values_of(files[name])
            return f"{name}: {_edit(values, chance)}", {**files, name: lines(values)}
    at = chance.randrange(len(files[name]) + 1)
    content = files[name][:at] + bytes([chance.randrange(128)]) + files[name][at:]
    return f"{name}: a byte put in at {at}", {**files, name: content}


def _bound(files: Files, chance: random.Random) -> tuple[str, Files]:
    name = chance.choice(BOUND)
    values = values_of(files[name])
    if name == "journal.jsonl" and chance.random() < 0.3:
        done = _reorder(values, chance)
    elif name == "record.json":
        del values[0]["row"]["body"]
        done = _edit([values[0]["head"]], chance)
    elif name == "policy.json":
        values[0][chance.choice(("body", "version"))] += "x"
        done = "an edit"
    elif name == "texts.jsonl":
        one = chance.choice(values)
        part = chance.choice(OUTWARD.split())
        done = f"{part} of {one['key']}: {_edit(one, chance, part)}"
    else:
        one = chance.choice(values)
        done = _edit(one, chance, chance.choice(("header", "payload", "hash")))
    return f"{name}: {done}", {**files, name: lines(values)}


def _reorder(values: list[Any], chance: random.Random) -> str:
    at = chance.randrange(len(values) - 1)
    match chance.randrange(4):
        case 0:
            del values[at]
            return f"line {at} deleted"
        case 1:
            values.insert(at, values[at])
            return f"line {at} twice"
        case 2:
            values[at], values[at + 1] = values[at + 1], values[at]
            return f"lines {at} and {at + 1} change places"
        case _:
            del values[at + 1 :]
            return f"cut off behind line {at}"


def _edit(holder: Any, chance: random.Random, key: Any = None) -> str:
    """Change one leaf of a value, at random where no key is given; say which."""
    if key is None:
        key = chance.choice(sorted(holder) if isinstance(holder, dict) else range(len(holder)))
    old = holder[key]
    if isinstance(old, dict | list) and old:
        return f"{key}/{_edit(old, chance)}"
    holder[key] = _another(old, chance)
    return f"{key}: {str(old)[:40]!r} became {str(holder[key])[:40]!r}"


def _another(old: Any, chance: random.Random) -> Any:
    others: tuple[Any, ...] = (None, True, 7, "x", [], {}, [1])
    if isinstance(old, str) and old and chance.random() < 0.7:
        at = chance.randrange(len(old))
        return old[:at] + ("a" if old[at] != "a" else "b") + old[at + 1 :]
    if type(old) is int and chance.random() < 0.7:
        return old + chance.choice((-1, 1))
    return chance.choice([other for other in others if (type(other), other) != (type(old), old)])
