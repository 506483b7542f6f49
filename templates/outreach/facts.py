"""How far the impacted accounts are: how many have the words, who is called."""

from __future__ import annotations

from protocols.ladder.events import StepKind, StepState
from protocols.ladder.state import Ladder
from protocols.notices.events import HAS_IT, Reach
from protocols.outreach.rules import newest_text, others, recallable
from protocols.outreach.state import OutreachTold
from protocols.updates.state import Draft, Updates
from templates.kit.presenting import presents
from templates.kit.scene import Facts, Scene

MOST_NAMES = 10


def standing(scene: Scene) -> Facts:
    """Return how many of the other impacted accounts are how far, and whom somebody must call."""
    told, listed = scene.ticket.of(OutreachTold), others(scene.ticket)
    is_out = bool(told.listed)
    recalled, newest = _recalled(scene, told), newest_text(scene.ticket)
    return {
        "outreach_listed": len(listed),
        "outreach_out": is_out,
        "outreach_released": newest is not None,
        "outreach_told": len(told.at(*HAS_IT)),
        "outreach_sending": len(told.at(Reach.SENDING)),
        "outreach_to_call": len(told.at(Reach.TO_CALL)),
        "outreach_held_back": len(told.at(Reach.HELD_BACK)),
        "outreach_callers": names(scene, told.at(Reach.TO_CALL)),
        "outreach_next_at": newest.next_at if newest is not None else None,
        "outreach_next_late": _is_past(newest, scene),
        "outreach_unanswered": names(scene, told.unanswered),
        "outreach_recall": stands.number if (stands := recallable(scene.ticket)) else None,
        "outreach_recalled_at": recalled.recalled_at if recalled is not None else None,
        "outreach_recalled_by": _recaller(recalled),
        "outreach_late": names(scene, told.missing) if _is_late(scene) else "",
    }


def _recalled(scene: Scene, told: OutreachTold) -> Draft | None:
    """Return the words that went to the list last, if their release was taken back since."""
    last = scene.ticket.of(Updates).draft(told.numbers[-1]) if told.numbers else None
    return last if last is not None and last.recalled_at is not None else None


def _recaller(draft: Draft | None) -> str:
    by = draft.recalled_by if draft is not None else None
    return by.name if by is not None else ""


def _is_past(newest: Draft | None, scene: Scene) -> bool:
    """Say whether the time has passed by which the next words were promised to all."""
    return newest is not None and newest.next_at is not None and newest.next_at <= scene.ctx.now


def _is_late(scene: Scene) -> bool:
    step = scene.ticket.of(Ladder).step(StepKind.OUTREACH)
    owed = step is not None and step.state is StepState.OWED
    return owed and step is not None and step.due_at <= scene.ctx.now


def names(scene: Scene, keys: tuple[str, ...]) -> str:
    """Return accounts by name; of very many the first, and how many more."""
    found = (scene.ctx.directory.account(key) for key in keys[:MOST_NAMES])
    listed = ", ".join(account.name for account in found if account is not None)
    more = len(keys) - MOST_NAMES
    return f"{listed} and {more} more" if more > 0 else listed


def all_told(scene: Scene) -> bool:
    """Say whether each impacted account has the words. Source: S23."""
    step = scene.ticket.of(Ladder).step(StepKind.OUTREACH)
    return step is not None and step.state is StepState.DONE


@presents("notice_own_words")
def notice_own_words(scene: Scene) -> Facts:
    """Return what a colleague wrote under the notice to another account, and what is against it."""
    params = {name: scene.params[name] for name in ("author", "words", "link")}
    stops = scene.params["stops"]
    account = names(scene, (scene.param("account"),))
    found = tuple(stops) if isinstance(stops, list) else ()
    return {**params, "stops": found, "account": account, "ref": scene.ticket.reference}
