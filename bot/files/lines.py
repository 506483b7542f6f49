"""YAML files read strictly: small, plain UTF-8, no doubled names, every entry with its line."""

from __future__ import annotations

import codecs
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import yaml

from protocols.policy.sections import EntryPath, EntryRefused, shown

LARGEST_BYTES = 1_000_000
_DEEPEST = 20
_FAST = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""Reads in a seventh of the time, where libyaml is there."""


class FileRefused(ValueError):
    """A file cannot be used; one line says which file, which line and why."""


@dataclass(frozen=True, slots=True)
class Lined:
    """The entries of a file, and the line on which each stands."""

    file_name: str
    values: Mapping[str, object]
    lines: Mapping[EntryPath, int]

    def line_of(self, path: EntryPath) -> int:
        """Return the line of an entry, or of the nearest one around it."""
        while path and path not in self.lines:
            path = path[:-1]
        return self.lines.get(path, 1)

    def sentence(self, refused: EntryRefused) -> str:
        """Return a refusal as one line with file and line number."""
        return f"{self.file_name} line {self.line_of(refused.path)}: {refused}"


def read_lined(path: Path) -> Lined:
    """Read a YAML file of named entries.

    Args:
        path: the file.

    Returns:
        Its entries and their lines.

    Raises:
        FileRefused: it is missing, empty, too large, not UTF-8, not YAML, or has doubled names.
    """
    return parse_lined(content_of(path), path.name)


def content_of(path: Path, most: int = LARGEST_BYTES) -> bytes:
    """Return what stands in a file, and of one that is too large a byte more than may.

    Raises:
        FileRefused: it cannot be read.
    """
    try:
        with path.open("rb") as file:
            return file.read(most + 1)
    except OSError as missing:
        raise FileRefused(f"{path.name}: it cannot be read ({missing.strerror}).") from missing


def parse_lined(content: bytes, name: str) -> Lined:
    """Read the content of a YAML file; see `read_lined`."""
    text = decoded(content, name)
    try:
        root = yaml.compose(text, Loader=_FAST if _is_shallow(text) else yaml.SafeLoader)
    except yaml.MarkedYAMLError as broken:
        line = broken.problem_mark.line + 1 if broken.problem_mark else 1
        raise FileRefused(f"{name} line {line}: {broken.problem or 'It is not YAML.'}") from broken
    except (yaml.YAMLError, RecursionError) as broken:
        why = " ".join(str(broken).split())[:200]
        raise FileRefused(f"{name} line 1: It is not YAML ({why}).") from broken
    if not isinstance(root, yaml.MappingNode):
        raise FileRefused(f"{name} line 1: Expected entries with names.")
    reading = _NodeWalk(name)
    values = reading.value(root, ())
    if not isinstance(values, dict):
        raise FileRefused(f"{name} line 1: Expected entries with names.")
    return Lined(name, values, reading.lines)


def _is_shallow(text: str) -> bool:
    """Say whether the fast reader may have it: it is YAML, and no stack is too small for it.

    What is wrong is left to the other reader, which says what.
    """
    depth = 0
    try:
        for event in yaml.parse(text, Loader=_FAST):
            depth += isinstance(event, yaml.CollectionStartEvent)
            depth -= isinstance(event, yaml.CollectionEndEvent)
            if depth > _DEEPEST:
                return False
    except yaml.YAMLError:
        return False
    return True


def decoded(content: bytes, name: str, most: int = LARGEST_BYTES) -> str:
    """Return the text of a file's content.

    Raises:
        FileRefused: it is empty, too large, or not plain UTF-8.
    """
    if not content.strip():
        raise FileRefused(f"{name} line 1: The file is empty.")
    if len(content) > most:
        raise FileRefused(f"{name}: It is larger than {most} bytes.")
    if content.startswith((codecs.BOM_UTF8, codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise FileRefused(f"{name} line 1: It begins with a byte-order mark. Save it as UTF-8.")
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as wrong:
        line = content.count(b"\n", 0, wrong.start) + 1
        raise FileRefused(f"{name} line {line}: It is not UTF-8. Save it as UTF-8.") from wrong


class _NodeWalk:
    """One walk through the nodes of a file."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.lines: dict[EntryPath, int] = {}
        self._seen: set[int] = set()
        self._scalars = yaml.SafeLoader("")

    def value(self, node: yaml.Node, path: EntryPath) -> object:
        """Return a node's value, and note its line."""
        self.lines.setdefault(path, node.start_mark.line + 1)
        if id(node) in self._seen:
            raise self._refused(node, "Write it out; aliases are not read.")
        self._seen.add(id(node))
        if len(path) > _DEEPEST:
            raise self._refused(node, "It is nested too deeply.")
        if isinstance(node, yaml.MappingNode):
            return self._mapping(node, path)
        if isinstance(node, yaml.SequenceNode):
            return [self.value(each, (*path, index)) for index, each in enumerate(node.value)]
        return self._scalar(node)

    def _mapping(self, node: yaml.MappingNode, path: EntryPath) -> dict[object, object]:
        found: dict[object, object] = {}
        for name_node, value_node in node.value:
            name = self._scalar(name_node)
            if not isinstance(name, str):
                raise self._refused(name_node, f"{shown(name)} is not a name; put it in quotes.")
            if name in found:
                raise self._refused(name_node, f'"{name}" stands here twice.')
            self.lines[(*path, name)] = name_node.start_mark.line + 1
            found[name] = self.value(value_node, (*path, name))
        return found

    def _scalar(self, node: yaml.Node) -> object:
        if not isinstance(node, yaml.ScalarNode):
            raise self._refused(node, "A name must be a text.")
        try:
            return self._scalars.construct_object(node)
        except (yaml.YAMLError, ValueError) as wrong:
            raise self._refused(node, f"{shown(node.value)} cannot be read.") from wrong

    def _refused(self, node: yaml.Node, why: str) -> FileRefused:
        return FileRefused(f"{self.name} line {node.start_mark.line + 1}: {why}")
