"""A database of an earlier release goes on as if nothing had happened: nothing lost, nothing twice.

Each kept database is brought to the present shape and worked on by the present program. What was
so then is compared; what may have been changed since is not counted, only what must hold always.

Proves: F26.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import func, select

from bot.commands.verify import verify
from bot.engine import ledger
from bot.gateways.letters import message_id_of
from drill.core import Hook
from drill.local import LocalSlack
from drill.record import Call
from protocols.clock.events import DuePassed
from protocols.timeline.events import NoteAdded
from store.db import Connection
from store.journal_rows import ERASED
from store.outbox_rows import OutboxRow
from store.read import chains, deliveries, tickets, upcoming
from store.schema import HEAD, migrate, revision
from store.tables import journal as entries
from store.tables import posted
from store.write import journal, records
from tests.kit import past as kept
from tests.kit.bot import ROOT, RunningBot, environment, settings_of
from tests.kit.history import SENDER, key_of
from tests.kit.journey import set_clock
from tests.kit.past import Past
from tests.kit.postgres import Postgres
from tests.kit.slack_process import addresses_of
from tests.kit.waiting import NeverHappened, until

PASTS = tuple(
    pytest.param(name, id=name, marks=pytest.mark.xdist_group(name))
    for name in ("database_0002", "database_0003")
)
"""Each played by a worker of its own."""
DATA = Path(__file__).parent / "data"
WALK = timedelta(days=4)
ANSWERS = ("views.open", "views.push", "views.update", "chat.postEphemeral", "hooks")
ANSWER_LIMIT_S = 10.0
POST = "chat.postMessage"
POSTED = "posted by another ticket"
UNFINISHED = ("pending", "sending")
SAID_SINCE = re.compile(r" \*Texts released by a second person:\* (none|\d+)\.")
"""What certificates have come to say beside what they said then."""
NO_STEPS = re.compile(r' \*0 of 0 steps on time, 0 late, 0 waived, 0 lost\.\*"[^…]*"…",')
"""What they said then of a ticket that had no steps, and an empty list of them."""

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module", params=PASTS)
def folder(request: pytest.FixtureRequest) -> Path:
    """Give the folder of each kept database."""
    return DATA / str(request.param)


@pytest.fixture(scope="module")
def sqlite_past(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Past:
    """Give what was kept of a SQLite file."""
    return Past(folder / "sqlite.tar.xz", tmp_path_factory.mktemp("past"))


@pytest.fixture(scope="module")
def postgres_past(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> Past:
    """Give what was kept of a database on PostgreSQL."""
    return Past(folder / "postgresql.tar.xz", tmp_path_factory.mktemp("past"))


@pytest.fixture(scope="module")
def postgres_past_name(postgres: Postgres, postgres_past: Past) -> Iterator[str]:
    """Give the name of a database as it was kept, to be cloned."""
    name = postgres.create()
    postgres_past.put(postgres.url(name))
    yield name
    postgres.drop(name)


@dataclass(frozen=True, slots=True)
class GoneOn:
    """A kept database that the present program goes on from, and what was so as soon as it did."""

    past: Past
    slack: LocalSlack
    bot: RunningBot
    waiting: Counter[str]
    calls: list[Call]
    posts: list[dict[str, Any]]
    mails: list[dict[str, Any]]
    shown: Counter[str]
    outbox: dict[str, str]
    posts_waiting: int
    noted: Counter[str]


@pytest.fixture
def on_sqlite(sqlite_past: Past, sqlite_url: str) -> tuple[Past, str]:
    """Give a kept SQLite file, and the URL of a fresh copy."""
    sqlite_past.put(sqlite_url)
    return sqlite_past, sqlite_url


@pytest.fixture
def on_postgres(
    postgres: Postgres, postgres_past: Past, postgres_past_name: str
) -> Iterator[tuple[Past, str]]:
    """Give a kept database on PostgreSQL, and the URL of a fresh clone."""
    name = postgres.create(postgres_past_name)
    yield postgres_past, postgres.url(name)
    postgres.drop(name)


@pytest.fixture(
    params=[
        pytest.param("on_sqlite", id="sqlite"),
        pytest.param("on_postgres", id="postgresql", marks=pytest.mark.postgres),
    ]
)
def kept_at(request: pytest.FixtureRequest, folder: Path) -> tuple[Past, str]:
    """Give a kept database and the URL of a fresh copy of it, on each engine in turn."""
    found: tuple[Past, str] = request.getfixturevalue(request.param)
    return found


@contextmanager
def going_on(past: Past, url: str) -> Iterator[tuple[LocalSlack, RunningBot]]:
    """Let the present program go on from a kept database, in the Slack that stood beside it."""
    with LocalSlack(ROOT / "app.yaml") as slack:
        slack.adopt_clock(past.ended_at)
        past.put_slack(slack)
        bot = RunningBot(addresses_of(slack), url, BRIDGEWATCH_STATUSPAGE_URL=slack.status_url)
        set_clock(url, past.ended_at)
        with bot:
            slack.request_url = bot.events_url
            bot.wait_until_known()
            slack.settle(30)
            bot.settle()
            yield slack, bot


@pytest.fixture(
    scope="module",
    params=["sqlite", pytest.param("postgresql", marks=pytest.mark.postgres)],
)
def gone_on(
    request: pytest.FixtureRequest, folder: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[GoneOn]:
    """Let the present program go on once for all who only look, and for the one that walks on."""
    assert folder.exists()  # each kept database in turn, which the next fixture is made of
    past: Past = request.getfixturevalue(f"{request.param.removesuffix('ql')}_past")
    with ExitStack() as stack:
        if request.param == "sqlite":
            url = f"sqlite:///{tmp_path_factory.mktemp('gone') / 'bridgewatch.db'}"
            past.put(url)
        else:
            postgres: Postgres = request.getfixturevalue("postgres")
            name = postgres.create(request.getfixturevalue("postgres_past_name"))
            stack.callback(postgres.drop, name)
            url = postgres.url(name)
        with kept.opened(url) as database:
            migrate(database)
            with database.read() as conn:
                waiting = Counter(conn.execute(select(posted.c.target)).scalars())
        slack, bot = stack.enter_context(going_on(past, url))
        yield looked_at(past, slack, bot, waiting)


def looked_at(past: Past, slack: LocalSlack, bot: RunningBot, waiting: Counter[str]) -> GoneOn:
    """Return what is so now."""
    with bot.database.read() as conn:
        outbox = {row.key: row.state for row in every_row(conn)}
        posts_waiting = upcoming.posts_waiting(conn)
        noted = Counter(
            reference
            for reference in waiting
            for event in ledger.history(conn, reference)
            if isinstance(event, NoteAdded) and event.text == POSTED
        )
    return GoneOn(
        past,
        slack,
        bot,
        waiting,
        calls=slack.calls(),
        posts=[*slack.pages, *slack.status_posts],
        mails=list(slack.mails),
        shown=visible(slack),
        outbox=outbox,
        posts_waiting=posts_waiting,
        noted=noted,
    )


def visible(slack: LocalSlack) -> Counter[str]:
    """Return how often each outbox key stands in a channel or a direct message."""

    def look() -> Counter[str]:
        return Counter(
            str(about["event_payload"]["key"])
            for channel in slack.core.world.channels.values()
            for message in channel.messages.values()
            if (about := message.get("metadata"))
        )

    return slack.ask(look)


def test_a_kept_database_is_older_than_or_as_new_as_the_program(kept_at: tuple[Past, str]) -> None:
    past, url = kept_at
    with kept.opened(url) as database, database.read() as conn:
        assert revision(conn) == past.revision


def test_it_verifies_and_every_certificate_reads_as_it_read(kept_at: tuple[Past, str]) -> None:
    past, url = kept_at
    with kept.opened(url) as database:
        migrate(database)
        with database.read() as conn:
            assert revision(conn) == HEAD
            assert kept.verified(conn) == past.text("verify.txt")
            now = kept.certificates(conn, past.ended_at)
    assert {ref: SAID_SINCE.sub("", page) for ref, page in now.items()} == {
        ref: NO_STEPS.sub('",', page.replace("Record of 1 entries,", "Record of 1 entry,"))
        for ref, page in past.certificates.items()
    }


def test_a_ticket_of_which_a_payload_was_erased_still_reads(kept_at: tuple[Past, str]) -> None:
    _, url = kept_at
    with kept.opened(url) as database:
        migrate(database)
        with database.read() as conn:
            erased = [
                head.chain
                for head in chains.heads(conn)
                if any(entry.kind == ERASED for entry in chains.load(conn, head.chain))
            ]
            for reference in erased:
                row = records.get(conn, reference)
                assert row is not None
                assert len(ledger.history(conn, reference)) == chains.count(conn, reference) - 2
                assert ledger.refolded(conn, row) == ledger.reread(row)
    assert erased != []


def test_verify_takes_what_was_erased_for_no_fault(
    sqlite_past: Past, sqlite_url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    sqlite_past.put(sqlite_url)
    with kept.opened(sqlite_url) as database:
        migrate(database)
        with database.write() as conn:
            journal.erase(
                conn, "BW-1001", [1, 2, 3], at=sqlite_past.ended_at, actor="compliance-one",
                reason="asked by the account", team_id="T0VENDOR01", drill=True,
            )  # fmt: skip
    settings = settings_of(environment(kept.NOWHERE, sqlite_url))
    assert verify(settings, argparse.Namespace(reference=None)) == 0
    assert "because something was erased: BW-1001, BW-1030." in capsys.readouterr().out


def test_migrating_it_moves_no_due_point_and_no_delivery(kept_at: tuple[Past, str]) -> None:
    past, url = kept_at
    with kept.opened(url) as database:
        migrate(database)
        with database.read() as conn:
            assert kept.step_lines(conn) == past.text("steps.txt").splitlines()
            assert kept.outbox_lines(conn) == past.text("outbox.txt").splitlines()


def test_what_waited_leaves_once_and_what_had_left_does_not_leave_again(gone_on: GoneOn) -> None:
    past, shown, now = gone_on.past, gone_on.shown, gone_on.outbox
    twice = {key for key, count in shown.items() if count > 1}
    applied = [call for call in gone_on.calls if call.applied]
    sent = {key_of({"args": call.args}) for call in applied if call.method == POST}
    sent |= {str(post["body"]["key"]) for post in gone_on.posts}
    mailed = Counter(str(mail["message_id"]).partition("@")[0] for mail in gone_on.mails)
    made = [call for call in applied if call.method == "conversations.create"]
    before = {key: (state, gateway, method) for key, state, gateway, method, _ in past.outbox}
    left = {key for key, (state, _, _) in before.items() if state == "done"}
    waited = {key for key, (state, _, _) in before.items() if state in UNFINISHED}
    assert twice == set()
    assert sent & left == set()
    assert {key for key in left if mailed[local_part(key)]} == set()
    assert [name for name, count in mailed.items() if count > 1] == []
    assert len(made) == len({key for key in waited if before[key][2] == "conversations.create"})
    assert {key: now[key] for key in waited if now[key] in UNFINISHED} == {}
    gone = {key for key in waited if now[key] == "done"}
    assert {key for key in gone if before[key][2] == POST and shown[key] != 1} == set()
    assert {
        key for key in gone if before[key][1] == "mail" and not mailed[local_part(key)]
    } == set()
    assert gone


def local_part(key: str) -> str:
    """Return what names a row's mail."""
    return message_id_of(key, SENDER).partition("@")[0]


def test_every_due_point_comes_once_and_those_that_had_come_do_not_come_again(
    gone_on: GoneOn,
) -> None:
    past, slack, bot = gone_on.past, gone_on.slack, gone_on.bot
    until_at = past.ended_at + WALK
    bot.walk_to(until_at)
    slack.settle(30)
    bot.settle()
    with bot.database.read() as conn:
        rows = tickets.recent(conn, limit=kept.EVERY)
        passed = Counter(
            (row.reference, event.key)
            for row in rows
            for event in ledger.history(conn, row.reference)
            if isinstance(event, DuePassed)
        )
        state = {
            (step.reference, step.key): step.state
            for row in rows
            for step in upcoming.of_ticket(conn, row.reference)
        }
        verified = kept.verified(conn)
    twice = {key for key, count in visible(slack).items() if count > 1}
    due = {(ref, key) for ref, key, was, _, at in past.steps
           if was == "pending" and at <= until_at.isoformat()}  # fmt: skip
    done = {(ref, key) for ref, key, was, _, _ in past.steps if was == "done"}
    assert twice == set()
    assert {point: count for point, count in passed.items() if count > 1} == {}
    assert {point for point in done if passed[point] != 1 or state[point] != "done"} == set()
    assert {point for point in due if state[point] == "pending"} == set()
    assert {point for point in due if (state[point] == "done") is not (passed[point] == 1)} == set()
    assert any(passed[point] for point in due)
    assert verified.endswith("are intact.")


def test_what_was_posted_to_a_ticket_is_decided_there_once(gone_on: GoneOn) -> None:
    assert gone_on.posts_waiting == 0
    assert gone_on.noted == gone_on.waiting


def test_every_old_button_is_answered(kept_at: tuple[Past, str]) -> None:
    past, url = kept_at
    with going_on(past, url) as (slack, bot):
        unanswered = [
            f"{press['actions'][0]['action_id']} by {press['user']['name']}: {found}"
            for press in past.presses
            if (found := pressed(slack, bot, press))
        ]
    assert unanswered == []


def every_row(conn: Connection) -> Iterator[OutboxRow]:
    """Yield every outbox row of every ticket."""
    for row in tickets.recent(conn, limit=kept.EVERY):
        yield from deliveries.of_ticket(conn, row.reference)


def pressed(slack: LocalSlack, bot: RunningBot, press: dict[str, Any]) -> str:
    """Press an old button; return what is wrong with the answer, nothing when all is well.

    All is well when the person is shown something, or when the journal says that they did it.
    """
    user, channel = press["user"]["id"], press["channel"]["id"]
    who = (user, press["user"]["name"])
    said, done = len(slack.calls()), entries_by(bot, *who)

    async def deliver() -> str:
        hook = Hook(channel, user, slack.core.clock.monotonic(), press["container"]["message_ts"])
        fresh = {
            "trigger_id": slack.core.issue_trigger(user),
            "response_url": slack.core.issue_hook(hook, "actions"),
        }
        action = press["actions"][0]["action_id"]
        ack = await slack.space.inbound.interactive({**press, **fresh}, action, user)
        return ack.failure

    def answered() -> bool:
        shown = any(call.method in ANSWERS and call.applied for call in slack.calls()[said:])
        return shown or entries_by(bot, *who) > done

    if failure := slack.run(deliver()):
        return failure
    try:
        until(answered, ANSWER_LIMIT_S, every_s=0.01)
    except NeverHappened:
        return "nothing came of it"
    return ""


def entries_by(bot: RunningBot, *actors: str) -> int:
    """Count what the journal says that somebody did."""
    query = select(func.count()).select_from(entries).where(entries.c.actor.in_(actors))
    with bot.database.read() as conn:
        return int(conn.execute(query).scalar_one())
