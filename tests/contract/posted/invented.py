"""A rule that no subject has: a note ``to BW-1002: words`` puts the words on that ticket as well.

What it posts is decided as any note, so that ``to BW-1002: to BW-1001: words`` would go on and on.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager

from protocols.kernel.context import Context
from protocols.kernel.posting import Post
from protocols.kernel.tables import rules_of
from protocols.ticket import Ticket
from protocols.timeline.events import AddNote, NoteAdded

_ADDRESSED = re.compile(r"to (\S+): (.*)")


def passed_on(ticket: Ticket, event: NoteAdded, ctx: Context) -> tuple[Post, ...]:
    """Post the words of a note that names another ticket."""
    del ticket
    found = _ADDRESSED.fullmatch(event.text)
    return () if found is None else (Post(AddNote(found[1], found[2]), ctx.actor),)


@contextmanager
def in_force() -> Iterator[None]:
    """Have the rule in force."""
    posts = rules_of(Ticket).posts.setdefault(NoteAdded, [])
    posts.append(passed_on)
    try:
        yield
    finally:
        posts.remove(passed_on)
