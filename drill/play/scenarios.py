"""What can be rehearsed: a scenario as its file in ``drill/scenarios`` describes it."""

from __future__ import annotations

from dataclasses import dataclass
from importlib import resources
from typing import Any

import yaml

from drill.errors import DrillRefusal

Wire = dict[str, Any]

FOLDER = "scenarios"


@dataclass(frozen=True, slots=True)
class Beat:
    """Something that happens by itself: somebody outside writes, or a colleague acts.

    ``at_s`` counts from the start; a beat waits, besides, for every mark in ``after``.
    """

    key: str
    at_s: float
    who: str
    after: tuple[str, ...]
    channel: str
    text: str
    reply: bool
    stops: str


@dataclass(frozen=True, slots=True)
class Offer:
    """Words the page types, so that nobody needs to make them up; on request, or by itself."""

    label: str
    fields: tuple[tuple[str, object], ...]
    by_itself: bool


@dataclass(frozen=True, slots=True)
class Hint:
    """What to do next within a step, once a mark is there, and who does it."""

    mark: str
    say: str
    offer: Offer | None
    who: str


@dataclass(frozen=True, slots=True)
class CoachStep:
    """One step of the coach: who does it, what to do, and the mark that ends it."""

    done: str
    who: str
    hints: tuple[Hint, ...]


@dataclass(frozen=True, slots=True)
class Scenario:
    """One rehearsal, whole."""

    key: str
    place: int
    name: str
    story: str
    first: bool
    you: str
    outside: str
    channel: str
    personas: tuple[str, ...]
    beats: tuple[Beat, ...]
    coach: tuple[CoachStep, ...]
    stops: tuple[tuple[str, str], ...]
    habits: tuple[Wire, ...]


def scenarios() -> dict[str, Scenario]:
    """Return every scenario by its key, in the order of the picker."""
    found = [
        read_scenario(file.name.removesuffix(".yaml"), yaml.safe_load(file.read_text("utf-8")))
        for file in resources.files("drill").joinpath(FOLDER).iterdir()
        if file.name.endswith(".yaml")
    ]
    return {one.key: one for one in sorted(found, key=lambda one: one.place)}


def common_habits() -> tuple[Wire, ...]:
    """Return what colleagues do in every scenario."""
    text = resources.files("drill.play").joinpath("colleagues.yaml").read_text("utf-8")
    return tuple(yaml.safe_load(text)["habits"])


def read_scenario(key: str, body: Wire) -> Scenario:
    """Return a scenario from its file's content.

    Raises:
        DrillRefusal: something that every scenario has is missing.
    """
    try:
        return Scenario(
            key=key,
            place=int(body["place"]),
            name=body["name"],
            story=body["story"],
            first=bool(body.get("first")),
            you=body["you"],
            outside=body["outside"],
            channel=body["channel"],
            personas=tuple(body["personas"]),
            beats=tuple(_beat(number, one) for number, one in enumerate(body["beats"])),
            coach=tuple(_step(one) for one in body["coach"]),
            stops=tuple((one["mark"], one["say"]) for one in body.get("stops", [])),
            habits=tuple(body.get("habits", [])),
        )
    except KeyError as missing:
        raise DrillRefusal(f"The scenario {key} lacks {missing}.") from missing


def _beat(number: int, body: Wire) -> Beat:
    return Beat(
        key=f"beat-{number}",
        at_s=float(body["at_s"]),
        who=body["who"],
        after=tuple(body.get("after", [])),
        channel=body["channel"],
        text=body["text"],
        reply=bool(body.get("reply")),
        stops=body.get("stops", ""),
    )


def _step(body: Wire) -> CoachStep:
    later = [{"who": body["who"], **one} for one in body.get("then", [])]
    hints = [_hint("", body), *(_hint(one["mark"], one) for one in later)]
    return CoachStep(body["done"], body["who"], tuple(hints))


def _hint(mark: str, body: Wire) -> Hint:
    offer = body.get("offer")
    if offer is None:
        return Hint(mark, body["say"], None, body["who"])
    by_itself = bool(offer.get("by_itself"))
    made = Offer(offer["label"], tuple(offer["fields"].items()), by_itself)
    return Hint(mark, body["say"], made, body["who"])
