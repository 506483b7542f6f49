"""The road to an account, and the thread in its channel. Source: D6, D24."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from protocols.account.events import RoadLost, Route, RouteChanged
from protocols.fixed_texts.events import FixedTextTaken
from protocols.intake.events import ReportHeard
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.losses.events import RoadFound
from protocols.naming.events import AccountNamed
from protocols.opening.events import TicketOpened
from protocols.ticket import Ticket
from protocols.updates.events import TextDelivered


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Road:
    """The way to the account, and the thread in its channel. Source: D6, D24."""

    route: Route
    thread_ts: str = ""
    thread_channel: str = ""
    route_changed_at: datetime | None = None
    began_ts: str = ""
    """The account's own message that is the thread's parent, where it was heard. Source: M16."""


@on(TicketOpened)
def _road(event: TicketOpened) -> Road:
    return Road(event.route)


@on(ReportHeard)
def _begun_by_them(road: Road, event: ReportHeard) -> Road:
    if road.route.channel_id != event.channel_id:
        return road
    began_ts = event.thread_ts or event.message_ts
    return replace(road, thread_ts=began_ts, began_ts=began_ts)


@on(RouteChanged, RoadLost)
def _another_road(road: Road, event: RouteChanged | RoadLost) -> Road:
    # The thread that was begun stays known: what the account writes there is still heard.
    return replace(
        road,
        route=event.route,
        thread_channel=road.route.channel_id or road.thread_channel,
        route_changed_at=event.at,
    )


@on(RoadFound)
def _found(road: Road, event: RoadFound) -> Road:
    begun = road.route.channel_id or road.thread_channel
    if begun in ("", event.route.channel_id):
        return replace(road, route=event.route, route_changed_at=event.at)
    # It is another channel: the thread begins there anew, and the old one is still heard.
    return Road(event.route, thread_channel=begun, route_changed_at=event.at)


@on(AccountNamed)
def _first_road(road: Road, event: AccountNamed) -> Road:
    return replace(road, route=event.route)


@on(TextDelivered, FixedTextTaken)
def _thread(road: Road, event: TextDelivered | FixedTextTaken) -> Road:
    return replace(road, thread_ts=event.thread_ts) if event.thread_ts else road
