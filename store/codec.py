"""The way between frozen values and JSON, driven by their type hints.

A codec is compiled once a type and kept. Instants are written in UTC, spans in microseconds,
sets in one fixed order; a dataclass in a union carries its name as "type".
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable, Mapping
from dataclasses import is_dataclass
from datetime import UTC, date, datetime, timedelta
from enum import Enum
from typing import Any, Literal, TypeAlias, TypeVar, Union, get_args, get_origin, get_type_hints

from store.codec_errors import (
    CodecError,
    MissingField,
    UnknownField,
    UnknownType,
    UnknownValue,
    Unsupported,
    at_path,
    placed,
)
from store.json_text import Json, canonical

T = TypeVar("T")
TAG = "type"

# What a type hint names, and the hint itself, are any Python object.
Value: TypeAlias = Any
Hint: TypeAlias = Any

Encoder = Callable[[Value], Json]
Decoder = Callable[[Json], Value]


@dataclasses.dataclass(frozen=True, slots=True)
class Pair:
    """Both directions of one type."""

    encode: Encoder
    decode: Decoder


_pairs: dict[Any, Pair] = {}
_MICROSECOND = timedelta(microseconds=1)


def encode(value: object) -> Json:
    """Turn a dataclass (or any supported plain value) into a JSON value.

    Raises:
        CodecError: when a value does not fit its type hint.
    """
    return pair_of(type(value)).encode(value)


def decode(cls: type[T], json: Json) -> T:
    """Turn a JSON value back into a value of the class.

    Raises:
        UnknownField: when the JSON has a field the class does not.
        MissingField: when a field without a default is absent.
        CodecError: when a value does not fit its type hint.
    """
    value: T = pair_of(cls).decode(json)
    return value


def pair_of(hint: Hint) -> Pair:
    """Return the compiled codec of a type hint."""
    found = _pairs.get(hint)
    if found is None:
        found = _pairs[hint] = _compile(hint)
    return found


def _compile(hint: Hint) -> Pair:
    if hint in _PLAIN:
        return _PLAIN[hint]
    origin: Hint = get_origin(hint)
    if origin in (Union, types.UnionType):
        return _union(get_args(hint))
    if origin is Literal:
        return _literal(get_args(hint))
    if origin is not None:
        return _container(origin, get_args(hint), hint)
    if hasattr(hint, "__supertype__"):
        return pair_of(hint.__supertype__)
    if isinstance(hint, type) and issubclass(hint, (Enum, str)):
        return _word(hint)
    if is_dataclass(hint) and isinstance(hint, type):
        return _dataclass(hint)
    raise Unsupported(f"The type {hint!r} cannot be kept as JSON.")


def _exact(kind: type, *also: type) -> Pair:
    accepted = (kind, *also)

    def check(value: Value) -> Json:
        if type(value) is kind:
            return value
        if isinstance(value, accepted) and not isinstance(value, bool):
            return kind(value)
        raise CodecError(f"{kind.__name__} expected, {type(value).__name__} found")

    return Pair(check, check)


def _encode_instant(value: Value) -> Json:
    if not isinstance(value, datetime) or value.tzinfo is None:
        raise CodecError("an instant with its zone expected")
    return value.astimezone(UTC).isoformat()


def _decode_instant(json: Json) -> datetime:
    instant = datetime.fromisoformat(_text(json))
    if instant.tzinfo is None:
        raise CodecError("an instant with its zone expected")
    return instant.astimezone(UTC)


def _encode_date(value: Value) -> Json:
    if type(value) is not date:
        raise CodecError("a date expected")
    return value.isoformat()


def _encode_span(value: Value) -> Json:
    if not isinstance(value, timedelta):
        raise CodecError("a span of time expected")
    return value // _MICROSECOND


def _decode_span(json: Json) -> timedelta:
    if type(json) is not int:
        raise CodecError("a span in microseconds expected")
    return timedelta(microseconds=json)


def _text(json: Json) -> str:
    if not isinstance(json, str):
        raise CodecError(f"text expected, {type(json).__name__} found")
    return json


def _nothing(value: Value) -> None:
    if value is not None:
        raise CodecError("nothing expected")


def _as_is(value: Value) -> Json:
    return value


_RAW = Pair(_as_is, _as_is)
_PLAIN: dict[Any, Pair] = {
    str: _exact(str),
    int: _exact(int),
    float: _exact(float, int),
    bool: _exact(bool),
    type(None): Pair(_nothing, _nothing),
    None: Pair(_nothing, _nothing),
    datetime: Pair(_encode_instant, _decode_instant),
    date: Pair(_encode_date, lambda json: date.fromisoformat(_text(json))),
    timedelta: Pair(_encode_span, _decode_span),
    Any: _RAW,
    object: _RAW,
    dict: _RAW,
    list: _RAW,
}


def _word(cls: type[Enum] | type[str]) -> Pair:
    """Return how a member of a scale is kept, or a text that is a key of its own kind."""

    def encode_word(value: Value) -> Json:
        word = value if isinstance(value, cls) else decode_word(value)
        return word.value if isinstance(word, Enum) else str(word)

    def decode_word(json: Json) -> Enum | str:
        try:
            return cls(json)
        except (TypeError, ValueError):
            raise UnknownValue(f"{json!r} is no {cls.__name__}") from None

    return Pair(encode_word, decode_word)


def _literal(allowed: tuple[Hint, ...]) -> Pair:
    def check(value: Value) -> Json:
        for one in allowed:
            if value == one and type(value) is type(one):
                return value
        raise UnknownValue(f"{value!r} is none of {allowed!r}")

    return Pair(check, check)


def _container(origin: Hint, args: tuple[Hint, ...], hint: Hint) -> Pair:
    if origin is tuple and len(args) == 2 and args[1] is Ellipsis:
        return _sequence(tuple, args[0])
    if origin is tuple:
        return _fixed(args)
    if origin is list:
        return _sequence(list, args[0])
    if origin in (frozenset, set):
        return _set(origin, args[0])
    if isinstance(origin, type) and issubclass(origin, Mapping):
        return _mapping(*args)
    raise Unsupported(f"The type {hint!r} cannot be kept as JSON.")


def _sequence(build: Callable[[Value], Value], item: Hint) -> Pair:
    inner = pair_of(item)
    if inner is _RAW:
        return Pair(list, build)

    encode_one, decode_one = inner.encode, inner.decode

    def encode_items(value: Value) -> Json:
        written: list[Json] = []
        try:
            for one in value:
                written.append(encode_one(one))  # noqa: PERF401 - its length names the place
        except (ValueError, OverflowError) as error:
            raise placed(len(written), error) from None
        return written

    def decode_items(json: Json) -> Value:
        if not isinstance(json, list):
            raise CodecError("a list expected")
        read: list[Value] = []
        try:
            for one in json:
                read.append(decode_one(one))  # noqa: PERF401 - its length names the place
        except (ValueError, OverflowError) as error:
            raise placed(len(read), error) from None
        return build(read)

    return Pair(encode_items, decode_items)


def _fixed(items: tuple[Hint, ...]) -> Pair:
    inner = tuple(pair_of(item) for item in items)

    def sized(value: Value) -> Value:
        if not isinstance(value, list | tuple) or len(value) != len(inner):
            raise CodecError(f"{len(inner)} values expected")
        return value

    return Pair(
        lambda value: [p.encode(one) for p, one in zip(inner, sized(value), strict=True)],
        lambda json: tuple(p.decode(one) for p, one in zip(inner, sized(json), strict=True)),
    )


def _set(build: Callable[[Value], Value], item: Hint) -> Pair:
    sequence = _sequence(build, item)
    return Pair(lambda value: sorted(sequence.encode(value), key=canonical), sequence.decode)


def _mapping(key: Hint, item: Hint) -> Pair:
    keys, inner = pair_of(key), pair_of(item)
    # JSON has text for keys only; numbers are spelled out and read back by the key's type.
    numeric = key is int or (isinstance(key, type) and issubclass(key, int))

    def encode_items(value: Value) -> Json:
        return {
            str(keys.encode(name)): at_path(name, inner.encode, one) for name, one in value.items()
        }

    def decode_items(json: Json) -> Value:
        if not isinstance(json, dict):
            raise CodecError("an object expected")
        return {
            keys.decode(int(name) if numeric else name): at_path(name, inner.decode, one)
            for name, one in json.items()
        }

    return Pair(encode_items, decode_items)


def _union(members: tuple[Hint, ...]) -> Pair:
    optional = type(None) in members
    rest = tuple(member for member in members if member is not type(None))
    if len(rest) == 1:
        inner = pair_of(rest[0])
        return Pair(
            lambda value: None if value is None else inner.encode(value),
            lambda json: None if json is None else inner.decode(json),
        )
    classes = {m.__name__: m for m in rest if isinstance(m, type) and is_dataclass(m)}
    scalars = tuple(m for m in rest if m in (str, int, float, bool))
    if len(classes) + len(scalars) != len(rest):
        raise Unsupported(f"The union {members!r} cannot be told apart in JSON.")
    return _choice(classes, scalars, optional=optional)


def _choice(classes: dict[str, Value], scalars: tuple[type, ...], *, optional: bool) -> Pair:
    def encode_one(value: Value) -> Json:
        if type(value).__name__ in classes and type(value) is classes[type(value).__name__]:
            return {TAG: type(value).__name__, **pair_of(type(value)).encode(value)}
        return plain(value)

    def decode_one(json: Json) -> Value:
        if isinstance(json, dict) and classes:
            fields = dict(json)
            name = fields.pop(TAG, None)
            if name not in classes:
                raise UnknownType(f"{name!r} is none of {', '.join(sorted(classes))}")
            return pair_of(classes[name]).decode(fields)
        return plain(json)

    def plain(value: Value) -> Value:
        if (value is None and optional) or type(value) in scalars:
            return value
        raise CodecError(f"{type(value).__name__} is none of the union's types")

    return Pair(encode_one, decode_one)


class _Fields:
    """The fields of one dataclass, looked up late: it may name itself, or one defined after it."""

    def __init__(self, cls: type) -> None:
        self._cls = cls
        self._known: tuple[tuple[str, Pair, bool], ...] | None = None

    def known(self) -> tuple[tuple[str, Pair, bool], ...]:
        """Return each field's name, codec, and whether it must be there."""
        if self._known is None:
            hints = get_type_hints(self._cls)
            self._known = tuple(
                (field.name, pair_of(hints[field.name]), _is_required(field))
                for field in dataclasses.fields(self._cls)
                if field.init
            )
        return self._known

    def encode(self, value: Value) -> Json:
        """Write every field by its name."""
        if type(value) is not self._cls:
            raise CodecError(f"{self._cls.__name__} expected, {type(value).__name__} found")
        written: dict[str, Json] = {}
        name = ""
        try:
            for name, pair, _ in self._known or self.known():
                written[name] = pair.encode(getattr(value, name))
        except (ValueError, OverflowError) as error:
            raise placed(name, error) from None
        return written

    def decode(self, json: Json) -> Value:
        """Build the value; absent fields take their default, unknown ones are refused.

        An unknown field explains whatever else does not fit: a newer program wrote it.
        """
        if not isinstance(json, dict):
            raise CodecError(f"{self._cls.__name__} expected, {type(json).__name__} found")
        values: dict[str, Value] = {}
        known = self._known or self.known()
        name = ""
        try:
            for name, pair, _ in known:
                if name in json:
                    values[name] = pair.decode(json[name])
        except (ValueError, OverflowError) as error:
            self._refuse_unknown(json)
            raise placed(name, error) from None
        if len(json) != len(values):
            self._refuse_unknown(json)
        if len(values) < len(known):
            self._refuse_missing(values)
        return self._cls(**values)

    def _refuse_unknown(self, json: Mapping[str, Json]) -> None:
        unknown = set(json) - {name for name, _, _ in self.known()}
        if unknown:
            raise UnknownField(f"{self._cls.__name__} knows no {', '.join(sorted(unknown))}")

    def _refuse_missing(self, values: Mapping[str, Value]) -> None:
        for name, _, required in self.known():
            if required and name not in values:
                raise MissingField(f"{self._cls.__name__} has no {name}")


def _is_required(field: dataclasses.Field[Value]) -> bool:
    return field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING


def _dataclass(cls: type) -> Pair:
    fields = _Fields(cls)
    return Pair(fields.encode, fields.decode)
