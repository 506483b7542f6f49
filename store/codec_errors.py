"""What a codec refuses, each refusal with the path of the value."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from store.errors import StoreError


class CodecError(StoreError, ValueError):
    """Say that a value does not fit its type."""


class FromNewer(CodecError):
    """Say that the JSON has something this program does not know: a newer one wrote it."""


class UnknownField(FromNewer):
    """Say that the JSON has a field the class does not know."""


class MissingField(CodecError):
    """Say that a field without a default is absent."""


class UnknownType(FromNewer):
    """Say that the JSON names a type that is not registered."""


class UnknownValue(FromNewer):
    """Say that a value is none of a closed list."""


class Unsupported(CodecError):
    """Say that a type hint has no form in JSON."""


def at_path(name: object, step: Callable[[Any], Any], value: object) -> Any:
    """Take one step of a codec; a refusal inside it tells where it happened.

    Raises:
        CodecError: the step's own, its sentence led by the name.
    """
    try:
        return step(value)
    except (ValueError, OverflowError) as error:
        raise placed(name, error) from None


def placed(name: object, error: ValueError | OverflowError) -> CodecError:
    """Return a refusal that tells where it happened: its sentence led by the name."""
    kind = type(error) if isinstance(error, CodecError) else CodecError
    return kind(f"{name}: {error}")
