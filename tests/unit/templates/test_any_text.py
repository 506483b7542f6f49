"""Any text at all, in any fact of any surface, gives blocks that Slack takes.

Proves: F31.
"""

from __future__ import annotations

import dataclasses
import re
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from templates.kit import catalogue, render
from templates.kit.catalogue import CatalogueEntry
from templates.kit.errors import LimitExceeded
from tests.unit.templates.world import outward, sample

CLOSED = frozenset(
    {
        "zone", "status_url", "link", "page_url", "follow_url", "bridge_url", "call_url",
        "numbers_url",
        "channel_id", "contact_id", "late_step", "next_step", "step_kind", "kind", "state",
        "signal", "route", "confirmed", "noticed", "severity", "category", "next_chosen", "what",
        "role", "duty",
        "account_kind", "text_hash", "ref", "metadata", "earlier_page",
        "withdrawn_why", "buttons", "primary", "word", "status", "remedy",
    }
)  # fmt: skip
"""Facts that are keys and addresses of our own, never words from outside."""
CLOSED_PARTS = frozenset({"kind", "state", "role", "what", "channel_id", "outcome", "link", "key"})
WHOLE = frozenset(
    {"known", "doing", "done", "how_to_check", "wrong", "right", "entries", "question", "preview",
     "findings"}
)  # fmt: skip
"""Facts shown whole or not at all: a typed refusal is their answer to too much."""
OURS = re.compile(
    r"<!date\^\d+\^[^>|]+\|[^>]+ (?:UTC|\d{4})>|<#C\w+\|[\w-]*>|<#C\w+>|<https://[\w./-]+\|[^<>]*>"
)
SHAPES = ["{}", "{} " * 40, "{}\n" * 60, "{}" * 300]

hostile = st.one_of(
    st.text(st.characters(codec=None), min_size=1, max_size=60),
    st.sampled_from(
        [
            "<!channel>",
            "&<>|",
            "*_~`",
            "👩‍👩‍👧",
            "e\u0301",
            "\u202e",
            "x\nheader: y",
            "]( [",
            "\\n",
            " ",
        ]
    ),
)


def poisoned(value: Any, words: str) -> Any:
    """Return the value with its outside words replaced."""
    if isinstance(value, str):
        return words
    if isinstance(value, tuple):
        return tuple(poisoned(part, words) for part in value)
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        changed = {
            field.name: poisoned(getattr(value, field.name), words)
            for field in dataclasses.fields(value)
            if field.name not in CLOSED_PARTS
        }
        return dataclasses.replace(value, **changed)
    return value


def words_of(node: Any) -> str:
    """Return all markup text of a surface, joined."""
    if isinstance(node, dict):
        if node.get("type") == "mrkdwn":
            return str(node["text"]) + " "
        return "".join(words_of(part) for part in node.values())
    return "".join(words_of(part) for part in node) if isinstance(node, list) else ""


OPEN = [
    (surface, name)
    for surface in catalogue.surfaces()
    for name in sorted(surface.facts - CLOSED)
    if poisoned(sample(surface)[name], "\0") != sample(surface)[name]
    and name not in {"impacts", "open_roles", "account_key", "impact_version", "noticed_version"}
]


def rendered(surface: CatalogueEntry, given: dict[str, object]) -> str:
    """Render a surface and return its markup text."""
    given = outward(surface, given)
    if surface.kind == catalogue.MESSAGE:
        made = render.message(surface.name, given)
        return made.text + words_of(made.blocks)
    if surface.kind == catalogue.VIEW:
        return words_of(render.view(surface.name, given)["blocks"])
    if surface.kind == catalogue.REFUSAL:
        return render.refusal(surface.name, given)
    shown = render.line(surface.name, given)
    return shown if surface.kind == catalogue.LINE else ""


def check(surface: CatalogueEntry, name: str, words: str) -> None:
    given = sample(surface)
    if surface.name == "suggest_words" and name == "entries":
        given[name] = (("known", "What we know", words),)
    else:
        given[name] = poisoned(given[name], words)
    try:
        shown = rendered(surface, given)
    except LimitExceeded:
        assert name in WHOLE
        return
    assert "<" not in OURS.sub("", shown)


@settings(max_examples=250, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.sampled_from(OPEN), hostile, st.sampled_from(SHAPES))
def test_any_text_in_any_fact_gives_what_slack_takes(
    where: tuple[CatalogueEntry, str], words: str, shape: str
) -> None:
    surface, name = where
    check(surface, name, shape.replace("{}", words))


@pytest.mark.parametrize(
    "words",
    ["x" * 200_000, "& <" * 66_000, "👩‍👩‍👧" * 25_000, "\n" * 200_000],
    ids=["letters", "escapes", "emoji", "lines"],
)
def test_two_hundred_thousand_characters_in_any_fact_of_a_message_are_survived(words: str) -> None:
    for surface, name in OPEN:
        if surface.name in {"card", "update_customer", "open_ticket", "review", "brief_t3"}:
            check(surface, name, words)


def test_a_fact_of_every_surface_is_tried() -> None:
    assert len(OPEN) > 300
