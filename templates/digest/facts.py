"""The facts of what one of us is told together."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any, cast

from protocols.digest.state import Digest
from protocols.kernel.context import Context
from templates.kit.links import Links
from templates.kit.presenting import presented, presents
from templates.kit.scene import Facts, read_of
from templates.kit.values import Value

SHOWN = 15
"""So many lines have a place of their own in the message; of the others it says how many."""


@dataclass(frozen=True, slots=True)
class DigestLine(Value):
    """What was to be told of one record, and when."""

    ref: str
    text: str
    at: datetime


@dataclass(frozen=True, slots=True)
class DigestScene:
    """One digest at one instant; ``params`` are the effect's own."""

    digest: Digest
    ctx: Context
    links: Links
    params: Mapping[str, object]


def rendering(
    template: str, params: Mapping[str, object], record: Digest, ctx: Context, links: Links
) -> tuple[str, Facts]:
    """Return the template of a digest's effect, and the facts that fill it.

    Raises:
        TemplateBroken: Nothing gathers its facts, or it lacks what it speaks of.
    """
    return template, presented(template, DigestScene(record, ctx, links, params))


@presents("digest")
def digest(scene: DigestScene) -> Facts:
    """Return what waited, the oldest first, and how many lines the message has no room for."""
    told = cast("list[Mapping[str, Any]]", scene.params["lines"])
    lines = [
        DigestLine(each["about"], each["text"], datetime.fromisoformat(each["at"])) for each in told
    ]
    return {
        "now": read_of(scene.ctx, scene.params),
        "count": len(lines),
        "refs": ", ".join(dict.fromkeys(line.ref for line in lines)),
        "lines": lines[:SHOWN],
        "more": max(len(lines) - SHOWN, 0),
    }
