"""Tagged values: JSON that says which class it is, and in which version.

What was written years ago is lifted by upcasters, one version at a time, when it is read.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Generic, TypeVar

from store.codec import TAG, pair_of
from store.codec_errors import CodecError, UnknownType
from store.json_text import Json

T = TypeVar("T")
VERSION = "v"

# Takes the fields as written in a version and returns them as of the next; may change "type".
Upcaster = Callable[[dict[str, Json]], dict[str, Json]]


class TypeRegistry(Generic[T]):
    """Know a closed set of dataclasses by name.

    Args:
        classes: the dataclasses; a class says its version by a class attribute `VERSION`
            (1 where it says nothing).
        upcasters: by (type name, version) the step from that version to the next.
    """

    def __init__(
        self,
        classes: Iterable[type[T]],
        upcasters: Mapping[tuple[str, int], Upcaster] | None = None,
    ) -> None:
        """Refuse two classes of one name."""
        self._classes: dict[str, type[T]] = {}
        for cls in classes:
            if name_of(cls) in self._classes:
                raise CodecError(f"Two classes are named {name_of(cls)}.")
            self._classes[name_of(cls)] = cls
        self._upcasters = dict(upcasters or {})

    def learn(self, classes: Iterable[type[T]]) -> None:
        """Know further classes; one that is known already may come again."""
        for cls in classes:
            if self._classes.setdefault(name_of(cls), cls) is not cls:
                raise CodecError(f"Two classes are named {name_of(cls)}.")

    def warm(self) -> None:
        """Compile the codec of every class."""
        for cls in self._classes.values():
            pair_of(cls)

    @property
    def names(self) -> frozenset[str]:
        """Return the names of every class known."""
        return frozenset(self._classes)

    def encode(self, value: T) -> dict[str, Json]:
        """Turn a value into JSON that names its type, and its version when not the first.

        Raises:
            UnknownType: when its class is not registered.
        """
        name = name_of(type(value))
        if self._classes.get(name) is not type(value):
            raise UnknownType(f"{name} is not registered.")
        head: dict[str, Json] = {TAG: name}
        version = _version(type(value))
        if version != 1:
            head[VERSION] = version
        return {**head, **pair_of(type(value)).encode(value)}

    def decode(self, json: Mapping[str, Json]) -> T:
        """Turn JSON back into a value, lifting what an older version wrote.

        Raises:
            UnknownType: when the name is not registered, or the version is from the future.
        """
        fields = dict(json)
        while True:
            name, written = fields.get(TAG), fields.get(VERSION, 1)
            upcaster = self._upcasters.get((str(name), written))
            if upcaster is None:
                break
            fields = {VERSION: written + 1, **upcaster(_without_version(fields))}
        cls = self._classes.get(str(name))
        if cls is None:
            raise UnknownType(f"{name!r} is not registered.")
        if written != _version(cls):
            raise UnknownType(f"{name} of version {written} cannot be read by this program.")
        del fields[TAG]
        value: T = pair_of(cls).decode(_without_version(fields))
        return value


def name_of(cls: type) -> str:
    """Return the name that a class is written under: its own, unless it gives another."""
    return str(getattr(cls, "NAME", cls.__name__))


def _version(cls: type) -> int:
    return int(getattr(cls, "VERSION", 1))


def _without_version(fields: dict[str, Json]) -> dict[str, Json]:
    return {name: value for name, value in fields.items() if name != VERSION}
