"""This file owns ``/oncall``: who is on duty now, and until when. Source: D14; words.md 8."""

from __future__ import annotations

from collections.abc import Iterator

from handlers import replies
from handlers.desk import Desk
from handlers.edge import Slash
from handlers.journey import actor_of
from handlers.replies import Answer
from protocols.context import Context
from protocols.duties import DUTIES
from protocols.rules.guards import need_staff
from templates import render

_EACH_MAX = 3
"""How many of those on one duty are named: the ones who are asked first."""


def oncall(desk: Desk, slash: Slash) -> Answer:
    """Answer ``/oncall``.

    Raises:
        Outside: The one who typed is not one of us.
    """
    ctx = desk.context(actor_of(desk, slash))
    need_staff(ctx)
    typed = slash.text.strip().casefold()
    if typed == "help":
        facts = {"oncall_command": f"{desk.command_prefix}oncall", "pager": _pager(desk)}
        return replies.said(render.line("help_oncall", facts))
    if not ctx.has_rota:
        return replies.said(render.line("oncall_nobody", {}))
    lines = [render.line("oncall_head", {"now": ctx.now}), *_entries(ctx)]
    if typed:
        lines.insert(0, render.line("oncall_as_listed", {}))
    return replies.said("\n".join(lines))


def _pager(desk: Desk) -> str:
    return desk.links.pager_name or ""


def _entries(ctx: Context) -> Iterator[str]:
    for duty in DUTIES:
        if not ctx.directory.holders(duty):
            continue
        on_duty = ctx.on_duty(duty)[:_EACH_MAX]
        if not on_duty:
            yield _entry(ctx, duty, "", None)
        for who in on_duty:
            yield _entry(ctx, duty, who.name, ctx.directory.until(who.key, duty, ctx.now))


def _entry(ctx: Context, duty: str, person: str, until_at: object) -> str:
    facts = {"duty": duty, "person": person, "until_at": until_at, "now": ctx.now}
    return render.line("oncall_entry", facts)


SLASHES = {"oncall": oncall}
