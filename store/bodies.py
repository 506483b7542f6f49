"""How a record stands in its row's body: slice by slice.

Fields at their default are not written. A slice is read when it is first asked for, and written
only when it has changed; what a later program put into another one stays as it is.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, get_type_hints

from protocols.kernel.record import Layout, Record
from store import codec
from store.codec_errors import FromNewer, UnknownField, UnknownType
from store.json_text import Json

R = TypeVar("R", bound=Record)
VERSION = "v"
Body = Mapping[str, Json]
Refuse = Callable[[FromNewer], Exception]


def decoded(record: type[R], body: Body, refuse: Refuse) -> R:
    """Return the record of a body; its slices are read when they are asked for.

    Args:
        record: Which kind of record it is.
        body: The body as it is kept.
        refuse: Makes the error to raise where a newer program wrote what is not known here.
    """
    unknown = body.keys() - _names(record)
    if unknown:
        listed = ", ".join(sorted(unknown))
        raise refuse(UnknownField(f"{record.__name__} knows no {listed}"))
    return record((), _Reader(record, body, refuse).read)


def encoded(record: Record, kept: Body, before: Record | None = None) -> dict[str, Json]:
    """Return the body of a record.

    Args:
        record: The record as it stands.
        kept: The body that is kept of it; empty for a new one.
        before: The record of that body: what it shares with it is not written again.
    """
    body = dict(kept)
    known = {} if before is None else before.read()
    for kind, value in record.read().items():
        if known.get(kind) is not value:
            _put(body, kind, record.slices[kind], value)
    return body


def anew(record: R) -> dict[str, Json]:
    """Return the whole body as this program writes it."""
    return encoded(record.whole(), {})


def _put(body: dict[str, Json], kind: type[Any], layout: Layout, value: object) -> None:
    written: Mapping[str, Json] = codec.encode(value)
    fields = {name: one for name, one in written.items() if one != _defaults(kind).get(name, ...)}
    if not layout.under:
        for name in written:
            body.pop(name, None)
        body.update(fields)
        return
    body.pop(layout.under, None)
    # A later version says so even at its defaults: the first one's were others.
    head = {VERSION: layout.version} if layout.version > 1 else {}
    if head or fields:
        body[layout.under] = {**head, **fields}


class _Reader:
    """Reads the slices of one body."""

    def __init__(self, record: type[Record], body: Body, refuse: Refuse) -> None:
        self._record = record
        self._body = body
        self._refuse = refuse

    def read(self, kind: type[Any]) -> Any:
        """Return one slice."""
        layout = self._record.slices[kind]
        try:
            fields = self._fields(kind, layout)
            return codec.decode(kind, fields) if fields else _unwritten(kind)
        except FromNewer as newer:
            raise self._refuse(newer) from newer

    def _fields(self, kind: type[Any], layout: Layout) -> Mapping[str, Json]:
        if not layout.under:
            return {name: self._body[name] for name in _flat(kind) if name in self._body}
        if layout.under not in self._body:
            return {}
        fields = dict(self._body[layout.under])
        written = fields.pop(VERSION, 1)
        while written in layout.upcasters:
            fields, written = layout.upcasters[written](fields), written + 1
        if written > layout.version:
            raise UnknownType(f"{layout.under} of version {written} is newer than {layout.version}")
        return fields


_known_unwritten: dict[type[Any], Any] = {}


def _unwritten(kind: type[Any]) -> Any:
    """Return a slice of which nothing is written: so are most, and none of them can change."""
    if kind not in _known_unwritten:
        _known_unwritten[kind] = codec.decode(kind, {})
    return _known_unwritten[kind]


_known_flat: dict[type[Any], tuple[str, ...]] = {}


def _flat(kind: type[Any]) -> tuple[str, ...]:
    if kind not in _known_flat:
        _known_flat[kind] = tuple(field.name for field in dataclasses.fields(kind))
    return _known_flat[kind]


_known_names: dict[type[Record], tuple[int, frozenset[str]]] = {}


def _names(record: type[Record]) -> frozenset[str]:
    """Return every name of a body; made anew where a slice was registered since."""
    slices, names = _known_names.get(record, (0, frozenset()))
    if slices != len(record.slices):
        names = _names_now(record)
        _known_names[record] = len(record.slices), names
    return names


def _names_now(record: type[Record]) -> frozenset[str]:
    flat = {n for kind, layout in record.slices.items() if not layout.under for n in _flat(kind)}
    return frozenset(flat | {layout.under for layout in record.slices.values() if layout.under})


_known_defaults: dict[type[Any], dict[str, Json]] = {}


def _defaults(kind: type[Any]) -> dict[str, Json]:
    """Return what each field's default is in JSON."""
    if kind in _known_defaults:
        return _known_defaults[kind]
    missing = dataclasses.MISSING
    hints = get_type_hints(kind)
    made: dict[str, Json] = {}
    for field in dataclasses.fields(kind):
        if field.default is not missing:
            made[field.name] = codec.pair_of(hints[field.name]).encode(field.default)
        elif field.default_factory is not missing:
            made[field.name] = codec.pair_of(hints[field.name]).encode(field.default_factory())
    _known_defaults[kind] = made
    return made


def warm(record: type[Record]) -> None:
    """Compile the codec of every slice."""
    for kind in record.slices:
        codec.pair_of(kind)
        _defaults(kind)
