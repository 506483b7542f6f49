"""Plays a week of a desk against the local Slack and keeps what stands at its end, in all states.

It was run at commit 74511aee13aebd442b3bbb715b2abc50acdd09ac, schema 0003, once on each database:

    .venv/bin/python -m tests.contract.data.database_0003.play sqlite
    .venv/bin/python -m tests.contract.data.database_0003.play postgresql

The archives beside it are what that commit wrote, by its own engine, ticker and courier; they are
never made anew. No subject posts anything yet: one posted command is put by hand, as a process
leaves it that dies before it is decided. The archives of 0002 were played by these modules, too.

`tests/contract/test_past.py` takes every later schema through them. A later schema gets a folder of
its own, played by a copy of this one; when these modules no longer fit the program they may go, and
the archives stay.
"""

from __future__ import annotations

import io
import json
import re
import shutil
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path
from typing import Any

from bot.clock import MachineClock
from bot.engine.kinds import COMMANDS
from drill import payloads
from drill.local import LocalSlack
from drill.world import Channel, User
from protocols.bridge.state import BridgeState
from protocols.fixed_texts.events import SendFixed
from protocols.holds.events import HoldKind, PlaceHold
from protocols.investigation.events import RecordFinding
from protocols.timeline.events import AddNote, MessageAltered
from protocols.updates.events import ReleaseText
from protocols.updates.state import Updates
from store import codec
from store.db import Database
from store.read import chains
from store.schema import HEAD, migrate
from store.write import journal, posted
from store.write.claim import claim
from tests.contract.data.database_0003.desk import Desk
from tests.contract.data.database_0003.stories import BEGINS_AT, ENDS_AT, ROUTINE, STORIES
from tests.kit import past
from tests.kit import postgres as pg
from tests.kit.bot import ROOT, RunningBot
from tests.kit.journey import set_clock
from tests.kit.slack_process import addresses_of
from tests.kit.waiting import until

Wire = dict[str, Any]
HERE = Path(__file__).parent
COMMIT = "74511aee13aebd442b3bbb715b2abc50acdd09ac"
GONE_ROWS = 12
MOST_PRESSES = 4
HELD_BACK = timedelta(seconds=5)
LOST = "the bank was called"
POSTED = "posted by another ticket"


def main() -> None:
    """Play on one database, named on the command line, and write its archive."""
    engine = sys.argv[1]
    with tempfile.TemporaryDirectory() as folder:
        if engine == "sqlite":
            path = Path(folder) / "bridgewatch.db"
            texts = _played(f"sqlite:///{path}")
            copy = Path(folder) / "copy.db"
            with closing(sqlite3.connect(path)) as connection:
                connection.execute("VACUUM INTO ?", (str(copy),))
            texts["bridgewatch.db"] = copy.read_bytes()
        else:
            with pg.session() as server:
                url = server.url(server.create())
                texts = _played(url)
                texts["bridgewatch.sql"] = _dumped(url)
    _pack(HERE / f"{engine}.tar.xz", texts)


def _played(url: str) -> dict[str, bytes]:
    """Play the week; return the texts of what was so at its end."""
    database = Database(url)
    migrate(database)
    set_clock(url, BEGINS_AT)
    with LocalSlack(ROOT / "app.yaml") as slack:
        slack.adopt_clock(BEGINS_AT)
        bot = RunningBot(addresses_of(slack), url, BRIDGEWATCH_STATUSPAGE_URL=slack.status_url)
        bot.start()
        slack.request_url = bot.events_url
        bot.wait_until_known()
        desk = Desk(bot, slack)
        for minutes, story in STORIES:
            desk.begins(BEGINS_AT + timedelta(minutes=minutes), story)
        desk.runs(ENDS_AT)
        presses = json.dumps(_some(_presses(slack)), ensure_ascii=False)
        _ends_badly(desk)
        bot.stop()
        kept = past.slack_text(slack)
    _is_left(database, desk)
    texts = {"slack.json": kept, "presses.json": presses, **_told(database)}
    database.dispose()
    return {name: text.encode() for name, text in texts.items()}


def _ends_badly(desk: Desk) -> None:
    """Let deliveries die, get lost and wait: Slack refuses, drops an answer, and goes away."""
    slack, bot = desk.slack, desk.bot
    bridge, words = desk.named["called"], desk.named["words"]
    # Nothing waits behind these: a row that for ever waits for a dead one is a fault of its own.
    slack.fault("chat.postMessage", "error", error="not_in_channel", only_if="C0ACMESUP1")
    desk.opens("A report is empty", "acme", **ROUTINE)
    desk.settles()
    channel = desk.ticket(bridge).of(BridgeState).channel_id
    slack.fault("chat.postMessage", "error", error="msg_too_long", only_if=channel)
    desk.asks("csm-two", PlaceHold(bridge, HoldKind.RETENTION, "for the file"))
    slack.fault("smtp", "500")
    desk.opens("A payslip is empty", "elm", **ROUTINE)
    desk.settles()
    slack.clear_faults()
    slack.fault("chat.postMessage", "lost", only_if=LOST)
    slack.fault("smtp", "internal_error", count=0)
    desk.asks("csm-two", PlaceHold(bridge, HoldKind.TRANSACTION, LOST))
    until(lambda: any(call.fault == "lost" for call in slack.calls("chat.postMessage")))
    slack.down()
    for draft in bot.ticket(words).of(Updates).waiting_drafts():
        desk.asks("legal-one", ReleaseText(words, draft.number, draft.text_hash))
    desk.asks("csm-two", SendFixed(bridge, "holding"), RecordFinding(bridge, "other", "wait"))
    for account in ("acme", "maple"):
        desk.opens(f"A run of {account} is doubled", account)


def _is_left(database: Database, desk: Desk) -> None:
    """Leave what a killed courier and a killed ticker leave, and erase one payload."""
    now = MachineClock().now() + HELD_BACK
    with database.write() as conn:
        claim(conn, now=now, business_now=ENDS_AT, owner="gone/1", lease_s=13, limit=GONE_ROWS)
        note = COMMANDS.encode(AddNote(desk.named["called"], POSTED))
        actor = codec.encode(desk.bot.actor("csm-two"))
        key = f"{desk.named['words']}/1/1"
        posted.put(conn, [posted.NewPost(key, desk.named["called"], note, actor)], ENDS_AT)
        edited = next(
            (chain.chain, entry.seq)
            for chain in chains.heads(conn)
            for entry in chains.load(conn, chain.chain)
            if entry.kind == MessageAltered.__name__
        )
        journal.erase(
            conn, edited[0], [edited[1]], at=ENDS_AT, actor="compliance-one",
            reason="asked by the person", team_id="T0VENDOR01", drill=True,
        )  # fmt: skip


def _told(database: Database) -> dict[str, str]:
    with database.read() as conn:
        found = {
            "about.json": json.dumps(
                {"commit": COMMIT, "revision": HEAD, "ended_at": ENDS_AT.isoformat()}
            ),
            "verify.txt": past.verified(conn),
            "steps.txt": "\n".join(past.step_lines(conn)),
            "outbox.txt": "\n".join(past.outbox_lines(conn)),
        }
        made = past.certificates(conn, ENDS_AT)
    return found | {f"certificates/{name}.json": text for name, text in made.items()}


def _presses(slack: LocalSlack) -> Iterator[Wire]:
    """Yield one press of each button that stands in a channel or a direct message."""
    world = slack.core.world
    for channel in list(world.channels.values()):
        for message in list(channel.messages.values()):
            for action in _actions(message):
                for who in _pressers(slack, channel):
                    yield payloads.message_action(
                        slack.core, who, channel, message, action, values={}
                    )


def _some(presses: Iterable[Wire]) -> list[Wire]:
    """Return a few presses of each kind of button, from the oldest to the newest."""
    kinds: dict[str, list[Wire]] = defaultdict(list)
    for press in presses:
        action = press["actions"][0]
        entry = action.get("selected_option", {}).get("value", "").partition("|")[0]
        kinds[f"{action['action_id']} {entry}"].append(press)
    return [
        found[number * (len(found) - 1) // (MOST_PRESSES - 1)]
        for found in kinds.values()
        for number in (range(MOST_PRESSES) if len(found) > MOST_PRESSES else range(len(found)))
    ]


def _pressers(slack: LocalSlack, channel: Channel) -> list[User]:
    people = [slack.core.world.users[each] for each in channel.members]
    people = [user for user in people if user.kind != "bot"]
    return people[:1] if channel.kind == "im" else people[-1:]


def _actions(message: Wire) -> Iterator[Wire]:
    for block in message.get("blocks", []):
        found = [*block.get("elements", []), block.get("accessory") or {}]
        for element in found:
            if element.get("type") not in ("button", "overflow") or "action_id" not in element:
                continue
            named = {
                key: element[key]
                for key in ("type", "action_id", "text", "value")
                if key in element
            }
            action = {**named, "block_id": block["block_id"], "action_ts": message["ts"]}
            for option in element.get("options", [None]):
                yield {**action, "selected_option": option} if option else action


def _dumped(url: str) -> bytes:
    """Return a dump that any owner of a database can load over an ordinary connection."""
    plain = url.replace("postgresql+psycopg://", "postgresql://", 1)
    tool = shutil.which("pg_dump")
    assert tool is not None
    made = subprocess.run(
        [tool, plain, "--no-owner", "--no-privileges", "--inserts", "--rows-per-insert=50"],
        check=True,
        capture_output=True,
        text=True,
    ).stdout
    kept = [line for line in made.splitlines() if not re.match(r"\\|SET transaction_timeout", line)]
    return "\n".join(kept).encode()


def _pack(archive: Path, texts: dict[str, bytes]) -> None:
    with tarfile.open(archive, "w:xz", preset=9) as packed:
        for name in sorted(texts):
            entry = tarfile.TarInfo(name)
            entry.size = len(texts[name])
            packed.addfile(entry, io.BytesIO(texts[name]))


if __name__ == "__main__":
    main()
