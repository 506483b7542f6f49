"""The facts of the question whether a message is a report. Source: M16; words.md 11.2."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import cast

from protocols.kernel.context import Context
from protocols.kernel.endings import Became
from protocols.nudges.state import Nudge, NudgeAsking, NudgeEnd, NudgeHead
from templates.kit.links import Links
from templates.kit.presenting import presented, presents
from templates.kit.scene import Facts, read_of


@dataclass(frozen=True, slots=True)
class NudgeScene:
    """One question at one instant, as words see it; ``params`` are the effect's own."""

    nudge: Nudge
    ctx: Context
    links: Links
    params: Mapping[str, object]


def rendering(
    template: str, params: Mapping[str, object], record: Nudge, ctx: Context, links: Links
) -> tuple[str, Facts]:
    """Return the template of a question's effect, and the facts that fill it.

    Raises:
        TemplateBroken: Nothing gathers its facts, or the question lacks what it speaks of.
    """
    return template, presented(template, NudgeScene(record, ctx, links, params))


def _common(scene: NudgeScene) -> Facts:
    head, asking = scene.nudge.of(NudgeHead), scene.nudge.of(NudgeAsking)
    report = asking.report
    return {
        "account": head.account.name,
        "author": report.by.name,
        "outside": report.outside,
        "wrote_at": report.written_at or scene.nudge.opened_at,
        "words": report.text,
        "now": read_of(scene.ctx, scene.params),
    }


@presents("nudge")
def nudge(scene: NudgeScene) -> Facts:
    """Return what was written, where it stands, when it opens by itself, and who has answered."""
    head, asking = scene.nudge.of(NudgeHead), scene.nudge.of(NudgeAsking)
    ours = next((each for each in asking.in_order if each.is_ours), None)
    theirs = [each for each in asking.in_order if not each.is_ours]
    known = scene.ctx.channels.get(head.account.key)
    return {
        **_common(scene),
        "ref": scene.nudge.reference,
        "more_count": len(theirs) - 1,
        "last": theirs[-1].text if len(theirs) > 1 else "",
        "answered_by": ours.by.name if ours is not None else "",
        "channel_id": head.channel_id,
        "channel_name": known.name if known is not None else "",
        "link": asking.report.link,
        "team": asking.team,
        "opens_at": scene.nudge.opened_at + scene.ctx.policy.intake.nudge_after,
    }


@presents("nudge_settled")
def nudge_settled(scene: NudgeScene) -> Facts:
    """Return what became of it, by whom, when, and which ticket stands for it."""
    ending = cast("Became", scene.params["ending"])
    return {
        **_common(scene),
        "word": NudgeEnd(ending.word).value,
        "by": ending.by.name if ending.by is not None else "",
        "at": ending.at,
        "ticket": scene.nudge.of(NudgeAsking).ticket,
        "beside": scene.nudge.of(NudgeAsking).beside,
    }
