"""How effects are addressed: the keys, streams and arguments that every plan shares.

Keys are derived from the record and never repeat; a stream keeps the order of what one reader
sees. Source: design, Engine, Courier.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from protocols.kernel.effects import Dm, Effect, Gateway, MailTo, Page, Surface
from protocols.kernel.record import Record

URGENT_CUSTOMER = 30
URGENT_SET_UP = 20
URGENT_PEOPLE = 10


def result(key: str, path: str) -> dict[str, list[str]]:
    """Return a late value: what another delivery's answer says at a path."""
    return {"$result": [key, path]}


def dm(
    record: Record,
    suffix: str,
    person: str,
    template: str,
    params: Mapping[str, object] | None = None,
    *,
    surface: Surface = Surface.MUST_ARRIVE,
    stale_at: datetime | None = None,
    reports: bool = False,
    needs: tuple[str, ...] = (),
) -> Effect:
    """Return a direct message to one of us."""
    return Effect(
        key=f"{record.reference}/{suffix}",
        gateway=Gateway.SLACK,
        method="chat.postMessage",
        to=Dm(person),
        template=template,
        params={"person": person, **(params or {})},
        stream=f"dm/{person}/{record.reference}",
        surface=surface,
        reports=reports,
        urgent=URGENT_PEOPLE,
        stale_at=stale_at,
        needs=needs,
    )


def page(record: Record, suffix: str, person: str, template: str, **params: object) -> Effect:
    """Return a call of one person through the pager webhook. Source: D14."""
    return Effect(
        key=f"{record.reference}/{suffix}/page",
        gateway=Gateway.PAGER,
        method="send",
        to=Page(person),
        template=template,
        params={"person": person, **params},
        stream=f"page/{person}",
        urgent=URGENT_PEOPLE,
    )


def mail(
    record: Record,
    suffix: str,
    addresses: tuple[str, ...],
    template: str,
    params: Mapping[str, object] | None = None,
    *,
    reports: bool = False,
    reply_to: str | None = None,
) -> Effect:
    """Return a mail."""
    return Effect(
        key=f"{record.reference}/{suffix}",
        gateway=Gateway.MAIL,
        method="send",
        to=MailTo(addresses, reply_to),
        template=template,
        params=params or {},
        stream=f"mail/{record.reference}/{suffix}",
        reports=reports,
        urgent=URGENT_CUSTOMER,
    )
