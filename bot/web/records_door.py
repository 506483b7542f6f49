"""The way in for a vendor's other systems: `POST /records`, signed as Slack signs. Source: S67.

All of a request is taken in, or nothing. Sent again it changes nothing, so that its sender may
try until it is answered.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Iterable, Mapping
from typing import Any

from prometheus_client import CollectorRegistry, Counter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from bot.clock import MachineClock
from bot.engine.record_taking import RecordsWrong, RecordTaking
from bot.engine.saving import CommandNotSaved
from bot.files.directory import digest_of
from bot.files.record_entries import RecordBatch, read_records
from bot.web.bodies import Room, every_header, read_body, turned_away
from bot.web.guard import BODY_MAX_BYTES, Guard, SignedBy, Turned
from bot.web.repeats import Repeats
from protocols.kernel.refusals import BeingUpdated
from protocols.policy.sections import EntryRefused, dotted
from protocols.program_records.taking import RecordsTaken

_log = logging.getLogger(__name__)
RECORDS = SignedBy("x-bridgewatch-timestamp", "x-bridgewatch-signature")
MOST_RECORDS = 500
MOST_AT_ONCE = 8
"""So many requests are worked on or wait for it; Slack's are never among them."""
MOST_SAID = 50


class RecordsDoor:
    """Answers `POST /records`.

    Args:
        guard: Verifies each request before anything of it is read.
        taking: Takes in what they say.
        machine: Real time, for signatures.
        metrics: Takes a counter of requests by outcome.
    """

    def __init__(
        self, *, guard: Guard, taking: RecordTaking, machine: MachineClock,
        metrics: CollectorRegistry,
    ) -> None:  # fmt: skip
        self._guard, self._taking, self._machine = guard, taking, machine
        self._room, self._working = Room(), 0
        self._turned = Repeats(_log)
        self._requests = Counter(
            "bridgewatch_records_requests",
            "Requests of other systems by outcome",
            ["outcome"],
            registry=metrics,
        )

    async def answer(self, request: Request) -> Response:
        """Answer one request; of one that is refused nothing reaches the log."""
        try:
            found = await self._taken(request)
        except Turned as turned:
            self._requests.labels(turned.reason).inc()
            self._turned.say(f"A request to /records was turned away: {turned.reason}")
            return turned_away(turned)
        except RecordsWrong as refused:
            self._requests.labels("mistakes").inc()
            return _mistakes(refused.wrong)
        self._requests.labels("taken").inc()
        return JSONResponse(
            {
                "new": len(found.new),
                "changed": len(found.changed),
                "same": found.same,
                "older": found.older,
            }
        )

    async def _taken(self, request: Request) -> RecordsTaken:
        body = await read_body(request, BODY_MAX_BYTES, self._room)
        now_s = self._machine.now().timestamp()
        passed = self._guard.check(every_header(request), body, now_s)
        if self._working >= MOST_AT_ONCE:
            raise Turned(503, "overloaded")
        self._working += 1
        try:
            return await asyncio.to_thread(self._take, passed.payload, digest_of(body))
        finally:
            self._working -= 1

    def _take(self, payload: Mapping[str, Any], digest: str) -> RecordsTaken:
        entries = _entries(payload)
        places = ((("records", place), entry) for place, entry in enumerate(entries))
        records, wrong = read_records(places, self._taking.now())
        if wrong:
            raise RecordsWrong(wrong)
        try:
            return self._taking.take(RecordBatch("POST /records", digest, records))
        except BeingUpdated:
            raise Turned(503, "being updated") from None
        except CommandNotSaved:
            raise Turned(503, "not saved") from None


def _entries(payload: Mapping[str, Any]) -> list[object]:
    """Return the entries of a request.

    Raises:
        Turned: 400 where it has none, 413 where there are too many.
    """
    entries = payload.get("records")
    if not isinstance(entries, list) or payload.keys() != {"records"} or not entries:
        raise Turned(400, "no records")
    if len(entries) > MOST_RECORDS:
        raise Turned(413, "too many records")
    return entries


def _mistakes(wrong: Iterable[EntryRefused]) -> Response:
    said = [{"where": dotted(each.path), "why": each.why} for each in wrong]
    answer = {"error": "mistakes", "mistakes": said[:MOST_SAID], "more": len(said[MOST_SAID:])}
    return JSONResponse(answer, status_code=400)
