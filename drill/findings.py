"""What is wrong with a piece of Block Kit, in Slack's words and with JSON pointers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

Node = Mapping[str, Any]


class Findings:
    """The breaches found so far."""

    def __init__(self) -> None:
        self.messages: list[str] = []

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
        extra = sorted(set(node) - set(allowed))
        for name in extra:
            self.add(pointer, f"invalid additional property: {name}")

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
