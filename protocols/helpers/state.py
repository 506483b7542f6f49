"""Who was called for a duty. Source: S40, S41, D16, D20."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from protocols.bridge.events import PersonJoined, PersonLeft
from protocols.helpers.events import HelperAnswered, HelperCalled, HelperCalledAgain
from protocols.kernel.changing import on
from protocols.kernel.record import part_of
from protocols.losses.events import PersonGone
from protocols.people.people import Staff
from protocols.ticket import Ticket


@dataclass(frozen=True, slots=True)
class Helper:
    """One called for a duty: the leads at T+0, the reviewers when exposure is confirmed.

    ``left`` is whether they were in the bridge and have left it since.
    """

    duty: str
    who: Staff
    asked_at: datetime
    asked_again_at: datetime | None = None
    here_at: datetime | None = None
    required: bool = True
    left: bool = False


@part_of(Ticket)
@dataclass(frozen=True, slots=True)
class Helpers:
    """Who was called for a duty: the leads at T+0, the reviewers of an exposure."""

    helpers: tuple[Helper, ...] = ()


@on(HelperCalled)
def _helper_called(helpers: Helpers, event: HelperCalled) -> Helpers:
    called = Helper(event.duty, event.person, event.at, required=event.required)
    return Helpers((*helpers.helpers, called))


def _helpers(helpers: Helpers, person: str, **changes: Any) -> Helpers:
    def change(helper: Helper) -> Helper:
        return replace(helper, **changes) if helper.who.key == person else helper

    return Helpers(tuple(change(helper) for helper in helpers.helpers))


@on(HelperCalledAgain)
def _helper_again(helpers: Helpers, event: HelperCalledAgain) -> Helpers:
    return _helpers(helpers, event.person.key, asked_again_at=event.at, left=False)


@on(HelperAnswered)
def _helper_answered(helpers: Helpers, event: HelperAnswered) -> Helpers:
    return _helpers(helpers, event.person.key, here_at=event.at, left=False)


@on(PersonJoined)
def _helper_joined(helpers: Helpers, event: PersonJoined) -> Helpers:
    return _helpers(helpers, event.person.key, left=False)


@on(PersonLeft)
def _helper_left(helpers: Helpers, event: PersonLeft) -> Helpers:
    return _helpers(helpers, event.person.key, left=True) if event.helped else helpers


@on(PersonGone)
def _helper_gone(helpers: Helpers, event: PersonGone) -> Helpers:
    left = [helper for helper in helpers.helpers if helper.who.key != event.person.key]
    return Helpers(tuple(left))
