"""App Home: what is yours now, then your team's queue, each ticket with its reason.

Source: S89, S104; words.md 6.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from handlers.kit.doors import Doors
from handlers.kit.edge import Gesture, Press, SlackEvent
from handlers.kit.journey import actor_of
from handlers.kit.ports import Desk, Glance
from handlers.kit.replies import NOTED, Answer
from handlers.slack.queue import own_team, queue_facts
from protocols.kernel.context import Context
from protocols.people.people import Actor, Standing
from protocols.queue.pages import PageChoice, Wanted
from templates.kit import render
from templates.kit.render import Json, Message
from templates.queue.facts import chosen
from templates.queue.words import HOME_PAGE, line

_YOURS_MOST = 5
_ON_DUTY = ("csm", "cs-manager", "engineering-lead")


@dataclass(frozen=True, slots=True)
class Home:
    """Somebody's App Home.

    Attributes:
        view: What Slack is given.
        mark: Tells it from one that says something else, whenever it is said.
    """

    view: Json
    mark: str


def home_of(desk: Glance, actor: Actor, choice: PageChoice | None = None) -> Home:
    """Return a person's App Home as of now.

    Args:
        desk: What is known.
        actor: Whose it is.
        choice: Which page of which queue they look at; the first of their own team's unless given.
    """
    ctx = desk.context(actor)
    if actor.standing is not Standing.MEMBER:
        words = render.line("home_outside", {"us": ctx.policy.vendor_name})
        return Home(_view([_section(words)]), words)
    facts = _facts(desk, ctx, choice or PageChoice(team=own_team(ctx)))
    said = {name: fact for name, fact in facts.items() if name != "now"}
    mark = hashlib.sha256(repr(sorted(said.items())).encode()).hexdigest()
    made: Message = render.message("home", facts)
    return Home(_view(made.blocks), mark)


def _facts(desk: Glance, ctx: Context, choice: PageChoice) -> dict[str, object]:
    facts = queue_facts(desk, ctx, choice, counts_minutes=False)
    own = desk.queue(Wanted(owners=(ctx.by.key,)), limit=_YOURS_MOST)
    mine = own.counts.total
    yours = enumerate(own.entries, 1)
    is_empty = not mine and not facts["entries"] and not desk.queue(Wanted(), limit=1).entries
    return {
        **facts,
        "mine": mine,
        "more": max(0, mine - _YOURS_MOST),
        "nothing": is_empty,
        "on_duty": ", ".join(who.name for who in ctx.on_duty(*_ON_DUTY)),
        "yours": tuple(line(each, at, ctx, counts_minutes=False) for at, each in yours),
    }


def _view(blocks: Sequence[Json]) -> Json:
    return {"type": "home", "callback_id": "home", "blocks": list(blocks)}


def _section(words: str) -> Json:
    return {"type": "section", "text": {"type": "mrkdwn", "text": words}}


def publish(desk: Desk, gesture: Gesture, choice: PageChoice | None = None) -> Answer:
    """Publish the Home of whoever made a gesture, and keep it current from then on."""
    home = home_of(desk, actor_of(desk, gesture), choice)
    sending = desk.interactive.publish_home(gesture.user_id, home.view)
    desk.watch_home(gesture.user_id, gesture.team_id, choice, home.mark, sending)
    return NOTED


def _opened(desk: Desk, event: SlackEvent) -> Answer:
    return publish(desk, event) if event.fields.get("tab") == "home" else NOTED


def _paged(desk: Desk, press: Press) -> Answer:
    return publish(desk, press, chosen(press.value))


DOORS = Doors(events={"app_home_opened": _opened}, presses={HOME_PAGE: _paged})
