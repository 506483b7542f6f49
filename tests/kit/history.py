"""The checker: journal, steps and outbox held against what the local Slack really took.

Each rule that does not hold is one sentence; no sentence means that nothing was lost, nothing was
done twice, and nothing stands half made.
"""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, fields
from typing import Any, Protocol

from sqlalchemy import select

from bot.engine import ledger
from bot.engine.kinds import Row
from bot.gateways.letters import message_id_of
from drill.local import LocalSlack
from protocols.clock.events import DuePassed
from store.db import Connection, Database
from store.outbox_rows import OutboxRow
from store.read import deliveries, tickets, upcoming
from store.read.nudges import KIND as NUDGE
from store.read.verification import verify
from store.record_rows import RecordRow
from store.tables import record
from tests.kit.bot import RunningBot

Wire = Mapping[str, Any]
SENDER = "support@"
FINISHED = ("done", "replaced", "dropped")
LOOKS = 5


class Local:
    """A local Slack in this process, as a witness."""

    def __init__(self, slack: LocalSlack) -> None:
        self._slack = slack

    def calls(self) -> Sequence[Wire]:
        """Return every API call, in order."""
        return [asdict(call) for call in self._slack.calls()]

    def mails(self) -> Sequence[Wire]:
        """Return every mail."""
        return self._slack.mails


class Witness(Protocol):
    """Whoever kept everything that arrived outside."""

    def calls(self) -> Sequence[Wire]:
        """Return every API call, in order."""
        ...

    def mails(self) -> Sequence[Wire]:
        """Return every mail."""
        ...


@dataclass(frozen=True, slots=True)
class Taken:
    """What Slack and the mail server took.

    Attributes:
        posts: For each outbox key, the numbers of the calls that posted it.
        calls: Every call that had its effect.
        mails: For each Message-ID, how often it came.
    """

    posts: Mapping[str, Sequence[int]]
    calls: Sequence[Wire]
    mails: Mapping[str, int]


def taken_by(witness: Witness) -> Taken:
    """Return what a witness saw, sorted by outbox key."""
    applied = [call for call in witness.calls() if call["applied"]]
    posts: dict[str, list[int]] = defaultdict(list)
    for call in applied:
        if call["method"] == "chat.postMessage":
            posts[key_of(call)].append(call["n"])
    mails = Counter(str(mail["message_id"]) for mail in witness.mails())
    return Taken(posts, applied, mails)


def key_of(call: Wire) -> str:
    """Return the outbox key a post carries in its metadata."""
    about = call["args"].get("metadata")
    parsed = json.loads(about) if isinstance(about, str) else about
    return str((parsed or {}).get("event_payload", {}).get("key", ""))


def violations(database: Database, witness: Witness) -> list[str]:
    """Return one sentence for each rule that does not hold of a history that has settled."""
    taken = taken_by(witness)
    with database.read() as conn:
        report = verify(conn)
        found = [] if report.sound else [f"the journal does not prove: {report}"]
        rows = tickets.recent(conn, limit=1_000)
        known = set()
        for row in rows:
            mine = deliveries.of_ticket(conn, row.reference)
            known |= {each.key for each in mine}
            found += _of_ticket(conn, row, mine, taken)
        for asked in _questions(conn):
            mine = deliveries.of_ticket(conn, asked.reference)
            known |= {each.key for each in mine}
            found += _of_ticket(conn, asked, mine, taken)
        found += [f"{key or 'a post without a key'} was never ours" for key in taken.posts
                  if key not in known]  # fmt: skip
        found += _of_channels(taken, len([row for row in rows if row.tier >= 3]))
    return found


def at_rest(bot: RunningBot, witness: Witness, timeout_s: float = 180) -> list[str]:
    """Return what does not hold once all is at rest.

    Where other processes work, an event that Slack still delivers to one of them sets work going
    after nothing was due: that is late, not wrong. What is wrong stays so, however often one looks.
    """
    for _ in range(LOOKS):
        bot.settle(timeout_s)
        if not (found := violations(bot.database, witness)):
            break
    return found


def _questions(conn: Connection) -> list[RecordRow]:
    """Return the rows of the questions whether messages are reports."""
    names = [record.c[each.name] for each in fields(RecordRow)]
    found = conn.execute(select(*names).where(record.c.kind == NUDGE)).mappings()
    return [RecordRow(**row) for row in found]


def _of_ticket(
    conn: Connection, row: Row, mine: Sequence[OutboxRow], taken: Taken
) -> Iterator[str]:
    yield from _of_row(conn, row)
    yield from _of_steps(conn, row.reference)
    yield from _of_outbox(mine, taken)
    yield from _of_order(mine, taken)


def _of_row(conn: Connection, row: Row) -> Iterator[str]:
    """The journal alone makes the row: nothing changed without an entry, no entry without it."""
    again, kept = ledger.refolded(conn, row), ledger.reread(row)
    for field in fields(row):
        if getattr(kept, field.name) != getattr(again, field.name):
            yield f"{row.reference}: the journal makes another {field.name} than the row has"


def _of_steps(conn: Connection, reference: str) -> Iterator[str]:
    """Each due point that came has one entry in the journal, and its step is done."""
    passed = Counter(e.key for e in ledger.history(conn, reference) if isinstance(e, DuePassed))
    done = {step.key for step in upcoming.of_ticket(conn, reference) if step.state == "done"}
    for key, count in passed.items():
        if count != 1:
            yield f"{reference}: the due point {key} was decided {count} times"
        if key not in done:
            yield f"{reference}: the due point {key} was decided, but its step waits"
    for key in done - set(passed):
        yield f"{reference}: the step {key} is done without an entry"


def _of_outbox(mine: Sequence[OutboxRow], taken: Taken) -> Iterator[str]:
    yield from _of_pictures([row for row in mine if row.slot is not None])
    for row in mine:
        if row.state not in FINISHED:
            yield f"{row.key} is {row.state}: {row.last_error}"
        elif row.surface == "must_arrive" and row.state != "done" and not _is_withdrawn(row):
            yield f"{row.key} must arrive and is {row.state}"
        if row.method == "chat.postMessage":
            yield from _of_post(row, len(taken.posts.get(row.key, ())))
        elif row.gateway == "mail" and row.state == "done" and not _mailed(row, taken):
            yield f"{row.key} is done, but no such mail came"


def _is_withdrawn(row: OutboxRow) -> bool:
    """Say whether words were held back because their release did not stand any more."""
    return row.state == "dropped" and (row.last_error or "").startswith("withdrawn: ")


def _of_pictures(edits: Sequence[OutboxRow]) -> Iterator[str]:
    """What is edited in place shows its newest state in the end."""
    newest = {row.slot: row.created_at for row in sorted(edits, key=lambda row: row.created_at)}
    shown = {(row.slot, row.created_at) for row in edits if row.state == "done"}
    for slot, at in newest.items():
        if (slot, at) not in shown:
            yield f"{slot} does not show what it should since {at}"


def _of_post(row: OutboxRow, count: int) -> Iterator[str]:
    if count > 1:
        yield f"{row.key} is visible {count} times"
    if row.state == "done" and count != 1:
        yield f"{row.key} is done and is visible {count} times"
    if row.state != "done" and count:
        yield f"{row.key} is {row.state}, and it is visible"


def _mailed(row: OutboxRow, taken: Taken) -> bool:
    local = message_id_of(row.key, SENDER).partition("@")[0]
    return any(message_id.partition("@")[0] == local for message_id in taken.mails)


def _of_order(mine: Sequence[OutboxRow], taken: Taken) -> Iterator[str]:
    """What is posted in one stream stands there in the order in which it was decided."""
    last: dict[str, tuple[int, str]] = {}
    for row in mine:
        if row.method != "chat.postMessage" or row.key not in taken.posts:
            continue
        at = taken.posts[row.key][0]
        before = last.get(row.stream)
        if before is not None and before[0] > at:
            yield f"{row.key} stands before {before[1]}"
        last[row.stream] = (at, row.key)


def _of_channels(taken: Taken, wanted: int) -> Iterator[str]:
    """A bridge is one channel with one card, pinned, a topic, and the people."""
    made = [call["answer"]["channel"] for call in taken.calls
            if call["method"] == "conversations.create"]  # fmt: skip
    if len(made) != wanted:
        yield f"{wanted} bridges were wanted, and {[each['name'] for each in made]} were made"
    for method in ("pins.add", "conversations.setTopic", "conversations.invite"):
        dressed = {call["args"].get("channel") for call in taken.calls if call["method"] == method}
        for channel in made:
            if channel["id"] not in dressed:
                yield f"{channel['name']} is half made: no {method}"
    links = Counter(call["args"].get("channel_id") for call in taken.calls
                    if call["method"] == "bookmarks.add")  # fmt: skip
    yield from (f"{channel} has {count} call links" for channel, count in links.items()
                if count > 1)  # fmt: skip
