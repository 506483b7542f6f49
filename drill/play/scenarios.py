"""What can be rehearsed: the form of a scenario's file, and the scenarios that there are."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationInfo,
    field_validator,
    model_validator,
)

from drill.errors import DrillRefusal
from drill.play.lined import read_lined
from drill.play.marks import is_mark
from drill.seed import read_seed

Wire = dict[str, Any]

SHIPPED_WORLD = "acme"
SHIPPED = Path(str(resources.files("drill").joinpath("scenarios")))
COMMON = Path(str(resources.files("drill.play").joinpath("colleagues.yaml")))
BRIDGE = "bridge"
SEAT = "seat:"
_SPAN = re.compile(r"(?:(\d+)h ?)?(?:(\d+)m ?)?(?:(\d+)s)?")


def _seconds(value: object) -> float:
    found = _SPAN.fullmatch(value) if isinstance(value, str) and value else None
    if found is None:
        raise ValueError(f"{value!r} is not a time such as 45m, 1h 5m or 90s")
    hours, minutes, seconds = (int(part or 0) for part in found.groups())
    return float(hours * 3600 + minutes * 60 + seconds)


def _mark(value: str) -> str:
    if not is_mark(value):
        raise ValueError(f"the drill sees no mark {value!r} (drill/play/marks.py lists them)")
    return value


def _in_world(kind: str, value: str, info: ValidationInfo) -> str:
    there = (info.context or {}).get(kind)
    if there is not None and value not in there:
        raise ValueError(f"{value!r} is none of the world's {kind}")
    return value


def _person(value: str, info: ValidationInfo) -> str:
    return value if value.startswith(SEAT) else _in_world("people", value, info)


def _place(value: str, info: ValidationInfo) -> str:
    return value if value in ("", BRIDGE) else _in_world("channels", value, info)


Seconds = Annotated[float, BeforeValidator(_seconds)]
Mark = Annotated[str, AfterValidator(_mark)]
Person = Annotated[str, AfterValidator(_person)]
Place = Annotated[str, AfterValidator(_place)]


class Part(BaseModel):
    """A part of a file: what nobody knows is refused."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Cast(Part):
    """Who is played: the viewer at first, who reads outside, and the faces on the left."""

    you: Person
    outside: Person
    faces: tuple[Person, ...] = Field(min_length=1, max_length=9)


class Setting(Part):
    """Where it happens: the customer and its shared channel; where and on which day it begins."""

    shared: Place
    begins: Place = ""
    weekday: Literal["Monday"] | None = None
    customer: str = "the customer"


class Almost(Part):
    """Words that somebody nearly posted, and why they must not be: the finish shows them."""

    words: str
    why: str


class Spoken(Part):
    """Something that is said by itself, in a channel or on the bridge.

    ``at`` counts from the opening where the line waits for marks, else from the start.
    """

    at: Seconds
    who: Person
    where: Place
    text: str
    after: tuple[Mark, ...] = ()
    reply: bool = False
    stops: str = ""
    almost: Almost | None = None


class Past(Part):
    """Something that was done before the rehearsal begins, so long ago.

    Somebody opens a ticket of these words, or presses on the card that holds them, or writes.
    """

    ago: Seconds
    who: Person
    opens: str = ""
    presses: str = ""
    card: str = ""
    says: str = ""
    where: Place = ""
    form: dict[str, str | tuple[str, ...]] = {}

    @model_validator(mode="after")
    def _one_thing(self) -> Past:
        if sum(map(bool, (self.opens, self.presses, self.says))) != 1:
            raise ValueError("it opens, presses or says one thing")
        if self.presses and not self.card:
            raise ValueError("'card' has words of the card that is pressed on")
        if self.says and not self.where:
            raise ValueError("'where' names the channel")
        return self


class Habit(Part):
    """What colleagues press when they see it, in drill time."""

    key: str
    who: tuple[Person, ...] = Field(min_length=1)
    sees: str
    where: Literal["any", "dm", "bridge", "shared"]
    within: tuple[Seconds, Seconds]
    not_before: Seconds | None = None
    when: tuple[Mark, ...] = ()
    each_person: bool = False
    once: bool = False
    one: bool = False
    not_writer: bool = False
    form: dict[str, str | tuple[str, ...]] = {}


class Offer(Part):
    """Words the page types, so that nobody needs to make them up; on request, or by itself."""

    label: str
    fields: dict[str, str | list[str]]
    by_itself: bool = False


class Hint(Part):
    """What to do next within a step, once a mark is there, and who does it.

    Where it ``walks``, only others act: time goes on by itself until the viewer is needed.
    """

    mark: Mark | None = None
    say: str
    offer: Offer | None = None
    who: Person | None = None
    walks: bool = False
    card: str = ""


class CoachStep(Part):
    """One step of the coach: who does it, what to do, and the mark that ends it.

    Where many cards have the same button, ``card`` has words of the one that is meant.
    """

    done: Mark
    who: Person
    say: str
    offer: Offer | None = None
    walks: bool = False
    card: str = ""
    then: tuple[Hint, ...] = ()

    @field_validator("then")
    @classmethod
    def _later(cls, then: tuple[Hint, ...]) -> tuple[Hint, ...]:
        if any(one.mark is None for one in then):
            raise ValueError("each further hint waits for a mark")
        return then


class Said(Part):
    """A sentence that belongs to a mark."""

    mark: Mark
    say: str


class Score(Part):
    """The one big figure of the finish, and what it says: of one, and of any other number."""

    figure: Literal["first_update_min", "answered_min", "stopped", "releases", "on_time"]
    one: str = ""
    says: str


class Scenario(Part):
    """One rehearsal, whole."""

    key: str = ""
    place: int
    name: str
    story: str
    first: bool = False
    cast: Cast
    world: Setting
    past: tuple[Past, ...] = ()
    lines: tuple[Spoken, ...]
    colleagues: tuple[Habit, ...] = ()
    stops: tuple[Said, ...] = ()
    coach: tuple[CoachStep, ...] = Field(min_length=1)
    wrong: tuple[Said, ...] = ()
    score: Score


class Habits(Part):
    """What colleagues do in every scenario."""

    habits: tuple[Habit, ...]


def scenarios(more: Path | None = None, world: str | Path = SHIPPED_WORLD) -> dict[str, Scenario]:
    """Return every scenario by its key, in the order of the picker.

    Args:
        more: A folder with further ones, such as a desk's own; a name that is there already wins.
        world: Whose people and channels those are about.

    Raises:
        DrillRefusal: one is not a scenario; the sentence names file, line and fault.
    """
    found = [*_shipped(), *(read_scenario(path, world) for path in _own(more))]
    return {one.key: one for one in sorted(found, key=lambda one: one.place)}


@cache
def _shipped() -> tuple[Scenario, ...]:
    return tuple(read_scenario(path) for path in sorted(SHIPPED.glob("*.yaml")))


def _own(more: Path | None) -> Iterable[Path]:
    if more is None:
        return ()
    if not more.is_dir():
        raise DrillRefusal(f"{more} is no folder of scenarios.")
    return sorted(more.glob("*.yaml"))


def read_scenario(path: Path, world: str | Path = SHIPPED_WORLD) -> Scenario:
    """Return a scenario from its file.

    Raises:
        DrillRefusal: it is none; every fault has its line.
    """
    seed = read_seed(world)
    there = {
        "people": {one["key"] for one in seed["users"]},
        "channels": {one["name"] for one in seed["channels"]},
    }
    return read_lined(path).as_model(Scenario, there).model_copy(update={"key": path.stem})


@cache
def common_habits() -> tuple[Habit, ...]:
    """Return what colleagues do in every scenario."""
    return read_lined(COMMON).as_model(Habits).habits
