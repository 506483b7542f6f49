"""Templates as they were compiled before, kept where Python keeps its own compiled files.

To compile all of them takes a second, and every process that starts needs them all. What is kept
is of one version of the code that makes it: with another it is not looked at. Where nothing can be
written nothing is kept, as with Python's.
"""

from __future__ import annotations

import hashlib
import marshal
import sys
from collections.abc import Callable
from contextlib import suppress
from functools import cache
from importlib.util import cache_from_source
from pathlib import Path
from tempfile import NamedTemporaryFile
from types import CodeType

import jinja2

_HERE = Path(__file__).parents[1]


class Compiled:
    """What was compiled, by what it was made of.

    Args:
        file: Where it is kept.
        writes: Whether anything is written there.
    """

    def __init__(self, file: Path, *, writes: bool) -> None:
        self._file = file
        self._writes = writes
        self._known: dict[str, CodeType] = {}
        with suppress(OSError, ValueError, EOFError, TypeError):
            self._known = dict(marshal.loads(file.read_bytes()))  # noqa: S302 - as Python's own
        self._is_new = False

    def code(self, made_of: tuple[str, ...], make: Callable[[], CodeType]) -> CodeType:
        """Return what was compiled of this before, or is now."""
        key = _digest(*made_of)
        if key not in self._known:
            self._known[key] = make()
            self._is_new = True
        return self._known[key]

    def keep(self) -> None:
        """Keep it for the next process, where that can be written; a version before goes."""
        if not (self._is_new and self._writes):
            return
        folder = self._file.parent
        with suppress(OSError):
            folder.mkdir(exist_ok=True)
            with NamedTemporaryFile(dir=folder, delete=False) as file:
                file.write(marshal.dumps(self._known))
            Path(file.name).replace(self._file)
            for old in set(folder.glob(f"*{self._file.suffix}")) - {self._file}:
                old.unlink()
        self._is_new = False


@cache
def compiled() -> Compiled:
    """Return what this version of the code has compiled."""
    version = _digest(
        sys.version,
        jinja2.__version__,
        *(path.read_text(encoding="utf-8") for path in sorted(_HERE.rglob("*.py"))),
    )
    beside = Path(cache_from_source(str(_HERE / "templates.py")))
    file = beside.with_name(f"templates.{version[:16]}.compiled")
    return Compiled(file, writes=not sys.dont_write_bytecode)


def _digest(*parts: str) -> str:
    return hashlib.sha256("\0".join(parts).encode()).hexdigest()
