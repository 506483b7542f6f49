"""What somebody's hands do when a form comes up: wait for it, fill it in, send it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping

from drill.errors import DrillRefusal
from drill.finding import find_field
from drill.gestures import Gestures
from drill.workspace import Workspace

LOOK_S = 0.02
LOOKS_MOST = 250
DRAWN_MOST = 50

Form = Mapping[str, str | tuple[str, ...]]


async def fill(space: Workspace, gestures: Gestures, who: str, form: Form) -> None:
    """Fill in and send the form that comes up before somebody.

    Raises:
        DrillRefusal: no form came up, or it was not taken.
    """
    await until_open(space, who)
    for name, value in form.items():
        typed = list(value) if isinstance(value, tuple) else value
        stood = space.slack.stacks[who][-1].wire
        await gestures.do({"as": who, "do": "fill", "field": name, "value": typed})
        if find_field(stood["blocks"], name)[0].get("dispatch_action"):
            await _until_drawn_again(space, who, stood["hash"])
    await gestures.do({"as": who, "do": "submit"})
    stack = space.slack.stacks.get(who)
    if stack:
        told = list(stack[-1].errors.values()) or [stack[-1].banner]
        is_to_read = not stack[-1].wire.get("submit")
        await gestures.do({"as": who, "do": "close", "all": True})
        if not is_to_read:
            raise DrillRefusal(f"the form was not taken: {told}")


async def _until_drawn_again(space: Workspace, who: str, was: str) -> None:
    """Wait for what the app makes of a choice: other fields may stand there then, or none do."""
    for _ in range(DRAWN_MOST):
        stack = space.slack.stacks.get(who)
        if not stack or stack[-1].wire["hash"] != was:
            return
        await asyncio.sleep(LOOK_S)


async def look_home(space: Workspace, gestures: Gestures, who: str) -> None:
    """Open somebody's Home anew, and wait a moment for what it says now."""
    homes = space.slack.homes
    was = homes[who].wire["hash"] if who in homes else ""
    await gestures.do({"as": who, "do": "home"})
    for _ in range(DRAWN_MOST):
        if who in homes and homes[who].wire["hash"] != was:
            return
        await asyncio.sleep(LOOK_S)


async def until_open(space: Workspace, who: str) -> None:
    """Wait for a form; Slack tells nobody that one came up, a person sees it within moments."""
    for _ in range(LOOKS_MOST):
        if space.slack.stacks.get(who):
            return
        await asyncio.sleep(LOOK_S)
    raise DrillRefusal("no form came up")
