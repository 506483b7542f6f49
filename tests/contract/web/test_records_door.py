"""Other systems say what they know of accounts by `POST /records`: signed, bounded, once. S67."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from prometheus_client import CollectorRegistry

from bot.clock import MachineClock
from bot.engine.facts import Facts
from bot.engine.record_taking import RecordTaking
from bot.web import front as web
from bot.web.guard import BODY_MAX_BYTES, Guard
from bot.web.records_door import MOST_RECORDS, RECORDS, RecordsDoor
from bot.web.server import WebServer
from protocols.people.directory import Directory
from store.db import Database
from tests.contract.test_accounts import begun
from tests.contract.test_program_records import known, taken
from tests.kit.rules_incident import policy
from tests.kit.signing import RECORDS_KEY, signed_by_another

DEAL: dict[str, Any] = {
    "account": "acme",
    "type": "deal_registration",
    "id": "DR-1",
    "address": "https://crm.vendor.example/1",
    "as_of": "2025-11-20T09:30:00Z",
    "fields": {"Stage": "Approved"},
}
FRESH = {"new": 1, "changed": 0, "same": 0, "older": 0}


@dataclass
class Door:
    """A running front with the way in for other systems, and the database behind it."""

    url: str
    database: Database

    def post(self, *records: Any, **body: Any) -> httpx.Response:
        return self.send(json.dumps({"records": records, **body}).encode())

    def send(self, body: bytes, headers: dict[str, str] | None = None) -> httpx.Response:
        signed = signed_by_another(body, MachineClock().now().timestamp())
        return httpx.post(f"{self.url}/records", content=body, headers=headers or signed)


@pytest.fixture
def door(migrated_database_url: str) -> Iterator[Door]:
    yield from serving(migrated_database_url)


@pytest.fixture
def small_door(migrated_sqlite_url: str) -> Iterator[Door]:
    yield from serving(migrated_sqlite_url)


def ready() -> web.Readiness:
    return web.Readiness(True, {})


def serving(url: str) -> Iterator[Door]:
    machine, metrics = MachineClock(), CollectorRegistry()
    for _settings, database in begun(url):
        facts = Facts(policy(), Directory(), drill=True)
        taking = RecordTaking(database, facts, machine)
        guard = Guard(RECORDS_KEY, RECORDS)
        records = RecordsDoor(guard=guard, taking=taking, machine=machine, metrics=metrics)
        front = web.application(metrics=metrics, readiness=ready, records=records)
        server = WebServer(front, "127.0.0.1", 0)
        server.start()
        yield Door(server.url, database)
        server.stop()


def test_what_another_system_says_is_taken_in_once(door: Door) -> None:
    assert door.post(DEAL).json() == FRESH
    again = door.post(DEAL)
    assert (again.status_code, again.json()) == (200, {**FRESH, "new": 0, "same": 1})
    assert [each.number for each in known(door.database)] == ["DR-1"]
    assert len(taken(door.database)) == 1
    later = {**DEAL, "as_of": "2025-11-21T09:30:00Z"}
    assert door.post(later).json() == {**FRESH, "new": 0, "changed": 1}
    assert door.post(DEAL).json() == {**FRESH, "new": 0, "older": 1}


def test_with_a_mistake_in_one_record_none_is_taken_in_and_each_mistake_is_named(
    small_door: Door,
) -> None:
    nobody = {**DEAL, "account": "nobody"}
    wrong = {**DEAL, "id": "DR-2", "as_of": "soon", "colour": "red"}
    answer = small_door.post(DEAL, wrong, 7)
    assert answer.status_code == 400
    said = {each["where"]: each["why"] for each in answer.json()["mistakes"]}
    assert said.keys() == {"records.1.as_of", "records.1.colour", "records.2"}
    answer = small_door.post(DEAL, nobody)
    assert answer.json()["mistakes"] == [
        {"where": "records.1.account", "why": 'There is no account "nobody".'}
    ]
    assert known(small_door.database) == []


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        ({"x-bridgewatch-signature": ""}, "malformed signature"),
        ({"x-bridgewatch-signature": "v0=" + "0" * 64}, "wrong signature"),
        ({"x-bridgewatch-timestamp": "1"}, "stale timestamp"),
    ],
    ids=["none", "another's", "old"],
)
def test_who_does_not_sign_says_nothing(
    small_door: Door, change: dict[str, str], reason: str
) -> None:
    body = json.dumps({"records": [DEAL]}).encode()
    headers = signed_by_another(body, MachineClock().now().timestamp()) | change
    answer = small_door.send(body, headers)
    assert (answer.status_code, answer.json()) == (401, {"error": reason})
    assert known(small_door.database) == []


def test_what_is_signed_for_slack_is_not_signed_for_records(small_door: Door) -> None:
    body = json.dumps({"records": [DEAL]}).encode()
    at_s = MachineClock().now().timestamp()
    answer = small_door.send(body, signed_by_another(body, at_s, key="another-key-of-16-signs"))
    assert answer.status_code == 401


@pytest.mark.parametrize(
    ("body", "status", "reason"),
    [
        (b"no", 400, "malformed JSON"),
        (b"[]", 400, "not an object"),
        (b"{}", 400, "no records"),
        (b'{"records": []}', 400, "no records"),
        (b'{"records": [], "of": 1}', 400, "no records"),
        (json.dumps({"records": [0] * (MOST_RECORDS + 1)}).encode(), 413, "too many records"),
        (b" " * (BODY_MAX_BYTES + 1), 413, "too large"),
    ],
    ids=["no json", "a list", "nothing", "none", "more", "too many", "too large"],
)
def test_what_is_no_list_of_records_is_turned_away(
    small_door: Door, body: bytes, status: int, reason: str
) -> None:
    answer = small_door.send(body)
    assert (answer.status_code, answer.json()) == (status, {"error": reason})


def test_the_address_takes_nothing_but_a_post(small_door: Door) -> None:
    assert httpx.get(f"{small_door.url}/records").status_code == 405
