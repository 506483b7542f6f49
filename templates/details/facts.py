"""The facts of questions to an account. Source: words.md 3.6."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime

from protocols.details.clocks import PAUSED, TO_RESOLVE, held_up
from protocols.details.state import Details
from protocols.kernel.context import Context
from protocols.targets.people import owner
from protocols.ticket import Ticket
from protocols.time.targets import Measure
from protocols.updates.released import Released, released_lines
from protocols.updates.state import Draft, Updates
from protocols.words.lists import entries
from templates.kit import outward
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene
from templates.kit.values import Value
from templates.updates.facts import draft_of


@dataclass(frozen=True, slots=True)
class UnansweredText(Value):
    """What one text asked, and since when the account has it."""

    at: datetime
    questions: tuple[Released, ...]


@presents("details_asked")
def asked(scene: Scene) -> Facts:
    """Return the questions."""
    return {
        **outward.common(scene),
        **clock_facts(scene.ticket, scene.ctx, TO_RESOLVE),
        "questions": released_lines(draft_of(scene), "questions"),
    }


@presents("details_reminder")
def reminded(scene: Scene) -> Facts:
    """Return all that waits for an answer, by the text that asked it, oldest first."""
    return {
        **outward.common(scene),
        **clock_facts(scene.ticket, scene.ctx, TO_RESOLVE),
        "askings": tuple(
            UnansweredText(draft.delivered_at or draft.released_at or scene.ctx.now, lines)
            for draft in _waiting(scene)
            for lines in (released_lines(draft, "questions"),)
        ),
    }


def clock_facts(ticket: Ticket, ctx: Context, measures: Collection[Measure] = PAUSED) -> Facts:
    """Return whether a clock that waits for an answer runs, or stands still already. D41."""
    clock = held_up(ticket, ctx, measures)
    return {"clock_runs": clock.runs, "clock_stands": clock.stands}


def _waiting(scene: Scene) -> Iterator[Draft]:
    """Yield the texts that wait for an answer; the one that is meant, where none does any more."""
    waiting, meant = scene.ticket.of(Details).asked, draft_of(scene)
    if waiting is None or meant.number not in waiting.texts:
        yield meant
        return
    found = map(scene.ticket.of(Updates).draft, waiting.texts)
    yield from (draft for draft in found if draft is not None)


@presents("details_call", "details_back", "details_lost")
def inside(scene: Scene) -> Facts:
    """Return what the account was asked, since when it owes the answer, and who has the ticket."""
    waiting, who = scene.ticket.of(Details).asked, owner(scene.ticket, scene.ctx)
    texts = tuple(_waiting(scene))
    return {
        **scene.common(),
        **clock_facts(scene.ticket, scene.ctx),
        "questions": [line for draft in texts for line in entries(draft.field("questions"))],
        "asked_at": texts[0].delivered_at or scene.ctx.now,
        "asked_again": len(texts) > 1,
        "reminded": waiting.reminded if waiting is not None else 0,
        "phone": scene.account_phone,
        "owner": who.name if who is not None else "",
        "is_owner": who is not None and who.key == scene.param("person"),
    }
