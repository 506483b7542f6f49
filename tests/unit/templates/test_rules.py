"""What every template must keep to, and what the code and the templates must share."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jinja2 import meta

import templates
from protocols import scales
from protocols.kernel import refusals
from protocols.ladder.events import StepKind
from templates.kit import actions, catalogue, render
from templates.kit.catalogue import CatalogueEntry
from templates.kit.environment import environment
from templates.ladder import lines as ladder
from templates.roles.words import ROLE_TAKE
from tests.unit.templates.world import sample

ROOT = Path(templates.__file__).parent
FILES = sorted(ROOT.rglob("*.j2"))
SURFACES = catalogue.surfaces()


def ids(surface: CatalogueEntry) -> str:
    return f"{surface.kind}-{surface.name}"


def _facts(path: str) -> set[str]:
    parsed = environment(outward=False, tight=False).parse((ROOT / path).read_text("utf-8"))
    names = set(meta.find_undeclared_variables(parsed))
    for part in meta.find_referenced_templates(parsed):
        assert part is not None, f"{path} includes a part by a name that is computed"
        names |= _facts(part)
    return names - {"medium"}


@pytest.mark.parametrize("surface", [s for s in SURFACES if not s.source], ids=ids)
def test_the_head_of_a_template_names_exactly_its_facts(surface: CatalogueEntry) -> None:
    assert surface.facts == _facts(surface.path)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_no_template_uses_what_escapes_twice(path: Path) -> None:
    found = re.findall(r"{%-?\s*(macro|set|call|filter|block|extends|import|from)\b",
                       path.read_text("utf-8"))  # fmt: skip
    assert found == []
    assert "super(" not in path.read_text("utf-8")


@pytest.mark.parametrize("surface", catalogue.views().values(), ids=ids)
def test_no_field_of_a_form_repeats_the_title_of_the_form(surface: CatalogueEntry) -> None:
    made = render.view(surface.name, sample(surface))
    labels = [block["label"]["text"] for block in made["blocks"] if block["type"] == "input"]
    assert made["title"]["text"] not in labels


def test_words_that_leave_have_no_way_to_write_a_token_or_a_mention() -> None:
    outward = environment(outward=True, tight=False).filters
    assert not {"token", "mention", "channel", "utc", "ladder"} & set(outward)


@pytest.mark.parametrize("surface", [s for s in SURFACES if s.is_outward], ids=ids)
def test_words_that_leave_hold_no_markup_of_colleagues(surface: CatalogueEntry) -> None:
    made = render.message(surface.name, sample(surface))
    assert not re.search(r"<[!@#]", str(made))


@pytest.mark.parametrize("surface", [s for s in SURFACES if s.is_outward], ids=ids)
def test_words_that_leave_never_say_tier_or_bot(surface: CatalogueEntry) -> None:
    words = render.message(surface.name, sample(surface)).text + str(
        render.message(surface.name, sample(surface)).blocks
    )
    assert not re.search(r"\b[Tt]ier\b|Bridgewatch|\bbot\b|do not reply|[Ss]orry|[Aa]polog", words)


def _found(node: Any, key: str) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name == key and isinstance(value, str):
                yield value
            yield from _found(value, key)
    elif isinstance(node, list):
        for value in node:
            yield from _found(value, key)


def _written_actions() -> set[str]:
    names: set[str] = set()
    for path in FILES:
        words = path.read_text("utf-8")
        names |= {
            name.partition(":")[0].partition("{")[0]
            for name in re.findall(r"\(([a-z_]+\.[a-z_]+)[: {]", words)
            + re.findall(r"\]\(([a-z_.]+)\)", words)
            + re.findall(r"action=([a-z_.]+)", words)
        }
    return names


def test_every_action_of_the_templates_is_a_constant_and_every_constant_is_used() -> None:
    assert _written_actions() | {actions.MORE} == actions.ACTIONS


def test_every_rendered_action_is_known() -> None:
    for name, surface in catalogue.messages().items():
        made = render.message(name, sample(surface))
        found = {actions.base(action) for action in _found(made.blocks, "action_id")}
        assert found <= actions.ACTIONS, name


def test_every_form_is_a_constant_and_every_constant_is_a_form() -> None:
    made = {
        render.view(name, sample(surface))["callback_id"]
        for name, surface in catalogue.views().items()
    }
    assert made == actions.VIEWS


def test_every_part_is_included_somewhere() -> None:
    used = {name for path in FILES for name in re.findall(r"include '(.+?)'",
                                                          path.read_text("utf-8"))}  # fmt: skip
    used.add("kit/parts/closing.j2")
    assert used == {path.relative_to(ROOT).as_posix() for path in ROOT.glob("*/parts/*.j2")}


def test_every_refusal_of_the_rules_has_its_sentence() -> None:
    """The sentence stands where the class does: of the kernel in the kit, of people at the desk."""
    written = {
        (path.parent.name, code): entry["class"]
        for path in ROOT.glob("*/refusals.yaml")
        for code, entry in yaml.safe_load(path.read_text("utf-8")).items()
    }
    shared = {"kernel": "kit", "people": "desk"}
    for kind in refusals.Refusal.__subclasses__():
        where = kind.__module__.split(".")[1]
        assert written[shared.get(where, where), kind.code] == kind.__name__


def test_every_step_of_the_rules_has_its_words() -> None:
    kinds = {kind.value for kind in StepKind}
    assert kinds <= set(ladder.STEPS)
    assert kinds <= set(ladder.CERTIFICATE)


@pytest.mark.parametrize("scale", [scales.Impact, scales.Signal, scales.Severity])
def test_the_form_offers_every_value_of_a_scale(scale: type[scales.Impact]) -> None:
    made = render.view("open_ticket", sample(catalogue.views()["open_ticket"]))
    offered = set(_found(made["blocks"], "value"))
    assert {member.value for member in scale} <= offered


def test_the_form_offers_every_category_of_the_policy() -> None:
    made = render.view("open_ticket", sample(catalogue.views()["open_ticket"]))
    assert set(scales.CATEGORIES) <= set(_found(made["blocks"], "value"))


def test_an_action_is_found_with_and_without_its_version() -> None:
    wanted = actions.pattern(ROLE_TAKE)
    assert wanted.match("role.take")
    assert wanted.match("role.take:scribe")
    assert not wanted.match("role.taken")
