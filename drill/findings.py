"""What is wrong with a piece of Block Kit, in Slack's words and with JSON pointers."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import Any

Node = Mapping[str, Any]


class Findings:
    """The breaches found so far, before a Slack that may be too old for some kinds.

    Args:
        lacks: the kinds of blocks and the fields that this Slack does not know.
    """

    def __init__(self, lacks: Collection[str] = ()) -> None:
        self.lacks = lacks
        self.messages: list[str] = []
        self.names: set[str] = set()
        self.in_cells = 0

    def add(self, pointer: str, message: str) -> None:
        """Note one breach."""
        self.messages.append(f"{message} [json-pointer:{pointer}]")

    def length(self, value: object, pointer: str, most: int, least: int = 0) -> None:
        """Check a string's length where one is given."""
        if value is None:
            return
        if not isinstance(value, str):
            self.add(pointer, "must be a string")
        elif len(value) > most:
            self.add(pointer, f"must be less than {most + 1} characters")
        elif len(value) < least:
            self.add(pointer, f"must be more than {least - 1} characters")

    def count(self, value: object, pointer: str, most: int, least: int = 1) -> bool:
        """Check a list's length; tell whether it is a list at all."""
        if not isinstance(value, list):
            self.add(pointer, "must be an array")
            return False
        if len(value) > most:
            self.add(pointer, f"no more than {most} items allowed")
        if len(value) < least:
            self.add(pointer, f"no fewer than {least} items allowed")
        return True

    def required(self, node: Node, pointer: str, *names: str) -> None:
        """Check that fields are there."""
        for name in names:
            if node.get(name) in (None, "", []):
                self.add(pointer, f"missing required field: {name}")

    def known(self, node: Node, pointer: str, allowed: Iterable[str]) -> None:
        """Check that no field is unknown."""
        extra = sorted(set(node) - (set(allowed) - set(self.lacks)))
        for name in extra:
            self.add(pointer, f"invalid additional property: {name}")

    def boolean(self, node: Node, pointer: str, *names: str) -> None:
        """Check that fields, where they are there, say yes or no."""
        for name in names:
            if not isinstance(node.get(name, False), bool):
                self.add(f"{pointer}/{name}", "must be a boolean")

    def whole(self, node: Node, pointer: str, name: str, least: int, most: int) -> None:
        """Check a whole number, if it is there."""
        value = node.get(name, least)
        if not isinstance(value, int) or not least <= value <= most:
            self.add(f"{pointer}/{name}", f"must be between {least} and {most}")

    def one_of(self, node: Node, pointer: str, name: str, *allowed: str) -> None:
        """Check a word that is taken from a list, if it is there."""
        if node.get(name) is not None and node[name] not in allowed:
            self.add(f"{pointer}/{name}", f"must be one of: {', '.join(allowed)}")

    def named(self, node: Node, pointer: str) -> None:
        """Check a block's own name: it is short, and no other block has it."""
        name = node.get("block_id")
        self.length(name, f"{pointer}/block_id", 255, 1)
        if name is not None and str(name) in self.names:
            self.add(f"{pointer}/block_id", f"`block_id` already exists: {name}")
        self.names.add(str(name))

    def cell(self, words: object, pointer: str) -> None:
        """Check that a cell says something, and count what it says."""
        if words is None:
            self.add(pointer, "missing required field: text")
            return
        self.length(words, pointer, 10_000, 1)
        self.in_cells += len(words) if isinstance(words, str) else 0

    def text(
        self,
        value: object,
        pointer: str,
        most: int,
        kinds: tuple[str, ...] = ("plain_text", "mrkdwn"),
    ) -> None:
        """Check a text object, if it is there."""
        if value is None:
            return
        if not isinstance(value, dict):
            self.add(pointer, "must be an object")
            return
        if value.get("type") not in kinds:
            self.add(f"{pointer}/type", f"unsupported type: {value.get('type')}")
            return
        words = value.get("text")
        if not isinstance(words, str):
            self.add(pointer, "missing required field: text")
            return
        self.length(words, f"{pointer}/text", most, 1)
        if value["type"] == "plain_text":
            self.known(value, pointer, ("type", "text", "emoji"))
        else:
            self.known(value, pointer, ("type", "text", "verbatim"))
