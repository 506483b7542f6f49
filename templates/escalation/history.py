"""What happened on a ticket, from what it holds at hand; the journal has all of it. Source: S95."""

from __future__ import annotations

from collections.abc import Iterator

from protocols.account.outbound import is_lost
from protocols.closure.state import Closure
from protocols.details.state import Details
from protocols.fixed_texts.state import FixedTexts
from protocols.replies.state import Calls, Heard
from protocols.routing.state import Routing
from protocols.targets.clocks import running
from protocols.targets.state import TargetWatch
from protocols.tiers.state import Tiers
from protocols.updates.state import Updates
from templates.account.outbound import draft_words
from templates.fixed_texts.words import FIXED
from templates.kit.opener import opened_by
from templates.kit.scene import Scene
from templates.kit.text import one_line
from templates.targets.words import WAITED_FOR
from templates.timeline.facts import TimelineLine

MOST = 12


def happened(scene: Scene) -> list[TimelineLine]:
    """Return what happened, oldest first; what two clocks say of one instant stands once."""
    found = dict.fromkeys((*_ours(scene), *_theirs(scene), *_clocks(scene)))
    return sorted(found, key=lambda line: line.at)


def _ours(scene: Scene) -> Iterator[TimelineLine]:
    ticket, account = scene.ticket, scene.account
    yield TimelineLine(ticket.opened_at, f"opened by {opened_by(ticket)}")
    watch, routing = ticket.of(TargetWatch), ticket.of(Routing)
    if watch.acknowledged_at is not None and watch.acknowledged_by is not None:
        yield TimelineLine(watch.acknowledged_at, f"{watch.acknowledged_by.name} took it")
    if watch.triage_at is not None:
        yield TimelineLine(watch.triage_at, "triage began")
    if routing.since_at is not None and routing.since_at != ticket.opened_at:
        yield TimelineLine(routing.since_at, f"given to {routing.team}")
    for change in ticket.of(Tiers).tier_changes:
        words = f"Tier {int(change.before)} to Tier {int(change.after)}"
        yield TimelineLine(change.at, f"{words}, by {change.by.name}")
    for text in ticket.of(FixedTexts).fixed_texts:
        if not is_lost(ticket, text):
            at = text.taken_at or text.sent_at
            yield TimelineLine(at, f"{account} was sent {FIXED.get(text.name, text.name)}")
    for draft in ticket.of(Updates).drafts:
        if draft.delivered_at is not None:
            yield TimelineLine(draft.delivered_at, f"{account} has {draft_words(draft)}")
    yield from (TimelineLine(at, f"{account} was called") for at in ticket.of(Calls).calls)
    resolution = ticket.of(Closure).resolution
    if resolution is not None:
        yield TimelineLine(resolution.at, f"resolved by {resolution.by.name}")


def _theirs(scene: Scene) -> Iterator[TimelineLine]:
    for message in scene.ticket.of(Heard).messages:
        yield TimelineLine(message.at, f'{message.author}: "{one_line(message.text)[:150]}"')


def _clocks(scene: Scene) -> Iterator[TimelineLine]:
    ctx, account = scene.ctx, scene.account
    for pause in scene.ticket.of(Details).pauses:
        yield TimelineLine(pause.from_at, f"{account} was asked for details")
        if pause.until_at is not None:
            yield TimelineLine(pause.until_at, "the wait for its answer ended")
    for clock in running(scene.ticket, ctx.policy, ctx.calendar):
        if clock.breach_at <= ctx.now:
            yield TimelineLine(clock.breach_at, f"LATE: {WAITED_FOR[clock.measure.name]}")
