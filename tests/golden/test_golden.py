"""Every text we show, as files to be read: a changed word is a changed line in review.

``GOLDEN_WRITE=1`` writes the files anew. Each holds the normal case, the case with the longest
words, and what happens when a fact is missing.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from templates.kit import catalogue, render
from templates.kit.catalogue import CatalogueEntry
from templates.kit.errors import LimitExceeded, TemplateBroken
from templates.kit.plainer import plain_blocks, plainer
from tests.unit.templates import prose
from tests.unit.templates.test_any_text import CLOSED, poisoned
from tests.unit.templates.variants import VARIANTS
from tests.unit.templates.world import BASE, outward, sample

HERE = Path(__file__).parent
KEPT = CLOSED | {"impacts", "open_roles", "account_key", "impact_version", "noticed_version"}
LONG = "Long words from a place where words are long, "
MAIL = {"contact": "CSM One", "follow_url": "https://desk.vendor.example/t/1",
        "contact_phone": "+1 555 0100"}  # fmt: skip
FOLDERS = {catalogue.VIEW: "views", catalogue.LINE: "lines", catalogue.PLAIN: "plain",
           catalogue.REFUSAL: "refusals"}  # fmt: skip


def path_of(surface: CatalogueEntry) -> Path:
    folder = FOLDERS.get(surface.kind, surface.audience)
    return HERE / folder / f"{surface.name}.txt"


def longest(surface: CatalogueEntry) -> dict[str, object]:
    """Return the sample facts with all outside words at their longest."""
    given = sample(surface)
    for name in surface.facts - KEPT:
        if surface.name == "suggest_words" and name == "entries":
            continue
        given[name] = poisoned(given[name], LONG * 20)
    return outward(surface, given)


def shown(surface: CatalogueEntry, given: dict[str, object], *, plain: bool = False) -> str:
    """Return a surface as prose, or the sentence of its refusal."""
    try:
        if surface.kind == catalogue.MESSAGE:
            made = render.message(surface.name, given)
            return prose.message(made.text, plain_blocks(made.blocks) if plain else made.blocks)
        if surface.kind == catalogue.VIEW:
            view = render.view(surface.name, given)
            return prose.view(plainer(view) if plain else view)
        if surface.kind == catalogue.REFUSAL:
            return render.refusal(surface.name, given) + "\n"
        return render.line(surface.name, given) + "\n"
    except (TemplateBroken, LimitExceeded) as refused:
        return f"{type(refused).__name__}: {refused}\n"


def golden(surface: CatalogueEntry) -> str:
    """Return the whole file of a surface."""
    given = sample(surface)
    parts = [("normal", shown(surface, given))]
    for title, changed in VARIANTS.get(surface.name, {}).items():
        parts.append((title, shown(surface, outward(surface, {**given, **changed}))))
    without = shown(surface, given, plain=True)
    if without != parts[0][1]:
        parts.append(("normal, where Slack refuses the newer blocks", without))
    if surface.kind == catalogue.MESSAGE and surface.audience != "internal":
        facts = outward(surface, {**MAIL, "ref": BASE["ref"], **given})
        mail = render.mail(surface.name, facts)
        parts.append(("mail", f"Subject: {mail.subject}\n\n{mail.body}"))
    parts.append(("longest", shown(surface, longest(surface))))
    if surface.facts:
        lacking = dict(given)
        del lacking[min(surface.facts)]
        parts.append(("missing fact", shown(surface, lacking)))
    return "\n".join(f"== {title}\n{words}" for title, words in parts)


@pytest.mark.parametrize(
    "surface", catalogue.surfaces(), ids=lambda surface: f"{surface.kind}-{surface.name}"
)
def test_the_text_is_the_one_that_was_read(surface: CatalogueEntry) -> None:
    path = path_of(surface)
    made = golden(surface)
    if os.environ.get("GOLDEN_WRITE"):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(made, encoding="utf-8")
    assert path.is_file(), "no one has read this text: GOLDEN_WRITE=1 writes it"
    assert made == path.read_text(encoding="utf-8")


def test_every_further_state_is_one_of_a_surface_there_is() -> None:
    facts = {surface.name: surface.facts for surface in catalogue.surfaces()}
    for name, states in VARIANTS.items():
        for changed in states.values():
            assert changed.keys() <= facts[name]


def test_no_golden_text_is_left_of_a_surface_that_is_gone() -> None:
    expected = {path_of(surface) for surface in catalogue.surfaces()}
    assert set(HERE.rglob("*.txt")) == expected
