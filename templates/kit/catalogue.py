"""The list of all surfaces: name, audience, kind, and the facts each needs.

The list is read from the templates themselves: each subject's folder has one folder an audience
for its messages, one for its views, and its short texts in ``lines.yaml`` and ``refusals.yaml``.
The comment at the head of a file says its facts; a test compares these with what it uses.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache

import yaml
from jinja2 import meta

from templates.kit.environment import OUTWARD_AUDIENCES, environment
from templates.kit.shelves import folders

MESSAGE, VIEW, LINE, PLAIN, REFUSAL = "message", "view", "line", "plain", "refusal"

_SAFE = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_FACTS = re.compile(r"facts:([^#]*)#}")
_AUDIENCES = ("customer", "partner", "third_party", "internal", "executive")


@dataclass(frozen=True, slots=True)
class CatalogueEntry:
    """One thing that people see.

    Attributes:
        name: Its name, unique among its kind.
        audience: Who reads it.
        kind: ``message``, ``view``, ``line`` (markup), ``plain`` (errors, pages, topics),
            ``refusal`` (markup).
        facts: The names that a caller must give, each of them always.
        path: The file it is written in.
        source: Its own words, for those that share a file.
    """

    name: str
    audience: str
    kind: str
    facts: frozenset[str]
    path: str
    source: str = ""

    @property
    def is_outward(self) -> bool:
        """Say whether it leaves the house."""
        return self.audience in OUTWARD_AUDIENCES


def _by_name(found: Iterable[CatalogueEntry]) -> Mapping[str, CatalogueEntry]:
    made: dict[str, CatalogueEntry] = {}
    for surface in found:
        if surface.name in made:
            raise ValueError(f"{surface.path} and {made[surface.name].path}: {surface.name}")
        made[surface.name] = surface
    return made


def _facts(head: str) -> frozenset[str]:
    found = _FACTS.search(head)
    return frozenset(re.findall(r"\w+", found[1])) if found else frozenset()


def _in_files(folder: str, audience: str, kind: str) -> Iterator[CatalogueEntry]:
    """Give the surfaces of one folder's name in every subject."""
    for subject in folders():
        there = subject.joinpath(folder)
        for entry in there.iterdir() if there.is_dir() else ():
            name = entry.name.removesuffix(".j2")
            facts = _facts(entry.read_text(encoding="utf-8"))
            yield CatalogueEntry(
                name, audience, kind, facts, f"{subject.name}/{folder}/{entry.name}"
            )


@cache
def messages() -> Mapping[str, CatalogueEntry]:
    """Return all messages by name."""
    return _by_name(
        surface for audience in _AUDIENCES for surface in _in_files(audience, audience, MESSAGE)
    )


@cache
def views() -> Mapping[str, CatalogueEntry]:
    """Return all modals by name."""
    return _by_name(_in_files("views", "internal", VIEW))


def _loaded(name: str) -> Iterator[tuple[str, Mapping[str, Mapping[str, str]]]]:
    """Give the path and content of every subject's file of short texts."""
    for subject in folders():
        file = subject.joinpath(name)
        if file.is_file():
            text = file.read_text(encoding="utf-8")
            yield f"{subject.name}/{name}", yaml.load(text, _SAFE)  # noqa: S506 - as safe_load


def _facts_of(source: str) -> frozenset[str]:
    """Return the names that one short text uses."""
    parsed = environment(outward=False, tight=False).parse(source)
    return frozenset(meta.find_undeclared_variables(parsed)) - {"medium"}


@cache
def lines() -> Mapping[str, CatalogueEntry]:
    """Return all one-line texts by name: markup lines, and plain errors, pages and titles."""
    return _by_name(
        CatalogueEntry(name, "internal", kind, _facts_of(source), path, source)
        for path, groups in _loaded("lines.yaml")
        for kind, group in groups.items()
        for name, source in group.items()
    )


@cache
def refusals() -> Mapping[str, CatalogueEntry]:
    """Return the sentence of every refusal by its code."""
    return _by_name(
        CatalogueEntry(
            code, "internal", REFUSAL, _facts_of(entry["sentence"]), path, entry["sentence"]
        )
        for path, entries in _loaded("refusals.yaml")
        for code, entry in entries.items()
    )


def surfaces() -> list[CatalogueEntry]:
    """Return every surface there is."""
    groups = (messages(), views(), lines(), refusals())
    return [surface for group in groups for surface in group.values()]
