"""Each call of the desk's way goes wrong in each way: the question, the mark, the card, the lines.

The sites are those that a faultless run calls; that each file of the rules which sends is among
them, here or on an incident, is read from the code.

Proves: F06, F07, F08, F09.
"""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from bot.engine import nudges
from drill.local import LocalSlack
from protocols.nudges.events import AnswerNudge
from protocols.nudges.state import NudgeAsking
from protocols.targets.events import Acknowledge
from store.read import deliveries, tickets
from tests.faults.weather import KINDS, MANIFEST, PACE, Site, plain, strike
from tests.journeys.test_triage import written
from tests.kit import history
from tests.kit.bot import ROOT, RunningBot
from tests.kit.slack_process import addresses_of
from tests.kit.waiting import until

pytestmark = [pytest.mark.crash, pytest.mark.slow, pytest.mark.xdist_group("faultless")]
WHO, SHARED = "ap-director-one", "acme-support"
STATEMENT, MORE = "Our contract names two terms for returns.", "Which of them holds?"
REF = "BW-1001"
_STAMP = re.compile(r"#\.\d+")
HERE = {
    "intake/tells.py": ("mark",),
    "nudges/questions.py": ("asked/team",),
    "triage/roads.py": ("triage/1",),
    "account/roads.py": ("heard",),
    "kernel/roads.py": (),
}
"""The files of the rules that send for the desk, with the beginning of what each sends."""
ELSEWHERE = {
    "bridge/roads.py": "test_call_sites.py",
    "bridge/set_up.py": "test_call_sites.py",
    "updates/tells.py": "test_call_sites.py",
    "notices/tells.py": "a notice to many accounts takes the account's road: test_call_sites.py",
}


@dataclass
class Desk:
    """A bot that hears Acme, whose reports our people are asked about in a team's channel."""

    slack: LocalSlack
    bot: RunningBot

    def play(self) -> None:
        """Write twice, have it opened, read the line, and have it taken."""
        acme = self.slack.person(WHO)
        acme.say(SHARED, STATEMENT)
        until(lambda: self.said() == 1, what="the question")
        acme.say(SHARED, MORE)
        until(lambda: self.said() == 2, what="what was written behind it")
        self.bot.settle()
        self.asks(AnswerNudge(self.name(), opens=True), "csm-one")
        until(lambda: self.references() == [REF], what="the ticket")
        self.bot.settle()
        self.bot.walk_to(self.bot.ticket(REF).opened_at + timedelta(minutes=3))
        self.bot.settle()
        self.asks(Acknowledge(REF), "csm-one")
        self.bot.settle()

    def asks(self, command: Any, who: str) -> None:
        with self.bot.program.parts.desk.gesture() as desk:
            desk.submit_to_record(command, self.bot.actor(who), delivery=f"{who}/{command}")

    def said(self) -> int:
        """Return how many messages our people are asked about."""
        with self.bot.database.read() as conn:
            asked = nudges.asked_since(conn, "acme", self.bot.now() - timedelta(days=1))
        return sum(len(each.of(NudgeAsking).said) for each in asked)

    def name(self) -> str:
        with self.bot.database.read() as conn:
            (asked,) = nudges.asked_since(conn, "acme", self.bot.now() - timedelta(days=1))
        return asked.reference

    def references(self) -> list[str]:
        with self.bot.database.read() as conn:
            return [row.reference for row in tickets.recent(conn, limit=10)]

    def told(self) -> frozenset[str]:
        """Return all that had to arrive and has, by plain key."""
        with self.bot.database.read() as conn:
            rows = [row for of in (self.name(), REF) for row in deliveries.of_ticket(conn, of)]
        return frozenset(
            f"{row.method} {_STAMP.sub('#', plain(row.key))}"
            for row in rows
            if row.state == "done" and row.surface == "must_arrive"
        )

    def sites(self) -> dict[Site, str]:
        """Return where it called Slack, with the record that did."""
        found: dict[Site, str] = {}
        for call in self.slack.calls(applied=True):
            key = history.key_of({"args": call.args})
            if key and "#" not in plain(key):
                found.setdefault(Site(call.method, plain(key)), key.partition("/")[0])
            elif call.method == "reactions.add":
                found.setdefault(Site(call.method), "")
        return found


@contextmanager
def desk(url: str, folder: Path) -> Iterator[Desk]:
    """Run a local Slack and a bot whose teams have channels."""
    folder.mkdir()
    world, directory = written(folder)
    named: dict[str, Any] = {"BRIDGEWATCH_DIRECTORY": str(directory)}
    with (
        LocalSlack(MANIFEST, world=world) as slack,
        RunningBot(addresses_of(slack), url, pace=PACE, **named) as bot,
    ):
        slack.request_url = bot.events_url
        bot.wait_until_known()
        yield Desk(slack, bot)


@pytest.fixture(scope="module")
def faultless(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[Site, str], frozenset[str]]:
    folder = tmp_path_factory.mktemp("desk")
    with desk(f"sqlite:///{folder / 'bridgewatch.db'}", folder / "world") as played:
        played.play()
        assert history.violations(played.bot.database, history.Local(played.slack)) == []
        return played.sites(), played.told()


@pytest.mark.expects_errors
@pytest.mark.parametrize(
    "kind", [pytest.param(kind, marks=[] if kind == "lost" else pytest.mark.full) for kind in KINDS]
)
def test_every_call_of_the_desk_going_wrong_once_changes_nothing_in_the_end(
    kind: str, faultless: tuple[dict[Site, str], frozenset[str]], tmp_path: Path
) -> None:
    sites, told = faultless
    with desk(f"sqlite:///{tmp_path / 'bridgewatch.db'}", tmp_path / "world") as played:
        rules = {}
        for site, reference in sites.items():
            of = reference if reference == REF else ""
            rules[str(site)] = (
                strike(played.slack, site, kind, of)
                if of or not site.name
                else played.slack.fault(site.method, kind, count=1, only_if=f"/{site.name}")
            )
        played.play()
        assert [name for name, rule in rules.items() if not rule.struck] == []
        assert history.violations(played.bot.database, history.Local(played.slack)) == []
        assert played.told() == told


def senders() -> set[str]:
    """Return the files of the rules that say by which call something is sent."""
    folder = ROOT / "protocols"
    return {
        str(path.relative_to(folder))
        for path in folder.rglob("*.py")
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Call) and any(each.arg == "method" for each in node.keywords)
    }


def test_every_file_of_the_rules_that_sends_goes_wrong_somewhere(
    faultless: tuple[dict[Site, str], frozenset[str]],
) -> None:
    assert senders() == HERE.keys() | ELSEWHERE.keys()
    met = [plain_name for site in faultless[0] for plain_name in (site.name, site.method)]
    for path, beginnings in HERE.items():
        for each in beginnings:
            wanted = "reactions.add" if each == "mark" else each
            assert [name for name in met if name.startswith(wanted)], f"{path}: {met}"
