"""Checks an exported record with nothing but Python: `python check.py`, in the unpacked folder.

It prints what it checked and everything that is wrong, and ends with 0 or 1. With the anchors'
key in BRIDGEWATCH_ANCHOR_KEY it also checks who wrote the anchors.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

HEADER = "actor at chain drill kind payload_digest previous_hash seq team_id"
OUTWARD = (
    "created_at gateway key method needs payload reference reports slot stale_at stream surface"
    " team_id urgent"
)
MANIFEST = "manifest.json"
Files = dict[str, bytes]


def canonical(value: Any) -> str:
    """Spell a JSON value in its one canonical way."""
    return json.dumps(value, allow_nan=False, sort_keys=True, separators=(",", ":"))


def digest(content: str | bytes) -> str:
    """Return the SHA-256 of bytes or text, in hexadecimal."""
    return hashlib.sha256(content.encode() if isinstance(content, str) else content).hexdigest()


def read(files: Files, name: str) -> Any:
    """Return the JSON of a file: a value, or a list of the lines' values."""
    text = files[name].decode("ascii")
    lines = [json.loads(one) for one in text.splitlines()]
    return lines if name.endswith(".jsonl") else lines[0]


def manifest(files: Files) -> Iterator[str]:
    """Yield what differs from the manifest."""
    kept = read(files, MANIFEST)
    rest = {name: value for name, value in kept.items() if name != "digest"}
    if (
        digest(canonical(rest)) != kept["digest"]
        or files[MANIFEST] != f"{canonical(kept)}\n".encode()
    ):
        yield f"{MANIFEST} differs from its own digest"
    for name in sorted({*kept["files"], *files} - {MANIFEST}):
        if name not in files:
            yield f"{name} is missing"
        elif kept["files"].get(name) != digest(files[name]):
            yield f"{name} is not the file of the manifest"


def entry(one: Any) -> Iterator[str]:
    """Yield what is wrong with one entry by itself."""
    header = json.loads(one["header"])
    if canonical(header) != one["header"] or " ".join(sorted(header)) != HEADER:
        yield "its header is not one of Bridgewatch"
    if digest(one["header"]) != one["hash"]:
        yield "its header differs from its hash"
    if set(one) != {"hash", "header", "payload"}:
        yield "it has other parts than an entry"
    if one["payload"] is None:
        return
    if digest(one["payload"]) != header["payload_digest"]:
        yield "its payload differs from its digest"
    said = json.loads(one["payload"])
    named = [header["kind"], header["actor"], header["at"]]
    if "type" in said and [said["type"], said["by"]["key"], said["at"]] != named:
        yield "it says another kind, author or time than what it holds"


def chain(entries: list[Any], reference: str) -> Iterator[str]:
    """Yield what is wrong with a chain."""
    previous, erased, gone, teams = "0" * 64, set[int](), set[int](), set[str]()
    for number, one in enumerate(entries, start=1):
        header = json.loads(one["header"])
        yield from (f"entry {number}: {reason}" for reason in entry(one))
        if (header["chain"], header["seq"]) != (reference, number):
            yield f"entry {number} is missing, or stands elsewhere"
        if header["previous_hash"] != previous:
            yield f"entry {number} does not follow the entry before it"
        if one["payload"] is None:
            gone.add(number)
        elif header["kind"] == "payload_erased":
            erased.update(json.loads(one["payload"])["seqs"])
        teams.add(header["team_id"])
        previous = one["hash"]
    if len(teams) != 1:
        yield "there are no entries, or entries of several teams"
    if gone - erased:
        yield f"payloads were erased without an entry saying so: {sorted(gone - erased)}"


def beside(files: Files, entries: list[Any]) -> Iterator[str]:
    """Yield what beside the chain differs from it: the row, the policy, the due points."""
    about, policy = read(files, "record.json"), read(files, "policy.json")
    last = json.loads(entries[-1]["header"])
    if about["head"] != [last["seq"], entries[-1]["hash"]]:
        yield "the chain does not end where the record says"
    if (about["reference"], about["row"]["reference"]) != (last["chain"], last["chain"]):
        yield "the row is another record's"
    if about["row"]["team_id"] != last["team_id"] or about["row"]["drill"] is not last["drill"]:
        yield "the row is of another team, or rehearsed where its chain is not"
    if not digest(policy["body"])[:12] == policy["version"] == about["row"]["policy_version"]:
        yield "the policy is not the one that the record was opened under"
    held = [json.loads(one["payload"]) for one in entries if one["payload"] is not None]
    passed = {one["key"] for one in held if one.get("type") == "DuePassed"}
    points = {one["key"]: one["state"] for one in read(files, "due_points.jsonl")}
    done = {key for key, state in points.items() if state == "done"}
    if len(held) == len(entries) and done != passed:
        yield f"due points were done that no entry says, or the other way round: {done ^ passed}"


def texts(files: Files, notes: list[Any], reference: str) -> Iterator[str]:
    """Yield which words are not those that were noted."""
    noted = {each for note in notes for each in note["texts"].get(reference, ())}
    until = max((note["until"] for note in notes), default="")
    for row in read(files, "texts.jsonl"):
        named = digest(canonical({name: row[name] for name in OUTWARD.split()}))[:32]
        if row["reference"] != reference:
            yield f"the words {row['key']} are another record's"
        elif row["created_at"] <= until and named not in noted:
            yield f"the words {row['key']} are not those that were noted"


def heads(entries: list[Any], noted: Iterable[Any], where: str) -> Iterator[str]:
    """Yield at which noted heads the chain was another one."""
    for seq, kept in noted:
        if seq > len(entries) or entries[seq - 1]["hash"] != kept:
            yield f"entry {seq} is not the one that {where} noted"


def anchors(files: Files, reference: str) -> Iterator[tuple[str, Any, list[str]]]:
    """Yield each anchor's name, the head it notes, and what is wrong with it."""
    key = os.environ.get("BRIDGEWATCH_ANCHOR_KEY", "")
    for name in sorted(name for name in files if name.startswith("anchors/")):
        kept = read(files, name)
        rest = canonical({part: value for part, value in kept.items() if part != "mac"})
        mac = hmac.new(key.encode(), rest.encode(), "sha256").hexdigest() if key else kept["mac"]
        wrong = [] if hmac.compare_digest(mac, kept["mac"]) else [f"{name} has another key"]
        yield name, kept["heads"][reference], wrong


def check(files: Files) -> tuple[list[str], list[str]]:
    """Return what was checked and what is wrong, of the files of an export by name."""
    said: list[str] = []
    wrong: list[str] = []
    try:
        wrong += manifest(files)
        said.append(f"files as in the manifest: {len(files)}")
        reference = read(files, "record.json")["reference"]
        entries = read(files, "journal.jsonl")
        wrong += chain(entries, reference)
        said.append(f"entries of {reference} that follow each other: {len(entries)}")
        wrong += beside(files, entries)
        said.append("row, policy and due points are the chain's")
        desk = read(files, "notes.jsonl")
        wrong += (f"note {number}: {why}" for number, one in enumerate(desk) for why in entry(one))
        notes = [json.loads(one["payload"]) for one in desk]
        wrong += heads(entries, [note["heads"][reference] for note in notes], "the desk's chain")
        wrong += texts(files, notes, reference)
        said.append(f"notes in the desk's chain that agree with entries and words: {len(notes)}")
        found = list(anchors(files, reference))
        for name, head, why in found:
            wrong += [*why, *heads(entries, [head], name)]
        said.append(f"anchors that agree with the entries: {len(found)}")
    except (
        ArithmeticError,
        AttributeError,
        LookupError,
        RecursionError,
        TypeError,
        ValueError,
    ) as error:
        wrong.append(f"the rest cannot be read: {type(error).__name__} {error}")
    return said, wrong


def main() -> int:
    """Check the folder that this file stands in."""
    folder = Path(__file__).resolve().parent
    found = (each for each in folder.rglob("*") if each.is_file() and each.suffix != ".pyc")
    said, wrong = check({each.relative_to(folder).as_posix(): each.read_bytes() for each in found})
    for each in wrong:
        print(f"WRONG: {each}.")
    for each in [] if wrong else said:
        print(f"Checked: {each}.")
    print("The export does not check out." if wrong else "The export checks out.")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
