"""Makes the samples of a stored form: every field of a ticket and of every event, filled.

`python -m tests.contract.newer.specimens FOLDER` writes them once, when a form begins; what stands
in a folder is never written again, because it is what an installation of that day holds.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import types
from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from pathlib import Path
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from bot.engine.ledger import EVENTS
from bot.files.policy import load_policy
from protocols import subjects
from protocols.scales import CATEGORIES, Category
from protocols.ticket import Ticket
from store import bodies
from tests.unit.presenters import journey, walking

AT = datetime(2026, 11, 23, 14, 2, 10, 123456, tzinfo=UTC)
PLAIN: dict[Any, Any] = {
    int: 7, float: 0.5, bool: True, datetime: AT, date: AT.date(), timedelta: timedelta(minutes=7),
    Category: CATEGORIES[-1],
}  # fmt: skip


def filled(cls: Any) -> Any:
    """Return a value of a dataclass with nothing left at its default."""
    hints = get_type_hints(cls)
    named = {field.name for field in dataclasses.fields(cls) if field.init}
    return cls(**{name: _value(hints[name], name) for name in hints if name in named})


def _value(hint: Any, name: str) -> Any:
    if hint is str:
        return f"{name} of today"
    if hint in PLAIN:
        return PLAIN[hint]
    if isinstance(hint, type) and issubclass(hint, Enum):
        return list(hint)[-1]
    if dataclasses.is_dataclass(hint):
        return filled(hint)
    if hasattr(hint, "__supertype__"):
        return _value(hint.__supertype__, name)
    return _compound(get_origin(hint), get_args(hint), name)


def _compound(origin: Any, args: tuple[Any, ...], name: str) -> Any:
    if origin in (Union, types.UnionType):
        return _value(next(one for one in args if one is not type(None)), name)
    if origin is Literal:
        return args[-1]
    if origin is tuple and args[-1] is not Ellipsis:
        return tuple(_value(one, name) for one in args)
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return {_value(args[0], name): _value(args[1], name)}
    return origin([_value(args[0], name)])


def _ticket(walked: walking.Walk) -> Ticket:
    assert walked.ticket is not None
    return walked.ticket


def forms() -> dict[str, Any]:
    """Return what each file of a form holds."""
    walked = journey.resolved()
    kinds = sorted(subjects.EVENTS, key=lambda kind: kind.__name__)
    return {
        "ticket_full.json": bodies.anew(Ticket(filled(kind) for kind in Ticket.slices)),
        "ticket_walked.json": bodies.anew(_ticket(walked)),
        "events_full.json": [EVENTS.encode(filled(kind)) for kind in kinds],
        "events_walked.json": [EVENTS.encode(event) for event in walked.history],
        "policy.json": json.loads(load_policy().body),
    }


def spelled(json_value: Any) -> str:
    """Return JSON as a file holds it: the order of fields is kept."""
    return json.dumps(json_value, indent=1, ensure_ascii=True) + "\n"


def main(folder: Path) -> None:
    """Write a form that begins today."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, held in forms().items():
        with (folder / name).open("x", encoding="ascii") as file:
            file.write(spelled(held))


if __name__ == "__main__":
    main(Path(sys.argv[1]))
