"""A slice of a later version is read as it was written, and one of an earlier as of now."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import ClassVar

import pytest

from protocols.kernel.record import Layout, Record, part_of
from store import bodies
from store.codec_errors import FromNewer


class Notebook(Record):
    """A record of one slice."""

    slices: ClassVar[dict[type, Layout]] = {}
    __slots__ = ()


@part_of(
    Notebook,
    under="notes",
    version=2,
    upcasters={1: lambda fields: {"kind": fields.get("sort", "typed")}},
)
@dataclass(frozen=True, slots=True)
class Notes:
    """Its first version had a ``sort``, which was ``typed`` by default."""

    kind: str = "spoken"


def read(body: Mapping[str, object]) -> Notes:
    return bodies.decoded(Notebook, body, lambda newer: newer).of(Notes)


def test_one_of_the_first_version_is_read_as_of_now() -> None:
    assert read({"notes": {"sort": "drawn"}}) == Notes("drawn")


@pytest.mark.parametrize("notes", [Notes(), Notes("typed"), Notes("drawn")])
def test_one_of_now_is_read_as_it_was_written(notes: Notes) -> None:
    assert read(bodies.encoded(Notebook((notes,)), {})) == notes


def test_one_that_was_never_written_is_at_its_defaults() -> None:
    assert read(bodies.encoded(Notebook(), {})) == Notes()


def test_one_of_a_version_to_come_is_not_read() -> None:
    with pytest.raises(FromNewer):
        read({"notes": {"v": 3, "kind": "drawn"}})
