"""``/oncall`` (who is on duty until when, and swaps) and changed people.

Source: D14; words.md 8.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime
from zoneinfo import ZoneInfo

from handlers.kit import grammar, replies
from handlers.kit.acting import person
from handlers.kit.doors import Doors
from handlers.kit.edge import SlackEvent, Slash
from handlers.kit.journey import actor_of
from handlers.kit.ports import Desk, Glance, Hears
from handlers.kit.replies import NOTED, Answer
from protocols.kernel.context import Context
from protocols.people import swaps
from protocols.people.absences import FOR_EVER, midnight_after
from protocols.people.duties import DUTIES
from protocols.rights.guards import need_staff
from templates.kit import render
from templates.kit.scene import read_by
from templates.kit.text import clean

_EACH_MAX = 3
"""How many of those on one duty are named: the ones who are asked first."""


def oncall(desk: Desk, slash: Slash) -> Answer:
    """Answer ``/oncall``.

    Raises:
        Outside: The one who typed is not one of us.
    """
    ctx = desk.context(actor_of(desk, slash))
    need_staff(ctx)
    typed = clean(slash.text).strip().casefold()
    if typed == "help":
        facts = {"oncall_command": f"{desk.command_prefix}oncall", "pager": _pager(desk)}
        return replies.said(render.line("help_oncall", facts))
    if not ctx.has_rota:
        return replies.said(render.line("oncall_nobody", {}))
    said = _away(desk, slash, ctx)
    if said is not None:
        return said
    if typed:
        return _swap(desk, slash, ctx)
    lines = [
        render.line("oncall_head", {"now": read_by(ctx, ctx.by.key)}),
        *_entries(ctx),
        *_those_away(ctx),
    ]
    return replies.said("\n".join(lines))


def _away(desk: Desk, slash: Slash, ctx: Context) -> Answer | None:
    """Answer ``/oncall away until 18:00``, or a day, and ``back``; the time is the typist's.

    Raises:
        Refused: The rules say no.
    """
    zone = desk.zone_of(slash.user_id) or ctx.policy.calendar.zone
    today = ctx.now.astimezone(ZoneInfo(zone)).date()
    meant = grammar.away(clean(slash.text).strip(), today)
    if meant is None:
        return None
    until_at = ctx.now
    if meant.clock is not None:
        until_at = swaps.next_at(meant.clock, zone, ctx.now)
    if meant.day is not None:
        until_at = midnight_after(meant.day, ZoneInfo(zone))
    duty = swaps.BACK if meant == grammar.AwayAsked() else swaps.AWAY
    actor = actor_of(desk, slash)
    made = desk.swap(duty, actor.who, until_at, actor, delivery=slash.delivery)
    if made.duty == swaps.BACK:
        return replies.said(render.line("oncall_back", {}))
    facts = {"now": read_by(ctx, ctx.by.key), "oncall_command": f"{desk.command_prefix}oncall",
             "until_at": made.until_at, "zone": zone}  # fmt: skip
    return replies.said(render.line("oncall_away", facts))


def _those_away(ctx: Context) -> Iterator[str]:
    for each in ctx.directory.people:
        until_at = ctx.away_until(each.key) if each.duties else None
        if until_at is not None:
            ends = None if until_at == FOR_EVER else until_at
            facts = {"now": read_by(ctx, ctx.by.key), "person": each.name, "until_at": ends}
            yield render.line("oncall_is_away", facts)


def _swap(desk: Desk, slash: Slash, ctx: Context) -> Answer:
    """Answer ``/oncall DUTY @person until 18:00``: the time is the typist's.

    Raises:
        Refused: The rules say no, or nobody knows the person.
    """
    meant = grammar.swapping(slash.text)
    if meant is None:
        facts = {"oncall_command": f"{desk.command_prefix}oncall"}
        return replies.said(render.line("oncall_not_read", facts))
    zone = desk.zone_of(slash.user_id) or _zone(ctx, meant.duty)
    until_at = swaps.next_at(meant.until, zone, ctx.now)
    whom = person(desk, meant.user_id)
    actor = actor_of(desk, slash)
    made = desk.swap(meant.duty, whom, until_at, actor, delivery=slash.delivery)
    told: dict[str, object] = {
        "duty": made.duty,
        "instead": made.instead.name if made.instead is not None else "",
        "now": read_by(ctx, ctx.by.key),
        "person": made.person.name,
        "until_at": made.until_at,
        "zone": zone,
    }
    return replies.said(render.line("oncall_swapped", told))


def _zone(ctx: Context, duty: str) -> str:
    """Return the zone of a duty's hours; the desk's where it has none."""
    shifts = (each for holder in ctx.directory.holders(duty) for each in holder.duties)
    zones = (each.zone for each in shifts if each.name == duty and each.zone)
    return next(zones, ctx.policy.calendar.zone)


def _pager(desk: Glance) -> str:
    return desk.links.pager_name or ""


def _entries(ctx: Context) -> Iterator[str]:
    for duty in DUTIES:
        on_duty = ctx.on_duty(duty)[:_EACH_MAX]
        if not on_duty and not ctx.directory.holders(duty):
            continue
        if not on_duty:
            yield _entry(ctx, duty, "", None)
        for who in on_duty:
            swap = swaps.standing(duty, who.key, ctx.now, ctx.swaps)
            if swap is None:
                yield _entry(ctx, duty, who.name, ctx.directory.until(who.key, duty, ctx.now))
            else:
                instead = swap.instead.name if swap.instead is not None else ""
                yield _entry(ctx, duty, who.name, swap.until_at, instead)


def _entry(ctx: Context, duty: str, name: str, until_at: datetime | None, instead: str = "") -> str:
    facts = {
        "duty": duty,
        "instead": instead,
        "now": read_by(ctx, ctx.by.key),
        "person": name,
        "until_at": until_at,
    }
    return render.line("oncall_entry", facts)


def person_changed(desk: Hears, event: SlackEvent) -> Answer:
    """Keep what Slack says of one of its users."""
    user = event.fields.get("user")
    if isinstance(user, Mapping):
        desk.person_changed(user)
    return NOTED


DOORS = Doors(
    events={
        "team_join": person_changed,
        "user_change": person_changed,
    },
    slashes={
        "oncall": oncall,
    },
)
