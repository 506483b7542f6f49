"""What a stored value looks like on the wire, a line for each field, read off its type hints.

No class is named unless the wire names it, so that code may be moved and renamed under it.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Iterator, Mapping
from enum import Enum
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from protocols.scales import CATEGORIES, Category

PERSON = ("key", "name")


def shape(path: str, hint: Any, inside: tuple[Any, ...] = ()) -> Iterator[str]:
    """Yield ``path form`` for a type and for whatever it holds; ``path = word`` for each choice."""
    origin, args = get_origin(hint), get_args(hint)
    if hasattr(hint, "__supertype__"):
        yield from shape(path, hint.__supertype__, inside)
    elif origin in (Union, types.UnionType):
        yield from _union(path, args, inside)
    elif origin is Literal:
        yield from (f"{path} = {word}" for word in args)
    elif origin is tuple and args[-1] is not Ellipsis:
        for place, each in enumerate(args):
            yield from shape(f"{path}.{place}", each, inside)
    elif isinstance(origin, type) and issubclass(origin, Mapping):
        yield from shape(f"{path}{{}}", args[1], inside)
    elif origin is not None:
        yield from shape(f"{path}[]", args[0], inside)
    elif isinstance(hint, type) and issubclass(hint, (Enum, Category)):
        yield from (f"{path} = {word}" for word in _words(hint))
    elif dataclasses.is_dataclass(hint):
        yield from _fields(path, hint, inside)
    else:
        yield f"{path} {hint.__name__}"


def _words(scale: type[Enum] | type[Category]) -> Iterator[str]:
    if issubclass(scale, Category):
        return iter(CATEGORIES)
    return (str(member.value) for member in scale)


def _union(path: str, members: tuple[Any, ...], inside: tuple[Any, ...]) -> Iterator[str]:
    rest = [member for member in members if member is not type(None)]
    if len(rest) < len(members):
        yield f"{path} or nothing"
    for member in rest:
        tagged = len(rest) > 1 and dataclasses.is_dataclass(member)
        yield from shape(f"{path}<{member.__name__}>" if tagged else path, member, inside)


def _fields(path: str, cls: Any, inside: tuple[Any, ...]) -> Iterator[str]:
    fields = [field for field in dataclasses.fields(cls) if field.init]
    hints = get_type_hints(cls)
    if tuple(field.name for field in fields) == PERSON and {hints[name] for name in PERSON} == {
        str
    }:
        yield f"{path} person"
    elif cls in inside:
        yield f"{path} as above"
    elif not fields:
        yield f"{path} {{}}"
    else:
        for field in fields:
            yield from shape(f"{path}.{field.name}", hints[field.name], (*inside, cls))
