"""What the bot serves over HTTP: Slack's address, health, metrics, and the drill's clock."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from prometheus_client import CONTENT_TYPE_PLAIN_0_0_4, CollectorRegistry, generate_latest
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from bot.engine.drill_clock import DrillRefused
from bot.settings import is_loopback
from bot.web.bodies import Room, read_body, turned_away
from bot.web.guard import Turned
from bot.web.records_door import RecordsDoor
from bot.web.slack_door import SlackDoor

DRILL_BODY_MAX_BYTES = 4_096
# Together less than the second within which /ready answers, whatever hangs.
READY_LOOKS, READY_LOOK_S = 60, 0.01


@dataclass(frozen=True, slots=True)
class Readiness:
    """Whether the bot can do its work, and what it depends on.

    Attributes:
        ready: Whether traffic should come here.
        parts: Each dependency and its state, such as {"database": "ok"}.
        is_being_checked: Whether the answer may be another in a moment.
    """

    ready: bool
    parts: Mapping[str, str]
    is_being_checked: bool = False


class DrillController(Protocol):
    """Business time in a drill. Both calls may block until what fell due has settled."""

    def state(self) -> Mapping[str, object]:
        """Return {now, next_due_at, idle}."""

    def advance(self, wish: Mapping[str, object]) -> Mapping[str, object]:
        """Walk on as {"advance_s": N}, {"to": ISO instant} or {"next": true} says.

        Raises:
            DrillRefused: The wish cannot be done.
        """


def application(
    *,
    metrics: CollectorRegistry,
    readiness: Callable[[], Readiness],
    slack: SlackDoor | None = None,
    drill: DrillController | None = None,
    records: RecordsDoor | None = None,
    routes: Sequence[BaseRoute] = (),
) -> Starlette:
    """Put the bot's web application together.

    Args:
        metrics: What /metrics prints.
        readiness: Called for /ready, and again for a moment while it checks; it never blocks.
        slack: The way in from Slack; None in Socket Mode.
        drill: The drill's clock; None outside a drill, and then its address does not exist.
        records: The way in for other systems; None without a key for them, and likewise.
        routes: Further routes of other parts (signals, portal, status).

    Returns:
        The application; any method that a route does not declare is answered with 405.
    """
    found: list[BaseRoute] = [
        Route("/health", _health, methods=["GET"]),
        Route("/ready", _ready(readiness), methods=["GET"]),
        Route("/metrics", _printed(metrics), methods=["GET"]),
    ]
    if slack is not None:
        found.append(Route("/slack/events", slack.answer, methods=["POST"]))
    if records is not None:
        found.append(Route("/records", records.answer, methods=["POST"]))
    if drill is not None:
        found.append(Route("/drill/clock", _drill_clock(drill), methods=["GET", "PUT"]))
    return Starlette(routes=[*found, *routes])


async def _health(_: Request) -> Response:
    return JSONResponse({"status": "ok"})


def _ready(readiness: Callable[[], Readiness]) -> Callable[[Request], Any]:
    async def ready(_: Request) -> Response:
        found = readiness()
        for _look in range(READY_LOOKS):
            if not found.is_being_checked:
                break
            await asyncio.sleep(READY_LOOK_S)
            found = readiness()
        return JSONResponse(
            {"ready": found.ready, **found.parts}, status_code=200 if found.ready else 503
        )

    return ready


def _printed(metrics: CollectorRegistry) -> Callable[[Request], Any]:
    async def printed(_: Request) -> Response:
        text = await asyncio.to_thread(generate_latest, metrics)
        return Response(text, headers={"content-type": CONTENT_TYPE_PLAIN_0_0_4})

    return printed


def _drill_clock(drill: DrillController) -> Callable[[Request], Any]:
    async def clock(request: Request) -> Response:
        if not is_loopback(request.url.hostname or ""):
            return _problem(403, "The drill's clock answers to this machine only.")
        if request.method != "PUT":
            return JSONResponse(dict(await asyncio.to_thread(drill.state)))
        try:
            answer = await asyncio.to_thread(drill.advance, await _wish(request))
        except Turned as turned:
            return turned_away(turned)
        except DrillRefused as refused:
            return _problem(400, str(refused))
        return JSONResponse(dict(answer))

    return clock


async def _wish(request: Request) -> Mapping[str, object]:
    """Return what a PUT on the drill's clock asks for.

    Raises:
        DrillRefused: It is not one of the three forms.
    """
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise DrillRefused("Send JSON, with its content type.")
    try:
        body = await read_body(request, DRILL_BODY_MAX_BYTES, Room())
        wish: Any = json.loads(body, parse_constant=_no_number)
    except (ValueError, RecursionError):
        raise DrillRefused("That is not JSON.") from None
    forms = {"advance_s": (int, float), "to": (str,), "next": (bool,)}
    if isinstance(wish, dict) and len(wish) == 1:
        [(name, value)] = wish.items()
        if name in forms and type(value) in forms[name]:
            return {str(name): value}
    raise DrillRefused('Ask for {"advance_s": 60}, {"to": "2026-11-23T15:00Z"} or {"next": true}.')


def _no_number(name: str) -> float:
    raise ValueError(f"{name} is not JSON.")


def _problem(status: int, sentence: str) -> Response:
    return JSONResponse({"error": sentence}, status_code=status)
