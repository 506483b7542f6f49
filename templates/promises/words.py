"""Sentences of events: promises."""

from __future__ import annotations

from protocols.promises.events import PromiseKept, PromiseLapsed, PromiseMade
from templates.kit.scene import Scene
from templates.kit.sentences import says, silent, simply
from templates.kit.when import utc_minute

silent(PromiseKept)


@says(PromiseLapsed)
def _lapsed(scene: Scene, event: PromiseLapsed) -> str:
    if event.unheard:
        return f"a promised update is not owed: nothing that promised it reached {scene.account}"
    if event.ahead:
        return f"a promised update will not come in time; {scene.account} was told before"
    told = f"{scene.account} was told" if event.told else "the CS manager was told"
    return f"a promised update did not come in time; {told}"


simply(PromiseMade, lambda s, e: f"{s.account} hears next by {utc_minute(e.promised_at)}")
