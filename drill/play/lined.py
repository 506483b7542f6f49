"""A YAML file that remembers its lines, so that whoever wrote it is told where a fault is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError
from yaml.nodes import MappingNode, Node, SequenceNode

from drill.errors import DrillRefusal

M = TypeVar("M", bound=BaseModel)
Step = int | str


class Lined:
    """What a file holds, and the line at which each part of it stands."""

    def __init__(self, name: str, text: str) -> None:
        self.name = name
        loader = yaml.SafeLoader(text)
        try:
            self.root = loader.get_single_node()
            self.body: Any = loader.construct_document(self.root) if self.root else None
        except yaml.MarkedYAMLError as error:
            mark = error.problem_mark
            line = mark.line + 1 if mark else 1
            raise DrillRefusal(f"{name}, line {line}: {error.problem or 'not YAML'}.") from error
        finally:
            loader.dispose()

    def line(self, where: Sequence[Step]) -> int:
        """Return the line of a part; of the last part on the way to it that is there."""
        node, line = self.root, 1
        for step in where:
            found = _below(node, step)
            if found is None:
                break
            key, node = found
            line = key.start_mark.line + 1
        return line

    def fault(self, where: Sequence[Step], why: str) -> str:
        """Return a sentence on a fault: file, line, the part, why."""
        part = ".".join(str(step) for step in where)
        return f"{self.name}, line {self.line(where)}: {f'{part}: ' if part else ''}{why}."

    def as_model(self, model: type[M], context: dict[str, Any] | None = None) -> M:
        """Return the content as a model.

        Raises:
            DrillRefusal: it is not one; every fault is named, with its line.
        """
        try:
            return model.model_validate(self.body, context=context)
        except ValidationError as error:
            faults = [self._told(dict(one)) for one in error.errors()]
            raise DrillRefusal("\n".join(faults)) from error

    def _told(self, one: dict[str, Any]) -> str:
        where = [step for step in one["loc"] if not str(step).startswith("function-")]
        why = str(one["msg"]).removeprefix("Value error, ").rstrip(".")
        return self.fault(
            where, {"extra_forbidden": "nobody knows this word"}.get(one["type"], why)
        )


def _below(node: Node | None, step: Step) -> tuple[Node, Node] | None:
    if isinstance(node, SequenceNode) and isinstance(step, int) and step < len(node.value):
        return node.value[step], node.value[step]
    if isinstance(node, MappingNode):
        return next(((key, value) for key, value in node.value if key.value == str(step)), None)
    return None


def read_lined(path: Path) -> Lined:
    """Return a file with its lines."""
    return Lined(path.name, path.read_text("utf-8"))
