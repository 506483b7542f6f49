"""This file owns the list of all surfaces: name, audience, kind, and the facts each needs.

The list is read from the templates themselves: the folder says the audience, the comment at the
head of a file says its facts. A test compares these with what the template uses.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

import yaml
from jinja2 import meta

from templates.environment import OUTWARD_AUDIENCES, environment

MESSAGE, VIEW, LINE, PLAIN, REFUSAL = "message", "view", "line", "plain", "refusal"

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


def _facts(head: str) -> frozenset[str]:
    found = _FACTS.search(head)
    return frozenset(re.findall(r"\w+", found[1])) if found else frozenset()


def _from_folder(folder: str, audience: str, kind: str) -> dict[str, CatalogueEntry]:
    made = {}
    for entry in files("templates").joinpath(folder).iterdir():
        if entry.name.endswith(".j2"):
            name = entry.name.removesuffix(".j2")
            facts = _facts(entry.read_text(encoding="utf-8"))
            made[name] = CatalogueEntry(name, audience, kind, facts, f"{folder}/{entry.name}")
    return made


@cache
def messages() -> Mapping[str, CatalogueEntry]:
    """Return all messages by name."""
    made: dict[str, CatalogueEntry] = {}
    for audience in _AUDIENCES:
        made |= _from_folder(f"messages/{audience}", audience, MESSAGE)
    return made


@cache
def views() -> Mapping[str, CatalogueEntry]:
    """Return all modals by name."""
    return _from_folder("views", "internal", VIEW)


def _load(path: str) -> Mapping[str, Mapping[str, str]]:
    loaded: Mapping[str, Mapping[str, str]] = yaml.safe_load(
        files("templates").joinpath(path).read_text(encoding="utf-8")
    )
    return loaded


def _facts_of(source: str) -> frozenset[str]:
    """Return the names that one short text uses."""
    parsed = environment(outward=False, tight=False).parse(source)
    return frozenset(meta.find_undeclared_variables(parsed)) - {"medium"}


@cache
def lines() -> Mapping[str, CatalogueEntry]:
    """Return all one-line texts by name: markup lines, and plain errors, pages and titles."""
    made: dict[str, CatalogueEntry] = {}
    for kind, group in _load("lines.yaml").items():
        for name, source in group.items():
            facts = _facts_of(source)
            made[name] = CatalogueEntry(name, "internal", kind, facts, "lines.yaml", source)
    return made


@cache
def refusals() -> Mapping[str, CatalogueEntry]:
    """Return the sentence of every refusal by its code."""
    return {
        code: CatalogueEntry(
            code, "internal", REFUSAL, _facts_of(entry["sentence"]), "refusals.yaml",
            entry["sentence"],
        )
        for code, entry in _load("refusals.yaml").items()
    }  # fmt: skip


def surfaces() -> list[CatalogueEntry]:
    """Return every surface there is."""
    groups = (messages(), views(), lines(), refusals())
    return [surface for group in groups for surface in group.values()]
