"""The codec: every value comes back as it was, and what does not fit is refused by its path."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from enum import Enum, IntEnum, StrEnum
from typing import Any, ClassVar, Literal, NewType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from store.codec import decode, encode
from store.codec_errors import (
    CodecError,
    FromNewer,
    MissingField,
    UnknownField,
    UnknownType,
    UnknownValue,
    Unsupported,
)
from store.registry import TypeRegistry


class Level(IntEnum):
    LOW = 1
    HIGH = 2


class Word(StrEnum):
    YES = "yes"
    NO = "no"


class Colour(Enum):
    RED = "red"


@dataclass(frozen=True, slots=True)
class Circle:
    radius: float


@dataclass(frozen=True, slots=True)
class Square:
    side: int
    label: str = ""


Name = NewType("Name", str)


@dataclass(frozen=True, slots=True)
class Everything:
    text: str
    number: int
    share: float
    flag: bool
    at: datetime
    day: date
    span: timedelta
    level: Level
    word: Word
    colour: Colour
    shape: Circle | Square
    maybe: Square | None
    several: tuple[Square, ...]
    pair: tuple[int, str]
    unique: frozenset[Word]
    by_word: Mapping[Word, int]
    by_level: dict[Level, tuple[str, ...]]
    raw: Mapping[str, object]
    name: Name
    kind: Literal["a", "b"]
    either: int | str | None
    items: list[date] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Tree:
    value: int
    branches: tuple[Tree, ...] = ()


instants = st.datetimes(timezones=st.just(UTC))
squares = st.builds(Square, side=st.integers(), label=st.text())
everything = st.builds(
    Everything,
    text=st.text(st.characters(codec=None)),
    number=st.integers(),
    share=st.floats(allow_nan=False, allow_infinity=False),
    flag=st.booleans(),
    at=instants,
    day=st.dates(),
    span=st.timedeltas(),
    level=st.sampled_from(Level),
    word=st.sampled_from(Word),
    colour=st.sampled_from(Colour),
    shape=squares | st.builds(Circle, st.floats(allow_nan=False, allow_infinity=False)),
    maybe=st.none() | squares,
    several=st.lists(squares, max_size=3).map(tuple),
    pair=st.tuples(st.integers(), st.text()),
    unique=st.frozensets(st.sampled_from(Word)),
    by_word=st.dictionaries(st.sampled_from(Word), st.integers()),
    by_level=st.dictionaries(
        st.sampled_from(Level), st.lists(st.text(), max_size=2).map(tuple), max_size=2
    ),
    raw=st.dictionaries(st.text(), st.integers() | st.text() | st.none(), max_size=3),
    name=st.text().map(Name),
    kind=st.sampled_from(["a", "b"]),
    either=st.none() | st.integers() | st.text(),
    items=st.lists(st.dates(), max_size=2),
)


@settings(max_examples=200, deadline=None)
@given(everything)
def test_every_value_comes_back_through_json_text_as_it_was(value: Everything) -> None:
    assert decode(Everything, json.loads(json.dumps(encode(value)))) == value


def test_a_class_may_name_itself() -> None:
    tree = Tree(1, (Tree(2, (Tree(3),)), Tree(4)))
    assert decode(Tree, encode(tree)) == tree


def test_a_set_is_written_in_one_order() -> None:
    @dataclass(frozen=True)
    class Bag:
        words: frozenset[str]

    assert encode(Bag(frozenset("cab"))) == {"words": ["a", "b", "c"]}


def test_an_instant_is_written_in_utc() -> None:
    @dataclass(frozen=True)
    class Moment:
        at: datetime

    there = datetime(2026, 3, 2, 13, tzinfo=timezone(timedelta(hours=1)))
    assert encode(Moment(there)) == {"at": "2026-03-02T12:00:00+00:00"}


def test_a_field_left_out_takes_its_default() -> None:
    assert decode(Square, {"side": 2}) == Square(2, "")


def test_a_field_without_a_default_must_be_there() -> None:
    with pytest.raises(MissingField, match="Square has no side"):
        decode(Square, {"label": "x"})


def test_an_unknown_field_is_refused_by_name() -> None:
    with pytest.raises(UnknownField, match="Square knows no colour"):
        decode(Square, {"side": 1, "colour": "red"})


@pytest.mark.parametrize(
    ("cls", "given_json"),
    [
        (Square, {"side": "1"}),
        (Square, {"side": True}),
        (Square, {"side": 1, "label": None}),
        (Square, [1]),
        (Circle, {"radius": "wide"}),
        (Tree, {"value": 1, "branches": {}}),
        (Tree, {"value": 1, "branches": [{"value": None}]}),
    ],
)
def test_json_of_another_type_is_refused(cls: type, given_json: Any) -> None:
    with pytest.raises(CodecError):
        decode(cls, given_json)


def test_a_refusal_tells_the_path() -> None:
    with pytest.raises(CodecError, match="branches: 1: value: int expected, str found"):
        decode(Tree, {"value": 1, "branches": [{"value": 2}, {"value": "x"}]})


def test_a_value_that_does_not_fit_its_hint_is_not_written() -> None:
    with pytest.raises(CodecError, match="side: int expected"):
        encode(Square("two"))  # type: ignore[arg-type]


def test_a_naive_instant_is_not_written() -> None:
    @dataclass(frozen=True)
    class Moment:
        at: datetime

    with pytest.raises(CodecError, match="zone"):
        encode(Moment(datetime(2026, 3, 2)))  # noqa: DTZ001


def test_an_unknown_word_of_an_enumeration_is_refused() -> None:
    @dataclass(frozen=True)
    class Said:
        word: Word

    with pytest.raises(CodecError, match="'maybe' is no Word"):
        decode(Said, {"word": "maybe"})


def test_a_hint_with_no_form_in_json_is_refused() -> None:
    @dataclass(frozen=True)
    class Odd:
        value: complex

    with pytest.raises(Unsupported, match="complex"):
        encode(Odd(1j))


REGISTRY: TypeRegistry[Any] = TypeRegistry([Circle, Square])


def test_a_registered_value_names_its_type() -> None:
    assert REGISTRY.encode(Square(2)) == {"type": "Square", "side": 2, "label": ""}
    assert REGISTRY.decode({"type": "Circle", "radius": 1.5}) == Circle(1.5)


def test_a_type_that_is_not_registered_is_refused_both_ways() -> None:
    with pytest.raises(UnknownType, match="Tree"):
        REGISTRY.encode(Tree(1))
    with pytest.raises(UnknownType, match="Tree"):
        REGISTRY.decode({"type": "Tree", "value": 1})


def test_two_classes_of_one_name_are_refused() -> None:
    with pytest.raises(CodecError, match="Square"):
        TypeRegistry([Square, Square])


@dataclass(frozen=True, slots=True)
class Renamed:
    VERSION: ClassVar[int] = 3
    length_mm: int


UPCAST: TypeRegistry[Any] = TypeRegistry(
    [Renamed],
    {
        ("Original", 1): lambda old: {**old, "type": "Renamed"},
        ("Renamed", 2): lambda old: {"type": "Renamed", "length_mm": old["length_cm"] * 10},
    },
)


def test_what_an_old_version_wrote_is_lifted_step_by_step() -> None:
    assert UPCAST.decode({"type": "Original", "length_cm": 4}) == Renamed(40)


def test_a_later_version_is_written_and_read_back() -> None:
    assert UPCAST.encode(Renamed(7)) == {"type": "Renamed", "v": 3, "length_mm": 7}
    assert UPCAST.decode({"type": "Renamed", "v": 3, "length_mm": 7}) == Renamed(7)


def test_a_version_from_the_future_is_refused() -> None:
    with pytest.raises(UnknownType, match="version 4"):
        UPCAST.decode({"type": "Renamed", "v": 4, "length_mm": 7})


@dataclass(frozen=True, slots=True)
class Held:
    word: Word
    mark: Literal["a", "b"] = "a"
    shape: Circle | Square | None = None
    inner: Square | None = None


@pytest.mark.parametrize(
    ("json", "kind"),
    [
        ({"word": "perhaps"}, UnknownValue),
        ({"word": "yes", "mark": "c"}, UnknownValue),
        ({"word": "yes", "shape": {"type": "Triangle", "side": 1}}, UnknownType),
        ({"word": "yes", "inner": {"side": 1, "depth": 2}}, UnknownField),
        ({"word": "yes", "new": 1}, UnknownField),
        ({"new": 1}, UnknownField),
        ({"word": 7, "new": 1}, UnknownField),
        ({"word": "yes", "inner": {"label": 7}, "new": 1}, UnknownField),
    ],
)
def test_what_a_newer_program_wrote_is_told_from_damage(json: Any, kind: type[FromNewer]) -> None:
    with pytest.raises(kind) as refused:
        decode(Held, json)
    assert isinstance(refused.value, FromNewer)


@pytest.mark.parametrize(
    "json", [{}, {"word": "yes", "inner": {}}, {"word": "yes", "inner": 7}, "no object"]
)
def test_damage_is_not_taken_for_a_newer_form(json: Any) -> None:
    with pytest.raises(CodecError) as refused:
        decode(Held, json)
    assert not isinstance(refused.value, FromNewer)
