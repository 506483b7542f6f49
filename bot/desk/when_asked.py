"""What is known of other records, read only where a rule asks: most gestures never do."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import Any


class WhenAsked(Mapping[type[Any], Any]):
    """Reads each kind of knowledge when it is looked up.

    Args:
        reads: By kind, what reads it: cheap to ask twice.
    """

    def __init__(self, reads: Mapping[type[Any], Callable[[], Any]]) -> None:
        self._reads = reads

    def __getitem__(self, kind: type[Any]) -> Any:
        """Read and return what is known of a kind."""
        return self._reads[kind]()

    def get(self, kind: type[Any], default: Any = None) -> Any:
        """Read and return what is known of a kind; whatever goes wrong in it is raised."""
        read = self._reads.get(kind)
        return default if read is None else read()

    def __iter__(self) -> Iterator[type[Any]]:
        """Yield the kinds, without a reading."""
        return iter(self._reads)

    def __len__(self) -> int:
        """Return how many kinds may be asked about."""
        return len(self._reads)
